"""No mail is lost by a fault of the settings, a refusal beside others, a server that drips, or a kill."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest

from core.errors import DeliveryError
from core.settings import load_settings
from jobs.mail.outbox import give_up, list_outbox, retry
from jobs.mail.send import Limits, send_due
from jobs.workspace import Workspace
from models.mail.outbox import claim, due
from models.session import open_session
from tests.jobs.given.mail_server import scripted
from tests.jobs.given.outbox import HEAD, INSPECTOR, NOW, outbox, queue

THIRD = "sekda@daerah.example"
STARTTLS = "530 5.7.0 Must issue a STARTTLS command first"


def refusing(address, answer):
    return lambda line: answer if address in line else "250 OK"


def try_once(engine, now=NOW, limits=None, **script):
    with scripted(**script) as server:
        result = send_due(engine, server.url, now, limits=limits or Limits())
    return result, server


def served(*servers):
    return sorted(address for server in servers for addresses, _ in server.taken for address in addresses)


@pytest.mark.parametrize(
    ("word", "answer", "advice"),
    [
        ("HELLO", "554 5.7.1 No SMTP service here", "skema, host dan port"),
        ("MAIL", STARTTLS, "smtp+starttls://"),
        ("MAIL", "530 5.7.0 Authentication required", "pengguna dan sandi"),
        ("RCPT", "530 5.7.0 Authentication required", "pengguna dan sandi"),
        ("RCPT", "554 5.7.1 <x>: Relay access denied", "pengguna dan sandi"),
        ("MAIL", "504 5.5.2 need fully-qualified hostname", "skema, host dan port"),
        ("MAIL", "553 5.7.1 Sender address rejected: not owned by user", "LKJIP_CONTACT"),
        ("DATA", "503 5.5.1 need authentication first", "skema, host dan port"),
        ("END", "550 5.7.1 Unable to relay", "pengguna dan sandi"),
        ("RCPT", "554 5.7.1 Client host [192.0.2.1] blocked using a list", "alamat jaringan komputer ini"),
    ],
)
def test_a_fault_of_the_settings_gives_up_no_mail_and_says_what_to_do(engine, word, answer, advice):
    queue(engine, count=2)
    result, _ = try_once(engine, **{word: answer})
    assert result.waiting == 2
    assert advice in result.failed[0].todo
    assert not any(mail.refused for mail in outbox(engine))
    later, willing = try_once(engine, NOW + timedelta(hours=1))
    assert (len(later.sent), later.waiting) == (2, 0)
    assert served(willing) == sorted([HEAD, INSPECTOR] * 2)


@pytest.mark.parametrize(
    "url",
    ["smtp://tidak-ada.invalid:25", "smtp://dinas:s%C3%A4ndi@127.0.0.1:{port}", "smtps://127.0.0.1:{port}"],
)
def test_an_address_that_cannot_be_right_is_a_fault_of_the_settings(engine, url, monkeypatch):
    monkeypatch.setattr("jobs.mail.smtp.check_host", lambda _: None)
    queue(engine)
    with scripted(EHLO="250-surat.example\r\n250 AUTH PLAIN") as server:
        result = send_due(engine, url.format(port=server.port), NOW)
    assert (result.waiting, result.failed[0].fault) == (1, "settings")


def test_one_who_is_refused_beside_others_is_remembered_and_tried_again_alone(engine):
    queue(engine)
    result, first = try_once(engine, RCPT=refusing(INSPECTOR, "550 5.1.1 no such user"))
    assert (len(result.sent), outbox(engine)[0].lacking) == (1, 1)
    with scripted() as willing:
        space = workspace(engine, smtp_url=willing.url)
        assert [held.number for held in list_outbox(space).mails] == ["L1"]
        assert [sent.recipients for sent in retry(space).sent] == [(INSPECTOR,)]
        assert retry(space).sent == ()
    assert (served(first), served(willing)) == ([HEAD], [INSPECTOR])
    assert list_outbox(space).mails == ()


def test_one_who_is_refused_again_is_not_called_sent(engine):
    queue(engine)
    try_once(engine, RCPT=refusing(INSPECTOR, "550 5.1.1 no such user"))
    with scripted(RCPT="550 5.1.1 still not") as unwilling:
        result = retry(workspace(engine, smtp_url=unwilling.url))
    assert (result.sent, result.failed[0].permanent, result.lacking) == ((), True, 1)
    assert result.failed[0].reason == f"{INSPECTOR}: 550 5.1.1 still not"


def test_who_was_named_before_the_server_closed_the_line_is_not_taken_for_served(engine):
    queue(engine, recipients=(HEAD, THIRD, INSPECTOR))
    result, closing = try_once(engine, RCPT=refusing(THIRD, "421 4.3.2 shutting down"))
    assert (result.sent, served(closing), outbox(engine)[0].accepted) == ((), [], [])
    _, willing = try_once(engine, NOW + timedelta(minutes=5))
    assert served(willing) == sorted([HEAD, THIRD, INSPECTOR])


def test_the_address_that_no_server_can_be_told_keeps_the_mail_from_nobody_else(engine):
    queue(engine, recipients=(HEAD, "kepala@dinäs.example"))
    result, server = try_once(engine)
    assert served(server) == [HEAD]
    assert result.sent[0].refused == {"kepala@dinäs.example": "alamat memuat huruf di luar ASCII"}


@pytest.mark.parametrize("word", ["HELLO", "EHLO", "RCPT", "END"])
def test_a_server_that_drips_is_left_in_time_and_the_mail_stays(engine, word):
    queue(engine)
    began = time.monotonic()
    result, _ = try_once(engine, limits=Limits(session=0.3), drips=word)
    assert time.monotonic() - began < 2
    assert "tidak menjawab dalam 0 detik" in result.failed[0].reason
    assert result.waiting == 1


def test_a_server_that_drips_its_goodbye_holds_up_nothing(engine, monkeypatch):
    monkeypatch.setattr("jobs.mail.smtp.GOODBYE_SECONDS", 0.2)
    queue(engine)
    began = time.monotonic()
    assert len(try_once(engine, drips="QUIT")[0].sent) == 1
    assert time.monotonic() - began < 2


def test_when_the_time_for_all_is_over_the_rest_stays_due(engine):
    queue(engine, count=3)
    with scripted(END=lambda _: time.sleep(0.2) or "250 OK") as slow:
        result = send_due(engine, slow.url, NOW, limits=Limits(total=0.1, session=60))
    assert (result.waiting, result.failed[0].permanent) == (3, False)
    nothing, _ = try_once(engine, limits=Limits(total=0))
    assert (nothing.out_of_time, nothing.waiting) == (True, 3)
    assert "LKJIP_MAIL_SEND_SECONDS" in nothing.as_text()


def test_words_of_a_server_reach_nobody_with_control_characters(engine):
    queue(engine)
    try_once(engine, RCPT="550 \x1b[2J\x1b]0;judul\x07no \u202euser")
    [mail] = outbox(engine)
    told = [mail.last_error, *mail.refused.values(), list_outbox(workspace(engine)).as_text()]
    assert all(letter.isprintable() or letter == "\n" for letter in "".join(told))
    assert "550 [2J ]0;judul no user" in mail.last_error


class TestWhatAPersonDoes:
    """``lkjip outbox``: what somebody lacks is listed, tried again or given up with a reason."""

    def test_the_list_says_since_when_why_and_how_each_recipient_stands(self, engine):
        queue(engine, recipients=(HEAD, INSPECTOR, THIRD))
        answers = {INSPECTOR: "550 no", THIRD: "450 later"}
        try_once(engine, RCPT=lambda line: next((a for who, a in answers.items() if who in line), "250 OK"))
        lines = list_outbox(workspace(engine)).as_text().splitlines()
        assert lines[0] == "L1 LKjIP 2023 – terbitan 1, sejak 4 April 2024 pukul 09.00 WIB"
        assert lines[1].startswith(
            "  sebab: Server surel menolak penerima: inspektorat@daerah.example (550 no)"
        )
        assert lines[-3:] == [
            f"  {HEAD}: terkirim 4 April 2024 pukul 09.00 WIB",
            f"  {INSPECTOR}: ditolak untuk seterusnya 4 April 2024 pukul 09.00 WIB (550 no)",
            f"  {THIRD}: ditolak sementara 4 April 2024 pukul 09.00 WIB (450 later)",
        ]
        assert json.loads(json.dumps(list_outbox(workspace(engine)).as_dict()))[0]["number"] == "L1"

    def test_what_is_dropped_is_recorded_and_tried_no_more(self, engine):
        queue(engine)
        try_once(engine, RCPT=refusing(INSPECTOR, "550 no"))
        space = workspace(engine)
        give_up(space, "L1", reason="sudah  pensiun", by="Sari")
        [mail] = outbox(engine)
        assert mail.standing[INSPECTOR] == {
            "state": "dropped", "answer": "sudah pensiun", "at": NOW.isoformat(), "by": "Sari",
        }  # fmt: skip
        assert (list_outbox(space).mails, retry(space).sent) == ((), ())

    def test_a_mail_dropped_for_all_is_done_and_one_for_some_goes_on(self, engine):
        queue(engine, count=2)
        space = workspace(engine)
        give_up(space, "L1", reason="keliru", by="Sari")
        give_up(space, "L2", reason="keliru", by="Sari", addresses=[HEAD])
        result, server = try_once(engine)
        assert (len(result.sent), result.waiting, served(server)) == (1, 0, [INSPECTOR])

    @pytest.mark.parametrize(
        ("number", "options", "said"),
        [
            ("L9", {}, "Tidak ada surel 'L9'"),
            ("12", {}, "Tidak ada surel '12'"),
            ("L1", {"addresses": ["x@y.example"]}, "x@y.example tidak menunggu surel L1"),
            ("L1", {"reason": " "}, "tanpa alasan"),
        ],
    )
    def test_what_cannot_be_dropped_is_named(self, engine, number, options, said):
        queue(engine)
        with pytest.raises(DeliveryError, match=said):
            give_up(workspace(engine), number, **{"reason": "keliru", "by": "Sari", **options})

    def test_one_that_nobody_lacks_or_that_is_being_sent_is_left_alone(self, engine):
        queue(engine)
        with open_session(engine) as session:
            [mail] = due(session, NOW)
            claim(session, mail, "mesin-lain/1/1", NOW, NOW + timedelta(minutes=15))
        with pytest.raises(DeliveryError, match="sedang dikirim"):
            give_up(workspace(engine), "L1", reason="keliru", by="Sari")
        try_once(engine, NOW + timedelta(minutes=16))
        with pytest.raises(DeliveryError, match="tidak ditunggu siapa pun"):
            retry(workspace(engine), ["L1"])


def workspace(engine, **changes):
    """The office whose outbox ``engine`` holds."""
    settings = load_settings(home="/tidak/ada", database_url=str(engine.url), today=NOW.date(), **changes)
    space = Workspace(settings, read_only=True)
    space.__dict__["engine"] = engine
    return space
