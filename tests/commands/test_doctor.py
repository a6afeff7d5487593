"""``lkjip doctor`` as the technician meets it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core import dates
from jobs.health.doctor import examine
from standins.bps import BpsStandin
from standins.mail import MailStandin
from standins.prefect_server import PrefectStandin
from tests.commands.given.command_line import KEY, Lkjip


@pytest.fixture(autouse=True)
def _program_is_looked_at_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examine, "check_program", list)


@pytest.mark.usefixtures("own_office")
def test_where_all_is_well_it_ends_with_0_and_shows_no_secret(
    lkjip: Lkjip, bps: BpsStandin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with PrefectStandin() as prefect, MailStandin(tmp_path / "surel") as mail:
        prefect.add_deployment("kirim-laporan", "kotak-keluar", planned=dates.now() + timedelta(hours=1))
        monkeypatch.setenv("PREFECT_API_URL", prefect.api_url)
        answer = lkjip("doctor", "--json", BPS_URL=bps.url, SMTP_URL=mail.url)
        text = lkjip("doctor").out
    assert (answer.code, answer.json["fine"], mail.files) == (0, True, [])
    found = {check["subject"]: check["verdict"] for check in answer.json["checks"]}
    assert {found[name] for name in ("BPS", "Jam komputer", "Server surel", "Jadwal dan pekerja")} == {"fine"}
    assert "0 rusak" in text
    assert KEY not in text


def test_a_machine_without_settings_gets_an_answer_too(lkjip: Lkjip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LKJIP_HOME")
    answer = lkjip("doctor", "--json")
    assert (answer.code, answer.json["fine"]) == (1, False)
    [broken] = [check for check in answer.json["checks"] if check["verdict"] == "broken"]
    assert (broken["subject"], "LKJIP_HOME" in broken["todo"]) == ("Pengaturan", True)
