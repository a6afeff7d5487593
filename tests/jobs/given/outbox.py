"""Mails in an outbox, and mail servers that answer as a test says."""

from datetime import UTC, datetime
from email.message import EmailMessage

from aiosmtpd.smtp import AuthResult
from sqlmodel import select

from jobs.mail.send import send_due
from models.mail.tables import OutboxMail
from models.report.issues import enqueue, next_number, record_issue
from models.report.tables import ReportIssue
from models.session import open_session
from standins.mail import listening

NOW = datetime(2024, 4, 4, 2, tzinfo=UTC)
HEAD, INSPECTOR = "kepala@dinas.example", "inspektorat@daerah.example"


def queue(engine, *, count=1, recipients=(HEAD, INSPECTOR)):
    """Put mails into the outbox as an issue of the report does."""
    with open_session(engine) as session:
        issue = ReportIssue(
            agency="sumenep-dkupp", year=2023, number=next_number(session, "sumenep-dkupp", 2023),
            content_hash=f"{count}{recipients}", issued_at=NOW, cause="BPS merilis PDRB",
            folder="laporan/terbitan-1",
        )  # fmt: skip
        record_issue(session, issue)
        for number in range(1, count + 1):
            message = EmailMessage()
            message["From"] = "Perencana <perencana@dinas.example>"
            message["To"] = ", ".join(recipients)
            message["Subject"] = f"LKjIP 2023 – terbitan {number}"
            message["Message-ID"] = f"<lkjip-2023-{number}@dinas.example>"
            message.set_content("Pertumbuhan industri 5,20% · menunggu rilis BPS\n.\nbaris sesudah titik\n")
            enqueue(session, issue, message, recipients)


def outbox(engine):
    with open_session(engine, read_only=True) as session:
        return list(session.exec(select(OutboxMail).order_by(OutboxMail.id)))


class Scripted:
    """A mail server that keeps what it takes and answers as a test says."""

    def __init__(self, *, rcpt=None, data=None, drops=False):
        self.kept = []
        self.rcpt = rcpt or {}
        self.data = data
        self.drops = drops

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        answer = self.rcpt.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, _session, envelope):
        if self.drops:
            server.transport.abort()
            return "250 never seen"
        if self.data:
            return self.data
        self.kept.append((envelope.rcpt_tos, envelope.original_content))
        return "250 OK"


def refuse(_server, _session, _envelope, _mechanism, _data):
    return AuthResult(success=False, handled=False)


def send(engine, handler, now=NOW, **options):
    with listening(handler) as port:
        return send_due(engine, f"smtp://127.0.0.1:{port}", now, **options)
