"""One look at BPS over many regions: several at a time within the limits, each with a result of its own.

A region that fails stops no other. What a region gave is kept as soon as it is there, so that memory
does not grow with their number and an interrupted run loses only the regions under way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from connectors.bps import BpsClient
from core.errors import LkjipError, SettingsError
from jobs.bps.keep import PollResult, keep_failure, keep_look
from jobs.bps.poll import Look, look_at_region, own_target
from jobs.bps.session import open_client
from jobs.bps.watch import Target
from jobs.workspace import Workspace
from models.bps.tables import PollOutcome

ALL = "semua"
WORDS = {
    PollOutcome.NO_NEWS: "tidak ada yang baru",
    PollOutcome.RELEASED: "rilis baru",
    PollOutcome.REVISED: "direvisi",
    PollOutcome.FAILED: "gagal",
}


@dataclass(frozen=True)
class DomainResult:
    """How the look at one region ended."""

    domain: str
    name: str
    result: PollResult

    def as_row(self) -> dict[str, str]:
        """For a table on a screen."""
        return {
            "Wilayah": f"{self.domain} {self.name}".strip(),
            "Hasil": WORDS[self.result.outcome],
            "Permintaan": str(self.result.requests),
            "Keterangan": " ".join([self.result.message, *self.result.problems[:1]]),
        }


@dataclass(frozen=True)
class ManyResults:
    """The results of all regions, in the order in which they were asked for."""

    results: tuple[DomainResult, ...]

    def count(self, outcome: PollOutcome) -> int:
        """How many ended so."""
        return sum(r.result.outcome is outcome for r in self.results)

    @property
    def failed(self) -> tuple[DomainResult, ...]:
        """The regions whose look failed."""
        return tuple(r for r in self.results if r.result.outcome is PollOutcome.FAILED)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        rows = [{"domain": r.domain, "name": r.name, **r.result.as_dict()} for r in self.results]
        return {"domains": rows, "counts": {o.value: self.count(o) for o in PollOutcome}}

    def summary(self) -> str:
        """One sentence."""
        counts = [f"{WORDS[o]} {self.count(o)}" for o in PollOutcome if self.count(o)]
        return f"{len(self.results)} wilayah diperiksa: {', '.join(counts) or 'tidak ada'}."

    def as_text(self) -> str:
        """For people: a line a region that has something to tell, then the sum."""
        told = [r for r in self.results if r.result.outcome is not PollOutcome.NO_NEWS]
        lines = [f"{r.domain} {r.name}: {r.result.message}" for r in told]
        return "\n".join([*lines, self.summary()])


def choose_domains(workspace: Workspace, wanted: str, *, now: bool = False) -> dict[str, str]:
    """Which regions are meant, with their names.

    Args:
        workspace: For asking BPS.
        wanted: Codes of four digits, of two digits (a province with all its regencies), or ``semua``
            (every regency of the country); several with commas.
        now: As for :func:`jobs.bps.poll.poll_bps`; where BPS answers, the looks that follow pass too.

    Raises:
        SettingsError: A word is none of these, or BPS knows no such region.
        SourceError: BPS's list of regions cannot be read.
    """
    words = [word.strip() for word in wanted.split(",") if word.strip()]
    wrong = [w for w in words if w != ALL and not (w.isdecimal() and len(w) in (2, 4))]
    if wrong or not words:
        raise SettingsError(
            f"Wilayah {', '.join(wrong) or wanted!r} tidak dikenal.",
            todo="tulis kode empat angka (3529), dua angka untuk seluruh kabupaten/kota sebuah provinsi "
            f"(35), atau {ALL}; beberapa dipisah koma.",
        )
    with open_client(workspace, now=now) as client:
        names = {str(r.get("domain_id")): str(r.get("domain_name", "")) for r in client.domains()}
    regencies = [code for code in names if len(code) == 4 and not code.endswith("00")]
    chosen: dict[str, str] = {}
    for word in words:
        codes = [c for c in regencies if word == ALL or c.startswith(word)] if word not in names else [word]
        if not codes:
            raise SettingsError(
                f"BPS tidak mengenal wilayah {word}.",
                todo="periksa kodenya; daftar wilayah ada di laman WebAPI BPS.",
            )
        chosen.update({code: names.get(code, "") for code in codes})
    return chosen


def poll_domains(
    workspace: Workspace,
    domains: dict[str, str],
    *,
    concurrency: int = 0,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> ManyResults:
    """Look at every region; see the module's words on failures and memory.

    Args:
        workspace: Whose database, key and limits are used; its pins count for its own region only.
        domains: Codes and names.
        concurrency: Regions at a time; that of the settings when 0.
        progress: Told how many of how many are done.
    """
    at_once = concurrency or workspace.settings.bps_concurrency
    results: dict[str, DomainResult] = {}
    with open_client(workspace, concurrency=at_once) as client:
        for target, look, requests in _looks(workspace, client, list(domains), at_once):
            result = _keep(workspace, target, look, requests)
            results[target.domain] = DomainResult(target.domain, domains[target.domain], result)
            progress(len(results), len(domains))
    return ManyResults(tuple(results[domain] for domain in domains))


def _keep(workspace: Workspace, target: Target, look: Look | LkjipError, requests: int) -> PollResult:
    if isinstance(look, LkjipError):
        return keep_failure(workspace, target, look, requests)
    return keep_look(workspace, *look)


def _looks(
    workspace: Workspace, client: BpsClient, domains: Sequence[str], at_once: int
) -> Iterator[tuple[Target, Look | LkjipError, int]]:
    """The looks and their requests as they end, never more of them in memory than are under way."""
    waiting: Iterable[str] = iter(domains)
    running: dict[Future[Look], tuple[Target, BpsClient]] = {}
    with ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="wilayah") as pool:
        while True:
            for domain in waiting:
                target, own = _target(workspace, domain), client.sharing()
                running[pool.submit(look_at_region, workspace, own, target)] = target, own
                if len(running) >= at_once:
                    break
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                target, own = running.pop(future)
                try:
                    look: Look | LkjipError = future.result()
                except LkjipError as error:
                    look = error
                yield target, look, own.requests


def _target(workspace: Workspace, domain: str) -> Target:
    own = own_target(workspace)
    return own if domain == own.domain else Target(domain, own.year, own.base_year)
