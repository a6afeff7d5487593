"""What a figure would say before it is kept: as it is read, what follows from it, what it replaces."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from capaian.values import Quantity, Value
from core.errors import AgencyDataError
from jobs.report.entries.evidence import why_not_entered
from jobs.report.entries.figures import Given, prepare_entry, realisasi_of
from jobs.report.realisasi import select_realisasi
from jobs.workspace import Workspace
from models.report.entries import list_entries, newest_entries
from models.report.tables import EnteredFigure
from models.session import open_session
from models.snapshots import read_snapshot
from office.problems import DataProblems
from office.schema import Agency, Indicator
from reports.data import indicator_row
from reports.measuring import find_target, measure_year
from reports.wording import write_value

_FAR = 10
"""A figure so many times its target, or such a part of it, is asked about."""


@dataclass(frozen=True)
class Understood:
    """A figure that was read and not kept.

    Attributes:
        row: The indicator as ``report.json`` would have it.
        now: The same as it stands now.
        replaced: The entry that holds until now.
        same: Whether that one says the same already.
        doubts: What a person should look at before saying yes, in Indonesian.
        notes: What the report would say beside it.
    """

    indicator: Indicator
    entry: EnteredFigure
    row: Mapping[str, Any]
    now: Mapping[str, Any]
    replaced: EnteredFigure | None
    same: bool
    doubts: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def basis(self) -> str:
        """What held when this was understood; another entry meanwhile gives another."""
        return str(self.replaced.id if self.replaced else 0)


@dataclass(frozen=True)
class Asked:
    """An indicator whose figure a person may enter.

    Attributes:
        unit: Of its values; empty where each carries its own.
        target: As written.
    """

    indicator: Indicator
    unit: str
    target: str


_COLUMNS = (
    ("kolom 'value'", "realisasi"),
    ("kolom 'source'", "sumber"),
    ("kolom 'status'", "status"),
    ("kolom 'note'", "catatan"),
)
"""What people who see a form call the columns that messages name."""


def in_words_of_form(error: AgencyDataError) -> AgencyDataError:
    """The same error as people see it who filled a form and know no file."""
    if not isinstance(error, DataProblems):
        return error
    told = " ".join(f"{problem.message}." for problem in error.found)
    for column, words in _COLUMNS:
        told = told.replace(column, words)
    todo = "; ".join(dict.fromkeys(problem.todo for problem in error.found))
    return AgencyDataError(told[:1].upper() + told[1:], todo=f"{todo}.")


def understand_figure(workspace: Workspace, given: Given) -> Understood:
    """Read a figure as if it were entered; nothing is kept.

    Raises:
        AgencyDataError: As :func:`~jobs.report.entries.figures.enter_figure`.
    """
    indicator, entry, evidence = prepare_entry(workspace, given)
    entry.evidence_sha256 = hashlib.sha256(evidence).hexdigest()
    agency = workspace.agency
    with open_session(workspace.engine, read_only=True) as session:
        held = newest_entries(session, agency.office.id, agency.year.year)
        replaced = held.get(indicator.id)
        others = [e for e in held.values() if e.indicator != indicator.id and _takes(agency, e.indicator)]
        after = realisasi_of(workspace, [*others, entry])
        before = {key: taken for key, taken in after.items() if key[0] != indicator.id}
        if replaced:
            with suppress(AgencyDataError):  # one that no longer fits the data is entered anew
                before |= realisasi_of(workspace, [replaced])
        rows = [_row(select_realisasi(session, agency, None, e), agency, indicator) for e in (after, before)]
    realisasi = after[indicator.id, agency.year.year]
    return Understood(
        indicator,
        entry,
        rows[0],
        rows[1],
        replaced,
        replaced is not None and _content(replaced) == _content(entry),
        tuple(_doubts(realisasi.value, find_target(agency, indicator.id)[1])),
        realisasi.notes,
    )


def asked_figure(workspace: Workspace, indicator: str) -> Asked | None:
    """What is asked for an indicator of exactly this id; None where the year has none.

    Raises:
        AgencyDataError: It takes no figure of a person, with the reason.
    """
    agency = workspace.agency
    found = agency.indicators.get(indicator)
    if found is None:
        return None
    if reason := why_not_entered(found):
        raise AgencyDataError(reason.message, todo=reason.todo)
    return Asked(found, found.unit or "", write_value(find_target(agency, indicator)[1]))


def enterable(agency: Agency) -> frozenset[str]:
    """The indicators whose figure a person may enter."""
    return frozenset(name for name in agency.indicators if _takes(agency, name))


def read_evidence_of(workspace: Workspace, sha256: str) -> tuple[str, bytes] | None:
    """Name and bytes of an evidence that was entered for the office's year; None for any other."""
    with open_session(workspace.engine, read_only=True) as session:
        entries = list_entries(session, workspace.office_id, workspace.year)
        entry = next((entry for entry in reversed(entries) if entry.evidence_sha256 == sha256), None)
        return None if entry is None else (entry.evidence_name, read_snapshot(session, sha256))


def _takes(agency: Agency, indicator: str) -> bool:
    return indicator in agency.indicators and why_not_entered(agency.indicators[indicator]) is None


def _row(realisasi: Any, agency: Agency, indicator: Indicator) -> Mapping[str, Any]:
    return indicator_row(measure_year(agency, realisasi).indicators[indicator.id])


def _content(entry: EnteredFigure) -> dict[str, Any]:
    return entry.model_dump(exclude={"id", "entered_by", "entered_at"})


def _doubts(value: Value | None, target: Value | None) -> Iterator[str]:
    """What looks like a slip; only a person knows."""
    if not isinstance(value, Quantity):
        return
    if value.unit == "%" and 0 < abs(value.amount) < 1:
        meant = Quantity((value.amount * 100).normalize() + 0, "%")
        yield f"Angkanya di bawah satu persen. Bila maksudnya {meant}, tulislah {meant}."
    if isinstance(target, Quantity) and target.amount and value.amount:
        times = abs(value.amount / target.amount)
        if times >= _FAR or times * _FAR <= 1:
            yield f"Angkanya jauh dari target ({write_value(target)}). Periksa koma, titik dan satuannya."
