"""Which rows of an export belong to the office: sections, office columns and titles, in many spellings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from capaian.budget.codes import CodeLevel
from capaian.budget.lines import OfficeWords
from connectors.budget.rows import Row

ALIKE = 0.75
"""So large a share of the words of both names together must be common."""

_LABEL = re.compile(
    r"^\s*(?:nama\s+)?(?:skpd|opd|pd|perangkat\s+daerah|unit\s*(?:organisasi|kerja|skpd)?"
    r"|sub\s*unit(?:\s*organisasi)?"
    r"|satuan\s+kerja(?:\s+perangkat\s+daerah)?|organisasi|instansi)\s*(?::|=|-)\s*(.+)$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^(?:dinas|badan|kantor|sekretariat|inspektorat|kecamatan|kelurahan|rsud|rumah\s+sakit|satuan\s+polisi"
    r"|puskesmas"
    r"|bagian|uptd?)\b",
    re.IGNORECASE,
)
_UNIT_CODE = re.compile(r"^[\dXx][\dXx.\s-]*[\dXx]\.?\s*[-–]?\s+(?=[A-Za-z])")
_SMALL = frozenset({"dan", "dinas", "kabupaten", "kota", "kab", "pemerintah", "provinsi", "daerah"})
_LONG = {
    "ukm": ("usaha", "kecil", "menengah"),
    "umkm": ("usaha", "mikro", "kecil", "menengah"),
    "perindag": ("perindustrian", "perdagangan"),
    "disperindag": ("perindustrian", "perdagangan"),
    "diskop": ("koperasi",),
    "diskopukm": ("koperasi", "usaha", "kecil", "menengah"),
    "kop": ("koperasi",),
}


@dataclass(frozen=True)
class Section:
    """Rows of one office.

    Attributes:
        office: As the file names it; empty where it names none.
        head: The row that names it and may hold its total; None where none does.
    """

    office: str
    rows: tuple[Row, ...]
    head: Row | None = None


def split_sections(rows: Sequence[Row], titles: Sequence[str]) -> list[Section]:
    """The rows of each office, in order; one section where the file names one or none."""
    if any(row.office for row in rows):
        grouped: dict[str, list[Row]] = {}
        for row in rows:
            grouped.setdefault(row.office, []).append(row)
        return [Section(name, tuple(group)) for name, group in grouped.items() if name]
    sections: list[Section] = []
    office, head, members = office_in_titles(titles), None, list[Row]()
    for row in rows:
        named = office_of_row(row)
        if named:
            if members or head is not None:
                sections.append(Section(office, tuple(members), head))
            office, head, members = named, row, []
        else:
            members.append(row)
    sections.append(Section(office, tuple(members), head))
    with_rows = [section for section in sections if any(row.amounts for row in section.rows)]
    return _merged(with_rows or sections)


def office_of_row(row: Row) -> str:
    """The office that a row names and begins, or empty."""
    if row.code is not None and row.code.level not in (CodeLevel.UNIT, CodeLevel.URUSAN, CodeLevel.BIDANG):
        return ""
    if found := _LABEL.match(row.name):
        return _UNIT_CODE.sub("", found[1]).strip()
    if row.code is not None and row.code.level is CodeLevel.UNIT:
        return row.name
    if row.code is None and _OFFICE.match(row.name) and len(row.name.split()) > 1:
        return row.name
    return ""


def office_in_titles(titles: Sequence[str]) -> str:
    """The office that stands above the table, or empty."""
    for title in titles:
        if found := _LABEL.match(title):
            return _UNIT_CODE.sub("", found[1]).strip()
    for title in titles:
        text = _UNIT_CODE.sub("", title).strip()
        if _OFFICE.match(text):
            return text
    return ""


def is_office(name: str, office: OfficeWords) -> bool:
    """Whether a name, with its abbreviations and slips, is the office's."""
    words = _words(name, office.region)
    return any(_alike(words, _words(own, office.region)) >= ALIKE for own in office.names)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    common = sum(any(_same_word(a, b) for b in other) for a in one)
    return common / max(1, len(one) + len(other) - common)


@lru_cache(maxsize=100_000)
def _same_word(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= 6 and OSA.distance(one, other, score_cutoff=2) <= 2)


@lru_cache(maxsize=10_000)
def _words(name: str, region: str) -> frozenset[str]:
    regional = set(re.findall(r"[^\W\d_]+", region.casefold()))
    found = re.findall(r"[^\W\d_]+", name.casefold())
    words = [part for word in found for part in _LONG.get(word, (word,))]
    return frozenset(word for word in words if word not in _SMALL and word not in regional)


def _merged(sections: Sequence[Section]) -> list[Section]:
    """Sections of the same office, which a page break divided, as one."""
    merged: dict[str, Section] = {}
    for section in sections:
        key = " ".join(sorted(_words(section.office, "")))
        earlier = merged.get(key)
        if earlier is None:
            merged[key] = section
        else:
            merged[key] = Section(earlier.office, earlier.rows + section.rows, earlier.head or section.head)
    return list(merged.values())
