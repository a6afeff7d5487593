"""How far a file of the inbox is, from coming to what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from jobs.uploads.kept import Kept, save_kept
from jobs.uploads.shown import Shown


class Step(StrEnum):
    """How far a file is."""

    NEW = "new"
    ASKED = "asked"
    SHOWN = "shown"
    TAKEN = "taken"
    KNOWN = "known"
    WORKBOOK = "workbook"
    REFUSED = "refused"
    DROPPED = "dropped"

    @property
    def open(self) -> bool:
        """Whether the file waits for its sender."""
        return self in (Step.NEW, Step.ASKED, Step.SHOWN)


@dataclass(frozen=True)
class Upload:
    """A file that somebody sent to the inbox.

    Attributes:
        kept: Where it lies, and whose it is.
        kind: Name of its kind; empty while nobody knows it.
        sure: Whether the program recognised the kind; else a person said it.
        month: What a person said of the month of a budget; 0 leaves it to the file.
        shown: What was understood.
        why_not: By kind, why it is no such file.
        said: What became of it, in Indonesian.
        moved_to: Where it lies now, below the working folder.
    """

    kept: Kept
    step: Step = Step.NEW
    kind: str = ""
    sure: bool = False
    month: int = 0
    shown: Shown | None = None
    why_not: tuple[tuple[str, str], ...] = ()
    said: str = ""
    moved_to: str = ""

    @property
    def place(self) -> str:
        """What stands for it in an address."""
        return self.kept.folder.name

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return self.kept.files[0]

    @property
    def name(self) -> str:
        """Cleaned, as it is shown, stored and read."""
        return self.path.name

    @property
    def sha256(self) -> str:
        """Of its bytes."""
        return self.kept.sha256[0]

    @property
    def size(self) -> int:
        """In bytes."""
        return self.kept.size

    @property
    def at(self) -> datetime:
        """When it came."""
        return self.kept.at


def save_upload(upload: Upload) -> Upload:
    """Write down how far a file is, whole or not at all."""
    said = {
        "step": upload.step,
        "kind": upload.kind,
        "sure": upload.sure,
        "month": upload.month,
        "shown": asdict(upload.shown) if upload.shown else None,
        "why_not": upload.why_not,
        "said": upload.said,
        "moved_to": upload.moved_to,
    }
    kept = replace(upload.kept, said=said, waiting=upload.step.open)
    save_kept(kept)
    return replace(upload, kept=kept)


def upload_of(kept: Kept) -> Upload | None:
    """How far a kept file is: new while nothing is written down; None where that is not understood."""
    said: Mapping[str, Any] = kept.said
    if not said:
        return Upload(kept)
    try:
        return Upload(
            kept,
            Step(said["step"]),
            said["kind"],
            said["sure"],
            said["month"],
            Shown.from_dict(said["shown"]) if said["shown"] else None,
            tuple((kind, reason) for kind, reason in said["why_not"]),
            said["said"],
            said["moved_to"],
        )
    except (ValueError, TypeError, KeyError):  # of another version of the program
        return None
