"""From sending a file to what became of it: looked at, then taken in or not, and written down who did it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from core.errors import BusyError, SourceError, StorageError, explain_os_error
from jobs.file_moves import MovedOnError, Note, put_away, read_content
from jobs.report.runs.asking import ask_for_refresh
from jobs.report.runs.news import News
from jobs.taken_files import OUTCOMES
from jobs.uploads.apart import ask_reader
from jobs.uploads.deeds import DROPPED, REFUSED, TAKEN, about
from jobs.uploads.kept import Owner, Purpose, alone_with, find_place, forget_bytes, keep_files, list_kept
from jobs.uploads.names import NAMES, UNKNOWN
from jobs.uploads.progress import Step, Upload, save_upload, upload_of
from jobs.uploads.shown import Shown, refused
from jobs.users.audit import Actor, note_deed
from jobs.workspace import Workspace, make_folder

_NOTE_ENDS = "Berkas ini dikirim lewat halaman LKjIP. Angka yang tersimpan tidak berubah karenanya."
_KNOWN = "Berkas ini sudah pernah diambil; tidak ada yang berubah."
_SAME = "Angkanya sama dengan yang sudah tersimpan; tidak ada yang berubah."
_SAME_WORDS = "Naskahnya sama dengan yang sudah tersimpan; tidak ada yang berubah."
_NEWS = {"anggaran": News.BUDGET, "harga": News.PRICES, "bps": News.RELEASE, "word": News.DATA}
"""What kind of news a file is, by its kind."""


@dataclass(frozen=True)
class Desk:
    """One person's files for one office.

    Attributes:
        workspace: The office with all its open years.
        actor: The person.
        now: The present moment.
    """

    workspace: Workspace
    actor: Actor
    now: datetime

    def receive(self, name: str, file: BinaryIO) -> Upload:
        """Put a file aside; nobody looked at it yet.

        Raises:
            BusyError: Too many undecided files lie there.
            StorageError: The disk refuses.
        """
        return Upload(keep_files(self._home, self._owner, [(name, file)], self.now))

    def find(self, place: str) -> Upload | None:
        """The person's file of a place; None for what is another's, too old, or nothing."""
        kept = find_place(self._home, self._owner, place, self.now)
        return upload_of(kept) if kept else None

    def waiting(self) -> list[Upload]:
        """The person's files that wait for a decision, newest first."""
        found = [upload_of(kept) for kept in list_kept(self._home, self._owner, self.now) if kept.waiting]
        return [upload for upload in found if upload is not None]

    def look(self, upload: Upload, kind: str = "", month: int = 0) -> Upload:
        """Have a file read, by the reader of a kind if a person says which; nothing of it is stored.

        A file that can be no use at all is put aside at once, with the reason.

        Raises:
            BusyError: Too many others are being read.
            LkjipError: The office's data or the database cannot be used.
        """
        return self._alone(upload, (Step.NEW, Step.ASKED, Step.SHOWN), lambda u: self._look(u, kind, month))

    def take(self, upload: Upload) -> Upload:
        """Take a file in that was looked at, once however often it is asked for.

        Raises:
            BusyError: Too many others are being read.
            LkjipError: The office's data or the database cannot be used; the file stays as it was.
        """
        return self._alone(upload, (Step.SHOWN,), self._take)

    def drop(self, upload: Upload) -> Upload:
        """Do not take a file; its bytes are forgotten."""
        return self._alone(upload, (Step.NEW, Step.ASKED, Step.SHOWN), self._drop)

    @property
    def _home(self) -> Path:
        return self.workspace.settings.home

    @property
    def _owner(self) -> Owner:
        return Owner(self.actor.name, self._office, Purpose.INBOX)

    @property
    def _office(self) -> str:
        return self.workspace.office_id

    def _alone(self, upload: Upload, steps: tuple[Step, ...], do: Callable[[Upload], Upload]) -> Upload:
        """Do something with a file unless somebody else did or does: then tell how it stands."""
        with alone_with(upload.kept) as free:
            present = self.find(upload.place)
            if present is None:
                return replace(upload, step=Step.DROPPED)
            if not free:
                raise BusyError(
                    f"Berkas {upload.name!r} sedang dikerjakan.",
                    todo="tunggu sebentar, lalu muat ulang halaman.",
                )
            return save_upload(do(present)) if present.step in steps else present

    # --- looking --------------------------------------------------------------------------------

    def _look(self, upload: Upload, kind: str, month: int) -> Upload:
        try:
            given = ask_reader(self.workspace, "look", upload.path, upload.sha256, kind, month)
        except SourceError as error:
            return self._refuse(replace(upload, kind=kind, shown=refused([str(error)])))
        if given["workbook"]:
            forget_bytes(upload.kept)
            return replace(upload, step=Step.WORKBOOK)
        shown = Shown.from_dict(given["shown"]) if given["shown"] else None
        seen = replace(
            upload,
            kind=given["kind"],
            sure=given["sure"],
            month=month,
            shown=shown,
            why_not=tuple((name, reason) for name, reason in given["why_not"]),
        )
        if shown is None:
            return replace(seen, step=Step.ASKED)
        if given["known"] or shown.outcome == "unchanged":
            forget_bytes(seen.kept)
            return replace(seen, step=Step.KNOWN, said=_KNOWN if given["known"] else _same(seen.kind))
        if shown.takable or shown.asks_month:
            return replace(seen, step=Step.SHOWN)
        return self._refuse(seen)

    # --- deciding -------------------------------------------------------------------------------

    def _take(self, upload: Upload) -> Upload:
        if upload.shown is None or not upload.shown.takable:
            return upload
        path = upload.path
        try:
            given = ask_reader(self.workspace, "take", path, upload.sha256, upload.kind, upload.month)
        except SourceError as error:
            return self._refuse(replace(upload, shown=refused([str(error)])))
        outcome = given["outcome"]
        if outcome == "refused":
            return self._refuse(replace(upload, shown=refused(given["problems"])))
        if outcome == "delayed":
            raise StorageError(" ".join(given["problems"]))
        news = outcome == "taken"
        said = given["said"] if news else _KNOWN if outcome == "known" else _same(upload.kind)
        self._note(upload, TAKEN, f"{OUTCOMES[outcome].capitalize()}. {given['said']}".strip())
        if news:
            said = f"{said} {self._ask_for_reports(upload, given['years'])}"
        forget_bytes(upload.kept)
        return replace(upload, step=Step.TAKEN if news else Step.KNOWN, said=said)

    def _ask_for_reports(self, upload: Upload, years: list[int]) -> str:
        """Ask for the reports that the file concerns; says when they are made."""
        if not years:
            return "Angka itu masuk ke terbitan pertama."
        cause = f"{NAMES[upload.kind]} diambil dari {upload.name}."
        news = _NEWS[upload.kind]
        asked = {
            year: ask_for_refresh(self.workspace.of_year(year), cause, news=news).as_text() for year in years
        }
        if len(set(asked.values())) == 1:
            return next(iter(asked.values()))
        return " ".join(f"{year}: {text}" for year, text in asked.items())

    def _drop(self, upload: Upload) -> Upload:
        self._note(upload, DROPPED, "tidak disimpan")
        forget_bytes(upload.kept)
        return replace(upload, step=Step.DROPPED, said="Berkas ini tidak diambil; tidak ada yang disimpan.")

    def _refuse(self, upload: Upload) -> Upload:
        """Put a file aside with the reason beside it, as files that were dropped."""
        reasons = upload.shown.reasons if upload.shown else ()
        moved_to, stuck = self._put_aside(upload, reasons)
        self._note(upload, REFUSED, " ".join(reasons), moved_to)
        return replace(upload, step=Step.REFUSED, moved_to=moved_to, said=stuck)

    def _put_aside(self, upload: Upload, reasons: tuple[str, ...]) -> tuple[str, str]:
        """Where the file lies now, and why it could not be moved."""
        path = upload.path
        text = "\n\n".join([f"Berkas {upload.name} tidak dipakai.", *reasons, _NOTE_ENDS])
        try:
            folder = make_folder(self._home / "karantina" / (upload.kind or UNKNOWN))
            # Whoever may read the folder may read what lies there.
            os.chmod(path, 0o600 | (folder.stat().st_mode & 0o044))
            target = put_away(path, read_content(path), folder, upload.name, Note(f"{text}\n", _NOTE_ENDS))
        except (StorageError, MovedOnError) as error:
            return "", str(error)
        except OSError as cause:
            return "", f"Berkasnya tidak dapat disisihkan ({explain_os_error(cause)})."
        return target.relative_to(self._home).as_posix(), ""

    def _note(self, upload: Upload, what: str, outcome: str, moved_to: str = "") -> None:
        written = about(upload.name, upload.sha256, outcome, moved_to)
        note_deed(self.workspace.engine, self.actor.entry(self.now, what, about=written, office=self._office))


def _same(kind: str) -> str:
    return _SAME_WORDS if kind == "word" else _SAME
