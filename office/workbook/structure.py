"""Tujuan, sasaran and indicators out of the rows of their sheet, and the names by which others call them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from office.files import Location
from office.problems import Problems
from office.schema import MeasureKind
from office.workbook.columns import INDICATORS, INSTITUTION
from office.workbook.tables import Found

_LONGEST_ID = 40
_PDRB = (MeasureKind.PDRB_GROWTH, MeasureKind.PDRB_SHARE)


@dataclass
class Structure:
    """What the sheet says.

    Attributes:
        indicators: Entries of ``indicators.yaml``, in the order of the report.
        tujuan: Entries of ``renstra.yaml``.
        rows: The row of each indicator, by its id.
        named: Ids by what an indicator may be called, in small letters; None where several bear the name.
        tujuan_cells: The cell of each text and id below ``tujuan``.
    """

    indicators: list[dict[str, Any]] = field(default_factory=list)
    tujuan: list[dict[str, Any]] = field(default_factory=list)
    rows: dict[str, Found] = field(default_factory=dict)
    named: dict[str, str | None] = field(default_factory=dict)
    tujuan_cells: dict[Location, str] = field(default_factory=dict)

    def resolve(self, name: str, place: str, problems: Problems) -> str | None:
        """The id of an indicator that is called by its name, short name or id; None after a problem."""
        key = _plain(name)
        if name.strip() in self.rows:
            return name.strip()
        if found := self.named.get(key):
            return found
        several = key in self.named
        problems.add(
            place,
            f"ada beberapa indikator bernama '{name}'"
            if several
            else f"indikator '{name}' tidak ada di lembar {INDICATORS}",
            "tulis Id indikatornya" if several else "pilih nama dari daftar",
        )
        return None


def read_structure(rows: Sequence[Found], short_name: str, problems: Problems) -> Structure:
    """Put the rows of the sheet together.

    Args:
        rows: Of the sheet of indicators.
        short_name: Of the office, which is the source where none is named.
        problems: Where what is wrong is noted.
    """
    structure = Structure()
    numbered: list[tuple[float, dict[str, Any]]] = []
    tujuan: Found | None = None
    sasaran: Found | None = None
    for place, row in enumerate(rows):
        if "tujuan" in row.entry:
            tujuan, sasaran = row, row if "sasaran" in row.entry else None
        elif "sasaran" in row.entry:
            sasaran = row
        if tujuan is None:
            problems.add(row.place("tujuan"), "baris pertama tidak menyebut tujuan", "isi Tujuan")
            return structure
        indicators = _group(structure, tujuan, sasaran)
        if "name" not in row.entry:
            if set(row.entry) - {"tujuan", "sasaran", "tujuan_id", "sasaran_id"}:
                problems.add(row.place("name"), "'Indikator' kosong", "isi nama indikatornya")
            continue
        entry = _indicator(row, structure.rows, short_name, problems)
        if entry["id"] in structure.rows:
            first = structure.rows[entry["id"]].row
            problems.add(
                row.place("id"), f"id '{entry['id']}' sudah dipakai di baris {first}", "beri id sendiri"
            )
            continue
        structure.rows[entry["id"]] = row
        indicators.append(entry["id"])
        numbered.append((row.entry.get("number", place + 1), entry))
        for name in {_plain(entry["name"]), _plain(entry["short_name"])}:
            structure.named[name] = None if name in structure.named else entry["id"]
    structure.indicators = [entry for _, entry in sorted(numbered, key=lambda pair: pair[0])]
    return structure


def _group(structure: Structure, tujuan: Found, sasaran: Found | None) -> list[str]:
    """The list of indicators of a tujuan or sasaran, which is made when it is first met."""
    index, aim = _member(structure.tujuan, tujuan, "tujuan")
    structure.tujuan_cells.setdefault(("tujuan", index), tujuan.place("tujuan"))
    if sasaran is None:
        own: list[str] = aim.setdefault("indicators", [])
        return own
    number, target = _member(aim.setdefault("sasaran", []), sasaran, "sasaran")
    structure.tujuan_cells.setdefault(("tujuan", index, "sasaran", number), sasaran.place("sasaran"))
    held: list[str] = target["indicators"]
    return held


def _member(members: list[dict[str, Any]], row: Found, kind: str) -> tuple[int, dict[str, Any]]:
    text = row.entry[kind]
    for index, member in enumerate(members):
        known = row.entry.get(f"{kind}_id")
        if member["id"] == known or (known is None and _plain(member["text"]) == _plain(text)):
            return index, member
    taken = {member["id"] for member in members}
    made = {"id": row.entry.get(f"{kind}_id") or _slug(text, taken), "text": text}
    if kind == "sasaran":
        made["indicators"] = []
    members.append(made)
    return len(members) - 1, made


def _indicator(row: Found, taken: Mapping[str, Found], short_name: str, problems: Problems) -> dict[str, Any]:
    flat = dict(row.entry)
    for needless in ("number", "tujuan", "sasaran", "tujuan_id", "sasaran_id"):
        flat.pop(needless, None)
    short = flat.setdefault("short_name", flat["name"])
    entry: dict[str, Any] = {"id": flat.pop("id", None) or _slug(short, taken)}
    if "unit" not in flat and "unit_label" not in flat:
        if "scale" in flat or flat.get("formula") == "ordinal":
            flat["unit_label"] = "-"
        else:
            problems.add(row.place("unit"), "'Satuan' kosong", "isi satuannya, misalnya % atau orang")
    for key, value in flat.items():
        outer, _, inner = key.partition(".")
        if inner:
            entry.setdefault(outer, {})[inner] = value
        else:
            entry[key] = value
    _settle_measure(entry, row, problems)
    entry.setdefault("source_label", _source(entry, short_name))
    return entry


def _settle_measure(entry: dict[str, Any], row: Found, problems: Problems) -> None:
    """Say how the indicator is measured: by the word of its drop-down, or by the cells that are filled."""
    measure = entry.setdefault("measure", {})
    kind = measure.get("kind")
    if kind is None:
        kind = INSTITUTION if "institution" in entry else None
        kind = MeasureKind.BPS_STATISTIC if "bps" in entry else kind
    has_institution = "name" in entry.get("institution", {})
    if (kind == INSTITUTION or "institution" in entry) and not has_institution:
        problems.add(row.place("institution.name"), "'Lembaga' kosong", "isi nama lembaganya")
    if kind == MeasureKind.REPORTED and has_institution:
        problems.add(
            row.place("measure.kind"),
            f"berisi 'kantor sendiri', padahal Lembaga berisi '{entry['institution']['name']}'",
            "pilih 'lembaga lain', atau kosongkan Lembaga",
        )
    if kind in (INSTITUTION, None):
        kind = MeasureKind.REPORTED
    measure["kind"] = kind


def _source(entry: Mapping[str, Any], short_name: str) -> str:
    if name := entry.get("institution", {}).get("name"):
        return str(name)
    return "BPS" if entry["measure"]["kind"] in (*_PDRB, MeasureKind.BPS_STATISTIC) else short_name


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _slug(text: str, taken: Mapping[str, Any] | set[str]) -> str:
    """A lasting name made of a text, that no other one bears."""
    words, slug = re.findall(r"[a-z0-9]+", text.casefold()), ""
    for word in words:
        if slug and len(slug) + len(word) >= _LONGEST_ID:
            break
        slug = f"{slug}-{word}" if slug else word
    slug, number = slug[:_LONGEST_ID] or "tanpa-nama", 1
    while (name := slug if number == 1 else f"{slug}-{number}") in taken:
        number += 1
    return name
