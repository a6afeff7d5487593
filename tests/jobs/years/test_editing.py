"""Targets, signatory, recipients and approval of a year changed in its file: nothing else in it moves."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from core.errors import AgencyDataError
from core.settings import load_settings
from jobs.report.refresh import refresh
from jobs.workspace import Workspace
from jobs.years.confirm import close_year
from jobs.years.editing import (
    NewDocument,
    add_document,
    counted_targets,
    save_edited,
    set_approval,
    set_recipients,
    set_signatory,
    written_recipients,
)
from office.approval import Approval
from office.loading import EXAMPLES, load_agency
from tests.jobs.given.approval import Approving

REVISION = NewDocument(
    "Perubahan Kedua Perjanjian Kinerja", date(2023, 12, 1), "Perubahan Kedua PK 2023", {"sakip": "AA"}
)
Open = Callable[[], Workspace]


@pytest.fixture
def open_office(office: Path) -> Open:
    settings = load_settings(
        home=office.parent.parent,
        offices=office.parent,
        agency=office.name,
        year=2023,
        today=date(2024, 1, 5),
    )
    return lambda: Workspace(settings)


def added_and_gone(before: str, after: str) -> tuple[list[str], list[str]]:
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [line[2:] for line in lines if line[:1] == "+"], [line[2:] for line in lines if line[:1] == "-"]


def test_a_changed_target_is_a_new_document_that_counts(open_office: Open, office: Path) -> None:
    file = office / "2023" / "year.yaml"
    before = file.read_text()
    edited = add_document(open_office(), REVISION)
    assert [(c.what, c.before, c.after) for c in edited.changes] == [
        ("Dokumen", "", "Perubahan Kedua Perjanjian Kinerja, 1 Desember 2023"),
        ("Sakip PD", "A (Perjanjian Kinerja Tahun 2023)", "AA"),
    ]
    save_edited(open_office(), edited)
    agency = load_agency(office, 2023)
    assert [version.id for version in agency.year.versions[:3]] == ["renja", "pk", "pk-perubahan"]
    assert counted_targets(agency)["sakip"][0] == "Perubahan Kedua Perjanjian Kinerja"
    assert agency.year.versions[:3] == load_agency(EXAMPLES / office.name, 2023).year.versions
    added, gone = added_and_gone(before, file.read_text())
    assert gone == ["used: pk-perubahan"]
    assert added[0] == "used: perubahan-kedua-perjanjian-kinerja"
    assert "    agreed_on: 2023-12-01" in added


def test_the_new_document_holds_what_counted_of_the_used_one(open_office: Open) -> None:
    agency = open_office().agency
    edited = add_document(open_office(), REVISION)
    save_edited(open_office(), edited)
    newest = open_office().agency.year.versions[-1]
    assert list(newest.targets) == [*agency.year.versions[-1].targets, "sakip"]


def test_a_document_that_did_not_count_yet_changes_nothing_by_itself(open_office: Open, office: Path) -> None:
    file = office / "2023" / "year.yaml"
    file.write_text(file.read_text().replace("used: pk-perubahan", "used: pk"))
    before = counted_targets(open_office().agency)
    save_edited(open_office(), add_document(open_office(), REVISION))
    after = counted_targets(open_office().agency)
    assert {name for name in after if after[name][1] != before[name][1]} == {"sakip"}


def test_last_year_is_not_touched(open_office: Open, office: Path) -> None:
    shutil.copytree(office / "2023", office / "2022")
    before = {path: path.read_bytes() for path in (office / "2022").rglob("*") if path.is_file()}
    save_edited(open_office(), add_document(open_office(), REVISION))
    assert {path: path.read_bytes() for path in (office / "2022").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ({"sakip": "A"}, "Tidak ada target yang berubah"),
        ({}, "Tidak ada target yang berubah"),
        ({"sakip": "bagus"}, "bagus"),
        ({"koperasi-aktif": "banyak sekali"}, "banyak sekali"),
        ({"tidak-ada": "1"}, "tidak dikenal"),
    ],
    ids=str,
)
def test_what_cannot_be_a_target_is_refused(open_office: Open, targets: dict[str, str], said: str) -> None:
    document = NewDocument("Perubahan", date(2023, 12, 1), "PK", targets)
    with pytest.raises(AgencyDataError, match=said):
        add_document(open_office(), document)


def test_a_year_of_one_document_gets_no_second_here(tmp_path: Path) -> None:
    office = shutil.copytree(EXAMPLES / "jabar-inspektorat", tmp_path / "kantor" / "jabar-inspektorat")
    settings = load_settings(home=tmp_path, offices=office.parent, agency=office.name, year=2016)
    with pytest.raises(AgencyDataError, match="baru memuat satu dokumen target"):
        add_document(Workspace(settings), NewDocument("B", date(2016, 12, 1), "B", {}))


def test_the_signatory_changes_and_the_comments_stay(open_office: Open, office: Path) -> None:
    file = office / "2023" / "year.yaml"
    before = file.read_text()
    new = {"name": 'Dra. SITI: "A"', "position": "PLT. KEPALA DINAS\n# KUMPERINDAG", "rank": "", "nip": "1"}
    edited = set_signatory(open_office(), new)
    assert [change.what for change in edited.changes] == ["Nama", "Jabatan", "Pangkat", "NIP"]
    save_edited(open_office(), edited)
    signatory = load_agency(office, 2023).year.signatory
    assert (signatory.name, signatory.position) == ('Dra. SITI: "A"', ["PLT. KEPALA DINAS", "# KUMPERINDAG"])
    assert [line for line in before.splitlines() if line.lstrip().startswith("#")] == [
        line for line in file.read_text().splitlines() if line.lstrip().startswith("#")
    ]


def test_recipients_change(open_office: Open, office: Path) -> None:
    lines = written_recipients(open_office().agency.year.recipients).splitlines()
    edited = set_recipients(open_office(), "\n".join([*lines[1:], "Inspektorat <itda@sumenep.example>"]))
    assert [(change.before == "", change.after == "") for change in edited.changes] == [
        (False, True),
        (True, False),
    ]
    save_edited(open_office(), edited)
    assert load_agency(office, 2023).year.recipients[-1].address == "itda@sumenep.example"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", "Belum ada penerima"),
        ("kepala@dinas.example", "tidak terbaca"),
        ("Kepala <kepala>", "tidak terbaca"),
        ("Kepala <a@b.example, c@d.example>", "tidak terbaca"),
        ("Kepala <a@b.example>\nWakil <A@b.example>", "Ditulis dua kali"),
    ],
)
def test_what_is_no_recipient_is_refused(open_office: Open, lines: str, said: str) -> None:
    with pytest.raises(AgencyDataError, match=said):
        set_recipients(open_office(), lines)


def test_approval_is_switched_on_and_off_again_and_nothing_else_in_the_file_moves(
    open_office: Open, office: Path
) -> None:
    file = office / "2023" / "year.yaml"
    before = file.read_bytes()
    edited = set_approval(open_office(), ["Kepala Dinas", "Inspektorat"], "5")
    assert [(c.what, c.before, c.after) for c in edited.changes] == [
        (
            "Terbitan baru",
            "dikirim tanpa persetujuan",
            "menunggu persetujuan Kepala Dinas, Inspektorat",
        ),
        ("Pengingat", "", "setiap 5 hari"),
    ]
    save_edited(open_office(), edited)
    assert file.read_bytes().startswith(before)
    approval = Approval(roles=["Kepala Dinas", "Inspektorat"], remind_after=5)
    assert load_agency(office, 2023).year.approval == approval
    off = set_approval(open_office(), [])
    assert [c.after for c in off.changes] == ["dikirim tanpa persetujuan"]
    save_edited(open_office(), off)
    assert file.read_bytes() == before


def test_another_approver_takes_the_place_of_the_one_in_the_middle_of_the_file(
    open_office: Open, office: Path
) -> None:
    file = office / "2023" / "year.yaml"
    plain = file.read_text()
    block = "# Disepakati rapat 5 Januari.\napproval:\n  roles: [Kepala Dinas]\n"
    file.write_text(plain.replace("recipients:\n", f"{block}recipients:\n"))
    edited = set_approval(open_office(), ["Perencana"])
    assert [change.what for change in edited.changes] == ["Terbitan baru"]
    save_edited(open_office(), edited)
    added, gone = added_and_gone(plain, file.read_text())
    assert gone == []
    assert added == [
        "# Disepakati rapat 5 Januari.",
        "approval:",
        "  roles:",
        "  - Perencana",
        "  remind_after: 3",
    ]


def test_approval_as_it_is_changes_nothing(open_office: Open) -> None:
    assert set_approval(open_office(), []).changes == ()


def test_who_switches_approval_off_reads_that_the_waiting_draft_goes_out(tmp_path: Path) -> None:
    waiting = Approving(tmp_path, {})
    refresh(waiting.on())
    edited = set_approval(waiting.on(), [])
    assert [(c.what, c.after) for c in edited.changes][1:] == [
        ("Rancangan 1-1", "isinya terbit dan dikirim kepada semua penerima tanpa persetujuan")
    ]


@pytest.mark.parametrize(
    ("roles", "days", "said"),
    [
        (["Bupati"], "", "idak ada penerima surel dengan peran 'Bupati'"),
        (["Kepala Dinas"], "0", "Pengingat '0' tidak terbaca"),
        (["Kepala Dinas"], "tiga", "Pengingat 'tiga' tidak terbaca"),
        (["Kepala Dinas"], "366", "Pengingat '366' tidak terbaca"),
    ],
)
def test_what_is_no_approval_is_refused(open_office: Open, roles: list[str], days: str, said: str) -> None:
    with pytest.raises(AgencyDataError, match=said):
        set_approval(open_office(), roles, days)


def test_recipients_without_the_one_who_approves_are_refused(open_office: Open) -> None:
    save_edited(open_office(), set_approval(open_office(), ["Kepala Dinas"]))
    with pytest.raises(AgencyDataError, match="idak ada penerima surel dengan peran 'Kepala Dinas'"):
        set_recipients(open_office(), "Perencana <perencana@dinas.example>")


def test_what_was_looked_at_is_not_written_over_a_change_of_another(open_office: Open, office: Path) -> None:
    edited = add_document(open_office(), REVISION)
    file = office / "2023" / "year.yaml"
    file.write_text(file.read_text() + "# diubah\n")
    with pytest.raises(AgencyDataError, match="diubah orang sejak Anda memeriksanya"):
        save_edited(open_office(), edited)
    assert file.read_text().endswith("# diubah\n")


def test_a_closed_year_is_not_changed(open_office: Open) -> None:
    edited = add_document(open_office(), REVISION)
    close_year(open_office(), 2023)
    with pytest.raises(AgencyDataError, match="sudah ditutup"):
        save_edited(open_office(), edited)


def test_a_file_in_an_unknown_order_is_left_alone(open_office: Open, office: Path) -> None:
    file = office / "2023" / "year.yaml"
    text = file.read_text()
    start = text.index("versions:")
    end = text.index("legal_bases:")
    flow = yaml.safe_dump(yaml.safe_load(text)["versions"], default_flow_style=True, width=10_000)
    file.write_text(f"{text[:start]}versions: {flow}{text[end:]}")
    with pytest.raises(AgencyDataError, match="tidak dapat diubah dari halaman"):
        add_document(open_office(), REVISION)
