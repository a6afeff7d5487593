"""What every page works with: the settings, the database, the offices and the clock."""

from __future__ import annotations

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import Generic, TypeVar

from sqlalchemy import Engine

from core import dates
from core.settings import Settings
from jobs.offices import served_office, served_offices
from jobs.report.state.facts import YearFacts, read_facts
from jobs.store.offices import bring_offices
from jobs.workspace import Workspace

_KEPT = 32
"""Offices and years whose data stay in memory, each 300 to 550 KiB; to read one takes 10 to 15 ms."""
_KEPT_FACTS = 2048
"""Offices and years of which what the start page needs stays in memory, each some four KiB."""
_RENEWED_EVERY = 15.0
"""Seconds after which the store is asked again for changed offices."""
_What = TypeVar("_What")


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
        self._spaces: _Kept[Workspace] = _Kept(_KEPT)
        self._facts: _Kept[YearFacts] = _Kept(_KEPT_FACTS)
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

    def office(self, office: str) -> Path | None:
        """The folder of the office of that id; None where there is none."""
        self._renew()
        return served_office(self.settings, office)

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
        return self._year(folder, year, _sign(folder, year))

    def facts(self, folder: Path, year: int) -> YearFacts:
        """What its data say in short; they are read again only when one of its files changed."""
        signature = _sign(folder, year)
        facts = self._facts.find((folder, year), signature)
        if facts is None:
            facts = read_facts(self._year(folder, year, signature))
            if not facts.trouble:  # which may be over although no file of the year changed
                self._facts.keep((folder, year), signature, facts)
        return facts

    def _year(self, folder: Path, year: int, signature: bytes) -> Workspace:
        space = self._spaces.find((folder, year), signature)
        if space is None:
            space = self.workspace(folder).of_year(year)
            self._spaces.keep((folder, year), signature, space)
        return space


class _Kept(Generic[_What]):
    """What was read of offices and years, each as long as the files are those that it was read from."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[tuple[Path, int], tuple[bytes, _What]] = OrderedDict()
        self._lock = Lock()

    def find(self, of: tuple[Path, int], signature: bytes) -> _What | None:
        """What was read of an office and year from these very files; None where nothing was."""
        with self._lock:
            known = self._known.get(of)
            if known is None or known[0] != signature:
                return None
            self._known.move_to_end(of)
        return known[1]

    def keep(self, of: tuple[Path, int], signature: bytes, what: _What) -> None:
        """Keep what was read; what was not asked for longest goes."""
        with self._lock:
            self._known[of] = (signature, what)
            self._known.move_to_end(of)
            while len(self._known) > self._most:
                self._known.popitem(last=False)


def _sign(folder: Path, year: int) -> bytes:
    """A hash of name, times and size of every file that a year's data are read from, or refused for.

    The office's own folder belongs to it: a file of an older layout there makes every year unreadable.
    """
    files = (*_files(folder, deep=False), *_files(folder / str(year), deep=True))
    return hashlib.sha256(repr(files).encode("utf-8", "surrogateescape")).digest()


def _files(folder: str | Path, *, deep: bool) -> Iterator[tuple[str, int, int, int]]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return  # a year whose data are gone; its issues are not
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            if deep:
                yield from _files(entry.path, deep=True)
            continue
        try:
            state = entry.stat()
        except OSError:
            yield entry.path, 0, 0, 0
        else:
            yield entry.path, state.st_mtime_ns, state.st_ctime_ns, state.st_size
