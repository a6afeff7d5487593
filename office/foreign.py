"""What in an office's data names another office: chapters and recipients that were copied with its folder."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from office.explanations import Explanation
from office.schema import Agency, Reported

SHOWN = 5
"""Places that a warning lists; the others are counted."""


def foreign_names(agency: Agency, others: Iterable[Path]) -> list[str]:
    """What in the data names another office, in Indonesian; a person decides whether it belongs there.

    Args:
        agency: The office.
        others: Folders of the offices that are known; its own may be among them.

    Returns:
        For each name of another office one sentence that says where it stands.
    """
    texts = {place: " ".join(text.split()) for place, text in _texts(agency)}
    office = agency.office
    own = " ".join((office.name, office.short_name, office.region, office.contact)).casefold()
    told: dict[str, str] = {}
    for folder in others:
        if folder.name == office.id:
            continue
        for name in _names(folder):
            places = [place for place, text in texts.items() if _stands_in(name, text)]
            if places and name.casefold() not in own and name not in told:
                told[name] = _warning(name, folder.name, places)
    return list(told.values())


def _warning(name: str, office: str, places: list[str]) -> str:
    more = f" dan {len(places) - SHOWN} tempat lagi" if len(places) > SHOWN else ""
    return (
        f"Data menyebut {name!r}, nama kantor lain ({office}), di {', '.join(places[:SHOWN])}{more}; periksa "
        "apakah terbawa ketika mapnya disalin."
    )


def _names(folder: Path) -> Iterator[str]:
    """By what an office is known: its name, its region, its domain of mail, its short name in capitals.

    A short name in ordinary letters may be a word that every report uses (*Inspektorat*).
    """
    identity: Any = None
    with contextlib.suppress(OSError, ValueError, yaml.YAMLError):
        identity = yaml.safe_load((folder / "office.yaml").read_text(encoding="utf-8-sig"))
    if not isinstance(identity, dict):
        return
    for field in ("name", "region"):
        if isinstance(identity.get(field), str):
            yield identity[field]
    short, contact = str(identity.get("short_name", "")), str(identity.get("contact", ""))
    if len(short) > 2 and short.isupper():
        yield short
    if "@" in contact:
        yield contact.rpartition("@")[2]


def _texts(agency: Agency) -> Iterator[tuple[str, str]]:
    """Every text of identity, year, chapters and explanations with its place."""
    for chapter in agency.chapters:
        if chapter.own:
            yield chapter.place, chapter.text
    for file, part in (("office.yaml", agency.office), ("year.yaml", agency.year)):
        for field, value in part.model_dump().items():
            yield f"{file} ({field})", " | ".join(_strings(value))
    explained: list[Reported | Explanation] = [*agency.reported, *agency.explained]
    for entry in explained:
        yield f"realisasi.csv ({entry.indicator} {entry.year})", f"{entry.cause} | {entry.solution}"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
