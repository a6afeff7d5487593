"""Handing one mail to a mail server, and what became of each of its recipients.

A password is never put into a text that leaves this module, nor sent over a line that is not
encrypted (the own machine apart). The whole conversation has one time limit, whatever drips.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from connectors.web.deadline import Deadline
from core.loopback import check_host
from jobs.mail.answers import (
    SENDER,
    blames_settings,
    diagnose,
    is_permanent,
    mend_settings,
    refuses_all,
    words,
)
from jobs.mail.server import Encryption, MailServer
from models.mail.tables import Fault

TIMEOUT_SECONDS = 30.0
"""So long one answer is waited for, but that to the whole mail: a server may look through it first."""
GOODBYE_SECONDS = 5.0
SESSION_SECONDS = 300.0
_CLOSING = 421
_TOO_BIG = 552


@dataclass(frozen=True)
class Attempt:
    """What became of one attempt.

    Attributes:
        accepted: Addresses the server took over.
        refused: Addresses it refused for good (5xx), with the reason.
        delayed: Addresses it refused for now (4xx), or by a fault of the settings, with the reason.
        error: Why the mail as a whole was not taken; empty when it was.
        permanent: The mail as a whole would be refused again.
        server_failed: The fault lies with the server or the settings: other mails would fail too.
        begun: The server could be used until this mail was handed over, so that the mail may be the cause.
        fault: What it failed by, if it did.
        todo: What to do about it.
    """

    accepted: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    delayed: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    permanent: bool = False
    server_failed: bool = False
    begun: bool = True
    fault: Fault = Fault.MAIL
    todo: str = ""


class _WholeLines:
    """Reads a server's lines; one that was cut off is none: smtplib takes ``25`` of ``250`` for a code."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readline(self, size: int) -> bytes:
        line = self._file.readline(size)
        return line if line.endswith(b"\n") or len(line) == size else b""

    def close(self) -> None:
        self._file.close()


class _Line(smtplib.SMTP):
    """A conversation that its deadline can end from outside, from its first byte on."""

    deadline: Deadline | None = None
    file: Any  # smtplib's, made anew after STARTTLS

    def getreply(self) -> tuple[int, bytes]:
        """As smtplib's, but for whole lines only."""
        if self.file is None and self.sock is not None:
            self.file = _WholeLines(self.sock.makefile("rb"))
        return super().getreply()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        made: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        if self.deadline is not None:
            self.deadline.guard(made)
        return made


class _TlsLine(smtplib.SMTP_SSL, _Line):
    """The same, encrypted from the beginning: the handshake is under the deadline too."""


def connect(
    server: MailServer, tls: ssl.SSLContext | None = None, deadline: Deadline | None = None
) -> smtplib.SMTP:
    """Open the line to the mail server and log in if there is a user.

    Args:
        server: From :func:`jobs.mail.server.read_smtp_url`.
        tls: Which certificates are trusted; those of the machine when left out.
        deadline: Ends the line when it passes.

    Raises:
        OSError, UnicodeError, smtplib.SMTPException: See :func:`jobs.mail.answers.diagnose`.
        SettingsError: Only this machine may be contacted, and ``server`` is another.
    """
    check_host(server.host)
    options: dict[str, Any] = {"timeout": TIMEOUT_SECONDS}
    if server.is_local:
        options["local_hostname"] = "localhost"
    smtp: _Line
    if server.encryption is Encryption.TLS:
        smtp = _TlsLine(context=tls or ssl.create_default_context(), **options)
        smtp._host = server.host  # type: ignore[attr-defined]  # whose certificate it must be
    else:
        smtp = _Line(**options)
        smtp._host = server.host  # type: ignore[attr-defined]
    smtp.deadline = deadline
    try:
        code, said = smtp.connect(server.host, server.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)
        smtp.ehlo_or_helo_if_needed()
        if _needs_starttls(server, smtp):
            smtp.starttls(context=tls or ssl.create_default_context())
            smtp.ehlo()
        if server.user:
            if not server.is_local and not isinstance(smtp.sock, ssl.SSLSocket):
                raise smtplib.SMTPNotSupportedError("STARTTLS extension not supported by server.")
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


@contextmanager
def handed_over(
    server: MailServer,
    sender: str,
    recipients: Sequence[str],
    message: bytes,
    *,
    seconds: float = SESSION_SECONDS,
    tls: ssl.SSLContext | None = None,
) -> Iterator[Attempt]:
    """Hand over one mail, and give what became of it at once, before the line is left.

    Args:
        server: From :func:`jobs.mail.server.read_smtp_url`.
        sender: Envelope sender.
        recipients: Whom to serve.
        message: The whole mail.
        seconds: After so many the line is cut, wherever the conversation is.
        tls: As for :func:`connect`.

    Raises:
        SettingsError: As :func:`connect`.
    """
    smtp: smtplib.SMTP | None = None
    attempt: Attempt | None = None
    began = time.monotonic()
    try:
        with Deadline(seconds) as deadline:
            smtp = connect(server, tls, deadline)
            attempt = transmit(smtp, sender, recipients, message, seconds)
    except (smtplib.SMTPException, OSError, UnicodeError) as cause:
        if attempt is None:  # an answer that came counts, also when the time was over with it
            waited = seconds if time.monotonic() - began >= seconds else TIMEOUT_SECONDS
            attempt = _server_failed(cause, server, waited, begun=smtp is not None)
    try:
        yield attempt
    finally:
        if smtp is not None:
            leave(smtp)


def transmit(
    smtp: smtplib.SMTP, sender: str, recipients: Sequence[str], message: bytes, seconds: float
) -> Attempt:
    """Hand over one mail.

    Args:
        smtp: From :func:`connect`.
        sender: Envelope sender.
        recipients: Whom to serve.
        message: The whole mail.
        seconds: So long the answer to the whole mail is waited for.

    Raises:
        OSError, smtplib.SMTPException: The line broke or the server is out of order.
    """
    smtp.ehlo_or_helo_if_needed()
    if not sender.isascii():
        error = "Alamat pengirim memuat huruf di luar ASCII; server surel tidak menerimanya."
        return Attempt(error=error, fault=Fault.SETTINGS, todo=SENDER)
    size = [f"size={len(message)}"] if smtp.has_extn("size") else []
    code, said = _open(smtp.mail(sender, size))
    if not _is_good(code):
        return _sender_refused(code, said)
    asked = _ask_for(smtp, recipients)
    if not asked.accepted:
        return asked
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)
    try:
        code, said = _open(smtp.data(message))
    except smtplib.SMTPDataError as refusal:
        code, said = _open((refusal.smtp_code, _bytes(refusal.smtp_error)))
    return asked if _is_good(code) else _content_refused(asked, code, said)


def leave(smtp: smtplib.SMTP) -> None:
    """Say goodbye; whatever goes wrong now no longer matters to the mail."""
    with suppress(smtplib.SMTPException, OSError), Deadline(GOODBYE_SECONDS) as deadline:
        if smtp.sock is not None:
            deadline.guard(smtp.sock)
            smtp.quit()
    smtp.close()


def _ask_for(smtp: smtplib.SMTP, recipients: Sequence[str]) -> Attempt:
    """Name the recipients; nobody is served by that yet, whatever stands in ``accepted``."""
    taken: list[str] = []
    refused: dict[str, str] = {}
    delayed: dict[str, str] = {}
    of_settings: tuple[int, bytes] | None = None
    for address in recipients:
        if not address.isascii():
            refused[address] = "alamat memuat huruf di luar ASCII"
            continue
        code, said = _open(smtp.rcpt(address))
        if _is_good(code):
            taken.append(address)
        elif blames_settings(code, said):
            of_settings = (code, said)
            delayed[address] = words(code, said)
        else:
            (refused if is_permanent(code) else delayed)[address] = words(code, said)
    attempt = Attempt(tuple(taken), refused, delayed)
    if of_settings is None:
        return attempt
    attempt = replace(attempt, fault=Fault.SETTINGS, todo=mend_settings(*of_settings))
    if taken or not refuses_all(of_settings[0]):
        return attempt
    error = f"Server surel menolak penerima: {words(*of_settings)}."
    return replace(attempt, error=error, server_failed=True, begun=False)


def _sender_refused(code: int, said: bytes) -> Attempt:
    """A sender is the same in every mail, so what is wrong with it is mended in the settings."""
    error = f"Server surel menolak pengirim: {words(code, said)}."
    if refuses_all(code):
        todo = mend_settings(code, said)
        return Attempt(error=error, fault=Fault.SETTINGS, todo=todo, server_failed=True, begun=False)
    if not is_permanent(code) or code == _TOO_BIG:
        return Attempt(error=error, permanent=is_permanent(code))
    todo = mend_settings(code, said) if blames_settings(code, said) else SENDER
    return Attempt(error=error, fault=Fault.SETTINGS, todo=todo)


def _content_refused(asked: Attempt, code: int, said: bytes) -> Attempt:
    error = f"Server surel menolak isi surel: {words(code, said)}."
    refused = replace(asked, accepted=(), error=error, permanent=is_permanent(code))
    if not blames_settings(code, said):
        return replace(refused, fault=Fault.MAIL, todo="")
    all_of_them = refuses_all(code)
    return replace(
        refused,
        permanent=False,
        server_failed=all_of_them,
        begun=not all_of_them,
        fault=Fault.SETTINGS,
        todo=mend_settings(code, said),
    )


def _server_failed(cause: Exception, server: MailServer, waited: float, *, begun: bool) -> Attempt:
    found = diagnose(cause, server, waited)
    return Attempt(error=found.reason, server_failed=True, begun=begun, fault=found.fault, todo=found.todo)


def _open(answer: tuple[int, bytes]) -> tuple[int, bytes]:
    """The answer, unless by it the server closes the line: that is no answer about the mail."""
    if answer[0] == _CLOSING:
        raise smtplib.SMTPResponseException(*answer)
    return answer


def _is_good(code: int) -> bool:
    return code in (250, 251)


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _needs_starttls(server: MailServer, smtp: smtplib.SMTP) -> bool:
    if server.encryption is Encryption.STARTTLS:
        return True
    offered = server.encryption is Encryption.WHEN_OFFERED and smtp.has_extn("starttls")
    # A mail server on the same machine often has a certificate that nobody signed.
    return offered and not server.is_local
