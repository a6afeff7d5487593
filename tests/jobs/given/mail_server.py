"""A mail server that answers line by line as a test says, drips, and hangs up."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

Answer = str | Callable[[str], str]

GOOD: Mapping[str, Answer] = {
    "HELLO": "220 surat.example ESMTP",
    "EHLO": "250 surat.example",
    "MAIL": "250 OK",
    "RCPT": "250 OK",
    "DATA": "354 go ahead",
    "END": "250 2.0.0 queued",
    "RSET": "250 OK",
    "QUIT": "221 bye",
}
"""By the word that comes; ``HELLO`` before any, ``END`` when the whole mail is there."""


@dataclass
class ScriptedServer:
    """What it answers and what came.

    Attributes:
        answers: By word; a function is given the line that came.
        after: What is done when the answer to this word has gone out.
        drips: The answer to this word comes byte by byte and never ends.
        commands: Every line that came, but for the mails'.
        taken: Recipients and content of each mail that was answered with 2xx.
    """

    answers: dict[str, Answer]
    after: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    drips: str = ""
    port: int = 0
    commands: list[str] = field(default_factory=list)
    taken: list[tuple[list[str], bytes]] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    connections: list[socket.socket] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


class Talk(socketserver.StreamRequestHandler):
    @property
    def script(self) -> ScriptedServer:
        return self.server.script  # type: ignore[attr-defined,no-any-return]

    def handle(self) -> None:
        self.script.connections.append(self.connection)
        with suppress(OSError):
            self.answer("HELLO")
            recipients: list[str] = []
            while line := self.rfile.readline():
                said = line.decode().strip()
                self.script.commands.append(said)
                word = said.partition(" ")[0].upper()
                taken = self.answer(word, said)
                if word == "MAIL":
                    recipients = []
                if word == "RCPT" and taken.startswith("2"):
                    recipients.append(said.partition("<")[2].partition(">")[0])
                if word == "DATA" and taken.startswith("354"):
                    self.take(recipients)
                if word == "QUIT" or taken.startswith("421"):
                    return

    def take(self, recipients: list[str]) -> None:
        content = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return  # the sender is gone, and this is no whole mail
            content += line
        answer = self.script.answers["END"]
        said = answer("") if callable(answer) else answer
        if said.startswith("2"):
            self.script.taken.append((recipients, content))
        self.say("END", said)

    def answer(self, word: str, said: str = "") -> str:
        answer = self.script.answers.get(word, "502 5.5.1 unknown")
        return self.say(word, answer(said) if callable(answer) else answer)

    def say(self, word: str, text: str) -> str:
        if word == self.script.drips:
            while not self.script.stopped.wait(0.02):
                self.wfile.write(b"2")
        self.wfile.write(f"{text}\r\n".encode())
        if word in self.script.after:
            self.script.after[word]()
        return text


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no news."""


@contextmanager
def scripted(
    drips: str = "", after: Mapping[str, Callable[[], None]] | None = None, **answers: Answer
) -> Iterator[ScriptedServer]:
    """Run one on loopback that answers well but for ``answers``."""
    script = ScriptedServer({**GOOD, **answers}, after or {}, drips)
    with _Server(("127.0.0.1", 0), Talk) as server:
        server.script = script  # type: ignore[attr-defined]
        script.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield script
        finally:
            script.stopped.set()
            for connection in script.connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            server.shutdown()
            thread.join()
