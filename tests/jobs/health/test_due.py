"""A figure of another institution that did not come when it was due is told, once, until it comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from connectors.prefect_server import PrefectServer
from jobs.health.watch import Watched, watch
from jobs.report.entries.figures import Given, enter_figure
from jobs.report.state.status import read_status
from jobs.workspace import Workspace

OFFICE = "jabar-inspektorat"
LATE = "Angka Kemendagri belum ada: EPPD 2016"
LAST_DAY = date(2017, 4, 30)
AFTER = date(2017, 5, 1)
Look = Callable[[date], Watched]


@pytest.fixture
def look(prefect, space) -> Look:
    """One look at the Inspektorat on a day."""

    def once(day: date) -> Watched:
        office = space(day, agency=OFFICE)
        return watch(office, PrefectServer(office.settings.prefect_api_url), describe=lambda: "Baik.")

    return once


@pytest.fixture
def enter(space, tmp_path: Path) -> Callable[[], None]:
    def once() -> None:
        (tmp_path / "eppd.pdf").write_bytes(b"%PDF-1.4 3,10")
        given = Given("eppd", "3,10", "Kemendagri", tmp_path / "eppd.pdf", "Budi")
        enter_figure(space(AFTER, agency=OFFICE), given)

    return once


def warnings(office: Workspace) -> list[str]:
    return [warning for warning in read_status(office).warnings if LATE in warning]


def test_status_warns_from_the_day_after_the_month_that_a_figure_was_due_in(space):
    assert warnings(space(LAST_DAY, agency=OFFICE)) == []
    [warning] = warnings(space(AFTER, agency=OFFICE))
    assert "April 2017" in warning
    assert "lkjip enter eppd NILAI --source 'Kemendagri' --evidence BERKAS" in warning


def test_a_figure_without_a_due_month_is_never_late(space):
    late = " ".join(read_status(space(date(2030, 1, 1), agency=OFFICE)).warnings)
    assert "LHP" not in late


def test_the_technician_is_told_once_and_again_when_the_figure_came(look: Look, enter, mails):
    assert look(LAST_DAY).opened == ()
    assert look(AFTER).opened == (LATE,)
    assert look(date(2017, 6, 1)).opened == ()
    enter()
    assert look(date(2017, 6, 2)).closed == (LATE,)
    told = [mail["Subject"] for mail in mails() if LATE in mail["Subject"]]
    assert told == [f"[LKjIP] Masalah: {LATE}", f"[LKjIP] Selesai: {LATE}"]


def test_status_says_it_as_a_trouble_once_it_was_told(look: Look, space):
    look(AFTER)
    status = read_status(space(AFTER, agency=OFFICE))
    assert warnings(space(AFTER, agency=OFFICE)) == []
    assert [trouble.title for trouble in status.troubles] == [LATE]


def test_an_entered_figure_is_not_late(space, enter):
    enter()
    assert warnings(space(AFTER, agency=OFFICE)) == []
