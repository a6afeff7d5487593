"""Figures that a person enters with their evidence: what is kept, what follows, what is refused."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.errors import AgencyDataError, StorageError
from core.settings import load_settings
from jobs.report.entries import evidence as evidence_files
from jobs.report.entries.figures import Entered, Given, enter_figure, entries_of
from jobs.report.export import export_tables
from jobs.report.issued.giving import give_issue
from jobs.report.refresh import refresh
from jobs.report.state.status import read_status
from jobs.report.trace import trace_indicator
from jobs.workspace import Workspace
from models.session import open_session
from models.tables import Snapshot
from office.loading import EXAMPLES

PDF = b"%PDF-1.4\n% Hasil penilaian EPPD tahun 2016: 3,10\n%%EOF\n"
Enter = Callable[..., Entered]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data of the Inspektorat, of which two indicators wait."""
    return shutil.copytree(EXAMPLES / "jabar-inspektorat", tmp_path / "kantor" / "jabar-inspektorat")


@pytest.fixture
def open_office(folder: Path, database: Path) -> Callable[[], Workspace]:
    """The office on the day when Kemendagri's score came, read anew."""
    return lambda: Workspace(
        load_settings(
            home=database.parent,
            offices=folder.parent,
            agency="jabar-inspektorat",
            prefect_api_url="http://127.0.0.1:1/api",
            today=date(2017, 4, 28),
        )
    )


@pytest.fixture
def office(open_office: Callable[[], Workspace]) -> Workspace:
    return open_office()


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    file = tmp_path / "surat Kemendagri.pdf"
    file.write_bytes(PDF)
    return file


@pytest.fixture
def enter(office: Workspace, evidence: Path) -> Enter:
    """Enters the EPPD score; keywords say what is otherwise."""

    def once(**changes: Any) -> Entered:
        given = {"indicator": "eppd", "value": "3,10", "source": "Kemendagri", "evidence": evidence,
                 "by": "Budi"}  # fmt: skip
        return enter_figure(office, Given(**(given | changes)))

    return once


def row_of(office: Workspace, indicator: str = "eppd") -> dict[str, Any]:
    return {row["id"]: row for row in read_status(office).as_rows()}[indicator]


def test_the_indicator_that_waited_is_filled_with_unit_and_source(office: Workspace, enter: Enter):
    assert row_of(office)["state"] == "waiting"
    told = enter().as_text()
    assert "3,10 poin, menurut Kemendagri" in told
    assert "Tersimpan." in told
    row = row_of(office)
    assert (row["state"], row["realisasi"], row["capaian"]) == ("reported", "3.1", "103.33")
    assert row["source"] == "Kemendagri"


def test_trace_leads_to_the_evidence_and_who_entered_it(office: Workspace, enter: Enter):
    enter(note="Surat nomor 1.")
    traced = trace_indicator(office, "eppd")
    shown = traced.as_dict()["evidence"]
    assert (shown["file"], shown["size"], shown["entered_by"]) == ("surat Kemendagri.pdf", len(PDF), "Budi")
    for words in ("surat Kemendagri.pdf", "28 April 2017", "oleh Budi", shown["snapshot"], "Surat nomor 1."):
        assert words in traced.as_text()


def test_an_evidence_that_was_altered_in_the_database_is_found_by_trace(office: Workspace, enter: Enter):
    kept = enter().entry
    with open_session(office.engine) as session:
        snapshot = session.get(Snapshot, kept.evidence_sha256)
        assert snapshot is not None
        snapshot.content = b"lain"
        session.add(snapshot)
    with pytest.raises(StorageError, match="tidak lagi sama"):
        trace_indicator(office, "eppd")


@pytest.mark.usefixtures("unrendered")
def test_the_next_refresh_makes_an_issue_whose_appendix_names_the_evidence(office: Workspace, enter: Enter):
    assert refresh(office).report.sentences
    enter()
    refreshed = refresh(office)
    assert refreshed.issue is not None
    assert refreshed.issue.number == 2
    [changed] = refreshed.changes["indicators"]
    assert (changed["id"], changed["after"], changed["source"]) == ("eppd", "3,10 poin", "Kemendagri")
    assert [row["id"] for row in refreshed.changes["waiting"]] == ["temuan-spi"]
    body = refreshed.report.document().body
    assert "Bukti: surat Kemendagri.pdf (berkas " in body
    assert "Budi" not in body
    assert refresh(office).issue is None


def test_an_issue_with_an_entered_figure_is_made_again_without_the_entries(
    office: Workspace, enter: Enter, tmp_path: Path
):
    enter()
    issue = refresh(office).issue
    assert issue is not None
    enter(value="3,12")
    for file in give_issue(office, 1, tmp_path / "lagi", remake=True).files:
        assert file.read_bytes() == (issue.folder / file.name).read_bytes(), file.name


def test_a_figure_of_realisasi_csv_gives_way_and_is_told(office: Workspace, enter: Enter):
    entered = enter(indicator="opd-spip", value="47", source="Inspektorat")
    assert entered.realisasi.notes == (
        "realisasi.csv menyebut 48% (Inspektorat); yang dipakai angka yang dimasukkan dengan buktinya.",
    )
    assert row_of(office, "opd-spip")["realisasi"] == "47"
    assert enter(indicator="opd-spip", value="48%").realisasi.notes == ()


def test_a_provisional_figure_is_marked_as_that_of_its_institution(enter: Enter):
    taken = enter(status="sementara").realisasi
    assert (taken.state.value, taken.institution) == ("provisional", "Kemendagri")


def test_a_later_entry_holds_and_the_list_shows_both(office: Workspace, enter: Enter):
    enter()
    enter(value="3,12", by="Ani")
    enter(indicator="opd-spip", value="47")
    listed = entries_of(office, "eppd").as_dict()
    assert [(row["value"], row["entered_by"], row["used"]) for row in listed] == [
        ("3,10", "Budi", False),
        ("3,12", "Ani", True),
    ]
    assert len(entries_of(office).as_dict()) == 3
    assert row_of(office)["realisasi"] == "3.12"


def test_the_same_figure_entered_twice_is_one_entry(office: Workspace, enter: Enter):
    assert enter().new
    again = enter()
    assert not again.new
    assert "sudah tersimpan" in again.as_text()
    assert len(entries_of(office).entries) == 1


def test_export_has_the_entries(office: Workspace, enter: Enter, tmp_path: Path):
    kept = enter().entry
    export_tables(office, tmp_path / "hasil")
    with (tmp_path / "hasil" / "angka_dimasukkan.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["id"], row["nilai"], row["oleh"], row["terbaru"]) == ("eppd", "3,10", "Budi", "ya")
    assert row["sidik_bukti"] == kept.evidence_sha256


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": "3,10%"}, "bersatuan '%', seharusnya 'poin'"),
        ({"value": "8 dari 10"}, "dapat berarti 8 atau 80%"),
        ({"value": "3,10*"}, "bertanda bintang"),
        ({"value": "Z"}, "bukan nilai yang dikenal"),
        ({"indicator": "auditor-madya", "value": "2,345"}, r"dapat berarti 2\.345 \(ribuan\)"),
        ({"source": " "}, "'source'"),
        ({"status": "final"}, "'status'"),
        ({"indicator": "tidak-ada"}, "tidak cocok"),
    ],
)
def test_what_realisasi_csv_would_refuse_is_refused_and_nothing_kept(
    office: Workspace, enter: Enter, changes: dict[str, str], said: str
):
    with pytest.raises(AgencyDataError, match=said):
        enter(**changes)
    assert entries_of(office).entries == ()


def test_an_evidence_that_shows_nothing_is_refused(
    enter: Enter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    empty, pipe = tmp_path / "kosong.pdf", tmp_path / "pipa"
    empty.touch()
    os.mkfifo(pipe)
    monkeypatch.setattr(evidence_files, "MOST_MEGABYTES", 0)
    for file, said in (
        (empty, "kosong"),
        (pipe, "bukan berkas"),
        (tmp_path, "bukan berkas"),
        (tmp_path / "hilang.pdf", "tidak dapat dibaca"),
        (tmp_path / "surat Kemendagri.pdf", "lebih besar daripada 0 MB"),
    ):
        with pytest.raises(AgencyDataError, match=said):
            enter(evidence=file)


def test_a_name_that_no_text_can_hold_is_made_one(enter: Enter, evidence: Path):
    odd = evidence.rename(evidence.with_name(os.fsdecode(b"nilai\xff\n.pdf")))
    assert enter(evidence=odd).entry.evidence_name == "nilai??.pdf"


@pytest.mark.parametrize(
    ("indicator", "reason"), [("pertumbuhan-industri", "angka BPS"), ("fluktuasi-bapokti", "harga pasar")]
)
def test_a_figure_that_the_program_reads_itself_is_not_entered(
    workspace: Workspace, evidence: Path, indicator: str, reason: str
):
    with pytest.raises(AgencyDataError, match=f"dihitung dari {reason}"):
        enter_figure(workspace, Given(indicator, "5,20%", "BPS", evidence, "Budi"))


def test_a_stated_capaian_is_not_left_without_its_figure(database: Path, evidence: Path):
    office = Workspace(load_settings(home=database.parent, agency="jabar-disperindag"))
    with pytest.raises(AgencyDataError, match="dinyatakan kantor"):
        enter_figure(office, Given("inflasi", "2,75", "BPS", evidence, "Budi"))


def test_a_year_that_follows_from_its_quarters_is_not_entered(
    open_office: Callable[[], Workspace], enter: Enter, evidence: Path, folder: Path
):
    enter()
    file = folder / "2016" / "indicators.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("- id: eppd", "- quarters: last\n  id: eppd"))
    with pytest.raises(AgencyDataError, match=r"mengikuti triwulannya.*isi realisasi triwulannya"):
        enter_figure(open_office(), Given("eppd", "3,10", "Kemendagri", evidence, "Budi"))
    assert row_of(open_office())["reason"] == "Menunggu realisasi Triwulan I"
    late = Workspace(open_office().settings.model_copy(update={"today": date(2017, 5, 2)}))
    assert any("lalu isi 2016/triwulan.csv" in warning for warning in read_status(late).warnings)


def test_an_entry_that_the_data_no_longer_fit_is_told_until_it_is_entered_anew(
    open_office: Callable[[], Workspace], enter: Enter, evidence: Path, folder: Path
):
    enter(value="3,10 poin")
    file = folder / "2016" / "indicators.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("unit: poin", "unit: skor"), encoding="utf-8")
    with pytest.raises(AgencyDataError, match=r"angka 'eppd' yang dimasukkan Budi: .*seharusnya 'skor'"):
        read_status(open_office())
    enter_figure(open_office(), Given("eppd", "3,10", "Kemendagri", evidence, "Budi"))
    assert row_of(open_office())["realisasi"] == "3.1"


def test_an_entry_of_an_indicator_that_is_gone_stops_nothing(
    open_office: Callable[[], Workspace], enter: Enter, folder: Path
):
    enter()
    for name in ("indicators.yaml", "renstra.yaml", "year.yaml"):
        file = folder / "2016" / name
        file.write_text(file.read_text(encoding="utf-8").replace("eppd", "nilai-eppd"), encoding="utf-8")
    assert row_of(open_office(), "nilai-eppd")["state"] == "waiting"
    [listed] = entries_of(open_office()).as_dict()
    assert not listed["used"]
