"""The points of a program at which it may be killed: whatever it does to files, database and network.

They are counted, not timed: the same program passes the same points in every run, so it can be killed at
the N-th of them.
"""

from __future__ import annotations

import builtins
import io
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

_OF_FILES = {
    "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate",
    "os.utime", "fcntl.flock", "sqlite3.connect", "socket.connect",
}  # fmt: skip
END_OF_MAIL = b"\r\n.\r\n"
MAIL_SENT = "the whole mail is sent"
RECORDED = "committed"
WEIGHTY = ("os.r", "os.l", "os.s", "os.mk", "half of", "commit", RECORDED, MAIL_SENT)
"""How the points begin at which most could go wrong."""


class Points:
    """Counts the points of this process, and kills it at one of them.

    Attributes:
        passed: What came so far, in words.
    """

    def __init__(self, root: Path, kill_at: int) -> None:
        self.passed: list[str] = []
        self._root, self._kill_at = str(root), kill_at
        self._alone = threading.Lock()

    def mark(self, what: str) -> None:
        """One more point; the last one when it is the one to be killed at."""
        with self._alone:
            self.passed.append(what)
            if len(self.passed) == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """From now on everything that this process does is counted; for ever."""
        sys.addaudithook(self._on_audit)
        builtins.open = io.open = self._halving(io.open)  # type: ignore[assignment]
        event.listen(Engine, "before_cursor_execute", lambda *given: self.mark(_words("before", given[2])))
        event.listen(Engine, "after_cursor_execute", lambda *given: self.mark(_words("after", given[2])))
        self._around(DefaultDialect, "do_commit", "commit", RECORDED)
        self._around(DefaultDialect, "do_rollback", "rollback", "rolled back")
        self._around_sending()
        self._around(socket.socket, "recv_into", "receive", "received")

    def _on_audit(self, name: str, given: tuple[Any, ...]) -> None:
        if name == "open":
            if self._is_ours(given[0]):
                self.mark(f"open {given[0]}")
        elif name in _OF_FILES and (name == "socket.connect" or self._is_ours(given[0])):
            self.mark(f"{name} {given[0]}")

    def _is_ours(self, path: Any) -> bool:
        """Whether a path may lead into the office's things; those of a folder that is open are relative."""
        text = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""
        return bool(text) and (not text.startswith("/") or text.startswith(self._root))

    def _halving(self, opening: Callable[..., Any]) -> Callable[..., Any]:
        """``open`` whose files are written half by half."""

        def opened(file: Any, mode: str = "r", *others: Any, **named: Any) -> Any:
            made = opening(file, mode, *others, **named)
            place = file
            if isinstance(file, int):
                with suppress(OSError):
                    place = os.readlink(f"/proc/self/fd/{file}")
            if set(mode) & set("wax+") and not isinstance(place, int) and self._is_ours(place):
                self._write_by_halves(made, str(place))
            return made

        return opened

    def _write_by_halves(self, file: Any, place: str) -> None:
        write = file.write

        def halves(content: Any) -> int:
            middle = len(content) // 2
            write(content[:middle])
            file.flush()
            self.mark(f"half of {place}")
            write(content[middle:])
            file.flush()
            self.mark(f"all of {place}")
            return len(content)

        with suppress(AttributeError):  # an unbuffered file takes no other method
            file.write = halves

    def _around(self, kind: type, method: str, before: str, after: str) -> None:
        plain = getattr(kind, method)

        def marked(*given: Any, **named: Any) -> Any:
            self.mark(before)
            result = plain(*given, **named)
            self.mark(after)
            return result

        setattr(kind, method, marked)

    def _around_sending(self) -> None:
        plain = socket.socket.sendall

        def by_halves(this: socket.socket, data: bytes, flags: int = 0) -> None:
            content = bytes(data)
            middle, whole_mail = len(content) // 2, content.endswith(END_OF_MAIL)
            self.mark("send")
            plain(this, content[:middle], flags)
            self.mark("half of the mail is sent" if whole_mail else "half is sent")
            plain(this, content[middle:], flags)
            self.mark(MAIL_SENT if whole_mail else "sent")

        socket.socket.sendall = by_halves  # type: ignore[assignment,method-assign]


def _words(when: str, statement: str) -> str:
    return f"{when} {' '.join(statement.split())[:60]}"


def chosen(passed: list[str], count: int) -> list[int]:
    """At which points to kill: all of few; of many so many evenly, and half as many that matter most.

    Args:
        passed: The points of a run that was not killed.
        count: At least so many, where there are.
    """
    weighty = [number for number, what in enumerate(passed, 1) if what.startswith(WEIGHTY)]
    every = range(1, len(passed) + 1)
    return sorted({*_spread(weighty, count // 2), *_spread(list(every), count)})


def _spread(numbers: list[int], count: int) -> list[int]:
    if len(numbers) <= count:
        return numbers
    if count < 2:
        return numbers[len(numbers) // 2 :][:count]
    step = (len(numbers) - 1) / (count - 1)
    return [numbers[round(step * place)] for place in range(count)]
