"""Offices' data that many machines share: the store has every version, each machine a copy of the last.

The copy in ``LKJIP_OFFICES`` is what all else reads. It is renewed before a run reads it
(:func:`bring_offices`); who changes it through the program holds the office for that long, begins from the
last version, and shares what came out (:func:`changing_office`). A change by hand is shared by ``lkjip office
share``; until then no issue is made of it, for another machine would make one of something else.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import wraps
from pathlib import Path, PurePosixPath
from typing import Concatenate, ParamSpec, TypeVar

from connectors.store.files import Store
from core.errors import AgencyDataError, StorageError, explain_os_error
from core.settings import Settings
from jobs.store.versions import pack_version, unpack_version, version_of
from jobs.workspace import Workspace, make_folder, one_at_a_time, store_of
from models.session import open_engine, sqlite_file
from models.turns import hold_if_free
from office.confirmation import open_years
from office.copies import copy_office
from office.loading import OFFICE, load_agency

P = ParamSpec("P")
R = TypeVar("R")

_LAST, _VERSIONS = "kantor/kini", "kantor/isi"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_STATE, _LOCK = ".bersama.json", ".bersama.lock"


@dataclass(frozen=True)
class _Copy:
    """What this machine knows of its copy of an office.

    Attributes:
        version: Which it is; empty while it is being written.
        mark: How the store told apart the name of the last version when it was read.
    """

    version: str
    mark: str = ""


def bring_offices(settings: Settings) -> list[str]:
    """Renew this machine's copies of the offices' data; without a store there is nothing to do.

    What was changed here by hand is never overwritten.

    Returns:
        What a person must know, in Indonesian; also that the store could not be asked, for the copies
        can still be read then.
    """
    store = store_of(settings)
    if store is None:
        return []
    try:
        heads = {name: entry.mark for name, entry in store.find(_LAST).items() if _NAME.fullmatch(name)}
        known = _read_state(settings)
        if all(_is_last(settings, name, known.get(name), mark) for name, mark in heads.items()):
            return []
        make_folder(settings.offices_folder)
        with _state(settings) as state:
            told = (_bring(store, settings, state, name, mark) for name, mark in heads.items())
            return [words for words in told if words]
    except StorageError as error:
        return [f"Data kantor di penyimpanan bersama belum diambil. {error}"]


def _is_last(settings: Settings, office: str, known: _Copy | None, mark: str) -> bool:
    """Whether the copy here was made of the last version, whatever a person changed in it since."""
    if known is None or not known.version or known.mark != mark:
        return False
    return (settings.offices_folder / office / OFFICE).is_file()


def _bring(store: Store, settings: Settings, state: dict[str, _Copy], office: str, mark: str) -> str:
    """Renew the copy of one office; say why that was not done."""
    known = state.get(office)
    if _is_last(settings, office, known, mark):
        return ""
    folder, last = settings.offices_folder / office, _last_version(store, office)
    try:
        here = copy_office(folder)
    except AgencyDataError as error:
        return str(error)
    ours = version_of(here) if here else ""
    if ours != last:
        half_written = known is not None and not known.version
        if here and not half_written and (known is None or ours != known.version):
            return str(_changed_twice(office, folder))
        packed = store.read(f"{_VERSIONS}/{office}/{last}.zip")
        files = unpack_version(packed or b"", last)
        if files is None:
            return f"Data kantor {office} di penyimpanan bersama rusak; salinan di komputer ini tidak diubah."
        state[office] = _Copy("")
        _write_state(settings, state)
        _replace(folder, here, files)
    state[office] = _Copy(last, mark)
    _write_state(settings, state)
    return ""


def require_shared(workspace: Workspace) -> None:
    """Let nothing be issued of data that only this machine has.

    Raises:
        AgencyDataError: They were changed here and not shared.
    """
    settings, folder = workspace.settings, workspace.agency_folder
    if not settings.store or not _is_shared_place(settings, folder):
        return
    known = _read_state(settings).get(folder.name)
    if known is not None and version_of(copy_office(folder)) != known.version:
        raise AgencyDataError(
            f"Data kantor {folder.name} di komputer ini diubah dan belum dibagikan kepada komputer lain.",
            todo="bagikan dengan lkjip office share; sampai itu dilakukan tidak ada terbitan baru.",
        )


@contextmanager
def changing_office(settings: Settings, folder: Path) -> Iterator[None]:
    """Let a block change an office's data and share them; meanwhile no other machine's program changes them.

    Args:
        settings: Of the installation; without a store the block runs as it is.
        folder: The office's; one outside of ``LKJIP_OFFICES`` is not shared.

    Raises:
        AgencyDataError: They were changed elsewhere, or here by hand; nothing was changed then.
        StorageError: Another machine is changing them, or the store cannot be used; what the block wrote
            by then stays on this machine, to be shared by ``lkjip office share``.
    """
    store = store_of(settings)
    if store is None or not _is_shared_place(settings, folder):
        yield
        return
    office = folder.name
    with _turn(settings, office):
        last, here = _last_version(store, office), copy_office(folder)
        if last and (not here or version_of(here) != last):
            known = _read_state(settings).get(office)
            if not here or (known is not None and version_of(here) == known.version):
                bring_offices(settings)
                raise AgencyDataError(
                    f"Data kantor {office} baru diubah di komputer lain.",
                    todo="perubahan itu sudah diambil; periksa, lalu ulangi.",
                )
            raise AgencyDataError(
                f"Data kantor {office} di komputer ini diubah dan belum dibagikan.",
                todo="bagikan dahulu dengan lkjip office share, lalu ulangi.",
            )
        yield
        _share(store, settings, folder)


def shares_changes(change: Callable[Concatenate[Workspace, P], R]) -> Callable[Concatenate[Workspace, P], R]:
    """For a job that changes the data of the workspace's office: see :func:`changing_office`."""

    @wraps(change)
    def shared(workspace: Workspace, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with changing_office(workspace.settings, workspace.agency_folder):
            return change(workspace, *args, **kwargs)

    return shared


def share_office(settings: Settings, folder: Path) -> str:
    """Share what was changed by hand in an office's folder, or an office that is not in the store yet.

    Returns:
        What was done, in Indonesian.

    Raises:
        AgencyDataError: The data of an open year are wrong, or were changed elsewhere too.
        StorageError: There is no store, another machine is changing them, or the store cannot be used.
    """
    store = store_of(settings)
    if store is None:
        raise StorageError("LKJIP_STORE kosong.", todo="isi bila beberapa komputer melayani kantor ini.")
    if not _is_shared_place(settings, folder):
        raise AgencyDataError(
            f"{folder} tidak berada di {settings.offices_folder}.", todo="salin mapnya ke situ dahulu."
        )
    for year in open_years(folder):
        load_agency(folder, year)
    office = folder.name
    with _turn(settings, office):
        last, ours = _last_version(store, office), version_of(copy_office(folder))
        known = _read_state(settings).get(office)
        if last not in ("", ours) and (known is None or known.version != last):
            raise _changed_twice(office, folder)
        _share(store, settings, folder)
    return f"Data kantor {office} sudah sama." if last == ours else f"Data kantor {office} dibagikan."


def _share(store: Store, settings: Settings, folder: Path) -> None:
    """Make what the folder holds the last version; the caller holds the office."""
    files = copy_office(folder)
    office, version = folder.name, version_of(files)
    if _last_version(store, office) != version:
        store.put(f"{_VERSIONS}/{office}/{version}.zip", pack_version(files))
        store.put(f"{_LAST}/{office}", version.encode())
    entry = store.entry(f"{_LAST}/{office}")
    with _state(settings) as state:
        state[office] = _Copy(version, entry.mark if entry else "")
        _write_state(settings, state)


def _last_version(store: Store, office: str) -> str:
    content = store.read(f"{_LAST}/{office}")
    return content.decode("ascii", "replace").strip() if content else ""


def _changed_twice(office: str, folder: Path) -> AgencyDataError:
    return AgencyDataError(
        f"Data kantor {office} diubah di komputer ini dan di komputer lain; tidak ada yang ditimpa.",
        todo=f"pindahkan map {folder} ke tempat lain, jalankan lkjip status agar yang dibagikan diambil, "
        "lalu ulangi perubahan Anda di situ dan jalankan lkjip office share.",
    )


def _is_shared_place(settings: Settings, folder: Path) -> bool:
    return folder.resolve().parent == settings.offices_folder.resolve()


@contextmanager
def _turn(settings: Settings, office: str) -> Iterator[None]:
    """Nobody else changes the office meanwhile, on any machine.

    Raises:
        StorageError: Somebody does.
    """
    if sqlite_file(settings.database) is not None:
        with one_at_a_time(settings.home / f".kantor-{office}.kunci"):
            yield
        return
    engine = open_engine(settings.database)
    try:
        with hold_if_free(engine, f"kantor/{office}") as free:
            if not free:
                raise StorageError(
                    f"Data kantor {office} sedang diubah di komputer lain.", todo="ulangi sebentar lagi."
                )
            yield
    finally:
        engine.dispose()


def _replace(folder: Path, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
    """Write the files of a version over another, each whole; what is no data of the office stays."""
    try:
        for name in sorted(
            new, key=lambda name: (name == OFFICE, name)
        ):  # last: with it the folder is an office
            if old.get(name) == new[name]:
                continue
            path = folder / PurePosixPath(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f".{path.name}.sementara")
            beside.write_bytes(new[name])
            with suppress(OSError):  # who may write in the folder may write the file
                beside.chmod(path.parent.stat().st_mode & 0o666)
            os.replace(beside, path)
        for name in old.keys() - new.keys():
            (folder / name).unlink(missing_ok=True)
    except OSError as cause:
        raise StorageError(
            f"Map {folder} tidak dapat ditulis ({explain_os_error(cause)}).",
            todo="periksa hak tulis atas LKJIP_OFFICES dan ruang kosong cakram.",
        ) from cause


# --- what this machine knows of its copies ----------------------------------------------------------


@contextmanager
def _state(settings: Settings) -> Iterator[dict[str, _Copy]]:
    with one_at_a_time(settings.offices_folder / _LOCK):
        yield _read_state(settings)


def _read_state(settings: Settings) -> dict[str, _Copy]:
    """By office; of another store nothing is known."""
    with suppress(OSError, ValueError, TypeError, KeyError):  # what is not known is compared by its content
        kept = json.loads((settings.offices_folder / _STATE).read_text(encoding="utf-8"))
        if kept["store"] == settings.store:
            return {office: _Copy(**copy) for office, copy in kept["offices"].items()}
    return {}


def _write_state(settings: Settings, state: Mapping[str, _Copy]) -> None:
    path = settings.offices_folder / _STATE
    kept = {"store": settings.store, "offices": {office: asdict(copy) for office, copy in state.items()}}
    beside = path.with_name(f"{_STATE}.sementara")
    try:
        beside.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        beside.replace(path)
    except OSError as cause:
        raise StorageError(
            f"Berkas {path} tidak dapat ditulis ({explain_os_error(cause)}).",
            todo="periksa hak tulis atas LKJIP_OFFICES dan ruang kosong cakram.",
        ) from cause
