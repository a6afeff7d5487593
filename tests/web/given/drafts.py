"""An office whose report its head approves, on the page."""

from __future__ import annotations

from pathlib import Path

from tests.web.given.browsing import OFFICE


def sign(home: Path, name: str) -> None:
    """Let another person sign, which changes the report, and let the head approve it."""
    file = home / "kantor" / OFFICE / "2023" / "year.yaml"
    text = file.read_text(encoding="utf-8").partition("\napproval:")[0]
    for known in ("CHAINUR BASYID", "PENGGANTI"):
        text = text.replace(f"name: {known}", f"name: {name}")
    file.write_text(f"{text}\napproval: {{roles: [Kepala Dinas]}}\n", encoding="utf-8")
