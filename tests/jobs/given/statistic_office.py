"""The Sumenep office with other statistics of BPS in the place of its PDRB."""

from __future__ import annotations

import shutil
from pathlib import Path

from office.loading import find_agency

INDUSTRY, TRADE = "pertumbuhan-industri", "pertumbuhan-perdagangan"
_LINES = {
    INDUSTRY: "  measure: {kind: pdrb_growth, sector: C}\n",
    TRADE: "  measure: {kind: pdrb_growth, sector: G}\n",
}
_SHARES = ("  measure: {kind: pdrb_share, sector: C}\n", "  measure: {kind: pdrb_share, sector: G}\n")


def office_naming(home: Path, *, pdrb: bool = True, **statistics: str) -> None:
    """Put a copy of the office where the workspace looks first.

    Args:
        home: Of the workspace.
        pdrb: Whether its other indicators still take PDRB; otherwise the office reports them itself.
        statistics: By ``industry`` and ``trade`` the entry ``bps`` in YAML that takes the place of the
            growth of that sector.
    """
    folder = home / "kantor" / "sumenep-dkupp"
    shutil.copytree(find_agency("sumenep-dkupp"), folder, dirs_exist_ok=True)
    (file,) = folder.rglob("indicators.yaml")
    text = file.read_text(encoding="utf-8")
    named = {INDUSTRY: statistics.get("industry", ""), TRADE: statistics.get("trade", "")}
    for indicator, entry in named.items():
        if entry:
            text = text.replace(_LINES[indicator], f"  bps: {entry}\n")
        elif not pdrb:
            text = text.replace(_LINES[indicator], "")
    for line in _SHARES if not pdrb else ():
        text = text.replace(line, "")
    file.write_text(text, encoding="utf-8")
