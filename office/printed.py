"""What the office's printed report says, for the audit (``cetak/``)."""

from __future__ import annotations

from office.fields import Entry, Text


class PrintedTable(Entry):
    """A table of the printed report, cell by cell as printed, for the audit (``cetak/*.csv``)."""

    name: Text
    header: list[str]
    rows: list[list[str]]


class Remark(Entry):
    """A contradiction in the printed report's words that no computing can find (``cetak/catatan.yaml``).

    Attributes:
        place: Where in the printed report.
        found: What stands there.
        remark: What it contradicts, or why it is a slip.
    """

    place: Text
    found: Text
    remark: Text
