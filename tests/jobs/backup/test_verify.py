"""What is gone or altered of issues and answers is found, and put back from what is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from jobs.backup.verify import verify_stored
from jobs.bps.poll import poll_bps
from jobs.report.refresh import refresh
from models.report.tables import ReportIssue
from models.session import open_session
from models.tables import Snapshot
from tests.jobs.given.days import JANUARY, RELEASE_DAY

pytestmark = pytest.mark.slow


@pytest.fixture
def issued(at) -> Path:
    """The folder of the only issue."""
    issue = refresh(at(JANUARY)).issue
    assert issue is not None
    return issue.folder


@pytest.mark.usefixtures("unrendered")
def test_what_is_as_it_was_is_counted(at, issued: Path) -> None:
    verified = verify_stored(at(JANUARY))
    assert (verified.issues, verified.files, verified.faults) == (1, 5, ())
    assert "semuanya seperti ketika disimpan" in verified.as_text()


def test_a_folder_that_is_gone_and_a_file_that_was_altered_are_made_again_byte_for_byte(
    at, issued: Path
) -> None:
    before = {path.name: path.read_bytes() for path in issued.iterdir()}
    (issued / "lkjip.pdf").unlink()
    (issued / "lkjip.html").write_bytes(b"diubah")
    looked = verify_stored(at(JANUARY), mend=False)
    assert {fault.what for fault in looked.lost} == {
        "berkasnya tidak ada",
        "isinya berubah sejak diterbitkan",
    }
    verified = verify_stored(at(JANUARY))
    assert verified.lost == []
    assert {path.name: path.read_bytes() for path in issued.iterdir()} == before
    aside = at(JANUARY).settings.home / "karantina" / "terbitan" / "sumenep-dkupp-2023-1"
    assert (aside / "lkjip.html").read_bytes() == b"diubah"


@pytest.mark.usefixtures("unrendered")
def test_of_another_program_the_mail_gives_back_what_it_carried(at, issued: Path) -> None:
    with open_session(at(JANUARY).engine) as session:
        session.connection().execute(update(ReportIssue).values(program="0.0.1+lain"))
    carried = (issued / "lkjip.pdf").read_bytes()
    for path in issued.iterdir():
        path.unlink()
    verified = verify_stored(at(JANUARY))
    assert (issued / "lkjip.pdf").read_bytes() == carried
    assert [fault.place.rpartition(" ")[2] for fault in verified.lost] == [
        "changes.json", "lkjip.html", "report.json",
    ]  # fmt: skip
    assert "pulihkan dari cadangan" in verified.as_text()


@pytest.mark.usefixtures("unrendered")
def test_an_answer_that_was_altered_in_the_database_is_named(at) -> None:
    poll_bps(at(RELEASE_DAY))
    with open_session(at(RELEASE_DAY).engine) as session:
        first = session.connection().execute(update(Snapshot).values(content=b"rusak"))
        assert first.rowcount > 1
    verified = verify_stored(at(RELEASE_DAY))
    assert len(verified.lost) == verified.snapshots
    assert "bukan yang diterima dari sumbernya" in verified.lost[0].what
