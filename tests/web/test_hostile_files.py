"""Whatever file is sent: it is refused or shown in our words, nothing of it is stored, and the page lives."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from sqlmodel import select

from jobs.users.roles import Role
from models.session import open_session
from models.tables import Fetch, Snapshot
from standins.budget.faulty import FAULTY
from tests.connectors.given import make_sheets as sheets
from tests.connectors.given.worst_files import WORST
from tests.fuzz.sheets import break_bytes
from tests.web.given.browsing import PLACE, Browser
from tests.web.given.reading import read_here
from tests.web.given.sending import HERE, book, words

pytestmark = pytest.mark.slow

SMALL = {
    "empty": ("a.xlsx", lambda: b""),
    "zip bomb": ("a.xlsx", FAULTY["bom-zip.xlsx"].content),
    "entities": ("a.xlsx", FAULTY["entitas.xlsx"].content),
    "scan": ("a.pdf", FAULTY["pindaian.xlsx"].content),
    "half a book": ("a.pdf", lambda: book()[: len(book()) // 2]),
    "robot page": ("a.pdf", lambda: b"<html><script>alert(1)</script>"),
    "noise": ("a.xls", lambda: random.Random(1).randbytes(20_000)),
    "escape codes": ("a.csv", lambda: b"\x1b[31m;\x1b]0;x\x07\n" * 50),
    "markup": ("a.csv", lambda: b"<b>a;<script>alert(1)</script>\n1;2\n"),
}
SAMPLE = {"zip bomb", "half a book", "noise", "escape codes", "CSV: one wide row"}
"""The others take minutes and are tried by ``make sweeps``."""


def sampled(cases: Iterable[str]) -> list[object]:
    return [case if case in SAMPLE else pytest.param(case, marks=pytest.mark.sweep) for case in cases]


SEEDS = [n if n < 1 else pytest.param(n, marks=pytest.mark.sweep) for n in range(60)]


@pytest.fixture
def sender(browser: Browser) -> Browser:
    return browser.become(Role.ENTER)


def send(sender: Browser, name: str, content: bytes) -> str:
    """Send a file; gives what is shown of it, and sees that nothing of it is stored and the page lives."""
    before = stored(sender)
    sender.open(HERE)
    answer = sender.send_files(HERE, [("berkas", (name, content))])
    assert answer.status_code == 303
    shown = sender.open(answer.headers["location"])
    assert shown.status_code == 200
    assert "<script" not in shown.text
    assert stored(sender) == before
    assert sender.open(PLACE).status_code == 200
    return words(shown.text)


def send_workbook(sender: Browser, name: str, make: Callable[[], bytes]) -> str:
    """Send a file as the office's workbook; gives why it is refused, and sees that nothing else happens."""
    before = stored(sender)
    sender.open(f"{PLACE}/buku-kerja")
    answer = sender.send_files(f"{PLACE}/buku-kerja", [("buku", (name, make()))])
    assert answer.status_code == 422
    assert "<script" not in answer.text
    assert 'role="alert"' in answer.text
    assert stored(sender) == before
    assert sender.open(PLACE).status_code == 200
    return words(answer.text)


def stored(sender: Browser) -> tuple[int, int]:
    with open_session(sender.engine, read_only=True) as session:
        return len(session.exec(select(Fetch.id)).all()), len(session.exec(select(Snapshot.sha256)).all())


@pytest.mark.parametrize("case", sampled(SMALL))
def test_a_hostile_file_is_refused_in_our_words(
    sender: Browser, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here(monkeypatch)
    name, make = SMALL[case]
    text = send(sender, name, make())
    assert "Berkas ini tidak dapat dipakai." in text or "Berkas apa ini?" in text
    assert "Yang perlu dilakukan" in text
    assert not set("\x1b\x07") & set(text)


@pytest.mark.parametrize("case", sampled(WORST))
def test_the_worst_files_are_refused_by_the_process_that_reads_them(
    sender: Browser, case: str, home: Path
) -> None:
    name, make = WORST[case]
    text = send(sender, name, make())
    if "Berkas apa ini?" in text:  # it can be opened, and holds nothing
        (token,) = (path.name for path in (home / "unggahan").iterdir())
        place = f"{HERE}/{token}"
        sender.open(place)
        assert sender.send(place, langkah="baca", jenis="harga").status_code == 303
        text = words(sender.open(place).text)
    assert "Berkas ini tidak dapat dipakai." in text
    assert "Yang perlu dilakukan" in text
    assert list((home / "karantina").rglob(name))


@pytest.mark.parametrize(
    "seed", [*range(2), *(pytest.param(n, marks=pytest.mark.sweep) for n in range(2, 60))]
)
@pytest.mark.parametrize("kind", ["pdf", "xlsx", "budget"])
def test_a_damaged_file_is_shown_or_refused_and_nothing_of_it_stored(
    sender: Browser, seed: int, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here(monkeypatch)
    whole = {"pdf": book(), "xlsx": sheets.workbook(), "budget": FAULTY["program-baru.xlsx"].content()}[kind]
    text = send(sender, f"a.{kind}", break_bytes(whole, random.Random(seed)))
    assert re.search("tidak dapat dipakai|Berkas apa ini|Belum ada yang disimpan", text)


@pytest.mark.parametrize(
    "case", [c if c == "entities" else pytest.param(c, marks=pytest.mark.sweep) for c in SMALL]
)
def test_a_hostile_workbook_is_refused_in_our_words(
    sender: Browser, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here(monkeypatch)
    assert not set("\x1b\x07") & set(send_workbook(sender, *SMALL[case]))


@pytest.mark.sweep
@pytest.mark.parametrize("case", WORST)
def test_the_worst_workbooks_are_refused_by_the_process_that_reads_them(sender: Browser, case: str) -> None:
    send_workbook(sender, *WORST[case])
