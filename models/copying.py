"""A whole copy of the database at one moment: into a file of SQLite, and from it into either kind."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, text

from core.errors import StorageError
from models.migrations import upgrade_database
from models.session import READ_ONLY, open_engine, translated_errors
from models.tables import Table

ROWS = 500
"""So many rows are copied at once; snapshots may be large."""


def copy_into_file(engine: Engine, file: Path) -> None:
    """Copy every row of a database of the present schema into a new file of SQLite.

    The copy is of one moment, whoever writes meanwhile.

    Args:
        engine: Of the database, brought to the newest schema.
        file: Which must not exist.

    Raises:
        StorageError: Either database cannot be used.
    """
    with translated_errors(engine), engine.execution_options(**READ_ONLY).connect() as source:
        if source.dialect.name == "postgresql":
            source.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        _copy(source, f"sqlite:///{file}")


def copy_from_file(file: Path, url: str) -> None:
    """Copy every row of such a file into an empty database, and bring it to the newest schema.

    Args:
        file: From :func:`copy_into_file`, of this program or an older one.
        url: Of the database; its tables are made.

    Raises:
        StorageError: The database holds rows already, or either cannot be used.
    """
    upgrade_database(f"sqlite:///{file}")
    source_engine = open_engine(f"sqlite:///{file}")
    try:
        with (
            translated_errors(source_engine),
            source_engine.execution_options(**READ_ONLY).connect() as source,
        ):
            _copy(source, url)
    finally:
        source_engine.dispose()


def _copy(source: Connection, url: str) -> None:
    upgrade_database(url)
    target = open_engine(url)
    try:
        with translated_errors(target), target.begin() as connection:
            _refuse_rows(connection, url)
            for table in Table.metadata.sorted_tables:
                result = source.execution_options(yield_per=ROWS).execute(table.select())
                for rows in result.mappings().partitions(ROWS):
                    connection.execute(table.insert(), [dict(row) for row in rows])
            if connection.dialect.name == "postgresql":
                _go_on_counting(connection)
    finally:
        target.dispose()


def _refuse_rows(connection: Connection, url: str) -> None:
    for table in Table.metadata.sorted_tables:
        if connection.execute(table.select().limit(1)).first() is not None:
            raise StorageError(
                f"Basis data yang dituju sudah berisi ({table.name}); tidak ada yang ditimpa.",
                todo="pulihkan ke LKJIP_HOME dan basis data yang kosong.",
            )


def _go_on_counting(connection: Connection) -> None:
    """Let PostgreSQL's own numbers follow those that were copied."""
    for table in Table.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), "  # noqa: S608
                    f"(SELECT COALESCE(MAX({column.name}), 0) + 1 FROM {table.name}), false)"
                )
            )
