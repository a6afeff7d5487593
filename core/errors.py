"""The project's own errors: each says in Indonesian what happened, where, and what to do next.

A message is read by planning staff and by one technician, so it names the file, the row or
the field. The cause is chained (``raise ... from cause``) for the technician. No error ever
carries a secret: a url is put in only after :func:`connectors.web.redaction.redact`.
"""

from __future__ import annotations

import errno

_REFUSALS = {
    errno.ENOENT: "tidak ada",
    errno.EACCES: "tidak ada izin",
    errno.EPERM: "tidak ada izin",
    errno.EROFS: "cakram hanya boleh dibaca",
    errno.ENOSPC: "cakram penuh",
    errno.EDQUOT: "jatah cakram habis",
    errno.EEXIST: "sudah ada berkas dengan nama itu",
    errno.ENOTDIR: "ada berkas di tempat yang seharusnya map",
    errno.EISDIR: "ada map di tempat yang seharusnya berkas",
    errno.EADDRINUSE: "sedang dipakai",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
}
"""What the operating system says in English, by its number."""


def explain_os_error(cause: OSError) -> str:
    """Why the operating system refused, in Indonesian; its name for the error when it is a rare one."""
    if cause.errno is None:
        return type(cause).__name__
    return _REFUSALS.get(cause.errno, f"kesalahan sistem {errno.errorcode.get(cause.errno, cause.errno)}")


class LkjipError(Exception):
    """Something a person must know or do.

    Args:
        message: What happened, in Indonesian, naming the place.
        todo: What the reader should do next, in Indonesian.
    """

    def __init__(self, message: str, *, todo: str = "") -> None:
        self.message = message
        self.todo = todo
        super().__init__(message)

    def __str__(self) -> str:
        return f"{self.message} Yang perlu dilakukan: {self.todo}" if self.todo else self.message

    def __reduce__(self) -> tuple[object, ...]:
        # Prefect pickles exceptions between processes; keyword-only arguments would be lost.
        return (_rebuild, (type(self), self.message, self.todo, self.__dict__.copy()))


def _rebuild(kind: type[LkjipError], message: str, todo: str, state: dict[str, object]) -> LkjipError:
    error = kind.__new__(kind)
    LkjipError.__init__(error, message, todo=todo)
    error.__dict__.update(state)
    return error


class SettingsError(LkjipError):
    """A setting is missing or unusable."""


class AgencyDataError(LkjipError):
    """A file of the agency's data does not say what it should."""


class SourceError(LkjipError):
    """A source (BPS, a market site) did not give what was asked; the figures kept so far stay.

    Args:
        message: What happened.
        todo: What to do.
        retryable: Whether the same request may succeed later without anybody changing anything.
    """

    def __init__(self, message: str, *, todo: str = "", retryable: bool = False) -> None:
        super().__init__(message, todo=todo)
        self.retryable = retryable


def passing_error(message: str, look_at: str = "") -> SourceError:
    """A disturbance that may pass by itself, so nobody need do anything now.

    Args:
        message: What happened.
        look_at: What to look at if it stays, as the end of a sentence: ``periksa jaringan komputer ini``.
    """
    more = f"; bila terus terjadi, {look_at}" if look_at else ""
    todo = f"tidak perlu apa-apa sekarang, permintaan akan diulang pada jadwal berikut{more}."
    return SourceError(message, todo=todo, retryable=True)


class KeyRefusedError(SourceError):
    """A source refused the key: nothing of it can be read until somebody changes the key."""


class OutOfTimeError(SourceError):
    """A source was given a time for all that was asked of it, and it is over; the rest was not read."""


class NothingFoundError(SourceError):
    """A source answered, but does not have what was looked for; the message says what it has."""


class ImplausibleFigureError(LkjipError):
    """A source answered, but its figures contradict each other; nothing of it is used."""


class StorageError(LkjipError):
    """The database cannot be used or does not hold what was asked."""


class ScheduleError(LkjipError):
    """The schedule does not run, or the server that keeps it cannot be asked."""


class RenderError(LkjipError):
    """The report could not be made."""


class AccountError(LkjipError):
    """An account, link or password cannot be made or used as asked."""


class TooManyTriesError(AccountError):
    """So many tries to sign in failed that the next one is not looked at yet."""


class BusyError(LkjipError):
    """So much is under way that this must wait."""


class DeliveryError(LkjipError):
    """Mail could not be handed to the mail server; it stays in the outbox."""
