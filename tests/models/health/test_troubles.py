"""Troubles and the outbox of their mails, on both databases."""

import threading
from email.message import EmailMessage

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from models.health.troubles import Trouble, close_trouble, drop_untold, open_trouble, open_troubles, was_told
from models.mail.outbox import claim, mark_failed, mark_sent, mark_unreached, pending, put
from models.mail.tables import TroubleMail
from models.session import open_session

KEY = "alur/kirim-laporan/sumenep-dkupp/2023"


def start(session, at, key=KEY, detail="Sandi ditolak."):
    return open_trouble(session, key=key, title="Alur gagal", detail=detail, todo="perbaiki sandi", at=at)


def tell(session, trouble, at, number=1):
    message = EmailMessage()
    message["From"], message["Message-ID"] = "lkjip@dinas.example", f"<{trouble.id}.{number}@dinas.example>"
    return put(session, TroubleMail, message, ["teknisi@dinas.example"], at, trouble_id=trouble.id)


def queued(session):
    return [mail.message_id for mail in session.exec(select(TroubleMail).order_by(TroubleMail.id))]


def test_a_trouble_that_is_seen_again_stays_one_and_says_what_is_known_now(session, moment):
    first, new = start(session, moment(1))
    again, new_again = start(session, moment(2), detail="Server menolak sandi.")
    assert (new, new_again, again.id) == (True, False, first.id)
    [trouble] = open_troubles(session)
    assert (trouble.opened_at, trouble.seen_at) == (moment(1), moment(2))
    assert trouble.detail == "Server menolak sandi."


def test_troubles_of_different_keys_are_open_side_by_side(session, moment):
    for key in ("surel/b", "surel/a"):
        start(session, moment(1), key=key)
    assert [trouble.key for trouble in open_troubles(session)] == ["surel/b", "surel/a"]


def test_a_closed_trouble_is_open_no_longer_and_tells_from_when_to_when_it_was(session, moment):
    start(session, moment(1))
    ended = close_trouble(session, KEY, moment(3))
    assert (ended.opened_at, ended.closed_at) == (moment(1), moment(3))
    assert open_troubles(session) == []


def test_closing_what_is_not_there_or_is_closed_already_says_so(session, moment):
    assert close_trouble(session, KEY, moment(1)) is None
    start(session, moment(1))
    close_trouble(session, KEY, moment(2))
    assert close_trouble(session, KEY, moment(3)) is None


def test_a_trouble_that_comes_back_is_a_new_one_and_the_old_one_stays_as_it_was(session, moment):
    first, _ = start(session, moment(1))
    close_trouble(session, KEY, moment(2))
    second, new = start(session, moment(3))
    assert new
    assert second.id != first.id
    assert [t.closed_at for t in session.exec(select(Trouble).order_by(Trouble.id))] == [moment(2), None]


def test_the_database_itself_refuses_a_second_open_trouble_of_a_key(session, moment):
    start(session, moment(1))
    session.add(Trouble(key=KEY, title="t", detail="d", opened_at=moment(2), seen_at=moment(2)))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_the_database_takes_any_number_of_closed_troubles_of_a_key(session, moment):
    for hour in (1, 3, 5):
        start(session, moment(hour))
        close_trouble(session, KEY, moment(hour + 1))
    assert len(session.exec(select(Trouble)).all()) == 3


def at_once(run, count=4):
    together = threading.Barrier(count)
    answers = []

    def go(number):
        together.wait()
        answers.append(run(number))

    threads = [threading.Thread(target=go, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == count
    return answers


def test_of_those_who_see_a_trouble_at_once_one_opens_it(engine, moment):
    def see(_):
        with open_session(engine) as session:
            return start(session, moment(1))[1]

    assert sorted(at_once(see)) == [False, False, False, True]
    with open_session(engine, read_only=True) as session:
        assert len(open_troubles(session)) == 1


def test_of_those_who_see_it_gone_at_once_one_closes_it(engine, moment):
    with open_session(engine) as session:
        start(session, moment(1))

    def see_gone(_):
        with open_session(engine) as session:
            return close_trouble(session, KEY, moment(2)) is not None

    assert sorted(at_once(see_gone)) == [False, False, False, True]


def test_those_who_see_several_in_another_order_do_not_lock_each_other_out(engine, moment):
    keys = ["surel/a", "surel/b", "surel/c"]

    def see(number):
        with open_session(engine) as session:
            return [start(session, moment(1), key=key)[1] for key in keys[:: 1 if number % 2 else -1]]

    assert sum(sum(new) for new in at_once(see)) == 3


def test_a_trouble_is_told_once_the_mail_server_took_a_mail_about_it(session, moment):
    trouble, _ = start(session, moment(1))
    assert not was_told(session, trouble)
    mail = tell(session, trouble, moment(1))
    mark_unreached(session, mail, moment(2), "Server surel tidak dapat dihubungi.")
    assert not was_told(session, trouble)
    mark_sent(session, mail, moment(3), accepted=pending(mail), refused={})
    assert was_told(session, trouble)


def test_a_mail_about_another_trouble_does_not_tell_this_one(session, moment):
    trouble, _ = start(session, moment(1))
    other, _ = start(session, moment(1), key="prefect/server")
    mail = tell(session, other, moment(1))
    mark_sent(session, mail, moment(1), accepted=pending(mail), refused={})
    assert not was_told(session, trouble)


def test_what_nobody_got_is_dropped_also_when_it_was_given_up(session, moment):
    trouble, _ = start(session, moment(1))
    tell(session, trouble, moment(1))
    refused = tell(session, trouble, moment(1), number=2)
    mark_failed(session, refused, moment(2), "550 tidak dikenal", permanent=True)
    drop_untold(session, trouble)
    assert queued(session) == []


def test_what_was_sent_or_is_being_sent_and_what_tells_of_others_is_kept(session, moment):
    trouble, _ = start(session, moment(1))
    other, _ = start(session, moment(1), key="prefect/server")
    sent = tell(session, trouble, moment(1))
    mark_sent(session, sent, moment(2), accepted=pending(sent), refused={})
    under_way = tell(session, trouble, moment(1), number=2)
    assert claim(session, under_way, "mesin/1/2", moment(2), moment(3))
    elsewhere = tell(session, other, moment(1))
    drop_untold(session, trouble)
    assert queued(session) == [sent.message_id, under_way.message_id, elsewhere.message_id]
