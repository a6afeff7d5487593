"""The year.yaml and programs.csv of a year that is opened: last year's, without what only that one says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from office.blocks import top_blocks
from office.files import read_csv, read_yaml
from office.problems import Problems

_LEFT_OUT = ("realisasi", "analysis", "solution", "target_revised", "budget_revised")
"""Columns of programs.csv that only the year itself can say."""


@dataclass(frozen=True)
class Plan:
    """What the new year's documents say.

    Attributes:
        text: Of year.yaml.
        from_renstra: Ids of the indicators whose target is the Renstra's for the year.
        carried: Ids of those whose target is still last year's.
        dropped: Names of the documents of last year that are not carried over, such as revisions.
    """

    text: str
    from_renstra: tuple[str, ...]
    carried: tuple[str, ...]
    dropped: tuple[str, ...]


def plan_year(folder: Path, before: int, year: int) -> Plan:
    """Write the year.yaml of ``year`` after that of ``before``, which loads without a problem.

    The work plan and the agreement are carried over, their targets from the Renstra where it has one for
    the year; numbers, names of documents and dates of signing move on, all other words stay.
    """
    name = f"{before}/year.yaml"
    data = _yaml(folder, name)
    renstra = {
        entry["id"]: entry.get("renstra_targets") or {}
        for entry in _yaml(folder, f"{before}/indicators.yaml")
    }
    versions, dropped = data["versions"][:2], data["versions"][2:]
    counted = _counted(data)
    from_renstra = tuple(name for name in counted if year in renstra.get(name, {}))
    targets = counted | {name: renstra[name][year] for name in from_renstra}
    planned = [_version(version, targets, before, year) for version in versions]
    step = year - before
    numbers = {
        "year": year,
        "document_year": data.get("document_year", year) + step,
        "previous_year": before,
        "renstra_year_ordinal": data.get("renstra_year_ordinal", 0) + step,
        "used": planned[-1]["id"],
    }
    text = ""
    for key, block in top_blocks((folder / name).read_text(encoding="utf-8-sig")):
        if key in numbers:
            text += re.sub(rf"^{key}\s*:.*$", f"{key}: {numbers[key]}", block, flags=re.MULTILINE)
        elif key == "versions":
            text += _versions_text(planned, year)
        elif key in ("foreword_signed", "closing_signed", "sources"):
            text += _moved(block, before, year)
        else:
            text += block
    return Plan(
        text,
        from_renstra,
        tuple(name for name in counted if name not in from_renstra),
        tuple(str(version["name"]) for version in dropped),
    )


def plan_programs(folder: Path, before: int) -> str:
    """The programs.csv of the next year: the tree and its targets; budgets and spending 0, no realisasi."""
    sheet = read_csv(folder, f"{before}/programs.csv", Problems(folder))
    text = io.StringIO()
    header = sheet.header if sheet else []
    writer = csv.DictWriter(text, header, lineterminator="\n")
    writer.writeheader()
    for _, cells in sheet.rows if sheet else []:
        row = dict(zip(header, cells, strict=True))
        has_budget = row.get("level") != "sub_kegiatan"
        row["target_initial"] = row.get("target_revised") or row.get("target_initial", "")
        row |= dict.fromkeys(("budget_initial", "spent"), "0" if has_budget else "")
        row |= dict.fromkeys(_LEFT_OUT, "")
        writer.writerow({column: row.get(column, "") for column in header})
    return text.getvalue()


def _yaml(folder: Path, name: str) -> Any:
    document = read_yaml(folder, name, Problems(folder))
    return document.data if document else {}


def _counted(data: Mapping[str, Any]) -> dict[str, Any]:
    """The targets that counted last year as written: of the used document over those before it."""
    counted: dict[str, Any] = {}
    for version in data["versions"]:
        counted |= version["targets"]
        if version["id"] == data["used"]:
            break
    return counted


def _version(
    version: Mapping[str, Any], targets: Mapping[str, Any], before: int, year: int
) -> dict[str, Any]:
    """A document of targets for the year; when it was agreed on is not known yet."""
    moved = {key: _moved(version[key], before, year) for key in ("name", "source") if key in version}
    return {"id": version["id"], **moved, "targets": {name: targets[name] for name in version["targets"]}}


def _versions_text(versions: list[dict[str, Any]], year: int) -> str:
    dumped = yaml.safe_dump(versions, allow_unicode=True, sort_keys=False, width=110)
    body = "".join(f"  {line}\n" for line in dumped.splitlines())
    return f"versions: # target Renstra {year}; yang tidak dimuat Renstra disebut di periksa.md\n{body}"


def _moved(text: str, before: int, year: int) -> str:
    """A text with the year before and the one after it moved on; the bounds of a period stay."""
    step = year - before
    own = re.compile(rf"(?<![\d–-])({before}|{before + 1})(?![\d–-])")
    return own.sub(lambda match: str(int(match[1]) + step), text)
