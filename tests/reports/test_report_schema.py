"""``report.json`` follows the schema that is published for it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from core.settings import PROJECT
from office.loading import find_agency, load_agency
from office.schema import Agency
from reports.content import IssueInfo, Report, build_report
from reports.data import SCHEMA
from reports.realisasi import Evidence
from reports.reported import reported_realisasi

PUBLISHED = json.loads((PROJECT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(PUBLISHED)
YEARS = {"jabar-disperindag": 2016, "jabar-inspektorat": 2016, "sumenep-dkupp": 2023}


def problems(content: dict[str, Any]) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in VALIDATOR.iter_errors(content)]


def written(report: Report) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(report.json_text())
    return content


@pytest.fixture
def in_state(
    waiting_report: Report, filled_report: Report, priced_report: Report, budget_report: Report
) -> Callable[[str], Report]:
    known = {"menunggu": waiting_report, "terisi": filled_report, "harga": priced_report}
    return (known | {"anggaran": budget_report}).__getitem__


def test_the_schema_itself_is_one() -> None:
    Draft202012Validator.check_schema(PUBLISHED)


@pytest.mark.parametrize("office", YEARS)
def test_each_office_follows_it(office: str) -> None:
    agency = load_agency(find_agency(office), YEARS[office])
    issue = IssueInfo(1, date(YEARS[office] + 1, 1, 31))
    assert problems(written(build_report(agency, reported_realisasi(agency), issue=issue))) == []


@pytest.mark.parametrize("state", ["menunggu", "terisi", "harga", "anggaran"])
def test_each_state_follows_it(state: str, in_state: Callable[[str], Report]) -> None:
    assert problems(written(in_state(state))) == []


def test_a_figure_with_evidence_follows_it(agency: Agency) -> None:
    from dataclasses import replace

    chosen = reported_realisasi(agency)
    evidence = Evidence(
        "bukti.pdf", "ab" * 32, 9, datetime.fromisoformat("2024-02-01T10:00:00+07:00"), "Siti"
    )
    chosen["sakip", 2023] = replace(chosen["sakip", 2023], evidence=evidence)
    content = written(build_report(agency, chosen, issue=IssueInfo(1, date(2024, 1, 31))))
    assert any("evidence" in figure for figure in content["figures"])
    assert problems(content) == []


def test_it_names_the_schema_that_it_follows(filled_report: Report) -> None:
    assert written(filled_report)["schema"] == SCHEMA == PUBLISHED["properties"]["schema"]["const"]


def test_the_name_of_the_schema_makes_no_new_issue(
    filled_report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.content.SCHEMA", "lkjip-report-2")
    assert filled_report.as_json()["schema"] == "lkjip-report-2"
    again = build_report(
        filled_report.agency,
        {(m.id, m.realisasi.year): m.realisasi for m in filled_report.measured.indicators.values()}
        | {
            (m.id, m.previous.year): m.previous
            for m in filled_report.measured.indicators.values()
            if m.previous
        },
        issue=filled_report.issue,
    )
    assert again.content_hash == filled_report.content_hash


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("schema",), "lkjip-report-0"),
        (("indicators", 0, "state"), "selesai"),
        (("indicators", 0, "capaian"), 62.86),
        (("indicators", 0, "lain"), "tak dikenal"),
        (("tables", "capaian", "rows", 0, 0), 1),
        (("issue", "issued_on"), "31-01-2024"),
        (("figures", 4, "inputs", 0, "value"), "1.690,12"),
        (("content_hash",), "AB"),
    ],
)
def test_what_breaks_it_is_found(place: tuple[str | int, ...], value: object, filled_report: Report) -> None:
    content = copy.deepcopy(written(filled_report))
    inside: Any = content
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    assert len(problems(content)) == 1


@pytest.mark.parametrize("key", sorted(PUBLISHED["required"]))
def test_what_lacks_is_found(key: str, waiting_report: Report) -> None:
    content = written(waiting_report)
    del content[key]
    assert len(problems(content)) == 1
