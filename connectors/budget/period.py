"""Year, month and stage of an export, from its titles, the name of its sheet and that of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from capaian.budget.lines import Problem, Stage
from connectors.sheets.headings import any_case
from connectors.sheets.months import ANY, month_number

_YEAR = r"20\d\d"
_BUDGET_YEAR = any_case(rf"(?:tahun\s+anggaran|\bt\.?\s*a\.?|\bapbd)\s*:?\s*({_YEAR})\b")
_ANY_YEAR = re.compile(rf"(?<!\d)({_YEAR})(?!\d)")
_UP_TO = any_case(
    rf"\b(?:s\s*[./]?\s*d\.?|sampai(?:\s+dengan)?|hingga|per|posisi|keadaan)\s*(?:akhir\s+)?"
    rf"(?:bulan\s*|tanggal\s*)?:?\s*"
    rf"(?:\d{{1,2}}\s+)?({ANY})\b"
)
_OF_MONTH = any_case(rf"\bbulan\s*:?\s*({ANY})\b|\b(?:periode|masa)\s*:?\s*({ANY})\b")
_BARE_MONTH = any_case(rf"(?<![a-z])({ANY})(?![a-z])")
_NUMERIC = re.compile(
    rf"(?<!\d)({_YEAR})[-_. ]?(0[1-9]|1[0-2])(?!\d)|(?<!\d)(0[1-9]|1[0-2])[-_. ]({_YEAR})(?!\d)"
)
_DAY_NUMERIC = any_case(
    rf"(?:s\s*[./]?\s*d\.?|per|sampai(?:\s+dengan)?)\s*\d{{1,2}}[-/.](\d{{1,2}})[-/.]{_YEAR}"
)
_QUARTER = any_case(r"\b(?:triwulan|tw)\s*[-:]?\s*(iv|iii|ii|i|[1-4])\b")
_HALF = any_case(r"\bsemester\s*[-:]?\s*(ii|i|[12])\b")
_WHOLE_YEAR = any_case(r"\bakhir tahun\b|\btahunan\b|\bunaudited\b|\baudited\b")
_PRINTED = any_case(r"dicetak|tanggal cetak|cetak\s*:|diunduh|printed|^[A-Z][a-z]+,\s*\d{1,2}\s")
_DOCUMENT = any_case(r"\b(?:nomor|no\.|tanggal|tgl|peraturan|perda|perbup)(?!\w)")
"""A title that names a document by its day says nothing of the month of realisasi."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_REVISED = any_case(r"\bperubahan\b|\bDPPA\b|\bAPBD[\s-]*P\b|\bP[\s-]?APBD\b|\brevisi\b|\bpergeseran\b")
_FIRST = any_case(r"\bmurni\b|\b(?:se)?belum perubahan\b|\binduk\b|\bawal\b")


@dataclass(frozen=True)
class Period:
    """What an export is for.

    Attributes:
        said: The text that decided on the month; empty where none did.
        problems: Contradictions, which stop.
    """

    year: int | None = None
    month: int | None = None
    stage: Stage | None = None
    said: str = ""
    problems: tuple[Problem, ...] = ()


def read_period(titles: Iterable[str], sheet: str, file: str) -> Period:
    """Read year, month and stage.

    Args:
        titles: Texts above the table, in order.
        sheet: Name of the sheet.
        file: Name of the file.
    """
    kept = [title for title in titles if title and not _PRINTED.search(title)]
    stem = re.sub(r"\.\w{2,5}$", "", file).replace("_", " ")
    years = _years(kept, sheet, stem)
    months = [(month, text) for text in kept if (month := month_of_title(text))]
    named = [(month, text) for text in (sheet, stem) if (month := month_of_name(text))]
    problems = []
    if len({month for month, _ in months}) > 1 or (months and any(m != months[-1][0] for m, _ in named)):
        listed = ", ".join(f"{text!r}" for _, text in dict.fromkeys([*months, *named]))
        problems.append(
            Problem(
                f"berkas {file!r}",
                f"Bulannya bertentangan: {listed}. Samakan judul, nama lembar dan nama berkasnya.",
                stops=True,
            )
        )
    if len(years) > 1:
        problems.append(
            Problem(
                f"berkas {file!r}",
                f"Tahunnya bertentangan: {', '.join(map(str, sorted(years)))}. Samakan judul dan nama "
                "berkasnya.",
                stops=True,
            )
        )
    decided = months or named
    month, said = decided[-1] if decided else (None, "")
    return Period(
        year=next(iter(years)) if len(years) == 1 else None,
        month=month,
        stage=read_stage(" ".join(kept)),
        said=said,
        problems=tuple(problems),
    )


def month_of_title(text: str) -> int | None:
    """The month up to which a title says that figures are stated, or None."""
    if found := _DAY_NUMERIC.search(text):
        return int(found[1]) if 1 <= int(found[1]) <= 12 else None
    if found := _UP_TO.search(text) or _OF_MONTH.search(text):
        return month_number(next(group for group in found.groups() if group))
    if _QUARTER.search(text) or _HALF.search(text):
        return _end_of_part(text)
    if _WHOLE_YEAR.search(text):
        return 12
    if _DOCUMENT.search(text):
        return None
    named = _BARE_MONTH.findall(text)
    budget_words = re.search(r"realisasi|anggaran|laporan|rekap|tahun", text, re.IGNORECASE)
    return month_number(named[-1]) if named and (budget_words or month_of_heading(text)) else None


def _end_of_part(text: str) -> int | None:
    """The last month of a quarter or a half of the year."""
    for pattern, length in ((_QUARTER, 3), (_HALF, 6)):
        if found := pattern.search(text):
            number = found[1].casefold()
            return length * (_ROMAN[number] if number in _ROMAN else int(number))
    return None


def month_of_name(text: str) -> int | None:
    """The month in the name of a sheet or a file, or None."""
    if found := _NUMERIC.search(text):
        return int(found[2] or found[3])
    if part := _end_of_part(text):
        return part
    named = [month_number(name) for name in _BARE_MONTH.findall(text)]
    return named[-1] if named else None


def read_stage(text: str) -> Stage | None:
    """Which budget a title or heading names; None where it names none or both."""
    first = bool(_FIRST.search(text))
    revised = bool(_REVISED.search(re.sub(r"(?:se)?belum perubahan", "", text, flags=re.IGNORECASE)))
    if first == revised:
        return None
    return Stage.MURNI if first else Stage.PERUBAHAN


def month_of_heading(text: str) -> int | None:
    """The month of a text that is nothing but a month, with a year or without."""
    found = re.fullmatch(rf"\s*({ANY})\s*(?:{_YEAR})?\s*", text, re.IGNORECASE)
    return month_number(found[1]) if found else None


def _years(titles: list[str], sheet: str, stem: str) -> set[int]:
    """The years that say of themselves that they are the budget's or the month's; else any, titles first."""
    dated = [title for title in titles if month_of_title(title)]
    sure = [*(year for title in titles for year in _BUDGET_YEAR.findall(title)),
            *(year for title in dated for year in _ANY_YEAR.findall(title))]  # fmt: skip
    for years in (sure, [year for title in titles for year in _ANY_YEAR.findall(title)]):
        if years:
            return {int(year) for year in years}
    named = {int(year) for text in (sheet, stem) for year in _ANY_YEAR.findall(text)}
    joined = (_NUMERIC.search(text) for text in (sheet, stem))
    return named or {int(found[1] or found[4]) for found in joined if found}
