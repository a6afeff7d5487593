"""The tables of the page's people.

Nothing by which somebody could sign in is kept as it is: of a password, a link and a session only a hash.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from models.tables import Table
from models.types import UtcDateTime


class User(Table, table=True):
    """Somebody who may sign in.

    Attributes:
        name: In small letters.
        role: One of :class:`jobs.users.roles.Role`.
        office: The only office that the person sees; empty for all.
        password: Its argon2id hash; empty until the person set one.
    """

    __tablename__ = "users"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    role: str
    office: str = ""
    password: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    password_set_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class UserLink(Table, table=True):
    """A link with which a person sets a password, once.

    Attributes:
        token_hash: SHA-256 of what stands in the link.
    """

    __tablename__ = "user_links"

    token_hash: str = Field(primary_key=True, max_length=64)
    user_id: int = Field(foreign_key="users.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class UserSession(Table, table=True):
    """A browser in which somebody signed in.

    Attributes:
        token_hash: SHA-256 of the cookie.
        seen_at: When it was last used, a few minutes more or less.
    """

    __tablename__ = "user_sessions"

    token_hash: str = Field(primary_key=True, max_length=64)
    user_id: int = Field(foreign_key="users.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)


class SignInTries(Table, table=True):
    """Tries to sign in that failed, of one account or from one address.

    Attributes:
        key: ``akun/<SHA-256 of the name>`` or ``alamat/<address>``.
        blocked_until: No try before this moment is looked at.
    """

    __tablename__ = "sign_in_tries"

    key: str = Field(primary_key=True)
    failures: int
    last_at: datetime = Field(sa_type=UtcDateTime, index=True)
    blocked_until: datetime = Field(sa_type=UtcDateTime)


class AuditEntry(Table, table=True):
    """Something that somebody did; only ever added to.

    Attributes:
        who: Name of the user; of the command line that of the computer.
        what: In a few words, in Indonesian.
        about: Whom or what it concerned.
        office: Whose managers see it; empty for those of all offices only.
        address: From where.
    """

    __tablename__ = "audit_log"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    who: str
    what: str
    about: str = ""
    office: str = Field(default="", index=True)
    address: str = ""
