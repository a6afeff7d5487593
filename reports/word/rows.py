"""Whether a row of the office's table is ours, beyond the names in it: by its target and its unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from capaian.values import Quantity, parse_value
from reports.audit.texts import same_text
from reports.word.cells import Decision, without_signs
from reports.word.grids import GridCell
from reports.word.names import letters, years_in
from reports.word.placing import Placement
from reports.wording import NOTHING

_PERCENT = frozenset(("%", "persen", "persentase", "prosentase"))


def names_of(placement: Placement, row: Mapping[int, GridCell]) -> dict[int, str]:
    """What names a row, by our columns."""
    naming = placement.known.naming
    return {
        own: row[their].text for own, their in placement.columns.items() if own in naming and their in row
    }


def why_not_ours(placement: Placement, row: Mapping[int, GridCell]) -> str:
    """Why a row is not ours although its name is: its target or its unit is another; empty where it is."""
    known, texts = placement.known, names_of(placement, row)
    for own in known.targets:
        cell = row.get(placement.columns[own]) if own in placement.columns else None
        said = cell.text.strip() if cell is not None else ""
        figure = known.find(own, texts)
        if said in ("", NOTHING) or figure is None:
            continue
        ours = [text for text in (figure.now, *sorted(figure.before)) if text]
        if not any(same_text(said, text) for text in ours):
            return f"target di baris ini {said}, di data kantor {figure.now or ours[0]}"
        if why := _other_unit(placement, row, ours[0]):
            return why
    return ""


def _other_unit(placement: Placement, row: Mapping[int, GridCell], target: str) -> str:
    column = next(
        (c for c, heads in enumerate(placement.headings) if heads and letters(heads[-1]) == "satuan"), -1
    )
    cell = row.get(column)
    said = cell.text.strip() if cell is not None else ""
    try:
        value = parse_value(without_signs(target))
    except ValueError:
        return ""
    if (
        said in ("", NOTHING)
        or not isinstance(value, Quantity)
        or not value.unit
        or _unit(said) == _unit(value.unit)
    ):
        return ""
    return f"satuan di baris ini {said}, di data kantor {value.unit}"


def _unit(text: str) -> str:
    bare = text.strip().strip("()").casefold()
    return "%" if bare in _PERCENT else letters(bare)


def doubt_of(columns: Sequence[tuple[str, ...]], own: int, found: Mapping[int, Decision]) -> str:
    """Why a figure is not sure although its own cell is: the realisasi beside it is not ours."""
    for other, decision in found.items():
        heading = columns[other][-1]
        same_year = years_in(" ".join(columns[other])) == years_in(" ".join(columns[own]))
        if other != own and decision.reason and same_year and heading.casefold().startswith("realisasi"):
            return "realisasi di baris ini tidak pasti"
    return ""


def is_title(row: Mapping[int, GridCell]) -> bool:
    """Whether one cell is the whole row."""
    return len({id(cell) for cell in row.values()}) == 1


def holds_figures(headings: tuple[str, ...]) -> bool:
    """Whether a column of ours holds figures and not whose they are."""
    return not headings[-1].casefold().startswith("sumber")
