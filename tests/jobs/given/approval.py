"""An example office whose report its head approves, on a day of one's choice."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from core.settings import load_settings
from jobs.workspace import Workspace
from office.loading import find_agency

JANUARY = date(2024, 1, 31)
HEAD, PLANNER = "inspektur@inspektorat-jabar.example", "perencana@inspektorat-jabar.example"
SIGNS = "(nama tidak ada dalam sumber)"


@dataclass
class Approving:
    """The office, which a test can change.

    Attributes:
        home: Its working folder.
        settings: Beside those of the test.
    """

    home: Path
    settings: dict[str, object]
    office: str = "jabar-inspektorat"
    year: int = 2016

    def __post_init__(self) -> None:
        self._spaces: dict[object, Workspace] = {}
        folder = self.home / "kantor" / self.office
        shutil.copytree(find_agency(self.office), folder, dirs_exist_ok=True)
        self.file = folder / str(self.year) / "year.yaml"
        self._plain = self.file.read_text(encoding="utf-8")
        self.signed_by("")

    def signed_by(self, name: str, approval: str = "approval: {roles: [Inspektur]}") -> None:
        """Let another person sign, which changes the report; an empty name is that of the example."""
        text = self._plain.replace(SIGNS, name) if name else self._plain
        self.file.write_text(f"{text}{approval}\n", encoding="utf-8")

    def on(self, days: int = 0, **settings: object) -> Workspace:
        """The workspace so many days after the last of January."""
        key = (days, *sorted(settings.items()), self.file.read_text(encoding="utf-8"))
        if key not in self._spaces:  # to read an office's data takes longer than to decide on a draft
            self._spaces[key] = self._open(days, settings)
        return self._spaces[key]

    def _open(self, days: int, settings: dict[str, object]) -> Workspace:
        given = {"home": self.home, "agency": self.office, "today": JANUARY + timedelta(days=days)}
        return Workspace(load_settings(**{**given, "year": self.year, **self.settings, **settings}))
