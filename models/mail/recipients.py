"""How each recipient of a mail stands: waiting, served, refused now or for good, dropped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """How a recipient stands."""

    WAITING = "waiting"
    SERVED = "served"
    DELAYED = "refused_now"
    REFUSED = "refused"
    DROPPED = "dropped"


OPEN = frozenset({State.WAITING, State.DELAYED})
"""Still to be served."""


@dataclass(frozen=True)
class Recipient:
    """One address of a mail.

    Attributes:
        answer: What the mail server said of it last; of one that was dropped why, as a person wrote it.
        at: Since when it stands so.
        by: Who dropped it.
    """

    address: str
    state: State = State.WAITING
    answer: str = ""
    at: datetime | None = None
    by: str = ""

    def as_dict(self) -> dict[str, str]:
        """For the database and for ``--json``, without the address; moments as text."""
        at = self.at.isoformat() if self.at else ""
        return {"state": self.state.value, "answer": self.answer, "at": at, "by": self.by}

    @classmethod
    def read(cls, address: str, kept: Mapping[str, str]) -> Recipient:
        """As :meth:`as_dict` wrote it; an address of which nothing is written waits."""
        at = kept.get("at")
        return cls(
            address,
            State(kept.get("state", State.WAITING)),
            kept.get("answer", ""),
            datetime.fromisoformat(at) if at else None,
            kept.get("by", ""),
        )


def answered(
    recipients: Iterable[Recipient],
    at: datetime,
    *,
    accepted: Collection[str] = (),
    refused: Mapping[str, str],
    delayed: Mapping[str, str],
) -> list[Recipient]:
    """How ``recipients`` stand after an attempt; whom it did not touch stands as before.

    Args:
        recipients: As they stood.
        at: When the server answered.
        accepted: The addresses it took over.
        refused: Those it refused for good, with its words.
        delayed: Those it refused for now, with its words.
    """

    def after(one: Recipient) -> Recipient:
        if one.state is State.SERVED:
            return one
        if one.address in accepted:
            return Recipient(one.address, State.SERVED, at=at)
        if one.address in refused:
            return Recipient(one.address, State.REFUSED, refused[one.address], at)
        if one.address in delayed:
            return Recipient(one.address, State.DELAYED, delayed[one.address], at)
        return one

    return [after(one) for one in recipients]
