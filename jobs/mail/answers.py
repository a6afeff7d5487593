"""What a mail server's refusal means: of a recipient, of the mail, of the server, or of our settings.

A fault of the settings says nothing about a mail: whoever mends them wants all mails sent. Words of a
server are kept short and without control characters, which could write over a terminal.
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from dataclasses import dataclass

from jobs.mail.server import MailServer
from models.mail.tables import Fault

_SHOWN = 200
"""So much of a server's answer is kept."""

_SETTINGS_CODES = frozenset({500, 502, 503, 504, 521, 523, 524, 530, 534, 535, 538})
"""Login or encryption is wanting, or a command is unknown there: every mail would fail by it."""
_NOT_FOR_STRANGERS = re.compile(r"relay|authentication (is )?required|must .*(starttls|authenticate)", re.I)
"""How servers say that they pass mail on to others only for those who have logged in."""
_NOT_FROM_HERE = re.compile(r"client host|helo command rejected|blocked using|reverse (dns|host)", re.I)
"""How they say that they do not like this machine's own address, whatever it brings."""

_LOGIN = "periksa pengguna dan sandi pada LKJIP_SMTP_URL; sebagian penyedia meminta sandi khusus aplikasi."
_LOG_IN = (
    "tulis pengguna dan sandi pada LKJIP_SMTP_URL, misalnya smtp+starttls://pengguna:sandi@host:587; "
    "server itu hanya melayani yang masuk."
)
_ENCRYPT = (
    "tulis LKJIP_SMTP_URL dengan smtp+starttls:// (biasanya port 587) atau smtps:// (biasanya port 465); "
    "server itu mensyaratkan sambungan terenkripsi."
)
_PLACE = "periksa skema, host dan port pada LKJIP_SMTP_URL."
_CERTIFICATE = (
    "pakai nama host yang tertulis pada sertifikat server surel di LKJIP_SMTP_URL, atau pasang sertifikat "
    "penerbitnya pada komputer ini; periksa juga jam komputer."
)
_ADDRESS = (
    "alamat jaringan komputer ini ditolak: pakai server surel kantor dengan pengguna dan sandi pada "
    "LKJIP_SMTP_URL, atau minta pengelolanya mengizinkan alamat ini."
)
_WAIT = "periksa jaringan dan server surel; surel dicoba lagi menurut jadwal."
_LETTERS = "tulis LKJIP_SMTP_URL dengan host, pengguna dan sandi yang hanya memakai huruf ASCII."
SENDER = (
    "minta pengelola server surel mengizinkan pengirim itu, atau ganti LKJIP_CONTACT; surel yang sudah "
    "menunggu tetap memakai pengirim lama."
)


@dataclass(frozen=True)
class Diagnosis:
    """Why a mail server could not be used.

    Attributes:
        reason: In Indonesian, without the password.
        fault: Whether the server's or that of the settings.
        todo: What to do.
    """

    reason: str
    fault: Fault
    todo: str


def words(code: int, text: bytes | str) -> str:
    """A server's answer for people: one line, printable, at most so long."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    printable = "".join(letter if letter.isprintable() else " " for letter in said)
    number = f"{code} " if code > 0 else ""  # smtplib's -1: what came was no answer of a mail server
    return f"{number}{' '.join(printable.split())}".strip()[:_SHOWN]


def is_permanent(code: int) -> bool:
    """Whether the same would be refused again."""
    return 500 <= code < 600


def blames_settings(code: int, text: bytes | str) -> bool:
    """Whether a refusal is none of the mail or its recipient, but of how we came to the server."""
    said = words(code, text)
    by_words = _NOT_FOR_STRANGERS.search(said) or _NOT_FROM_HERE.search(said)
    return code in _SETTINGS_CODES or (is_permanent(code) and bool(by_words))


def refuses_all(code: int) -> bool:
    """Whether every other mail would be refused in the same way."""
    return code in _SETTINGS_CODES


def mend_settings(code: int, text: bytes | str) -> str:
    """What to do about a refusal that :func:`blames_settings`."""
    said = words(code, text).upper()
    if code in (534, 535):
        return _LOGIN
    if "STARTTLS" in said or "TLS" in said.split() or code in (523, 538):
        return _ENCRYPT
    if _NOT_FROM_HERE.search(said):
        return _ADDRESS
    if code in (524, 530) or _NOT_FOR_STRANGERS.search(said):
        return _LOG_IN
    return _PLACE


_KINDS: tuple[tuple[type[Exception], str, Fault, str], ...] = (
    (
        smtplib.SMTPAuthenticationError,
        "menolak pengguna atau sandi pada LKJIP_SMTP_URL ({answer})",
        Fault.SETTINGS,
        _LOGIN,
    ),
    (
        smtplib.SMTPNotSupportedError,
        "tidak menawarkan {feature}, jadi surel dan sandi tidak dikirim kepadanya",
        Fault.SETTINGS,
        _PLACE,
    ),
    (smtplib.SMTPServerDisconnected, "memutus sambungan di tengah pengiriman", Fault.SERVER, _WAIT),
    (smtplib.SMTPResponseException, "tidak mau dipakai: {answer}", Fault.SETTINGS, _PLACE),
    (
        ssl.SSLCertVerificationError,
        "memakai sertifikat yang tidak dapat dipercaya",
        Fault.SETTINGS,
        _CERTIFICATE,
    ),
    (
        ssl.SSLError,
        "tidak dapat diajak memakai TLS; periksa skema dan port pada LKJIP_SMTP_URL",
        Fault.SETTINGS,
        _PLACE,
    ),
    (socket.gaierror, "tidak ditemukan; periksa nama host pada LKJIP_SMTP_URL", Fault.SETTINGS, _PLACE),
    (
        UnicodeError,
        "tidak dapat dipakai: alamat atau sandinya memuat huruf di luar ASCII",
        Fault.SETTINGS,
        _LETTERS,
    ),
    (TimeoutError, "tidak menjawab dalam {seconds:.0f} detik", Fault.SERVER, _WAIT),
    (
        ConnectionRefusedError,
        "tidak dapat dihubungi: sambungan ditolak",
        Fault.SERVER,
        "periksa LKJIP_SMTP_URL (host dan port), dan apakah server surel hidup; "
        "surel dicoba lagi menurut jadwal.",
    ),
    (OSError, "tidak dapat dihubungi ({kind})", Fault.SERVER, _WAIT),
)
"""By the first class that fits: what to say of the mail server, whose fault it is, and what to do."""


def diagnose(cause: Exception, server: MailServer, seconds: float) -> Diagnosis:
    """Why the mail server could not be used.

    Args:
        cause: What :func:`jobs.mail.smtp.connect` or a conversation raised.
        server: Which.
        seconds: How long it was waited for, when it did not answer in time.
    """
    if isinstance(cause, smtplib.SMTPServerDisconnected) and isinstance(cause.__context__, TimeoutError):
        cause = cause.__context__  # smtplib takes silence for the end of the line
    unknown = (Exception, "tidak dapat dipakai ({kind})", Fault.SERVER, _WAIT)
    _, said, fault, todo = next((kind for kind in _KINDS if isinstance(cause, kind[0])), unknown)
    answer = ""
    if isinstance(cause, smtplib.SMTPResponseException):
        answer = _hide(words(cause.smtp_code, cause.smtp_error), server)
        if 400 <= cause.smtp_code < 500:
            fault, todo = Fault.SERVER, _WAIT
        elif blames_settings(cause.smtp_code, cause.smtp_error):
            todo = mend_settings(cause.smtp_code, cause.smtp_error)
    if isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_AGAIN:
        said, fault, todo = "tidak dapat dicari: server nama (DNS) tidak menjawab", Fault.SERVER, _WAIT
    feature = "STARTTLS" if "STARTTLS" in str(cause) else "cara masuk yang diperlukan"
    reason = said.format(answer=answer, feature=feature, kind=type(cause).__name__, seconds=seconds)
    return Diagnosis(f"Server surel {server} {reason}.", fault, todo)


def _hide(text: str, server: MailServer) -> str:
    if not server.password:
        return text
    raw = server.password.encode()
    both = f"\0{server.user}\0{server.password}".encode()
    for secret in (server.password, base64.b64encode(raw).decode(), base64.b64encode(both).decode()):
        text = text.replace(secret, "***")
    return text
