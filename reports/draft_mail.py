"""The mail that tells those who may approve that a draft waits for them, or reminds them of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from core.dates import JAKARTA, format_time
from reports.attachments import Attachment, attach
from reports.mail import list_id, mail_template, set_boundaries
from reports.wording import DAGGER, NOT_REAL

_BODIES = 200_000
"""Bytes that are kept for the text and the HTML."""


@dataclass(frozen=True)
class DraftNotice:
    """What the mail says.

    Attributes:
        office: Its id.
        title: Of the report, ``LKjIP 2023 DKUPP Sumenep``.
        number: Of the issue that the draft becomes.
        name: Of the draft, ``2-1``.
        mark: From its content, for the Message-ID.
        changes: From :func:`reports.changes.compare_reports` against the last issue.
        replaced: Name of the draft in whose place it comes; empty where none waited.
        reminder: Which reminder this is, from 1; 0 for the first mail.
        page: Where it is approved; empty where people cannot reach the page.
        illustrative: Whether figures of a demonstration stand in it.
    """

    office: str
    office_name: str
    contact: str
    year: int
    title: str
    number: int
    name: str
    mark: str
    made_at: datetime
    cause: str
    changes: Mapping[str, Any]
    replaced: str = ""
    reminder: int = 0
    page: str = ""
    illustrative: bool = False


def compose_draft_mail(
    notice: DraftNotice,
    at: datetime,
    *,
    sender: str,
    recipients: Sequence[str],
    attachment: Attachment | None = None,
    most_bytes: int | None = None,
) -> EmailMessage:
    """Write the mail; the same draft and moment give the same bytes.

    Args:
        notice: What it says.
        at: Its moment.
        sender: Address in ``From``.
        recipients: Addresses in ``To``.
        attachment: The PDF with the draft's mark.
        most_bytes: Of the mail; the PDF stays away where it would be heavier. None for no limit.

    Returns:
        HTML and text in Indonesian; a reminder answers the first mail, so that readers show them together.
    """
    too_heavy = bool(attachment and most_bytes and attachment.weight + _BODIES > most_bytes)
    attachment = None if too_heavy else attachment
    first = _message_id(notice, 0, sender)
    heading = f"{notice.title}: rancangan terbitan {notice.number} menunggu persetujuan"
    subject = f"Pengingat {notice.reminder}: {heading}" if notice.reminder else heading
    context = {
        "subject": subject,
        "heading": heading,
        "notice": notice,
        "since": format_time(notice.made_at),
        "changes": notice.changes,
        "dagger": DAGGER,
        "not_real": NOT_REAL,
        "attachment": attachment.name if attachment else "",
        "too_heavy": too_heavy,
    }
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = ", ".join(recipients)
    message["Subject"] = subject
    message["Date"] = format_datetime(at.astimezone(JAKARTA))
    message["Message-ID"] = _message_id(notice, notice.reminder, sender)
    if notice.reminder:
        message["In-Reply-To"] = message["References"] = first
    message["List-Id"] = list_id(notice.title, notice.office, sender)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail_template("rancangan.txt.j2").render(context))
    message.add_alternative(mail_template("rancangan.html.j2").render(context), subtype="html")
    if attachment:
        attach(message, attachment)
    message["Content-Language"] = "id"  # last: each part that comes in takes such headers to itself
    set_boundaries(message, notice.mark)
    return message


def _message_id(notice: DraftNotice, reminder: int, sender: str) -> str:
    domain = sender.rpartition("@")[2].rstrip(">") or "lkjip.invalid"
    again = f".{reminder}" if reminder else ""
    return f"<lkjip.{notice.office}.{notice.year}.rancangan-{notice.name}{again}.{notice.mark}@{domain}>"
