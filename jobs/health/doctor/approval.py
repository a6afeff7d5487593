"""Whether somebody can approve what waits for approval, and whether it waits too long."""

from __future__ import annotations

from core.dates import format_time
from core.settings import Settings
from jobs.health.doctor.checks import Check, fine, warning
from jobs.health.doctor.database import is_current, reading
from jobs.users.roles import Role
from jobs.workspace import Workspace
from models.report.drafts import waiting_drafts
from models.session import open_session
from models.users.people import list_users
from office.schema import Agency

SUBJECT = "Persetujuan"
_PATIENCE = 2
"""A draft that waits for more reminders than this is told."""


def check_approval(settings: Settings) -> list[Check]:
    """Of an office whose issues need nobody's approval, nothing."""
    if not is_current(settings):
        return []
    workspace = Workspace(settings, read_only=True)
    agency, office = workspace.agency, workspace.office_id
    approval = agency.year.approval
    if approval is None:
        return []
    with reading(settings) as engine, open_session(engine, read_only=True) as session:
        drafts = [draft for draft in waiting_drafts(session) if draft.agency == office]
        users = [user for user in list_users(session) if user.office in ("", office)]
    now = settings.current_time()
    for draft in drafts:
        if (now - draft.made_at).days > _PATIENCE * approval.remind_after:
            said = f"rancangan {draft.name} laporan {draft.year} menunggu sejak {format_time(draft.made_at)}."
            return [warning(SUBJECT, said, "tanyakan kepada yang menyetujui, atau lihat lkjip approve.")]
    if not any(Role(user.role).may(Role.APPROVE) for user in users):
        said = "tidak ada pengguna halaman yang boleh menyetujui; hanya lkjip approve yang dapat."
        return [warning(SUBJECT, said, f"lkjip user add NAMA --role {Role.APPROVE.value}.")]
    return [fine(SUBJECT, f"laporan {agency.year.year} disetujui {_roles(agency)}; {len(drafts)} menunggu.")]


def _roles(agency: Agency) -> str:
    return ", ".join(agency.year.approval.roles) if agency.year.approval else ""
