"""The supervisor with our parts below it: it says in Indonesian what happens to each of them.

Starting, ending and starting again is the supervisor's own; here its events are told, the order of the
start is kept, and what a part leaves behind is ended.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from supervisor import events
from supervisor.medusa import asyncore_25 as asyncore
from supervisor.options import ServerOptions
from supervisor.supervisord import Supervisor

from jobs.health.serving.parts import Part


class Supervised(Supervisor):  # type: ignore[misc]
    """Keeps the parts running until it is told to end by SIGTERM, SIGINT or SIGHUP.

    Args:
        file: The supervisor's settings.
        parts: What stands in them.
        say: Told each thing that happens.
        ready: Called once when all parts have been started; told whether what runs once had succeeded.
        let_runs_end: Called when the part that starts runs is to end, and is held so that it starts none.
    """

    def __init__(
        self,
        file: Path,
        parts: Sequence[Part],
        say: Callable[[str], None],
        *,
        logs: Path,
        ready: Callable[[bool], None],
        let_runs_end: Callable[[], None],
    ) -> None:
        options = ServerOptions()
        options.realize(["-c", str(file)], doc="")
        options.first, options.test = True, False
        super().__init__(options)
        self._parts = {part.name: part for part in parts}
        self._say, self._logs = say, logs
        self._ready, self._let_runs_end = ready, let_runs_end
        self._begun: set[str] = set()
        self._fallen: set[str] = set()

    def keep_running(self) -> None:
        """Start the parts; returns when all have ended."""
        with suppress(asyncore.ExitNow):
            self.main()
        self.options.close_httpservers()
        self.options.close_logger()

    def runforever(self) -> None:
        """The supervisor's own loop, with somebody who listens."""
        events.subscribe(events.ProcessStateEvent, self._heard)
        events.subscribe(events.SupervisorStoppingEvent, lambda _: self._say("Menghentikan semuanya …"))
        super().runforever()

    def _heard(self, event: Any) -> None:
        process = event.process
        part = self._parts[process.config.name]
        match event:
            case events.ProcessStateStartingEvent():
                self._tell_start(part)
            case events.ProcessStateRunningEvent() if part.name in self._fallen:
                self._fallen.discard(part.name)
                self._say(f"{part.title}: berjalan lagi.")
            case events.ProcessStateExitedEvent() if part.once:
                log = self._logs / f"{part.name}.log"
                how = "selesai." if event.expected else f"gagal, dicoba lagi. Catatannya: {log}"
                self._say(f"{part.title}: {how}")
                self._after_once(succeeded=event.expected)
            case events.ProcessStateExitedEvent() if not event.expected:
                self._tell_fall(part, "berakhir tanpa diminta; dimulai lagi", process.pid)
            case events.ProcessStateBackoffEvent():
                tries = process.backoff
                self._tell_fall(part, f"tidak bertahan (kali ke-{tries}); dicoba lagi", process.pid)
            case events.ProcessStateStoppingEvent() if part.starts_runs:
                # Held and not yet ended: a run that writes to a worker that is gone crashes.
                with suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGSTOP)
                self._let_runs_end()
            case events.ProcessStateStoppedEvent():
                self._say(f"{part.title}: berhenti.")

    def _tell_start(self, part: Part) -> None:
        if part.name not in self._begun:
            self._begun.add(part.name)
            self._say(f"{part.title}: {part.told}")

    def _tell_fall(self, part: Part, what: str, process: int) -> None:
        self._fallen.add(part.name)
        self._say(f"{part.title}: {what}. Catatannya: {self._logs / part.name}.log")
        if process:
            with suppress(OSError):  # what it started and has not ended would hold its place
                os.killpg(process, signal.SIGKILL)

    def _after_once(self, *, succeeded: bool) -> None:
        """Start what waits for the schedule, the first time that this was tried."""
        waiting = [part.name for part in self._parts.values() if part.waits and part.name not in self._begun]
        if not waiting:
            return
        for name in waiting:
            self.process_groups[name].processes[name].spawn()
        self._ready(succeeded)
