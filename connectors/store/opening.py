"""Opening a store by its address: ``s3://bucket/prefix`` or ``file:///folder``."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connectors.store.files import Store
from core.errors import SettingsError
from core.loopback import check_host

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

CONNECT_SECONDS, READ_SECONDS = 10, 60
_AMAZON = "s3.amazonaws.com"


def open_store(place: str, endpoint: str = "", key: str = "", secret: str = "") -> Store:
    """The store at an address; nothing is asked of it yet.

    Args:
        place: ``s3://bucket/prefix`` or ``file:///folder``.
        endpoint: Of a server of S3 that is not Amazon's.
        key: By which it is used; empty means what Amazon's own variables and files say.
        secret: Of the key.

    Raises:
        SettingsError: The package for S3 is not installed, or the host must not be asked.
    """
    place = place.rstrip("/")
    if place.startswith("file://"):
        from fsspec.implementations.local import LocalFileSystem  # noqa: PLC0415 - slow, and seldom needed

        folder = Path(place.removeprefix("file://"))
        return Store(place, LocalFileSystem(auto_mkdir=True), str(folder), folder)
    check_host(urlsplit(endpoint).hostname or _AMAZON)
    try:
        files = _objects(endpoint, key, secret, os.getpid())
    except ImportError as cause:
        raise SettingsError(
            f"LKJIP_STORE={place} memerlukan paket s3fs, yang tidak terpasang.",
            todo="pasang dengan pip install 'lkjip[s3]', atau kosongkan LKJIP_STORE.",
        ) from cause
    return Store(place, files, place.removeprefix("s3://"))


@lru_cache(maxsize=8)
def _objects(endpoint: str, key: str, secret: str, _process: int) -> AbstractFileSystem:
    """One for each process: its connections serve all threads, and no process that was split off."""
    from s3fs import S3FileSystem  # noqa: PLC0415 - an extra that not everybody installs

    return S3FileSystem(key=key or None, secret=secret or None, **_ways(endpoint))


def _ways(endpoint: str) -> dict[str, Any]:
    """How S3 is spoken: what servers other than Amazon's understand, and without waiting for ever."""
    return {
        "endpoint_url": endpoint or None,
        "use_listings_cache": False,
        "skip_instance_cache": True,
        "config_kwargs": {
            "connect_timeout": CONNECT_SECONDS,
            "read_timeout": READ_SECONDS,
            "retries": {"mode": "standard", "total_max_attempts": 3},
            "s3": {"addressing_style": "path" if endpoint else "auto"},
            "request_checksum_calculation": "when_required",
            "response_checksum_validation": "when_required",
        },
    }
