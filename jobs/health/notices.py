"""The mails to the technician: a trouble that begins, one that is over, and that all is alive."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from connectors.web.redaction import MASK, redact
from core.dates import JAKARTA, format_time
from core.errors import DeliveryError, LkjipError
from core.page import office_address
from core.settings import PROJECT, Settings
from jobs.workspace import Workspace
from models.health.troubles import Trouble
from models.session import describe_database


@dataclass(frozen=True)
class Correspondence:
    """Who writes to whom about what machine.

    Attributes:
        sender: The office's contact.
        recipients: The technicians; empty when nobody is known.
        place: Office, folder, database and machine, in the words of the mail.
        page: Where the page tells how things stand; empty where only this machine can open it.
        also: Who is told of troubles besides: the year's recipients of such a role.
    """

    sender: str
    recipients: tuple[str, ...]
    place: Mapping[str, str]
    page: str = ""
    also: tuple[str, ...] = ()

    def of_troubles(self) -> Correspondence:
        """The same with all who are told of troubles."""
        return replace(self, recipients=tuple(dict.fromkeys((*self.recipients, *self.also))))


def correspondence(workspace: Workspace) -> Correspondence:
    """Who is told; an office whose data cannot be read leaves the addresses of the settings."""
    settings = workspace.settings
    also: tuple[str, ...] = ()
    try:
        contact = workspace.agency.office.contact
        also = tuple(workspace.agency.year.told_of_failures)
    except LkjipError:
        contact = ""
    recipients = tuple(settings.technicians) or ((contact,) if contact else ())
    sender = settings.contact or contact or next(iter(recipients), "")
    return Correspondence(sender, recipients, place_of(settings), state_page(settings), also)


def state_page(settings: Settings) -> str:
    """The address of the page that tells how the office stands; empty where ``LKJIP_PAGE_URL`` is."""
    if not settings.page_url:
        return ""
    office = quote(Path(settings.agency).name, safe="")
    return office_address(settings, office) if office else settings.page_address


def require_recipients(to: Correspondence) -> Correspondence:
    """``to``, if it has somebody to tell.

    Raises:
        DeliveryError: Nobody is known.
    """
    if not to.recipients:
        raise DeliveryError(
            "Tidak ada alamat teknisi: LKJIP_TECHNICIAN kosong dan data instansi tidak menyebut kontak.",
            todo="isi LKJIP_TECHNICIAN dengan alamat surel teknisi.",
        )
    return to


def place_of(settings: Settings) -> dict[str, str]:
    """Which installation speaks: one technician may look after several."""
    return {
        "Kantor": f"{settings.office}, {name_years(settings.year)}",
        "Map kerja": str(settings.home),
        "Basis data": describe_database(settings.database),
        "Komputer": socket.gethostname(),
    }


def name_years(year: int | None) -> str:
    """``tahun 2023``; ``semua tahun yang terbuka`` where the settings name none."""
    return "semua tahun yang terbuka" if year is None else f"tahun {year}"


def without_secrets(settings: Settings, text: str) -> str:
    """``text`` without the keys of BPS and the store, the passwords of mail server and database."""
    text = redact(text, settings.bps_key.get_secret_value())
    for secret in (settings.store_secret.get_secret_value(), settings.store_key.get_secret_value()):
        text = text.replace(secret, MASK) if secret else text
    for url in (settings.smtp_url.get_secret_value(), settings.database_url):
        written = url.partition("://")[2].rpartition("@")[0].partition(":")[2]
        for password in {written, unquote(written)} - {""}:
            text = text.replace(password, MASK)
    return text


def compose_opened(to: Correspondence, trouble: Trouble) -> EmailMessage:
    """The mail that a trouble is there."""
    return _compose(
        to,
        "masalah.txt.j2",
        subject=f"[LKjIP] Masalah: {trouble.title}",
        mark=f"masalah.{_mark(trouble)}.mulai",
        at=trouble.opened_at,
        trouble=trouble,
        since=format_time(trouble.opened_at),
    )


def compose_closed(to: Correspondence, trouble: Trouble, *, told: bool) -> EmailMessage:
    """The mail that a trouble is over.

    Args:
        to: Who is told.
        trouble: Closed.
        told: Whether the mail that it began reached the mail server; if not this one tells both.
    """
    ended = trouble.closed_at or trouble.seen_at
    return _compose(
        to,
        "selesai.txt.j2",
        subject=f"[LKjIP] Selesai: {trouble.title}",
        mark=f"masalah.{_mark(trouble)}.selesai",
        answers=f"masalah.{_mark(trouble)}.mulai" if told else "",
        at=ended,
        trouble=trouble,
        since=format_time(trouble.opened_at),
        until=format_time(ended),
        told=told,
    )


def compose_alive(to: Correspondence, at: datetime, state: str) -> EmailMessage:
    """The mail of the month: it runs; one that stays away is a sign as well.

    Args:
        to: Who is told.
        at: The present moment.
        state: How things stand, as ``lkjip status`` says it.
    """
    return _compose(
        to,
        "masih-hidup.txt.j2",
        subject=f"[LKjIP] Masih hidup: {to.place['Kantor']}",
        mark=_mark_of_month(to, at),
        at=at,
        state=state,
    )


def id_of_alive(to: Correspondence, at: datetime) -> str:
    """The Message-ID of :func:`compose_alive`: one for each month in Jakarta and each installation."""
    return _message_id(to, _mark_of_month(to, at))


def _mark_of_month(to: Correspondence, at: datetime) -> str:
    installation = hashlib.sha256("|".join(to.place.values()).encode()).hexdigest()[:12]
    return f"hidup.{installation}.{at.astimezone(JAKARTA):%Y-%m}"


def compose_test(to: Correspondence, at: datetime) -> EmailMessage:
    """The mail by which a technician sees that mails arrive."""
    return _compose(to, "uji.txt.j2", subject="[LKjIP] Surel uji", mark=f"uji.{at:%Y%m%d%H%M%S%f}", at=at)


def _mark(trouble: Trouble) -> str:
    """Also apart from a trouble of the same number in a database that was made anew."""
    return f"{trouble.id}.{trouble.opened_at:%Y%m%d%H%M%S}"


def _compose(
    to: Correspondence,
    template: str,
    *,
    subject: str,
    mark: str,
    at: datetime,
    answers: str = "",
    **context: Any,
) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = to.sender
    message["To"] = ", ".join(to.recipients)
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(at.astimezone(JAKARTA))
    message["Message-ID"] = _message_id(to, mark)
    if answers:
        message["In-Reply-To"] = message["References"] = _message_id(to, answers)
    message["List-Id"] = f"Gangguan LKjIP <lkjip-gangguan.{_domain(to)}>"
    message["Auto-Submitted"] = "auto-generated"
    text = (
        _templates()
        .get_template(template)
        .render(place=to.place, page=to.page, at=format_time(at), **context)
    )
    message.set_content(text)
    message["Content-Language"] = "id"  # after the content, which drops such headers
    return message


def _message_id(to: Correspondence, mark: str) -> str:
    return f"<lkjip.{mark}@{_domain(to)}>"


def _domain(to: Correspondence) -> str:
    return to.sender.rpartition("@")[2].rstrip(">") or "lkjip.invalid"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(PROJECT / "templates" / "mail"),
        autoescape=False,  # noqa: S701 - plain text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
