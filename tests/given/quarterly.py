"""Disperindag Jawa Barat 2016 with quarters and cumulative targets, which the real office does not print."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from office.loading import EXAMPLES

YEAR = 2016
HEADER = "indicator,quarter,target,realisasi,source,note\n"


def quarterly_office(
    home: Path,
    indicators: Mapping[str, str],
    rows: Sequence[str] = (),
    *,
    reported: Sequence[str] = (),
    keep: Sequence[str] = (),
    name: str = "jabar-disperindag",
) -> Path:
    """A copy of an example office.

    Args:
        home: Where its folder goes.
        indicators: What is added to an entry of indicators.yaml, by indicator.
        rows: Of triwulan.csv.
        reported: Rows that realisasi.csv gets.
        keep: Indicators of ``indicators`` whose realisasi of the year stays in realisasi.csv.
        name: The example.
    """
    folder = shutil.copytree(EXAMPLES / name, home / name)
    path = folder / str(YEAR) / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    for indicator, added in indicators.items():
        text = text.replace(f"- id: {indicator}", f"- {added}\n  id: {indicator}", 1)
    path.write_text(text, encoding="utf-8")
    path = folder / str(YEAR) / "realisasi.csv"
    dropped = tuple(f"{each},{YEAR}," for each in indicators if each not in keep)
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(dropped)]
    path.write_text("\n".join([*lines, *reported, ""]), encoding="utf-8")
    if rows:
        (path.parent / "triwulan.csv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return folder
