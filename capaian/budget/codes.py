"""Codes of programs, kegiatan, sub kegiatan and accounts, in both nomenclatures and however written.

Kepmendagri 050-5889/2021 writes a sub kegiatan as ``2.17.03.2.01.03``, 900.1.15.5-1317/2023 as
``2.17.03.2.01.0003``; compared as numbers both are one code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

Part = int | str
"""A number, or ``X`` where the nomenclature leaves the urusan open (``X.XX.01``)."""

_PART = r"(?:\d{1,4}|[Xx]{1,2})"
_WRITTEN = re.compile(rf"'?\s*({_PART}(?:\s*\.\s*{_PART})*)\s*\.?\s*")
_LEADING = re.compile(
    rf"'?\s*({_PART}(?:\s?\.\s?{_PART}){{2,}}|\d(?:\.\d{{2}}){{1}})\.?(?:\s*[-–:]\s*|\s+)(?=[A-Za-z(])"
)
_WIDTHS = (1, 2, 2, 1, 2, 4)
_SUB_KEGIATAN = 6
_OFFICES_OF = (1, 2)
"""The fourth part of a kegiatan: 1 of a province, 2 of a regency or city."""
SUPPORT = 1
"""Number of the program *penunjang*, which every urusan has."""


class CodeLevel(StrEnum):
    """What a code stands for."""

    URUSAN = "urusan"
    BIDANG = "bidang"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub_kegiatan"
    REKENING = "rekening"
    UNIT = "unit"


_BY_LENGTH = {
    1: CodeLevel.URUSAN,
    2: CodeLevel.BIDANG,
    3: CodeLevel.PROGRAM,
    5: CodeLevel.KEGIATAN,
    6: CodeLevel.SUB_KEGIATAN,
}


@dataclass(frozen=True)
class Code:
    """A code.

    Attributes:
        parts: Numbers without leading zeros; what codes are compared by.
        text: As people see it.
        level: What it stands for.
        account: The account's part of a rekening code, empty otherwise.
    """

    parts: tuple[Part, ...]
    text: str
    level: CodeLevel
    account: tuple[Part, ...] = ()

    @property
    def owner(self) -> tuple[Part, ...]:
        """Of a rekening joined behind its sub kegiatan: the latter's parts; else the code's own."""
        return self.parts[: len(self.parts) - len(self.account)] if self.account else self.parts

    def same_row(self, other: Code) -> bool:
        """Whether both name the same row; *penunjang* is one program whatever urusan stands before it."""
        if self.parts == other.parts:
            return True
        return (
            len(self.parts) == len(other.parts) > 2
            and self.parts[2] == other.parts[2] == SUPPORT
            and self.parts[3:] == other.parts[3:]
        )


@lru_cache(maxsize=200_000)
def parse_code(text: str) -> Code | None:
    """Read a code as an export writes it; None where the text is none.

    Args:
        text: ``2.17.03.2.01``, ``2 . 17 . 03``, ``X.XX.01.2.02``, ``5.1.02.01.01.0024``, …
    """
    found = _WRITTEN.fullmatch(text)
    if not found:
        return None
    written = [part.strip() for part in found[1].split(".")]
    parts = tuple(part.upper() if part.upper().startswith("X") else int(part) for part in written)
    shown = ".".join(written)
    level, account = _level_of(parts, written)
    return None if level is None else Code(parts, shown, level, account)


def split_code(text: str) -> tuple[Code | None, str]:
    """A code and the name behind it, where both stand in one cell; None and the text where only one does."""
    found = _LEADING.match(text)
    if not found:
        return None, text
    code = parse_code(found[1])
    return (code, text[found.end() :].strip()) if code else (None, text)


def join_parts(cells: Iterable[str | Decimal]) -> Code | None:
    """The code of cells that hold a part each, or several; empty cells are left out.

    Numbers are written with the usual zeros (``3`` as ``03``).
    """
    texts: list[str] = []
    for cell in cells:
        if isinstance(cell, Decimal):
            if cell != cell.to_integral_value() or cell < 0:
                text = format(cell, "f")
                texts += text.split(".")
                continue
            texts.append(str(int(cell)))
        elif cell.strip():
            texts += [part for part in re.split(r"[.\s]+", cell.strip().strip("'")) if part]
    if not texts:
        return None
    shown = [
        text.zfill(_WIDTHS[place]) if place < len(_WIDTHS) - 1 and text.isdigit() else text
        for place, text in enumerate(texts)
    ]
    return parse_code(".".join(shown))


def _level_of(parts: tuple[Part, ...], written: list[str]) -> tuple[CodeLevel | None, tuple[Part, ...]]:
    if _is_unit(parts, written):
        return CodeLevel.UNIT, ()
    if _is_account(parts, written):
        return CodeLevel.REKENING, parts
    account = parts[_SUB_KEGIATAN:]
    if account and account[0] in (4, 5, 6) and parts[3] in _OFFICES_OF:
        return CodeLevel.REKENING, account
    level = _BY_LENGTH.get(len(parts))
    return (None if len(parts) > 3 and parts[3] not in _OFFICES_OF else level), ()


def _is_unit(parts: tuple[Part, ...], written: list[str]) -> bool:
    """An office's code: its bidang one behind the other, its number, and that of the sub unit.

    ``2.17.3.30.3.31.01.0000`` ends in four digits behind three bidang; no row of a budget does.
    """
    if len(parts) in (7, 8) and len(written[-1]) == 4:
        return all(len(written[place]) <= 2 for place in range(6)) and len(written[2]) == 1
    return False


def _is_account(parts: tuple[Part, ...], written: list[str]) -> bool:
    """An account alone: 4, 5 or 6, its group in one digit, then pairs of digits and at most four at the end.

    No urusan has more than three digits of these (5 and above are supporting ones: ``5.01.02``), and
    their second part has two digits where a group has one.
    """
    if parts[0] not in (4, 5, 6) or len(parts) > 6:
        return False
    return len(parts) == 1 or len(written[1]) == 1
