"""What a later file of a month changed, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from capaian.budget.codes import parse_code
from capaian.budget.lines import Level, Line, Match
from capaian.budget.matching import bare_name
from core.numbers import format_number
from models.budget.tables import BudgetLine

Identity = tuple[object, ...]


@dataclass(frozen=True)
class LineChange:
    """A row before and after; an amount is None where the row was not there or had none.

    Attributes:
        key: Of the office's row; empty where it is none.
    """

    key: str
    code: str
    name: str
    level: Level
    budget_before: Decimal | None
    budget: Decimal | None
    spent_before: Decimal | None
    spent: Decimal | None
    kind: str = "berubah"

    def as_text(self) -> str:
        """For people."""
        parts = [
            f"{word} {_write(before)} menjadi {_write(now)}"
            for word, before, now in (
                ("anggaran", self.budget_before, self.budget),
                ("realisasi", self.spent_before, self.spent),
            )
            if before != now
        ]
        said = {"baru": "baris baru, ", "hilang": "baris hilang, "}.get(self.kind, "")
        return f"{self.code or self.key} {self.name}: {said}{'; '.join(parts)}".strip()

    def as_dict(self) -> dict[str, str | None]:
        """For ``--json``; amounts as text."""
        amounts = {
            "budget_before": self.budget_before, "budget": self.budget,
            "spent_before": self.spent_before, "spent": self.spent,
        }  # fmt: skip
        return {
            "key": self.key,
            "code": self.code,
            "name": self.name,
            "level": self.level.value,
            "kind": self.kind,
            **{name: None if amount is None else format(amount, "f") for name, amount in amounts.items()},
        }


@dataclass(frozen=True)
class _Entry:
    key: str
    code: str
    name: str
    level: Level
    amounts: tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]


def compare_lines(
    before: Sequence[BudgetLine], lines: Sequence[Line], matches: Iterable[Match]
) -> list[LineChange]:
    """The rows whose amounts differ, are new or are gone; empty where both say the same.

    Rows are the same when they are the same row of the office, or have the same code, or the same name
    below the same row.
    """
    old = _by_identity([(line.parent, _stored(line)) for line in before])
    keys = {match.line: match.key for match in matches}
    new = _by_identity([(line.parent, _read(line, keys.get(n, ""))) for n, line in enumerate(lines)])
    changes = [_change(old[who], new.get(who)) for who in old if old[who].amounts != _amounts(new.get(who))]
    return [*changes, *(_change(None, new[who]) for who in new if who not in old)]


def _amounts(entry: _Entry | None) -> object:
    return entry.amounts if entry else None


def _change(before: _Entry | None, now: _Entry | None) -> LineChange:
    entry = now or before
    if entry is None:
        raise ValueError("neither row is there")
    return LineChange(
        key=entry.key,
        code=entry.code,
        name=entry.name,
        level=entry.level,
        budget_before=before.amounts[0] if before else None,
        budget=now.amounts[0] if now else None,
        spent_before=before.amounts[3] if before else None,
        spent=now.amounts[3] if now else None,
        kind="berubah" if before and now else "baru" if now else "hilang",
    )


def _stored(line: BudgetLine) -> _Entry:
    amounts = (line.budget, line.initial, line.revised, line.spent)
    return _Entry(line.key, line.code, line.name, Level(line.level), amounts)


def _read(line: Line, key: str) -> _Entry:
    return _Entry(
        key, line.code, line.name, line.level, (line.budget, line.initial, line.revised, line.spent)
    )


def _by_identity(entries: Sequence[tuple[int | None, _Entry]]) -> Mapping[Identity, _Entry]:
    """Entries by what makes them one row; repeated ones are numbered."""
    identities: list[Identity] = []
    found: dict[Identity, _Entry] = {}
    for parent, entry in entries:
        above = identities[parent] if parent is not None else ()
        code = parse_code(entry.code) if entry.code else None
        own: object = entry.key or (code.parts if code else bare_name(entry.name))
        identity: Identity = (entry.level, own) if entry.key else (*above, entry.level, own)
        repeated = 0
        while (*identity, repeated) in found:
            repeated += 1
        identities.append((*identity, repeated))
        found[identities[-1]] = entry
    return found


def _write(amount: Decimal | None) -> str:
    return "tidak ada" if amount is None else format_number(amount)
