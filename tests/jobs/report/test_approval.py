"""Issues that wait for a person: drafted, replaced, rejected, approved once, and only then mailed."""

from __future__ import annotations

import email
import email.policy
import zipfile
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from sqlalchemy import update
from sqlmodel import col, select

from core.errors import AgencyDataError, LkjipError, StorageError
from jobs.backup.verify import verify_stored
from jobs.health.doctor.approval import check_approval
from jobs.mail.send import send_outbox
from jobs.report.approval.deciding import approve, reject
from jobs.report.approval.drafts import list_drafts, read_draft_file, write_draft
from jobs.report.issued.giving import give_issue
from jobs.report.issues import list_issues
from jobs.report.refresh import refresh, was_issued
from jobs.report.state.status import read_status
from jobs.users.accounts import add_account
from jobs.users.audit import Actor, read_audit
from jobs.users.roles import Role
from jobs.workspace import Workspace
from jobs.years.confirm import close_year
from models.mail.tables import DraftMail, MailRow, OutboxMail
from models.report.realisasi import list_realisasi
from models.session import open_session
from standins.mail import MailStandin
from tests.jobs.given.approval import HEAD, PLANNER, Approving

BOSS = Actor("Ibu Kepala", "10.0.0.7")


@pytest.fixture
def office(database: Path) -> Approving:
    return Approving(database.parent, {"page_url": "https://lkjip.example"})


def mails(workspace: Workspace, box: type[MailRow]) -> list[MailRow]:
    with open_session(workspace.engine, read_only=True) as session:
        return list(session.exec(select(box).order_by(col(box.id))))


def read(mail: MailRow) -> EmailMessage:
    message = email.message_from_bytes(mail.message, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(mail: MailRow) -> str:
    body = read(mail).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def without_mark(page: bytes) -> bytes:
    head, _, rest = page.partition(b"<style>\nbody{padding-bottom")
    between, _, rest = rest.partition(b"</style>\n")[2].partition(b'\n<p class="rancangan"')
    return head + between + rest.partition(b"</p>")[2]


def parts_of(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(file)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def first_pages(pdf: bytes) -> list[str]:
    """The letters of the first two pages, without blanks between the lines."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return ["".join(char["text"] for char in page.chars) for page in opened.pages[:2]]


def states(workspace: Workspace) -> list[tuple[str, str]]:
    return [(draft.name, draft.state) for draft in reversed(list_drafts(workspace).drafts)]


@pytest.mark.usefixtures("unrendered")
def test_a_new_report_waits_as_a_draft_and_only_who_approves_hears_of_it(office: Approving) -> None:
    refreshed = refresh(office.on())
    assert refreshed.issue is None
    assert refreshed.draft is not None
    assert (refreshed.draft.name, refreshed.draft.fresh) == ("1-1", True)
    assert list_issues(office.on()) == []
    assert mails(office.on(), OutboxMail) == []
    (notice,) = mails(office.on(), DraftMail)
    assert notice.recipients == [HEAD]
    assert "https://lkjip.example/kantor/jabar-inspektorat/2016/rancangan/1-1" in text_of(notice)
    (attached,) = read(notice).iter_attachments()
    assert attached.get_filename() == "LKjIP-2016-Inspektorat-rancangan-1-1.pdf"
    assert attached.get_payload(decode=True).startswith(b"RANCANGAN")


@pytest.mark.usefixtures("unrendered")
def test_without_a_page_the_mail_tells_the_command(office: Approving) -> None:
    refresh(office.on(page_url=""))
    (notice,) = mails(office.on(), DraftMail)
    assert 'lkjip approve 1-1 --year 2016 --by "nama Anda"' in text_of(notice)
    assert "http" not in text_of(notice)


@pytest.mark.usefixtures("unrendered")
def test_the_addresses_of_a_trial_take_the_place_of_the_head_but_not_all_of_them(office: Approving) -> None:
    refresh(office.on(mail_to="coba@kantor.example, inspektorat@kantor.example"))
    assert mails(office.on(), DraftMail)[0].recipients == ["coba@kantor.example"]


@pytest.mark.usefixtures("unrendered")
def test_sending_brings_a_draft_to_nobody_else(office: Approving, mail: MailStandin) -> None:
    refresh(office.on())
    send_outbox(office.on(smtp_url=mail.url))
    (sent,) = mail.files
    assert mails(office.on(), DraftMail)[0].accepted == [HEAD]
    assert "To: inspektur@inspektorat-jabar.example\n" in sent.read_text()


@pytest.mark.usefixtures("unrendered")
def test_the_same_content_makes_no_second_draft(office: Approving) -> None:
    refresh(office.on())
    again = refresh(office.on())
    assert again.draft is not None
    assert not again.draft.fresh
    assert again.as_text().startswith("Isi laporan sama dengan rancangan 1-1, yang menunggu persetujuan")
    assert states(office.on()) == [("1-1", "waiting")]
    assert len(mails(office.on(), DraftMail)) == 1


@pytest.mark.usefixtures("unrendered")
def test_an_approved_draft_is_the_issue_with_its_own_number_day_and_mail(office: Approving) -> None:
    refresh(office.on())
    decided = approve(office.on(2), "1-1", BOSS, "Sudah dicek\ndengan bidang.")
    assert decided.as_text().startswith(
        "Rancangan 1-1 disetujui Ibu Kepala. LKjIP 2016 Inspektorat Jawa Barat terbitan 1"
    )
    (issue,) = list_issues(office.on(2))
    assert (issue.number, issue.issued_at) == (1, office.on().settings.current_time())
    (sent,) = mails(office.on(2), OutboxMail)
    assert set(sent.recipients) == {HEAD, PLANNER}
    assert sent.created_at == office.on(2).settings.current_time()
    assert "Disetujui Ibu Kepala, 2 Februari 2024.\r\nCatatan: Sudah dicek dengan bidang." in text_of(sent)
    assert str(read(sent)["Date"]).startswith("Fri, 02 Feb 2024")
    assert states(office.on(2)) == [("1-1", "approved")]
    assert refresh(office.on(2)).draft is None
    newest = read_audit(office.on().engine).entries[0]
    assert (newest.who, newest.what, newest.address) == ("Ibu Kepala", "menyetujui rancangan", "10.0.0.7")
    assert newest.about == "2016: rancangan 1-1 untuk terbitan 1; Sudah dicek dengan bidang."


@pytest.mark.usefixtures("unrendered")
def test_figures_count_as_taken_only_from_the_approval_on(office: Approving) -> None:
    refresh(office.on())
    with open_session(office.on().engine, read_only=True) as session:
        assert list_realisasi(session, "jabar-inspektorat", 2016) == []
    approve(office.on(2), "1-1", BOSS)
    with open_session(office.on().engine, read_only=True) as session:
        taken = {record.created_at for record in list_realisasi(session, "jabar-inspektorat", 2016)}
    assert taken == {office.on().settings.current_time()}


@pytest.mark.usefixtures("unrendered")
def test_a_newer_draft_replaces_the_waiting_one_and_its_unsent_mail(office: Approving) -> None:
    refresh(office.on())
    office.signed_by("PENGGANTI")
    refreshed = refresh(office.on(1), "Penanda tangan diganti.")
    assert refreshed.draft is not None
    assert (refreshed.draft.name, refreshed.draft.cause) == (
        "1-2",
        "Terbitan pertama. Penanda tangan diganti.",
    )
    assert states(office.on(1)) == [("1-1", "replaced"), ("1-2", "waiting")]
    old, new = mails(office.on(1), DraftMail)
    assert old.abandoned_at is not None
    assert "menggantikan rancangan 1-1, yang tidak dapat disetujui lagi" in " ".join(text_of(new).split())
    with pytest.raises(StorageError, match=r"digantikan yang lebih baru\. Digantikan rancangan 1-2"):
        approve(office.on(1), "1-1", BOSS)
    with pytest.raises(StorageError, match="digantikan yang lebih baru"):
        reject(office.on(1), "1-1", BOSS, "salah")
    assert list_issues(office.on(1)) == []


@pytest.mark.usefixtures("unrendered")
def test_a_rejected_draft_does_not_come_back_but_other_content_does(office: Approving) -> None:
    refresh(office.on())
    assert reject(office.on(), "1-1", BOSS, "Nama penanda tangan salah.").note == "Nama penanda tangan salah."
    again = refresh(office.on(1))
    assert (again.issue, again.draft) == (None, None)
    assert again.as_text() == (
        "Isi laporan sama dengan rancangan 1-1, yang ditolak Ibu Kepala: Nama penanda tangan salah; bila "
        "tetap perlu, ajukan lagi dengan lkjip refresh --again."
    )
    office.signed_by("YANG BENAR")
    assert refresh(office.on(1)).draft is not None
    assert states(office.on(1)) == [("1-1", "rejected"), ("1-2", "waiting")]
    assert mails(office.on(1), OutboxMail) == []


@pytest.mark.usefixtures("unrendered")
def test_content_that_returns_to_a_rejected_one_withdraws_what_waits(office: Approving) -> None:
    refresh(office.on())
    reject(office.on(), "1-1", BOSS, "belum lengkap")
    office.signed_by("SEMENTARA")
    refresh(office.on(1))
    office.signed_by("")
    said = refresh(office.on(2)).as_text()
    assert said.endswith("Rancangan 1-2 tidak perlu disetujui lagi dan ditarik.")
    assert states(office.on(2)) == [("1-1", "rejected"), ("1-2", "withdrawn")]


@pytest.mark.usefixtures("unrendered")
def test_content_that_returns_to_the_last_issue_withdraws_what_waits(office: Approving) -> None:
    refresh(office.on())
    approve(office.on(), "1-1", BOSS)
    office.signed_by("SALAH KETIK")
    refresh(office.on(1))
    assert states(office.on(1)) == [("1-1", "approved"), ("2-1", "waiting")]
    office.signed_by("")
    said = refresh(office.on(2)).as_text()
    assert said == (
        "Isi laporan tidak berubah; tidak ada terbitan baru. Rancangan 2-1 tidak perlu disetujui lagi dan "
        "ditarik."
    )
    with pytest.raises(StorageError, match=r"sudah ditarik\. Isi laporan kembali sama dengan terbitan 1"):
        approve(office.on(2), "2-1", BOSS)
    assert [issue.number for issue in list_issues(office.on(2))] == [1]


@pytest.mark.usefixtures("unrendered")
def test_what_was_rejected_can_be_proposed_again_by_a_person(office: Approving) -> None:
    refresh(office.on())
    reject(office.on(), "1-1", BOSS, "salah tekan")
    again = refresh(office.on(1), again=True)
    assert again.draft is not None
    assert again.draft.name == "1-2"
    approve(office.on(1), "1-2", BOSS)
    assert [issue.number for issue in list_issues(office.on(1))] == [1]


@pytest.mark.usefixtures("unrendered")
def test_an_issue_without_approval_replaces_what_waits_once_the_year_needs_none(office: Approving) -> None:
    refresh(office.on())
    office.signed_by("", approval="")
    issue = refresh(office.on(1)).issue
    assert issue is not None
    assert issue.number == 1
    assert states(office.on(1)) == [("1-1", "withdrawn")]


@pytest.mark.usefixtures("unrendered")
def test_of_two_who_decide_at_once_one_is_told_that_the_other_was_first(office: Approving) -> None:
    refresh(office.on())

    def decide(by: str) -> str:
        try:
            return approve(office.on(), "1-1", Actor(by)).by
        except StorageError as error:
            return error.message

    with ThreadPoolExecutor() as pool:
        said = list(pool.map(decide, ["Ani", "Budi", "Citra"]))
    (winner,) = {"Ani", "Budi", "Citra"} & set(said)
    assert sorted(said)[1:] == [f"Rancangan 1-1 untuk terbitan 1 sudah disetujui oleh {winner}."] * 2
    assert len(mails(office.on(), OutboxMail)) == 1
    assert len(list_issues(office.on())) == 1


@pytest.mark.usefixtures("unrendered")
@pytest.mark.parametrize(
    "fails", ["jobs.report.approval.deciding.queue_mail", "jobs.report.keeping.Kept.show"]
)
def test_an_approval_that_breaks_off_leaves_the_draft_waiting(
    office: Approving, fails: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(office.on())

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(fails, stop)
        with pytest.raises(KeyboardInterrupt):
            approve(office.on(), "1-1", BOSS)
    assert states(office.on()) == [("1-1", "waiting")]
    assert (list_issues(office.on()), mails(office.on(), OutboxMail)) == ([], [])
    assert approve(office.on(), "1-1", BOSS).number == 1
    assert verify_stored(office.on()).faults == ()


@pytest.mark.usefixtures("unrendered")
def test_a_lost_file_of_an_approved_issue_comes_back_from_its_draft(office: Approving) -> None:
    refresh(office.on())
    folder = Path(approve(office.on(), "1-1", BOSS).place)
    (folder / "lkjip.docx").unlink()
    (fault,) = verify_stored(office.on()).faults
    assert fault.mended == "Dipulihkan: disalin dari rancangan yang disetujui"
    assert verify_stored(office.on()).faults == ()


@pytest.mark.usefixtures("unrendered")
def test_reminders_come_after_the_days_of_the_year_and_each_once(office: Approving) -> None:
    office.signed_by("", approval="approval: {roles: [Inspektur], remind_after: 2}")
    for day in (0, 1, 2, 2, 4):
        refresh(office.on(day))
        if day:  # the first mail does not go out before the second day
            with open_session(office.on().engine) as session:
                session.connection().execute(
                    update(DraftMail).values(sent_at=office.on(day).settings.current_time())
                )
    first, *reminders = mails(office.on(), DraftMail)
    assert [mail.subject.partition(":")[0] for mail in reminders] == ["Pengingat 1", "Pengingat 2"]
    assert {read(mail)["In-Reply-To"] for mail in reminders} == {first.message_id}


@pytest.mark.usefixtures("unrendered")
def test_a_year_with_a_waiting_draft_is_not_closed_and_a_closed_one_approves_nothing(
    office: Approving, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(office.on())
    with pytest.raises(AgencyDataError, match="Rancangan 1-1 laporan 2016 masih menunggu persetujuan"):
        close_year(office.on(), 2016)
    monkeypatch.setattr("jobs.years.confirm.waiting_draft", lambda *_: None)  # as if it came meanwhile
    close_year(office.on(), 2016)
    with pytest.raises(AgencyDataError, match="Tahun 2016 sudah ditutup"):
        approve(office.on(), "1-1", BOSS)
    assert not reject(office.on(), "1-1", BOSS, "tahunnya ditutup").approved


@pytest.mark.usefixtures("unrendered")
def test_news_of_a_source_reach_a_year_that_only_has_drafts(office: Approving) -> None:
    assert not was_issued(office.on())
    refresh(office.on())
    assert was_issued(office.on())


@pytest.mark.usefixtures("unrendered")
def test_another_program_does_not_approve_what_it_would_say_otherwise(
    office: Approving, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(office.on())
    monkeypatch.setattr("reports.content.Report.content_hash", "f" * 64)
    with pytest.raises(StorageError, match="program yang sekarang membacanya lain") as caught:
        approve(office.on(), "1-1", BOSS)
    assert "lkjip refresh --again" in caught.value.todo
    assert states(office.on()) == [("1-1", "waiting")]


@pytest.mark.usefixtures("unrendered")
def test_a_rejection_needs_a_reason_and_an_unknown_draft_names_those_there_are(office: Approving) -> None:
    refresh(office.on())
    with pytest.raises(StorageError, match="tidak ditolak tanpa alasan"):
        reject(office.on(), "1-1", BOSS, " \n")
    for name in ("2-1", "1", "1-1-1", "0-1", "satu"):
        with pytest.raises(StorageError, match="tidak ada; yang ada: 1-1"):
            approve(office.on(), name, BOSS)


@pytest.mark.usefixtures("unrendered")
def test_status_names_what_waits(office: Approving) -> None:
    refresh(office.on(), "BPS merilis PDRB.")
    line = (
        "Rancangan 1-1 untuk terbitan 1 laporan 2016, disusun 31 Januari 2024 pukul 09.00 WIB (BPS merilis "
        "PDRB): menunggu persetujuan"
    )
    status = read_status(office.on())
    assert status.drafts == (line,)
    assert line in status.as_text()


@pytest.mark.usefixtures("unrendered")
def test_doctor_looks_whether_somebody_can_approve_and_how_long_it_waits(office: Approving) -> None:
    refresh(office.on())
    settings = office.on().settings
    assert "hanya lkjip approve" in check_approval(settings)[0].said
    add_account(office.on().engine, "bu-kepala", Role.APPROVE, "", BOSS, settings.current_time())
    assert check_approval(settings)[0].said == "laporan 2016 disetujui Inspektur; 1 menunggu."
    assert "menunggu sejak 31 Januari 2024" in check_approval(office.on(8).settings)[0].said
    office.signed_by("", approval="")
    assert check_approval(settings) == []


def test_people_see_the_draft_with_its_mark_and_get_the_issue_remade_to_the_byte(
    office: Approving, tmp_path: Path
) -> None:
    refresh(office.on())
    shown = {path.name: path.read_bytes() for path in write_draft(office.on(), "1-1", tmp_path / "lihat")}
    page = read_draft_file(office.on(), "1-1", "html")
    assert page is not None
    assert page.content == shown["lkjip.html"]
    assert read_draft_file(office.on(), "1-1", "json") is None
    approve(office.on(1), "1-1", BOSS)
    made = {
        path.name: path.read_bytes()
        for path in map(Path, give_issue(office.on(1), 1, tmp_path / "ulang", remake=True).files)
    }
    annex = {"lampiran-perbedaan.html", "lampiran-perbedaan.pdf"}
    assert set(shown) == {"lkjip.html", "lkjip.pdf", "lkjip.docx"} | annex
    assert set(shown) < set(made)
    assert b"RANCANGAN" not in made["lkjip.html"]
    assert without_mark(shown["lkjip.html"]) == made["lkjip.html"]
    before, after = (parts_of(files["lkjip.docx"]) for files in (made, shown))
    marked = {name for name in after if after[name] != before.get(name)}
    heads = {name for name in before if name.startswith("word/header")}
    assert marked - heads == {
        "[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml",
        "word/header-rancangan.xml",
    }  # fmt: skip
    assert heads < marked
    assert all(b'string="RANCANGAN"' in after[name] for name in marked if "header" in name)
    assert after["word/document.xml"].count(b"<w:p>") == before["word/document.xml"].count(b"<w:p>")
    line = "Rancangan terbitan 1: menunggu persetujuan, belum terbit"
    plain, with_mark = (first_pages(files["lkjip.pdf"]) for files in (made, shown))
    assert [text.count(line) for text in with_mark] == [1, 1]
    assert [sorted(text.replace(line, "")) for text in with_mark] == [
        sorted(text + "RANCANGAN") for text in plain
    ]
    assert verify_stored(office.on(1)).faults == ()
    office.signed_by("YANG BARU")
    refresh(office.on(2))
    changed = read_draft_file(office.on(2), "2-1", "perubahan")
    assert changed is not None
    assert changed.name.endswith("-rancangan-2-1-perubahan.docx")
    parts = parts_of(changed.content)
    assert b"<w:ins " in parts["word/document.xml"]
    assert all(b'string="RANCANGAN"' in parts[name] for name in parts if name.startswith("word/header"))


def test_a_role_that_no_recipient_has_is_named_with_those_there_are(office: Approving) -> None:
    office.signed_by("", approval="approval: {roles: [Inspektur, Bupati]}")
    with pytest.raises(LkjipError, match="tidak ada penerima surel dengan peran 'Bupati'") as caught:
        refresh(office.on())
    assert "Inspektur, Perencana" in str(caught.value)
