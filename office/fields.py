"""How an office writes values and amounts, and what all its entries share."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from capaian.values import Bound, Grade, Quantity, Range, parse_value
from core.dates import MONTHS
from core.numbers import parse_number


def _value(raw: object) -> object:
    if isinstance(raw, (Quantity, Range, Grade, Bound)):
        return raw
    if isinstance(raw, (Decimal, int)) and not isinstance(raw, bool):
        return parse_value(format(raw, "f") if isinstance(raw, Decimal) else str(raw))
    if isinstance(raw, str):
        return parse_value(raw)
    raise ValueError(f"{raw!r} bukan nilai; tulis misalnya 24, 7%, 18 dokumen, 5-6% atau A")


def _amount(raw: object) -> object:
    if isinstance(raw, str):
        return parse_number(raw)
    if isinstance(raw, (Decimal, int)) and not isinstance(raw, bool):
        return raw
    raise ValueError(f"{raw!r} bukan angka rupiah; tulis misalnya 12.649.363.995")


def _percent(raw: object) -> object:
    if isinstance(raw, str):
        return parse_number(raw)
    if isinstance(raw, (Decimal, int, float)) and not isinstance(raw, bool):
        return Decimal(str(raw))
    raise ValueError(f"{raw!r} bukan angka; tulis misalnya 80 atau 98,8")


def _month(text: str) -> str:
    if text and text not in MONTHS:
        raise ValueError(f"'{text}' bukan nama bulan; tulis misalnya April")
    return text


Text = Annotated[str, Field(min_length=1)]
Written = Annotated[Quantity | Range | Grade | Bound, BeforeValidator(_value)]
Month = Annotated[str, AfterValidator(_month)]
Percent = Annotated[Decimal, BeforeValidator(_percent)]
Rupiah = Annotated[Decimal, BeforeValidator(_amount), Field(ge=0, decimal_places=2)]


class Entry(BaseModel):
    """Base of all entries: unknown fields are errors, so that a slip in a name is seen."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
