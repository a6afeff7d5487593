"""Files that are sent by the page: shown, then taken in or not, and nothing in between."""

from __future__ import annotations

import re
import shutil
import threading
from datetime import date
from pathlib import Path

import pytest

from jobs.budget.files import read_budget_files
from jobs.uploads import apart, kept
from jobs.users.roles import Role
from office.loading import EXAMPLES
from standins.budget.faulty import plain
from standins.prefect_server import PrefectStandin
from tests.web.conftest import MakePage
from tests.web.given.browsing import OFFICE, PLACE, Browser, Clock
from tests.web.given.reading import read_here
from tests.web.given.sending import (
    BUDGET,
    HERE,
    NOTHING,
    PDRB,
    PRICES,
    deeds,
    fetches,
    send,
    sent,
    take,
    words,
)


@pytest.fixture(autouse=True)
def _reading_here(monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)


# --- shown, then taken ----------------------------------------------------------------------------


def test_a_budget_is_shown_with_its_month_programs_and_amounts(sender: Browser) -> None:
    sent(sender, "lra.csv", BUDGET)
    text = words(sender.shown)
    assert "Berkas anggaran dan realisasinya Dikenali program dari isinya" in text
    assert "Realisasi sampai Desember 2023 Anggaran program Rp 27.077.526.494" in text
    assert "KABUPATEN/KOTA 2.17.01 12.649.363.995 9.440.925.382 74,64" in text
    assert "Belum ada berkas s.d. Desember 2023; ini yang pertama." in text


def test_nothing_is_stored_before_the_button_is_pressed(sender: Browser) -> None:
    for name, content in (("lra.csv", BUDGET), ("harga.csv", PRICES), ("pdrb.xlsx", PDRB)):
        sent(sender, name, content)
        assert "Belum ada yang disimpan." in sender.shown
    assert (fetches(sender), deeds(sender)) == ([], [])


def test_what_is_taken_is_kept_under_the_name_of_its_folder_and_the_report_is_asked_for(
    sender: Browser, prefect: PrefectStandin
) -> None:
    text = take(sender, sent(sender, "lra.csv", BUDGET))
    assert "Sudah diambil. Anggaran s.d. Desember 2023 tersimpan sebagai vintage 1." in text
    assert "Laporan disusun ulang pada" in text
    assert fetches(sender) == ["masuk/anggaran/lra.csv"]
    (run,) = prefect.started
    assert run["parameters"] == {
        "agency": OFFICE,
        "year": 2023,
        "cause": "Berkas anggaran dan realisasinya diambil dari lra.csv.",
    }


def test_who_took_it_stands_in_the_audit_log_and_on_the_page(sender: Browser) -> None:
    take(sender, sent(sender, "lra.csv", BUDGET))
    ((who, what, about, office),) = deeds(sender)
    assert (who, what, office) == ("uji-isi", "mengambil berkas", OFFICE)
    assert re.fullmatch(
        r"lra\.csv · SHA-256 [0-9a-f]{64} · Diambil\. Anggaran s\.d\. Desember 2023 .*", about
    )
    text = words(sender.open(HERE).text)
    assert "lra.csv 7 April 2024 pukul 09.00 WIB hari ini uji-isi Diambil. Anggaran" in text


def test_a_later_budget_is_shown_with_what_it_changes(sender: Browser) -> None:
    take(sender, sent(sender, "lra.csv", BUDGET))
    changed = BUDGET.replace(b"Rp 98.", b"Rp 99.").replace(b"6.311.467.159", b"6.311.467.158")
    sent(sender, "lra-2.csv", changed)
    text = words(sender.shown)
    assert "Yang berubah terhadap yang tersimpan" in text
    assert "berubah 9.464.053.120 6.311.467.159 → 6.311.467.158" in text


def test_the_same_bytes_are_known_by_whatever_way_they_came(
    sender: Browser, home: Path, clock: Clock
) -> None:
    take(sender, sent(sender, "lra.csv", BUDGET))
    place = sent(sender, "lain.csv", BUDGET)
    assert "sudah pernah diambil" in words(sender.shown)
    assert sender.send(place, langkah="ambil").status_code == 303
    dropped = home / "lagi.csv"
    dropped.write_bytes(BUDGET)
    space = sender.app.state.site.workspace(home / "kantor" / OFFICE)
    assert read_budget_files(space, [dropped]).files[0].outcome == "known"
    assert fetches(sender) == ["masuk/anggaran/lra.csv"]


def test_a_budget_with_the_same_figures_brings_nothing(sender: Browser) -> None:
    take(sender, sent(sender, "lra.csv", BUDGET))
    sent(sender, "lain.csv", BUDGET + b"\r\n")
    assert "Angkanya sama dengan yang sudah tersimpan" in words(sender.shown)


def test_prices_are_shown_with_what_could_not_be_read_and_taken(sender: Browser) -> None:
    place = sent(sender, "harga.csv", PRICES)
    text = words(sender.shown)
    assert "Lembar harga pasar Dikenali program dari isinya" in text
    assert "Anom harga 2 3 2 Januari 2023 3 Januari 2023 1" in text
    assert "Tidak terbaca; sel lain tetap diambil" in text
    assert "3 harga baru, 0 berubah, 0 sudah tersimpan." in take(sender, place)
    assert fetches(sender) == ["masuk/harga/harga.csv"]


def test_tables_of_bps_are_shown_with_every_figure_and_taken(sender: Browser) -> None:
    place = sent(sender, "pdrb.xlsx", PDRB)
    text = words(sender.shown)
    assert "Buku atau tabel PDRB dari BPS Dikenali program dari isinya" in text
    assert "Wilayah Kabupaten Sumenep Tahun 2021 sampai 2025 Tabel 1 Angka" in text
    assert "2024 (sementara) 2025 (sangat sementara)" in text
    assert "Angka baru: PDRB atas dasar harga berlaku." in take(sender, place)
    assert fetches(sender) == ["masuk/bps/pdrb.xlsx"]


def test_what_is_not_wanted_leaves_nothing_behind(sender: Browser, home: Path) -> None:
    place = sent(sender, "lra.csv", BUDGET)
    assert sender.send(place, langkah="buang").status_code == 303
    assert "tidak diambil; tidak ada yang disimpan" in words(sender.open(place).text)
    assert not [path for path in (home / "unggahan").rglob("*") if path.name == "lra.csv"]
    assert [what for _, what, _, _ in deeds(sender)] == ["tidak mengambil berkas"]
    assert fetches(sender) == []


def test_several_files_wait_in_a_list(sender: Browser) -> None:
    sender.open(HERE)
    files = [("berkas", ("lra.csv", BUDGET)), ("berkas", ("harga.csv", PRICES))]
    assert sender.send_files(HERE, files).headers["location"] == HERE
    text = words(sender.open(HERE).text)
    assert "Menunggu keputusan Anda (2)" in text
    assert text.count("siap dilihat") == 2


def test_the_first_report_is_not_made_by_a_file(
    sender: Browser, prefect: PrefectStandin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.uploads.take.was_issued", lambda _space: False)
    assert "Angka itu masuk ke terbitan pertama." in take(sender, sent(sender, "lra.csv", BUDGET))
    assert prefect.started == []


# --- doubts ---------------------------------------------------------------------------------------


def test_a_file_of_no_known_kind_is_asked_about(sender: Browser, home: Path) -> None:
    place = sent(sender, "catatan.csv", NOTHING)
    text = words(sender.shown)
    assert "Berkas apa ini?" in text
    assert "Sebagai lembar harga pasar Berkas 'catatan.csv' tidak dapat dipakai." in text
    assert not (home / "karantina").exists()
    assert sender.send(place, langkah="baca", jenis="harga", bulan="").status_code == 303
    assert "Berkas ini tidak dapat dipakai." in words(sender.open(place).text)


def test_what_a_person_says_it_is_comes_before_what_the_program_recognised(sender: Browser) -> None:
    place = sent(sender, "harga.csv", PRICES)
    sender.send(place, langkah="baca", jenis="bps", bulan="")
    assert "bukan PDF dan bukan Excel" in words(sender.open(place).text)


def test_a_budget_that_does_not_say_its_month_asks_for_it(make_page: MakePage, clock: Clock) -> None:
    sender = Browser(make_page(today=date(2023, 9, 1)), clock).become(Role.ENTER)
    place = sent(sender, "lra.csv", BUDGET.replace(b"s.d. Bulan Desember 2023\r\n", b""))
    assert "Pilih bulannya, lalu baca lagi." in words(sender.shown)
    assert 'value="ambil"' not in sender.shown
    sender.send(place, langkah="baca", jenis="anggaran", bulan="6")
    assert "Realisasi sampai Juni 2023" in words(sender.open(place).text)
    assert "Anggaran s.d. Juni 2023 tersimpan" in take(sender, place)


def test_the_workbook_of_the_office_is_shown_its_own_page(
    sender: Browser, home: Path, tmp_path: Path
) -> None:
    from jobs.report.workbook import export_office

    space = sender.app.state.site.year(home / "kantor" / OFFICE, 2023)
    file = export_office(space, tmp_path / "isian.xlsx")
    sent(sender, "isian.xlsx", file.read_bytes())
    assert "Ini buku kerja LKjIP" in sender.shown
    assert f'href="{PLACE}/buku-kerja"' in sender.shown


def test_an_office_without_prices_takes_none(sender: Browser, home: Path) -> None:
    shutil.copytree(EXAMPLES / "jabar-inspektorat", home / "kantor" / "jabar-inspektorat")
    place = "/kantor/jabar-inspektorat/kiriman"
    sender.open(place)
    sender.open(sender.send_files(place, [("berkas", ("harga.csv", PRICES))]).headers["location"])
    assert "Kantor ini tidak mengukur harga pasar." in words(sender.shown)


# --- what cannot be used --------------------------------------------------------------------------


def test_what_cannot_be_used_lies_aside_with_its_reason_and_is_listed(sender: Browser, home: Path) -> None:
    content = plain(lambda sheet: sheet.__setitem__("C9", "12x"))
    sent(sender, "rusak.xlsx", content)
    assert "Berkasnya disisihkan di karantina/anggaran/rusak.xlsx." in words(sender.shown)
    assert (home / "karantina" / "anggaran" / "rusak.xlsx").read_bytes() == content
    note = (home / "karantina" / "anggaran" / "rusak.xlsx.txt").read_text()
    assert "'12x' tidak terbaca" in note
    text = words(sender.open(HERE).text)
    assert text.count("rusak.xlsx 7 April 2024") == 1
    assert "uji-isi lembar 'LRA', baris 9" in text
    assert [what for _, what, _, _ in deeds(sender)] == ["berkas tidak dapat dipakai"]


def test_a_file_that_nobody_can_open_is_refused_without_asking(sender: Browser, home: Path) -> None:
    sent(sender, "potong.xlsx", PDRB[:3000])
    assert "rusak sehingga tidak terbaca" in words(sender.shown)
    assert (home / "karantina" / "kiriman" / "potong.xlsx").exists()


def test_a_reader_that_ends_by_the_file_is_told_as_a_refusal(
    sender: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(apart, "PROGRAM", ("sh", "-c", "cat >/dev/null; kill -9 $$"))
    sent(sender, "lra.csv", BUDGET)
    assert "membuat pembacanya berhenti (kode -9)" in words(sender.shown)
    assert fetches(sender) == []


def test_a_reader_that_takes_too_long_is_ended(sender: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(apart, "PROGRAM", ("sh", "-c", "exec sleep 60"))
    monkeypatch.setattr(apart, "SECONDS", 0.2)
    sent(sender, "lra.csv", BUDGET)
    assert "terlalu lama dibaca" in words(sender.shown)


def test_a_reader_sees_no_keys(sender: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen = tmp_path / "lingkungan"
    monkeypatch.undo()
    monkeypatch.setenv("LKJIP_BPS_KEY", "rahasia")
    monkeypatch.setattr(apart, "PROGRAM", ("sh", "-c", f"(env; cat) >{seen}"))
    sent(sender, "lra.csv", BUDGET)
    assert "rahasia" not in seen.read_text()
    assert "smtp" not in seen.read_text().lower()


def test_files_are_taken_by_a_process_of_their_own(sender: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    place = sent(sender, "lra.csv", BUDGET)
    monkeypatch.undo()
    assert "tersimpan sebagai vintage 1" in take(sender, place)


def test_where_many_are_read_a_file_waits_with_a_button(
    sender: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_WAITING", threading.BoundedSemaphore(1))
    with apart._WAITING:
        answer = send(sender, "lra.csv", BUDGET)
    assert answer.status_code == 429
    assert "Berkas-berkas lain sedang dibaca." in words(answer.text)
    found = re.search(rf'href="({HERE}/[^"]+)"', answer.text)
    assert found is not None
    sender.open(found[1])
    assert sender.send(found[1], langkah="baca").status_code == 303
    assert "Realisasi sampai Desember 2023" in words(sender.open(found[1]).text)


def test_too_many_undecided_files_are_refused(sender: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_UNDECIDED", 1)
    sent(sender, "catatan.csv", NOTHING)
    answer = send(sender, "lra.csv", BUDGET)
    assert answer.status_code == 429
    assert "berkas Anda yang belum diputuskan" in words(answer.text)


def test_a_form_without_a_file_is_told(sender: Browser) -> None:
    sender.open(HERE)
    answer = sender.send_files(HERE, [("berkas", ("", b""))])
    assert answer.status_code == 422
    assert "Belum ada berkas yang dipilih." in answer.text


def test_an_office_whose_data_are_broken_says_so(sender: Browser, home: Path) -> None:
    (home / "kantor" / OFFICE / "2023" / "year.yaml").write_text("agency: [")
    answer = send(sender, "lra.csv", BUDGET)
    assert answer.status_code == 422
    assert "year.yaml" in words(answer.text)
