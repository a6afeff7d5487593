"""Telling those who may approve by mail that a draft waits for them, and reminding them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from core.dates import JAKARTA
from core.page import draft_address
from jobs.workspace import Workspace
from models.mail.outbox import holds, put
from models.mail.tables import DraftMail
from models.report.draft_tables import PartKind, ReportDraft
from models.report.drafts import read_parts, unsent_mails
from models.tables import identity
from reports.attachments import Attachment
from reports.draft_mail import DraftNotice, compose_draft_mail


def approvers_of(workspace: Workspace) -> list[str]:
    """The addresses that are told of a draft.

    Where ``LKJIP_MAIL_TO`` takes the place of the year's recipients no role is known: the draft goes to the
    first address there alone, never to all who get an issue.
    """
    instead = workspace.settings.recipients[:1]
    return instead or [recipient.address for recipient in workspace.agency.year.approvers]


def tell_approvers(session: Session, workspace: Workspace, draft: ReportDraft, replaced: str = "") -> None:
    """Put the mail that a draft waits, with its marked PDF, into the outbox.

    Args:
        session: The one that records the draft, so that both are kept or neither.
        workspace: Office and year.
        draft: Recorded already.
        replaced: Name of the draft in whose place it comes; empty where none waited.

    Raises:
        DeliveryError: As for :func:`models.mail.outbox.put`.
    """
    pdf = read_parts(session, draft, PartKind.MARKED)["lkjip.pdf"]
    name = f"LKjIP-{draft.year}-{workspace.agency.office.short_name}-rancangan-{draft.name}.pdf"
    _put(session, workspace, draft, draft.made_at, replaced=replaced, attachment=Attachment(name, pdf))


def remind_approvers(session: Session, workspace: Workspace, draft: ReportDraft, now: datetime) -> bool:
    """Put a reminder into the outbox if one is due: each time as many days have passed as the year says.

    Args:
        session: Of the caller's transaction.
        workspace: Office and year.
        draft: That waits.
        now: The present moment.

    Returns:
        Whether one was put there now.
    """
    approval = workspace.agency.year.approval
    if approval is None or unsent_mails(session, draft):  # nobody is reminded of what did not arrive yet
        return False
    days = (now.astimezone(JAKARTA).date() - draft.made_at.astimezone(JAKARTA).date()).days
    passed = days // approval.remind_after
    return passed > 0 and _put(session, workspace, draft, now, reminder=passed)


def _put(
    session: Session,
    workspace: Workspace,
    draft: ReportDraft,
    at: datetime,
    *,
    reminder: int = 0,
    replaced: str = "",
    attachment: Attachment | None = None,
) -> bool:
    settings, office = workspace.settings, workspace.agency.office
    recipients = approvers_of(workspace)
    address = draft_address(settings, office.id, draft.year, draft.name) if settings.page_url else ""
    notice = DraftNotice(
        office=office.id,
        office_name=office.name,
        contact=office.contact,
        year=draft.year,
        title=draft.report["title"],
        number=draft.number,
        name=draft.name,
        mark=draft.content_hash[:16],
        made_at=draft.made_at,
        cause=draft.cause,
        changes=draft.changes,
        replaced=replaced,
        reminder=reminder,
        page=address,
        illustrative=any(row["illustrative"] for row in draft.report["indicators"]),
    )
    message = compose_draft_mail(
        notice,
        at,
        sender=settings.contact or office.contact,
        recipients=recipients,
        attachment=attachment,
        most_bytes=settings.most_mail_bytes,
    )
    if holds(session, DraftMail, str(message["Message-ID"])):
        return False
    put(session, DraftMail, message, recipients, at, draft_id=identity(draft.id))
    return True
