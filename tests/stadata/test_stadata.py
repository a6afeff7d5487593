"""The public client ``stadata`` reads the stand-in: so the stand-in speaks the real protocol.

It lives in an environment of its own (``make`` makes it), because it forbids newer versions of our
tools. What it loses is asserted too: those are the mistakes that our connector must not make.
"""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from standins.bps import BpsStandin, catalogue
from standins.bps.catalogue import Timeline

PROJECT = Path(__file__).parents[2]
PYTHON = Path(os.environ.get("LKJIP_STADATA_PYTHON", ".venv-stadata/bin/python"))
TODAY = date(2024, 4, 4)


@pytest.fixture(scope="module")
def read() -> Any:
    python = PYTHON if PYTHON.is_absolute() else PROJECT / PYTHON
    if not python.exists():
        pytest.skip(f"stadata is not installed: {PYTHON} does not exist (make test makes it)")
    with BpsStandin(today=TODAY) as bps:
        script = Path(__file__).with_name("read_with_stadata.py")
        done = subprocess.run(
            [str(python), str(script), bps.url.removesuffix("api"), bps.key],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_reads_the_regions(read: Any) -> None:
    assert read["domains"] == ["0000", "3500", "3526", "3527", "3528", "3529"]


def test_it_reads_every_dynamic_table(read: Any) -> None:
    expected = catalogue.variables("3529", Timeline(TODAY))
    assert read["dynamic"] == {str(v.var_id): v.title for v in expected}


def test_it_reads_a_table_of_pdrb(read: Any) -> None:
    assert read["rows"]["C Industri Pengolahan"] == 1559.38
    assert read["rows"]["<b>PRODUK DOMESTIK REGIONAL BRUTO</b>"] == 26244.8
    assert len(read["rows"]) == 19


def test_it_reads_a_static_table(read: Any) -> None:
    assert read["static_table"][1] == "1"


def test_it_loses_the_last_page_of_static_tables(read: Any) -> None:
    there = [row["table_id"] for row in catalogue.static_tables("3529", "")]
    assert read["static"] == there[:10]
    assert len(there) == 12


def test_press_releases_fail_as_shipped_and_lose_the_last_page_when_mended(read: Any) -> None:
    there = [row["title"] for row in catalogue.press_releases("3529", Timeline(TODAY), "")]
    assert read["press_as_shipped"] == "NameError: name 'key' is not defined"
    assert read["press"] == there[:10]
    assert len(there) > 10


def test_its_publications_are_press_releases(read: Any) -> None:
    assert read["publications"] == read["press"]


def test_it_views_a_publication(read: Any) -> None:
    assert read["publication_view"].endswith("Menurut Lapangan Usaha 2018-2022")


def test_errors_reach_it_as_bps_words_them(read: Any) -> None:
    assert "'th' parameter is required" in read["without_th"]
    assert "Please re-check your key" in read["wrong_key"]
