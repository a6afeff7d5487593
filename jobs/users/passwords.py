"""Passwords: what they must be like, their hashes, and proving one."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from core.errors import AccountError, TooManyTriesError

SHORTEST, LONGEST = 10, 200
"""Characters of a password."""

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's smallest setting for argon2id: 19 MiB and some thirtieths of a second each."""
_AT_ONCE = BoundedSemaphore(2)
"""So many tries at once as the machine has cores; more of them would take its memory."""
_PATIENCE = 5
"""Seconds that a try waits for its turn; a flood of them must not hold up who only reads."""


def hash_password(name: str, password: str) -> str:
    """The argon2id hash of a new password.

    Args:
        name: Of the account, which the password must not repeat.
        password: As typed.

    Raises:
        AccountError: It is too short or too long, or easily guessed.
        TooManyTriesError: Too many others are at it.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccountError(
            f"Sandi harus {SHORTEST} sampai {LONGEST} karakter.", todo="pakai misalnya empat kata yang acak."
        )
    if name in password.lower() or len(set(password)) < SHORTEST // 2:
        raise AccountError(
            "Sandi itu mudah ditebak.", todo="jangan memuat nama pengguna atau karakter yang berulang-ulang."
        )
    with _turn():
        return _HASHER.hash(password)


def is_password(known: str, password: str) -> bool:
    """Whether ``password`` is the one of the hash; without a hash it takes as long to say no.

    Raises:
        TooManyTriesError: Too many others are at it.
    """
    with _turn():
        try:
            right = _HASHER.verify(known or _hash_of_nobody(), password)
        except (Argon2Error, InvalidHashError):
            return False
    return right and bool(known)


@contextmanager
def _turn() -> Iterator[None]:
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise TooManyTriesError("Terlalu banyak orang masuk sekaligus.", todo="coba lagi sebentar lagi.")
    try:
        yield
    finally:
        _AT_ONCE.release()


@cache
def _hash_of_nobody() -> str:
    return _HASHER.hash(secrets.token_hex())
