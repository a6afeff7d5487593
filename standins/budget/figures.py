"""The real figures behind all sample exports: tables 2.5, 2.7 and 3.8 of the printed report.

Below kegiatan the report has no amounts. Where a layout needs them, the kegiatan's amounts are split by
a fixed rule over its real sub kegiatan, and the sheet says that this part is an illustration.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from itertools import count

from core.settings import PROJECT

PROGRAMS = PROJECT / "agencies" / "sumenep-dkupp" / "2023" / "programs.csv"
OFFICE = "Dinas Koperasi, Usaha Kecil dan Menengah, Perindustrian dan Perdagangan"
UNIT = "2.17.3.30.3.31.01.0000"
"""The office's code as SIPD writes one: its three bidang, then its number; the number is assumed."""
DETAILS = "Rincian sub kegiatan dan rekening adalah ilustrasi; angka program dan kegiatan dari tabel 3.8."
ASSUMED = {"4.1": "2.17.05.2.01"}
"""The code of kegiatan 4.1 is not known; this one stands in the samples."""
ACCOUNTS = (
    ("5.1.02.01.01.0024", "Belanja Alat/Bahan untuk Kegiatan Kantor"),
    ("5.1.02.02.01.0026", "Belanja Jasa Tenaga Administrasi"),
)


@dataclass(frozen=True)
class Entry:
    """One row, amounts in rupiah.

    Attributes:
        level: ``program``, ``kegiatan``, ``sub_kegiatan`` or ``rekening``.
        account: Code of the account; empty above accounts.
    """

    key: str
    level: str
    code: str
    name: str
    initial: int
    revised: int
    spent: int
    account: str = ""


@cache
def entries() -> tuple[Entry, ...]:
    """The 13 programs and 19 kegiatan, in the order of table 3.8."""
    return tuple(
        Entry(
            row["key"], row["level"], row["code"] or ASSUMED[row["key"]], row["name"],
            _amount(row["budget_initial"]), _amount(row["budget_revised"]), _amount(row["spent"]),
        )
        for row in _rows()
        if row["level"] != "sub_kegiatan"
    )  # fmt: skip


@cache
def detailed(*, accounts: bool = False) -> tuple[Entry, ...]:
    """The same with sub kegiatan, and with accounts where asked; the amounts of these are invented."""
    below: list[Entry] = []
    names = [row for row in _rows() if row["level"] == "sub_kegiatan"]
    for entry in entries():
        below.append(entry)
        if entry.level != "kegiatan":
            continue
        own = [row for row in names if row["key"].rpartition(".")[0] == entry.key]
        shares = zip(*(_split(a, len(own)) for a in (entry.initial, entry.revised, entry.spent)), strict=True)
        for number, (row, amounts) in enumerate(zip(own, shares, strict=True), start=1):
            sub = Entry(row["key"], "sub_kegiatan", f"{entry.code}.{number:04d}", row["name"], *amounts)
            below.append(sub)
            if accounts:
                below += _accounts(sub)
    return tuple(below)


def totals() -> tuple[int, int, int]:
    """First budget, budget after revision and realisasi of all programs."""
    programs = [entry for entry in entries() if entry.level == "program"]
    return (
        sum(e.initial for e in programs),
        sum(e.revised for e in programs),
        sum(e.spent for e in programs),
    )


def spent_until(entry: Entry, month: int) -> int:
    """An invented course of the year: slow at first, then faster, whole in December."""
    return entry.spent * (2 * month + month * month) // 168


def _accounts(sub: Entry) -> list[Entry]:
    shares = zip(*(_split(a, len(ACCOUNTS)) for a in (sub.initial, sub.revised, sub.spent)), strict=True)
    return [
        Entry(sub.key, "rekening", sub.code, name, initial, revised, spent, code)
        for (code, name), (initial, revised, spent) in zip(ACCOUNTS, shares, strict=True)
    ]


def _split(amount: int, parts: int) -> list[int]:
    """An amount in parts that sum to it; the first ones are larger."""
    weights = [number for number, _ in zip(count(parts, -1), range(parts), strict=False)]
    shares = [amount * weight // sum(weights) for weight in weights]
    shares[0] += amount - sum(shares)
    return shares


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with PROGRAMS.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _amount(text: str) -> int:
    return int(text.replace(".", ""))
