"""Beside the Word file of an issue lies one that shows what changed since the issue before."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path
from typing import Any

import pytest

from jobs.bps.poll import poll_bps
from jobs.mail.send import send_outbox
from jobs.report.issued.giving import give_issue
from jobs.report.issues import read_file, read_issue
from jobs.report.keeping import CHANGED_WORD, WORD
from jobs.report.refresh import refresh
from reports.content import Report
from tests.jobs.given.days import JANUARY, RELEASE_DAY
from tests.reports.given.random_word import word_file
from tests.reports.given.settled import said


@pytest.fixture(autouse=True)
def word_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """An issue has a Word file of one sentence: that of its heading."""

    def make_files(report: Report) -> dict[str, bytes]:
        sentence = f"Terbitan {report.issue.number} berisi {report.content_hash[:8]}"
        return {WORD: word_file([("p", [("", sentence)])]), "lkjip.pdf": sentence.encode()}

    for place in ("refresh", "remake"):
        monkeypatch.setattr(f"jobs.report.{place}.make_files", make_files)


@pytest.fixture
def folder(at: Any) -> Path:
    """Of two issues: one of January, one of the day of the release."""
    refresh(at(JANUARY))
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    return Path(str(refresh(workspace).issue.folder)).parent


def test_the_second_issue_has_one_and_the_first_none(folder: Path) -> None:
    assert not (folder / "terbitan-1" / CHANGED_WORD).exists()
    shown = (folder / "terbitan-2" / CHANGED_WORD).read_bytes()
    assert said(shown, accepted=True) == said((folder / "terbitan-2" / WORD).read_bytes())
    assert said(shown, accepted=False) == said((folder / "terbitan-1" / WORD).read_bytes())


def test_the_mail_brings_it_beside_the_clean_word_file(at: Any, mail: Any, folder: Path) -> None:
    send_outbox(at(RELEASE_DAY))
    mails = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in mail.files]
    attached = {m["Subject"][-2]: [part.get_filename() for part in m.iter_attachments()] for m in mails}
    name = "LKjIP-2023-DKUPP-terbitan"
    assert attached["1"] == [f"{name}-1.pdf", f"{name}-1.docx"]
    assert attached["2"] == [f"{name}-2.pdf", f"{name}-2.docx", f"{name}-2-perubahan.docx"]


@pytest.mark.usefixtures("folder")
def test_the_page_gives_it_under_a_name_of_its_own(at: Any) -> None:
    issue, file = read_issue(at(RELEASE_DAY), 2), read_file(at(RELEASE_DAY), 2, "perubahan")
    assert issue is not None
    assert file is not None
    assert file.name == "LKjIP-2023-sumenep-dkupp-terbitan-2-perubahan.docx"
    assert issue.sizes["perubahan"] == len(file.content)


def test_it_is_made_again_with_identical_bytes_even_where_the_older_word_file_is_gone(
    at: Any, folder: Path, tmp_path: Path
) -> None:
    recorded = (folder / "terbitan-2" / CHANGED_WORD).read_bytes()
    give_issue(at(RELEASE_DAY), 2, tmp_path / "lagi", remake=True)
    assert (tmp_path / "lagi" / CHANGED_WORD).read_bytes() == recorded
    (folder / "terbitan-1" / WORD).unlink()
    give_issue(at(RELEASE_DAY), 2, tmp_path / "tanpa", remake=True)
    assert (tmp_path / "tanpa" / CHANGED_WORD).read_bytes() == recorded


def test_no_issue_waits_for_an_older_word_file_that_is_lost(at: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = refresh(at(JANUARY)).issue
    (Path(str(first.folder)) / WORD).write_bytes(b"rusak")
    monkeypatch.setattr("jobs.report.remake.program_version", lambda: "9.9.9+lain")
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    second = refresh(workspace).issue
    assert sorted(path.name for path in Path(str(second.folder)).iterdir()) == [
        "changes.json", WORD, "lkjip.pdf",
    ]  # fmt: skip
