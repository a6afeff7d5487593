"""A reader of dropped files that takes every one, for the tests of the way in itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from core.errors import SourceError
from jobs.dropped_file import DropFolder, FileReader
from jobs.inbox import read_folders
from jobs.taken_files import FileResult, TakenFiles, outcome_line
from jobs.workspace import Workspace

FOLDER = DropFolder("coba", oversize_todo="simpan sebagian saja.", kept="Tidak ada yang berubah.")
NOON = 1_706_700_000.0
OLD = NOON - 3600
PRICES = b"Pasar : Anom\nKomoditas;02/01/2023\nBeras Premium (kg);13.000\n"


@dataclass(frozen=True)
class Read(FileResult):
    """What the reader of these tests makes of a file."""

    problems: tuple[str, ...] = ()

    @property
    def news(self) -> bool:
        return self.outcome == "taken"

    def as_lines(self) -> list[str]:
        return [outcome_line(self)]


class ReadFiles(TakenFiles[Read]):
    NONE, TAKEN, NOTHING_NEW = "Tidak ada.", "Diambil dari", "Tidak ada yang baru."


@dataclass
class Shop:
    """A reader that takes every file; what it does with a certain content may be told otherwise."""

    workspace: Workspace
    does: dict[bytes, Callable[[], object]] = field(default_factory=dict)
    pauses: list[float] = field(default_factory=list)
    on_pause: Callable[[], object] = lambda: None

    def read(self) -> ReadFiles:
        reader = FileReader(
            settle=self._settle,
            plain=lambda name, outcome, problems: Read(name, outcome, problems=problems),
            source="coba",
            origin=FOLDER,
        )
        taken = read_folders(self.workspace, [FOLDER], reader, clock=lambda: NOON, pause=self._pause)
        return ReadFiles(*taken)

    def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.on_pause()

    def _settle(self, name: str, content: bytes) -> Read:
        for key, do in self.does.items():
            if content.startswith(key):
                do()
        if content.startswith(b"buruk"):
            raise SourceError("Isinya buruk.", todo="perbaiki.")
        return Read(name, "taken")


def outcomes(result: TakenFiles) -> list[str]:
    return [file.outcome for file in result.files]


def lying(workspace: Workspace, *where: str) -> dict[str, bytes]:
    folder = workspace.settings.home.joinpath(*where)
    if not folder.exists():
        return {}
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
