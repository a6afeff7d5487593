"""Which row of the office each line of an export is: by its name first, by its code second.

Names are compared without case, punctuation and spaces, and with the usual abbreviations written out.
Slips of spelling are tolerated within bounds, and told with the number of letters that differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from capaian.budget.codes import parse_code
from capaian.budget.lines import Known, Level, Line, Match, Problem
from core.numbers import format_number

TOLERANCE = 0.15
"""So large a share of a name's letters may differ."""
LEAD = 2
"""The second best name must be further away by this factor."""

_ABBREVIATIONS = {
    "adm": "administrasi", "pd": "perangkatdaerah", "opd": "perangkatdaerah", "skpd": "skpd",
    "kab": "kabupaten", "perindag": "perindustriandanperdagangan", "umkm": "umkm", "thd": "terhadap",
    "dgn": "dengan", "yg": "yang", "utk": "untuk", "dlm": "dalam", "peny": "penyediaan",
    "pemb": "pembangunan", "pemel": "pemeliharaan", "brg": "barang", "bmd": "barangmilikdaerah",
    "prog": "program", "keg": "kegiatan",
}  # fmt: skip
_LEVEL_WORD = re.compile(r"^(?:program|kegiatan|sub\s*kegiatan|prog\.?|keg\.?)\s*[:\-]?\s+", re.IGNORECASE)
_COUNT_IN_WORDS = re.compile(r"(\d+)\s*\(\s*[a-z]+\s*\)")


@dataclass(frozen=True)
class Matching:
    """Lines with the office's rows they are, and what a person should know of it.

    Attributes:
        remarks: Codes that the office's data give to another row, where the name decided.
    """

    matches: tuple[Match, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...] = ()


@lru_cache(maxsize=200_000)
def bare_name(name: str) -> str:
    """The letters and digits of a name, by which names are compared.

    A leading "Program", "Kegiatan" or "Sub Kegiatan" says the level and is no part of the name.
    """
    text = _COUNT_IN_WORDS.sub(r"\1", _LEVEL_WORD.sub("", name.strip()).casefold()).replace("&", " dan ")
    words = re.findall(r"[^\W_]+", text)
    return "".join(_ABBREVIATIONS.get(word, word) for word in words)


def find_known(name: str, known: Sequence[Known]) -> tuple[Known, int] | None:
    """The row of the office that a name means, with the letters that differ; None where none is near.

    A name as near to another row is none: nobody could tell which is meant.
    """
    bare = bare_name(name)
    if len(bare) < 4:
        return None
    best: list[tuple[int, Known]] = []
    for row in known:
        theirs = bare_name(row.name)
        limit = int(TOLERANCE * max(len(theirs), 6))
        distance = OSA.distance(bare, theirs, score_cutoff=limit * LEAD)
        if distance <= limit * LEAD:
            best.append((distance, row))
    best.sort(key=lambda entry: entry[0])
    if not best or best[0][0] > int(TOLERANCE * max(len(bare_name(best[0][1].name)), 6)):
        return None
    if len(best) > 1 and best[0][0] > 0 and best[1][0] < best[0][0] * LEAD:
        return None
    return best[0][1], best[0][0]


def match_lines(lines: Sequence[Line], known: Sequence[Known]) -> Matching:
    """Find for each program, kegiatan and sub kegiatan of the office its line.

    A kegiatan is looked for under its own program only, and so on, since names repeat. Problems that
    stop: a program or kegiatan that the office does not have, one that is missing, one that stands
    there twice.
    """
    found: dict[int, Match] = {}
    problems: list[Problem] = []
    remarks: list[str] = []
    for index, line in enumerate(lines):
        if line.level is Level.REKENING:
            continue
        above = found.get(line.parent) if line.parent is not None else None
        if line.level is not Level.PROGRAM and line.parent is not None and above is None:
            continue
        candidates = _candidates(known, line.level, above.key if above else "")
        match, said = _match(index, line, candidates)
        if match is not None:
            found[index] = match
            problems += said
            remarks += _other_code(line, match, candidates)
        elif line.level is not Level.SUB_KEGIATAN and (line.budget or line.spent):
            problems.append(_unknown(line, candidates))
    repeated, kept = _without_repeats(lines, found)
    problems += repeated
    problems += _missing(lines, kept, known)
    return Matching(tuple(kept.values()), tuple(problems), tuple(remarks))


def _candidates(known: Sequence[Known], level: Level, above: str) -> list[Known]:
    return [row for row in known if row.level is level and (not above or row.key.startswith(f"{above}."))]


def _match(index: int, line: Line, candidates: Sequence[Known]) -> tuple[Match | None, list[Problem]]:
    coded = _by_code(line, candidates)
    named = find_known(line.name, candidates)
    if named is not None:
        row, distance = named
        text = f"{line.name!r} dianggap {row.name!r} ({distance} huruf berbeda)."
        return Match(index, row.key, distance, "nama"), [_of_name(line, text)] if distance else []
    if coded is None:
        return None, []
    distance = OSA.distance(bare_name(line.name), bare_name(coded.name))
    text = (
        f"Nama {line.name!r} tidak dikenal; menurut kodenya, {line.code}, itu {coded.name!r} ({distance} "
        "huruf berbeda)."
    )
    return Match(index, coded.key, distance, "kode"), [_of_name(line, text)]


def _other_code(line: Line, match: Match, candidates: Sequence[Known]) -> list[str]:
    """That the code of a line is another row's in the office's data, though its name is clear."""
    coded = _by_code(line, candidates)
    if coded is None or coded.key == match.key:
        return []
    return [
        f"{line.place}: kode {line.code} menurut data kantor milik {coded.name!r}, tetapi namanya "
        f"{line.name!r}; yang dipakai namanya."
    ]


def _of_name(line: Line, message: str) -> Problem:
    return Problem(line.place, message, kind="nama")


def _by_code(line: Line, candidates: Sequence[Known]) -> Known | None:
    code = parse_code(line.code) if line.code else None
    if code is None:
        return None
    for row in candidates:
        theirs = parse_code(row.code) if row.code else None
        if theirs is not None and code.same_row(theirs):
            return row
    return None


def _unknown(line: Line, candidates: Sequence[Known]) -> Problem:
    word = "Program" if line.level is Level.PROGRAM else "Kegiatan"
    near = min(candidates, key=lambda r: OSA.distance(bare_name(line.name), bare_name(r.name)), default=None)
    hint = f" Yang paling mirip: {near.name!r} ({near.key})." if near else ""
    amount = line.budget if line.budget is not None else line.spent
    figure = f", anggaran {format_number(amount)}" if amount is not None else ""
    return Problem(
        line.place,
        f"{word} {f'{line.code} ' if line.code else ''}{line.name!r}{figure} tidak ada dalam data kantor "
        f"(programs.csv).{hint} Tambahkan di programs.csv, atau betulkan namanya di berkas.",
        stops=True,
    )


def _without_repeats(
    lines: Sequence[Line], found: dict[int, Match]
) -> tuple[list[Problem], dict[int, Match]]:
    """Each row of the office once. A program or kegiatan that stands there twice would count twice."""
    problems, kept, first = [], {}, dict[str, int]()
    for index, match in found.items():
        earlier = first.setdefault(match.key, index)
        if earlier == index:
            kept[index] = match
            continue
        one, two = lines[earlier], lines[index]
        if two.level is not Level.SUB_KEGIATAN:
            message = (
                f"{two.name!r} sudah ada di {one.place} ({_amounts(one)}; di sini {_amounts(two)}). Hapus "
                "salah satu."
            )
            problems.append(Problem(two.place, message, stops=True))
    return problems, kept


def _missing(lines: Sequence[Line], kept: dict[int, Match], known: Sequence[Known]) -> Iterator[Problem]:
    keys = {match.key for match in kept.values()}
    gone = [row for row in known if row.level is not Level.SUB_KEGIATAN and row.key not in keys]
    programs = {row.key for row in gone if row.level is Level.PROGRAM}
    for row in gone:
        if row.key.partition(".")[0] in programs and row.level is not Level.PROGRAM:
            continue
        word = "Program" if row.level is Level.PROGRAM else "Kegiatan"
        yield Problem(
            "seluruh berkas",
            f"{word} {row.key} {row.name!r} tidak ditemukan. Periksa apakah barisnya terhapus, disaring atau "
            "bernama lain.",
            stops=True,
        )


def _amounts(line: Line) -> str:
    budget, spent = (format_number(a) if a is not None else "kosong" for a in (line.budget, line.spent))
    return f"anggaran {budget}, realisasi {spent}"
