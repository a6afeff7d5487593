"""Handing one mail to a mail server, and what became of each of its recipients.

A password is never put into a text that leaves this module, nor sent over a line that is not
encrypted (the own machine apart).
"""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from core.errors import SettingsError
from core.loopback import check_host, is_loopback
from core.settings import left_empty

TIMEOUT_SECONDS = 30
_SHOWN = 200
"""So much of a server's answer is kept."""


class Encryption(StrEnum):
    """How the line to the mail server is protected."""

    WHEN_OFFERED = "smtp"
    STARTTLS = "smtp+starttls"
    TLS = "smtps"


_PORTS = {Encryption.WHEN_OFFERED: 25, Encryption.STARTTLS: 587, Encryption.TLS: 465}


@dataclass(frozen=True)
class MailServer:
    """Where mails are handed over, as ``LKJIP_SMTP_URL`` says."""

    host: str
    port: int
    encryption: Encryption
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_local(self) -> bool:
        """Whether it runs on this machine: then there is no line to protect."""
        return is_loopback(self.host)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True)
class Attempt:
    """What became of one attempt.

    Attributes:
        accepted: Addresses the server took over.
        refused: Addresses it refused for good (5xx), with the reason.
        delayed: Addresses it refused for now (4xx), with the reason.
        error: Why the mail as a whole was not taken; empty when it was.
        permanent: The mail as a whole would be refused again.
        server_failed: The fault lies with the server or the settings: other mails would fail too.
        begun: The server could be used until this mail was handed over, so that the mail may be the cause.
    """

    accepted: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    delayed: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    permanent: bool = False
    server_failed: bool = False
    begun: bool = True


def read_smtp_url(url: str) -> MailServer:
    """Read ``LKJIP_SMTP_URL``.

    Args:
        url: ``smtp://host:port`` (STARTTLS when offered), ``smtp+starttls://user:password@host``
            (STARTTLS required) or ``smtps://user:password@host`` (TLS from the beginning).

    Raises:
        SettingsError: It is empty or cannot be read; the message does not repeat it.
    """
    if not url.strip():
        raise left_empty("smtp_url")
    try:
        parts = urlsplit(url.strip())
        encryption = Encryption(parts.scheme)
        port = parts.port or _PORTS[encryption]
    except ValueError:
        raise _unusable() from None  # the cause may hold the password
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise _unusable()  # a "/", "?" or "#" of the password that was not written as %2F, %3F, %23
    return MailServer(
        host=parts.hostname,
        port=port,
        encryption=encryption,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def connect(server: MailServer, tls: ssl.SSLContext | None = None) -> smtplib.SMTP:
    """Open the line to the mail server and log in if there is a user.

    Args:
        server: From :func:`read_smtp_url`.
        tls: Which certificates are trusted; those of the machine when left out.

    Raises:
        OSError, smtplib.SMTPException: See :func:`explain`.
        SettingsError: Only this machine may be contacted, and ``server`` is another.
    """
    check_host(server.host)
    name = "localhost" if server.is_local else None
    smtp: smtplib.SMTP
    if server.encryption is Encryption.TLS:
        context = tls or ssl.create_default_context()
        smtp = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=name, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=TIMEOUT_SECONDS)
    try:
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


def transmit(smtp: smtplib.SMTP, sender: str, recipients: Sequence[str], message: bytes) -> Attempt:
    """Hand over one mail.

    Raises:
        OSError, smtplib.SMTPException: The line broke or the server is out of order.
    """
    try:
        answers = smtp.sendmail(sender, list(recipients), message)
    except smtplib.SMTPRecipientsRefused as refusal:
        answers = refusal.recipients
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refusal:
        what = "pengirim" if isinstance(refusal, smtplib.SMTPSenderRefused) else "isi surel"
        return Attempt(
            error=f"Server surel menolak {what}: {_answer(refusal.smtp_code, refusal.smtp_error)}.",
            permanent=_is_permanent(refusal.smtp_code),
        )
    except UnicodeEncodeError:
        return Attempt(
            error="Alamat pengirim atau penerima memuat huruf di luar ASCII; server surel tidak menerimanya.",
            permanent=True,
        )
    return Attempt(
        accepted=tuple(address for address in recipients if address not in answers),
        refused={a: _answer(code, text) for a, (code, text) in answers.items() if _is_permanent(code)},
        delayed={a: _answer(code, text) for a, (code, text) in answers.items() if not _is_permanent(code)},
    )


def leave(smtp: smtplib.SMTP) -> None:
    """Say goodbye; whatever goes wrong now no longer matters to the mail."""
    with suppress(smtplib.SMTPException, OSError):
        smtp.quit()
    smtp.close()


_FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPAuthenticationError, "menolak pengguna atau sandi pada LKJIP_SMTP_URL ({answer})"),
    (
        smtplib.SMTPNotSupportedError,
        "tidak menawarkan {feature}, jadi surel dan sandi tidak dikirim kepadanya",
    ),
    (smtplib.SMTPServerDisconnected, "memutus sambungan di tengah pengiriman"),
    (smtplib.SMTPResponseException, "tidak mau dipakai: {answer}"),
    (ssl.SSLCertVerificationError, "memakai sertifikat yang tidak dapat dipercaya"),
    (ssl.SSLError, "tidak dapat diajak memakai TLS; periksa skema dan port pada LKJIP_SMTP_URL"),
    (socket.gaierror, "tidak ditemukan; periksa nama host pada LKJIP_SMTP_URL"),
    (TimeoutError, f"tidak menjawab dalam {TIMEOUT_SECONDS} detik"),
    (ConnectionRefusedError, "tidak dapat dihubungi: sambungan ditolak"),
    (OSError, "tidak dapat dihubungi ({kind})"),
)
"""By the first class that fits: what to say of the mail server."""


def explain(cause: Exception, server: MailServer) -> str:
    """Why the mail server could not be used, in Indonesian, without the password."""
    words = next((text for kind, text in _FAULTS if isinstance(cause, kind)), "tidak dapat dipakai ({kind})")
    answer = ""
    if isinstance(cause, smtplib.SMTPResponseException):
        answer = _hide(_answer(cause.smtp_code, cause.smtp_error), server)
    feature = "STARTTLS" if "STARTTLS" in str(cause) else "cara masuk yang diperlukan"
    return f"Server surel {server} {words.format(answer=answer, feature=feature, kind=type(cause).__name__)}."


def _needs_starttls(server: MailServer, smtp: smtplib.SMTP) -> bool:
    if server.encryption is Encryption.STARTTLS:
        return True
    offered = server.encryption is Encryption.WHEN_OFFERED and smtp.has_extn("starttls")
    # A mail server on the same machine often has a certificate that nobody signed.
    return offered and not server.is_local


def _is_permanent(code: int) -> bool:
    return 500 <= code < 600


def _answer(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())}".strip()[:_SHOWN]


def _hide(text: str, server: MailServer) -> str:
    if not server.password:
        return text
    raw = server.password.encode()
    both = f"\0{server.user}\0{server.password}".encode()
    for secret in (server.password, base64.b64encode(raw).decode(), base64.b64encode(both).decode()):
        text = text.replace(secret, "***")
    return text


def _unusable() -> SettingsError:
    return SettingsError(
        "Pengaturan LKJIP_SMTP_URL tidak dapat dibaca sebagai alamat server surel.",
        todo="tulis smtp://host:port, smtp+starttls://pengguna:sandi@host atau smtps://pengguna:sandi@host; "
        "tanda khusus di dalam sandi ditulis sebagai %40 untuk @, %2F untuk /, %3A untuk :, %23 untuk #.",
    )
