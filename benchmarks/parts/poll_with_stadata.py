"""Asks the question of a poll with the public client stadata, and prints how long that took.

python poll_with_stadata.py http://127.0.0.1:8391/v1/ KEY 9101 9102

Is there something new about PDRB? Its tables are found in the list of tables and read for two years, then
its publications and press releases are listed. Both addresses of stadata are led to the given server.
"""

from __future__ import annotations

import json
import sys
import time
import types
import warnings

import requests
from stadata import main as stadata
from stadata import material

OFFICIAL = "https://webapi.bps.go.id/v1/"
DOMAIN, YEARS = "3529", "122;123"


def led_to(base: str) -> types.SimpleNamespace:
    """``requests`` for stadata, with the official address replaced."""

    def get(url: str, **options: object) -> requests.Response:
        return requests.get(url.replace(OFFICIAL, base), timeout=20, **options)

    return types.SimpleNamespace(get=get)


def main(base: str, key: str, *tables: str) -> None:
    """Ask, and print the seconds."""
    warnings.simplefilter("ignore")
    stadata.BASE_URL = base
    stadata.requests = material.requests = led_to(base)
    stadata.key = key  # The branch for publications and press releases uses a name that does not exist.
    client = stadata.Client(key)
    start = time.perf_counter()
    client.list_dynamictable(domain=[DOMAIN], latest=True)
    for table in tables:
        client.view_dynamictable(DOMAIN, int(table), YEARS)
    client.list_publication(domain=[DOMAIN], latest=True)
    client.list_pressrelease(domain=[DOMAIN], latest=True)
    print(json.dumps({"seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main(*sys.argv[1:])
