"""A server of S3 on this machine that lives as long as a test session, with a bucket for each test."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Bucket:
    """A bucket of the server, and how the program is told of it."""

    endpoint: str
    name: str
    key: str = "kunci-uji"
    secret: str = "rahasia-uji"

    @property
    def settings(self) -> dict[str, str]:
        """For ``load_settings``."""
        return {
            "store": f"s3://{self.name}/dinas",
            "store_endpoint": self.endpoint,
            "store_key": self.key,
            "store_secret": self.secret,
        }

    @property
    def environment(self) -> dict[str, str]:
        """For a process."""
        return {f"LKJIP_{name.upper()}": value for name, value in self.settings.items()}


@contextmanager
def object_server() -> Iterator[str]:
    """The address of the server; where a package for it is missing, the test is skipped."""
    pytest.importorskip("s3fs", reason="s3fs is not installed (pip install 'lkjip[s3]')")
    server_module = pytest.importorskip("moto.server", reason="moto's S3 server is not installed")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def new_bucket(endpoint: str) -> Bucket:
    """An empty bucket."""
    import requests

    bucket = Bucket(endpoint, f"lkjip-{uuid.uuid4().hex[:12]}")
    requests.put(f"{endpoint}/{bucket.name}", timeout=10).raise_for_status()
    return bucket
