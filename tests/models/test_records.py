"""What is written down of polls, realisasi, issues and mails."""

# ruff: noqa: PT012  the block that raises is a transaction of several statements

import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import MetaData
from sqlmodel import select

from core.errors import DeliveryError, StorageError
from models.bps.polls import finish_poll, last_poll, latest_release, record_release
from models.bps.tables import Release
from models.mail.outbox import (
    LONGEST_WAIT,
    claim,
    due,
    free,
    mark_failed,
    mark_sent,
    pending,
    put,
    wait_before_next,
    waiting,
)
from models.mail.tables import MailRow, OutboxMail
from models.mail.unserved import drop, find, revive, unserved
from models.report.entries import list_entries, newest_entries, newest_of_years, record_entry
from models.report.issues import (
    FileRow,
    enqueue,
    latest_issue,
    list_issues,
    next_number,
    record_issue,
)
from models.report.realisasi import record_realisasi
from models.report.tables import EnteredFigure, IssueFile, RealisasiRecord, ReportIssue
from models.session import open_session
from models.snapshots import read_snapshot

AT = datetime(2024, 4, 4, 2, tzinfo=UTC)
AGENCY = "sumenep-dkupp"


def realisasi(session, **changes):
    given = {"agency": AGENCY, "indicator": "pertumbuhan-industri", "year": 2023, "state": "waiting",
             "reason": "Menunggu rilis PDRB oleh BPS", "created_at": AT}  # fmt: skip
    return record_realisasi(session, RealisasiRecord(**(given | changes)))


def all_realisasi(session):
    return session.exec(select(RealisasiRecord).order_by(RealisasiRecord.id)).all()


def enter(session, evidence=b"%PDF-1.4 nilai EPPD", **changes):
    given = {"agency": AGENCY, "indicator": "eppd", "year": 2023, "value": "3,10", "source": "Kemendagri",
             "evidence_name": "eppd.pdf", "evidence_size": 0, "evidence_sha256": "", "entered_by": "Budi",
             "entered_at": AT}  # fmt: skip
    return record_entry(session, EnteredFigure(**(given | changes)), evidence)


class Greeting(MailRow, table=True):
    """A kind of mail that the product does not know, kept out of its catalogue of tables."""

    __tablename__ = "greetings"
    metadata = MetaData()

    year: int


def issue(session, content_hash="a", **changes):
    given = {"agency": AGENCY, "year": 2023, "issued_at": AT, "cause": "Terbitan pertama.", "inputs": [],
             "changes": [], "folder": "laporan/1"}  # fmt: skip
    given |= changes
    number = given.pop("number", 0) or next_number(session, given["agency"], given["year"])
    files = given.pop("files", ())
    return record_issue(session, ReportIssue(content_hash=content_hash, number=number, **given), files)


def message(number=1):
    mail = EmailMessage()
    mail["From"] = "Perencana Dinas <perencana@dinas.example>"
    mail["To"] = "kepala@dinas.example"
    mail["Subject"] = "LKjIP 2023: BPS merilis PDRB – 4 indikator terisi"
    mail["Message-ID"] = f"<{number}@dinas.example>"
    mail.set_content("Pertumbuhan 5,20% · " + "panjang " * 300)
    mail.add_attachment(b"\x00\xff%PDF\n\n", maintype="application", subtype="pdf", filename="lkjip.pdf")
    return mail


def queue(session, number=1):
    return enqueue(session, issue(session, f"isi {number}"), message(number), ["kepala@dinas.example"])


class TestPolls:
    def test_the_last_poll_is_that_of_its_region(self, session):
        for outcome in ("released", "failed"):
            finish_poll(
                session, source="bps", domain="3529", finished_at=AT, outcome=outcome, message="", requests=1
            )
        assert last_poll(session, "bps", "3529").outcome == "failed"
        assert last_poll(session, "bps", "3528") is None

    def test_outcome_that_does_not_exist_is_a_mistake_of_the_program(self, session):
        with pytest.raises(ValueError, match="selesai"):
            finish_poll(
                session, source="b", domain="3", finished_at=AT, outcome="selesai", message="", requests=0
            )

    @pytest.mark.parametrize("day", [AT.date(), None])
    def test_release_is_new_once(self, session, day):
        given = {"source": "bps", "domain": "3529", "year": 2023, "title": "PDRB", "channel": "publication",
                 "released_on": day, "url": "https://bps.example/p", "detected_at": AT}  # fmt: skip
        assert record_release(session, Release(**given))[1]
        assert not record_release(session, Release(**given))[1]
        moved, is_new = record_release(
            session, Release(**(given | {"released_on": AT.date() + timedelta(days=9)}))
        )
        assert is_new
        assert latest_release(session, "bps", "3529", 2023).id == moved.id


class TestRealisasi:
    def test_history_has_a_row_for_every_change_and_none_without(self, session):
        filled = {
            "state": "provisional",
            "value": "5,20%",
            "reason": "",
            "inputs": [{"nilai": Decimal("1690.120")}],
        }
        news = [realisasi(session)[1], realisasi(session)[1], realisasi(session, **filled)[1],
                realisasi(session, **filled, created_at=AT + timedelta(days=1))[1]]  # fmt: skip
        assert news == [True, False, True, False]
        rows = all_realisasi(session)
        assert [(row.state, row.value) for row in rows] == [("waiting", None), ("provisional", "5,20%")]

    def test_input_figures_are_kept_digit_for_digit(self, engine):
        with open_session(engine) as session:
            realisasi(session, inputs=[{"nilai": Decimal("1690.120"), "rilis": AT.date()}])
        with open_session(engine, read_only=True) as session:
            [row] = all_realisasi(session)
            assert row.inputs == [{"nilai": "1690.120", "rilis": "2024-04-04"}]

    def test_going_back_to_what_was_before_is_a_change_too(self, session):
        for value in ("5,20%", "52,0%", "5,20%"):
            realisasi(session, state="reported", value=value)
        assert len(all_realisasi(session)) == 3

    def test_what_another_office_or_year_has_is_no_change(self, session):
        realisasi(session)
        assert realisasi(session, year=2022)[1]
        assert realisasi(session, agency="lain")[1]
        assert not realisasi(session)[1]


class TestEntries:
    def test_an_entry_keeps_the_bytes_of_its_evidence(self, engine):
        with open_session(engine) as session:
            entry, _ = enter(session)
        with open_session(engine, read_only=True) as session:
            assert read_snapshot(session, entry.evidence_sha256) == b"%PDF-1.4 nilai EPPD"
            [kept] = list_entries(session, AGENCY, 2023)
        assert (kept.value, kept.evidence_size, kept.entered_at) == ("3,10", 19, AT)

    def test_a_later_entry_holds_and_the_older_one_stays(self, session):
        enter(session)
        enter(session, value="3,12")
        assert [entry.value for entry in list_entries(session, AGENCY, 2023)] == ["3,10", "3,12"]
        assert newest_entries(session, AGENCY, 2023)["eppd"].value == "3,12"

    def test_the_same_figure_with_the_same_evidence_is_entered_once(self, session):
        first, _ = enter(session)
        assert enter(session, entered_by="Ani", entered_at=AT + timedelta(days=1)) == (first, False)
        assert enter(session, evidence=b"%PDF-1.4 halaman lain")[1]

    def test_the_last_entry_of_each_year_is_found_at_once(self, session):
        enter(session, year=2022)
        enter(session)
        enter(session, indicator="sakip", value="80,10")
        enter(session, agency="lain", value="1")
        newest = newest_of_years(session, AGENCY)
        assert {year: (entry.indicator, entry.value) for year, entry in newest.items()} == {
            2022: ("eppd", "3,10"),
            2023: ("sakip", "80,10"),
        }

    def test_entries_of_another_office_or_year_are_apart(self, session):
        enter(session, agency="lain")
        enter(session, year=2022)
        assert newest_entries(session, AGENCY, 2023) == {}


class TestIssues:
    def test_issues_are_numbered_for_each_report_from_one(self, session):
        assert next_number(session, AGENCY, 2023) == 1
        assert [issue(session, text).number for text in "abc"] == [1, 2, 3]
        assert issue(session, year=2024).number == 1
        assert [i.number for i in list_issues(session, AGENCY, 2023)] == [1, 2, 3]
        assert latest_issue(session, AGENCY, 2023).content_hash == "c"
        assert latest_issue(session, "lain", 2023) is None

    def test_issue_that_says_the_same_as_the_one_before_is_refused(self, session):
        issue(session)
        with pytest.raises(StorageError, match="Terbitan 1 laporan 2023 sudah berisi hal yang sama"):
            issue(session)

    def test_return_to_an_older_content_is_an_issue(self, session):
        assert [issue(session, text).number for text in "aba"] == [1, 2, 3]

    def test_number_that_was_printed_must_be_the_next(self, session):
        issue(session, number=1)
        with pytest.raises(
            StorageError, match="nomor 3 laporan 2023 tidak dapat dicatat; yang berikutnya nomor 2"
        ):
            issue(session, "b", number=3)

    def test_files_and_inputs_are_kept(self, engine):
        with open_session(engine) as session:
            issue(session, inputs={"industri": Decimal("5.20")},
                  files=[FileRow("lkjip.pdf", "f" * 64, 9), FileRow("lkjip.docx", "e" * 64, 8)])  # fmt: skip
        with open_session(engine, read_only=True) as session:
            kept = latest_issue(session, AGENCY, 2023)
            assert kept.inputs == {"industri": "5.20"}
            assert {file.name for file in session.exec(select(IssueFile))} == {"lkjip.docx", "lkjip.pdf"}

    def test_two_at_once_get_two_numbers_or_one_refusal(self, engine):
        together = threading.Barrier(3)
        results = []

        def run():
            together.wait()
            try:
                with open_session(engine) as session:
                    results.append(issue(session).number)
            except StorageError as error:
                results.append(error.message)

        threads = [threading.Thread(target=run) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert results.count(1) == 1
        assert sum("sudah berisi hal yang sama" in str(result) for result in results) == 2


class TestOutbox:
    def test_mail_is_kept_with_its_issue_or_not_at_all(self, engine):
        with pytest.raises(KeyError), open_session(engine) as session:
            queue(session)
            raise KeyError
        with open_session(engine, read_only=True) as session:
            assert (session.exec(select(OutboxMail)).all(), session.exec(select(ReportIssue)).all()) == (
                [],
                [],
            )

    def test_mail_comes_back_whole_in_lines_every_server_takes(self, engine):
        with open_session(engine) as session:
            queue(session)
        with open_session(engine, read_only=True) as session:
            [mail] = due(session, AT)
        assert mail.message.isascii()
        lines = mail.message.split(b"\r\n")
        assert max(len(line) for line in lines) <= 998
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        parsed = message_from_bytes(mail.message, policy=policy.default)
        assert parsed["Subject"] == mail.subject == message()["Subject"]
        assert parsed.get_body().get_content().startswith("Pertumbuhan 5,20% · panjang")
        assert next(parsed.iter_attachments()).get_content() == b"\x00\xff%PDF\n\n"
        assert mail.sender == "perencana@dinas.example"

    def test_same_message_id_is_queued_once(self, session):
        assert (
            queue(session).id
            == enqueue(session, latest_issue(session, AGENCY, 2023), message(), ["x@y.example"]).id
        )
        assert waiting(session) == 1

    @pytest.mark.parametrize("missing", ["From", "Message-ID"])
    def test_mail_without_sender_or_name_is_refused(self, session, missing):
        mail = message()
        del mail[missing]
        with pytest.raises(DeliveryError, match="tidak memiliki pengirim atau Message-ID"):
            enqueue(session, issue(session), mail, ["kepala@dinas.example"])

    def test_mail_to_nobody_is_refused(self, session):
        with pytest.raises(DeliveryError, match="tidak memiliki penerima"):
            enqueue(session, issue(session), message(), [])

    def test_due_are_oldest_first_and_only_in_their_time(self, session):
        first, second = queue(session, 1), queue(session, 2)
        assert [mail.id for mail in due(session, AT)] == [first.id, second.id]
        assert [mail.id for mail in due(session, AT, limit=1)] == [first.id]
        mark_failed(session, first, AT, "Server surel tidak menjawab.")
        assert [mail.id for mail in due(session, AT)] == [second.id]
        assert [mail.id for mail in due(session, AT, early=True)] == [first.id, second.id]
        assert [mail.id for mail in due(session, AT + timedelta(seconds=20))] == [first.id, second.id]
        mark_sent(session, second, AT, accepted=pending(second), refused={})
        assert [mail.id for mail in due(session, AT, early=True)] == [first.id]
        assert second.accepted == ["kepala@dinas.example"]

    def test_claim_is_had_by_one_until_it_ends(self, session):
        mail = queue(session)
        end = AT + timedelta(minutes=15)
        assert claim(session, mail, "a", AT, end) is not None
        assert claim(session, mail, "b", AT, end) is None
        assert claim(session, mail, "b", end, end + timedelta(minutes=15)).claimed_by == "b"

    def test_mail_that_was_sent_meanwhile_cannot_be_claimed(self, session):
        mail = queue(session)
        mark_sent(session, mail, AT, accepted=pending(mail), refused={})
        assert claim(session, mail, "a", AT, AT + timedelta(minutes=15)) is None

    def test_claim_that_changed_hands_is_not_freed(self, engine):
        with open_session(engine) as session:
            queue(session)
        with open_session(engine, read_only=True) as session:
            [seen] = due(session, AT)
        with open_session(engine) as session:
            assert claim(session, seen, "b", AT, AT + timedelta(minutes=15)) is not None
            assert not free(session, seen)

    def test_claimed_by_one_of_many_at_once(self, engine):
        with open_session(engine) as session:
            queue(session)
        together = threading.Barrier(4)
        won = []

        def run(name):
            with open_session(engine, read_only=True) as session:
                [mail] = due(session, AT)
            together.wait()
            with open_session(engine) as session:
                won.append(claim(session, mail, name, AT, AT + timedelta(minutes=15)) is not None)

        threads = [threading.Thread(target=run, args=(str(n),)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(won) == [False, False, False, True]

    def test_who_is_dropped_is_served_no_more_and_the_mail_is_done_without_them(self, session):
        mail = find(session, OutboxMail, queue(session).id)
        assert unserved(session, OutboxMail) == [mail]
        assert drop(session, mail, mail.recipients, AT, reason="keliru", by="Sari") == mail.recipients
        assert (unserved(session, OutboxMail), waiting(session), revive(session, AT)) == ([], 0, 0)
        assert mail.abandoned_at == AT

    def test_another_kind_of_mail_has_an_outbox_of_its_own(self, engine):
        Greeting.metadata.create_all(engine)
        with open_session(engine) as session:
            queue(session)
            put(session, Greeting, message(), ["kepala@dinas.example"], AT, year=2024)
            [mail] = due(session, AT, box=Greeting)
            assert (mail.year, waiting(session, Greeting), waiting(session)) == (2024, 1, 1)
            mark_failed(session, claim(session, mail, "a", AT, AT), AT, "Ditolak.", permanent=True)
            assert (waiting(session, Greeting), waiting(session)) == (0, 1)
            assert (revive(session, AT), revive(session, AT, Greeting)) == (0, 1)
            claimed = claim(session, mail, "a", AT, AT + timedelta(minutes=15))
            assert free(session, claimed)
            assert waiting(session, Greeting) == 1


@given(st.integers(1, 10_000))
def test_waits_grow_up_to_a_bound(attempts):
    assert timedelta(0) < wait_before_next(attempts) <= wait_before_next(attempts + 1) <= LONGEST_WAIT
