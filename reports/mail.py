"""The mail that brings an issue: what happened, what changed and from where, what still waits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from core.dates import JAKARTA, format_date
from core.numbers import format_number
from core.settings import PROJECT
from reports.attachments import Attachment, attach, how_many_fit
from reports.changed_chart import draw_changes
from reports.content import Report
from reports.digest import tell_apart
from reports.plain_text import wrap_text
from reports.wording import DAGGER, NOT_REAL, marks


@dataclass(frozen=True)
class PageLinks:
    """Where the page tells more of an issue.

    Attributes:
        issue: The address of the issue.
        enter: By indicator, where its figure is entered, if a person may.
        differences: Where the issue stands beside the one before; empty for the first.
        annex: Where it stands what the print has otherwise; empty where that goes with the mail.
    """

    issue: str
    enter: Mapping[str, str]
    differences: str = ""
    annex: str = ""


@dataclass(frozen=True)
class Approved:
    """Who approved an issue that waited as a draft, when, and what is to be said with it."""

    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class InlinePicture:
    """A picture within the mail.

    Attributes:
        cid: By which the HTML names it.
        png: Its bytes.
        words: What it shows, for who does not see it.
    """

    cid: str
    png: bytes
    words: str


def compose_mail(
    report: Report,
    changes: Mapping[str, Any],
    *,
    sender: str,
    recipients: Sequence[str],
    answers: str = "",
    expected: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
    links: PageLinks | None = None,
    approved: Approved | None = None,
    most_bytes: int | None = None,
) -> EmailMessage:
    """Write the mail of an issue.

    The same issue gives the same bytes: the Message-ID is made from the office, the year, the
    number and the content; the date is the issue's; even the MIME boundaries are fixed.

    Args:
        report: The issue.
        changes: From :func:`reports.changes.compare_reports`.
        sender: Address in ``From``.
        recipients: Addresses in ``To``.
        answers: Message-ID of the mail under which readers show this one: that of the year's first issue.
        expected: By indicator, until when it waits, where its own data do not say it.
        attachments: Usually the PDF and the Word files; what a reader needs most comes first.
        links: To the page, where people can reach it.
        approved: Who approved it, where it waited for that; the mail's date is then that of the approval.
        most_bytes: Of the mail; the last of the attachments stay away where it would be heavier, and the
            mail says which and where they are. None for no limit.

    Returns:
        HTML with a picture of what changed, and text that is complete without it, in Indonesian, with the
        attachments: ``mixed(alternative(text, related(html, png)), pdf, docx)``.

    Raises:
        RenderError: The picture could not be drawn.
    """
    office = report.agency.office
    year = report.agency.year.year
    heading = f"{report.title}: {changes['summary']}"
    subject = f"{heading} (terbitan {report.issue.number})"
    happenings = tell_apart(changes["indicators"])
    provisional = _how_provisional(report)
    mark = report.content_hash[:16]
    domain = sender.rpartition("@")[2].rstrip(">") or "lkjip.invalid"
    message_id = f"<lkjip.{office.id}.{year}.{report.issue.number}.{mark}@{domain}>"
    ordered = [row for happening in happenings for row in happening.indicators]
    drawn = draw_changes(ordered, provisional)
    picture = InlinePicture(f"perubahan.{message_id.strip('<>')}", *drawn) if drawn else None
    context = {
        "subject": subject,
        "heading": heading,
        "summary": changes["summary"],
        "office": office.name,
        "number": report.issue.number,
        "issued": format_date(report.issue.day),
        "cause": report.issue.cause,
        "happenings": happenings,
        "picture": picture,
        "first": changes["first"],
        "tables": changes["tables"],
        "waiting": changes["waiting"],
        "expected": expected or {},
        "not_computable": changes["not_computable"],
        "findings": changes["findings"],
        "illustrative": report.measured.invented,
        "provisional": provisional,
        "dagger": DAGGER,
        "not_real": NOT_REAL,
        "attachments": [attachment.name for attachment in attachments],
        "left_out": [],
        "megabytes": format_number(Decimal(most_bytes or 0) / 1_000_000, 2, trim=True),
        "year": year,
        "contact": office.contact,
        "page": links.issue if links else "",
        "enter": links.enter if links else {},
        "differences": links.differences if links else "",
        "annex": links.annex if links else "",
        "approved": approved,
        "approved_on": format_date(approved.at.astimezone(JAKARTA).date()) if approved else "",
    }
    moment = approved.at if approved else report.issue.moment
    headers = {
        "From": sender,
        "To": ", ".join(recipients),
        "Subject": subject,
        "Date": format_datetime(moment.astimezone(JAKARTA)),
        "Message-ID": message_id,
        **({"In-Reply-To": answers, "References": answers} if answers else {}),
        "List-Id": list_id(f"LKjIP {office.short_name}", office.id, sender),
        "Auto-Submitted": "auto-generated",
    }
    message = _without_files(headers, context, picture)
    fitting = how_many_fit(attachments, message, most_bytes)
    if fitting < len(attachments):
        names = [attachment.name for attachment in attachments]
        context |= {"attachments": names[:fitting], "left_out": names[fitting:]}
        message = _without_files(headers, context, picture)
    for attachment in attachments[:fitting]:
        attach(message, attachment)
    message["Content-Language"] = "id"  # last: each part that comes in takes such headers to itself
    set_boundaries(message, mark)
    return message


def _without_files(
    headers: Mapping[str, str], context: Mapping[str, Any], picture: InlinePicture | None
) -> EmailMessage:
    """A mail with its bodies and the picture that belongs to them."""
    message = EmailMessage(policy=SMTP)
    for name, value in headers.items():
        message[name] = value
    message.set_content(mail_template("laporan.txt.j2").render(context))
    message.add_alternative(mail_template("laporan.html.j2").render(context), subtype="html")
    if picture:
        _put_picture(message, picture)
    return message


def _how_provisional(report: Report) -> dict[str, str]:
    """What is said behind each provisional figure, by indicator: ``angka sangat sementara``.

    Whose it is follows where the column "Sumber" does not name it.
    """
    words = {"**": "angka sangat sementara", "*": "angka sementara"}
    told = {}
    for name, m in report.measured.indicators.items():
        if sign := marks(m.realisasi).rstrip(DAGGER):
            whose = m.realisasi.institution
            told[name] = words[sign] + ("" if whose in m.realisasi.source else f" {whose}")
    return told


def _put_picture(message: EmailMessage, picture: InlinePicture) -> None:
    """Put a picture beside the HTML, as a part of it and not as a file of the mail."""
    html = message.get_body(("html",))
    if html is None:
        raise ValueError("a picture stands in the HTML of a mail, and this one has none")
    html.add_related(
        picture.png, "image", "png", disposition="inline", cid=f"<{picture.cid}>", filename="perubahan.png"
    )
    html.set_param("type", "text/html")  # RFC 2387 wants it; Outlook shows the picture apart without it


def list_id(name: str, office: str, sender: str) -> str:
    """``List-Id`` of all mails about an office's reports, by which people sort them into a folder.

    Args:
        name: For people; signs that a header would want in quotation marks are left out.
        office: Its id.
        sender: Whose domain it is.
    """
    domain = sender.rpartition("@")[2].rstrip(">") or "lkjip.invalid"
    words = " ".join(re.sub(r"[^\w -]", " ", name).split())
    return f"{words} <lkjip.{office}.{domain}>"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PROJECT / "templates" / "mail"),
        autoescape=select_autoescape(["html", "html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["wrapped"] = wrap_text
    return environment


def mail_template(name: str) -> Template:
    """A template of ``templates/mail``."""
    return _environment().get_template(name)


def set_boundaries(message: EmailMessage, mark: str) -> None:
    """Set what the standard library would draw by lot."""
    for number, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"=_lkjip_{mark}_{number}")
