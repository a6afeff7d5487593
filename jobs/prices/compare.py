"""The province's mean prices of SP2KP, one day a month, kept for comparison and never measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from connectors.prices.quotes import REGION
from connectors.prices.register import Recognised, load_register
from connectors.prices.sp2kp.client import ARCHIVE_STARTS, ProvincePrices, Sp2kpClient, Variant
from core.dates import format_date
from core.errors import SettingsError, SourceError
from core.numbers import format_number
from jobs.answers import keep_answer
from jobs.prices.keep import keep_quotes
from jobs.prices.session import open_sp2kp
from jobs.prices.sources import SP2KP
from jobs.workspace import Workspace, one_at_a_time
from models.prices.readings import Stored, days_read, record_day
from models.session import open_session
from office.prices import Prices

DAY_OF_MONTH = 15
"""The day that stands for its month; each one costs a request for every commodity."""


@dataclass(frozen=True)
class Comparison:
    """What was read for comparison.

    Attributes:
        days: Those that were read and kept.
        problems: What went wrong, in Indonesian.
    """

    days: tuple[date, ...] = ()
    new: int = 0
    problems: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """One sentence for the office; empty when there was nothing to read."""
        if not self.days:
            return ""
        return (
            f"SP2KP: rata-rata provinsi {format_number(len(self.days))} hari dibaca sebagai pembanding, "
            f"{format_number(self.new)} harga baru."
        )


def take_in_comparison(workspace: Workspace) -> Comparison:
    """Read the months of the reporting year that lack; a day is kept with all its commodities or not at all.

    An office that names no province, or a year before the archive, has nothing to read.

    Raises:
        StorageError: The database cannot be used.
    """
    prices, today = workspace.agency.prices, workspace.settings.current_day()
    if prices is None or not prices.sp2kp:
        return Comparison()
    with one_at_a_time(workspace.settings.home / ".harga-sp2kp.kunci"):
        due = _due(workspace, prices.sp2kp, today)
        if not due:
            return Comparison()
        try:
            with open_sp2kp(workspace) as client:
                return _read(workspace, client, prices.sp2kp, _variants(client, prices), due)
        except (SourceError, SettingsError) as error:
            return Comparison(problems=(str(error),))


def _due(workspace: Workspace, province: str, today: date) -> list[date]:
    """The days of the year that are over and not read, the newest first."""
    year = workspace.agency.year.year
    days = [date(year, month, DAY_OF_MONTH) for month in range(12, 0, -1)]
    with open_session(workspace.engine, read_only=True) as session:
        known = days_read(session, SP2KP, province, REGION)
    return [day for day in days if ARCHIVE_STARTS <= day < today and day not in known]


def _variants(client: Sp2kpClient, prices: Prices) -> list[Variant]:
    """Those of the service's commodities that the office counts."""
    register, chosen = load_register(), []
    for variant in client.variants().rows:
        found = register.recognise(SP2KP, variant.id, variant.name, variant.unit)
        if isinstance(found, Recognised) and found.commodity.id in prices.commodities:
            chosen.append(variant)
    return chosen


def _read(
    workspace: Workspace, client: Sp2kpClient, province: str, variants: Sequence[Variant], due: Sequence[date]
) -> Comparison:
    read: list[date] = []
    new = 0
    for day in due:
        try:
            answers = [client.province_prices(variant, day) for variant in variants]
        except SourceError as error:
            return Comparison(tuple(read), new, (f"SP2KP {format_date(day)}: {error}",))
        new += _keep(workspace, province, day, variants, answers).new
        read.append(day)
    return Comparison(tuple(read), new)


def _keep(
    workspace: Workspace,
    province: str,
    day: date,
    variants: Sequence[Variant],
    answers: Sequence[ProvincePrices],
) -> Stored:
    """Keep a day: the answer of each commodity with its price of the province."""
    new = changed = unchanged = fetch_id = observed = 0
    with open_session(workspace.engine) as session:
        for variant, answer in zip(variants, answers, strict=True):
            fetch_id = keep_answer(session, SP2KP, answer.fetched)
            quotes = [
                replace(quote, item=variant.id, name=variant.name, market=REGION)
                for quote in answer.of(province).quotes
            ]
            stored = keep_quotes(session, SP2KP, province, quotes, fetch_id)
            new, changed, unchanged = (
                new + stored.new,
                changed + stored.changed,
                unchanged + stored.unchanged,
            )
            observed += sum(quote.price is not None for quote in quotes)
        if variants:
            record_day(
                session,
                source=SP2KP,
                region=province,
                market=REGION,
                day=day,
                fetch_id=fetch_id,
                read_at=workspace.settings.current_time(),
                rows=len(variants),
                observed=observed,
                unread=[],
            )
    return Stored(new, changed, unchanged)
