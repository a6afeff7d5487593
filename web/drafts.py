"""Drafts that wait for approval: what is in them, and deciding on one in two steps."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi import Path as FromPath
from starlette.responses import Response

from core.errors import AgencyDataError, LkjipError
from jobs.report.approval.deciding import LONGEST_NOTE, approve, reject
from jobs.report.approval.drafts import ShownDraft, read_draft, read_draft_file
from jobs.report.runs.asking import ask_to_send
from jobs.users.audit import Actor
from jobs.workspace import Workspace
from web.access import address_of, visitor_of
from web.pages import show
from web.places import office_year, without_folders
from web.report import hand_out

router = APIRouter()
Year = Annotated[int, FromPath(ge=1, le=9999)]
DECISIONS = ("setujui", "tolak")


@router.get("/kantor/{office}/{year}/rancangan/{draft}")
def show_draft(request: Request, office: str, year: Year, draft: str) -> Response:
    """A draft: its files, what changed since the last issue, and how it stands."""
    space, shown = _found(request, office, year, draft)
    return _show(request, office, space, shown)


@router.get("/kantor/{office}/{year}/rancangan/{draft}/{kind}")
def give_draft_file(request: Request, office: str, year: Year, draft: str, kind: str) -> Response:
    """A file of a draft with its mark."""
    file = read_draft_file(office_year(request, office, year), draft, kind)
    if file is None:
        raise HTTPException(404)
    return hand_out(file, kind)


@router.post("/kantor/{office}/{year}/rancangan/{draft}")
def look_at_decision(request: Request, office: str, year: Year, draft: str) -> Response:
    """What would follow; nothing is decided until somebody says yes."""
    space, shown = _found(request, office, year, draft)
    decision, words = _typed(request)
    if request.state.form.get("ubah"):
        return _show(request, office, space, shown, typed=(decision, words))
    if not shown.heading.waits:
        return _show(request, office, space, shown)
    if decision not in DECISIONS or (decision == "tolak" and not words):
        missing = LkjipError("Alasan penolakan belum diisi.", todo="tulis apa yang harus diperbaiki.")
        return _show(request, office, space, shown, missing, (decision, words))
    recipients = [f"{one.role} <{one.address}>" for one in space.agency.year.recipients]
    return show(
        request,
        "rancangan_periksa.html.j2",
        office=office,
        year=year,
        shown=shown,
        decision=decision,
        words=words,
        recipients=space.settings.recipients or recipients,
    )


@router.post("/kantor/{office}/{year}/rancangan/{draft}/putuskan")
def decide(request: Request, office: str, year: Year, draft: str) -> Response:
    """Approve or reject what was looked at."""
    space, shown = _found(request, office, year, draft)
    decision, words = _typed(request)
    if decision not in DECISIONS:
        raise HTTPException(400, "Isian tidak dapat dibaca.")
    actor = Actor(visitor_of(request).name, address_of(request))
    try:
        decided = (approve if decision == "setujui" else reject)(space, draft, actor, words)
    except LkjipError as error:
        return _show(request, office, space, read_draft(space, draft) or shown, error, (decision, words))
    place = f"/kantor/{quote(office, safe='')}"
    if not decided.approved:
        lines = [
            f"Rancangan {draft} ditolak: {decided.note}",
            "Laporan tidak dikirim. Isi yang sama tidak diajukan lagi dengan sendirinya; sesudah datanya "
            "diperbaiki, rancangan baru disusun.",
        ]
        return show(
            request,
            "selesai.html.j2",
            office=office,
            title=f"Rancangan {draft} ditolak",
            lines=lines,
            links=[(f"{place}/terbitan", "Ke terbitan"), (place, "Ke keadaan")],
        )
    asked = ask_to_send(space)
    when = "dikirim sekarang" if asked else "dikirim menurut jadwal, paling lama dalam 15 menit"
    return show(
        request,
        "selesai.html.j2",
        office=office,
        title=f"Terbitan {decided.number} disetujui",
        lines=[f"{decided.title} terbit; surelnya {when}."],
        links=[
            (f"{place}/{year}/terbitan/{decided.number}", f"Ke terbitan {decided.number}"),
            (place, "Ke keadaan"),
        ],
    )


def _found(request: Request, office: str, year: int, draft: str) -> tuple[Workspace, ShownDraft]:
    space = office_year(request, office, year)
    shown = read_draft(space, draft)
    if shown is None:
        raise HTTPException(404)
    return space, shown


def _typed(request: Request) -> tuple[str, str]:
    form = request.state.form
    return form.get("keputusan", ""), form.get("kata", "").strip()[:LONGEST_NOTE]


def _approving(space: Workspace) -> list[str]:
    """Whose approval is waited for; nobody is named where the year's data cannot be read."""
    try:
        approval = space.agency.year.approval
    except AgencyDataError:
        return []
    return approval.roles if approval else []


def _show(
    request: Request,
    office: str,
    space: Workspace,
    shown: ShownDraft,
    error: LkjipError | None = None,
    typed: tuple[str, str] = ("", ""),
) -> Response:
    return show(
        request,
        "rancangan.html.j2",
        422 if error else 200,
        office=office,
        year=space.year,
        shown=shown,
        decision=typed[0],
        words=typed[1],
        longest=LONGEST_NOTE,
        roles=_approving(space),
        error=without_folders(request, error) if error else None,
    )
