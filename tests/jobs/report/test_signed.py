"""A signed copy of an issue: looked at beside it, kept with its bytes, told by the issues that follow."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from core.errors import LkjipError, SourceError, StorageError
from jobs.backup.pack import make_backup
from jobs.backup.restore import restore_backup
from jobs.backup.verify import verify_stored
from jobs.report.issued.listing import list_year, write_signed
from jobs.report.issued.signed import keep_signed, list_signed
from jobs.report.refresh import refresh
from jobs.uploads.signed import check_signed_apart
from jobs.workspace import Workspace
from models.report.issues import data_of, list_issues
from models.session import open_session
from tests.jobs.given.days import JANUARY
from tests.jobs.given.signed import own_files, signed_pdf, small_pdf, write
from tests.web.given.reading import read_here

pytestmark = pytest.mark.slow

MARCH = date(2024, 3, 1)


@pytest.fixture
def issued(at, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """An office with one issue."""
    read_here(monkeypatch)
    monkeypatch.setattr("jobs.report.refresh.make_files", own_files)
    refresh(at(JANUARY))
    return at(MARCH)


def keep(workspace: Workspace, file: Path, *doubts: str):
    return keep_signed(workspace, 1, file, "Siti", workspace.settings.current_time(), doubts)


def test_a_signed_copy_of_the_issue_raises_no_doubt(issued: Workspace, tmp_path: Path) -> None:
    seen = check_signed_apart(issued, 1, write(tmp_path / "ttd.pdf", signed_pdf()))
    assert (seen.pages, seen.doubts) == (3, ())


@pytest.mark.parametrize(
    ("content", "doubt"),
    [
        (signed_pdf(2), "sampulnya menyebut terbitan 2, bukan 1"),
        (signed_pdf(figure="6,36%"), r"1 dari \d+ kata terbitan 1 tidak ada di sana \(misalnya “6,35”\)"),
        (signed_pdf(more=("Lampiran",)), "berkas itu 4 halaman, terbitan 1 3 halaman"),
        (small_pdf(1, "Realisasi 6,35%", "Penutup"), "sama persis dengan PDF terbitan"),
        (signed_pdf(more=("kata " * 400,)), r"4\d\d kata di sana tidak ada di terbitan 1"),
    ],
    ids=["another issue", "another figure", "another page", "unsigned", "far more words"],
)
def test_what_is_not_that_issue_is_told(
    issued: Workspace, tmp_path: Path, content: bytes, doubt: str
) -> None:
    seen = check_signed_apart(issued, 1, write(tmp_path / "ttd.pdf", content))
    assert any(re.search(doubt, told) for told in seen.doubts)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"PK bukan", "bukan PDF"), (b"%PDF-1.7 rusak", "tidak dapat dibuka sebagai PDF"), (b"", "bukan PDF")],
)
def test_what_is_no_pdf_is_refused(issued: Workspace, tmp_path: Path, content: bytes, refusal: str) -> None:
    with pytest.raises(LkjipError, match=refusal):
        check_signed_apart(issued, 1, write(tmp_path / "ttd.pdf", content))


def test_too_large_a_file_is_refused(
    issued: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.report.issued.signed.MOST_MEGABYTES", 0)
    with pytest.raises(SourceError, match="lebih besar daripada 0 MB"):
        keep(issued, write(tmp_path / "ttd.pdf", signed_pdf()))


def test_an_issue_that_does_not_exist_takes_none(issued: Workspace, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Terbitan 7 laporan 2023 tidak ada; yang ada: 1"):
        check_signed_apart(issued, 7, write(tmp_path / "ttd.pdf", signed_pdf()))


def test_without_the_issue_s_own_pdf_that_is_a_doubt(issued: Workspace, tmp_path: Path) -> None:
    (issued.reports_folder / "terbitan-1" / "lkjip.pdf").write_bytes(b"diubah")
    seen = check_signed_apart(issued, 1, write(tmp_path / "ttd.pdf", signed_pdf()))
    assert "tidak dapat dibandingkan: Berkas lkjip.pdf terbitan 1" in seen.doubts[0]


def test_who_when_hash_and_bytes_are_kept_once(issued: Workspace, tmp_path: Path) -> None:
    content = signed_pdf()
    first = keep(issued, write(tmp_path / "ttd.pdf", content), "berkas itu 4 halaman")
    again = keep(issued, tmp_path / "ttd.pdf")
    assert (first.new, again.new) == (True, False)
    (copy,) = list_signed(issued, 1)
    sha256 = hashlib.sha256(content).hexdigest()
    assert (copy.name, copy.by, copy.sha256, copy.doubts) == (
        "ttd.pdf", "Siti", sha256, "berkas itu 4 halaman",
    )  # fmt: skip
    (written,) = write_signed(issued, 1, tmp_path / "ambil")
    assert Path(written).read_bytes() == content


def test_the_next_issue_says_that_it_follows_a_signed_one(issued: Workspace, tmp_path: Path, at) -> None:
    keep(issued, write(tmp_path / "ttd.pdf", signed_pdf()))
    assert refresh(issued).issue is None, "a signature alone makes no issue"
    with open_session(issued.engine) as session:
        session.connection().execute(text("UPDATE report_issues SET content_hash = 'lain'"))
    made = refresh(issued)
    assert made.issue is not None
    assert (
        "Menggantikan terbitan 1 (31 Januari 2024) yang telah ditandatangani" in made.report.document().body
    )
    assert list_year(issued).as_text().splitlines()[0] == (
        "Terbitan 1, 31 Januari 2024: Terbitan pertama. Terbitan pertama, 4 indikator menunggu BPS. "
        "Salinan bertanda tangan diterima 1 Maret 2024."
    )
    with open_session(issued.engine, read_only=True) as session:
        kept = [
            data_of(session, issue)["riwayat.json"] for issue in list_issues(session, "sumenep-dkupp", 2023)
        ]
    assert [b"2024-03-01" in history for history in kept] == [False, True]


def test_backup_brings_it_back_and_verify_looks_at_it(issued: Workspace, tmp_path: Path) -> None:
    keep(issued, write(tmp_path / "ttd.pdf", signed_pdf()))
    make_backup(issued.settings, tmp_path / "cadangan.tar.gz")
    back = Workspace(issued.settings.model_copy(update={"home": tmp_path / "baru", "offices": None}))
    restore_backup(back.settings, tmp_path / "cadangan.tar.gz")
    (written,) = write_signed(back, 1, tmp_path / "ambil")
    assert Path(written).read_bytes() == signed_pdf()
    sha256 = hashlib.sha256(signed_pdf()).hexdigest()
    with open_session(issued.engine) as session:
        statement = text("UPDATE snapshots SET content = :other WHERE sha256 = :sha256")
        session.connection().execute(statement, {"other": b"x", "sha256": sha256})
    (fault,) = verify_stored(issued).lost
    assert fault.place == f"sumenep-dkupp 2023 terbitan 1: salinan bertanda tangan {sha256[:12]}…"
