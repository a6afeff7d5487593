"""The WebAPI as functions: lists read whole, data in windows of years."""

from __future__ import annotations

import logging
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from threading import Lock
from typing import Any
from urllib.parse import quote

from connectors.bps.answers import Answer, Kind, may_pass, read_answer
from connectors.bps.lists import MovedError, Page, collect, read_page
from connectors.web.pacing import Allowance
from connectors.web.refusals import is_challenge
from connectors.web.session import PoliteSession
from connectors.web.transport import Fetched
from core.errors import KeyRefusedError, SourceError, passing_error

logger = logging.getLogger(__name__)

NATIONAL = "0000"


class BpsClient:
    """Asks the WebAPI; the key goes with every request and comes out nowhere.

    Args:
        base_url: ``https://webapi.bps.go.id/v1/api``.
        key: Of the WebAPI.
        session: Made with the same key as its ``secret``.
        look_seconds: How long BPS may let a whole look wait, see :class:`Allowance`.
    """

    def __init__(
        self, base_url: str, key: str, session: PoliteSession, *, look_seconds: float = math.inf
    ) -> None:
        self._base = base_url.rstrip("/")
        self._key = key
        self._session = session
        self._look_seconds, self._allowance = look_seconds, Allowance(look_seconds)
        self._asked, self._count = 0, Lock()
        self._aside, self._answered = False, False
        self._refusal: KeyRefusedError | None = None

    def __repr__(self) -> str:
        return f"<BpsClient {self._base}>"

    @property
    def requests(self) -> int:
        """How many things were asked so far; asking one again after a failure is not counted."""
        return self._asked

    @property
    def out_of_time(self) -> bool:
        """Whether the look took as long as it may: whatever else is asked is refused here."""
        return self._allowance.left <= 0

    @property
    def refusal(self) -> KeyRefusedError | None:
        """That BPS refused the key; None once anything was answered with it, which proves it good."""
        return None if self._answered else self._refusal

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Ask a side channel: when it refuses the key, the session still asks others with it."""
        self._aside = True
        try:
            yield
        finally:
            self._aside = False

    def sharing(self) -> BpsClient:
        """Another client over the same session, with a count and a time of its own."""
        return BpsClient(self._base, self._key, self._session, look_seconds=self._look_seconds)

    @contextmanager
    def at_most(self, share: float) -> Iterator[None]:
        """Leave some time for what comes after: all that is asked within has this share of what is left."""
        whole = self._allowance
        self._allowance = part = Allowance(whole.left * share)
        try:
            yield
        finally:
            self._allowance = whole
            whole.spend(part.spent)

    def ask(self, path: str, **params: str | int) -> Answer:
        """Ask for ``path`` (``list``, ``view``, ``domain``) with ``params``.

        Raises:
            SourceError: No usable answer.
            OutOfTimeError: The look took too long.
        """
        return self._get(path, {**params, "key": self._key})

    def ask_path(self, *segments: str | int) -> Answer:
        """Ask with everything in the path: ``…/id/23/wilayah/3529000/key/…``.

        SIMDASI needs it so: asked with a query, BPS's firewall answers in its place.

        Raises:
            SourceError: No usable answer.
        """
        return self._get("/".join(quote(str(s), safe="") for s in (*segments, "key", self._key)), None)

    def _get(self, path: str, params: Mapping[str, str | int] | None) -> Answer:
        if not self._key:
            raise SourceError(
                "Kunci WebAPI BPS belum diisi.",
                todo="minta kunci di https://webapi.bps.go.id dan isikan pada LKJIP_BPS_KEY.",
            )
        with self._count:
            self._asked += 1
        fetched = self._session.get(
            f"{self._base}/{path}",
            params,
            retry_if=may_pass,
            give_up_if=is_challenge,
            allowance=self._allowance,
        )
        try:
            answer = read_answer(fetched)
        except KeyRefusedError as error:
            self._refusal = error
            if not self._aside:
                self._session.circuit.refuse_key()
            raise
        self._answered = True
        return answer

    def list_all(self, model: str, **params: str | int) -> list[dict[str, Any]]:
        """Every row of a list, each once.

        A list that moves while it is read (its total changes, rows come twice or are missing) is read
        again once from its beginning. Pages are asked for at once as far as the session allows.

        Args:
            model: Of the WebAPI.
            params: Of the request; ``perpage`` helps with ``tablestatistic`` only, BPS ignores it
                elsewhere.

        Returns:
            The rows as they came; none when BPS says that there are none.

        Raises:
            SourceError: No usable answer, or the list keeps moving.
        """

        def read(page: int) -> Page | None:
            return read_page(model, self.ask("list", model=model, **params, page=page))

        def read_many(pages: range) -> Iterable[Page | None]:
            return self._overlapping(read, pages)

        try:
            return collect(model, read, read_many)
        except MovedError as moved:
            logger.info("Daftar %r di BPS berubah selagi dibaca (%s); dibaca sekali lagi.", model, moved)
        try:
            return collect(model, read, read_many)
        except MovedError as moved:
            raise passing_error(
                f"Daftar {model!r} di BPS berubah selagi dibaca, dua kali berturut-turut: {moved}."
            ) from None

    def list_start(self, model: str, **params: str | int) -> list[dict[str, Any]]:
        """The first page of a list alone, in one request.

        Raises:
            SourceError: No usable answer.
        """
        page = read_page(model, self.ask("list", model=model, **params, page=1))
        return list(page.rows) if page else []

    def _overlapping(self, read: Callable[[int], Page | None], pages: Sequence[int]) -> Iterator[Page | None]:
        """Pages in order; as many as the session allows are under way at once."""
        at_once = min(self._session.concurrency, len(pages))
        if at_once <= 1:
            yield from map(read, pages)
            return
        following = iter(pages)
        with ThreadPoolExecutor(at_once, thread_name_prefix="bps-pages") as threads:
            # A few ahead, not all: when the list turns out to have moved the rest is not asked for.
            asked = deque(threads.submit(read, page) for page in islice(following, 2 * at_once))
            while asked:
                page = asked.popleft().result()
                asked.extend(threads.submit(read, number) for number in islice(following, 1))
                yield page

    def data(self, domain: str, var_id: int, years: Iterable[int]) -> list[Answer]:
        """The dynamic table ``var_id`` for ``years``, in as few calls as BPS allows.

        At most 2 years a call for a regency or province and 3 for the nation; where even that is
        too large (``null``), one by one. Windows run from the oldest year on, so that a new year
        only changes the last one.

        Returns:
            The answers that hold data, oldest first.

        Raises:
            SourceError: No usable answer, or one year alone is too large.
        """
        wanted = sorted(set(years))
        size = 3 if domain == NATIONAL else 2
        answers: list[Answer] = []
        for start in range(0, len(wanted), size):
            window = wanted[start : start + size]
            answers += self._window(domain, var_id, window)
        return answers

    def _window(self, domain: str, var_id: int, window: list[int]) -> list[Answer]:
        th = ";".join(str(year - 1900) for year in window)
        answer = self.ask("list", model="data", domain=domain, var=var_id, th=th)
        if answer.kind is Kind.OK:
            return [answer]
        if answer.kind is Kind.NOT_AVAILABLE:
            return []
        if len(window) == 1:
            raise SourceError(
                f"Tabel {var_id} tahun {window[0]} terlalu besar untuk diberikan BPS sekaligus.",
                todo="laporkan kepada pembuat program.",
            )
        return [part for year in window for part in self._window(domain, var_id, [year])]

    def domains(self) -> list[dict[str, Any]]:
        """Every region with its code, name and site."""
        page = read_page("domain", self.ask("domain", type="all"))
        return list(page.rows) if page else []


def snapshots(answers: Iterable[Answer]) -> tuple[Fetched, ...]:
    """The bytes behind ``answers``."""
    return tuple(answer.fetched for answer in answers)
