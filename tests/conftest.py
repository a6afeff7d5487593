"""No test, nor any program that a test starts, knows this machine's settings or reaches another host."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.loopback import stay_on_this_machine
from core.memory import collect_rarely
from tests.given.examples import register_profiles
from tests.given.object_store import Bucket, new_bucket, object_server
from tests.given.postgres import new_postgres

if TYPE_CHECKING:
    from reports.content import Report

stay_on_this_machine()
collect_rarely()  # as the program's commands do
# Whatever Prefect server runs on this machine, no test asks it to make a report again.
os.environ["PREFECT_API_URL"] = "http://127.0.0.1:9/api"
register_profiles()


FIRST = ("by-the-clock", "prefect", "installed")
"""Groups that wait for other processes most of the time: begun first, they end beside the others."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave every second case of a test that is marked so to ``make sweeps``, and a file together.

    A file goes to one worker, so that what its tests share is made once and not by each worker.
    """
    seen: Counter[str] = Counter()
    for item in items:
        if item.get_closest_marker("halved"):
            name = item.nodeid.partition("[")[0]
            seen[name] += 1
            if seen[name] % 2 == 0:
                item.add_marker(pytest.mark.sweep)
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    marker = item.get_closest_marker("xdist_group")
    group = marker.args[0] if marker else ""
    return FIRST.index(group) if group in FIRST else len(FIRST)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables, to be copied: making the tables takes longer than most tests."""
    from models.migrations import upgrade_database  # slow to import, and many tests need no tables

    file = tmp_path_factory.mktemp("basis-data") / "lkjip.sqlite"
    upgrade_database(f"sqlite:///{file}")
    return file


@pytest.fixture
def unrendered(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that look at an issue and not into its files: to set its pages takes longer than all else."""

    def make_files(report: Report) -> dict[str, bytes]:
        set_ = {f"lkjip.{kind}": f"{kind} {report.content_hash}".encode() for kind in ("html", "pdf", "docx")}
        return {**set_, "report.json": report.json_text().encode()}

    def draft_files(report: Report, files: dict[str, bytes]) -> dict[str, bytes]:
        marked = {name: b"RANCANGAN " + files[name] for name in files if name.startswith("lkjip.")}
        return marked | {"lkjip.pdf": f"RANCANGAN pdf {report.content_hash}".encode()}

    monkeypatch.setattr("jobs.report.refresh.make_files", make_files)
    monkeypatch.setattr("jobs.report.approval.drafting.draft_files", draft_files)
    monkeypatch.setattr("reports.mail.draw_changes", lambda *_: None)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """An empty database on the local PostgreSQL, dropped at the end."""
    with new_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def _object_server() -> Iterator[str]:
    with object_server() as endpoint:
        yield endpoint


@pytest.fixture
def bucket(_object_server: str) -> Bucket:
    """An empty bucket on a server of S3 on this machine."""
    return new_bucket(_object_server)
