"""Finding a region's PDRB tables: their numbers differ from region to region, so by their titles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.bps import labels
from connectors.bps.client import BpsClient
from connectors.bps.tables import FoundSeries, Series
from core.errors import NothingFoundError

KEYWORDS = ("PDRB", "Produk Domestik Regional Bruto")
REQUIRED = ("adhb", "adhk")
_WITH_BASE = ("adhk", "growth")
_SHOWN = 12


def find_series(
    client: BpsClient,
    domain: str,
    pins: Mapping[str, int] | None = None,
    base_year: int = 2010,
    *,
    rows: Sequence[Mapping[str, Any]] = (),
) -> FoundSeries:
    """Find the tables of PDRB by lapangan usaha of a region.

    The list is asked by keyword first, which costs two or three requests; only when that shows too
    little (``keyword`` is undocumented for tables) it is read whole.

    Args:
        client: Of the WebAPI.
        domain: ``3529``.
        pins: ``var`` ids that the operator chose, by measure; they win over every rule.
        base_year: Of the constant prices wanted; tables that name another base are left out.
        rows: Tables that are known already (the catalogue's), as the list of variables has them; when
            they suffice nothing is asked.

    Raises:
        NothingFoundError: There is no table for current or for constant prices; the message says which
            tables about PDRB there are.
    """
    chosen_by_hand = {m: v for m, v in (pins or {}).items() if m in labels.MEASURES}
    found = _choose(domain, rows, chosen_by_hand, base_year)
    if rows and all(measure in found.series for measure in REQUIRED):
        return found
    rows = _by_keyword(client, domain)
    found = _choose(domain, rows, chosen_by_hand, base_year)
    if any(measure not in found.series for measure in REQUIRED):
        rows = client.list_all("var", domain=domain)
        found = _choose(domain, rows, chosen_by_hand, base_year)
    missing = [m for m in REQUIRED if m not in found.series]
    if missing:
        raise _none_fits(domain, missing, rows, base_year)
    return found


def _by_keyword(client: BpsClient, domain: str) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for keyword in KEYWORDS:
        shown = client.list_all("var", domain=domain, keyword=keyword)
        for row in shown:
            rows.setdefault(str(row.get("var_id")), row)
        if any(keyword.lower() not in labels.clean(row.get("title", "")).lower() for row in shown):
            break  # The keyword was ignored, so this is the whole list already.
    return list(rows.values())


def _choose(
    domain: str, rows: Sequence[Mapping[str, Any]], pins: Mapping[str, int], base_year: int
) -> FoundSeries:
    series: dict[str, Series] = {}
    problems: list[str] = []
    for measure in labels.MEASURES:
        if measure in pins:
            series[measure] = _pinned(measure, pins[measure], rows)
            continue
        fitting = sorted(
            (s for row in rows if (s := _read_row(row)) and _fits(s, measure, base_year)),
            key=lambda s: _rank(s, base_year),
        )
        if not fitting:
            continue
        series[measure] = fitting[0]
        if len(fitting) > 1:
            others = ", ".join(f"{s.var_id} ({s.title})" for s in fitting[1:])
            problems.append(
                f"Lebih dari satu tabel cocok untuk {labels.MEASURE_NAMES[measure]}; "
                f"dipakai {fitting[0].var_id} ({fitting[0].title}), bukan {others}."
            )
    return FoundSeries(domain, base_year, series, tuple(problems))


def _read_row(row: Mapping[str, Any]) -> Series | None:
    var_id, title = row.get("var_id"), labels.clean(row.get("title", ""))
    if not str(var_id).isdecimal():
        return None
    measure = labels.measure_of(title)
    if measure is None:
        return None
    base = labels.base_year_of(title)
    said = f"judul menyebut {labels.MEASURE_NAMES[measure]} menurut lapangan usaha" + (
        f", tahun dasar {base}" if base else ""
    )
    return Series(measure, int(str(var_id)), title, labels.clean(row.get("unit", "")), said)


def _fits(series: Series, measure: str, base_year: int) -> bool:
    if series.measure != measure:
        return False
    stated = labels.base_year_of(series.title)
    if stated is not None and stated != base_year:
        return False
    money = labels.in_miliar(series.unit, series.title) is not None
    return money or not labels.is_percent(series.unit) if measure in REQUIRED else not money


def _rank(series: Series, base_year: int) -> tuple[bool, bool, bool, int]:
    """Best first: with migas, base year stated, unit stated, newest number."""
    lowered = series.title.lower()
    says_base = series.measure not in _WITH_BASE or labels.base_year_of(series.title) == base_year
    has_unit = bool(labels.in_miliar(series.unit, "")) or labels.is_percent(series.unit)
    return ("tanpa migas" in lowered or "nonmigas" in lowered, not says_base, not has_unit, -series.var_id)


def _pinned(measure: str, var_id: int, rows: Sequence[Mapping[str, Any]]) -> Series:
    row = next((row for row in rows if str(row.get("var_id")) == str(var_id)), {})
    return Series(
        measure,
        var_id,
        labels.clean(row.get("title", "")),
        labels.clean(row.get("unit", "")),
        "dipilih operator di data instansi (pins)",
        pinned=True,
    )


def _none_fits(
    domain: str, missing: list[str], rows: Sequence[Mapping[str, Any]], base_year: int
) -> NothingFoundError:
    seen = [
        f"{row.get('var_id')} {labels.clean(row.get('title', ''))!r}"
        for row in rows
        if labels.is_pdrb(labels.clean(row.get("title", "")))
    ]
    wanted = " dan ".join(labels.MEASURE_NAMES[m] for m in missing)
    what = "; ".join(seen[:_SHOWN]) + (f"; dan {len(seen) - _SHOWN} lagi" if len(seen) > _SHOWN else "")
    return NothingFoundError(
        f"Tabel {wanted} menurut lapangan usaha (tahun dasar {base_year}) tidak ditemukan pada wilayah "
        f"{domain} di BPS. "
        + (
            f"Tabel tentang PDRB yang ada: {what}."
            if seen
            else "Tidak ada satu pun tabel tentang PDRB di sana."
        ),
        todo="periksa kode wilayah; bila tabelnya ada dengan judul lain, isikan nomornya pada "
        "bps.pins di office.yaml.",
    )
