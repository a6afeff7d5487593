"""The database: whether it can be read, is whole, and has the tables of this program; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text

from core.errors import LkjipError
from core.settings import Settings
from jobs.health.doctor.checks import Check, broken, broken_by, fine, warning
from models.migrations import SCHEMA, has_schema, known_revisions, present_schema
from models.session import READ_ONLY, describe_database, open_engine, translated_errors

SUBJECT = "Basis data"
TABLES = "Susunan basis data"
_SHOWN = 3


def check_database(settings: Settings) -> list[Check]:
    """Whether the database can be read and is whole, and whose tables it has."""
    try:
        name = describe_database(settings.database)
        if not has_schema(settings.database):
            todo = "tidak perlu apa-apa: dibuat oleh perintah pertama yang menyimpan, misalnya lkjip poll."
            return [warning(SUBJECT, f"{name} belum ada.", todo)]
        with reading(settings) as engine:
            return [_whole(engine, name), _tables(engine)]
    except LkjipError as error:
        return [broken_by(SUBJECT, error)]


def is_current(settings: Settings) -> bool:
    """Whether the database can be read by this program as it is; no error leaves this."""
    try:
        if not has_schema(settings.database):
            return False
        with reading(settings) as engine:
            return present_schema(engine) == SCHEMA
    except LkjipError:
        return False


@contextmanager
def reading(settings: Settings) -> Iterator[Engine]:
    """The engine of the database as it is: what is older is not brought up to date by a look.

    Raises:
        SettingsError: Its url cannot be read.
    """
    engine = open_engine(settings.database)
    try:
        yield engine
    finally:
        engine.dispose()


def _whole(engine: Engine, name: str) -> Check:
    """SQLite is asked to look through its file; of PostgreSQL an answer is enough."""
    asked = "PRAGMA quick_check(3)" if engine.dialect.name == "sqlite" else "SELECT 'ok'"
    with translated_errors(engine), engine.execution_options(**READ_ONLY).connect() as connection:
        found = [str(row[0]) for row in connection.execute(text(asked))]
    if found == ["ok"]:
        return fine(SUBJECT, f"{name} terbaca dan utuh.")
    return broken(
        SUBJECT,
        f"{name} rusak: {'; '.join(found[:_SHOWN])}.",
        "hentikan layanan, lalu pulihkan dari cadangan (bagian Cadangan dalam panduan).",
    )


def _tables(engine: Engine) -> Check:
    version = present_schema(engine)
    if version == SCHEMA:
        return fine(TABLES, f"versi {SCHEMA}, sesuai dengan program ini.")
    if version in known_revisions():
        return warning(
            TABLES,
            f"versi {version}, lebih lama dari program ini ({SCHEMA}).",
            "buat cadangan; susunan itu diperbarui sendiri oleh lkjip status.",
        )
    return broken(
        TABLES,
        f"versi {version} tidak dikenal program ini ({SCHEMA}); dibuat oleh versi lkjip yang lebih baru.",
        "pasang versi lkjip yang terbaru.",
    )
