"""What must be right before anything is started: our database, and that of Prefect's server.

To be imported in a process of its own: its libraries would else lie in the supervisor's memory for good.
"""

from __future__ import annotations

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from core.errors import SettingsError, StorageError
from core.settings import Settings, variable_of
from jobs.health.serving.surroundings import Prepared
from jobs.workspace import Workspace
from models.session import describe_database, open_engine, translated_errors

_CREATE = (
    "buat sekali dengan `sudo -u postgres createuser lkjip` dan `sudo -u postgres createdb --owner=lkjip "
    "--encoding=UTF8 --template=template0 lkjip_prefect`"
)


def prepare(settings: Settings) -> Prepared:
    """Bring our database to this program's tables, and make sure that Prefect's can be used.

    Raises:
        StorageError: One of them cannot be used.
        SettingsError: The url of one cannot be read.
    """
    Workspace(settings).engine.dispose()
    own = describe_database(settings.database)
    url = settings.prefect_database_url.get_secret_value()
    if not url:
        file = settings.home / ".prefect" / "prefect.db"
        return Prepared(own, str(file), f"sqlite+aiosqlite:///{file}", _of_sqlite())
    plain, asynchronous = _both(url)
    _connect(plain)
    return Prepared(own, describe_database(plain), asynchronous)


def _of_sqlite() -> str:
    return (
        "Server Prefect memakai SQLite, yang cukup untuk mencoba; bila beberapa alur berjalan bersamaan, ia "
        f"sering mendapati basis datanya terkunci. Untuk dipakai sungguhan: pasang PostgreSQL, {_CREATE}, "
        f"lalu isi {variable_of('prefect_database_url')}=postgresql:///lkjip_prefect?host=/var/run/postgresql."
    )


def _both(url: str) -> tuple[str, str]:
    """The url of a PostgreSQL database for us and for Prefect's server, whose libraries differ."""
    name = variable_of("prefect_database_url")
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or parsed.get_backend_name() != "postgresql" or "@" in (parsed.host or ""):
        raise SettingsError(
            f"Pengaturan {name} bukan alamat PostgreSQL.",
            todo=f"tulis seperti {name}=postgresql:///lkjip_prefect?host=/var/run/postgresql atau "
            "postgresql://pengguna:sandi@host/lkjip_prefect; karakter khusus sandi sebagai kode persen.",
        ) from None
    plain, asynchronous = (parsed.set(drivername=f"postgresql+{way}") for way in ("psycopg", "asyncpg"))
    return plain.render_as_string(hide_password=False), asynchronous.render_as_string(hide_password=False)


def _connect(url: str) -> None:
    engine = open_engine(url)
    try:
        with translated_errors(engine), engine.connect():
            pass
    except StorageError as cause:
        raise StorageError(
            f"{cause.message.replace('Basis data', 'Basis data Prefect', 1)}",
            todo=f"periksa {variable_of('prefect_database_url')} dan apakah PostgreSQL berjalan; bila basis "
            f"datanya belum ada, {_CREATE}.",
        ) from None
    finally:
        engine.dispose()
