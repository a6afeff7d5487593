"""What every job works with: the settings, the office's data and the database."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine, make_url

from connectors.store.files import Store
from connectors.store.opening import open_store
from core.errors import AgencyDataError, StorageError, explain_os_error
from core.settings import Settings
from models.faults import name_of
from models.migrations import empty_engine, has_schema, upgrade_database
from models.session import open_engine, sqlite_file
from office.confirmation import open_years, reporting_year
from office.loading import find_agency, load_agency
from office.schema import Agency

_SHARED, _PASSED_THROUGH = 0o2770, 0o710
"""Rights of a folder into which a group puts files, and of those above it."""


@dataclass(frozen=True)
class Workspace:
    """One office and year, with the place where its things are kept.

    The office's data are read, and the database is opened, when they are first needed.

    Attributes:
        read_only: Nothing is to be made: neither the working folder nor a database. Where there is none
            yet, an empty one in memory stands for it, and :attr:`database_missing` says so.
        in_flow: This is a run of a flow: there is a Prefect server, with which the sources are asked at
            the rate of all workers together.
    """

    settings: Settings
    read_only: bool = False
    in_flow: bool = False

    @cached_property
    def agency(self) -> Agency:
        """The office's data for :attr:`year`."""
        return load_agency(self.agency_folder, self.year)

    @cached_property
    def year(self) -> int:
        """The year of the settings; where they name none, the open year that a report is due of."""
        if self.settings.year is not None:
            return self.settings.year
        return reporting_year(self.years, self.settings.current_day())

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that are served: that of the settings, or every open one of the office.

        Raises:
            AgencyDataError: The office has no open year.
        """
        if self.settings.year is not None:
            return (self.settings.year,)
        found = open_years(self.agency_folder)
        if not found:
            raise AgencyDataError(
                f"Kantor {self.office_id} tidak mempunyai tahun yang terbuka.",
                todo="buka tahun baru dengan lkjip year open, atau sebut tahunnya dengan --year.",
            )
        return tuple(found)

    def of_year(self, year: int) -> Workspace:
        """The same office in another year."""
        return self._beside({"year": year})

    def of_office(self, folder: Path) -> Workspace:
        """Another office in the same database."""
        return self._beside({"agency": str(folder)})

    def _beside(self, changes: Mapping[str, object]) -> Workspace:
        """With other settings; where the database is open already, over the same connections."""
        other = Workspace(self.settings.model_copy(update=changes), self.read_only, self.in_flow)
        if "engine" in self.__dict__:
            other.__dict__["engine"] = self.engine
        return other

    @cached_property
    def agency_folder(self) -> Path:
        """Where the office's data stand."""
        return find_agency(self.settings.agency, self.settings.offices_folder)

    @property
    def office_id(self) -> str:
        """The office's id, which is the name of its folder; the office's data need not be readable."""
        return self.agency_folder.resolve().name

    @cached_property
    def engine(self) -> Engine:
        """The database, brought to the newest schema."""
        if self.database_missing:
            return empty_engine()
        if self.settings.database.startswith("sqlite"):
            make_folder(self.settings.home)
        self._require_rows_of_issues()
        upgrade_database(self.settings.database)
        return open_engine(self.settings.database)

    @cached_property
    def database_missing(self) -> str:
        """For who only reads: which database is not there yet, and what makes it; else empty."""
        url = self.settings.database
        if not self.read_only or has_schema(url):
            return ""
        self._require_rows_of_issues()
        return (
            f"{name_of(make_url(url))} belum ada, jadi belum ada yang tersimpan; dibuat oleh perintah "
            "pertama yang menyimpan sesuatu, misalnya lkjip poll atau lkjip refresh."
        )

    def _require_rows_of_issues(self) -> None:
        """Refuse a file without a row beside issues: the next first issue would be written over theirs.

        Raises:
            StorageError: The database's file is gone or empty, and its issues are not.
        """
        url = self.settings.database
        file = sqlite_file(url)
        if file is None or next(self.all_reports.glob("*/*/terbitan-*[0-9]"), None) is None:
            return
        state = "kosong" if file.exists() else "tidak ada"
        if not has_schema(url):
            raise StorageError(
                f"{name_of(make_url(url))} {state}, padahal {self.all_reports} memuat terbitan.",
                todo="taruh kembali berkasnya dari cadangan, atau pulihkan dengan lkjip restore; bila "
                "memang mulai dari awal, pindahkan map laporan itu lebih dulu.",
            )

    @property
    def store(self) -> Store | None:
        """The files that many machines share; None where all of them are in the working folder."""
        return store_of(self.settings)

    @property
    def reports_folder(self) -> Path:
        """Where the issues of this office's report for the year are."""
        return self.all_reports / self.agency.office.id / str(self.year)

    @property
    def all_reports(self) -> Path:
        """Where the issues of every office and year are without a store; only issuing writes there."""
        return self.settings.home / "laporan"


def store_of(settings: Settings) -> Store | None:
    """The store of the settings; None where they name none.

    Raises:
        SettingsError: As :func:`connectors.store.opening.open_store`.
    """
    if not settings.store:
        return None
    key, secret = settings.store_key.get_secret_value(), settings.store_secret.get_secret_value()
    return open_store(settings.store, settings.store_endpoint, key, secret)


def make_folder(folder: Path, *, shared: bool = False) -> Path:
    """Make ``folder`` if it is not there.

    Args:
        folder: It and those above it that are missing are made.
        shared: Whether people of its group put files into it; those above can then be passed through.
            One that is there keeps its rights, whoever gave it these.

    Raises:
        StorageError: It cannot be made; the message names it.
    """
    try:
        missing = [part for part in folder.parents if not part.exists()] if shared else []
        made = shared and not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        if made:
            folder.chmod(_SHARED)
        for part in missing:
            part.chmod(_PASSED_THROUGH)
    except OSError as cause:
        raise StorageError(
            f"Map {folder} tidak dapat dibuat ({explain_os_error(cause)}).",
            todo="periksa LKJIP_HOME, hak tulis dan ruang kosong cakram.",
        ) from cause
    return folder


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Let one process (or thread) after the other pass that names the same file; the others wait.

    The system ends the lock with the process that holds it, however that ends.

    Raises:
        StorageError: The file cannot be made; the message names it.
    """
    with _open_lock(lock) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def if_free(lock: Path) -> Iterator[bool]:
    """Whether nobody holds the lock; who got it holds it until the end of the block, and nobody waits.

    Raises:
        StorageError: As :func:`one_at_a_time`.
    """
    with _open_lock(lock) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _open_lock(lock: Path) -> BinaryIO:
    make_folder(lock.parent)
    try:  # a pipe would hold for ever, a link lead elsewhere
        number = os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o666)
    except OSError as cause:
        raise StorageError(
            f"Berkas {lock} tidak dapat ditulis ({explain_os_error(cause)}).",
            todo="periksa hak tulis atas LKJIP_HOME.",
        ) from cause
    return os.fdopen(number, "ab")
