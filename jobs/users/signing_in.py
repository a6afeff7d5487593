"""Signing in and out: counted tries, one answer for every refusal, and sessions that end by themselves."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from core.dates import format_time
from core.errors import AccountError, StorageError, TooManyTriesError
from jobs.users.accounts import hash_token, key_of, new_token, plain_name
from jobs.users.audit import Actor
from jobs.users.passwords import is_password
from jobs.users.roles import Role
from models.session import open_session
from models.users import people, tries
from models.users.audit import record
from models.users.tables import SignInTries, User

SESSION_LASTS = timedelta(days=7)
IDLE = timedelta(hours=12)
"""A session that nobody used so long is over."""
_TOUCH = timedelta(minutes=5)
"""Use is not written down more often."""

FREE_OF_ACCOUNT, FREE_OF_ADDRESS = 5, 20
"""So many tries may fail at once; a whole office may stand behind one address."""
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=10), timedelta(minutes=15)
"""The delay doubles with each try that fails; it stays bounded, for a stranger's tries lock the owner out."""
FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in.

    Attributes:
        office: The only one that the person sees; empty for all.
    """

    name: str
    role: Role
    office: str

    def sees(self, office: str) -> bool:
        """Whether an office's pages are open to the person."""
        return self.office in ("", office)


def sign_in(engine: Engine, name: str, password: str, address: str, now: datetime) -> str:
    """The token of a new session.

    Raises:
        TooManyTriesError: So many tries failed before that this one is not looked at.
        AccountError: Name or password is wrong; which of them is not said.
    """
    count_try(engine, name, address, now)
    with open_session(engine, read_only=True) as session:
        found = people.find_user(session, plain_name(name))
    known = found.password if found else ""
    right = is_password(known, password)
    with open_session(engine) as session:
        user = people.find_user(session, plain_name(name))
        if right and user is not None and user.password == known:
            return _begin(session, user, address, now)
        # What was typed may be a password in the wrong field.
        actor = Actor(user.name if user else "(tidak dikenal)", address)
        record(session, actor.entry(now, "gagal masuk", office=user.office if user else ""))
    raise AccountError(
        "Nama atau sandi salah.",
        todo="periksa keduanya; bila sandi lupa, minta tautan baru kepada pengelola.",
    )


def count_try(engine: Engine, name: str, address: str, now: datetime) -> None:
    """Count a try before it is looked at, so that many at once do not slip through.

    Raises:
        TooManyTriesError: The next one is looked at later only.
    """
    free = {key_of(name): FREE_OF_ACCOUNT, f"alamat/{address}": FREE_OF_ADDRESS}
    with open_session(engine) as session:
        tries.lock_tries(session)
        tries.forget_old_tries(session, now - FORGOTTEN)
        known = tries.known_tries(session, list(free))
        blocked = max((row.blocked_until for row in known.values()), default=now)
        if blocked > now:
            raise TooManyTriesError(
                "Terlalu banyak percobaan masuk yang gagal.", todo=f"coba lagi sesudah {_shown(blocked)}."
            )
        for key, allowed in free.items():
            row = known.get(key) or SignInTries(key=key, failures=0, last_at=now, blocked_until=now)
            row.failures, row.last_at = row.failures + 1, now
            row.blocked_until = now + _delay(row.failures - allowed)
            tries.write_tries(session, row)


def _delay(over: int) -> timedelta:
    """How long after a try the next one is looked at, by how many failed beyond the free ones."""
    if over < 0:
        return timedelta(0)
    return min(FIRST_DELAY * (1 << min(over, 10)), LONGEST_DELAY)


def _shown(moment: datetime) -> str:
    """To the minute, upwards."""
    return format_time(moment + timedelta(seconds=59))


def _begin(session: Session, user: User, address: str, now: datetime) -> str:
    tries.lock_tries(session)
    tries.forget_tries(session, key_of(user.name))
    for row in tries.known_tries(session, [f"alamat/{address}"]).values():
        row.failures, row.blocked_until = row.failures - 1, now  # this one did not fail
        tries.write_tries(session, row)
    people.forget_old(session, now - SESSION_LASTS, now - IDLE, now)
    token = new_token()
    people.open_user_session(session, user, hash_token(token), now)
    record(session, Actor(user.name, address).entry(now, "masuk", office=user.office))
    return token


def find_visitor(engine: Engine, token: str, now: datetime) -> Visitor | None:
    """Who is signed in with a token; None for one that is over or was never given."""
    hashed = hash_token(token)
    with open_session(engine, read_only=True) as session:
        found = people.find_user_session(session, hashed)
    if found is None:
        return None
    row, user = found
    if row.created_at + SESSION_LASTS <= now or row.seen_at + IDLE <= now:
        return None
    if row.seen_at + _TOUCH <= now:
        # Who only reads needs no database that can be written.
        with suppress(StorageError), open_session(engine) as session:
            people.touch_user_session(session, hashed, now)
    return Visitor(user.name, Role(user.role), user.office)


def sign_out(engine: Engine, token: str, visitor: Visitor, address: str, now: datetime) -> None:
    """End a session."""
    with open_session(engine) as session:
        people.close_user_session(session, hash_token(token))
        record(session, Actor(visitor.name, address).entry(now, "keluar", office=visitor.office))
