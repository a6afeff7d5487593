"""Wherever an issue is made, and by whom, its files have the same bytes; Word and workbook the same parts."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from core.settings import PROJECT
from tests.given.openxml import needs_openxml, violations
from tests.jobs.given.whole_issue import DRAFT
from tests.reports.given.ooxml import slips

pytestmark = pytest.mark.slow
UNPACKED = (".docx", ".xlsx")
HERE = {"LC_ALL": "C.UTF-8", "TZ": "Asia/Jakarta", "PYTHONHASHSEED": "1", "USER": "lkjip"}
THERE = {
    "LC_ALL": "C", "TZ": "America/Lima", "PYTHONHASHSEED": "77", "USER": "orang lain",
    "LOGNAME": "orang lain", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "LANGUAGE": "de",
    "SOURCE_DATE_EPOCH": "1",
}  # fmt: skip


def made_in(folder: Path, around: dict[str, str], umask: int) -> dict[str, bytes]:
    """All files of the issue, made by a copy of the program that stands elsewhere."""
    program, home, out = folder / "program", folder / "rumah", folder / "hasil"
    shutil.copytree(PROJECT, program, ignore=shutil.ignore_patterns(".*", "out", "build", "__pycache__"))
    home.mkdir()
    (home / "matplotlibrc").write_text("font.size: 31\nsvg.fonttype: path\n")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("LKJIP_", "LC_"))
    }
    subprocess.run(
        [sys.executable, "-m", "tests.jobs.given.whole_issue", out],
        cwd=home,
        env={**environment, **around, "HOME": str(home), "PYTHONPATH": str(program)},
        umask=umask,
        check=True,
        timeout=300,
    )
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def hashes(files: dict[str, bytes]) -> dict[str, str]:
    """Of every file; those that are packed by their parts, in order."""
    found = {}
    for name, content in files.items():
        if not name.endswith(UNPACKED):
            found[name] = hashlib.sha256(content).hexdigest()
            continue
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                data = hashlib.sha256(archive.read(part)).hexdigest()
                found[f"{name}/{part.filename}"] = f"{data} {part.date_time}"
    return found


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return made_in(tmp_path_factory.mktemp("sini"), HERE, 0o022)


def test_every_file_of_an_issue_is_the_same_in_another_environment(
    here: dict[str, bytes], tmp_path: Path
) -> None:
    there = made_in(tmp_path / "tempat lain, jauh", THERE, 0o077)
    issue = {name for name in here if not name.startswith(DRAFT)}
    assert issue == {
        "lkjip.html", "lkjip.pdf", "lkjip.docx", "lkjip-perubahan.docx", "lkjip-pengukuran.xlsx",
        "report.json", "report.csv", "changes.json", "lampiran-perbedaan.html", "lampiran-perbedaan.pdf",
    }  # fmt: skip
    assert hashes(here) == hashes(there)


def test_every_word_file_of_it_is_sound(here: dict[str, bytes]) -> None:
    files = {name: content for name, content in here.items() if name.endswith(".docx")}
    assert len(files) == 4
    assert [slip for content in files.values() for slip in slips(content)] == []
    assert all(docx.Document(io.BytesIO(content)).paragraphs for content in files.values())


@needs_openxml
def test_every_word_file_and_workbook_of_it_is_what_its_schema_allows(here: dict[str, bytes]) -> None:
    files = {name: content for name, content in here.items() if name.endswith(UNPACKED)}
    assert len(files) == 5
    found = {name: violations(content, name[-5:]) for name, content in files.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@needs_openxml
def test_the_check_of_the_schema_finds_an_element_that_stands_in_the_wrong_order(
    here: dict[str, bytes],
) -> None:
    right = b"<w:keepNext/><w:keepLines/>"
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(here["lkjip.docx"])) as sound, zipfile.ZipFile(made, "w") as wrong:
        for name in sound.namelist():
            wrong.writestr(name, sound.read(name).replace(right, b"<w:keepLines/><w:keepNext/>"))
    assert violations(made.getvalue())
