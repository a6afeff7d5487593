"""``lkjip status``, ``watch``, ``deploy`` and ``send`` as the technician meets them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from core import dates
from office.loading import EXAMPLES
from standins.bps import BpsStandin
from standins.mail import MailStandin
from standins.prefect_server import PrefectStandin
from tests.commands.given.command_line import Lkjip, expect_sentence

NO_CAUSES = (
    "Tahun 2023: 2 indikator belum mencapai target tanpa catatan penyebab (Pertumbuhan UMKM dan Koperasi "
    "aktif), sehingga laporan tidak menyebut sebabnya; tulis penyebab dan solusinya di 2023/realisasi.csv "
    "(kolom cause dan solution)."
)
"""The example's data say so little; it is nothing of the schedule's."""

TECHNICIAN = "teknisi@dkupp.example"


@pytest.fixture
def prefect(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrefectStandin]:
    """A server with one planned deployment and a worker."""
    with PrefectStandin() as standin:
        standin.add_deployment("kirim-laporan", "kotak-keluar", planned=dates.now() + timedelta(hours=1))
        monkeypatch.setenv("PREFECT_API_URL", standin.api_url)
        yield standin


@pytest.fixture
def mail(lkjip: Lkjip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailStandin]:
    """Takes the place of the mail server that the command has otherwise."""
    with MailStandin(tmp_path / "surel") as standin:
        monkeypatch.setenv("LKJIP_SMTP_URL", standin.url)
        monkeypatch.setenv("LKJIP_TECHNICIAN", TECHNICIAN)
        yield standin


def subjects(mail: MailStandin) -> list[str]:
    return [
        str(message_from_bytes(path.read_bytes(), policy=policy.default)["Subject"]) for path in mail.files
    ]


@pytest.mark.usefixtures("prefect")
def test_status_names_the_installation_it_speaks_of(lkjip: Lkjip, tmp_path: Path) -> None:
    lines = lkjip("status").out.splitlines()
    assert lines[:3] == [
        "Kantor: sumenep-dkupp, semua tahun yang terbuka",
        f"Map kerja: {tmp_path / 'kerja'}",
        f"Basis data: {tmp_path / 'kerja' / 'lkjip.sqlite'}",
    ]


@pytest.mark.usefixtures("own_office")
def test_status_shows_the_next_run_of_each_flow(lkjip: Lkjip, prefect: PrefectStandin) -> None:
    prefect.add_deployment("pantau-banyak-wilayah", "banyak-wilayah", planned=None, active=False)
    said = lkjip("status").out
    assert "  kirim-laporan (kotak-keluar): berikutnya " in said
    assert "  pantau-banyak-wilayah (banyak-wilayah): tanpa jadwal" in said
    assert [line for line in said.splitlines() if "Peringatan" in line] == [f"Peringatan: {NO_CAUSES}"]


def test_status_warns_of_a_schedule_that_is_not_planned(lkjip: Lkjip, prefect: PrefectStandin) -> None:
    prefect.forget_runs()
    said = lkjip("status").out
    assert "Peringatan: Alur kirim-laporan (kotak-keluar) tidak direncanakan." in said
    assert "  kirim-laporan (kotak-keluar): belum direncanakan" in said


def test_status_warns_when_no_worker_polls(lkjip: Lkjip, prefect: PrefectStandin) -> None:
    prefect.pools["lkjip"] = ["OFFLINE"]
    assert "Peringatan: Tidak ada pekerja untuk kolam lkjip." in lkjip("status").out


def test_status_without_a_server_still_tells_the_rest(lkjip: Lkjip, prefect: PrefectStandin) -> None:
    prefect.stop()
    answer = lkjip("status")
    assert answer.code == 0
    assert "Jadwal: tidak diketahui atau belum ada." in answer.out
    assert "Peringatan: Server Prefect tidak menjawab." in answer.out
    assert "pertumbuhan-industri" in answer.out


@pytest.mark.usefixtures("prefect")
def test_status_warns_of_settings_that_were_left_empty(lkjip: Lkjip) -> None:
    said = lkjip("status", SMTP_URL="").out
    assert "Peringatan: Pengaturan LKJIP_SMTP_URL kosong, jadi surel tidak dapat dikirim" in said


@pytest.mark.usefixtures("prefect")
def test_status_warns_when_the_last_good_look_is_older_than_the_schedule_allows(
    lkjip: Lkjip, bps: BpsStandin
) -> None:
    lkjip("poll", BPS_URL=bps.url)
    assert "seharusnya sudah diperiksa lagi" not in lkjip("status", TODAY="2024-04-06").out
    said = lkjip("status", TODAY="2024-04-09").out
    assert "Peringatan: BPS: jawaban baik terakhir 5 April 2024 pukul 09.00 WIB, 4 hari lalu." in said


@pytest.mark.usefixtures("prefect", "unrendered")
def test_status_shows_the_outbox_and_why_a_mail_waits(lkjip: Lkjip) -> None:
    lkjip("refresh")
    assert "Kotak keluar: 1 surel laporan dan 0 surel teknisi menunggu." in lkjip("status").out
    lkjip("send")
    said = lkjip("status").out
    assert "Server surel 127.0.0.1:1 tidak dapat dihubungi: sambungan ditolak." in said


@pytest.mark.usefixtures("mail")
def test_status_shows_an_open_trouble_once_and_no_warning_beside_it(
    lkjip: Lkjip, prefect: PrefectStandin
) -> None:
    prefect.pools["lkjip"] = []
    lkjip("watch", "--confirm", "0")
    said = lkjip("status").out
    assert "Masalah sejak 5 April 2024 pukul 09.00 WIB: Tidak ada pekerja untuk kolam lkjip." in said
    assert said.count("Tidak ada pekerja untuk kolam lkjip") == 1


@pytest.mark.usefixtures("prefect")
def test_status_warns_while_the_office_is_the_programs_example(lkjip: Lkjip, tmp_path: Path) -> None:
    warning = "Peringatan: Data kantor adalah contoh milik program (sumenep-dkupp)"
    assert f"salin mapnya ke {tmp_path / 'kerja' / 'kantor'}" in lkjip("status").out.partition(warning)[2]
    offices = shutil.copytree(EXAMPLES, tmp_path / "kantor-lain")
    assert warning not in lkjip("status", OFFICES=str(offices)).out


@pytest.mark.usefixtures("mail", "own_office")
def test_status_as_json_has_the_same(lkjip: Lkjip, prefect: PrefectStandin) -> None:
    prefect.pools["lkjip"] = []
    lkjip("watch", "--confirm", "0")
    told = lkjip("status", "--json", BPS_KEY="").json
    assert set(told) == {
        "place", "indicators", "remarks", "prices", "schedule", "outbox", "troubles", "warnings",
        "drafts",
    }  # fmt: skip
    assert told["place"]["Kantor"] == "sumenep-dkupp, semua tahun yang terbuka"
    [planned] = told["schedule"]
    assert set(planned) == {"flow", "deployment", "next_run"}
    assert datetime.fromisoformat(planned["next_run"]) > dates.now()
    assert told["outbox"] == {"waiting": 0, "technician_waiting": 0, "problems": [], "stuck": []}
    [trouble] = told["troubles"]
    assert (trouble["key"], trouble["since"]) == ("prefect/pekerja/lkjip", "2024-04-05T02:00:00+00:00")
    assert told["warnings"] == [
        "Pengaturan LKJIP_BPS_KEY kosong, padahal BPS tidak menjawab tanpa kunci.",
        NO_CAUSES,
    ]


@pytest.mark.usefixtures("prefect")
def test_watch_ends_with_0_when_all_is_well_and_sends_the_mail_of_the_month(
    lkjip: Lkjip, mail: MailStandin, tmp_path: Path
) -> None:
    answer = lkjip("watch")
    assert (answer.code, answer.out.splitlines()[0]) == (0, "Semua berjalan.")
    assert subjects(mail) == ["[LKjIP] Masih hidup: sumenep-dkupp, semua tahun yang terbuka"]
    text = message_from_bytes(mail.files[0].read_bytes(), policy=policy.default).get_content()
    assert "kirim-laporan (kotak-keluar): berikutnya" in text
    assert text.count(str(tmp_path / "kerja" / "lkjip.sqlite")) == 1


def test_watch_ends_with_0_when_it_told_of_what_is_wrong(
    lkjip: Lkjip, prefect: PrefectStandin, mail: MailStandin
) -> None:
    prefect.forget_runs()
    answer = lkjip("watch", "--confirm", "0")
    assert answer.code == 0
    assert "Baru: Alur kirim-laporan (kotak-keluar) tidak direncanakan." in answer.out
    assert "[LKjIP] Masalah: Alur kirim-laporan (kotak-keluar) tidak direncanakan" in subjects(mail)


@pytest.mark.usefixtures("prefect")
def test_watch_ends_with_1_when_nobody_could_be_told(lkjip: Lkjip) -> None:
    answer = lkjip("watch")
    assert answer.code == 1
    assert "Surel kepada teknisi belum terkirim: Server surel 127.0.0.1:1" in answer.out


@pytest.mark.usefixtures("prefect", "mail")
def test_watch_ends_with_1_and_a_sentence_when_the_database_cannot_be_used(
    lkjip: Lkjip, tmp_path: Path
) -> None:
    (tmp_path / "kerja" / "lkjip.sqlite").mkdir(parents=True)
    expect_sentence(lkjip("watch", "--json"), "tidak dapat dibuka")


@pytest.mark.usefixtures("prefect", "mail")
def test_watch_as_json_has_findings_and_what_became_of_them(lkjip: Lkjip) -> None:
    told = lkjip("watch", "--json").json
    assert told == {"findings": [], "opened": [], "closed": [], "alive": True, "sent": 1, "unsent": ""}


@pytest.mark.usefixtures("mail")
def test_watch_as_json_names_what_is_wrong(lkjip: Lkjip, prefect: PrefectStandin) -> None:
    prefect.stop()
    told = lkjip("watch", "--json", "--confirm", "0").json
    [finding] = told["findings"]
    assert set(finding) == {"key", "title", "detail", "todo"}
    assert finding["key"] == "prefect/server"
    assert told["opened"] == ["Server Prefect tidak menjawab"]


def test_deploy_without_a_server_ends_with_1_and_a_sentence(lkjip: Lkjip, prefect: PrefectStandin) -> None:
    prefect.stop()
    answer = lkjip("deploy", "--wait", "0", "--json")
    expect_sentence(answer, "Server Prefect di http://127.0.0.1:", "tidak menjawab", "systemctl status lkjip")


@pytest.fixture
def accepting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``prefect`` that takes everything."""
    script = tmp_path / "prefect"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.setattr("jobs.health.deploy.PREFECT", script)


@pytest.fixture
def one(tmp_path: Path) -> str:
    file = tmp_path / "jadwal.yaml"
    file.write_text(json.dumps({"deployments": [{"name": "kotak-keluar", "work_pool": {"name": "lkjip"}}]}))
    return str(file)


@pytest.mark.usefixtures("prefect", "accepting")
def test_deploy_says_what_it_does_and_when_each_flow_runs_next(lkjip: Lkjip, one: str) -> None:
    answer = lkjip("deploy", "--file", one)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].startswith("Menunggu server Prefect di http://127.0.0.1:")
    assert lines[-1].startswith("kirim-laporan (kotak-keluar): berikutnya ")


@pytest.mark.usefixtures("prefect", "accepting")
def test_deploy_takes_the_schedules_that_the_settings_name(lkjip: Lkjip, one: str) -> None:
    [planned] = lkjip("deploy", "--json", DEPLOYMENTS=one).json
    assert planned["deployment"] == "kotak-keluar"


@pytest.mark.usefixtures("prefect", "accepting")
def test_deploy_as_json_prints_nothing_else(lkjip: Lkjip, one: str) -> None:
    [planned] = lkjip("deploy", "--file", one, "--json").json
    assert (planned["flow"], planned["deployment"]) == ("kirim-laporan", "kotak-keluar")


@pytest.mark.usefixtures("accepting")
def test_deploy_ends_with_1_when_nothing_is_planned(lkjip: Lkjip, prefect: PrefectStandin, one: str) -> None:
    prefect.forget_runs()
    answer = lkjip("deploy", "--file", one, "--wait", "0")
    assert answer.code == 1
    assert "tidak merencanakan satu pun jalannya: kirim-laporan (kotak-keluar)." in answer.err


def test_a_test_mail_is_sent_and_its_recipient_named(lkjip: Lkjip, mail: MailStandin) -> None:
    answer = lkjip("send", "--test")
    assert (answer.code, answer.out) == (0, f"Surel uji diterima server surel: {TECHNICIAN}\n")
    assert subjects(mail) == ["[LKjIP] Surel uji"]
    assert lkjip("send", "--test", "--json").json == [TECHNICIAN]


def test_a_test_mail_that_is_not_taken_ends_with_1_and_the_reason(lkjip: Lkjip) -> None:
    expect_sentence(lkjip("send", "--test", "--json"), "sambungan ditolak", "periksa LKJIP_SMTP_URL")


def test_send_hands_over_what_waits_for_the_technician_too(
    lkjip: Lkjip, prefect: PrefectStandin, mail: MailStandin
) -> None:
    prefect.forget_runs()
    lkjip("watch", "--confirm", "0", SMTP_URL="smtp://127.0.0.1:1")
    assert lkjip("send", "--json", SMTP_URL=mail.url).json["waiting"] == 0
    assert [subject.partition(":")[0] for subject in subjects(mail)] == [
        "[LKjIP] Masalah",
        "[LKjIP] Masih hidup",
    ]
