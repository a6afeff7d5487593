"""The annex of an issue: where it differs from its printed forerunner, in files of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.audit import Finding
from reports.tables.appendices import differences

if TYPE_CHECKING:
    from reports.content import Report
    from reports.render import Document

HTML, PDF = "lampiran-perbedaan.html", "lampiran-perbedaan.pdf"
"""The names of the files; the report names them too."""
TITLE = "Perbedaan dengan Laporan Tercetak"


@dataclass(frozen=True)
class Counted:
    """How many differences there are, for the line of the report that leads to the annex.

    Attributes:
        places: Those that the print or our data account for.
        awaited: Those that only a figure accounts for which came, or is awaited, since.
    """

    places: int
    awaited: int

    @classmethod
    def of(cls, findings: Sequence[Finding]) -> Counted:
        """The same count as the mail's."""
        awaited = sum(finding.kind == "menunggu" for finding in findings)
        return cls(len(findings) - awaited, awaited)


def annex_of(report: Report) -> Document | None:
    """The annex, ready to be set; None where there is no print, or nothing differs from it.

    Raises:
        RenderError: Its template is broken.
    """
    from reports.render import Document, render_annex  # noqa: PLC0415 - status needs no renderer

    if not report.findings:
        return None
    office = report.agency.office
    subject = f"{report.title}, terbitan {report.issue.number}"
    context = {
        "title": TITLE,
        "office": office,
        "year": report.agency.year,
        "issue": report.issue,
        "issued": report.issued,
        "counted": Counted.of(report.findings),
        "parts": differences(report.findings),
    }
    return Document(
        title=f"Lampiran {subject}: {TITLE}",
        body=render_annex(context),
        author=office.name,
        date=report.issue.moment,
        subject=subject,
        office=f"Lampiran {subject}",
    )
