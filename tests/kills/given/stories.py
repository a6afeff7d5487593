"""The five commands that are killed, and what an office holds before each."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from office.loading import EXAMPLES
from standins.bps import BpsStandin
from standins.budget.months import monthly_files
from tests.connectors.given import make_books as books
from tests.connectors.given import make_sheets as sheets
from tests.jobs.given.days import JANUARY, RELEASE_DAY
from tests.kills.given.victims import Victims

PRICES = "Pasar : Anom\nKomoditas;02/01/2023;03/01/2023\nBeras Premium (kg);13.000;13.100\n"
NO_TABLE = b"surat;tanpa\ntabel;apa pun\n"
FIGURE = ["eppd", "3,10", "--source", "Kemendagri", "--by", "Budi", "--evidence"]
Settings = dict[str, Any]
Prepare = Callable[[Victims, Settings, BpsStandin], None]


@dataclass(frozen=True)
class Story:
    """A command with what comes before it.

    Attributes:
        commands: The words behind ``lkjip``; of several, one runs after the other.
        prepare: Makes what the office holds before.
        settings: Of the program, by field, besides those of every story.
    """

    commands: Sequence[Sequence[str]]
    prepare: Prepare
    settings: Settings


def _before_release(victims: Victims, settings: Settings, bps: BpsStandin) -> None:
    bps.set_today(JANUARY)
    victims.run({**settings, "today": JANUARY}, [["poll"], ["refresh"]])
    bps.set_today(RELEASE_DAY)


def _released(victims: Victims, settings: Settings, bps: BpsStandin) -> None:
    _before_release(victims, settings, bps)
    victims.run({**settings, "today": RELEASE_DAY}, [["poll"]])


def _issued(victims: Victims, settings: Settings, bps: BpsStandin) -> None:
    _released(victims, settings, bps)
    victims.run({**settings, "today": RELEASE_DAY}, [["refresh"]])


def _dropped(victims: Victims, settings: Settings, _bps: BpsStandin) -> None:
    victims.run(settings, [["send"]])  # makes the database
    caption = books.CURRENT[0].replace("Enrekang", "Kabupaten Sumenep")
    given = {
        "harga": {"anom.csv": PRICES.encode(), "surat.csv": NO_TABLE},
        "anggaran": {**dict(list(monthly_files().items())[:2]), "surat.csv": NO_TABLE},
        "bps": {"pdrb.xlsx": sheets.workbook(caption=caption)},
    }
    for folder, files in given.items():
        for name, content in files.items():
            _drop(Path(settings["home"]) / "masuk" / folder / name, content)


def _drop(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    moment = path.stat().st_mtime - 3600
    os.utime(path, (moment, moment))


def _letter(victims: Victims, settings: Settings, _bps: BpsStandin) -> None:
    home = Path(settings["home"])
    shutil.copytree(EXAMPLES / "jabar-inspektorat", home / "kantor" / "jabar-inspektorat")
    (home / "surat.pdf").write_bytes(b"%PDF-1.4\n% Hasil penilaian EPPD tahun 2016: 3,10\n%%EOF\n")
    victims.run(settings, [["send"]])


def story(name: str, home: Path) -> Story:
    """Of ``poll``, ``refresh``, ``send``, ``ingest`` or ``enter``.

    Args:
        name: Of the command.
        home: Where the office's things are.
    """
    release: Settings = {"today": RELEASE_DAY}
    return {
        "poll": Story([["poll"]], _before_release, release),
        "refresh": Story([["refresh"]], _released, release),
        "send": Story([["send"]], _issued, release),
        "ingest": Story([["ingest", kind] for kind in ("prices", "budget", "bps")], _dropped, release),
        "enter": Story(
            [["enter", *FIGURE, str(home / "surat.pdf")]],
            _letter,
            {"agency": "jabar-inspektorat", "today": date(2017, 4, 28)},
        ),
    }[name]


NAMES = ("poll", "refresh", "send", "ingest", "enter")
