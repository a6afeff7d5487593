"""How the outboxes stand: what waits, what was refused, and whom the reports do not reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from jobs.health.troubles import Finding, Reported, report_findings
from jobs.workspace import Workspace
from models.outbox import waiting
from models.session import open_session
from models.tables import OutboxMail
from models.troubles import TroubleMail

KEY = "surel/kotak-keluar"


@dataclass(frozen=True)
class OutboxState:
    """The outbox of reports, and that of mails to the technician.

    Attributes:
        waiting: Mails of reports that still have to be sent.
        troubles_waiting: Mails to the technician that still have to be sent.
        problems: Why mails of reports do not reach their recipients, in Indonesian, a line each.
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
    return OutboxState(waiting(session), waiting(session, TroubleMail), tuple(_problems(session)))


def report_outbox(workspace: Workspace) -> Reported:
    """Tell the technician of mails that cannot be delivered, or that they can again.

    Raises:
        StorageError: The database cannot be used.
    """
    with open_session(workspace.engine, read_only=True) as session:
        problems = _problems(session)
    return report_findings(workspace, undelivered(problems), [KEY])


def undelivered(problems: list[str] | tuple[str, ...]) -> list[Finding]:
    """The finding that mails do not reach their recipients; none when they do."""
    if not problems:
        return []
    return [
        Finding(
            KEY,
            "Surel laporan tidak terkirim",
            " ".join(problems),
            "periksa LKJIP_SMTP_URL, server surel dan alamat penerima. Surel tetap di kotak keluar dan "
            "dicoba lagi menurut jadwal; yang ditolak untuk seterusnya: lkjip send --again setelah "
            "diperbaiki.",
        )
    ]


def _problems(session: Session) -> list[str]:
    """Of every mail that is not sent and was tried, and of the last that was sent to some only."""
    tried = select(OutboxMail).where(col(OutboxMail.sent_at).is_(None), OutboxMail.last_error != "")
    problems = [
        f"{mail.subject}: {mail.last_error}"
        + (" Tidak dicoba lagi." if mail.abandoned_at is not None else "")
        for mail in session.exec(tried.order_by(col(OutboxMail.id)))
    ]
    sent = select(OutboxMail).where(col(OutboxMail.sent_at).is_not(None))
    last = session.exec(sent.order_by(col(OutboxMail.id).desc()).limit(1)).first()
    if last is not None:
        problems += [
            f"{last.subject}: ditolak untuk {address} ({answer})." for address, answer in last.refused.items()
        ]
    return problems
