"""Whether a person has confirmed a year, and what looks as if a year were only a copy of the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from core.dates import format_time
from core.errors import AgencyDataError
from office.fields import Entry
from office.files import read_csv, read_yaml
from office.layout import years_of
from office.messages import translate
from office.problems import Problems
from office.quarters import QUARTERS_FILE

CONFIRMATION = "konfirmasi.yaml"
"""In the folder of a year: from which year it was opened, and who confirmed it when."""

CHECKLIST = "periksa.md"
"""In the folder of a year that was opened: what a person has to look at."""


class Confirmation(Entry):
    """``<year>/konfirmasi.yaml``, written by ``lkjip year``.

    Attributes:
        year: That it is about; in the folder of another year it was copied along and says nothing.
        opened_from: The year that it was made from.
        by: Who confirmed it; empty until then.
        at: When.
        closed_at: When it was closed; nothing is looked for any more of a closed year by itself.
    """

    year: int
    opened_from: int | None = None
    by: str = ""
    at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True)
class YearState:
    """How far a year is.

    Attributes:
        doubts: Why it needs a person's confirmation, in Indonesian; none where it needs none.
        confirmation: What was written down of it.
    """

    year: int
    doubts: tuple[str, ...]
    confirmation: Confirmation | None

    @property
    def confirmed(self) -> bool:
        """Whether issues may be made of it."""
        return not self.doubts

    @property
    def closed(self) -> bool:
        """Whether it is over and done with."""
        return self.confirmation is not None and self.confirmation.closed_at is not None

    def as_text(self) -> str:
        """For people."""
        known = self.confirmation
        if known is not None and known.closed_at is not None:
            return f"ditutup {format_time(known.closed_at)}"
        if self.doubts:
            return f"belum dikonfirmasi: {'; '.join(self.doubts)}"
        if known is not None and known.at is not None:
            return f"dikonfirmasi {known.by}, {format_time(known.at)}"
        return "tidak memerlukan konfirmasi"


def year_state(folder: Path, year: int) -> YearState:
    """How far a year of an office is.

    A year that ``lkjip year open`` made needs a confirmation, and so does one that says word for word
    what the year before says. The first year of an office and one that a person wrote anew need none.

    Raises:
        AgencyDataError: ``konfirmasi.yaml`` cannot be read.
    """
    confirmation = _read(folder, year)
    if confirmation is not None and confirmation.by:
        return YearState(year, (), confirmation)
    if confirmation is not None and confirmation.opened_from is not None:
        doubt = f"dibuka dari tahun {confirmation.opened_from}, targetnya belum diperiksa orang"
        return YearState(year, (doubt,), confirmation)
    earlier = [other for other in years_of(folder) if other < year]
    return YearState(year, tuple(_copied(folder, year, earlier[-1])) if earlier else (), confirmation)


def open_years(folder: Path) -> list[int]:
    """The years of an office that were not closed, oldest first.

    Raises:
        AgencyDataError: What was written down of a year cannot be read.
    """
    kept = {year: _read(folder, year) for year in years_of(folder)}
    return [year for year, known in kept.items() if known is None or known.closed_at is None]


def reporting_year(years: Sequence[int], today: date) -> int:
    """The year that a report is due of: the newest that is over, or the oldest where all still run."""
    over = [year for year in years if year < today.year]
    return max(over) if over else min(years)


def require_confirmed(folder: Path, year: int) -> None:
    """Refuse to make an issue of a year that nobody confirmed.

    Raises:
        AgencyDataError: Saying why it needs a confirmation, and how to give it.
    """
    state = year_state(folder, year)
    if not state.confirmed:
        raise AgencyDataError(
            f"Tahun {year} {state.as_text()}. Sampai dikonfirmasi tidak ada terbitan dan surel.",
            todo=_how_to_confirm(folder, year),
        )


def confirmation_warnings(folder: Path, year: int) -> list[str]:
    """What ``lkjip status`` says of a year that nobody confirmed; nothing of others."""
    state = year_state(folder, year)
    if state.confirmed or state.closed:
        return []
    blocked = "Sampai dikonfirmasi tidak ada terbitan dan surel"
    return [f"Tahun {year} {state.as_text()}. {blocked}; {_how_to_confirm(folder, year)}"]


def _how_to_confirm(folder: Path, year: int) -> str:
    listed = f" menurut {year}/{CHECKLIST}" if (folder / str(year) / CHECKLIST).is_file() else ""
    return f'periksa data tahun itu{listed}, lalu jalankan lkjip year confirm {year} --by "nama pemeriksa".'


def _read(folder: Path, year: int) -> Confirmation | None:
    name = f"{year}/{CONFIRMATION}"
    if not (folder / name).exists():
        return None
    problems = Problems(folder)
    document = read_yaml(folder, name, problems)
    problems.raise_found()
    try:
        read = Confirmation.model_validate(document.data if document else None)
    except ValidationError as cause:
        message, todo = translate(cause.errors(include_url=False)[0], list(Confirmation.model_fields))
        raise AgencyDataError(f"{name}: {message}.", todo=f"{todo}, atau hapus berkas itu.") from cause
    return read if read.year == year else None


def _copied(folder: Path, year: int, before: int) -> list[str]:
    """What a year says word for word like the one before; that one's slips are no matter of this one."""
    same = []
    for what, read in (
        ("target di year.yaml", _targets),
        ("belanja di programs.csv", _spending),
        ("seluruh isi cetak/", _printed),
        (f"seluruh isi {QUARTERS_FILE}", _quarters),
    ):
        now = read(folder, year)
        if now and now == read(folder, before):
            same.append(f"{what} sama kata demi kata dengan tahun {before}")
    return same


def _targets(folder: Path, year: int) -> Mapping[str, Any]:
    """The targets that count at last, as written."""
    document = read_yaml(folder, f"{year}/year.yaml", Problems(folder))
    data = document.data if document else None
    versions = data.get("versions") if isinstance(data, dict) else None
    targets: dict[str, Any] = {}
    for version in versions if isinstance(versions, list) else []:
        if isinstance(version, dict) and isinstance(version.get("targets"), dict):
            targets |= version["targets"]
    return targets


def _spending(folder: Path, year: int) -> Mapping[str, str]:
    """What was spent by key of the row, as written; rows without or with nothing spent say nothing."""
    sheet = read_csv(folder, f"{year}/programs.csv", Problems(folder))
    if sheet is None or not {"key", "spent"} <= set(sheet.header):
        return {}
    key, spent = sheet.header.index("key"), sheet.header.index("spent")
    return {cells[key]: cells[spent] for _, cells in sheet.rows if cells[spent] not in ("", "0")}


def _quarters(folder: Path, year: int) -> Mapping[str, bytes]:
    file = folder / str(year) / QUARTERS_FILE
    return {file.name: file.read_bytes()} if file.is_file() else {}


def _printed(folder: Path, year: int) -> Mapping[str, bytes]:
    files = (path for path in (folder / str(year) / "cetak").glob("*") if path.is_file())
    return {path.name: path.read_bytes() for path in files}
