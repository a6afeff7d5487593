"""How the outboxes stand: what waits, what was refused, and whom the reports do not reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from core.dates import format_time
from jobs.health.troubles import Finding, Reported, report_findings
from jobs.mail.outbox import Held, read_stuck
from jobs.workspace import Workspace
from models.mail.outbox import waiting
from models.mail.recipients import State
from models.mail.tables import DraftMail, Fault, OutboxMail, TroubleMail
from models.session import open_session

SCOPE = "surel/"

_SHOWN = 5
"""So many mails are told one by one; the list of the outbox tells all."""


@dataclass(frozen=True)
class OutboxState:
    """The outboxes of reports, of mails that ask for approval, and of those to the technician.

    Attributes:
        waiting: Mails of reports that still have to be sent.
        troubles_waiting: Mails to the technician that still have to be sent.
        problems: What keeps mails from their recipients, in Indonesian, a line each.
        stuck: The mails that were tried and that somebody still lacks.
        drafts_waiting: Mails that ask for approval and still have to be sent.
    """

    waiting: int
    troubles_waiting: int
    problems: tuple[str, ...] = ()
    stuck: tuple[Held, ...] = ()
    drafts_waiting: int = 0

    def as_text(self) -> str:
        """For people."""
        lines = [
            f"Kotak keluar: {self.waiting} surel laporan dan {self.troubles_waiting} surel teknisi menunggu."
        ]
        if self.drafts_waiting:
            lines.append(f"  {self.drafts_waiting} surel permintaan persetujuan menunggu.")
        lines += [f"  {line}" for held in self.stuck[:_SHOWN] for line in held.as_text().splitlines()]
        if len(self.stuck) > _SHOWN:
            lines.append(f"  dan {len(self.stuck) - _SHOWN} surel tertahan lagi: lkjip outbox list")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "waiting": self.waiting,
            "technician_waiting": self.troubles_waiting,
            "problems": list(self.problems),
            "stuck": [held.as_dict() for held in self.stuck],
        }


def read_outbox(session: Session) -> OutboxState:
    """How the outboxes stand now."""
    reports, notices = _of_reports(session), read_stuck(session, TroubleMail)
    problems = [finding.detail for finding in _findings(reports)]
    problems += [detail for detail in map(_why_unsent, notices) if detail not in problems]
    left = waiting(session), waiting(session, TroubleMail)
    stuck = (*reports, *notices)
    return OutboxState(*left, tuple(problems), stuck, waiting(session, DraftMail))


def report_outbox(workspace: Workspace) -> Reported:
    """Tell the technician of mails that cannot be delivered, or that they can again.

    Raises:
        StorageError: The database cannot be used.
    """
    with open_session(workspace.engine, read_only=True) as session:
        findings = undelivered(session)
    return report_findings(workspace, findings, [SCOPE])


def undelivered(session: Session) -> list[Finding]:
    """What keeps mails of reports from their recipients.

    A fault of the settings is one finding however many mails it holds up; any other has a finding for each
    mail that nobody has, and one for each address that lacks mails which others have.
    """
    return _findings(_of_reports(session))


def _of_reports(session: Session) -> list[Held]:
    return [*read_stuck(session, OutboxMail), *read_stuck(session, DraftMail)]


def _findings(held: Sequence[Held]) -> list[Finding]:
    by_settings = [mail for mail in held if mail.fault == Fault.SETTINGS]
    others = [mail for mail in held if mail.fault != Fault.SETTINGS]
    whole = [mail for mail in others if mail.next_attempt or not _is_served(mail)]
    parts = [mail for mail in others if mail not in whole]
    return [*_of_settings(by_settings), *map(_of_mail, whole), *_of_addresses(parts)]


def _of_settings(held: Sequence[Held]) -> list[Finding]:
    if not held:
        return []
    last = max(held, key=lambda mail: mail.last_attempt or mail.since)
    first = min(mail.since for mail in held)
    return [
        Finding(
            f"{SCOPE}pengaturan",
            "Surel tertahan oleh pengaturan server surel",
            f"{last.reason} Semua surel tetap menunggu; yang tertua sejak {format_time(first)}.",
            f"{last.todo} Lalu coba: lkjip send.",
        )
    ]


def _of_mail(mail: Held) -> Finding:
    return Finding(
        f"{SCOPE}{mail.message_id}",
        "Surel laporan tidak terkirim",
        _why_unsent(mail),
        "periksa LKJIP_SMTP_URL, server surel dan alamat penerima. Surel tetap di kotak keluar dan "
        "dicoba lagi menurut jadwal; yang ditolak untuk seterusnya: lkjip outbox retry setelah "
        "diperbaiki, atau lkjip outbox drop.",
    )


def _of_addresses(held: Sequence[Held]) -> list[Finding]:
    lacking: dict[str, list[tuple[Held, str]]] = {}
    for mail in held:
        for one in mail.lacking:
            lacking.setdefault(one.address, []).append((mail, one.answer))
    return [
        Finding(
            f"{SCOPE}penerima/{address}",
            f"Surel laporan tidak terkirim kepada {address}",
            f"{mails[-1][0].subject}: ditolak untuk {address} ({mails[-1][1]})"
            + (f"; begitu pula {len(mails) - 1} surel sebelumnya." if len(mails) > 1 else "."),
            "perbaiki alamatnya atau mintalah server surel menerimanya, lalu lkjip outbox retry; bila tidak "
            "perlu lagi, lkjip outbox drop. Penerima lain sudah mendapat surelnya.",
        )
        for address, mails in lacking.items()
    ]


def _is_served(mail: Held) -> bool:
    return any(one.state is State.SERVED for one in mail.recipients)


def _why_unsent(mail: Held) -> str:
    given_up = "" if mail.next_attempt else " Tidak dicoba lagi."
    return f"{mail.subject}: {mail.reason}{given_up}"
