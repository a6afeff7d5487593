"""At most one run of a kind goes on for an office and year, on one machine or on several."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.settings import PROJECT, Settings, load_settings
from jobs.alone import run_alone
from tests.given.postgres import new_postgres


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    if request.param == "sqlite":
        yield load_settings(home=tmp_path, agency="kantor-a", year=2023)
        return
    with new_postgres() as url:
        yield load_settings(home=tmp_path, agency="kantor-a", year=2023, database_url=url)


def free(settings: Settings, kind: str = "serap", **changed: object) -> bool:
    with run_alone(settings.model_copy(update=changed), kind) as got:
        return got


def test_a_second_run_of_the_same_is_told_that_one_goes_on(settings: Settings) -> None:
    with run_alone(settings, "serap") as first:
        assert first
        assert not free(settings)
    assert free(settings), "it ended"


def test_other_offices_years_and_kinds_do_not_wait(settings: Settings) -> None:
    with run_alone(settings, "serap"):
        assert free(settings, agency="kantor-b")
        assert free(settings, year=2024)
        assert free(settings, kind="kirim")


def test_a_run_that_failed_or_was_killed_holds_nothing(settings: Settings) -> None:
    with pytest.raises(LookupError), run_alone(settings, "serap"):
        raise LookupError
    assert free(settings)
    program = (
        "import os, sys; from core.settings import load_settings; from jobs.alone import run_alone\n"
        "s = load_settings(home=sys.argv[1], agency='kantor-a', year=2023, database_url=sys.argv[2])\n"
        "with run_alone(s, 'serap') as got:\n    print(got, flush=True); os.kill(os.getpid(), 9)"
    )
    words = [sys.executable, "-c", program, str(settings.home), settings.database_url]
    killed = subprocess.run(words, capture_output=True, text=True, cwd=PROJECT, check=False)
    assert (killed.stdout, killed.returncode) == ("True\n", -9)
    assert free(settings)


def test_who_has_patience_comes_after_the_other(settings: Settings) -> None:
    ended = threading.Event()
    waiting = threading.Thread(target=_wait_for_turn, args=(settings, ended), daemon=True)
    with run_alone(settings, "serap"):
        waiting.start()
        assert not ended.wait(0.5)
    waiting.join(30)
    assert ended.is_set()


def _wait_for_turn(settings: Settings, ended: threading.Event) -> None:
    with run_alone(settings, "serap", patience=30) as free:
        if free:
            ended.set()
