"""Users, their links and sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from models.tables import identity
from models.users.tables import User, UserLink, UserSession


def find_user(session: Session, name: str) -> User | None:
    """The user of that name, or None."""
    return session.exec(select(User).where(User.name == name)).first()


def list_users(session: Session, office: str = "") -> list[User]:
    """Every user by name; with ``office`` only those who are bound to it."""
    query = select(User).order_by(col(User.name))
    return list(session.exec(query.where(User.office == office) if office else query))


def add_user(session: Session, user: User) -> User:
    """Write down a new user; the name must be free."""
    session.add(user)
    session.flush()
    return user


def remove_user(session: Session, user: User) -> None:
    """Forget a user with everything by which the person could sign in."""
    forget_access(session, user)
    session.delete(user)
    session.flush()


def forget_access(session: Session, user: User) -> None:
    """End a user's sessions, and take back the links."""
    session.execute(delete(UserLink).where(col(UserLink.user_id) == user.id))
    session.execute(delete(UserSession).where(col(UserSession.user_id) == user.id))


def replace_link(session: Session, user: User, token_hash: str, at: datetime, until: datetime) -> None:
    """Give a user a link; one given before leads nowhere any more."""
    session.execute(delete(UserLink).where(col(UserLink.user_id) == user.id))
    session.add(UserLink(token_hash=token_hash, user_id=identity(user.id), created_at=at, expires_at=until))
    session.flush()


def user_of_link(session: Session, token_hash: str, now: datetime) -> User | None:
    """Whose link it is; None for one that is used, replaced, over, or was never given."""
    query = (
        select(User)
        .join(UserLink, col(UserLink.user_id) == col(User.id))
        .where(UserLink.token_hash == token_hash, UserLink.expires_at > now)
    )
    return session.exec(query).first()


def link_ends(session: Session) -> dict[int, datetime]:
    """Until when the links that were given and not used hold, by the user's id."""
    return {link.user_id: link.expires_at for link in session.exec(select(UserLink))}


def set_password(session: Session, user: User, password: str, at: datetime) -> None:
    """Keep the hash of a new password; whoever signed in with the old one is signed out."""
    user.password, user.password_set_at = password, at
    session.add(user)
    forget_access(session, user)
    session.flush()


def open_user_session(session: Session, user: User, token_hash: str, at: datetime) -> None:
    """Write down that somebody signed in."""
    session.add(UserSession(token_hash=token_hash, user_id=identity(user.id), created_at=at, seen_at=at))
    session.flush()


def find_user_session(session: Session, token_hash: str) -> tuple[UserSession, User] | None:
    """A session with its user, or None."""
    query = (
        select(UserSession, User)
        .join(User, col(User.id) == col(UserSession.user_id))
        .where(UserSession.token_hash == token_hash)
    )
    return session.exec(query).first()


def touch_user_session(session: Session, token_hash: str, at: datetime) -> None:
    """Write down that a session was used."""
    session.execute(update(UserSession).where(col(UserSession.token_hash) == token_hash).values(seen_at=at))


def close_user_session(session: Session, token_hash: str) -> None:
    """Forget a session."""
    session.execute(delete(UserSession).where(col(UserSession.token_hash) == token_hash))


def forget_old(session: Session, begun_before: datetime, seen_before: datetime, now: datetime) -> None:
    """Forget sessions that are over, and links that nobody used in time."""
    over = (col(UserSession.created_at) < begun_before) | (col(UserSession.seen_at) < seen_before)
    session.execute(delete(UserSession).where(over))
    session.execute(delete(UserLink).where(col(UserLink.expires_at) < now))
