"""The command ``lkjip`` as its users type it: help, answers, JSON, and what is said when it fails."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from core.settings import PROJECT
from standins.bps import BpsStandin
from standins.mail import MailStandin, listening
from tests.commands.given.command_line import ENGLISH, KEY, Lkjip, expect_sentence

COMMANDS = (
    "demo",
    "status",
    "poll",
    "enter",
    "refresh",
    "approve",
    "render",
    "diff",
    "send",
    "trace",
    "audit",
    "serve",
    "deploy",
    "worker",
    "watch",
    "doctor",
    "page",
    "export",
    "init",
    "backup",
    "restore",
    "verify",
    "book",
    "series",
    "outbox",
    "sources",
    "user",
    "ingest",
    "budget",
    "prices",
    "office",
    "offices",
    "issue",
    "word",
    "year",
)
STATUS_KEYS = ["id", "name", "year", "state", "target", "realisasi", "capaian", "category", "source"]


# --- help -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["--help"], *([name, "--help"] for name in COMMANDS)], ids=" ".join)
def test_help_is_indonesian_throughout(lkjip: Lkjip, words: list[str]) -> None:
    answer = lkjip(*words)
    assert answer.code == 0
    assert answer.out.startswith("Cara pakai: lkjip")
    assert "Pilihan:" in answer.out
    without_names = re.sub(r"--\w+|\b(refresh|render|status|show)\b", "", answer.out)
    assert ENGLISH.findall(without_names) == []


def test_the_version_names_the_program_and_what_it_makes_reports_of(lkjip: Lkjip) -> None:
    assert re.fullmatch(r"lkjip \d+\.\d+\.\d+\+[0-9a-f]{12}\n", lkjip("--version").out)


def test_help_names_every_command(lkjip: Lkjip) -> None:
    listed = re.findall(r"^  (\w+)  +\w", lkjip("--help").out.partition("Perintah:")[2], re.MULTILINE)
    assert listed == list(COMMANDS)


def test_without_a_command_the_help_is_shown(lkjip: Lkjip) -> None:
    answer = lkjip()
    assert answer.code == 2
    assert answer.out == lkjip("--help").out


# --- slips on the command line --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["salah"], "Perintah 'salah' tidak dikenal. Perintah yang ada: demo, status, "),
        (["trace"], "INDIKATOR wajib diisi"),
        (["status", "--year", "dua"], "Nilai untuk --year tidak dapat dipakai"),
        (["status", "--tahun"], "Pilihan --tahun tidak dikenal"),
        (["status", "--year"], "Pilihan --year membutuhkan nilai"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_slip_on_the_command_line_ends_with_code_2_and_a_hint(
    lkjip: Lkjip, words: list[str], said: str
) -> None:
    answer = lkjip(*words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert "--help" in answer.err
    assert ENGLISH.findall(answer.err) == []


def test_a_slip_is_json_too_when_json_was_asked_for(lkjip: Lkjip) -> None:
    answer = lkjip("trace", "--json")
    assert answer.code == 2
    assert answer.json == {"error": "INDIKATOR wajib diisi.", "todo": "lihat lkjip trace --help."}


# --- answers --------------------------------------------------------------------------------------


def test_status_as_json_has_the_agreed_keys_and_numbers_as_text(lkjip: Lkjip) -> None:
    rows = lkjip("status", "--json").json["indicators"]
    assert len(rows) == 11
    for row in rows:
        assert list(row)[: len(STATUS_KEYS)] == STATUS_KEYS
        assert row["year"] == 2023
        assert row["state"] in {"waiting", "provisional", "final", "reported"}
        for name in ("target", "realisasi", "capaian"):
            assert isinstance(row[name], str)
        if row["capaian"]:
            assert Decimal(row["capaian"]).is_finite()
        assert bool(row["realisasi"]) == (row["state"] != "waiting")
    waiting = sorted(row["id"] for row in rows if row["state"] == "waiting")
    assert waiting == [
        "kontribusi-industri",
        "kontribusi-perdagangan",
        "pertumbuhan-industri",
        "pertumbuhan-perdagangan",
    ]


def test_status_for_people_says_what_waits_and_that_bps_was_never_asked(lkjip: Lkjip) -> None:
    answer = lkjip("status")
    assert answer.code == 0
    assert answer.out.count("Menunggu Rilis PDRB oleh BPS 2024 [menunggu BPS]") == 4
    assert "jalankan: lkjip poll" in answer.out


def test_poll_now_asks_bps_although_it_is_paused(lkjip: Lkjip, bps: BpsStandin) -> None:
    bps.fail_with("reset")
    for _ in range(5):
        lkjip("poll", BPS_URL=bps.url)
    bps.behave()
    assert "dijeda" in lkjip("poll").err
    assert lkjip("poll", "--now", "--json").json["outcome"] == "released"


def test_poll_refresh_send_and_trace_tell_the_story_as_json(
    lkjip: Lkjip, bps: BpsStandin, tmp_path: Path
) -> None:
    polled = lkjip("poll", "--json", BPS_URL=bps.url).json
    assert list(polled) == ["outcome", "message", "requests", "problems", "announced", "news"]
    assert (polled["outcome"], polled["news"]) == ("released", True)
    refreshed = lkjip("refresh", "--json").json
    assert refreshed["issue"]["number"] == 1
    assert {path.name for path in Path(refreshed["issue"]["folder"]).iterdir()} == {
        "lkjip.html", "lkjip.pdf", "lkjip.docx", "lkjip-pengukuran.xlsx", "report.json", "report.csv",
        "changes.json",
        "lampiran-perbedaan.html", "lampiran-perbedaan.pdf",
    }  # fmt: skip
    assert lkjip("refresh", "--json").json["issue"] is None
    with MailStandin(tmp_path / "surel") as mail:
        sent = lkjip("send", "--json", SMTP_URL=mail.url).json
        assert len(mail.files) == 1
    assert (len(sent["sent"]), sent["failed"], sent["waiting"]) == (1, [], 0)
    traced = lkjip("trace", "pertumbuhan-industri", "--json").json
    assert traced["state"] == "provisional"
    assert re.fullmatch(r"[0-9a-f]{64}", traced["inputs"][0]["snapshot"])
    assert isinstance(traced["inputs"][0]["value"], str)
    rows = {row["id"]: row for row in lkjip("status", "--json").json["indicators"]}
    assert rows["kontribusi-industri"]["realisasi"] == "6.35"


def test_trace_of_what_waits_says_why(lkjip: Lkjip) -> None:
    traced = lkjip("trace", "pertumbuhan industri", "--json").json
    assert (traced["state"], traced["realisasi"]) == ("waiting", "")
    assert traced["reason"] == "Menunggu Rilis PDRB oleh BPS 2024"
    assert traced["inputs"] == []


def test_audit_gives_each_difference_with_its_place_and_reason(lkjip: Lkjip) -> None:
    findings = lkjip("audit", "--json").json
    assert findings
    for finding in findings:
        assert finding["place"]
        assert finding["explanation"]


def test_audit_without_a_print_says_that_nothing_was_compared(lkjip: Lkjip, own_office: Path) -> None:
    shutil.rmtree(own_office / "2023" / "cetak")
    assert lkjip("audit").out.startswith("Tidak ada yang dibandingkan: data tahun ini tidak memuat laporan")
    assert lkjip("audit", "--json").json is None


def test_an_office_without_bps_and_budget_has_a_status_and_a_report(
    lkjip: Lkjip, own_office: Path, tmp_path: Path
) -> None:
    office = own_office / "office.yaml"
    office.write_text(re.sub(r"bps:\n(  .*\n)+", "", office.read_text()))
    indicators = next(own_office.rglob("indicators.yaml"))
    indicators.write_text(re.sub(r"  (measure|programs|renstra_targets): .*\n", "", indicators.read_text()))
    prices = next(own_office.rglob("prices.yaml"))
    prices.write_text(prices.read_text().replace('stable_program: "9"\n', ""))
    year = own_office / "2023" / "year.yaml"
    lacking = r"supports:.*?(?=chapters:)|sources:.*?(?=signatory:)"
    year.write_text(re.sub(lacking, "", year.read_text(), flags=re.DOTALL))
    (own_office / "2023" / "programs.csv").unlink()
    status = lkjip("status")
    assert "Belum dilaporkan" in status.out
    assert "BPS belum pernah diperiksa" not in status.out
    assert lkjip("refresh").code == 0
    assert lkjip("export", "--out", "ekspor").code == 0
    assert "tidak memakai angka BPS" in lkjip("poll", "--now").err
    files = lkjip("render", "--out", "hasil", "--json").json
    assert all((tmp_path / file).stat().st_size for file in files)


def test_render_lists_the_files_it_wrote(lkjip: Lkjip, tmp_path: Path) -> None:
    files = [Path(name) for name in lkjip("render", "--out", "hasil", "--json").json]
    annex = ["lampiran-perbedaan.html", "lampiran-perbedaan.pdf"]
    assert [file.name for file in files] == [
        "lkjip.html", "lkjip.pdf", "lkjip.docx", "lkjip-pengukuran.xlsx", "report.json", "report.csv",
        *annex,
    ]  # fmt: skip
    assert all((tmp_path / file).stat().st_size for file in files)


def test_of_several_offices_one_must_be_named(lkjip: Lkjip, own_office: Path) -> None:
    other = shutil.copytree(own_office, own_office.with_name("dinas-b"))
    (other / "office.yaml").write_text(
        (own_office / "office.yaml").read_text().replace("id: sumenep-dkupp", "id: dinas-b")
    )
    expect_sentence(lkjip("status", "--json"), "ada beberapa: dinas-b, sumenep-dkupp", "isi LKJIP_AGENCY")
    assert "Kantor: dinas-b" in lkjip("status", "--agency", "dinas-b").out
    assert "Kantor: sumenep-dkupp" in lkjip("status", AGENCY="sumenep-dkupp").out


# --- what goes wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"YEAR": "2030"}, "belum punya data tahun 2030"),
        ({"YEAR": "abc"}, "LKJIP_YEAR"),
        ({"TODAY": "kemarin"}, "LKJIP_TODAY"),
        (
            {"AGENCY": "tidak-ada"},
            "pilih salah satu dari jabar-disperindag, jabar-inspektorat, sumenep-dkupp",
        ),
        ({"DATABASE_URL": "mysql://u:rahasia@host/nama"}, "LKJIP_DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://u:rahasia@127.0.0.1:1/nama"}, "tidak dapat dihubungi"),
        ({"DATABASE_URL": "sqlite:////tidak/ada/lkjip.sqlite"}, "tidak dapat dibuka"),
        ({"HOME": "/dev/null"}, "LKJIP_HOME"),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, dict) else "",
)
def test_an_unusable_setting_is_told_in_a_sentence(lkjip: Lkjip, settings: dict[str, str], said: str) -> None:
    answer = lkjip("refresh", "--json", **settings)
    expect_sentence(answer, said)
    assert "rahasia" not in answer.out + answer.err


def test_a_missing_key_is_told_before_anything_is_asked(lkjip: Lkjip, bps: BpsStandin) -> None:
    expect_sentence(lkjip("poll", "--json", BPS_URL=bps.url, BPS_KEY=""), "belum diisi", "LKJIP_BPS_KEY")
    assert bps.requests == []


def test_an_empty_address_is_told_and_the_real_bps_is_not_asked(lkjip: Lkjip) -> None:
    expect_sentence(lkjip("poll", "--json", BPS_URL=""), "LKJIP_BPS_URL kosong", "isi LKJIP_BPS_URL")


@pytest.mark.usefixtures("unrendered")
def test_an_empty_mail_server_is_told_and_port_25_is_not_tried(lkjip: Lkjip) -> None:
    lkjip("refresh")
    expect_sentence(lkjip("send", "--json", SMTP_URL=""), "LKJIP_SMTP_URL kosong", "isi LKJIP_SMTP_URL")


def test_an_empty_mail_server_is_no_matter_while_nothing_waits(lkjip: Lkjip) -> None:
    answer = lkjip("send", SMTP_URL="")
    assert (answer.code, answer.out) == (0, "Kotak keluar kosong.\n")


def test_a_misspelt_setting_is_told_with_the_nearest_name(lkjip: Lkjip) -> None:
    expect_sentence(lkjip("status", "--json", SMPT_URL="smtp://127.0.0.1"), "LKJIP_SMTP_URL", "di lingkungan")


def test_without_settings_the_place_that_was_looked_at_is_told(
    lkjip: Lkjip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LKJIP_HOME")
    expect_sentence(lkjip("status", "--json"), "Pengaturan tidak ditemukan", "LKJIP_HOME")
    assert lkjip("--help").code == 0


def test_a_refused_key_is_told_and_not_shown(lkjip: Lkjip, bps: BpsStandin) -> None:
    bps.key = "kunci lain"
    expect_sentence(lkjip("poll", "--json", BPS_URL=bps.url), "menolak kunci", "LKJIP_BPS_KEY")


def test_a_server_that_is_not_there_is_told(lkjip: Lkjip) -> None:
    expect_sentence(lkjip("poll", "--json"), "127.0.0.1:1 tidak dapat dihubungi")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("waf_403", "tembok api"),
        ("html_maintenance", "halaman web"),
        ("truncated", "terpotong"),
        ("unknown_category", "'C Industri Kreatif Baru'"),
        ("wrong_total", "padahal totalnya tertulis"),
    ],
)
def test_a_faulty_answer_is_told_and_leaves_the_indicators_waiting(
    lkjip: Lkjip, bps: BpsStandin, fault: str, said: str
) -> None:
    bps.fail_with(fault, domain="3529")
    for name in ("static_tables_bad_key", "simdasi_bad_key"):  # other channels would stand in
        bps.fail_with(name)
    expect_sentence(lkjip("poll", "--json", BPS_URL=bps.url), said)
    status = lkjip("status")
    assert status.out.count("[menunggu BPS]") == 4
    assert said in status.out
    assert "Belum pernah ada pemeriksaan yang berhasil." in status.out


def test_an_unknown_indicator_is_answered_with_the_names_that_exist(lkjip: Lkjip) -> None:
    expect_sentence(lkjip("trace", "tidak-ada", "--json"), "pertumbuhan-industri", "sakip")


def test_a_broken_file_of_the_office_is_named_with_its_line(lkjip: Lkjip, tmp_path: Path) -> None:
    office = shutil.copytree(PROJECT / "agencies" / "sumenep-dkupp", tmp_path / "sumenep-dkupp")
    reported = office / "2023" / "realisasi.csv"
    lines = reported.read_text(encoding="utf-8").splitlines()
    lines[2] = "kosong"
    reported.write_text("\n".join(lines), encoding="utf-8")
    expect_sentence(lkjip("status", "--json", AGENCY=str(office)), "2023/realisasi.csv", "baris 3")


def test_a_folder_that_cannot_be_written_is_named(lkjip: Lkjip) -> None:
    expect_sentence(lkjip("render", "--out", "/dev/null", "--json"), "/dev/null", "sudah ada berkas")


@pytest.mark.usefixtures("unrendered")
def test_a_dead_mail_server_leaves_the_mail_in_the_outbox(lkjip: Lkjip) -> None:
    lkjip("refresh")
    answer = lkjip("send", "--json")
    assert answer.code == 1
    assert answer.json["waiting"] == 1
    assert "sambungan ditolak" in answer.json["failed"][0]["reason"]
    assert "1 surel menunggu di kotak keluar." in lkjip("send").out


@pytest.mark.usefixtures("unrendered")
def test_a_mail_refused_for_good_is_sent_when_asked_again(lkjip: Lkjip, tmp_path: Path) -> None:
    class Refusing:
        async def handle_DATA(self, *_: object) -> str:
            return "550 Sender not allowed"

    lkjip("refresh")
    with listening(Refusing()) as port:
        refused = lkjip("send", SMTP_URL=f"smtp://127.0.0.1:{port}")
    assert refused.code == 1
    assert "lkjip outbox retry" in refused.out
    with MailStandin(tmp_path / "surel") as mail:
        assert "1 surel ditolak untuk seterusnya" in lkjip("send", SMTP_URL=mail.url).out
        assert lkjip("send", "--again", SMTP_URL=mail.url).code == 0
        assert len(mail.files) == 1


@pytest.mark.usefixtures("unrendered")
def test_the_outbox_is_listed_tried_again_and_dropped_with_a_reason(lkjip: Lkjip) -> None:
    lkjip("refresh")
    assert lkjip("outbox", "retry", "L1").code == 1
    [held] = lkjip("outbox", "list", "--json").json
    assert (held["number"], held["recipients"][0]["state"]) == ("L1", "waiting")
    assert "sambungan ditolak" in held["reason"]
    assert "Dibatalkan untuk kepala@dkupp.example." in lkjip("outbox", "drop", "L1", "--reason", "uji").out
    assert lkjip("outbox", "list").out.strip() == "Kotak keluar kosong."
    assert lkjip("outbox", "drop", "L1").code == 2
    expect_sentence(lkjip("outbox", "retry", "L1", "--json"), "tidak ditunggu siapa pun", "lkjip outbox list")


def test_a_fault_of_the_program_is_told_without_its_inner_workings(
    lkjip: Lkjip, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_workspace: object) -> None:
        raise ZeroDivisionError(f"division by {KEY}")

    monkeypatch.setattr("jobs.report.state.status.read_status", fail)
    expect_sentence(lkjip("status", "--json"), "tidak terduga", "LKJIP_TRACEBACK=1")


def test_the_technician_can_have_the_inner_workings(lkjip: Lkjip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobs.report.state.status.read_status", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        lkjip("status", TRACEBACK="1")
