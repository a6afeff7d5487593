"""Whether the store that many machines share can be written and read."""

from __future__ import annotations

import uuid

from core.settings import Settings
from jobs.health.doctor.checks import Check, broken, fine
from jobs.workspace import store_of

STORE = "Penyimpanan bersama"


def check_store(settings: Settings) -> list[Check]:
    """Write a small file of its own, read it back and take it away; without a store nothing is looked at.

    Raises:
        SettingsError: The store cannot be opened.
        StorageError: It cannot be used.
    """
    store = store_of(settings)
    if store is None:
        return []
    name, content = f"periksa/{uuid.uuid4().hex}", uuid.uuid4().bytes
    store.put(name, content)
    try:
        back = store.read(name)
    finally:
        store.remove(name)
    if back != content or store.entry(name) is not None:
        said = f"{store.place} tidak memberi kembali yang baru ditulis, atau tidak menghapusnya."
        return [broken(STORE, said, "periksa server penyimpanannya; yang ditulis harus segera terbaca.")]
    return [fine(STORE, f"{store.place} dapat ditulis, dibaca dan dihapus.")]
