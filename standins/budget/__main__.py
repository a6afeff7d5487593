"""All sample exports under one roof: ``python -m standins.budget FOLDER`` writes them."""

from __future__ import annotations

import sys
from pathlib import Path

from standins.budget.faulty import FAULTY
from standins.budget.layouts import LAYOUTS
from standins.budget.months import monthly_files


def write_all(folder: Path) -> None:
    """Write every layout, every faulty file and the twelve months into folders below ``folder``."""
    groups = {
        "susunan": {name: make() for name, make in LAYOUTS.items()},
        "rusak": {name: faulty.content() for name, faulty in FAULTY.items()},
        "bulanan": monthly_files(),
    }
    for group, files in groups.items():
        (folder / group).mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / group / name).write_bytes(content)


if __name__ == "__main__":
    write_all(Path(sys.argv[1] if len(sys.argv) > 1 else "contoh-anggaran"))
