"""A command killed at one point after the other, and what came of each kill."""

from __future__ import annotations

import shutil
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any

from core.settings import load_settings
from jobs.workspace import Workspace
from standins.bps import BpsStandin
from tests.jobs.given.days import JANUARY, RELEASE_DAY
from tests.jobs.given.mail_server import GOOD, ScriptedServer, Talk
from tests.kills.given.databases import Database, database
from tests.kills.given.points import MAIL_SENT, RECORDED, chosen
from tests.kills.given.state import State, clear_as_a_day_later, read_state, unverified
from tests.kills.given.stories import Story, story
from tests.kills.given.victims import Ended, Victims, victims

RECIPIENTS = "kepala@dkupp.example, inspektorat@sumenep.example"


@dataclass
class Swept:
    """What came of killing a command.

    Attributes:
        points: How many it passes.
        tried: How many kills were tried.
        killed: How many came about.
        window: How many of them fell between the mail that was sent and the commit of that.
        doubles: Mails that came twice after a kill in that window.
        faults: Everything else that was not as if nobody had been killed, by the point.
    """

    points: int
    tried: int = 0
    killed: int = 0
    window: int = 0
    doubles: int = 0
    faults: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class _Trial:
    """A place where one victim after the other works on the same things."""

    home: Path
    given: Path
    database: Database
    victims: Victims
    story: Story
    settings: dict[str, Any]

    def renew(self) -> None:
        shutil.rmtree(self.victims.root)
        shutil.copytree(self.given, self.victims.root, symlinks=True)
        self.database.renew()

    def run(self, mail: ScriptedServer, kill_at: int = 0) -> Ended:
        return self.victims.run({**self.settings, "smtp_url": mail.url}, self.story.commands, kill_at)

    def workspace(self) -> Workspace:
        return Workspace(load_settings(**self.settings))

    def state(self) -> State:
        workspace = self.workspace()
        clear_as_a_day_later(workspace.settings, self.victims.temporary)
        try:
            return read_state(workspace, self.victims.root)
        finally:
            workspace.engine.dispose()

    def broken(self) -> list[str]:
        workspace = self.workspace()
        try:
            return [*self.database.faults(self.home), *unverified(workspace)]
        finally:
            workspace.engine.dispose()


def sweep(command: str, kind: str, folder: Path, count: int) -> Swept:
    """Kill a command at its points, let it run again each time, and compare with one that never was.

    Args:
        command: One of :data:`tests.kills.given.stories.NAMES`.
        kind: ``SQLite`` or ``PostgreSQL``.
        folder: Empty; for the office's things.
        count: At so many points at least, where there are; see :func:`tests.kills.given.points.chosen`.
    """
    with ExitStack() as opened:
        root = folder / "kantor"
        home = root / "kerja"
        base = opened.enter_context(database(kind))
        forks = opened.enter_context(victims(root, folder / "keluaran.txt"))
        bps = opened.enter_context(BpsStandin(today=JANUARY, release_date=RELEASE_DAY))
        told = story(command, home)
        settings = {
            "home": str(home), "database_url": base.url, "bps_url": bps.url, "bps_key": bps.key,
            "bps_requests_per_second": 1000.0, "mail_to": RECIPIENTS,
            "prefect_api_url": "http://127.0.0.1:1/api", **told.settings,
        }  # fmt: skip
        trial = _Trial(home, folder / "sebelum", base, forks, told, settings)
        with one_by_one() as mail:
            told.prepare(forks, {**settings, "smtp_url": mail.url}, bps)
        shutil.copytree(root, trial.given, symlinks=True)
        base.keep()
        return _sweep(trial, count)


def _sweep(trial: _Trial, count: int) -> Swept:
    trial.renew()
    with one_by_one() as mail:
        first = trial.run(mail)
        once = trial.state()
        second = trial.run(mail)
        expected, mails = (once, trial.state()), _ids(mail)
    codes = [{*both} for both in zip(first.codes, second.codes, strict=True)]
    swept = Swept(len(first.passed))
    for number in chosen(first.passed, count):
        trial.renew()
        swept.tried += 1
        with one_by_one() as mail:
            ended = trial.run(mail, number)
            swept.killed += ended.killed
            faults = [f"when killed: {fault}" for fault in trial.broken()] if ended.killed else []
            again = trial.run(mail)
        if any(code not in both for code, both in zip(again.codes, codes, strict=True)):
            faults.append(f"ended with {again.codes}, not {codes}")
        faults += trial.broken() + _strange(trial.state(), expected)
        in_window = _in_window(first.passed, number)
        swept.window += in_window
        doubles = _ids(mail) - mails
        swept.doubles += doubles.total() if in_window else 0
        faults += [f"{one} is lost" for one in mails - _ids(mail)]
        if doubles.total() > in_window:
            faults.append(f"came too often: {dict(doubles)}")
        if faults:
            swept.faults[f"{number} {first.passed[number - 1]}"] = faults
    return swept


def _strange(state: State, expected: Sequence[State]) -> list[str]:
    """What a state has otherwise than that of one run, or, where that is nearer, of two in a row.

    Killed before its work was committed, the command is run once in effect; killed after that, twice.
    """
    return min((state.differences(one) for one in expected), key=len)


def _in_window(passed: Sequence[str], number: int) -> bool:
    """Whether a mail was sent before that point whose recording was not committed yet."""
    before = list(reversed(passed[:number]))
    sent = next((place for place, what in enumerate(before) if what == MAIL_SENT), None)
    return sent is not None and RECORDED not in before[:sent]


def _ids(mail: ScriptedServer) -> Counter[str]:
    return Counter(str(message_from_bytes(content)["Message-ID"]) for _, content in mail.taken)


@contextmanager
def one_by_one() -> Iterator[ScriptedServer]:
    """A mail server that serves one after the other: who is served knows what came of all before."""
    script = ScriptedServer(dict(GOOD))
    with socketserver.TCPServer(("127.0.0.1", 0), Talk) as server:
        server.script = script  # type: ignore[attr-defined]
        server.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
        script.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield script
        finally:
            server.shutdown()
            thread.join()
