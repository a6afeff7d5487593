"""The files that go with a mail, and which of them stay away so that it is no heavier than it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"pdf": "application/pdf", "docx": WORD, "html": "text/html", "json": "application/json"}
_LINE, _WRITTEN = 57, 78
"""Bytes of a file on a line of a mail, and those of that line with its end."""
_HEADERS = 1024
"""More than the headers of a file take, and what a body grows by when it names files that stay away."""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with the mail."""

    name: str
    content: bytes

    @property
    def media_type(self) -> str:
        """By the ending of the name."""
        return TYPES.get(self.name.rpartition(".")[2].lower(), "application/octet-stream")

    @property
    def weight(self) -> int:
        """Bytes that it adds to a mail at most."""
        return -(-len(self.content) // _LINE) * _WRITTEN + _HEADERS


def how_many_fit(attachments: Sequence[Attachment], body: EmailMessage, most_bytes: int | None) -> int:
    """How many of the files, from the first on, go with a mail that may have so many bytes.

    Args:
        attachments: What a reader needs most comes first.
        body: The mail without them.
        most_bytes: Of the whole mail as a server gets it; None for no limit.
    """
    if most_bytes is None:
        return len(attachments)
    room = most_bytes - len(body.as_bytes(policy=SMTP))
    for number, attachment in enumerate(attachments):
        room -= attachment.weight
        if room < 0:
            return number
    return len(attachments)


def attach(message: EmailMessage, attachment: Attachment) -> None:
    """Put a file into a mail."""
    kind, _, subtype = attachment.media_type.partition("/")
    message.add_attachment(attachment.content, maintype=kind, subtype=subtype, filename=attachment.name)
