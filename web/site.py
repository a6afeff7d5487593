"""What every page works with: the settings, the database, the offices and the clock."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from threading import Lock, Thread
from time import monotonic

from sqlalchemy import Engine

from core import dates
from core.settings import Settings
from jobs.offices import served_offices
from jobs.shared_offices import bring_offices
from jobs.workspace import Workspace

_KEPT = 64
"""Offices and years whose data stay in memory, each some hundred kilobytes."""
_RENEWED_EVERY = 15.0
"""Seconds after which the store is asked again for changed offices."""
_Signature = tuple[tuple[str, int, int], ...]


class Site:
    """One installation, as long as its page is served.

    Attributes:
        clock: The present moment, for sessions, links and tries; what is told of an office goes by the
            clock of its settings.
    """

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = dates.now) -> None:
        self.settings, self.clock = settings, clock
        self._base = Workspace(settings)
        self.engine: Engine = self._base.engine
        self._known: OrderedDict[tuple[Path, int], tuple[_Signature, Workspace]] = OrderedDict()
        self._lock = Lock()
        self._renewed = float("-inf")

    @property
    def secure(self) -> bool:
        """Whether people reach the page by https."""
        return self.settings.page_address.startswith("https://")

    def offices(self) -> dict[str, Path]:
        """The folder of each office by its id."""
        self._renew()
        return served_offices(self.settings)

    def _renew(self) -> None:
        """With a store, see now and then whether another machine changed an office; nobody waits for it."""
        with self._lock:
            if not self.settings.store or monotonic() - self._renewed < _RENEWED_EVERY:
                return
            self._renewed = monotonic()
        Thread(target=bring_offices, args=(self.settings,), daemon=True).start()

    def workspace(self, folder: Path) -> Workspace:
        """The office of a folder; which years it has is read anew each time."""
        return self._base.of_office(folder)

    def year(self, folder: Path, year: int) -> Workspace:
        """An office in a year; its data are read again only when one of its files changed."""
        key, signature = (folder, year), tuple(_sign(folder, year))
        with self._lock:
            known = self._known.pop(key, None)
            if known is None or known[0] != signature:
                known = (signature, self.workspace(folder).of_year(year))
            self._known[key] = known
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return known[1]


def _sign(folder: Path, year: int) -> Iterator[tuple[str, int, int]]:
    """Name, time and size of every file that a year's data are read from."""
    for path in (folder / "office.yaml", *sorted((folder / str(year)).rglob("*"))):
        state = path.stat()
        yield str(path), state.st_mtime_ns, state.st_size
