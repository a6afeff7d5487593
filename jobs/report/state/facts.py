"""The little of a year that a start page needs, so that all its data need not stay in memory."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import AgencyDataError
from jobs.health.latest import YearSources, sources_of
from jobs.report.entries.form import enterable
from jobs.workspace import Workspace


@dataclass(frozen=True)
class YearFacts:
    """What a year's data say in short.

    Attributes:
        trouble: Why they cannot be read, in Indonesian.
        enterable: Ids of the indicators whose figure a person may enter.
        sources: Where its figures come from; None where the data cannot be read.
    """

    trouble: str = ""
    enterable: frozenset[str] = frozenset()
    sources: YearSources | None = None


def read_facts(workspace: Workspace) -> YearFacts:
    """Read the data of the workspace's year, and give what they say in short."""
    try:
        agency = workspace.agency
    except AgencyDataError as error:
        return YearFacts(trouble=error.message)
    return YearFacts(enterable=enterable(agency), sources=sources_of(agency))
