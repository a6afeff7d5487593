"""The settings, from the environment (``LKJIP_*``) before one file (:mod:`core.settings_file`)."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from core import dates
from core.errors import SettingsError
from core.settings_file import FILE_VARIABLE, SettingsFile, read_settings_file

PROJECT = Path(__file__).resolve().parents[1]

EXAMPLE = "sumenep-dkupp"
"""The example among ``agencies/`` that stands in until an office has data of its own."""

OTHER_NAMES = (
    "LKJIP_ENV_FILE",
    "LKJIP_GOLDEN",
    "LKJIP_LOOPBACK_ONLY",
    "LKJIP_PICTURES",
    "LKJIP_STADATA_PYTHON",
    "LKJIP_TEST_POSTGRES",
    "LKJIP_TRACEBACK",
)
"""Variables of the program and its tests that are no settings; they count in the environment only."""

_PREFIX = "LKJIP_"
_ADDRESS = r"[^@\s,;]+@[^@\s,;]+"
_ADDRESSES = rf"^\s*({_ADDRESS}\s*(,\s*{_ADDRESS}\s*)*,?)?\s*$"
_URL_OR_EMPTY = r"^(https?://\S+)?$"
_MAY_BE_EMPTY = frozenset({"bps_url", "siskaperbapo_url", "sp2kp_url", "smtp_url"})
"""Settings that stay empty when they are set to empty: nobody who wrote that wants the real BPS asked."""
_EXPECTED = {
    "int_parsing": "bukan bilangan bulat",
    "float_parsing": "bukan angka",
    "greater_than": "harus lebih dari nol",
    "greater_than_equal": "terlalu kecil",
    "less_than": "terlalu besar",
    "string_pattern_mismatch": "tidak ditulis sebagaimana mestinya",
    "date_parsing": "bukan tanggal; tulis seperti 2024-04-05",
    "date_from_datetime_parsing": "bukan tanggal; tulis seperti 2024-04-05",
    "date_from_datetime_inexact": "bukan tanggal; tulis seperti 2024-04-05",
}
"""What is wrong with a value, by pydantic's name for it."""


class Settings(BaseModel):
    """Where the office's data, database, sources and mail are."""

    model_config = ConfigDict(extra="forbid")

    home: Path = Field(description="Map kerja: basis data, snapshot, berkas masuk, laporan.")
    database_url: str = Field("", description="URL basis data; kosong berarti SQLite di dalam LKJIP_HOME.")
    offices: Path | None = Field(
        None, description="Map berisi data kantor-kantor yang dipakai; kosong berarti LKJIP_HOME/kantor."
    )
    agency: str = Field(
        "",
        description="Nama map kantor di LKJIP_OFFICES, nama contoh di agencies/, atau alamat mapnya; kosong "
        "berarti satu-satunya kantor di LKJIP_OFFICES.",
    )
    year: int | None = Field(
        None, description="Hanya tahun anggaran ini; kosong berarti semua tahun kantor yang terbuka."
    )
    store: str = Field(
        "",
        pattern=r"^((s3://[^\s/@?#]+|file:///[^\s/@?#]+)[^\s@?#]*)?$",
        description="Penyimpanan bersama bagi banyak komputer: s3://ember/awalan, atau file:///map yang "
        "terlihat di semuanya; kosong berarti semua berkas di LKJIP_HOME.",
    )
    store_endpoint: str = Field(
        "",
        pattern=r"^(https?://[^\s@]+)?$",
        description="Alamat server S3 yang bukan Amazon, diawali https://.",
    )
    store_key: SecretStr = Field(SecretStr(""), description="Kunci (access key) penyimpanan bersama.")
    store_secret: SecretStr = Field(SecretStr(""), description="Rahasia (secret key) dari LKJIP_STORE_KEY.")
    bps_url: str = Field(
        "https://webapi.bps.go.id/v1/api",
        pattern=_URL_OR_EMPTY,
        description="Alamat WebAPI BPS, diawali https://.",
    )
    bps_key: SecretStr = Field(SecretStr(""), description="Kunci WebAPI BPS.")
    bps_requests_per_second: float = Field(1.0, gt=0, description="Batas permintaan ke BPS per detik.")
    bps_concurrency: int = Field(
        1, gt=0, description="Permintaan ke BPS yang boleh berjalan bersamaan (untuk banyak wilayah)."
    )
    bps_look_seconds: float = Field(
        600.0,
        gt=0,
        description="Paling lama BPS ditunggu dalam satu pemeriksaan, dalam detik.",
    )
    bps_silent_days: int = Field(
        8, gt=0, description="Setelah sekian hari tanpa pemeriksaan yang berhasil, BPS dianggap diam."
    )
    siskaperbapo_url: str = Field(
        "https://siskaperbapo.jatimprov.go.id",
        pattern=_URL_OR_EMPTY,
        description="Alamat Siskaperbapo Jawa Timur, diawali https://.",
    )
    sp2kp_url: str = Field(
        "https://api-sp2kp.kemendag.go.id",
        pattern=_URL_OR_EMPTY,
        description="Alamat SP2KP Kementerian Perdagangan, diawali https://.",
    )
    prices_requests_per_second: float = Field(
        1.0, gt=0, description="Batas permintaan ke setiap sumber harga per detik."
    )
    prices_silent_days: int = Field(
        3, gt=0, description="Setelah sekian hari tanpa bacaan yang berhasil, sumber harga dianggap diam."
    )
    contact: str = Field(
        "", description="Surel pengirim, juga dalam user agent; kosong berarti surel instansi."
    )
    smtp_url: SecretStr = Field(
        SecretStr(""), description="smtp://[pengguna:sandi@]host:port; smtps:// = TLS."
    )
    mail_send_seconds: float = Field(
        600.0, gt=0, description="Paling lama satu pengiriman isi kotak keluar, dalam detik."
    )
    mail_session_seconds: float = Field(
        300.0, gt=0, description="Paling lama satu surel diserahkan kepada server surel, dalam detik."
    )
    mail_megabytes: float = Field(
        5.0,
        gt=0,
        description="Paling besar satu surel laporan, dalam MB; lampiran yang tidak muat ditinggalkan, dan "
        "surelnya menyebut di mana mengambilnya.",
    )
    mail_to: str = Field(
        "",
        pattern=_ADDRESSES,
        description="Alamat surel penerima, dipisah koma; kosong berarti penerima data instansi.",
    )
    technician: str = Field(
        "",
        pattern=_ADDRESSES,
        description="Alamat surel teknisi yang diberi tahu bila ada gangguan, dipisah koma; "
        "kosong berarti surel instansi.",
    )
    prefect_api_url: str = Field(
        "http://127.0.0.1:4200/api",
        pattern=r"^https?://\S+$",
        description="Alamat API server Prefect, diawali http:// atau https://.",
    )
    prefect_database_url: SecretStr = Field(
        SecretStr(""),
        description="PostgreSQL untuk server Prefect, postgresql:///nama?host=/var/run/postgresql; kosong "
        "berarti SQLite di dalam LKJIP_HOME.",
    )
    prefect_keep_days: int = Field(
        30, gt=0, description="Server Prefect menghapus jalan dan catatannya setelah sekian hari."
    )
    worker_runs: int | None = Field(
        None,
        ge=2,
        description="Paling banyak sekian jalan berlangsung bersamaan pada satu pekerja, mulai 2; kosong "
        "berarti tidak dibatasi.",
    )
    deployments: Path | None = Field(
        None, description="Berkas deployment dan jadwal lain; kosong berarti deployments/prefect.yaml."
    )
    page_port: int = Field(
        8000, gt=0, lt=65536, description="Porta halaman LKjIP di komputer ini, hanya di 127.0.0.1."
    )
    page_url: str = Field(
        "",
        pattern=r"^(https?://[^/\s?#@]+/?)?$",
        description="Alamat halaman LKjIP seperti diketik orang, tanpa map di belakangnya: "
        "https://lkjip.kantor.go.id; kosong berarti hanya dibuka di komputer ini.",
    )
    today: date | None = Field(None, description="Tanggal tetap untuk peragaan dan uji.")

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.absolute()

    @model_validator(mode="after")
    def _only_office(self) -> Settings:
        """The only office is meant where none is named; among several none is guessed."""
        if not self.agency:
            names = [path.parent.name for path in self.offices_folder.glob("*/office.yaml")]
            self.agency = EXAMPLE if not names else names[0] if len(names) == 1 else ""
        return self

    @property
    def database(self) -> str:
        """The SQLAlchemy url of the database."""
        return self.database_url or f"sqlite:///{self.home / 'lkjip.sqlite'}"

    @property
    def offices_folder(self) -> Path:
        """Where the offices in use have their data: outside of the program, which an upgrade replaces."""
        return self.offices.expanduser().absolute() if self.offices else self.home / "kantor"

    @property
    def recipients(self) -> list[str]:
        """The addresses of ``LKJIP_MAIL_TO``."""
        return _addresses(self.mail_to)

    @property
    def office(self) -> str:
        """The office's id: ``LKJIP_AGENCY``, or the last part of it where it is the address of a folder."""
        return Path(self.agency).name or "(belum dipilih)"

    @property
    def technicians(self) -> list[str]:
        """The addresses of ``LKJIP_TECHNICIAN``; none means the office's contact."""
        return _addresses(self.technician)

    @property
    def most_mail_bytes(self) -> int:
        """``LKJIP_MAIL_MEGABYTES`` in bytes, as a mail server counts them."""
        return int(self.mail_megabytes * 1_000_000)

    @property
    def page_address(self) -> str:
        """Where the page is opened, without a slash at its end: ``LKJIP_PAGE_URL``, else on this machine."""
        return self.page_url.rstrip("/") or f"http://127.0.0.1:{self.page_port}"

    def current_day(self) -> date:
        """Today in Jakarta, or the fixed day of ``LKJIP_TODAY``."""
        return self.today or dates.now().astimezone(dates.JAKARTA).date()

    def current_time(self) -> datetime:
        """The present moment; with ``LKJIP_TODAY`` nine in the morning of that day in Jakarta."""
        return dates.start_of_day(self.today) + timedelta(hours=9) if self.today else dates.now()

    def filled(self, field: str) -> str:
        """The text of a setting without which nothing of what is wanted can be done.

        Args:
            field: One of those that :meth:`warnings` looks at, such as ``bps_url``.

        Raises:
            SettingsError: It is empty.
        """
        value = self._text(field)
        if not value:
            raise left_empty(field)
        return value

    def warnings(self) -> list[str]:
        """What will not work because it was left empty, in Indonesian."""
        return [
            f"Pengaturan {variable_of(field)} kosong{consequence}."
            for field, consequence in _EMPTY.items()
            if not self._text(field)
        ]

    def _text(self, field: str) -> str:
        value = getattr(self, field)
        return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


_EMPTY = {
    "bps_url": ", jadi BPS tidak dapat diperiksa",
    "bps_key": ", padahal BPS tidak menjawab tanpa kunci",
    "siskaperbapo_url": ", jadi harga Siskaperbapo tidak dapat dibaca",
    "sp2kp_url": ", jadi harga SP2KP tidak dapat dibaca",
    "smtp_url": ", jadi surel tidak dapat dikirim dan menunggu di kotak keluar",
}
"""What follows when a setting is empty."""


def left_empty(field: str) -> SettingsError:
    """The error of what cannot work because a setting is empty."""
    name = variable_of(field)
    return SettingsError(
        f"Pengaturan {name} kosong{_EMPTY[field]}.",
        todo=f"isi {name}; artinya: {Settings.model_fields[field].description}",
    )


def variable_of(field: str) -> str:
    """The name of a setting in the environment."""
    return "PREFECT_API_URL" if field == "prefect_api_url" else _PREFIX + field.upper()


_FIELDS = {variable_of(field): field for field in Settings.model_fields}


def load_settings(**changes: Any) -> Settings:
    """Read the settings.

    Args:
        changes: Values that win over the environment and the file.

    Raises:
        SettingsError: A name is unknown, a value is unusable, or ``LKJIP_HOME`` stands nowhere; the
            message names the variable and where it stands.
    """
    file = read_settings_file()
    places = dict.fromkeys(file.values, f"di berkas {file.path}")
    places.update(dict.fromkeys(os.environ, "di lingkungan"))
    _refuse_unknown(places)
    given = {field: text for field, text in _given({**file.values, **os.environ}) if field not in changes}
    if not {**given, **changes}.get("home"):
        raise _not_found(file)
    try:
        return Settings(**given, **changes)
    except ValidationError as cause:
        first = cause.errors(include_input=False, include_url=False)[0]
        field = str(first["loc"][0])
        name = variable_of(field)
        wrong = _EXPECTED.get(first["type"], "isinya tidak dikenal")
        place = places.get(name, "di lingkungan")
        raise SettingsError(
            f"Pengaturan {name} tidak dapat dipakai: {wrong}.",
            todo=f"perbaiki {name} {place}; artinya: {Settings.model_fields[field].description}",
        ) from None


def _given(values: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The settings among ``values``; those left empty mean their default."""
    for name, field in _FIELDS.items():
        text = values.get(name)
        if text or (text == "" and field in _MAY_BE_EMPTY):
            yield field, text


def _refuse_unknown(places: dict[str, str]) -> None:
    known = [*_FIELDS, *OTHER_NAMES]
    for name, place in places.items():
        if name.upper().startswith(_PREFIX) and name not in known:
            nearest = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0)[0]
            raise SettingsError(
                f"Pengaturan {name} {place} tidak dikenal; mungkin maksudnya {nearest}.",
                todo=f"perbaiki nama itu, atau hapus {name}.",
            )


def _not_found(file: SettingsFile) -> SettingsError:
    if file.path is None:
        where = f"berkas tidak dibaca karena {FILE_VARIABLE} kosong"
    elif file.found:
        where = f"di berkas {file.path} juga tidak"
    else:
        where = f"berkas {file.path} tidak ada"
    return SettingsError(
        f"Pengaturan tidak ditemukan: LKJIP_HOME tidak ada di lingkungan, dan {where}.",
        todo="isi LKJIP_HOME dengan alamat map kerja di berkas pengaturan "
        "(contohnya deployments/lkjip.env.example), atau tunjuk berkas lain dengan LKJIP_ENV_FILE.",
    )


def _addresses(listed: str) -> list[str]:
    return [address.strip() for address in listed.split(",") if address.strip()]
