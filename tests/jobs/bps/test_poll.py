"""Polling BPS: what is kept, what is said, and that a failure leaves everything as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from capaian.exact import percent
from connectors.bps import PdrbCell
from core.errors import ImplausibleFigureError, LkjipError, SourceError
from core.numbers import round_half_up
from jobs.bps.cross_check import CrossCheck
from jobs.bps.keep import PollResult, keep_look, recall
from jobs.bps.poll import poll_bps
from jobs.bps.watch import Reading, Sighting
from jobs.report.realisasi import select_realisasi
from jobs.report.state.status import read_status
from jobs.workspace import Workspace
from models.bps.tables import Observation, Poll, PollOutcome, Vintage
from models.session import open_session
from models.snapshots import read_snapshot
from reports.realisasi import Realisasi, State
from standins.bps import BpsStandin
from tests.jobs.given.days import JANUARY, RELEASE_DAY
from tests.jobs.given.looking import look

PDRB = ("kontribusi-industri", "kontribusi-perdagangan", "pertumbuhan-industri", "pertumbuhan-perdagangan")


def chosen(workspace: Workspace) -> dict[str, Realisasi]:
    with open_session(workspace.engine, read_only=True) as session:
        return {
            indicator: realisasi
            for (indicator, year), realisasi in select_realisasi(session, workspace.agency).items()
            if year == 2023
        }


def waiting(workspace: Workspace) -> set[str]:
    return {name for name, realisasi in chosen(workspace).items() if realisasi.state is State.WAITING}


def keep(workspace: Workspace, sighting: Sighting, reading: Reading) -> PollResult:
    return keep_look(workspace, recall(workspace, sighting.target), sighting, reading, CrossCheck())


def moved(cells: Iterable[PdrbCell], years: int) -> list[PdrbCell]:
    return [replace(cell, year=cell.year + years) for cell in cells]


def test_before_the_release_nothing_is_kept_but_the_poll(at):
    workspace = at(JANUARY)
    result = poll_bps(workspace)
    assert not result.news
    assert result.message == "BPS belum merilis PDRB 2023. Tahun terakhir yang tersedia: 2022."
    assert waiting(workspace) == set(PDRB)
    with open_session(workspace.engine, read_only=True) as session:
        assert len(session.exec(select(Poll)).all()) == 1
        assert session.exec(select(Vintage)).all() == []


def test_no_news_costs_at_most_six_requests(at, bps):
    poll_bps(at(JANUARY))
    assert len(bps.requests) <= 6


def test_on_the_day_of_the_release_all_four_indicators_are_filled(at):
    workspace = at(RELEASE_DAY)
    result = poll_bps(workspace)
    assert result.news
    assert result.message == "BPS merilis PDRB 2023 pada 4 April 2024."
    assert waiting(workspace) == set()
    taken = {name: round_half_up(chosen(workspace)[name].value.amount, 2) for name in PDRB}
    assert taken["kontribusi-industri"] == Decimal("6.35")
    assert taken["kontribusi-perdagangan"] == Decimal("12.50")
    assert {chosen(workspace)[name].state for name in PDRB} == {State.PROVISIONAL}


def test_only_what_bps_did_not_publish_counts_as_illustrative(at):
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    assert {name for name in PDRB if chosen(workspace)[name].illustrative} == {
        "pertumbuhan-industri",
        "pertumbuhan-perdagangan",
    }


def test_with_the_release_the_years_before_come_from_its_tables(at):
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    years = {name: [part.year for part in chosen(workspace)[name].course] for name in PDRB}
    assert years["kontribusi-industri"] == years["kontribusi-perdagangan"] == [2019, 2020, 2021, 2022]
    assert years["pertumbuhan-industri"] == years["pertumbuhan-perdagangan"] == [2020, 2021, 2022]
    with open_session(workspace.engine, read_only=True) as session:
        of_shares = Vintage.measure == "adhb", Vintage.channel == "dynamic"
        (table,) = session.exec(select(Vintage).where(*of_shares)).all()
        stored = session.exec(select(Observation).where(Observation.vintage_id == table.id)).all()
        found = {o.sector: o for o in stored if o.year == 2022}
    last = chosen(workspace)["kontribusi-industri"].course[-1]
    assert last.value == percent(found["C"].value, found["TOTAL"].value)
    assert last.status == ("" if found["C"].status == "tetap" else found["C"].status)


def test_an_indicator_of_the_office_itself_has_no_course(at):
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    assert chosen(workspace)["koperasi-aktif"].course == ()


def test_every_input_leads_to_the_bytes_it_was_read_from(at):
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    growth = chosen(workspace)["pertumbuhan-industri"]
    assert [entry.symbol for entry in growth.inputs] == ["ADHK C 2023", "ADHK C 2022"]
    with open_session(workspace.engine, read_only=True) as session:
        for entry in growth.inputs:
            content = read_snapshot(session, entry.snapshot).decode()
            assert str(entry.value.normalize()) in content


def test_a_second_poll_on_the_same_day_is_no_news_and_makes_no_vintage(at):
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    with open_session(workspace.engine, read_only=True) as session:
        before = len(session.exec(select(Vintage)).all())
    assert not poll_bps(workspace).news
    with open_session(workspace.engine, read_only=True) as session:
        assert len(session.exec(select(Vintage)).all()) == before


FAULTS = {
    "bad_key": (SourceError, "menolak kunci"),
    "waf_403": (SourceError, "tembok api"),
    "html_200": (SourceError, "halaman"),
    "truncated": (SourceError, "terpotong"),
    "unknown_category": (ImplausibleFigureError, "kategori"),
    "wrong_total": (ImplausibleFigureError, "jumlah"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failure_is_named_and_leaves_the_indicators_waiting(fault: str, at, bps: BpsStandin):
    workspace = at(RELEASE_DAY)
    kind, word = FAULTS[fault]
    for name in (fault, "static_tables_down", "simdasi_down"):
        bps.fail_with(name)
    with pytest.raises(kind) as caught:
        poll_bps(workspace)
    assert word in str(caught.value).casefold()
    assert "Yang perlu dilakukan" in str(caught.value)
    assert waiting(workspace) == set(PDRB)
    with open_session(workspace.engine, read_only=True) as session:
        assert session.exec(select(Observation)).all() == []
        assert [poll.outcome for poll in session.exec(select(Poll)).all()] == ["failed"]


def test_an_unreachable_server_is_named_without_the_key(at, bps: BpsStandin):
    workspace = at(RELEASE_DAY)
    bps.stop()
    with pytest.raises(SourceError) as caught:
        poll_bps(workspace)
    assert "tidak dapat dihubungi" in str(caught.value)
    assert bps.key not in repr(caught.getrepr(style="long"))


def test_after_a_failure_the_last_good_figures_stay_and_their_age_is_told(at, bps: BpsStandin):
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    bps.fail_with("waf_403")
    with pytest.raises(LkjipError):
        poll_bps(workspace)
    assert waiting(workspace) == set()
    remarks = read_status(workspace).remarks
    assert any("4 April 2024 pukul 09.00 WIB" in line for line in remarks)
    assert any("berhasil terakhir" in line for line in remarks)


@pytest.mark.parametrize("fault", ["", "waf_403", "html_200"])
def test_the_key_stands_nowhere_in_the_database(fault: str, at, bps: BpsStandin, tmp_path: Path):
    workspace = at(RELEASE_DAY)
    if fault:
        bps.fail_with(fault)
        with pytest.raises(LkjipError):
            poll_bps(workspace)
    else:
        poll_bps(workspace)
    workspace.engine.dispose()
    with sqlite3.connect(tmp_path / "kerja" / "lkjip.sqlite") as database:
        assert bps.key not in "\n".join(database.iterdump())
    with open_session(workspace.engine, read_only=True) as session:
        for row in session.exec(select(Observation).limit(1)).all():
            assert row.value


def test_the_first_release_of_a_later_year_is_a_release_and_not_a_revision(at):
    workspace = at(RELEASE_DAY)
    sighting, reading = look(workspace)
    year_before = tuple(replace(table, cells=moved(table.cells, -1)) for table in reading.tables)
    last_year = replace(sighting, target=replace(sighting.target, year=2022))
    assert keep(workspace, last_year, replace(reading, tables=year_before)).outcome is PollOutcome.RELEASED
    assert keep(workspace, sighting, reading).outcome is PollOutcome.RELEASED


def test_figures_of_a_later_year_do_not_make_this_year_wait_again(at):
    workspace = at(RELEASE_DAY)
    sighting, reading = look(workspace)
    keep(workspace, sighting, reading)
    filled = chosen(workspace)
    assert not waiting(workspace)
    for_2024 = []
    for table in reading.tables:
        of_2023 = [cell for cell in table.cells if cell.year == 2023]
        for_2024.append(replace(table, cells=(*of_2023, *moved(of_2023, 1))))
    next_year = replace(sighting, target=replace(sighting.target, year=2024))
    assert keep(workspace, next_year, replace(reading, tables=tuple(for_2024))).news
    assert not waiting(workspace)
    assert {i: r.value for i, r in chosen(workspace).items()} == {i: r.value for i, r in filled.items()}


def test_a_publication_before_its_tables_are_filled_is_told_as_that(at, bps):
    for fault in ("empty_datacontent", "static_tables_down", "simdasi_down"):
        bps.fail_with(fault)
    result = poll_bps(at(RELEASE_DAY))
    assert not result.news
    assert result.message.startswith("BPS sudah menerbitkan '")
    assert "tahun itu, tetapi belum berisi angka" in result.message


def test_the_source_of_a_figure_links_to_the_page_of_its_release(at, bps: BpsStandin):
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    link = chosen(workspace)["pertumbuhan-industri"].source_url
    assert link.startswith(bps.site)
    assert "key=" not in link
