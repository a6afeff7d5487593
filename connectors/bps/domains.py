"""The code under which BPS knows a region, found by its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_KINDS = {"kabupaten": "kabupaten", "kab": "kabupaten", "kota": "kota", "provinsi": "provinsi"}


def domain_named(rows: Iterable[Mapping[str, Any]], region: str) -> str:
    """The code of a region in BPS's list; empty where none or several have its name.

    Args:
        rows: Of the list, with ``domain_id`` and ``domain_name``.
        region: ``Kabupaten Sumenep``, ``Kota Bandung``, ``Provinsi Jawa Barat``. A regency and a city may
            have the same name; codes of provinces end in 00, those of cities begin their second half with 7.
    """
    kind, name = _parts(region)
    found = set()
    for row in rows:
        code = str(row.get("domain_id") or "")
        listed, listed_name = _parts(str(row.get("domain_name") or ""))
        if listed_name == name and kind in (listed or _kind_of(code), ""):
            found.add(code)
    return found.pop() if len(found) == 1 else ""


def _parts(region: str) -> tuple[str, str]:
    words = region.casefold().replace(".", " ").split()
    kind = _KINDS.get(words[0], "") if words else ""
    return kind, " ".join(words[1:] if kind else words)


def _kind_of(code: str) -> str:
    if code.endswith("00"):
        return "provinsi"
    return "kota" if code[2:3] == "7" else "kabupaten"
