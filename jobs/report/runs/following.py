"""What becomes of the report after a person changed something, in words."""

from __future__ import annotations

from jobs.report.runs.asking import ask_for_refresh
from jobs.report.runs.news import News
from jobs.workspace import Workspace
from models.report.drafts import was_drafted
from models.report.issues import next_number
from models.session import open_session
from office.confirmation import year_state


def tell_what_follows(workspace: Workspace, cause: str, news: News) -> str:
    """Ask for the report of the office's year to be made again, and say when; in Indonesian.

    Args:
        workspace: Office and year.
        cause: What was changed, for the issue.
        news: What kind of change it was.
    """
    state = year_state(workspace.agency_folder, workspace.year)
    if not state.confirmed:
        return f"Tahun {workspace.year} belum dikonfirmasi, jadi laporannya belum disusun dan dikirim."
    if state.closed:
        return f"Tahun {workspace.year} sudah ditutup, jadi laporannya tidak disusun ulang dengan sendirinya."
    with open_session(workspace.engine, read_only=True) as session:
        first = next_number(session, workspace.office_id, workspace.year) == 1
        if first and not was_drafted(session, workspace.office_id, workspace.year):
            return (
                f"Laporan {workspace.year} belum pernah terbit; ini masuk ke terbitan pertamanya, yang "
                f"dibuat teknisi dengan lkjip refresh --year {workspace.year}."
            )
    asked = ask_for_refresh(workspace, cause, news=news)
    if asked.at is None:
        # Why, and what to do at the server, stands among the troubles and is mailed to the technician.
        return (
            "Penjadwal sedang tidak menjawab. Perubahannya tersimpan dan masuk pada penyusunan laporan "
            "berikutnya; bila sampai besok belum juga, beri tahu teknisi."
        )
    return asked.as_text()
