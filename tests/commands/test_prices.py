"""``lkjip prices`` and ``lkjip ingest prices`` as the technician runs them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from commands import main
from core.numbers import format_percent
from standins.prices.sheets import make_office_sheet
from standins.prices.siskaperbapo import SiskaperbapoStandin

Lkjip = Callable[..., tuple[int, str, str]]


@pytest.fixture
def site() -> Iterator[SiskaperbapoStandin]:
    with SiskaperbapoStandin(today=date(2023, 7, 28)) as standin:
        yield standin


@pytest.fixture
def lkjip(
    site: SiskaperbapoStandin,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Lkjip:
    """The command in an office of its own; gives its code, output and errors."""
    environment = {
        "HOME": str(tmp_path / "kerja"),
        "TODAY": "2023-07-28",
        "SISKAPERBAPO_URL": site.url,
        "PRICES_REQUESTS_PER_SECOND": "100000",
    }
    for name, value in environment.items():
        monkeypatch.setenv(f"LKJIP_{name}", value)
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lkjip", *words])
        with pytest.raises(SystemExit) as ended:
            main.run()
        captured = capsys.readouterr()
        return int(str(ended.value.code)), captured.out, captured.err

    return run


def test_pulling_tells_each_market_and_json_has_the_same(lkjip: Lkjip) -> None:
    code, out, _ = lkjip("prices", "pull", "--first", "2023-07-24")
    assert code == 0
    assert out.startswith("Siskaperbapo: 15 hari dari 3 pasar dibaca; ")
    assert "Pasar Contoh Kota: 5 hari (24 Juli 2023 - 28 Juli 2023)" in out
    again = json.loads(lkjip("prices", "pull", "--first", "2023-07-24", "--json")[1])
    assert again["news"] is False
    assert [market["days"] for market in again["markets"]] == [5, 5, 5]


def test_a_day_that_is_none_is_told(lkjip: Lkjip) -> None:
    code, _, err = lkjip("prices", "pull", "--first", "24/07/2023")
    assert code == 1
    assert "Pilihan --first bukan tanggal: '24/07/2023'." in err


def test_a_site_that_gives_nothing_ends_with_a_code(lkjip: Lkjip, site: SiskaperbapoStandin) -> None:
    site.fail_with("waf_403")
    code, out, _ = lkjip("prices", "pull", "--first", "2023-07-24")
    assert code == 1
    assert "Belum pernah ada harga Siskaperbapo yang terbaca." in out


def test_pull_now_asks_a_site_although_it_is_paused(lkjip: Lkjip, site: SiskaperbapoStandin) -> None:
    pull = ("prices", "pull", "--first", "2023-07-28")
    site.fail_with("error_500")
    for _ in range(5):
        lkjip(*pull)
    site.behave()
    assert "dijeda" in lkjip(*pull)[1]
    assert lkjip(*pull, "--now")[1].startswith("Siskaperbapo: 3 hari dari 3 pasar dibaca; ")


def test_a_sheet_is_taken_and_the_running_value_shown(lkjip: Lkjip, tmp_path: Path) -> None:
    make_office_sheet(tmp_path / "harga.xlsx", 2023)
    shown = lkjip("ingest", "prices", str(tmp_path / "harga.xlsx"), "--dry-run")[1]
    assert "dibaca, tidak disimpan" in shown
    code, out, _ = lkjip("ingest", "prices", str(tmp_path / "harga.xlsx"))
    assert code == 0
    assert "3.181 harga baru" in out
    assert "padahal hari ini 28 Juli 2023" in out  # the sheet is of the whole year, which still runs
    evidence = json.loads(lkjip("prices", "status", "--json")[1])["evidence"]
    assert evidence["complete"] is False
    assert evidence["observations"] == 3181
    running = f"fluktuasi berjalan: {format_percent(Decimal(evidence['value']))}"
    assert lkjip("prices", "status")[1].startswith(f"Harga pasar 2023, {running}, angka ilustrasi; ")
    assert running in lkjip("status")[1]


def test_unknown_names_are_listed_or_there_are_none(lkjip: Lkjip, site: SiskaperbapoStandin) -> None:
    assert lkjip("prices", "unknown")[1] == "Semua nama dan satuan dikenal.\n"
    site.fail_with("unknown_commodity")
    lkjip("prices", "pull", "--first", "2023-07-24")
    assert "belum ada di daftar komoditas" in lkjip("prices", "unknown")[1]
    listed = json.loads(lkjip("prices", "unknown", "--json")[1])
    assert {"source", "name", "unit", "reason", "observations", "todo"} == set(listed[0])


def test_a_price_is_shown_with_its_snapshot(lkjip: Lkjip) -> None:
    lkjip("prices", "pull", "--first", "2023-07-24")
    out = lkjip("prices", "show", "gula kristal", "--day", "2023-07-26")[1]
    assert "26 Juli 2023, Pasar Contoh Kota [Siskaperbapo Jawa Timur, angka ilustrasi]" in out
    assert "snapshot : " in out
