"""Taking in Siskaperbapo's prices day by day: each day is kept by itself, so a stop loses one at most."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from connectors.prices.siskaperbapo.client import WHOLE_REGION, DayTable, Market, SiskaperbapoClient
from connectors.web.session import PoliteSession
from core.dates import format_date, format_time
from core.errors import AgencyDataError, LkjipError, NothingFoundError, SettingsError, SourceError
from core.numbers import format_number
from jobs.prices.days import days_to_read
from jobs.prices.keep import keep_day_table
from jobs.prices.session import open_siskaperbapo
from jobs.prices.sources import SISKAPERBAPO
from jobs.workspace import Workspace, one_at_a_time
from models.prices.readings import days_read, known_markets, last_read
from models.session import open_session

FAILURES_IN_A_ROW = 3
"""After so many days that failed one after the other a market is left for the next run."""
EMPTY_IN_A_ROW = 14
"""After so many days without any table the archive of a market is taken to begin later."""

Progress = Callable[[int, int, str], None]
"""Called with how many days are done, of how many, and which was the last: ``Pasar Anom, 3 Juli 2023``."""


@dataclass(frozen=True)
class MarketIntake:
    """What was read of one market.

    Attributes:
        days: Days that were read and kept.
        first, last: The first and last of them; None when there were none.
        new, changed: Prices stored for the first time, and those that differ from the reading before.
        unread: What stood where a price should stand, with its day and place, in Indonesian.
        problems: What went wrong, in Indonesian.
    """

    name: str
    days: int = 0
    first: date | None = None
    last: date | None = None
    new: int = 0
    changed: int = 0
    unread: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def as_row(self) -> dict[str, str]:
        """For a table on a screen."""
        span = (
            f"{format_date(self.first)} - {format_date(self.last)}"
            if self.first and self.last
            else "tidak ada"
        )
        return {
            "Pasar": self.name,
            "Hari dibaca": format_number(self.days),
            "Dari - sampai": span,
            "Harga baru": format_number(self.new),
            "Harga berubah": format_number(self.changed),
            "Tidak terbaca": format_number(len(self.unread)),
            "Masalah": self.problems[0] if self.problems else "tidak ada",
        }


@dataclass(frozen=True)
class PriceIntake:
    """What a run took in.

    Attributes:
        markets: In the order of the source's list.
        problems: Of the source as a whole, in Indonesian.
        requests: How many were sent.
    """

    markets: tuple[MarketIntake, ...]
    problems: tuple[str, ...] = ()
    requests: int = 0

    @property
    def days(self) -> int:
        """Days of markets that were read."""
        return sum(market.days for market in self.markets)

    @property
    def news(self) -> bool:
        """Whether any price is new or changed."""
        return any(market.new or market.changed for market in self.markets)

    @property
    def failed(self) -> bool:
        """Whether the source gave nothing that was asked for."""
        asked = bool(self.problems) or any(market.problems for market in self.markets)
        return asked and not self.days

    @property
    def message(self) -> str:
        """One sentence for the office."""
        if not self.markets:
            return "Harga Siskaperbapo tidak terbaca." if self.problems else ""
        new, changed = sum(m.new for m in self.markets), sum(m.changed for m in self.markets)
        return (
            f"Siskaperbapo: {format_number(self.days)} hari dari {format_number(len(self.markets))} pasar "
            f"dibaca; {format_number(new)} harga baru, {format_number(changed)} berubah."
        )

    @property
    def remarks(self) -> tuple[str, ...]:
        """Everything a person should know, in Indonesian."""
        of_markets = [f"{m.name}: {line}" for m in self.markets for line in (*m.problems, *m.unread)]
        return (*self.problems, *of_markets)

    def as_text(self) -> str:
        """For people."""
        lines = [self.message]
        for market in self.markets:
            row = market.as_row()
            lines.append(
                f"  {market.name}: {row['Hari dibaca']} hari ({row['Dari - sampai']}), "
                f"{row['Harga baru']} harga baru, {row['Harga berubah']} berubah"
            )
        return "\n".join([*lines, *(f"Perhatian: {remark}" for remark in self.remarks)])

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        markets = []
        for market in self.markets:
            days = {name: day.isoformat() if day else "" for name, day in _span(market).items()}
            markets.append({**asdict(market), **days})
        return {
            "news": self.news,
            "message": self.message,
            "requests": self.requests,
            "markets": markets,
            "problems": list(self.problems),
        }


def take_in_prices(
    workspace: Workspace,
    *,
    first: date | None = None,
    last: date | None = None,
    now: bool = False,
    progress: Progress = lambda done, of, label: None,
) -> PriceIntake:
    """Read the days of the office's region that are due, and keep each as it comes.

    Args:
        workspace: Whose region, year and database.
        first: Of the period; left out, 1 January of the reporting year.
        last: Of the period; left out, 31 December of that year. Days to come are never read.
        now: Try once although the site is left alone after failures: a person asks for it.
        progress: Is told each day that is done.

    Raises:
        AgencyDataError: The office reads no prices from Siskaperbapo.
        SettingsError: The first day comes after the last.
        StorageError: The database cannot be used; days kept before stay.
    """
    prices, year = workspace.agency.prices, workspace.year
    if prices is None or not prices.siskaperbapo:
        raise AgencyDataError(
            "Kantor ini tidak menyebut wilayah Siskaperbapo.",
            todo="isi siskaperbapo di prices.yaml instansi, misalnya sumenepkab.",
        )
    period = first or date(year, 1, 1), last or date(year, 12, 31)
    if period[0] > period[1]:
        raise SettingsError(
            f"Hari pertama {format_date(period[0])} sesudah hari terakhir {format_date(period[1])}.",
            todo="periksa --first dan --last; yang tidak ditulis berarti awal dan akhir tahun anggaran.",
        )
    try:
        with (
            one_at_a_time(workspace.settings.home / ".harga-siskaperbapo.kunci"),
            open_siskaperbapo(workspace, now=now) as (client, session),
        ):
            return _Intake(workspace, client, session, prices.siskaperbapo, period, progress).run()
    except SettingsError as error:  # its address is empty: the other sources are none the worse for it
        return PriceIntake((), (str(error),))


@dataclass
class _Intake:
    """One run: the client and the place that it fills."""

    workspace: Workspace
    client: SiskaperbapoClient
    session: PoliteSession
    region: str
    period: tuple[date, date]
    progress: Progress
    done: int = 0
    of: int = 0

    def run(self) -> PriceIntake:
        problems: list[str] = []
        try:
            markets = self.client.markets(self.region).markets
        except NothingFoundError as error:
            markets = self._known_markets() or (WHOLE_REGION,)
            problems.append(str(error))
        except SourceError as error:
            markets = self._known_markets()
            problems += [str(error), self._age()]
        due = [(market, self._due(market)) for market in markets]
        self.of = sum(len(days) for _, days in due)
        taken = tuple(self._take_market(market, days) for market, days in due)
        return PriceIntake(taken, tuple(problems), self.session.sent)

    def _known_markets(self) -> tuple[Market, ...]:
        with open_session(self.workspace.engine, read_only=True) as session:
            return tuple(Market(*row) for row in known_markets(session, SISKAPERBAPO, self.region).items())

    def _age(self) -> str:
        with open_session(self.workspace.engine, read_only=True) as session:
            read_at = last_read(session, SISKAPERBAPO, self.region)
        if read_at is None:
            return "Belum pernah ada harga Siskaperbapo yang terbaca."
        days = (self.workspace.settings.current_time() - read_at).days
        return (
            f"Harga yang tersimpan tetap dipakai; terakhir dibaca {format_time(read_at)}, {days} hari lalu."
        )

    def _due(self, market: Market) -> list[date]:
        with open_session(self.workspace.engine, read_only=True) as session:
            known = days_read(session, SISKAPERBAPO, self.region, market.id)
        return days_to_read(known, *self.period, self.workspace.settings.current_day())

    def _take_market(self, market: Market, days: Sequence[date]) -> MarketIntake:
        name = market.name or f"rata-rata {self.region}"
        read: list[date] = []
        new = changed = 0
        unread: list[str] = []
        problems: list[str] = []
        for day, table in self._read(market, days, problems):
            kept = keep_day_table(self.workspace, table)
            new, changed = new + kept.stored.new, changed + kept.stored.changed
            read.append(day)
            unread += [f"{format_date(day)}, {entry.place}: {entry.message}" for entry in kept.unread]
            self._report(name, day)
        first, last = min(read, default=None), max(read, default=None)
        return MarketIntake(name, len(read), first, last, new, changed, tuple(unread), tuple(problems))

    def _read(
        self, market: Market, days: Sequence[date], problems: list[str]
    ) -> Iterator[tuple[date, DayTable]]:
        """The tables as they come; a day that fails is noted, and after some in a row the market is left."""
        failed = empty = 0
        for count, day in enumerate(days):
            try:
                table = self.client.read_day(self.region, market, day)
            except NothingFoundError:
                empty += 1
                self._report(market.name, day)
                if empty == EMPTY_IN_A_ROW:
                    problems.append(
                        f"{EMPTY_IN_A_ROW} hari berturut-turut sampai {format_date(day)} kosong; hari "
                        "sebelumnya tidak dibaca. Bila arsipnya ada, jalankan lkjip prices pull --last."
                    )
                    self._skip(len(days) - count - 1)
                    return
            except LkjipError as error:
                failed += 1
                problems.append(f"{format_date(day)}: {error}")
                if failed == FAILURES_IN_A_ROW or self.session.opened_until is not None:
                    problems.append(f"{format_number(len(days) - count)} hari dibaca pada jadwal berikut.")
                    self._skip(len(days) - count)
                    return
                self._report(market.name, day)
            else:
                failed = empty = 0
                yield day, table

    def _report(self, name: str, day: date) -> None:
        self.done += 1
        self.progress(self.done, self.of, f"{name}, {format_date(day)}")

    def _skip(self, days: int) -> None:
        self.of -= days


def _span(market: MarketIntake) -> dict[str, date | None]:
    return {"first": market.first, "last": market.last}
