"""That a workbook does not take away in silence that a person approves the reports of a year."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from core.errors import AgencyDataError
from office.approval import Approval
from office.files import read_yaml
from office.problems import Problems
from office.workbook.columns import OFFICE
from office.workbook.forms import APPROVED_BY
from office.workbook.tables import Rows

_FILE, _KEY = "year.yaml", "approval"


def check_approval_kept(sheets: Mapping[str, Rows], year: Path, problems: Problems) -> None:
    """Note that a workbook from before the line was added has no place for what the year's data say.

    Args:
        sheets: Of the workbook, by name.
        year: Folder of the year that is there.
        problems: Where it is noted.
    """
    labels = {str(row[0]).strip() for row in sheets[OFFICE] if row}
    if _approval(year) is not None and APPROVED_BY not in labels:
        problems.add(
            f"lembar {OFFICE}",
            f"baris '{APPROVED_BY}' tidak ada, padahal laporan tahun ini disetujui dulu",
            "salin isinya ke buku kerja baru dari lkjip office export",
        )


def require_same_approval(year: Path, wanted: Mapping[str, Any]) -> None:
    """Refuse a change of who approves, by somebody who may not decide on that.

    Args:
        year: Folder of the year; one that is not there yet says nothing.
        wanted: What ``year.yaml`` would say.

    Raises:
        AgencyDataError: It would be changed.
    """
    if (year / _FILE).exists() and _approval(year) != _read(wanted.get(_KEY)):
        raise AgencyDataError(
            "Buku kerja ini mengubah siapa yang menyetujui laporan.",
            todo="minta yang berperan kelola mengambilnya, atau kembalikan baris itu seperti semula.",
        )


def _approval(year: Path) -> Approval | None:
    document = read_yaml(year, _FILE, Problems(year)) if (year / _FILE).exists() else None
    return _read(document.data.get(_KEY)) if document and isinstance(document.data, dict) else None


def _read(written: Any) -> Approval | None:
    """With its defaults; what is wrong in it is told by whoever reads all of the office."""
    try:
        return Approval.model_validate(written)
    except ValidationError:
        return None
