"""LibreOffice recalculates the workbook, and every cell says what the report says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from capaian.values import Grade, Quantity, Value
from office.loading import find_agency, load_agency
from office.schema import Agency
from reports.content import IssueInfo, Report, build_report
from reports.live_workbook import make_workbook
from reports.live_workbook.indicators import HEAD, REALISASI, in_order
from reports.live_workbook.sheets import cell
from reports.realisasi import Realisasi, State
from reports.reported import reported_realisasi
from tests.given.examples import examples
from tests.reports.given.random_offices import random_offices
from tests.reports.live_workbook.given.compared import differences, exact
from tests.reports.live_workbook.given.pdrb import of_pdrb
from tests.reports.live_workbook.given.recalculated import (
    Values,
    changed,
    formulas_of,
    recalculate,
    values_of,
)

pytestmark = [pytest.mark.slow, pytest.mark.office]
YEARS = {"jabar-disperindag": 2016, "jabar-inspektorat": 2016, "sumenep-dkupp": 2023}
CHANGES: Mapping[str, tuple[str, dict[str, Value]]] = {
    "yang sudah ada": (
        "sumenep-dkupp",
        {
            "pendapatan-umkm": Quantity(Decimal("6.365")),  # below its target
            "kinerja-pd": Quantity(Decimal("72.4")),  # 90,5: on the edge of a category
            "fluktuasi-bapokti": Quantity(Decimal(0)),  # less is better, and nought divides nothing
            "sakip": Grade("CC"),
        },
    ),
    "yang menunggu": (
        "sumenep-dkupp",
        {
            "kontribusi-industri": Quantity(Decimal("5.5999")),  # just below its target
            "kontribusi-perdagangan": Quantity(Decimal("5.1")),
            "pertumbuhan-industri": Quantity(Decimal("-1.25")),
            "pertumbuhan-perdagangan": Quantity(Decimal("10")),
        },
    ),
    "opini": ("jabar-inspektorat", {"opini-bpk": Grade("TMP"), "opd-spip": Quantity(Decimal("75"))}),
}
"""What a person writes into cells of realisasi, by what shall be seen."""
PDRB = "angka di balik pertumbuhan"


@dataclass(frozen=True)
class Case:
    """A workbook, the changes made in it, and the report that has them."""

    original: bytes
    report: Report
    changes: Mapping[tuple[str, str], object]


def report_of(agency: Agency, realisasi: Mapping[tuple[str, int], Realisasi]) -> Report:
    return build_report(agency, realisasi, issue=IssueInfo(1, date(agency.year.year + 1, 1, 31)))


def workbook_of(report: Report) -> bytes:
    return make_workbook(report.measured, report.title, report.issue.number, report.issue.moment)


@cache
def own_report(office: str) -> Report:
    agency = load_agency(find_agency(office), YEARS[office])
    return report_of(agency, reported_realisasi(agency))


def changed_case(office: str, changes: Mapping[str, Value]) -> Case:
    report = own_report(office)
    agency = report.agency
    before = reported_realisasi(agency)
    after = {
        (name, year): replace(taken, value=changes[name], state=State.REPORTED, reason="")
        if name in changes and year == YEARS[office]
        else taken
        for (name, year), taken in before.items()
    }
    order = in_order(report.measured)
    cells = {
        ("Pengukuran", cell(HEAD + 1 + order.index(name), REALISASI)): _written(value)
        for name, value in changes.items()
    }
    return Case(workbook_of(report), report_of(agency, after), cells)


def _written(value: Value) -> object:
    return value.amount if isinstance(value, Quantity) else str(value)


def pdrb_case() -> Case:
    """Another value of BPS in the year before gives another growth."""
    agency = own_report("sumenep-dkupp").agency
    before, after = (
        report_of(agency, {**reported_realisasi(agency), **of_pdrb(v)}) for v in ("1606.58", "1500")
    )
    return Case(workbook_of(before), after, {("Rincian", "D8"): Decimal(1500)})


@pytest.fixture(scope="module")
def cases(priced_report: Report, budget_report: Report) -> dict[str, Case]:
    reports = {office: own_report(office) for office in YEARS}
    reports |= {"harga": priced_report, "terisi, anggaran": budget_report}
    plain = {name: Case(workbook_of(report), report, {}) for name, report in reports.items()}
    followed = {name: changed_case(office, changes) for name, (office, changes) in CHANGES.items()}
    return plain | followed | {PDRB: pdrb_case()}


@pytest.fixture(scope="module")
def computed(cases: dict[str, Case], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Values]:
    """Of all cases at once: LibreOffice takes longer to start than to compute."""
    books = {
        name: changed(case.original, case.changes) if case.changes else case.original
        for name, case in cases.items()
    }
    return recalculate(books, tmp_path_factory.mktemp("buku-kerja"))


@pytest.mark.parametrize("name", [*YEARS, "harga", "terisi, anggaran"])
def test_every_cell_equals_the_report(name: str, cases: dict[str, Case], computed: dict[str, Values]) -> None:
    assert list(differences(computed[name], cases[name].report)) == []


@pytest.mark.parametrize("name", [*YEARS, "harga", "terisi, anggaran"])
def test_the_value_beside_a_formula_is_what_it_computes(
    name: str, cases: dict[str, Case], computed: dict[str, Values]
) -> None:
    kept = values_of(cases[name].original)
    cells = list(formulas_of(cases[name].original))
    assert len(cells) > 50
    wrong = [
        f"{sheet}!{place}"
        for sheet, place, row, column in cells
        if not same(kept[sheet][row][column], computed[name][sheet][row][column])
    ]
    assert wrong == []


def same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(exact(one) - exact(other)) <= Decimal("1e-9") * max(1, abs(exact(one)))
    return (one or "") == (other or "")


@pytest.mark.parametrize("name", [*CHANGES, PDRB])
def test_who_changes_a_realisasi_sees_what_we_compute_of_it(
    name: str, cases: dict[str, Case], computed: dict[str, Values]
) -> None:
    case = cases[name]
    assert list(differences(values_of(case.original), case.report)) != [], "the change changes nothing"
    assert list(differences(computed[name], case.report)) == []


@pytest.mark.sweep
def test_any_office_measured_by_any_rules_is_followed(tmp_path_factory: pytest.TempPathFactory) -> None:
    like = load_agency(find_agency("sumenep-dkupp"), 2023)
    reports: list[Report] = []

    @examples(120, 40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(st.data())
    def make(data: st.DataObject) -> None:
        agency = data.draw(random_offices(like))
        reports.append(report_of(agency, reported_realisasi(agency)))

    make()
    books = {str(number): workbook_of(report) for number, report in enumerate(reports)}
    found = recalculate(books, tmp_path_factory.mktemp("buku-kerja"))
    wrong = [
        f"{number}: {told}"
        for number, report in enumerate(reports)
        for told in differences(found[str(number)], report)
    ]
    assert wrong == []
