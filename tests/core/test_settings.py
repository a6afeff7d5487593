"""Settings: what an office may write into its environment, and what it is told of a slip."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from core.errors import SettingsError, explain_os_error
from core.settings import load_settings


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file ``.env`` of the developer plays a part."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("LKJIP_YEAR", "dua ribu", "bukan bilangan bulat"),
        ("LKJIP_TODAY", "kemarin", "tulis seperti 2024-04-05"),
        ("LKJIP_TODAY", "5 April 2024", "tulis seperti 2024-04-05"),
        ("LKJIP_BPS_REQUESTS_PER_SECOND", "0", "lebih dari nol"),
        ("LKJIP_BPS_REQUESTS_PER_SECOND", "cepat", "bukan angka"),
        ("LKJIP_BPS_URL", "webapi.bps.go.id", "diawali https://"),
        ("LKJIP_MAIL_TO", "kepala dinas", "dipisah koma"),
        ("LKJIP_MAIL_TO", "kepala@dkupp.example; camat@dkupp.example", "dipisah koma"),
    ],
)
def test_a_slip_is_named_with_the_variable_and_what_belongs_there(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert name in str(caught.value)
    assert expected in str(caught.value)
    assert "_parsing" not in str(caught.value)


@pytest.mark.parametrize(
    "listed",
    ["kepala@dkupp.example", " kepala@dkupp.example , camat@sumenep.example,", ""],
)
def test_recipients_are_listed_with_commas(monkeypatch: pytest.MonkeyPatch, listed: str) -> None:
    monkeypatch.setenv("LKJIP_MAIL_TO", listed)
    assert load_settings().recipients == [part.strip() for part in listed.split(",") if part.strip()]


def test_a_variable_left_empty_means_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "AGENCY", "YEAR", "BPS_URL", "TODAY", "SMTP_URL"):
        monkeypatch.setenv(f"LKJIP_{name}", "")
    settings = load_settings()
    assert settings.home == Path("data")
    assert settings.agency == "sumenep-dkupp"
    assert settings.today is None


def test_the_key_is_not_shown_with_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LKJIP_BPS_KEY", "kunci-rahasia")
    monkeypatch.setenv("LKJIP_SMTP_URL", "smtp://u:sandi-rahasia@host")
    assert "rahasia" not in repr(load_settings())


def test_what_the_system_refuses_is_told_in_indonesian() -> None:
    assert explain_os_error(OSError(errno.ENOSPC, "No space left on device")) == "cakram penuh"
    assert explain_os_error(OSError(errno.EXDEV, "Invalid cross-device link")) == "kesalahan sistem EXDEV"
    assert explain_os_error(OSError("odd")) == "OSError"
