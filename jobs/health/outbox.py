"""How the outboxes stand: what waits, what was refused, and whom the reports do not reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from jobs.health.troubles import Finding, Reported, report_findings
from jobs.workspace import Workspace
from models.mail.outbox import waiting
from models.mail.tables import MailRow, OutboxMail, TroubleMail
from models.session import open_session

SCOPE = "surel/"


@dataclass(frozen=True)
class OutboxState:
    """The outbox of reports, and that of mails to the technician.

    Attributes:
        waiting: Mails of reports that still have to be sent.
        troubles_waiting: Mails to the technician that still have to be sent.
        problems: Why mails do not reach their recipients, in Indonesian, a line each.
    """

    waiting: int
    troubles_waiting: int
    problems: tuple[str, ...] = ()

    def as_text(self) -> str:
        """For people."""
        lines = [
            f"Kotak keluar: {self.waiting} surel laporan dan {self.troubles_waiting} surel teknisi menunggu."
        ]
        return "\n".join([*lines, *(f"  - {problem}" for problem in self.problems)])

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "waiting": self.waiting,
            "technician_waiting": self.troubles_waiting,
            "problems": list(self.problems),
        }


def read_outbox(session: Session) -> OutboxState:
    """How both outboxes stand now."""
    problems = [finding.detail for finding in undelivered(session)]
    problems += [_why_unsent(mail) for mail in _tried(session, TroubleMail)]
    return OutboxState(waiting(session), waiting(session, TroubleMail), tuple(problems))


def report_outbox(workspace: Workspace) -> Reported:
    """Tell the technician of mails that cannot be delivered, or that they can again.

    Raises:
        StorageError: The database cannot be used.
    """
    with open_session(workspace.engine, read_only=True) as session:
        findings = undelivered(session)
    return report_findings(workspace, findings, [SCOPE])


def undelivered(session: Session) -> list[Finding]:
    """A finding for every mail of a report that was tried and not sent, and for every address that refuses.

    An address is judged by the last mail that was sent: it may have been repaired since an older one.
    """
    findings = [
        Finding(
            f"{SCOPE}{mail.message_id}",
            "Surel laporan tidak terkirim",
            _why_unsent(mail),
            "periksa LKJIP_SMTP_URL, server surel dan alamat penerima. Surel tetap di kotak keluar dan "
            "dicoba lagi menurut jadwal; yang ditolak untuk seterusnya: lkjip send --again setelah "
            "diperbaiki.",
        )
        for mail in _tried(session, OutboxMail)
    ]
    sent = select(OutboxMail).where(col(OutboxMail.sent_at).is_not(None))
    last = session.exec(sent.order_by(col(OutboxMail.id).desc()).limit(1)).first()
    refused = last.refused.items() if last else ()
    return findings + [
        Finding(
            f"{SCOPE}penerima/{address}",
            f"Surel laporan tidak terkirim kepada {address}",
            f"{last.subject if last else ''}: ditolak untuk {address} ({answer}).",
            "periksa alamat penerima itu; penerima lain sudah mendapat surelnya.",
        )
        for address, answer in refused
    ]


def _tried(session: Session, box: type[MailRow]) -> list[MailRow]:
    """The mails that were tried and not sent, also those that are given up."""
    query = select(box).where(col(box.sent_at).is_(None), box.last_error != "")
    return list(session.exec(query.order_by(col(box.id))))


def _why_unsent(mail: MailRow) -> str:
    given_up = " Tidak dicoba lagi." if mail.abandoned_at is not None else ""
    return f"{mail.subject}: {mail.last_error}{given_up}"
