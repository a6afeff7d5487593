"""Settings: what an office may write into its environment or file, and what it is told of a slip."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from core import settings_file
from core.errors import SettingsError, explain_os_error
from core.settings import OTHER_NAMES, Settings, load_settings

Use = Callable[[str], Path]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LKJIP_HOME", str(tmp_path / "kerja"))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    return tmp_path / "kerja"


@pytest.fixture
def system_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands for ``/etc/lkjip.env``; not there yet."""
    path = tmp_path / "etc-lkjip.env"
    monkeypatch.setattr(settings_file, "SYSTEM_FILE", path)
    monkeypatch.delenv("LKJIP_ENV_FILE")
    return path


@pytest.fixture
def use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Use:
    """Write the file of ``LKJIP_ENV_FILE``."""

    def write(text: str) -> Path:
        path = tmp_path / "uji.env"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("LKJIP_ENV_FILE", str(path))
        return path

    return write


def refused() -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return str(caught.value)


# --- values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("LKJIP_YEAR", "dua ribu", "bukan bilangan bulat"),
        ("LKJIP_TODAY", "kemarin", "tulis seperti 2024-04-05"),
        ("LKJIP_TODAY", "5 April 2024", "tulis seperti 2024-04-05"),
        ("LKJIP_BPS_REQUESTS_PER_SECOND", "0", "lebih dari nol"),
        ("LKJIP_BPS_REQUESTS_PER_SECOND", "cepat", "bukan angka"),
        ("LKJIP_BPS_URL", "webapi.bps.go.id", "diawali https://"),
        ("LKJIP_BPS_SILENT_DAYS", "0", "lebih dari nol"),
        ("LKJIP_PRICES_SILENT_DAYS", "tiga", "bukan bilangan bulat"),
        ("LKJIP_MAIL_TO", "kepala dinas", "dipisah koma"),
        ("LKJIP_MAIL_TO", "kepala@dkupp.example; camat@dkupp.example", "dipisah koma"),
        ("LKJIP_TECHNICIAN", "pak teknisi", "dipisah koma"),
        ("PREFECT_API_URL", "127.0.0.1:4200", "diawali http"),
    ],
)
def test_a_slip_is_named_with_the_variable_and_what_belongs_there(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(name, value)
    told = refused()
    assert f"perbaiki {name} di lingkungan" in told
    assert expected in told
    assert "_parsing" not in told


@pytest.mark.parametrize(
    "listed",
    ["kepala@dkupp.example", " kepala@dkupp.example , camat@sumenep.example,", ""],
)
def test_recipients_and_technicians_are_listed_with_commas(
    monkeypatch: pytest.MonkeyPatch, listed: str
) -> None:
    monkeypatch.setenv("LKJIP_MAIL_TO", listed)
    monkeypatch.setenv("LKJIP_TECHNICIAN", listed)
    expected = [part.strip() for part in listed.split(",") if part.strip()]
    assert load_settings().recipients == expected
    assert load_settings().technicians == expected


def test_what_is_set_nowhere_has_a_default() -> None:
    settings = load_settings()
    assert settings.agency == "sumenep-dkupp"
    assert settings.bps_url == "https://webapi.bps.go.id/v1/api"
    assert settings.prefect_api_url == "http://127.0.0.1:4200/api"
    assert (settings.bps_silent_days, settings.prices_silent_days) == (8, 3)


@pytest.mark.parametrize(
    ("offices", "meant"), [([], "sumenep-dkupp"), (["dinas-a"], "dinas-a"), (["dinas-a", "dinas-b"], "")]
)
def test_an_office_that_is_not_named_is_the_only_one_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offices: list[str], meant: str
) -> None:
    monkeypatch.setenv("LKJIP_OFFICES", str(tmp_path))
    for name in offices:
        (tmp_path / name).mkdir()
        (tmp_path / name / "office.yaml").touch()
    (tmp_path / "bukan-kantor").mkdir()
    assert load_settings().agency == meant
    assert load_settings(agency="dinas-b").agency == "dinas-b"


def test_a_variable_left_empty_means_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LKJIP_AGENCY", "LKJIP_YEAR", "LKJIP_TODAY", "PREFECT_API_URL"):
        monkeypatch.setenv(name, "")
    settings = load_settings()
    assert settings.agency == "sumenep-dkupp"
    assert settings.today is None
    assert settings.prefect_api_url == "http://127.0.0.1:4200/api"


@pytest.mark.parametrize("field", ["bps_url", "siskaperbapo_url", "sp2kp_url", "smtp_url"])
def test_an_address_left_empty_stays_empty_and_stops_only_what_needs_it(
    monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    name = f"LKJIP_{field.upper()}"
    monkeypatch.setenv(name, "")
    settings = load_settings()
    assert any(warning.startswith(f"Pengaturan {name} kosong, jadi ") for warning in settings.warnings())
    with pytest.raises(SettingsError, match=f"{name} kosong.*isi {name}"):
        settings.filled(field)


def test_no_mail_server_is_assumed() -> None:
    assert load_settings().smtp_url.get_secret_value() == ""


def test_settings_without_a_gap_give_no_warning(home: Path) -> None:
    assert Settings(home=home, bps_key="kunci", smtp_url="smtp://127.0.0.1:25").warnings() == []


def test_a_missing_key_is_a_warning(home: Path) -> None:
    [warning] = Settings(home=home, smtp_url="smtp://127.0.0.1:25").warnings()
    assert warning == "Pengaturan LKJIP_BPS_KEY kosong, padahal BPS tidak menjawab tanpa kunci."


def test_the_key_is_not_shown_with_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LKJIP_BPS_KEY", "kunci-rahasia")
    monkeypatch.setenv("LKJIP_SMTP_URL", "smtp://u:sandi-rahasia@host")
    assert "rahasia" not in repr(load_settings())


# --- where the working folder is ------------------------------------------------------------------


@pytest.mark.parametrize("set_to", [None, ""])
def test_without_a_working_folder_the_settings_were_not_found(
    monkeypatch: pytest.MonkeyPatch, system_file: Path, set_to: str | None
) -> None:
    monkeypatch.delenv("LKJIP_HOME")
    if set_to is not None:
        monkeypatch.setenv("LKJIP_HOME", set_to)
    told = refused()
    assert "Pengaturan tidak ditemukan: LKJIP_HOME" in told
    assert f"berkas {system_file} tidak ada" in told
    assert "LKJIP_ENV_FILE" in told


def test_a_file_without_a_working_folder_is_named(monkeypatch: pytest.MonkeyPatch, use: Use) -> None:
    monkeypatch.delenv("LKJIP_HOME")
    path = use("LKJIP_YEAR=2024\n")
    assert f"di berkas {path} juga tidak" in refused()


def test_a_given_working_folder_needs_no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LKJIP_HOME")
    assert load_settings(home=tmp_path).home == tmp_path


def test_a_relative_working_folder_is_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LKJIP_HOME", "kerja")
    assert load_settings().home == tmp_path / "kerja"


# --- the file -------------------------------------------------------------------------------------


def test_the_file_of_the_system_is_read(monkeypatch: pytest.MonkeyPatch, system_file: Path) -> None:
    monkeypatch.delenv("LKJIP_HOME")
    system_file.write_text("LKJIP_HOME=/srv/lkjip\nPREFECT_API_URL=http://127.0.0.1:4201/api\n")
    settings = load_settings()
    assert str(settings.home) == "/srv/lkjip"
    assert settings.prefect_api_url == "http://127.0.0.1:4201/api"


def test_a_machine_without_a_file_uses_the_environment(system_file: Path, home: Path) -> None:
    assert not system_file.exists()
    assert load_settings().home == home


def test_the_environment_comes_before_the_file(monkeypatch: pytest.MonkeyPatch, use: Use) -> None:
    use("LKJIP_YEAR=2024\nLKJIP_AGENCY=dari-berkas\n")
    monkeypatch.setenv("LKJIP_YEAR", "2025")
    settings = load_settings()
    assert (settings.year, settings.agency) == (2025, "dari-berkas")


def test_a_named_file_stands_in_for_that_of_the_system(system_file: Path, use: Use) -> None:
    system_file.write_text("LKJIP_YEAR=2024\nLKJIP_AGENCY=dari-sistem\n")
    use("LKJIP_YEAR=2025\n")
    settings = load_settings()
    assert (settings.year, settings.agency) == (2025, "sumenep-dkupp")


def test_an_empty_name_means_no_file_at_all(monkeypatch: pytest.MonkeyPatch, system_file: Path) -> None:
    system_file.write_text("LKJIP_YEAR=2024\n")
    monkeypatch.setenv("LKJIP_ENV_FILE", "")
    assert load_settings().year is None


def test_a_file_env_in_the_folder_where_one_stands_plays_no_part(tmp_path: Path, system_file: Path) -> None:
    (tmp_path / ".env").write_text("LKJIP_YEAR=1999\n")
    assert load_settings().year is None


def test_a_named_file_must_be_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LKJIP_ENV_FILE", "tidak-ada.env")
    assert f"Berkas pengaturan {tmp_path / 'tidak-ada.env'} tidak ada; LKJIP_ENV_FILE" in refused()


def test_a_folder_is_no_file_of_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LKJIP_ENV_FILE", str(tmp_path))
    assert f"{tmp_path} tidak dapat dibaca (ada map di tempat yang seharusnya berkas)" in refused()


def test_a_file_of_another_user_asks_to_be_run_as_that_user(
    monkeypatch: pytest.MonkeyPatch, system_file: Path
) -> None:
    def deny(*_: object, **__: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_text", deny)
    told = refused()
    assert f"{system_file} tidak boleh dibaca oleh pengguna ini" in told
    assert "sudo -u lkjip" in told


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("LKJIP_BPS_KEY=abc", "abc"),
        ("  LKJIP_BPS_KEY = abc  ", "abc"),
        ("LKJIP_BPS_KEY=", ""),
        ('LKJIP_BPS_KEY="a b"', "a b"),
        ("LKJIP_BPS_KEY='a b' ", "a b"),
        ("LKJIP_BPS_KEY='a\\b'", "a\\b"),
        ('LKJIP_BPS_KEY="a\\"b\\\\c\\d"', 'a"b\\c\\d'),
        ("LKJIP_BPS_KEY=a#b $HOME", "a#b $HOME"),
        ("LKJIP_BPS_KEY=a=b", "a=b"),
        ('LKJIP_BPS_KEY=a"b"', 'a"b"'),
        ("LKJIP_BPS_KEY=a\\\\b", "a\\b"),
        ("LKJIP_BPS_KEY=ab\\\ncd", "abcd"),
        ("# LKJIP_BPS_KEY=x\n; LKJIP_BPS_KEY=y\n\nLKJIP_BPS_KEY=abc\r\n", "abc"),
        ("LKJIP_BPS_KEY=satu\nLKJIP_BPS_KEY=dua", "dua"),
    ],
)
def test_the_file_means_what_systemd_reads_in_it(use: Use, written: str, meant: str) -> None:
    use(f"{written}\nLKJIP_YEAR=2024\n")
    settings = load_settings()
    assert settings.bps_key.get_secret_value() == meant
    assert settings.year == 2024


@pytest.mark.parametrize("line", ["LKJIP_BPS_KEY rahasia", "LKJIP_BPS_KEY='rahasia", '=rahasia"'])
def test_a_line_that_says_nothing_is_named_by_its_number_only(use: Use, line: str) -> None:
    path = use(f"# kunci\nLKJIP_YEAR=2024\n{line}\n")
    told = refused()
    assert f"{path}, baris 3" in told
    assert "rahasia" not in told


def test_a_slip_in_the_file_is_named_with_the_file(use: Use) -> None:
    path = use("LKJIP_YEAR=dua ribu\n")
    assert f"perbaiki LKJIP_YEAR di berkas {path}" in refused()


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("LKJIP_SMPT_URL", "LKJIP_SMTP_URL"),
        ("LKJIP_BPS_KEYS", "LKJIP_BPS_KEY"),
        ("LKJIP_TEKNISI", "LKJIP_TECHNICIAN"),
        ("lkjip_home", "LKJIP_HOME"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest_one(
    monkeypatch: pytest.MonkeyPatch, name: str, nearest: str
) -> None:
    monkeypatch.setenv(name, "rahasia")
    told = refused()
    assert f"Pengaturan {name} di lingkungan tidak dikenal; mungkin maksudnya {nearest}." in told
    assert "rahasia" not in told


def test_an_unknown_name_in_the_file_is_told_with_the_file(use: Use) -> None:
    path = use("LKJIP_SMPT_URL=smtp://surel.example\nBUKAN_URUSAN_KAMI=1\n")
    assert f"Pengaturan LKJIP_SMPT_URL di berkas {path} tidak dikenal" in refused()


@pytest.mark.parametrize("name", [name for name in OTHER_NAMES if name != "LKJIP_ENV_FILE"])
def test_names_that_are_no_settings_are_known(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "1")
    assert load_settings()


def test_every_test_begins_without_settings_of_the_machine() -> None:
    assert os.environ["LKJIP_ENV_FILE"] == ""
    assert os.environ["LKJIP_LOOPBACK_ONLY"] == "1"


def test_what_the_system_refuses_is_told_in_indonesian() -> None:
    assert explain_os_error(OSError(errno.ENOSPC, "No space left on device")) == "cakram penuh"
    assert explain_os_error(OSError(errno.EXDEV, "Invalid cross-device link")) == "kesalahan sistem EXDEV"
    assert explain_os_error(OSError("odd")) == "OSError"


@pytest.mark.parametrize(
    "place",
    ["s3://", "s3://kunci:rahasia@ember/x", "file://map", "/map", "gs://ember", "s3://ember/x?kunci=1"],
)
def test_an_address_of_a_store_holds_no_key_and_is_of_a_kind_that_was_tried(place: str) -> None:
    with pytest.raises(SettingsError, match="LKJIP_STORE"):
        load_settings(store=place)
