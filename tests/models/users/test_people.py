"""Users, links, sessions, tries and the audit log, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from models.snapshots import first_fetches, keep_snapshot
from models.users import people, tries
from models.users.audit import list_audit, record
from models.users.tables import AuditEntry, SignInTries, User, UserLink, UserSession

Moment = Callable[..., datetime]


@pytest.fixture
def user(session: Session, moment: Moment) -> User:
    return people.add_user(session, User(name="siti", role="lihat", office="dinas", created_at=moment(1)))


def test_a_link_leads_to_its_user_until_it_ends_or_is_replaced(
    session: Session, user: User, moment: Moment
) -> None:
    people.replace_link(session, user, "a" * 64, moment(1), moment(3))
    assert people.user_of_link(session, "a" * 64, moment(2)) == user
    assert people.user_of_link(session, "a" * 64, moment(3)) is None
    people.replace_link(session, user, "b" * 64, moment(1), moment(4))
    assert people.user_of_link(session, "a" * 64, moment(2)) is None
    assert people.link_ends(session) == {user.id: moment(4)}


def test_a_new_password_takes_back_sessions_and_links(session: Session, user: User, moment: Moment) -> None:
    people.replace_link(session, user, "a" * 64, moment(1), moment(3))
    people.open_user_session(session, user, "c" * 64, moment(1))
    found = people.find_user_session(session, "c" * 64)
    assert found is not None
    assert found[1] == user
    people.set_password(session, user, "sidik", moment(2))
    assert people.find_user_session(session, "c" * 64) is None
    assert people.link_ends(session) == {}


def test_what_is_over_is_forgotten(session: Session, user: User, moment: Moment) -> None:
    for name, hour in (("a", 1), ("b", 5)):
        people.open_user_session(session, user, name * 64, moment(hour))
    people.touch_user_session(session, "a" * 64, moment(6))
    people.replace_link(session, user, "d" * 64, moment(1), moment(3))
    people.forget_old(session, moment(0), moment(5, 30), moment(4))
    assert [row.token_hash[0] for row in session.exec(select(UserSession))] == ["a"]
    assert session.exec(select(UserLink)).all() == []


def test_a_removed_user_leaves_nothing_but_the_audit_log(
    session: Session, user: User, moment: Moment
) -> None:
    people.open_user_session(session, user, "a" * 64, moment(1))
    people.replace_link(session, user, "b" * 64, moment(1), moment(3))
    record(session, AuditEntry(at=moment(1), who="siti", what="masuk", office="dinas"))
    people.remove_user(session, user)
    assert people.list_users(session) == []
    assert [entry.who for entry in list_audit(session, "", None, 10)] == ["siti"]


def test_the_audit_log_is_read_newest_first_by_office_and_in_parts(session: Session, moment: Moment) -> None:
    for number, office in enumerate(["a", "b", "a", ""]):
        record(session, AuditEntry(at=moment(number), who=str(number), what="masuk", office=office))
    assert [entry.who for entry in list_audit(session, "", None, 2)] == ["3", "2"]
    assert [entry.who for entry in list_audit(session, "a", None, 9)] == ["2", "0"]
    newest = list_audit(session, "a", None, 1)[0]
    assert [entry.who for entry in list_audit(session, "a", newest.id, 9)] == ["0"]


def test_old_tries_are_forgotten(session: Session, moment: Moment) -> None:
    tries.lock_tries(session)
    for key, hour in (("lama", 1), ("baru", 5)):
        tries.write_tries(
            session, SignInTries(key=key, failures=1, last_at=moment(hour), blocked_until=moment(hour))
        )
    tries.forget_old_tries(session, moment(2))
    assert list(tries.known_tries(session, ["lama", "baru", "lain"])) == ["baru"]


def test_the_first_fetch_of_each_snapshot_is_found(session: Session, moment: Moment) -> None:
    made = [
        keep_snapshot(
            session, source="bps", url="", status=200, headers={}, content=content,
            fetched_at=moment(1) + timedelta(hours=hours),
        )
        for content, hours in ((b"satu", 2), (b"satu", 1), (b"dua!!", 3))
    ]  # fmt: skip
    first, other = made[0].snapshot_sha256, made[2].snapshot_sha256
    found = first_fetches(session, {first, other})
    assert found == {first: (moment(2), 4), other: (moment(4), 5)}
    assert first_fetches(session, set()) == {}
