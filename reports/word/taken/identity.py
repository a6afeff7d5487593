"""From which issue a Word file is, by a property that Word and LibreOffice keep."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from reports.render.docx import IDENTITY

_TOLD = re.compile(r"([^/\s]{1,200})/(\d{4})/(\d{1,6})")


@dataclass(frozen=True)
class Identity:
    """Office, reporting year and number of an issue; 0 of a report that was never issued."""

    office: str
    year: int
    number: int


def read_identity(properties: etree._Element | None) -> Identity | None:
    """What a Word file says of itself; None where it says nothing.

    Args:
        properties: The root of ``docProps/custom.xml``, if there is one.
    """
    for entry in properties.iter("{*}property") if properties is not None else ():
        told = _TOLD.fullmatch("".join(entry.itertext()).strip())
        if entry.get("name") == IDENTITY and told:
            return Identity(told[1], int(told[2]), int(told[3]))
    return None
