"""What goes wrong with a statistic: the indicator waits or keeps its figure, and status says why."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import select

from core.errors import ImplausibleFigureError, LkjipError, NothingFoundError, SourceError
from jobs.bps.poll import poll_bps
from jobs.report.render import present_report
from jobs.report.state.status import read_status
from jobs.workspace import Workspace
from models.bps.tables import Observation, PollOutcome
from models.session import open_session
from reports.realisasi import State
from reports.standing import Standing
from standins.bps import faults
from standins.bps.faults import Asked
from standins.serving import Reply
from tests.jobs.given.days import JANUARY
from tests.jobs.given.statistic_office import INDUSTRY

RELEASED = date(2024, 2, 28)
NEXT_DAY = RELEASED + timedelta(days=1)
TPT = "{table: tingkat pengangguran terbuka, row: Sumenep, characteristic: Jumlah}"
POVERTY = "https://www.bps.go.id/id/statistics-table/2/NjIxIzI=/persentase-penduduk-miskin.html"
OF_A_SITE = "https://pringsewukab.bps.go.id/id/statistics-table/2/OTYwMSMy/tingkat-pengangguran-terbuka.html"


@pytest.mark.parametrize(
    ("entry", "kind", "problem"),
    [
        (
            "{table: gini rasio}",
            NothingFoundError,
            "Tidak ada tabel di BPS yang judulnya memuat 'gini rasio'",
        ),
        (
            "{table: inflasi, domain: '3500'}",
            NothingFoundError,
            "Lebih dari satu tabel di BPS (wilayah 3500)",
        ),
        (
            TPT.replace("Sumenep", "Sampang"),
            NothingFoundError,
            "bernama 'Sampang' tidak ada; yang ada: Sumenep",
        ),
        (TPT.replace("Jumlah", "Lansia"), NothingFoundError, "yang ada: Laki-laki, Perempuan, Jumlah"),
        (TPT.replace("}", ", period: Agustus}"), NothingFoundError, "tidak memuat bagian tahun Agustus"),
    ],
)
def test_what_is_not_clear_fails_the_look_of_an_office_that_takes_nothing_else(
    naming, taken, entry, kind, problem
):
    workspace = naming(pdrb=False, industry=entry)(RELEASED)
    with pytest.raises(kind) as refused:
        poll_bps(workspace)
    assert problem in str(refused.value)
    assert taken(workspace).state is State.WAITING


def test_beside_pdrb_it_is_a_problem_that_names_the_indicator(naming, taken):
    workspace = naming(industry=TPT.replace("Jumlah", "Lansia"))(RELEASED)
    result = poll_bps(workspace)
    assert result.outcome is PollOutcome.NO_NEWS
    assert result.message.endswith(
        "Tingkat pengangguran terbuka 2023 di BPS tidak dapat dipakai; sebabnya disebut tersendiri."
    )
    (problem,) = [told for told in result.problems if told.startswith("Indikator ")]
    assert problem.startswith(f"Indikator {INDUSTRY}: Karakteristik tabel")
    assert any(problem in line for line in read_status(workspace).remarks)
    assert taken(workspace).reason == "Menunggu Rilis tingkat pengangguran terbuka oleh BPS 2024"


def test_one_indicator_that_is_refused_stops_no_other_of_the_same_table(naming, taken):
    workspace = naming(pdrb=False, industry=TPT, trade=TPT.replace("Jumlah", "Lansia"))(RELEASED)
    result = poll_bps(workspace)
    assert result.outcome is PollOutcome.RELEASED
    assert taken(workspace).value is not None


@pytest.mark.parametrize(
    "fault",
    ["bad_key", "waf_403", "html_200", "bot_challenge", "data_down", "null", "truncated", "empty", "reset",
     "cut_off", "too_many_429", "redirect"],
)  # fmt: skip
def test_a_fault_fails_the_look_and_keeps_the_figure_and_the_key(naming, taken, bps, fault):
    on = naming(pdrb=False, industry=TPT)
    poll_bps(on(RELEASED))
    before = taken(on(RELEASED))
    bps.fail_with(fault, model="data")
    with pytest.raises(SourceError) as failed:
        poll_bps(on(NEXT_DAY))
    assert bps.key not in str(failed.value)
    assert taken(on(NEXT_DAY)) == before


@pytest.mark.parametrize("fault", ["gzipped", "wrong_content_type", "latency"])
def test_another_way_of_saying_the_same_is_taken(naming, taken, bps, fault):
    bps.fail_with(fault)
    workspace = naming(pdrb=False, industry=TPT)(RELEASED)
    poll_bps(workspace)
    assert str(taken(workspace).value) == "2,08%"


def test_a_table_that_is_gone_takes_nothing_away(naming, taken, bps):
    on = naming(pdrb=False, industry=TPT)
    poll_bps(on(RELEASED))
    bps.fail_with("not_available", model="data")
    result = poll_bps(on(NEXT_DAY))
    assert result.outcome is PollOutcome.NO_NEWS
    assert str(taken(on(NEXT_DAY)).value) == "2,08%"


def test_a_figure_of_which_nothing_can_be_computed_is_told_and_not_called_unreleased(
    naming, taken, bps, monkeypatch
):
    def without_2022(_asked: Asked, reply: Reply) -> Reply:
        payload = json.loads(reply.body)
        payload.get("datacontent", {}).pop("1960131220", None)
        return faults.json_reply(payload)

    monkeypatch.setitem(faults.FAULTS, "without_2022", without_2022)
    bps.fail_with("without_2022")
    workspace = naming(pdrb=False, industry=TPT.replace("}", ", take: growth}"))(RELEASED)
    result = poll_bps(workspace)
    assert "belum merilis" not in result.message
    assert any("growth tidak dapat dihitung karena angka tahun 2022 tidak ada" in p for p in result.problems)
    assert taken(workspace).state is State.NOT_COMPUTABLE
    report = present_report(workspace)
    m = report.measured.indicators[INDUSTRY]
    assert (m.standing, m.why_not_computable) == (
        Standing.NOT_COMPUTABLE,
        "Angka tahun 2022 tidak ada di BPS.",
    )
    [cells] = [row for row in report.tables["capaian"].flat_rows() if m.indicator.name in row]
    assert cells[4:6] == ["Tidak dapat dihitung", "-"]
    said = " ".join(report.sentences["capaian"])
    assert "tidak dapat dihitung: angka tahun 2022 tidak ada di BPS." in said
    assert "realisasi Tidak dapat dihitung [angkanya ada]" in read_status(workspace).as_text()


def _with_value(value: float) -> Callable[[Asked, Reply], Reply]:
    def change(asked: Asked, reply: Reply) -> Reply:
        payload = json.loads(reply.body)
        if "datacontent" in payload and "1960131230" in payload["datacontent"]:
            payload["datacontent"]["1960131230"] = value
        return faults.json_reply(payload)

    return change


def test_a_revision_is_news_and_the_report_says_what_it_was(naming, taken, bps, monkeypatch):
    on = naming(pdrb=False, industry=TPT)
    poll_bps(on(RELEASED))
    monkeypatch.setitem(faults.FAULTS, "revised", _with_value(2.14))
    bps.fail_with("revised")
    result = poll_bps(on(NEXT_DAY))
    assert (result.outcome, result.message) == (
        PollOutcome.REVISED,
        "Tingkat pengangguran terbuka 2023: angka direvisi BPS.",
    )
    assert (
        "Angka direvisi BPS: sebelumnya 2,08 (rilis 28 Februari 2024), kini 2,14."
        in taken(on(NEXT_DAY)).notes
    )


@pytest.mark.parametrize(
    ("value", "message"), [(53.0, "bukan revisi biasa"), (208.0, "tidak dapat di luar 0 sampai 100")]
)
def test_a_change_beyond_belief_is_refused_and_a_person_may_accept_what_is_possible(
    naming, taken, bps, monkeypatch, value, message
):
    on = naming(pdrb=False, industry=TPT)
    poll_bps(on(RELEASED))
    monkeypatch.setitem(faults.FAULTS, "slipped", _with_value(value))
    bps.fail_with("slipped")
    with pytest.raises(ImplausibleFigureError, match=message):
        poll_bps(on(NEXT_DAY))
    assert str(taken(on(NEXT_DAY)).value) == "2,08%"
    if value <= 100:
        poll_bps(on(NEXT_DAY), accept_revision=True)
        assert str(taken(on(NEXT_DAY)).value) == "53,0%"


def test_the_address_of_a_national_table_is_enough(naming, taken):
    workspace = naming(pdrb=False, industry=f'{{table: "{POVERTY}", row: Sumenep, period: Maret}}')(RELEASED)
    result = poll_bps(workspace)
    assert result.message == "BPS merilis Persentase Penduduk Miskin (P0) Menurut Kabupaten/Kota 2023."
    assert "domain=0000" in taken(workspace).inputs[0].url
    assert taken(workspace).source_url == POVERTY, "the page opens for people"


def test_the_region_of_a_site_is_learnt_once(naming, taken, bps, monkeypatch):
    def with_site(asked: Asked, reply: Reply) -> Reply:
        if asked.params.get("type") != "all":
            return reply
        payload = json.loads(reply.body)
        for row in payload["data"][1]:
            if row["domain_id"] == "3529":
                row["domain_url"] = "https://pringsewukab.bps.go.id"
        return faults.json_reply(payload)

    monkeypatch.setitem(faults.FAULTS, "with_site", with_site)
    bps.fail_with("with_site")
    on = naming(pdrb=False, industry=f'{{table: "{OF_A_SITE}", row: Sumenep, characteristic: Jumlah}}')
    assert taken(on(JANUARY)).reason.startswith("Menunggu Rilis ")
    poll_bps(on(RELEASED))
    assert str(taken(on(RELEASED)).value) == "2,08%"
    poll_bps(on(NEXT_DAY))
    assert [entry.path for entry in bps.requests] == ["domain", "list", "list"]


def test_nothing_but_the_named_figures_is_kept(naming):
    workspace: Workspace = naming(pdrb=False, industry=TPT)(RELEASED)
    poll_bps(workspace)
    with open_session(workspace.engine, read_only=True) as session:
        kept = session.exec(select(Observation).order_by(Observation.year)).all()
    assert [(o.sector, o.label, o.year) for o in kept] == [
        ("sumenep | jumlah | tahun", "Sumenep, Jumlah", 2022),
        ("sumenep | jumlah | tahun", "Sumenep, Jumlah", 2023),
    ]


def test_a_look_that_fails_is_written_down(naming):
    workspace = naming(pdrb=False, industry="{table: gini rasio}")(RELEASED)
    with pytest.raises(LkjipError):
        poll_bps(workspace)
    assert any("gini rasio" in line for line in read_status(workspace).remarks)


def test_pdrb_that_cannot_be_had_takes_no_statistic_along(naming, taken, bps):
    workspace = naming(industry=TPT)(RELEASED)
    bps.fail_with("html_200", when=lambda asked: asked.params.get("var") in ("9101", "9102"))
    with pytest.raises(SourceError):
        poll_bps(workspace)
    assert str(taken(workspace).value) == "2,08%"
