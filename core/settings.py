"""Settings from the environment (``LKJIP_*``) or a file ``.env``, read once per process."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from core import dates
from core.errors import SettingsError

PROJECT = Path(__file__).resolve().parents[1]

_ADDRESS = r"[^@\s,;]+@[^@\s,;]+"
_EXPECTED = {
    "int_parsing": "bukan bilangan bulat",
    "float_parsing": "bukan angka",
    "greater_than": "harus lebih dari nol",
    "string_pattern_mismatch": "tidak ditulis sebagaimana mestinya",
    "date_parsing": "bukan tanggal; tulis seperti 2024-04-05",
    "date_from_datetime_parsing": "bukan tanggal; tulis seperti 2024-04-05",
    "date_from_datetime_inexact": "bukan tanggal; tulis seperti 2024-04-05",
}
"""What is wrong with a value, by pydantic's name for it."""


class Settings(BaseSettings):
    """Where the office's data, database, sources and mail are."""

    model_config = SettingsConfigDict(
        env_prefix="LKJIP_", env_file=".env", env_ignore_empty=True, extra="ignore"
    )

    home: Path = Field(Path("data"), description="Map kerja: basis data, snapshot, berkas masuk, laporan.")
    database_url: str = Field("", description="URL basis data; kosong berarti SQLite di dalam LKJIP_HOME.")
    agency: str = Field("sumenep-dkupp", description="Nama map instansi di agencies/, atau alamat mapnya.")
    year: int = Field(2023, description="Tahun anggaran yang dilaporkan.")
    bps_url: str = Field(
        "https://webapi.bps.go.id/v1/api",
        pattern=r"^https?://\S+$",
        description="Alamat WebAPI BPS, diawali https://.",
    )
    bps_key: SecretStr = Field(SecretStr(""), description="Kunci WebAPI BPS.")
    bps_requests_per_second: float = Field(1.0, gt=0, description="Batas permintaan ke BPS per detik.")
    bps_concurrency: int = Field(
        1, gt=0, description="Permintaan ke BPS yang boleh berjalan bersamaan (untuk banyak wilayah)."
    )
    siskaperbapo_url: str = Field(
        "https://siskaperbapo.jatimprov.go.id",
        pattern=r"^https?://\S+$",
        description="Alamat Siskaperbapo Jawa Timur, diawali https://.",
    )
    sp2kp_url: str = Field(
        "https://api-sp2kp.kemendag.go.id",
        pattern=r"^https?://\S+$",
        description="Alamat SP2KP Kementerian Perdagangan, diawali https://.",
    )
    prices_requests_per_second: float = Field(
        1.0, gt=0, description="Batas permintaan ke setiap sumber harga per detik."
    )
    contact: str = Field("", description="Surel dalam user agent; kosong berarti surel instansi.")
    smtp_url: SecretStr = Field(
        SecretStr("smtp://127.0.0.1:25"), description="smtp://[pengguna:sandi@]host:port; smtps:// = TLS."
    )
    mail_to: str = Field(
        "",
        pattern=rf"^\s*({_ADDRESS}\s*(,\s*{_ADDRESS}\s*)*,?)?\s*$",
        description="Alamat surel penerima, dipisah koma; kosong berarti penerima data instansi.",
    )
    today: date | None = Field(None, description="Tanggal tetap untuk peragaan dan uji.")

    @property
    def database(self) -> str:
        """The SQLAlchemy url of the database."""
        return self.database_url or f"sqlite:///{self.home / 'lkjip.sqlite'}"

    @property
    def recipients(self) -> list[str]:
        """The addresses of ``LKJIP_MAIL_TO``."""
        return [address.strip() for address in self.mail_to.split(",") if address.strip()]

    def current_day(self) -> date:
        """Today in Jakarta, or the fixed day of ``LKJIP_TODAY``."""
        return self.today or dates.now().astimezone(dates.JAKARTA).date()

    def current_time(self) -> datetime:
        """The present moment; with ``LKJIP_TODAY`` nine in the morning of that day in Jakarta."""
        return dates.start_of_day(self.today) + timedelta(hours=9) if self.today else dates.now()


def load_settings(**changes: Any) -> Settings:
    """Read the settings.

    Args:
        changes: Values that win over the environment.

    Raises:
        SettingsError: A variable has an unusable value; its name and the expectation are named.
    """
    try:
        return Settings(**changes)
    except ValidationError as cause:
        first = cause.errors(include_input=False, include_url=False)[0]
        name = "LKJIP_" + str(first["loc"][0]).upper()
        wrong = _EXPECTED.get(first["type"], "isinya tidak dikenal")
        raise SettingsError(
            f"Pengaturan {name} tidak dapat dipakai: {wrong}.",
            todo=f"perbaiki {name} di lingkungan atau berkas .env; artinya: "
            f"{Settings.model_fields[str(first['loc'][0])].description}",
        ) from None
