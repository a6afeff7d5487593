"""What the demonstration leaves in its folder, and says at its end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from capaian.efficiency import absorption
from core.errors import LkjipError
from core.numbers import format_percent, format_rupiah
from core.settings import load_settings

if TYPE_CHECKING:
    from jobs.prices.status import PriceStatus
    from jobs.workspace import Workspace


def collect(folder: Path, draft: str, issues: Sequence[int]) -> dict[str, Any]:
    """Put the files of every issue and of the draft into ``folder``; what the story came to.

    Args:
        folder: ``out/demo``.
        draft: Name of the one that was approved.
        issues: Their numbers.
    """
    from jobs.prices.status import read_price_status  # noqa: PLC0415
    from jobs.report.approval.drafts import list_drafts, write_draft  # noqa: PLC0415
    from jobs.report.state.status import read_status  # noqa: PLC0415
    from jobs.workspace import Workspace  # noqa: PLC0415

    workspace = Workspace(load_settings())
    for number in issues:
        shutil.copytree(workspace.reports_folder / f"terbitan-{number}", folder / f"issue-{number}")
    shutil.copyfile(folder / "issue-2" / "changes.json", folder / "changes.json")
    changes, approved = (
        json.loads((folder / name / "changes.json").read_text(encoding="utf-8"))
        for name in ("issue-2", "issue-3")
    )
    drafted = folder / f"draft-{draft}"
    write_draft(workspace, draft, drafted)
    decided = list_drafts(workspace).drafts[0]
    return {
        "budget": _budget(workspace),
        "reports": [str(folder / f"issue-{number}") for number in issues],
        "draft": str(drafted),
        "year": workspace.year,
        "approved": f"disetujui {decided.decided_by} sebelum dikirim",
        "changes_approved": approved,
        "mails": [str(path) for path in sorted((folder / "mail").glob("*.eml"))],
        "changes": changes,
        "indicators": read_status(workspace).as_rows(),
        "prices": _prices(read_price_status(workspace)),
    }


def _budget(workspace: Workspace) -> dict[str, str]:
    """The budget of the year as the files have it, and what the print says in BAB IV."""
    from jobs.budget.show import show_budget  # noqa: PLC0415

    shown, printed = show_budget(workspace), workspace.agency.printed_figures
    return {
        **{name: str(shown.as_dict()[name]) for name in ("budget", "realisasi", "file", "snapshot")},
        "absorbed": format_percent(absorption(shown.head.kept.spent, shown.head.kept.budget) or 0),
        "printed": f"Rp {printed['bab-4.anggaran']}, Rp {printed['bab-4.realisasi']}, "
        f"{printed['bab-4.serapan']}",
    }


def _prices(status: PriceStatus) -> dict[str, str]:
    """The computed figure and the office's own, beside each other and never equated."""
    evidence = status.evidence
    if evidence is None or evidence.fluctuation.value is None or evidence.reported is None:
        raise LkjipError("Peragaan berhenti: fluktuasi harga tidak terhitung.")
    return {
        "computed": format_percent(evidence.fluctuation.value),
        "stable_share": format_percent(evidence.fluctuation.stable_share or 0),
        "reported": str(evidence.reported.value),
        "reported_source": evidence.reported.source,
        "status": status.as_text(),
    }


def tell(summary: Mapping[str, Any]) -> None:
    """Say what the story came to, for people."""
    found, year = summary["found_by_schedule"], summary["year"]
    print(
        f"\nRilis BPS ditemukan oleh jadwal, bukan oleh panggilan: jalan '{found['run']}', direncanakan "
        f"{found['planned']}, mulai {found['began']}, selesai {found['ended']} WIB."
    )
    print("\nYang berubah setelah rilis BPS († angka ilustrasi untuk peragaan):")
    _tell_changes(summary["changes"])
    print(f"\nYang berubah setelah revisi BPS (ilustrasi), {summary['approved']}:")
    _tell_changes(summary["changes_approved"])
    prices = summary["prices"]
    print(
        f"\nFluktuasi harga Bapokti {year}: {prices['computed']} (ilustrasi), dihitung dari harga harian; "
        f"yang dilaporkan kantor {prices['reported']} ({prices['reported_source']}) berasal dari data lain, "
        "sehingga keduanya tidak disamakan."
    )
    print("\n".join(f"  {line}" for line in prices["status"].splitlines()))
    budget = summary["budget"]
    amounts = [format_rupiah(Decimal(budget[name])) for name in ("budget", "realisasi")]
    print(
        f"\nAnggaran {year} menurut {budget['file']}: {amounts[0]}, realisasi {amounts[1]}, serapan "
        f"{budget['absorbed']}. BAB IV laporan tercetak menyebut {budget['printed']}; laporan mencatat "
        "bedanya."
    )
    print("\nLaporan (angka bertanda ilustrasi bukan rilis BPS atau harga pasar):")
    for report in summary["reports"]:
        names = "lkjip.pdf, lkjip.docx, lkjip.html, lkjip-pengukuran.xlsx, lampiran-perbedaan.pdf"
        print(f"  {report}/{names}")
    print("Rancangan terbitan 3 seperti dilihat yang menyetujui, bertanda RANCANGAN di setiap halaman:")
    print(f"  {summary['draft']}/lkjip.pdf, lkjip.docx, lkjip.html, lampiran-perbedaan.pdf")
    print("\n  ".join(["Surel:", *summary["mails"]]))


def _tell_changes(changes: Mapping[str, Any]) -> None:
    from reports.wording import DAGGER  # noqa: PLC0415

    for row in changes["indicators"]:
        before = (row["before"] or "menunggu") + (DAGGER if row["illustrative_before"] else "")
        sign = DAGGER if row["illustrative"] else ""
        print(
            f"  - {row['name']}: {before} menjadi {row['after']}{sign} "
            f"(target {row['target']}, capaian {row['capaian']}{sign}, {row['category']})"
        )
