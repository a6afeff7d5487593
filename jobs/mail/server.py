"""The mail server, as ``LKJIP_SMTP_URL`` says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from core.errors import SettingsError
from core.loopback import is_loopback
from core.settings import left_empty


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


def _unusable() -> SettingsError:
    return SettingsError(
        "Pengaturan LKJIP_SMTP_URL tidak dapat dibaca sebagai alamat server surel.",
        todo="tulis smtp://host:port, smtp+starttls://pengguna:sandi@host atau smtps://pengguna:sandi@host; "
        "tanda khusus di dalam sandi ditulis sebagai %40 untuk @, %2F untuk /, %3A untuk :, %23 untuk #.",
    )
