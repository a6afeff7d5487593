"""The mail server, up to the login and without a mail; and what is stuck in the outboxes."""

from __future__ import annotations

import smtplib
import ssl

from connectors.web.deadline import Deadline
from core.dates import format_time
from core.errors import LkjipError
from core.settings import Settings
from jobs.health.doctor.checks import Check, broken, broken_by, fine, warning
from jobs.health.doctor.database import is_current, reading
from jobs.mail.answers import diagnose
from jobs.mail.outbox import LETTERS, read_stuck
from jobs.mail.server import MailServer, read_smtp_url
from jobs.mail.smtp import connect, leave
from models.session import open_session

SERVER, OUTBOX = "Server surel", "Kotak keluar"
_SECONDS = 20.0


def check_mail_server(settings: Settings) -> list[Check]:
    """Greeting, encryption and login, as sending a mail begins."""
    url = settings.smtp_url.get_secret_value()
    if not url:
        todo = "isi LKJIP_SMTP_URL, misalnya smtp+starttls://pengguna:sandi@host:587."
        return [warning(SERVER, "LKJIP_SMTP_URL kosong, jadi surel menunggu di kotak keluar.", todo)]
    try:
        return [_greet(read_smtp_url(url))]
    except LkjipError as error:
        return [broken_by(SERVER, error)]


def check_outbox(settings: Settings) -> list[Check]:
    """Whether mails were tried in vain."""
    if not is_current(settings):
        return []
    with reading(settings) as engine, open_session(engine, read_only=True) as session:
        stuck = [held for box in LETTERS for held in read_stuck(session, box)]
    if not stuck:
        return [fine(OUTBOX, "tidak ada surel yang tertahan.")]
    oldest = min(held.since for held in stuck)
    said = f"{len(stuck)} surel tertahan, yang tertua sejak {format_time(oldest)}."
    return [warning(OUTBOX, said, "lihat sebabnya dengan lkjip outbox list.")]


def _greet(server: MailServer) -> Check:
    try:
        with Deadline(_SECONDS) as deadline:
            smtp = connect(server, deadline=deadline)
    except (smtplib.SMTPException, OSError, UnicodeError) as cause:
        found = diagnose(cause, server, _SECONDS)
        return broken(SERVER, found.reason, found.todo)
    encrypted = isinstance(smtp.sock, ssl.SSLSocket)
    leave(smtp)
    how = "terenkripsi" if encrypted else "tanpa enkripsi"
    login = f", masuk sebagai {server.user}" if server.user else ", tanpa masuk"
    said = f"{server} menjawab ({how}{login}); tidak ada surel yang dikirim."
    if not encrypted and not server.is_local:
        todo = "tulis LKJIP_SMTP_URL dengan smtp+starttls:// atau smtps:// bila server itu menyediakannya."
        return warning(SERVER, said, todo)
    return fine(SERVER, said)
