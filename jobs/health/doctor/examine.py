"""Looking at everything at once: each look in a thread of its own, none longer than the time allows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from core.errors import LkjipError, SettingsError
from core.settings import Settings, load_settings
from jobs.alone import FOLDER
from jobs.health.doctor.approval import check_approval
from jobs.health.doctor.bps import check_bps
from jobs.health.doctor.checks import Check, Examination, broken, broken_by, fine, warning
from jobs.health.doctor.database import check_database
from jobs.health.doctor.files import check_files, check_secrets, check_temporary
from jobs.health.doctor.mail import check_mail_server, check_outbox
from jobs.health.doctor.program import check_program
from jobs.health.doctor.schedule import check_schedule
from jobs.health.doctor.store import STORE, check_store
from jobs.health.notices import without_secrets
from jobs.workspace import Workspace, if_free
from office.loading import is_example
from office.reference import REFERENCE, read_reference
from office.schema import Agency

Look = Callable[[], Sequence[Check]]

SETTINGS, OFFICE = "Pengaturan", "Data kantor"


def examine(seconds: float, running: Settings | None = None) -> Examination:
    """Look at everything that the program needs; nothing is changed but a file of its own in the store.

    Args:
        seconds: After so many a look that has not ended is called broken, and the others are told.
        running: The settings that something runs with already; those of the environment when left out.
    """
    looks: dict[str, Look] = {"Berkas pengaturan": lambda: [check_secrets()]}
    settings: Settings | None = None
    try:
        settings = running or load_settings()
    except SettingsError as error:
        unread = broken_by(SETTINGS, error)
        looks |= {SETTINGS: lambda: [unread], "Map sementara": lambda: [check_temporary()]}
    else:
        looks |= _of_settings(settings)
    looks["Program"] = check_program
    checks = [check.printable() for check in _look(looks, seconds)]
    return Examination([_hidden(check, settings) for check in checks])


def _of_settings(settings: Settings) -> dict[str, Look]:
    return {
        SETTINGS: lambda: [fine(SETTINGS, f"terbaca; kantor {settings.office}.")],
        OFFICE: lambda: _office(settings),
        "Map dan cakram": lambda: check_files(settings),
        STORE: lambda: check_store(settings),
        "Basis data": lambda: check_database(settings),
        "BPS": lambda: check_bps(settings),
        "Server surel": lambda: check_mail_server(settings),
        "Kotak keluar": lambda: check_outbox(settings),
        "Persetujuan": lambda: check_approval(settings),
        "Prefect": lambda: check_schedule(settings),
    }


def _office(settings: Settings) -> list[Check]:
    """Whether the office's data can be read; which office and year it is."""
    workspace = Workspace(settings, read_only=True)
    agency = workspace.agency
    if is_example(workspace.agency_folder):
        todo = f"salin mapnya ke {settings.offices_folder}, atau mulai dengan lkjip init."
        return [warning(OFFICE, f"contoh milik program ({agency.office.short_name}) yang dipakai.", todo)]
    if not agency.office.contact and not settings.technicians:
        todo = "isi LKJIP_TECHNICIAN dengan alamat surel teknisi."
        return [warning(OFFICE, "tidak ada alamat teknisi yang disurati bila ada gangguan.", todo)]
    return [
        fine(OFFICE, f"{agency.office.short_name}, tahun {agency.year.year} terbaca."),
        *_reference(agency),
    ]


def _reference(agency: Agency) -> list[Check]:
    """What the office's Word document lacks; one that cannot be used stops the data from being read."""
    remarks = read_reference(agency.reference.content).remarks() if agency.reference else []
    todo = "lengkapi di Word bila perlu, mulai dari lkjip word reference; laporan tetap dapat terbit."
    return [warning(OFFICE, f"{REFERENCE} {remark}.", todo) for remark in remarks]


def _look(looks: Mapping[str, Look], seconds: float) -> list[Check]:
    """What all looks found, in their order."""
    found: dict[str, Sequence[Check]] = {}

    def run(subject: str, look: Look) -> None:
        try:
            found[subject] = look()
        except LkjipError as error:
            found[subject] = [broken_by(subject, error)]
        except Exception as cause:  # one look that fails must not hide the others
            said = f"tidak dapat diperiksa ({type(cause).__name__})."
            found[subject] = [broken(subject, said, "laporkan kepada pembuat program.")]

    threads = {
        subject: threading.Thread(target=run, args=(subject, look), daemon=True)
        for subject, look in looks.items()
    }
    until = time.monotonic() + seconds
    for thread in threads.values():
        thread.start()
    for subject, thread in threads.items():
        thread.join(max(0.0, until - time.monotonic()))
        if thread.is_alive():
            todo = "ulangi dengan lkjip doctor --wait 300; bila tetap begitu, periksa jaringan dan cakram."
            found.setdefault(subject, [broken(subject, f"belum selesai dalam {seconds:g} detik.", todo)])
    return [check for subject in looks for check in list(found[subject])]


def _hidden(check: Check, settings: Settings | None) -> Check:
    if settings is None:
        return check
    said, todo = (without_secrets(settings, text) for text in (check.said, check.todo))
    return replace(check, said=said, todo=todo)


def examine_alone(seconds: float, running: Settings) -> Examination | None:
    """The same, one at a time on this machine; None while another goes on.

    Raises:
        StorageError: The working folder cannot be written.
    """
    with if_free(running.home / FOLDER / "pemeriksaan.kunci") as free:
        return examine(seconds, running) if free else None
