"""Keeping what was read of a day: its bytes, series, prices and a note of the day; all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from connectors.prices.quotes import Quote, Unread
from connectors.prices.siskaperbapo.client import DayTable
from core.numbers import format_number
from jobs.answers import keep_answer
from jobs.prices.sources import SISKAPERBAPO
from jobs.workspace import Workspace
from models.prices.readings import SeriesKey, Stored, record_day, series_ids, store_prices
from models.session import open_session


@dataclass(frozen=True)
class Kept:
    """What keeping did.

    Attributes:
        unread: What could not be kept as a price, the source's own and contradictions.
    """

    stored: Stored
    unread: tuple[Unread, ...]


def keep_day_table(workspace: Workspace, table: DayTable) -> Kept:
    """Keep Siskaperbapo's table of a market and day in one transaction.

    With the prices a power cut would lose the note that the day was read, so it is read again.
    """
    quotes, contradictions = without_contradictions(table.quotes.quotes)
    unread = (*table.quotes.unread, *contradictions)
    with open_session(workspace.engine, repeatable=True) as session:
        fetch_id = keep_answer(session, SISKAPERBAPO, table.fetched)
        stored = keep_quotes(session, SISKAPERBAPO, table.region, quotes, fetch_id)
        record_day(
            session,
            source=SISKAPERBAPO,
            region=table.region,
            market=table.market.id,
            day=table.day,
            fetch_id=fetch_id,
            read_at=workspace.settings.current_time(),
            rows=len(table.quotes.quotes),
            observed=len(quotes),
            unread=[asdict(entry) for entry in unread],
        )
    return Kept(stored, unread)


def keep_quotes(session: Session, source: str, region: str, quotes: Sequence[Quote], fetch_id: int) -> Stored:
    """Keep the quotes that have a price; none of them may contradict another."""
    keys = [_key(source, region, quote) for quote in quotes]
    ids = series_ids(session, keys)
    rows: dict[tuple[int, date], Decimal] = {}
    for key, quote in zip(keys, quotes, strict=True):
        if quote.price is not None:
            rows[ids[key], quote.day] = quote.price
    return store_prices(session, [(number, day, price, fetch_id) for (number, day), price in rows.items()])


def without_contradictions(quotes: Sequence[Quote]) -> tuple[list[Quote], list[Unread]]:
    """The quotes with a price, and those that give several for one day, of which none is taken."""
    by_place: dict[tuple[str, str, str, str, date], list[Quote]] = {}
    for quote in quotes:
        if quote.price is not None:
            place = quote.item, quote.name, quote.unit, quote.market, quote.day
            by_place.setdefault(place, []).append(quote)
    good, contradictions = [], []
    for found in by_place.values():
        prices = {quote.price for quote in found if quote.price is not None}
        if len(prices) == 1:
            good.append(found[0])
            continue
        shown = " dan ".join(format_number(price, 2, trim=True) for price in sorted(prices))
        contradictions.append(
            Unread(
                ", ".join(quote.place for quote in found if quote.place),
                shown,
                f"{found[0].name} ({found[0].unit}) disebut dengan harga berbeda: {shown}; tidak ada yang "
                "dipakai, seharusnya satu harga.",
            )
        )
    return good, contradictions


def _key(source: str, region: str, quote: Quote) -> SeriesKey:
    return SeriesKey(
        source,
        region,
        quote.market,
        quote.market_name,
        quote.item,
        quote.name,
        quote.unit,
        quote.illustrative,
    )
