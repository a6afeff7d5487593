"""The outbox against real mail servers on loopback, on both databases where sending meets storage."""

import json
import os
import subprocess
import sys
import threading
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydantic import SecretStr
from sqlalchemy import MetaData

import jobs.mail.send
from core.errors import SettingsError
from jobs.mail.send import send_due, send_outbox
from models.mail.outbox import claim, due, put
from models.mail.tables import MailRow
from models.mail.unserved import revive
from models.session import open_session
from standins.mail import FolderKeeper, MailStandin, listening
from tests.jobs.given.outbox import HEAD, INSPECTOR, NOW, Scripted, outbox, queue, refuse, send


def test_mail_arrives_whole(engine, server):
    queue(engine)
    result = send_due(engine, SecretStr(server.url), NOW)
    assert [sent.recipients for sent in result.sent] == [(HEAD, INSPECTOR)]
    [path] = server.files
    assert path.name == "001-lkjip-2023-terbitan-1.eml"
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert mail["Message-ID"] == "<lkjip-2023-1@dinas.example>"
    assert mail["Subject"] == "LKjIP 2023 – terbitan 1"
    assert "industri 5,20% · menunggu rilis BPS\n.\nbaris" in mail.get_content()


def test_second_run_sends_nothing_again(engine, server):
    queue(engine, count=3)
    assert len(send_due(engine, server.url, NOW).sent) == 3
    again = send_due(engine, server.url, NOW + timedelta(days=1))
    assert (again.sent, again.failed, again.waiting) == ((), (), 0)
    assert len(server.files) == 3


def test_one_run_sends_a_whole_round_of_offices_and_each_mail_once(engine):
    """More than are read at a time, with one in the midst that has to wait."""
    queue(engine, count=23, recipients=(HEAD,))
    handler = Scripted(rcpt={INSPECTOR: "450 nanti"})
    with open_session(engine) as session:
        later = due(session, NOW, beyond=11)[0]
        later.recipients = [INSPECTOR]
        session.add(later)
    result = send(engine, handler)
    assert (len(result.sent), len(result.failed), result.waiting) == (22, 1, 1)
    assert len(handler.kept) == 22


def test_another_outbox_is_sent_without_touching_this_one(engine, server):
    class Note(MailRow, table=True):
        __tablename__ = "notes"
        metadata = MetaData()

    Note.metadata.create_all(engine)
    queue(engine)
    message = EmailMessage()
    message["From"], message["Message-ID"] = "lkjip@dinas.example", "<catatan@dinas.example>"
    with open_session(engine) as session:
        put(session, Note, message, [HEAD], NOW)
    result = send_due(engine, server.url, NOW, box=Note)
    assert ([mail.message_id for mail in result.sent], result.waiting) == (["<catatan@dinas.example>"], 0)
    assert outbox(engine)[0].attempts == 0


def test_address_of_the_mail_server_is_read_only_when_a_mail_is_due(engine):
    assert send_due(engine, "", NOW).as_text() == "Kotak keluar kosong."
    queue(engine)
    assert send_due(engine, "", NOW - timedelta(minutes=1)).waiting == 1
    with pytest.raises(SettingsError, match="LKJIP_SMTP_URL kosong"):
        send_due(engine, "", NOW)


def test_crash_after_acceptance_sends_again_with_the_same_message_id(engine, server, monkeypatch):
    queue(engine)

    def crash(*_arguments, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(jobs.mail.send, "mark_sent", crash)
        with pytest.raises(KeyboardInterrupt):
            send_due(engine, server.url, NOW)
    assert send_due(engine, server.url, NOW).sent == ()  # the claim of this living process holds
    assert len(send_due(engine, server.url, NOW + timedelta(minutes=16)).sent) == 1
    ids = [message_from_bytes(path.read_bytes())["Message-ID"] for path in server.files]
    assert ids == ["<lkjip-2023-1@dinas.example>"] * 2


def test_claim_of_a_dead_process_is_taken_over_at_once(engine, server):
    queue(engine)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with open_session(engine) as session:
        [mail] = due(session, NOW)
        dead = f"{jobs.mail.send._claimant().rpartition('/')[0]}/{gone.pid}"
        assert claim(session, mail, dead, NOW, NOW + timedelta(minutes=15))
    assert len(send_due(engine, server.url, NOW).sent) == 1


@pytest.mark.parametrize("claimant", ["mesin-lain/1/{own}", "{place}/{own}", "{place}/1", "aneh"])
def test_claim_of_somebody_who_may_be_alive_is_respected(engine, server, claimant):
    queue(engine)
    claimant = claimant.format(own=os.getpid(), place=jobs.mail.send._place())
    with open_session(engine) as session:
        [mail] = due(session, NOW)
        assert claim(session, mail, claimant, NOW, NOW + timedelta(minutes=15))
    result = send_due(engine, server.url, NOW)
    assert (result.sent, result.waiting, server.files) == ((), 1, [])


def test_senders_at_once_send_each_mail_once(engine, server):
    queue(engine, count=12)
    together = threading.Barrier(3)
    results = []

    def run():
        together.wait()
        results.append(send_due(engine, server.url, NOW))

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(len(result.sent) for result in results) == 12
    ids = [message_from_bytes(path.read_bytes())["Message-ID"] for path in server.files]
    assert len(ids) == len(set(ids)) == 12


def test_unreachable_server_keeps_all_mail_and_tries_only_once(engine):
    queue(engine, count=2)
    with listening(Scripted()) as port:
        pass  # nobody listens there any more
    result = send_due(engine, f"smtp://127.0.0.1:{port}", NOW)
    assert result.waiting == 2
    assert [f.reason for f in result.failed] == [
        f"Server surel 127.0.0.1:{port} tidak dapat dihubungi: sambungan ditolak."
    ]
    assert [bool(mail.last_error) for mail in outbox(engine)] == [True, False]


def endure_outage(engine, runs):
    """So many runs, a quarter of an hour apart, while nobody listens; the moment of the next one."""
    with listening(Scripted()) as port:
        pass
    for run in range(runs):
        send_due(engine, f"smtp://127.0.0.1:{port}", NOW + run * timedelta(minutes=15))
    return NOW + runs * timedelta(minutes=15)


def test_first_run_after_an_outage_of_hours_sends_all(engine, server):
    queue(engine, count=2)
    back = endure_outage(engine, runs=30)
    result = send_due(engine, server.url, back)
    assert (len(result.sent), result.waiting) == (2, 0)


def test_login_that_was_refused_is_tried_again_by_the_next_run(engine, server):
    queue(engine)
    with listening(Scripted(), authenticator=refuse, auth_require_tls=False) as port:
        first = send_due(engine, f"smtp://dinas:keliru@127.0.0.1:{port}", NOW)
    assert "menolak pengguna atau sandi" in first.failed[0].reason
    assert len(send_due(engine, server.url, NOW + timedelta(seconds=5)).sent) == 1


def test_outage_does_not_lengthen_the_wait_after_a_refusal(engine):
    queue(engine)
    back = endure_outage(engine, runs=30)
    send(engine, Scripted(rcpt={INSPECTOR: "450 4.2.0 greylisted"}), back)
    assert len(send(engine, Scripted(), back + timedelta(minutes=1)).sent) == 1


def test_mail_that_makes_the_server_hang_up_does_not_hold_up_the_next(engine, tmp_path):
    queue(engine, count=2)

    class Choking(FolderKeeper):
        async def handle_DATA(self, server, session, envelope):
            if b"lkjip-2023-1@" in envelope.original_content:
                server.transport.abort()
                return "250 never seen"
            return await super().handle_DATA(server, session, envelope)

    assert send(engine, Choking(tmp_path / "surel")).sent == ()
    assert len(send(engine, Choking(tmp_path / "surel"), NOW + timedelta(seconds=5)).sent) == 1


def test_mail_that_failed_waits_for_its_next_attempt_unless_asked_for(engine, server):
    queue(engine)
    send(engine, Scripted(data="451 try later"))
    assert outbox(engine)[0].next_attempt_at >= NOW + timedelta(seconds=20)
    later = send_due(engine, server.url, NOW + timedelta(seconds=1))
    assert (later.sent, later.waiting) == ((), 1)
    assert len(send_due(engine, server.url, NOW + timedelta(seconds=1), early=True).sent) == 1


def test_line_dropped_while_handing_over_keeps_the_mail(engine):
    queue(engine)
    result = send(engine, Scripted(drops=True))
    assert "memutus sambungan di tengah pengiriman" in result.failed[0].reason
    assert not result.failed[0].permanent
    assert result.waiting == 1


def test_temporary_refusal_is_tried_again_and_then_sent(engine):
    queue(engine)
    first = send(engine, Scripted(data="452 insufficient storage"))
    assert first.failed[0].reason == "Server surel menolak isi surel: 452 insufficient storage."
    assert first.failed[0].next_attempt_at is not None
    assert len(send(engine, Scripted(), NOW + timedelta(minutes=2)).sent) == 1


def test_permanent_refusal_is_given_up_until_somebody_revives_it(engine):
    queue(engine)
    first = send(engine, Scripted(data="554 5.7.1 message looks like spam"))
    assert first.failed[0].permanent
    assert first.waiting == 0
    assert send(engine, Scripted(), NOW + timedelta(days=1)).sent == ()
    with open_session(engine) as session:
        assert revive(session, NOW) == 1
    assert len(send(engine, Scripted()).sent) == 1


def test_refused_recipient_is_recorded_and_the_other_served(engine):
    queue(engine)
    handler = Scripted(rcpt={INSPECTOR: "550 5.1.1 no such user"})
    result = send(engine, handler)
    assert [rcpts for rcpts, _ in handler.kept] == [[HEAD]]
    assert result.sent[0].refused == {INSPECTOR: "550 5.1.1 no such user"}
    assert outbox(engine)[0].last_error == f"{INSPECTOR}: 550 5.1.1 no such user"


def test_recipient_refused_for_now_gets_the_mail_later_and_the_other_only_once(engine):
    queue(engine)
    greylisting = Scripted(rcpt={INSPECTOR: "450 4.2.0 greylisted"})
    result = send(engine, greylisting)
    assert result.failed[0].recipients == (HEAD,)
    assert "450 4.2.0 greylisted" in result.failed[0].reason
    willing = Scripted()
    assert len(send(engine, willing, NOW + timedelta(minutes=2)).sent) == 1
    assert [rcpts for rcpts, _ in greylisting.kept + willing.kept] == [[HEAD], [INSPECTOR]]


def test_mail_that_nobody_may_get_is_given_up(engine):
    queue(engine)
    result = send(engine, Scripted(rcpt={HEAD: "550 no", INSPECTOR: "551 no"}))
    assert result.failed[0].permanent
    assert result.failed[0].reason == f"Server surel menolak penerima: {HEAD} (550 no); {INSPECTOR} (551 no)."


def test_one_bad_mail_does_not_hold_up_the_next(engine, tmp_path):
    queue(engine, count=2)

    class Picky(FolderKeeper):
        async def handle_DATA(self, server, session, envelope):
            if b"lkjip-2023-1@" in envelope.original_content:
                return "554 not this one"
            return await super().handle_DATA(server, session, envelope)

    result = send(engine, Picky(tmp_path / "surel"))
    assert (len(result.failed), len(result.sent)) == (1, 1)


class TestWhatAPersonReads:
    def test_sent_and_refused_recipients_are_named(self, engine):
        queue(engine)
        text = send(engine, Scripted(rcpt={INSPECTOR: "550 no such user"})).as_text()
        assert text.splitlines() == [
            "1 surel terkirim.",
            f"  LKjIP 2023 – terbitan 1 -> {HEAD}",
            f"    ditolak untuk {INSPECTOR}: 550 no such user",
            "1 surel ditolak untuk seterusnya bagi sebagian atau semua penerimanya; lihat lkjip outbox list.",
        ]

    def test_mail_that_failed_says_why_and_when_next(self, engine):
        queue(engine)
        lines = send(engine, Scripted(data="451 try later")).as_text().splitlines()
        assert lines[0].startswith(
            "Belum terkirim: LKjIP 2023 – terbitan 1. Server surel menolak isi surel: 451"
        )
        assert lines[1] == "  Dicoba lagi mulai 4 April 2024 pukul 09.00 WIB."
        assert lines[2] == "1 surel menunggu di kotak keluar."

    def test_mail_that_found_no_server_is_tried_by_the_next_run(self, engine):
        queue(engine)
        with listening(Scripted()) as port:
            pass
        lines = send_due(engine, f"smtp://127.0.0.1:{port}", NOW).as_text().splitlines()
        assert lines[1] == "  Dicoba lagi pada pengiriman berikutnya."

    def test_empty_outbox_says_so(self, engine, server):
        assert send_due(engine, server.url, NOW).as_text() == "Kotak keluar kosong."

    def test_json_holds_only_plain_values(self, engine):
        queue(engine, count=2)
        plain = send(engine, Scripted(data="451 try later")).as_dict()
        assert json.loads(json.dumps(plain))["waiting"] == 2
        assert plain["failed"][0]["next_attempt_at"].startswith("2024-04-04T02:00:2")

    def test_person_who_asks_does_not_wait_for_the_next_attempt(self, engine, server):
        queue(engine)
        send(engine, Scripted(data="451 try later"))
        settings = SimpleNamespace(
            smtp_url=SecretStr(server.url), current_time=lambda: NOW,
            mail_send_seconds=60.0, mail_session_seconds=30.0,
        )  # fmt: skip
        result = send_outbox(SimpleNamespace(engine=engine, settings=settings))
        assert len(result.sent) == len(server.files) == 1


def test_mail_standin_numbers_on_after_what_is_there(tmp_path, engine):
    (tmp_path / "surel").mkdir()
    (tmp_path / "surel" / "007-lama.eml").write_text("")
    queue(engine)
    with MailStandin(Path(tmp_path / "surel")) as server:
        send_due(engine, server.url, NOW)
    assert (tmp_path / "surel" / "008-lkjip-2023-terbitan-1.eml").exists()
