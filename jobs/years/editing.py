"""Changing what a year's year.yaml says of targets, signatory, recipients and approval; all its other
lines stay.

A document of targets is never altered: a change is another document, agreed on its own day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from capaian.values import Value
from core.dates import format_date
from core.errors import AgencyDataError
from jobs.data_changes import data_mark
from jobs.workspace import Workspace
from jobs.years.saving import save_files
from models.report.drafts import waiting_draft
from models.session import open_session
from office.approval import Approval
from office.blocks import top_blocks
from office.copies import copy_data, load_copy
from office.problems import DataProblems
from office.schema import Agency, Recipient, Signatory

_ADDRESS = re.compile(r"[^\s@<>,;:\"']+@[^\s@<>,;:\"']+\.[^\s@<>,;:\"']+")
_RECIPIENT = re.compile(r"(.+?)\s*<([^<>]*)>")
_ITEM = re.compile(r"^( *)- ", re.MULTILINE)
_MOST_DAYS = 365
_FEWEST = 2
"""Documents that a year needs before a change can be one more: with a single one, what is added second would
take the place of the agreement in the report."""


@dataclass(frozen=True)
class NewDocument:
    """A document that changes targets.

    Attributes:
        agreed_on: Its day.
        targets: By indicator, as written; only those that it changes.
    """

    name: str
    agreed_on: date
    source: str
    targets: Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """One thing that changes, for people."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Edited:
    """A year.yaml as it would be; nothing is written.

    Attributes:
        changes: What its reader would see changed; none where it says the same.
        mark: Of the data that it was made of.
    """

    text: str
    changes: tuple[Change, ...]
    mark: str


def counted_targets(agency: Agency) -> dict[str, tuple[str, Value]]:
    """The target of each indicator that counts, with the name of its document."""
    found: dict[str, tuple[str, Value]] = {}
    for version in agency.year.versions:
        found |= {name: (version.name, value) for name, value in version.targets.items()}
        if version.id == agency.year.used:
            break
    return {name: found[name] for name in agency.indicators if name in found}


def why_no_new_document(agency: Agency) -> str:
    """Why a changed target cannot be one more document of this year, in Indonesian; empty where it can."""
    if len(agency.year.versions) >= _FEWEST:
        return ""
    return (
        "Tahun ini baru memuat satu dokumen target. Rencana kerja atau Perjanjian Kinerja yang kurang "
        "ditambahkan dulu di lembar Target buku kerja; sesudah itu perubahannya dapat ditulis di sini."
    )


def add_document(workspace: Workspace, document: NewDocument) -> Edited:
    """Add a document of targets, which counts from then on.

    Raises:
        AgencyDataError: It changes nothing, a target cannot be read, or the file is in no known order.
    """
    agency = workspace.agency
    if reason := why_no_new_document(agency):
        raise AgencyDataError(reason, todo="unduh buku kerja tahun ini, isi, lalu kirim kembali.")
    wanted = {name: text.strip() for name, text in document.targets.items() if text.strip()}
    if unknown := set(wanted) - set(agency.indicators):
        raise AgencyDataError(
            f"Indikator tidak dikenal: {', '.join(sorted(unknown))}.", todo="muat ulang halaman."
        )
    for words, text in (("Nama dokumen", document.name), ("Sumber", document.source)):
        if not text.strip():
            raise AgencyDataError(f"{words} belum diisi.", todo="isi, lalu periksa lagi.")
    files = copy_data(workspace.agency_folder, agency.year.year)
    text = _text_of(files, agency)
    data = _read(text)
    name = _new_id(document.name, [str(version["id"]) for version in data["versions"]])
    entry = {
        "id": name,
        "name": " ".join(document.name.split()),
        "agreed_on": document.agreed_on,
        "source": " ".join(document.source.split()),
        "targets": {**_kept_targets(data), **wanted},
    }
    changed = {
        "versions": lambda block: _with_item(block, entry),
        "used": lambda block: _with_used(block, name),
    }
    blocks = [changed[key](block) if key in changed else block for key, block in top_blocks(text)]
    new = "".join(blocks)
    expected = {**data, "versions": [*data["versions"], entry], "used": name}
    after = _checked(files, agency, new, expected)
    changes = tuple(_changed_targets(agency, after))
    if not changes:
        raise AgencyDataError(
            "Tidak ada target yang berubah.", todo="isi target yang baru, lalu periksa lagi."
        )
    opened = Change("Dokumen", "", f"{entry['name']}, {format_date(document.agreed_on)}")
    return Edited(new, (opened, *changes), data_mark(workspace.agency_folder, agency.year.year))


def set_signatory(workspace: Workspace, signatory: Mapping[str, str]) -> Edited:
    """Change who signs.

    Args:
        workspace: Office and year.
        signatory: ``name``, ``position`` (a line for each line), ``rank`` and ``nip``.

    Raises:
        AgencyDataError: Name or position is missing, or the file is in no known order.
    """
    position = [line.strip() for line in signatory["position"].splitlines() if line.strip()]
    name = " ".join(signatory["name"].split())
    if not name or not position:
        raise AgencyDataError("Nama dan jabatan penanda tangan wajib diisi.", todo="isi keduanya.")
    entry: dict[str, Any] = {"name": name, "position": position}
    entry |= {key: signatory[key].strip() for key in ("rank", "nip") if signatory[key].strip()}
    before = workspace.agency.year.signatory
    after = Signatory(name=name, position=position, rank=entry.get("rank", ""), nip=entry.get("nip", ""))
    rows = (
        ("Nama", before.name, after.name),
        ("Jabatan", " / ".join(before.position), " / ".join(after.position)),
        ("Pangkat", before.rank, after.rank),
        ("NIP", before.nip, after.nip),
    )
    return _with_block(workspace, "signatory", entry, [Change(*row) for row in rows if row[1] != row[2]])


def set_recipients(workspace: Workspace, lines: str) -> Edited:
    """Change who gets the mail of an issue.

    Args:
        workspace: Office and year.
        lines: One on each line, as :func:`written_recipients` has them.

    Raises:
        AgencyDataError: A line is none, nobody is left, or the file is in no known order.
    """
    wanted = [_recipient(line) for line in lines.splitlines() if line.strip()]
    if not wanted:
        raise AgencyDataError("Belum ada penerima.", todo="tulis sekurang-kurangnya satu.")
    addresses = [recipient.address.casefold() for recipient in wanted]
    if twice := sorted({address for address in addresses if addresses.count(address) > 1}):
        raise AgencyDataError(f"Ditulis dua kali: {', '.join(twice)}.", todo="hapus salah satunya.")
    before = {r.address: r.role for r in workspace.agency.year.recipients}
    after = {r.address: r.role for r in wanted}
    changes = [
        Change(address, before.get(address, ""), after.get(address, ""))
        for address in dict.fromkeys((*before, *after))
        if before.get(address) != after.get(address)
    ]
    if not changes and list(before) != list(after):
        changes = [Change("Urutan", ", ".join(before), ", ".join(after))]
    return _with_block(workspace, "recipients", [r.model_dump() for r in wanted], changes)


def written_recipients(recipients: Sequence[Recipient]) -> str:
    """Recipients one on each line: ``Kepala Dinas <kepala@dinas.go.id>``."""
    return "\n".join(f"{recipient.role} <{recipient.address}>" for recipient in recipients)


def set_approval(workspace: Workspace, roles: Sequence[str], remind_after: str = "") -> Edited:
    """Change whose approval an issue waits for before it goes out.

    Args:
        workspace: Office and year.
        roles: Of the recipients who are told of a draft; none where issues go out without approval.
        remind_after: Days after which they are reminded, as typed; empty for what the schema takes.

    Raises:
        AgencyDataError: A role is no recipient's, the days are none, or the file is in no known order.
    """
    before, after = workspace.agency.year.approval, None
    if roles:
        days = {"remind_after": _days(remind_after)} if remind_after.strip() else {}
        after = Approval(roles=list(dict.fromkeys(roles)), **days)
    changes = []
    if (before and before.roles) != (after and after.roles):
        changes.append(Change("Terbitan baru", _way_out(before), _way_out(after)))
    if after and (before is None or before.remind_after != after.remind_after):
        told = f"setiap {before.remind_after} hari" if before else ""
        changes.append(Change("Pengingat", told, f"setiap {after.remind_after} hari"))
    if changes and after is None and (waiting := _waiting_name(workspace)):
        # The refresh that follows lets it out: who switches off must have read that.
        changes.append(
            Change(
                f"Rancangan {waiting}",
                "menunggu persetujuan",
                "isinya terbit dan dikirim kepada semua penerima tanpa persetujuan",
            )
        )
    return _with_block(workspace, "approval", after.model_dump() if after else None, changes)


def save_edited(workspace: Workspace, edited: Edited) -> None:
    """Write what was looked at.

    Raises:
        AgencyDataError: The data were changed since, the year is closed, or the office is an example.
        StorageError: It cannot be written, or not be shared.
    """
    save_files(workspace, {f"{workspace.year}/year.yaml": edited.text.encode()}, edited.mark)


def _recipient(line: str) -> Recipient:
    match = _RECIPIENT.fullmatch(line.strip())
    if match is None or not _ADDRESS.fullmatch(match[2].strip()):
        raise AgencyDataError(
            f"Penerima '{line.strip()}' tidak terbaca.",
            todo="tulis peran, lalu alamat dalam tanda < >, misalnya Kepala Dinas <kepala@dinas.go.id>.",
        )
    return Recipient(role=" ".join(match[1].split()), address=match[2].strip())


def _days(typed: str) -> int:
    if not (typed.strip().isdecimal() and 1 <= int(typed) <= _MOST_DAYS):
        raise AgencyDataError(
            f"Pengingat '{typed.strip()}' tidak terbaca.",
            todo=f"tulis jumlah hari, 1 sampai {_MOST_DAYS}, atau kosongkan.",
        )
    return int(typed)


def _way_out(approval: Approval | None) -> str:
    return f"menunggu persetujuan {', '.join(approval.roles)}" if approval else "dikirim tanpa persetujuan"


def _waiting_name(workspace: Workspace) -> str:
    with open_session(workspace.engine, read_only=True) as session:
        draft = waiting_draft(session, workspace.office_id, workspace.year)
        return draft.name if draft else ""


def _with_block(workspace: Workspace, key: str, entry: Any, changes: Sequence[Change]) -> Edited:
    """The file with another value of a top-level key; the comment above it stays.

    A key that the file lacks comes after all others; one without a value (None) goes.
    """
    agency = workspace.agency
    files = copy_data(workspace.agency_folder, agency.year.year)
    text = _text_of(files, agency)
    value = {} if entry is None else {key: entry}
    dumped = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110) if value else ""
    blocks = top_blocks(text)
    new = "".join(_comment_of(block) + dumped if k == key else block for k, block in blocks)
    if key not in [k for k, _ in blocks]:
        new += dumped if not dumped or new.endswith("\n") else f"\n{dumped}"
    others = {name: held for name, held in _read(text).items() if name != key}
    _checked(files, agency, new, {**others, **value})
    return Edited(new, tuple(changes), data_mark(workspace.agency_folder, agency.year.year))


def _comment_of(block: str) -> str:
    return "".join(line for line in block.splitlines(keepends=True) if line.startswith("#"))


def _text_of(files: Mapping[str, bytes], agency: Agency) -> str:
    return files[f"{agency.year.year}/year.yaml"].decode("utf-8-sig")


def _read(text: str) -> dict[str, Any]:
    try:
        data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - everything stays text
    except yaml.YAMLError:
        data = None
    return data if isinstance(data, dict) else {}


def _kept_targets(data: Mapping[str, Any]) -> dict[str, str]:
    """Of the used document, and where others come after it, what counted of theirs: they count now too."""
    ids = [version["id"] for version in data["versions"]]
    place = ids.index(data["used"])
    counted: dict[str, str] = {}
    for version in data["versions"][: place + 1]:
        counted |= version["targets"]
    later = {name for version in data["versions"][place + 1 :] for name in version["targets"]}
    used = data["versions"][place]["targets"]
    return {name: counted[name] for name in (*used, *sorted(later - set(used))) if name in counted}


def _new_id(name: str, known: Sequence[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40].strip("-") or "dokumen"
    number, found = 1, plain
    while found in known:
        number += 1
        found = f"{plain}-{number}"
    return found


def _with_item(block: str, entry: Mapping[str, Any]) -> str:
    """A block of a list with one more item behind its last line."""
    body = block.rstrip()
    first = _ITEM.search(body)
    indent = first[1] if first else "  "
    dumped = yaml.safe_dump([dict(entry)], allow_unicode=True, sort_keys=False, width=110 - len(indent))
    added = "".join(f"{indent}{line}\n" for line in dumped.splitlines())
    return f"{body}\n{added}{block[len(body) :].removeprefix(chr(13)).removeprefix(chr(10))}"


def _with_used(block: str, name: str) -> str:
    return re.sub(r"^(used\s*:\s*)[^\s#]+", lambda match: f"{match[1]}{name}", block, flags=re.MULTILINE)


def _checked(files: Mapping[str, bytes], agency: Agency, text: str, expected: Mapping[str, Any]) -> Agency:
    """The office that the changed file says, if it says just what was meant."""
    if _read(text) != _read(yaml.safe_dump(dict(expected), allow_unicode=True, sort_keys=False)):
        raise AgencyDataError(
            "Susunan year.yaml tahun ini tidak dapat diubah dari halaman.",
            todo="ubah di buku kerja tahun itu, atau minta teknisi mengubah berkasnya.",
        )
    year = agency.year.year
    try:
        return load_copy({**files, f"{year}/year.yaml": text.encode()}, agency.office.id, year)
    except DataProblems as error:
        told = " ".join(f"{_named(problem.message, agency)}." for problem in error.found)
        todo = "; ".join(dict.fromkeys(problem.todo for problem in error.found))
        raise AgencyDataError(told[:1].upper() + told[1:], todo=f"{todo}.") from error


def _named(text: str, agency: Agency) -> str:
    for name, indicator in agency.indicators.items():
        text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", indicator.name, text)
    return text


def _changed_targets(before: Agency, after: Agency) -> Iterator[Change]:
    old, new = counted_targets(before), counted_targets(after)
    for name, indicator in after.indicators.items():
        was, now = old[name][1], new[name][1]
        if was != now:
            yield Change(indicator.name, f"{was} ({old[name][0]})", str(now))
