"""A mail server on this machine that keeps every mail it gets as a file, for the demo and tests.

python -m standins.mail --port 2525 --folder out/mail
"""

from __future__ import annotations

import argparse
import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"


class FolderKeeper:
    """Handler of aiosmtpd that writes each mail as ``NNN-<subject>.eml``, the bytes as they came."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep the mail, then say so."""
        content = bytes(envelope.original_content or b"")
        self._new_path(content).write_bytes(content)
        return "250 Message accepted for delivery"

    def _new_path(self, content: bytes) -> Path:
        subject = str(message_from_bytes(content, policy=policy.default)["Subject"] or "")
        slug = re.sub(r"[^a-z0-9]+", "-", subject.lower()).strip("-")[:60].strip("-") or "tanpa-judul"
        taken = [int(path.name[:3]) for path in self.folder.glob("[0-9][0-9][0-9]-*.eml")]
        return self.folder / f"{max(taken, default=0) + 1:03d}-{slug}.eml"


@contextmanager
def listening(handler: object, *, port: int = 0, **options: Any) -> Iterator[int]:
    """Run an SMTP server on loopback in a thread of its own.

    Args:
        handler: Of aiosmtpd.
        port: 0 lets the system choose.
        options: Of :class:`aiosmtpd.smtp.SMTP`.

    Yields:
        The real port.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="standins.mail", daemon=True)
    thread.start()

    async def open_server() -> asyncio.Server:
        return await loop.create_server(
            lambda: SMTP(handler, hostname="localhost", loop=loop, **options), HOST, port
        )

    async def close_server(server: asyncio.Server) -> None:
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    try:
        server = asyncio.run_coroutine_threadsafe(open_server(), loop).result()
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            asyncio.run_coroutine_threadsafe(close_server(server), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class MailStandin:
    """A mail server that takes everything and keeps it in a folder.

    Attributes:
        folder: Where the mails are.
        port: The real port, once it runs.
    """

    def __init__(self, folder: Path, *, port: int = 0) -> None:
        self.folder = folder
        self.port = port
        self._running = listening(FolderKeeper(folder), port=port)

    @property
    def url(self) -> str:
        """For ``LKJIP_SMTP_URL``."""
        return f"smtp://{HOST}:{self.port}"

    @property
    def files(self) -> list[Path]:
        """The mails kept, oldest first."""
        return sorted(self.folder.glob("*.eml"))

    def __enter__(self) -> Self:
        self.port = self._running.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._running.__exit__(kind, error, traceback)


def main() -> None:
    """Run it until it is interrupted."""
    parser = argparse.ArgumentParser(prog="python -m standins.mail", description="Server surel peragaan.")
    parser.add_argument("--port", type=int, default=0, help="port di 127.0.0.1; 0 = dipilih sistem")
    parser.add_argument("--folder", type=Path, required=True, help="map tempat surel disimpan")
    arguments = parser.parse_args()
    with MailStandin(arguments.folder, port=arguments.port) as mail:
        print(f"Server surel peragaan di {mail.url}; surel disimpan di {mail.folder}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("Selesai.")


if __name__ == "__main__":
    main()
