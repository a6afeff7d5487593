"""Reads a WebAPI with the public client stadata and prints what it got; runs where stadata lives.

    python read_with_stadata.py http://127.0.0.1:8391/v1/ KEY

stadata has two addresses: ``BASE_URL``, and the official one written out in one branch. Both are
led to the given server here.
"""

from __future__ import annotations

import json
import sys
import types
import warnings

import requests
from stadata import main as stadata
from stadata import material

OFFICIAL = "https://webapi.bps.go.id/v1/"
DOMAIN = "3529"


def led_to(base: str) -> types.SimpleNamespace:
    """``requests`` for stadata, with the official address replaced."""

    def get(url: str, **options: object) -> requests.Response:
        return requests.get(url.replace(OFFICIAL, base), timeout=20, **options)

    return types.SimpleNamespace(get=get)


def attempt(function, *arguments, **options):
    """The result, or the name of the exception: stadata has bugs of its own."""
    try:
        return function(*arguments, **options)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def main(base: str, key: str) -> dict[str, object]:
    """Read every kind of list that stadata has."""
    warnings.simplefilter("ignore")
    stadata.BASE_URL = base
    stadata.requests = material.requests = led_to(base)
    client = stadata.Client(key)
    tables = client.list_dynamictable(domain=[DOMAIN], latest=True)
    static = client.list_statictable(domain=[DOMAIN], latest=True)
    view = client.view_dynamictable(DOMAIN, 9102, "122;123")
    as_shipped = attempt(client.list_pressrelease, domain=[DOMAIN], latest=True)
    stadata.key = key  # The branch for press releases uses a name that does not exist.
    news = client.list_pressrelease(domain=[DOMAIN], latest=True)
    books = client.list_publication(domain=[DOMAIN], latest=True)
    return {
        "domains": client.list_domain()["domain_id"].tolist(),
        "dynamic": dict(zip(tables["var_id"].tolist(), tables["title"].tolist(), strict=True)),
        "static": static["table_id"].astype(int).tolist(),
        "static_table": client.view_statictable(DOMAIN, 3).iloc[0].astype(str).tolist(),
        "rows": dict(zip(view["variable"].tolist(), view["2023"].tolist(), strict=True)),
        "press_as_shipped": as_shipped,
        "press": news["title"].tolist(),
        "publications": books["title"].tolist(),
        "publication_view": client.view_publication(DOMAIN, f"{0x2023:024x}").desc()["title"],
        "without_th": attempt(client.view_dynamictable, DOMAIN, 9102),
        "wrong_key": attempt(stadata.Client("salah").list_domain),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2])))
