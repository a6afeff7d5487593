"""The office's own reasons behind a figure, word for word; where it notes none, nothing is said."""

from __future__ import annotations

from reports.measured import Measured, MeasuredIndicator
from reports.standing import Standing


def reason_of(measured: Measured, subject: str, when: str) -> str:
    """What the office notes, to be put behind a statement; empty where it notes nothing.

    Args:
        measured: The year, measured.
        subject: An indicator's or program's id.
        when: The condition that holds: ``reached``, ``not_reached``, ``low_absorption``, ...
    """
    texts = [
        r.text for r in measured.agency.year.reasons if r.subject == subject and r.when in (when, "always")
    ]
    return f" {' '.join(texts)}" if texts else ""


def unexplained(measured: Measured) -> list[MeasuredIndicator]:
    """The indicators that missed their target and of which the office says nowhere why."""
    return [
        m
        for m in measured.indicators.values()
        if m.standing is Standing.MISSED and not m.cause and not reason_of(measured, m.id, "not_reached")
    ]
