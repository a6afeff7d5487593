"""Opening a year: its folder is made from that of the year before, and waits for a person's confirmation."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import yaml

from core.errors import AgencyDataError, StorageError, explain_os_error
from jobs.store.offices import shares_changes
from jobs.workspace import Workspace
from jobs.years.checklist import checklist
from jobs.years.plan import Plan, plan_programs, plan_year
from jobs.years.published import Published, older_rows, published_realisasi, realisasi_csv
from models.session import open_session
from office.confirmation import CHECKLIST, CONFIRMATION
from office.layout import refuse_old_layout, years_of
from office.loading import is_example, load_agency
from office.quarters import QUARTERS_FILE

_MADE_ANEW = ("year.yaml", "programs.csv", "realisasi.csv", QUARTERS_FILE, "cetak", CONFIRMATION, CHECKLIST)


@dataclass(frozen=True)
class Opened:
    """A year that was opened.

    Attributes:
        before: The year it was made from.
        published: That year's realisasi.
        contradiction: What the program says of the new data, in Indonesian; empty where they load.
    """

    year: int
    before: int
    folder: Path
    plan: Plan
    published: Published
    contradiction: str

    def as_text(self) -> str:
        """For people."""
        lines = [
            f"Tahun {self.year} dibuka dari {self.before} di {self.folder}.",
            f"Target Renstra {self.year}: {len(self.plan.from_renstra)} indikator; "
            f"masih target {self.before}: {len(self.plan.carried)}.",
            f"Realisasi {self.before} dari {self.published.source}.",
        ]
        if self.published.missing:
            lines.append(f"Belum ada realisasi {self.before}: {', '.join(self.published.missing)}.")
        if self.contradiction:
            lines.append(f"Perbaiki dulu: {self.contradiction}")
        lines += [
            f"Yang perlu diperiksa ada di {self.folder / CHECKLIST}.",
            f'Sesudah itu: lkjip year confirm {self.year} --by "nama pemeriksa"; '
            "sampai itu tidak ada terbitan dan surel.",
        ]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """For ``--json``."""
        return {
            "year": self.year,
            "before": self.before,
            "folder": str(self.folder),
            "targets_from_renstra": list(self.plan.from_renstra),
            "targets_carried": list(self.plan.carried),
            "realisasi_from": self.published.source,
            "realisasi_missing": list(self.published.missing),
            "contradiction": self.contradiction,
        }


@shares_changes
def open_year(workspace: Workspace, year: int, before: int | None = None) -> Opened:
    """Make the folder of ``year``.

    Args:
        workspace: Of the office; its year does not matter.
        year: The new year.
        before: The year it is made from; the newest before it when left out.

    Raises:
        AgencyDataError: The year is there already, there is none before it or its data are wrong, or
            the office is an example of the program.
        StorageError: The folder cannot be written.
    """
    office = workspace.agency_folder
    before = _year_before(office, year, before)
    agency = load_agency(office, before)
    with open_session(workspace.engine, read_only=True) as session:
        published = published_realisasi(session, agency)
    plan = plan_year(office, before, year)
    beside, folder = office / f".{year}.sementara", office / str(year)
    try:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(office / str(before), beside, ignore=_left_behind)
        (beside / "year.yaml").write_text(plan.text, encoding="utf-8")
        (beside / "programs.csv").write_text(plan_programs(office, before), encoding="utf-8")
        rows = [*older_rows(agency), *published.rows]
        (beside / "realisasi.csv").write_text(realisasi_csv(rows), encoding="utf-8")
        words = checklist(beside, before, year, plan, published)
        (beside / CHECKLIST).write_text(words, encoding="utf-8")
        marker = yaml.safe_dump({"year": year, "opened_from": before})
        (beside / CONFIRMATION).write_text(marker, encoding="utf-8")
        beside.rename(folder)
    except OSError as cause:
        shutil.rmtree(beside, ignore_errors=True)
        raise StorageError(
            f"Map {folder} tidak dapat dibuat ({explain_os_error(cause)}).",
            todo="periksa hak tulis atas map kantor, lalu jalankan lagi.",
        ) from cause
    return Opened(year, before, folder, plan, published, _contradiction(office, year))


def _year_before(office: Path, year: int, before: int | None) -> int:
    if is_example(office):
        raise AgencyDataError(
            f"{office.name} adalah contoh milik program, yang diganti setiap pembaruan.",
            todo="salin mapnya ke LKJIP_OFFICES, lalu buka tahunnya di situ.",
        )
    refuse_old_layout(office, year if before is None else before)
    if (office / str(year)).exists():
        raise AgencyDataError(
            f"Tahun {year} sudah ada di {office}; tidak ada yang ditimpa.",
            todo=f"pakai map itu, atau pindahkan dulu map {year} bila ingin dibuka lagi.",
        )
    earlier = [known for known in years_of(office) if known < year]
    if not earlier or (before is not None and before not in earlier):
        wanted = f"tahun {before}" if before is not None else f"tahun sebelum {year}"
        raise AgencyDataError(
            f"Kantor {office.name} tidak mempunyai {wanted}.",
            todo=f"tahun yang ada: {', '.join(map(str, years_of(office))) or 'belum ada'}.",
        )
    return earlier[-1] if before is None else before


def _left_behind(folder: str, names: list[str]) -> set[str]:
    """What is made anew, and what editors leave lying about."""
    return {name for name in names if name in _MADE_ANEW or name.startswith((".", "~"))}


def _contradiction(office: Path, year: int) -> str:
    try:
        load_agency(office, year)
    except AgencyDataError as error:
        return str(error)
    return ""
