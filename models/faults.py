"""What a database says when it fails, told to the office: what happened and what to do."""

from __future__ import annotations

import sqlite3

from sqlalchemy import URL
from sqlalchemy.exc import IntegrityError

from core.errors import StorageError

_RESTORE = "pulihkan berkas itu dari cadangan; jangan mengubahnya dari luar program."
_SPACE = "kosongkan ruang cakram, lalu jalankan lagi; tidak ada yang tersimpan setengah jalan."
_SCHEMA = "jalankan `lkjip status` sekali dengan versi program ini agar susunan basis data diperbarui."
_WAIT = "tunggu sampai proses lkjip yang lain selesai, lalu jalankan lagi."
_SETTINGS = "periksa LKJIP_DATABASE_URL (pengguna, sandi, host dan nama basis data)."
_RUNNING = "periksa apakah server PostgreSQL berjalan dan LKJIP_DATABASE_URL menunjuk kepadanya."
_RIGHTS = "periksa hak tulis atas basis data bagi pengguna yang menjalankan lkjip."

_SQLITE = (
    ("is locked", "sedang dikunci oleh proses lain", _WAIT),
    (
        "unable to open",
        "tidak dapat dibuka",
        "periksa LKJIP_HOME atau LKJIP_DATABASE_URL dan hak atas mapnya.",
    ),
    ("readonly", "hanya boleh dibaca", _RIGHTS),
    ("is full", "tidak muat lagi: cakram penuh", _SPACE),
    ("disk i/o", "tidak dapat dibaca atau ditulis: cakram bermasalah", "periksa cakram tempat berkas itu."),
    ("not a database", "bukan basis data SQLite", _RESTORE),
    ("malformed", "rusak", _RESTORE),
    ("could not decode", "rusak", _RESTORE),
    ("no such table", "belum memiliki susunan tabel versi ini", _SCHEMA),
    ("no such column", "belum memiliki susunan tabel versi ini", _SCHEMA),
    ("has no column", "belum memiliki susunan tabel versi ini", _SCHEMA),
)
"""By the words of SQLite's message: what to say of the file, and what to do."""

_POSTGRES = (
    ("28", "menolak pengguna atau sandinya", _SETTINGS),
    ("3D000", "tidak ada di server itu", _SETTINGS),
    ("42P01", "belum memiliki susunan tabel versi ini", _SCHEMA),
    ("42703", "belum memiliki susunan tabel versi ini", _SCHEMA),
    ("42501", "tidak mengizinkan tindakan ini bagi penggunanya", _RIGHTS),
    ("25006", "hanya boleh dibaca", _RIGHTS),
    ("53100", "tidak muat lagi: cakram server penuh", _SPACE),
    ("53", "kehabisan sumber daya", "tunggu sebentar, lalu jalankan lagi."),
    ("55P03", "sedang dikunci oleh proses lain", _WAIT),
    ("40", "sedang dipakai bersamaan oleh proses lain", _WAIT),
    ("57P", "sedang dimatikan atau dinyalakan", _RUNNING),
    ("08", "tidak dapat dihubungi", _RUNNING),
)
"""By the beginning of PostgreSQL's SQLSTATE (documentation, appendix A)."""

_POSTGRES_WORDS = (
    ("password", "menolak pengguna atau sandinya", _SETTINGS),
    ("role ", "tidak mengenal penggunanya", _SETTINGS),
    ("does not exist", "tidak ada di server itu", _SETTINGS),
    ("connection", "tidak dapat dihubungi", _RUNNING),
    ("server", "tidak dapat dihubungi", _RUNNING),
)
"""A connection that never came about has no SQLSTATE; then by the words."""


def name_of(url: URL) -> str:
    """The database as a person knows it, without its password."""
    if url.get_backend_name() == "sqlite":
        return f"Basis data {url.database or ':memory:'}"
    return f"Basis data {url.database or ''} di {url.host or 'localhost'}:{url.port or 5432}"


def storage_error(cause: BaseException, url: URL) -> StorageError:
    """The error to show for ``cause``, without any secret of ``url``."""
    original = getattr(cause, "orig", None) or cause
    name = name_of(url)
    if isinstance(cause, IntegrityError | sqlite3.IntegrityError):
        return StorageError(
            f"{name} menolak baris yang bertentangan dengan isinya; "
            "proses lain mungkin lebih dulu menyimpan.",
            todo="jalankan lagi; bila berulang, laporkan kepada pembuat program.",
        )
    for key, words, todo in _known_faults(original, url):
        if key:
            return StorageError(f"{name} {words}.", todo=todo)
    return StorageError(
        f"{name} tidak dapat dipakai ({type(original).__name__}).",
        todo="lihat rincian teknis di catatan program; bila berulang, laporkan kepada pembuat program.",
    )


def _known_faults(original: BaseException, url: URL) -> list[tuple[bool, str, str]]:
    message = str(original).lower()
    if url.get_backend_name() == "sqlite":
        return [(mark in message, words, todo) for mark, words, todo in _SQLITE]
    state = getattr(original, "sqlstate", None) or ""
    if state:
        return [(state.startswith(mark), words, todo) for mark, words, todo in _POSTGRES]
    return [(mark in message, words, todo) for mark, words, todo in _POSTGRES_WORDS]
