"""Accounts: added, listed, removed, and the link with which a person sets a password."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from core.dates import format_time
from core.errors import AccountError
from jobs.users.audit import Actor
from jobs.users.passwords import hash_password
from jobs.users.roles import Role
from models.session import open_session
from models.tables import identity
from models.users import people
from models.users.audit import record
from models.users.tables import User
from models.users.tries import forget_tries

LINK_LASTS = timedelta(days=3)
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


@dataclass(frozen=True)
class Account:
    """An account, as it is listed.

    Attributes:
        office: The only one that the person sees; empty for all.
        has_password: Whether the person has set one.
        link_until: Until when a link that was given and not used holds.
    """

    name: str
    role: Role
    office: str
    has_password: bool
    link_until: datetime | None

    def as_text(self) -> str:
        """For people."""
        state = "sandi sudah dibuat" if self.has_password else "belum membuat sandi"
        link = f"; tautan berlaku sampai {format_time(self.link_until)}" if self.link_until else ""
        return f"{self.name}  {self.role.value}, {self.office or 'semua kantor'}; {state}{link}"

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "name": self.name,
            "role": self.role.value,
            "office": self.office,
            "has_password": self.has_password,
            "link_until": self.link_until.isoformat() if self.link_until else "",
        }


@dataclass(frozen=True)
class Link:
    """A link with which ``name`` sets a password; ``path`` is the part behind the page's address."""

    name: str
    path: str
    until: datetime


def plain_name(name: str) -> str:
    """A name as it is kept: small letters, nothing around it."""
    return name.strip().lower()


def key_of(name: str) -> str:
    """Under which the failed tries of an account are counted, also of one that does not exist."""
    return f"akun/{hash_token(plain_name(name))}"


def hash_token(token: str) -> str:
    """What is kept of a link or a cookie."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Something that nobody guesses, fit for an address."""
    return secrets.token_urlsafe(32)


def add_account(engine: Engine, name: str, role: Role, office: str, actor: Actor, now: datetime) -> Link:
    """Make an account without a password.

    Args:
        engine: Of the database.
        name: Of the person, as it is typed when signing in.
        role: What the person may do.
        office: The only office that the person sees, one that exists; empty for all.
        actor: Who makes it.
        now: The present moment.

    Returns:
        The link with which the person sets a password.

    Raises:
        AccountError: The name is taken or cannot be one.
    """
    wanted = plain_name(name)
    if not _NAME.fullmatch(wanted):
        raise AccountError(
            f"Nama pengguna '{name}' tidak dapat dipakai.",
            todo="pakai 2 sampai 64 huruf kecil, angka, titik, garis atau @, diawali huruf atau angka.",
        )
    with open_session(engine) as session:
        if people.find_user(session, wanted) is not None:
            raise AccountError(
                f"Pengguna '{wanted}' sudah ada.", todo=f"pakai nama lain, atau lkjip user reset {wanted}."
            )
        user = people.add_user(session, User(name=wanted, role=role.value, office=office, created_at=now))
        record(session, actor.entry(now, f"menambah pengguna ({role.value})", about=wanted, office=office))
        return _give_link(session, user, now)


def list_accounts(engine: Engine, office: str = "") -> list[Account]:
    """Every account by name; with ``office`` only those that are bound to it."""
    with open_session(engine, read_only=True) as session:
        ends = people.link_ends(session)
        return [
            Account(user.name, Role(user.role), user.office, bool(user.password), ends.get(identity(user.id)))
            for user in people.list_users(session, office)
        ]


def reset_account(engine: Engine, name: str, actor: Actor, now: datetime, office: str = "") -> Link:
    """Give a person a new link; the old password holds until it is used.

    Args:
        engine: Of the database.
        name: Of the account.
        actor: Who gives it.
        now: The present moment.
        office: Only an account that is bound to this office.

    Raises:
        AccountError: There is no such account.
    """
    with open_session(engine) as session:
        user = _require(session, name, office)
        record(session, actor.entry(now, "membuat tautan sandi", about=user.name, office=user.office))
        return _give_link(session, user, now)


def remove_account(engine: Engine, name: str, actor: Actor, now: datetime) -> None:
    """Forget an account; who used it is signed out, and what was done stays in the audit log.

    Raises:
        AccountError: There is no such account.
    """
    with open_session(engine) as session:
        user = _require(session, name)
        people.remove_user(session, user)
        record(session, actor.entry(now, "menghapus pengguna", about=user.name, office=user.office))


def name_of_link(engine: Engine, token: str, now: datetime) -> str:
    """Whose link it is.

    Raises:
        AccountError: It was used, replaced, is too old, or was never given.
    """
    with open_session(engine, read_only=True) as session:
        user = people.user_of_link(session, hash_token(token), now)
    if user is None:
        raise _dead_link()
    return user.name


def use_link(engine: Engine, token: str, password: str, address: str, now: datetime) -> str:
    """Set a password with a link, which is used up by it; gives the account's name.

    Raises:
        AccountError: The link leads nowhere any more, or the password cannot be one.
    """
    hashed = hash_password(name_of_link(engine, token, now), password)
    with open_session(engine) as session:
        user = people.user_of_link(session, hash_token(token), now)
        if user is None:
            raise _dead_link()
        people.set_password(session, user, hashed, now)
        forget_tries(session, key_of(user.name))
        done = Actor(user.name, address).entry(now, "membuat sandi", about=user.name, office=user.office)
        record(session, done)
        return user.name


def _give_link(session: Session, user: User, now: datetime) -> Link:
    token, until = new_token(), now + LINK_LASTS
    people.replace_link(session, user, hash_token(token), now, until)
    return Link(user.name, f"/tautan/{token}", until)


def _require(session: Session, name: str, office: str = "") -> User:
    user = people.find_user(session, plain_name(name))
    if user is None or (office and user.office != office):
        raise AccountError(f"Pengguna '{name}' tidak ada.", todo="lihat yang ada dengan lkjip user list.")
    return user


def _dead_link() -> AccountError:
    return AccountError(
        "Tautan ini tidak berlaku lagi: sudah dipakai, sudah diganti, atau lewat waktunya.",
        todo="minta tautan baru kepada pengelola.",
    )
