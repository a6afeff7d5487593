"""Targets, signatory, recipients and approval of a year: changed by forms, the difference shown first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi import Path as FromPath
from starlette.responses import Response

from core.errors import AgencyDataError, LkjipError
from jobs.data_changes import refuse_outside
from jobs.report.runs.following import tell_what_follows
from jobs.report.runs.news import News
from jobs.workspace import Workspace
from jobs.years.editing import (
    Edited,
    NewDocument,
    add_document,
    counted_targets,
    save_edited,
    set_approval,
    set_recipients,
    set_signatory,
    why_no_new_document,
    written_recipients,
)
from web.pages import show
from web.places import office_year, without_folders, write_down
from web.site import Site

router = APIRouter()
Year = Annotated[int, FromPath(ge=1, le=9999)]
Typed = Mapping[str, str]
_TARGET = "target."
"""Before an indicator's id, in the name of its field."""
_ROLE = "peran."
"""Before the place of a role among those of the recipients, in the name of its box; the role is its value."""
_MANY = (_TARGET, _ROLE)
_APPROVAL = "persetujuan"
_FIRST, _AT_ONCE = "dulu", "langsung"
"""Whether an issue is approved first, or goes out at once."""


@dataclass(frozen=True)
class _Kind:
    """What can be changed.

    Attributes:
        title: Above the form.
        template: Of the form.
        fields: Its fields, apart from those that are as many as the year's data have.
        typed: What they hold at first.
        edit: Makes the new file of what was typed.
        deed: For the audit log.
    """

    title: str
    template: str
    fields: tuple[str, ...]
    typed: Callable[[Workspace], Typed]
    edit: Callable[[Workspace, Typed], Edited]
    deed: str


def _new_document(space: Workspace, typed: Typed) -> Edited:
    try:
        agreed_on = date.fromisoformat(typed["tanggal"])
    except ValueError as cause:
        raise AgencyDataError("Tanggal dokumen belum diisi.", todo="isi tanggal dokumennya.") from cause
    targets = {name.removeprefix(_TARGET): text for name, text in typed.items() if name.startswith(_TARGET)}
    return add_document(space, NewDocument(typed["dokumen"], agreed_on, typed["sumber"], targets))


def _signatory_of(space: Workspace) -> Typed:
    known = space.agency.year.signatory
    lines = "\n".join(known.position)
    return {"nama": known.name, "jabatan": lines, "pangkat": known.rank, "nip": known.nip}


def _new_signatory(space: Workspace, typed: Typed) -> Edited:
    names = {"nama": "name", "jabatan": "position", "pangkat": "rank", "nip": "nip"}
    return set_signatory(space, {field: typed[name] for name, field in names.items()})


def _approval_of(space: Workspace) -> Typed:
    known = space.agency.year.approval
    if known is None:
        return {"cara": _AT_ONCE, "hari": ""}
    boxes = {f"{_ROLE}{place}": role for place, role in enumerate(known.roles)}
    return {"cara": _FIRST, "hari": str(known.remind_after), **boxes}


def _new_approval(space: Workspace, typed: Typed) -> Edited:
    roles = [text for name, text in typed.items() if name.startswith(_ROLE) and text]
    if typed["cara"] == _AT_ONCE:
        return set_approval(space, [])
    if typed["cara"] != _FIRST or not roles:
        raise AgencyDataError(
            "Siapa yang menyetujui belum dipilih.",
            todo="pilih sekurang-kurangnya satu peran, atau pilih langsung dikirim.",
        )
    return set_approval(space, roles, typed["hari"])


_KINDS: Mapping[str, _Kind] = {
    "target": _Kind(
        "Mengubah target",
        "ubah_target.html.j2",
        ("dokumen", "tanggal", "sumber"),
        lambda _space: dict.fromkeys(("dokumen", "tanggal", "sumber"), ""),
        _new_document,
        "menambah dokumen target",
    ),
    "penanda-tangan": _Kind(
        "Mengubah penanda tangan",
        "ubah_penanda_tangan.html.j2",
        ("nama", "jabatan", "pangkat", "nip"),
        _signatory_of,
        _new_signatory,
        "mengubah penanda tangan",
    ),
    "penerima": _Kind(
        "Mengubah penerima surel",
        "ubah_penerima.html.j2",
        ("penerima",),
        lambda space: {"penerima": written_recipients(space.agency.year.recipients)},
        lambda space, typed: set_recipients(space, typed["penerima"]),
        "mengubah penerima surel",
    ),
    _APPROVAL: _Kind(
        "Mengubah persetujuan",
        "ubah_persetujuan.html.j2",
        ("cara", "hari"),
        _approval_of,
        _new_approval,
        "mengubah persetujuan",
    ),
}


# Addresses of their own, before those of the other forms: whoever may approve does not thereby decide
# whether anybody has to.
@router.get("/kantor/{office}/{year}/ubah/persetujuan")
def ask_for_approval(request: Request, office: str, year: Year) -> Response:
    """The form of who approves, with what holds now."""
    return ask_for_change(request, office, year, _APPROVAL)


@router.post("/kantor/{office}/{year}/ubah/persetujuan")
def look_at_approval(request: Request, office: str, year: Year) -> Response:
    """What would change of who approves."""
    return look_at_change(request, office, year, _APPROVAL)


@router.post("/kantor/{office}/{year}/ubah/persetujuan/simpan")
def keep_approval(request: Request, office: str, year: Year) -> Response:
    """Write who approves, as it was looked at."""
    return keep_change(request, office, year, _APPROVAL)


@router.get("/kantor/{office}/{year}/ubah/{what}")
def ask_for_change(request: Request, office: str, year: Year, what: str) -> Response:
    """The form, with what holds now."""
    space, kind = _found(request, office, year, what)
    return _show_form(request, office, space, what, kind.typed(space))


@router.post("/kantor/{office}/{year}/ubah/{what}")
def look_at_change(request: Request, office: str, year: Year, what: str) -> Response:
    """What would change; nothing is written until somebody says yes."""
    space, kind = _found(request, office, year, what)
    typed = _typed(request, kind)
    if request.state.form.get("ubah"):
        return _show_form(request, office, space, what, typed)
    try:
        _refuse_outside(request, space)
        edited = kind.edit(space, typed)
        if not edited.changes:
            raise AgencyDataError("Tidak ada yang berubah.", todo="ubah isiannya, lalu periksa lagi.")
    except LkjipError as error:
        return _show_form(request, office, space, what, typed, error)
    return show(
        request,
        "ubah_periksa.html.j2",
        office=office,
        year=year,
        what=what,
        title=kind.title,
        typed=typed,
        edited=edited,
    )


@router.post("/kantor/{office}/{year}/ubah/{what}/simpan")
def keep_change(request: Request, office: str, year: Year, what: str) -> Response:
    """Write what was looked at."""
    space, kind = _found(request, office, year, what)
    typed = _typed(request, kind)
    try:
        _refuse_outside(request, space)
        edited = kind.edit(space, typed)
        save_edited(space, replace(edited, mark=request.state.form.get("dasar", "")))
    except LkjipError as error:
        return _show_form(request, office, space, what, typed, error)
    told = "; ".join(f"{c.what}: {c.before or '-'} menjadi {c.after or '-'}" for c in edited.changes)
    write_down(request, office, kind.deed, f"{year}: {told}")
    space, cause = office_year(request, office, year), f"{kind.deed.capitalize()} di halaman."
    news = tell_what_follows(space, cause, News.DATA)
    place = f"/kantor/{quote(office, safe='')}"
    return show(
        request,
        "selesai.html.j2",
        office=office,
        title="Perubahan tersimpan",
        lines=[f"Tahun {year}: {told}.", news],
        links=[(f"{place}/{year}/periksa", f"Ke tahun {year}"), (place, "Ke keadaan")],
    )


def _found(request: Request, office: str, year: int, what: str) -> tuple[Workspace, _Kind]:
    space = office_year(request, office, year)
    if what not in _KINDS or not (space.agency_folder / str(year)).is_dir():
        raise HTTPException(404)
    return space, _KINDS[what]


def _typed(request: Request, kind: _Kind) -> dict[str, str]:
    form = request.state.form
    many = {name: text for name, text in form.items() if name.startswith(_MANY)}
    return {**{name: form.get(name, "") for name in kind.fields}, **many}


def _refuse_outside(request: Request, space: Workspace) -> None:
    site: Site = request.app.state.site
    refuse_outside(space.agency_folder, site.settings.offices_folder)


def _show_form(
    request: Request,
    office: str,
    space: Workspace,
    what: str,
    typed: Typed,
    error: LkjipError | None = None,
) -> Response:
    kind, site, agency = _KINDS[what], request.app.state.site, space.agency
    more: dict[str, Any] = {}
    if what == "target":
        more = {
            "targets": counted_targets(agency),
            "names": agency.indicators,
            "why_not": why_no_new_document(agency),
        }
    elif what == "penerima":
        more = {"overruled": bool(site.settings.recipients)}
    elif what == _APPROVAL:
        more = {
            "instead": (site.settings.recipients or [""])[0],
            "roles": list(dict.fromkeys(recipient.role for recipient in agency.year.recipients)),
            "chosen": [text for name, text in typed.items() if name.startswith(_ROLE)],
            "first": _FIRST,
            "at_once": _AT_ONCE,
        }
    return show(
        request,
        kind.template,
        422 if error else 200,
        office=office,
        year=agency.year.year,
        what=what,
        title=kind.title,
        typed=typed,
        error=without_folders(request, error) if error else None,
        **more,
    )
