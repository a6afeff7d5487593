"""When two texts say the same, however they are written."""

from __future__ import annotations

import re
from decimal import Decimal

from capaian.values import Quantity, parse_value
from reports.printed import readings
from reports.wording import DAGGER, NOTHING

WAITS = "menunggu"


def same_text(printed: str, own: str) -> bool:
    """Whether two cells say the same, whatever their spaces, capitals and way of writing numbers."""
    if _bare(printed) == _bare(own) or (waits(own) and (waits(printed) or printed.strip() == NOTHING)):
        return True
    theirs = readings(_unmarked(printed))
    if theirs:
        return _amount(own) in theirs
    return _bare(_value(printed)) == _bare(_value(own))


def as_number(text: str) -> Decimal | None:
    """The number in a cell that holds nothing else but its sign of per cent and our marks."""
    return next(iter(readings(_unmarked(text))), None)


def _amount(text: str) -> Decimal | None:
    """The number in a cell of ours, with the unit that a print states in a column of its own."""
    try:
        value = parse_value(_unmarked(text))
    except ValueError:
        return None
    return value.amount if isinstance(value, Quantity) else None


def _unmarked(text: str) -> str:
    return text.strip().rstrip(DAGGER + "*").strip()


def _value(text: str) -> str:
    """A count as it is written everywhere: ``1500 Unit`` as ``1.500 Unit``."""
    try:
        return str(parse_value(text))
    except ValueError:
        return text


def _bare(text: str) -> str:
    """Without spaces, capitals, and the point behind a counting number."""
    counted = re.sub(r"^(\d+(?:\.\d+)?)\.(?=\s|$)", r"\1", _unmarked(text))
    # 7% and 7 %, 5.1% and 5,1%, 18dokumen and 18 dokumen.
    return re.sub(r"(?<=\d)\.(?=\d{1,2}(?!\d))", ",", "".join(counted.split())).casefold()


def waits(text: str) -> bool:
    """Whether a cell says that its figure is still awaited."""
    return text.strip().casefold().startswith(WAITS)
