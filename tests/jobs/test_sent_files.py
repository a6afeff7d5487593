"""Files that wait for a yes: whose they are, how long, and that nobody else reads them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import AgencyDataError
from jobs.sent_files import (
    FOLDER,
    KEPT,
    MOST,
    Owner,
    Upload,
    clean_name,
    drop_upload,
    find_upload,
    keep_upload,
)

NOW = datetime(2024, 4, 7, 2, tzinfo=UTC)
SITI = Owner("siti", "sumenep-dkupp", "angka")


def keep(home: Path, *names: str, owner: Owner = SITI, at: datetime = NOW) -> Upload:
    files = [(name, io.BytesIO(name.encode())) for name in names or ("surat.pdf",)]
    return keep_upload(home, owner, files, at, {"nilai": "3,10"})


def test_its_owner_finds_it_again(tmp_path: Path) -> None:
    kept = keep(tmp_path, "surat.pdf", "lampiran.xlsx")
    found = find_upload(tmp_path, SITI, kept.token, NOW + timedelta(hours=23))
    assert [path.read_bytes() for path in found.files] == [b"surat.pdf", b"lampiran.xlsx"]
    assert (found, found.said) == (kept, {"nilai": "3,10"})


@pytest.mark.parametrize(
    "other",
    [replace(SITI, user="budi"), replace(SITI, office="lain"), replace(SITI, purpose="buku-kerja")],
    ids=str,
)
def test_nobody_else_does(tmp_path: Path, other: Owner) -> None:
    kept = keep(tmp_path)
    with pytest.raises(AgencyDataError, match="sudah tidak ada"):
        find_upload(tmp_path, other, kept.token, NOW)


@pytest.mark.parametrize("token", ["", "..", "../../x", "x" * 43, "\udcff", "é" * 43])
def test_no_guess_leads_anywhere(tmp_path: Path, token: str) -> None:
    keep(tmp_path)
    with pytest.raises(AgencyDataError, match="sudah tidak ada"):
        find_upload(tmp_path, SITI, token, NOW)


def test_after_a_day_it_is_gone(tmp_path: Path) -> None:
    kept = keep(tmp_path)
    with pytest.raises(AgencyDataError):
        find_upload(tmp_path, SITI, kept.token, NOW + KEPT)
    keep(tmp_path, at=NOW + KEPT)
    assert not kept.files[0].exists()
    assert len(list((tmp_path / FOLDER).iterdir())) == 1


def test_what_was_taken_in_is_gone(tmp_path: Path) -> None:
    kept = keep(tmp_path)
    drop_upload(tmp_path, kept)
    with pytest.raises(AgencyDataError):
        find_upload(tmp_path, SITI, kept.token, NOW)


def test_only_the_program_reads_them(tmp_path: Path) -> None:
    keep(tmp_path)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / FOLDER).rglob("*") if path.is_file()}
    folders = [tmp_path / FOLDER, *(path for path in (tmp_path / FOLDER).rglob("*") if path.is_dir())]
    assert modes == {0o600}
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}


def test_the_token_is_written_nowhere(tmp_path: Path) -> None:
    token = keep(tmp_path).token
    texts = [str(p) + p.read_text() for p in (tmp_path / FOLDER).rglob("*") if p.is_file()]
    assert token not in " ".join(texts)


def test_of_one_person_only_so_many_are_kept(tmp_path: Path) -> None:
    others = keep(tmp_path, owner=replace(SITI, user="budi"))
    kept = [keep(tmp_path, at=NOW + timedelta(seconds=second)) for second in range(MOST + 1)]
    assert [upload.files[0].exists() for upload in kept] == [False] + [True] * MOST
    assert others.files[0].exists()


def test_two_files_of_one_name_stay_two(tmp_path: Path) -> None:
    kept = keep(tmp_path, "a.pdf", "a.pdf")
    assert [path.name for path in kept.files] == ["a.pdf", "a-2.pdf"]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("surat Kemendagri.pdf", "surat Kemendagri.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\siti\\surat.pdf", "surat.pdf"),
        (".bashrc", "bashrc"),
        ("..", "berkas"),
        ("", "berkas"),
        ("a/", "berkas"),
        ("a\x00b\x1b[31m.pdf", "a?b?[31m.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("é" * 300 + ".pdf", "é" * 58 + ".pdf"),
        ("\udcff.pdf", "?.pdf"),
    ],
)
def test_names_from_outside_lead_nowhere(given: str, name: str) -> None:
    assert clean_name(given) == name
