"""Where the report differs from its printed forerunner, and why."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from jobs.report.render import annex_files, present_report, write_files
from jobs.workspace import Workspace
from reports.audit import KINDS, Finding


def read_findings(workspace: Workspace) -> list[Finding] | None:
    """Every difference between the report from the present data and the print; None without a print."""
    return list(present_report(workspace).findings) if workspace.agency.has_print else None


def write_annex(workspace: Workspace, folder: Path) -> list[Path]:
    """Write the annex of the report from the present data into ``folder``; nothing where nothing differs.

    Raises:
        RenderError: A file could not be made.
        StorageError: As :func:`jobs.report.render.write_files`.
    """
    files = annex_files(present_report(workspace))
    return write_files(workspace, files, folder) if files else []


def as_rows(findings: list[Finding] | None) -> list[dict[str, Any]] | None:
    """For ``--json``; null where there is no print to compare with."""
    return None if findings is None else [asdict(finding) for finding in findings]


def as_text(findings: list[Finding] | None) -> str:
    """For people: grouped by kind, each with both texts and the reason."""
    if findings is None:
        return (
            "Tidak ada yang dibandingkan: data tahun ini tidak memuat laporan tercetak. Untuk membandingkan, "
            "taruh isinya di map cetak/ (satu berkas setabel, misalnya capaian.csv; angka.csv; catatan.yaml)."
        )
    lines = []
    for kind, words in KINDS.items():
        of_kind = [finding for finding in findings if finding.kind == kind]
        if not of_kind:
            continue
        lines.append(f"{words} ({len(of_kind)})")
        for finding in of_kind:
            lines.append(f"  {finding.place}")
            lines.append(f"      tercetak {finding.printed!r}; laporan ini {finding.ours or '-'!r}")
            lines.append(f"      {finding.explanation}")
    return "\n".join(lines) or "Tidak ada perbedaan dengan laporan tercetak."
