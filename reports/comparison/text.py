"""The differences of two issues as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.comparison.report import Deep, Side
from reports.comparison.tables import ChangedTable
from reports.comparison.words import Piece

_MARKS = {"gone": "[-{}-]", "new": "{{+{}+}}", "same": "{}"}


def differences_text(title: str, before: Side, after: Side, found: Deep) -> str:
    """What differs, a line each; words that only one issue has stand in ``[-…-]`` and ``{+…+}``."""
    return "\n".join(_lines(title, before, after, found))


def _lines(title: str, before: Side, after: Side, found: Deep) -> Iterator[str]:
    yield f"{title}: beda terbitan {before.number} dan {after.number}"
    for words, issue in (("Sebelum", before), ("Sesudah", after)):
        yield f"{words}: terbitan {issue.number}, {issue.issued}. {issue.cause}"
    if found.same:
        yield "Tidak ada indikator, tabel, kalimat atau bentuk yang berbeda."
        return
    summary = found.changes["summary"]
    yield f"{summary[:1].upper()}{summary[1:]}."
    if not (found.tables or found.passages):
        yield "Tidak ada indikator, tabel atau kalimat yang berbeda."
        return
    yield f"[-…-] hanya ada di terbitan {before.number}, {{+…+}} hanya ada di terbitan {after.number}."
    if found.tables:
        yield f"\nTABEL ({len(found.tables)})"
    for table in found.tables:
        yield from _table(table)
    if found.passages:
        yield f"\nKALIMAT ({len(found.passages)} bagian)"
    for passage in found.passages:
        yield passage.words
        yield from (f"  {_marked(sentence)}" for sentence in passage.sentences)


def _table(table: ChangedTable) -> Iterator[str]:
    state = {"new": " (baru)", "gone": " (tidak ada lagi)", "": ""}[table.state]
    yield f"{table.label}. {table.caption}{state}"
    for cell in table.cells:
        yield f"  {cell.row}; {cell.column}: {_marked(cell.pieces)}"
    yield from (f"  baris [-{line}-]" for line in table.gone)
    yield from (f"  baris {{+{line}+}}" for line in table.new)
    yield from (f"  di bawah tabel: {_marked(remark)}" for remark in table.remarks)


def _marked(pieces: Iterable[Piece]) -> str:
    return " ".join(_MARKS[piece.kind].format(" ".join(piece.text.split())) for piece in pieces)
