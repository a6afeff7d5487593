"""The issues of a year so far, as the report tells them: "Riwayat penerbitan", and what the cover says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.dates import format_date
from reports.table import Cell, Row, Table
from reports.tables.parts import heading


@dataclass(frozen=True)
class PastIssue:
    """An issue of the year, up to the one that tells of it.

    Attributes:
        day: Of issue, in Jakarta.
        cause: Why it was made, in Indonesian.
        changed: What is otherwise than in the one before, in a few words; empty where it is not known.
        signed_on: The day on which its signed copy came back; None for none so far.
        approved_by: Who approved it before it went out; empty where nobody needed to.
        approved_on: The day of that.
        note: The words of who approved it, which went out with its mail; no report repeats them.
    """

    number: int
    day: date
    cause: str
    changed: str = ""
    signed_on: date | None = None
    approved_by: str = ""
    approved_on: date | None = None
    note: str = ""

    @property
    def approval(self) -> str:
        """Who approved it and when, for people; empty where nobody needed to."""
        day = f", {format_date(self.approved_on)}" if self.approved_on else ""
        return f"Disetujui {self.approved_by}{day}" if self.approved_by else ""


def history_table(history: Sequence[PastIssue], number: str) -> Table:
    """The table of issues, the oldest first; who approved them is told where one of them was.

    Args:
        history: Of the year so far, the present issue last.
        number: Of the table.
    """
    approved = any(past.approved_by for past in history)
    rows = [
        Row(
            (
                Cell(str(past.number), align="center"),
                Cell(format_date(past.day)),
                Cell(past.cause or "-"),
                Cell(f"{past.changed[:1].upper()}{past.changed[1:]}" or "-"),
                # What is approved and signed after it is printed cannot say of itself whether it is.
                *(
                    Cell("Terbitan ini" if past is history[-1] else said)
                    for said in ((past.approval or "Tanpa persetujuan",) if approved else ())
                ),
                Cell("Terbitan ini" if past is history[-1] else _signature(past)),
            )
        )
        for past in history
    ]
    header = ("Terbitan", "Tanggal", "Sebab", "Yang berubah", "Tanda tangan")
    return Table(
        number=number,
        caption="Riwayat Penerbitan",
        header=(heading(*header[:4], *(("Persetujuan",) if approved else ()), *header[4:]),),
        rows=tuple(rows),
        widths=(10, 15, 22, 22, 16, 15) if approved else (10, 16, 27, 27, 20),
    )


def followed(history: Sequence[PastIssue]) -> str:
    """What the cover says of the last signed issue before this one; empty where there is none."""
    signed = [past for past in history[:-1] if past.signed_on is not None]
    if not signed:
        return ""
    return (
        f"Menggantikan terbitan {signed[-1].number} ({format_date(signed[-1].day)}) yang telah ditandatangani"
    )


def _signature(past: PastIssue) -> str:
    if past.signed_on is None:
        return "Belum ada salinan bertanda tangan"
    return f"Salinan bertanda tangan diterima {format_date(past.signed_on)}"
