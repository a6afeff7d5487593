"""Finding a region's PDRB tables: their numbers differ from region to region, so by their titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from connectors.bps import labels
from connectors.bps.client import BpsClient
from connectors.bps.dynamic.choice import Candidate, choose
from connectors.bps.tables import FoundSeries, Series
from core.errors import SourceError

KEYWORDS = ("PDRB", "Produk Domestik Regional Bruto")
REQUIRED = ("adhb", "adhk")
_SHOWN = 12


def search_series(
    client: BpsClient,
    domain: str,
    pins: Mapping[str, int] | None = None,
    base_year: int = 2010,
    *,
    shown: Sequence[Mapping[str, Any]] = (),
) -> FoundSeries:
    """Look for the tables of PDRB by lapangan usaha of a region.

    The list is asked by keyword first, which costs two or three requests; only when that shows too
    little (``keyword`` is undocumented for tables) it is read whole. Only when the titles leave a
    choice between tables is each one's list of years read, one request more a table.

    Args:
        client: Of the WebAPI.
        domain: ``3529``.
        pins: ``var`` ids that the operator chose, by measure; they win over every rule.
        base_year: Of the constant prices wanted; tables that name another base are left out.
        shown: Tables that the catalogue shows, as the list of variables has them; where they suffice
            the list is not asked.

    Returns:
        What was found. Without a table for current or for constant prices the last problem says which
        tables about PDRB there are.

    Raises:
        SourceError: No usable answer.
    """
    chosen_by_hand = {m: v for m, v in (pins or {}).items() if m in labels.MEASURES}
    if shown:
        found = _choose(client, domain, shown, chosen_by_hand, base_year)
        if all(measure in found.series for measure in REQUIRED):
            return found
    rows: Sequence[Mapping[str, Any]]
    rows, whole = _by_keyword(client, domain)
    found = _choose(client, domain, rows, chosen_by_hand, base_year)
    if not whole and any(measure not in found.series for measure in REQUIRED):
        rows = client.list_all("var", domain=domain)
        found = _choose(client, domain, rows, chosen_by_hand, base_year)
    missing = [m for m in REQUIRED if m not in found.series]
    if not missing:
        return found
    problems = (*found.problems, _none_fits(domain, missing, rows, base_year))
    return FoundSeries(domain, base_year, found.series, problems)


def listed_years(client: BpsClient, domain: str, var_id: int) -> tuple[int, ...]:
    """The years that BPS lists for a table, oldest first; listed is not yet filled.

    Raises:
        SourceError: No usable answer.
    """
    return _years_of(client.list_all("th", domain=domain, var=var_id))


def newest_listed_years(client: BpsClient, domain: str, var_id: int) -> tuple[int, ...]:
    """As :func:`listed_years`, but only the newest ten, in one request: BPS lists the newest first.

    Raises:
        SourceError: No usable answer.
    """
    return _years_of(client.list_start("th", domain=domain, var=var_id))


def _years_of(rows: Iterable[Mapping[str, Any]]) -> tuple[int, ...]:
    years = (labels.read_year(labels.clean(row.get("th", ""))) for row in rows)
    return tuple(sorted({year[0] for year in years if year}))


def _by_keyword(client: BpsClient, domain: str) -> tuple[list[dict[str, Any]], bool]:
    """The tables whose title has a keyword, and whether that is the whole list already."""
    rows: dict[str, dict[str, Any]] = {}
    for keyword in KEYWORDS:
        shown = client.list_all("var", domain=domain, keyword=keyword)
        for row in shown:
            rows.setdefault(str(row.get("var_id")), row)
        if any(keyword.lower() not in labels.clean(row.get("title", "")).lower() for row in shown):
            return list(rows.values()), True  # The keyword was ignored.
    return list(rows.values()), False


def _choose(
    client: BpsClient, domain: str, rows: Sequence[Mapping[str, Any]], pins: Mapping[str, int], base_year: int
) -> FoundSeries:
    candidates = [candidate for row in rows if (candidate := _read_row(row))]
    series: dict[str, Series] = {}
    problems: list[str] = []

    def years_of(var_id: int) -> tuple[int, ...]:
        try:
            return listed_years(client, domain, var_id)
        except SourceError as error:
            if error.retryable:  # Another table must not be chosen because of a moment's disturbance.
                raise
            return ()

    for measure in labels.MEASURES:
        if measure in pins:
            series[measure], doubts = _pinned(measure, pins[measure], rows, base_year)
            problems += doubts
            continue
        fitting = [candidate for candidate in candidates if measure in candidate.measures]
        chosen, problem = choose(measure, fitting, base_year, years_of)
        problems += problem
        if chosen is not None:
            series[measure] = chosen
    return FoundSeries(domain, base_year, series, tuple(dict.fromkeys(problems)))


def _read_row(row: Mapping[str, Any]) -> Candidate | None:
    title, var_id = labels.clean(row.get("title", "")), _number(row.get("var_id"))
    measures = labels.measures_of(title)
    if var_id is None or not measures:
        return None
    return Candidate(var_id, title, labels.clean(row.get("unit", "")), measures)


def _number(value: object) -> int | None:
    """The number of a table, which comes as a number or as text."""
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def _pinned(
    measure: str, var_id: int, rows: Sequence[Mapping[str, Any]], base_year: int
) -> tuple[Series, list[str]]:
    """The operator's table, and what looks wrong about it; it is taken all the same."""
    row = next((row for row in rows if _number(row.get("var_id")) == var_id), {})
    title = labels.clean(row.get("title", ""))
    doubts = []
    if title and measure not in labels.measures_of(title):
        doubts.append(f"judulnya tidak menyebut {labels.MEASURE_NAMES[measure]} menurut lapangan usaha")
    other = [year for year in labels.base_years_of(title) if year != base_year]
    if other and measure != "adhb":
        doubts.append(f"tahun dasarnya {other[0]}, bukan {base_year}")
    if title and labels.is_without_migas(title):
        doubts.append("migas tidak termasuk")
    problems = [
        f"Tabel {var_id} ({title}) dipilih operator (bps.pins) untuk {labels.MEASURE_NAMES[measure]}, "
        f"tetapi {doubt}."
        for doubt in doubts
    ]
    reason = "dipilih operator di data instansi (pins)"
    unit = labels.clean(row.get("unit", ""))
    return Series(measure, var_id, title, unit, reason, pinned=True), problems


def _none_fits(domain: str, missing: list[str], rows: Sequence[Mapping[str, Any]], base_year: int) -> str:
    titles = ((row.get("var_id"), labels.clean(row.get("title", ""))) for row in rows)
    seen = [f"{var_id} {title!r}" for var_id, title in titles if labels.is_pdrb(title)]
    wanted = " dan ".join(labels.MEASURE_NAMES[m] for m in missing)
    what = "; ".join(seen[:_SHOWN]) + (f"; dan {len(seen) - _SHOWN} lagi" if len(seen) > _SHOWN else "")
    return (
        f"Tabel {wanted} menurut lapangan usaha (tahun dasar {base_year}) tidak ditemukan pada wilayah "
        f"{domain} di BPS. "
        + (
            f"Tabel tentang PDRB yang ada: {what}."
            if seen
            else "Tidak ada satu pun tabel tentang PDRB di sana."
        )
    )
