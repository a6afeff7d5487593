"""Room on the disks, and who may read and write what."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from core.errors import SettingsError, StorageError, explain_os_error
from core.settings import Settings
from core.settings_file import read_settings_file
from jobs.health.doctor.checks import Check, broken, fine, warning
from models.session import sqlite_file

DISK, TEMPORARY, HOME, SECRETS = "Cakram", "Map sementara", "Map kerja", "Berkas pengaturan"

LITTLE = 1_000_000_000
TOO_LITTLE = 100_000_000
"""Bytes that should be free, and without which an issue of the report may not fit."""
FEW_FILES = 1000


def check_files(settings: Settings) -> list[Check]:
    """Room, rights of the working folder and of the database in it."""
    return [_room(settings.home), check_temporary(), *_home(settings)]


def check_temporary() -> Check:
    """Whether there is a place for the passing files of rendering."""
    try:
        folder = Path(tempfile.gettempdir())
        free = shutil.disk_usage(folder).free
    except OSError as cause:
        todo = "kosongkan cakram, atau isi TMPDIR dengan map yang boleh ditulis."
        return broken(TEMPORARY, f"tidak ada yang dapat dipakai ({explain_os_error(cause)}).", todo)
    if free < TOO_LITTLE:
        todo = "hapus berkas lama di map itu, atau isi TMPDIR dengan map lain."
        return broken(TEMPORARY, f"{folder} hampir penuh: {_size(free)} bebas.", todo)
    return fine(TEMPORARY, f"{folder}, {_size(free)} bebas.")


def check_secrets() -> Check:
    """Whether only those who must can read the file with key and passwords."""
    try:
        file = read_settings_file()
        if file.path is None or not file.found:
            return fine(SECRETS, "tidak dipakai; pengaturan ada di lingkungan saja.")
        mode = file.path.stat().st_mode
    except SettingsError as error:
        return broken(SECRETS, error.message, error.todo)
    except OSError as cause:
        return broken(SECRETS, f"tidak dapat diperiksa ({explain_os_error(cause)}).", "periksa berkas itu.")
    todo = f"sudo chown root:lkjip {file.path} && sudo chmod 640 {file.path}"
    if mode & stat.S_IRWXO:
        return broken(SECRETS, f"{file.path} terbuka bagi siapa pun ({_mode(mode)}): memuat rahasia.", todo)
    if mode & stat.S_IWGRP:
        return warning(SECRETS, f"{file.path} dapat diubah grupnya ({_mode(mode)}).", todo)
    return fine(SECRETS, f"{file.path}, hak {_mode(mode)}.")


def _room(home: Path) -> Check:
    place = next(folder for folder in (home, *home.parents) if folder.exists())
    try:
        free, files = shutil.disk_usage(place).free, os.statvfs(place)
    except OSError as cause:
        return broken(DISK, f"{place} tidak dapat diperiksa ({explain_os_error(cause)}).", "periksa cakram.")
    todo = "hapus yang tidak perlu di cakram itu; laporan yang sudah terbit jangan dihapus."
    if free < TOO_LITTLE or (files.f_files and files.f_favail == 0):
        return broken(DISK, f"{place}: {_size(free)} bebas; terbitan berikut mungkin tidak muat.", todo)
    if free < LITTLE or (files.f_files and files.f_favail < FEW_FILES):
        return warning(DISK, f"{place}: {_size(free)} bebas.", todo)
    return fine(DISK, f"{place}: {_size(free)} bebas.")


def _home(settings: Settings) -> list[Check]:
    home = settings.home
    try:
        mode = home.stat()
    except FileNotFoundError:
        todo = "sudo install -d -o lkjip -g lkjip-staf -m 0710 " + str(home)
        return [warning(HOME, f"{home} belum ada.", todo)]
    except OSError as cause:
        todo = "jalankan sebagai pengguna layanan: sudo -u lkjip lkjip doctor."
        return [broken(HOME, f"{home} tidak dapat diperiksa ({explain_os_error(cause)}).", todo)]
    if not stat.S_ISDIR(mode.st_mode):
        return [broken(HOME, f"{home} bukan map.", "perbaiki LKJIP_HOME.")]
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        todo = (
            f"jalankan sebagai pemiliknya: sudo -u {_user(mode.st_uid)} lkjip doctor, atau perbaiki haknya."
        )
        return [broken(HOME, f"{home} tidak boleh ditulis oleh {_user(os.geteuid())}.", todo)]
    found = []
    if mode.st_uid != os.geteuid():
        said = f"{home} milik {_user(mode.st_uid)}, tetapi program dijalankan {_user(os.geteuid())}."
        todo = f"jalankan sebagai {_user(mode.st_uid)}; berkas baru milik pengguna lain menghentikan layanan."
        found.append(warning(HOME, said, todo))
    if mode.st_mode & stat.S_IRWXO:
        said = f"{home} terbuka bagi semua pengguna komputer ({_mode(mode.st_mode)})."
        found.append(warning(HOME, said, f"sudo chmod o= {home}"))
    return [*(found or [fine(HOME, f"{home}, hak {_mode(mode.st_mode)}.")]), *_database(settings)]


def _database(settings: Settings) -> list[Check]:
    """A file of the database that others than the working folder's own may write."""
    with suppress(OSError, SettingsError, StorageError):
        file = sqlite_file(settings.database)
        if file is not None and file.exists():
            mode = file.stat().st_mode
            if mode & stat.S_IWOTH:
                todo = f"sudo chmod o= {file}"
                return [broken(HOME, f"{file} dapat ditulis siapa pun ({_mode(mode)}).", todo)]
            if not os.access(file, os.W_OK):
                todo = f"sudo chown {_user(file.parent.stat().st_uid)} {file}"
                return [broken(HOME, f"{file} tidak boleh ditulis oleh {_user(os.geteuid())}.", todo)]
    return []


def _mode(mode: int) -> str:
    return f"{stat.S_IMODE(mode):04o}"


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _size(count: int) -> str:
    return f"{count // 1_000_000_000} GB" if count >= LITTLE else f"{count // 1_000_000} MB"
