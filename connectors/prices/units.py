"""Units of market prices, and the exact conversions between them; nothing is guessed.

A piece (``ekor``, ``ikat``) never becomes kilograms, and a bare package (``kaleng``) never becomes a
package of a stated size: how much is in it is not known. Ways of writing seen at Siskaperbapo
(``1 liter``, ``370 gr/kl``, ``400 gr/dos``, ``40Kg``) and SP2KP (``kg``, ``lt``, ``bks``, ``400gr``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from core.numbers import parse_number


@dataclass(frozen=True)
class Unit:
    """An amount of something: ``500 gr``, ``1 liter``, ``ekor``, ``370 gr/kl``.

    Attributes:
        amount: How much, in the base of its dimension (kg, liter, or pieces of ``container``).
        dimension: ``mass``, ``volume`` or ``piece``.
        container: The counted thing of a piece or a package (``ekor``, ``kaleng``); empty otherwise.
    """

    amount: Decimal
    dimension: str
    container: str = ""


MASS, VOLUME, PIECE = "mass", "volume", "piece"

_MEASURES: dict[str, tuple[str, Decimal]] = {
    **dict.fromkeys(("kg", "kgs", "kilo", "kilogram"), (MASS, Decimal(1))),
    **dict.fromkeys(("g", "gr", "grm", "gram"), (MASS, Decimal("0.001"))),
    # The ons of Indonesian markets is 100 grams, not the ounce.
    **dict.fromkeys(("ons",), (MASS, Decimal("0.1"))),
    **dict.fromkeys(("kwintal", "kuintal"), (MASS, Decimal(100))),
    **dict.fromkeys(("ton",), (MASS, Decimal(1000))),
    **dict.fromkeys(("l", "lt", "ltr", "liter", "litre"), (VOLUME, Decimal(1))),
    **dict.fromkeys(("ml", "mililiter", "cc"), (VOLUME, Decimal("0.001"))),
}

_PACKAGES: dict[str, str] = {
    **dict.fromkeys(("bungkus", "bks", "bgks", "bngks"), "bungkus"),
    **dict.fromkeys(("sachet", "saset", "sct"), "sachet"),
    **dict.fromkeys(("zak", "sak"), "zak"),
    **dict.fromkeys(("tabung", "tbg"), "tabung"),
    **dict.fromkeys(("kaleng", "klg", "kln"), "kaleng"),
    **dict.fromkeys(("botol", "btl"), "botol"),
    **dict.fromkeys(("karung", "krg"), "karung"),
    # A dus may be a carton of many packets, so it is not taken for the dos that holds one.
    **{name: name for name in ("dos", "dus", "pak", "kotak")},
}

# Things that are counted but hold nothing: a weight beside them ("1 kg/ekor") is only about.
_THINGS: dict[str, str] = {
    **dict.fromkeys(("butir", "btr"), "butir"),
    **dict.fromkeys(("buah", "bh"), "buah"),
    **dict.fromkeys(("ikat", "ikt"), "ikat"),
    **dict.fromkeys(("lembar", "lbr"), "lembar"),
    **dict.fromkeys(("batang", "btg"), "batang"),
    **{name: name for name in ("ekor", "biji", "papan", "potong", "sisir")},
}

_ONLY_AFTER_A_SLASH = {"kl": "kaleng"}
"""``370 gr/kl`` is a tin; ``kl`` alone may as well be a kiloliter."""


def _either(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_NUMBER = r"[0-9]+(?:[.,][0-9]+)*(?:/[0-9]+)?"
_MEASURE = _either(_MEASURES)
_CONTAINER = _either((*_PACKAGES, *_ONLY_AFTER_A_SLASH))
_PREFIX = re.compile(r"^(?:rp\b\.?\s*(?:/|per\b)?|per\b|/|@)\s*")
_MEASURED = re.compile(
    rf"(?:(?P<amount>{_NUMBER})\s*)?(?P<measure>{_MEASURE})(?:\s*(?P<slash>/|per\b|\s)\s*(?P<container>{_CONTAINER}))?"
)
_CONTAINER_FIRST = re.compile(
    rf"(?P<container>{_CONTAINER})\s*@?\s*(?P<amount>{_NUMBER})\s*(?P<measure>{_MEASURE})"
)
_COUNTED = re.compile(rf"(?:(?P<amount>{_NUMBER})\s*)?(?P<container>{_either((*_PACKAGES, *_THINGS))})")
_FINITE = frozenset({2, 4, 5, 8, 10})


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit | None:
    """Read a unit as sources write it; None when it is not known.

    Capitals, spaces, brackets and a leading ``Rp/`` do not matter; an amount may be a whole number, a
    decimal or a fraction (``1/2 kg``). Amounts are exact.
    """
    plain = _plain(text)
    if found := _MEASURED.fullmatch(plain):
        return _measured(found["measure"], found["amount"], found["container"], slash=found["slash"])
    if found := _CONTAINER_FIRST.fullmatch(plain):
        return _measured(found["measure"], found["amount"], found["container"], slash=" ")
    if found := _COUNTED.fullmatch(plain):
        amount, container = _amount(found["amount"]), found["container"]
        named = _PACKAGES.get(container) or _THINGS[container]
        return None if amount is None else Unit(amount, PIECE, named)
    return None


def conversion(source: Unit, target: Unit, density: Decimal | None = None) -> Decimal | None:
    """The factor that turns a price for one ``source`` into a price for one ``target``.

    A package becomes kilograms (or liters) and other packages by what is in it. Where the target is a
    bare container, a price for the same container of whatever size is already a price for it.

    Args:
        source: Unit of the price.
        target: Unit of the register.
        density: Kilograms in a liter, where the register states it; without it mass and volume do
            not mix.

    Returns:
        None when there is no conversion. A factor that no decimal can hold (1/0,37) is rounded to 28
        digits.
    """
    if target.dimension == PIECE:
        pieces = source.amount if source.dimension == PIECE else Decimal(1)
        return target.amount / pieces if source.container == target.container else None
    if source.dimension == PIECE:
        return None
    factor = target.amount / source.amount
    if source.dimension == target.dimension:
        return factor
    if density is None:
        return None
    return factor / density if source.dimension == VOLUME else factor * density


def _plain(text: str) -> str:
    """Without what does not matter: capitals, brackets, stray spaces and points, ``Rp/``."""
    # Parted from what stands before it: "1½" is not eleven halves.
    parted = "".join(f" {sign}" if unicodedata.category(sign) == "No" else sign for sign in text)
    folded = unicodedata.normalize("NFKC", parted).replace("\N{FRACTION SLASH}", "/").casefold()
    # A bracket parts words ("zak (50 kg)"), and a point after a letter only shortens ("kg.", "btl.").
    spaced = re.sub(r"(?<=[a-z])\.", " ", re.sub(r"[()\[\]]", " ", folded))
    plain = " ".join(spaced.split())
    while (shorter := _PREFIX.sub("", plain)) != plain:
        plain = shorter
    return plain


def _measured(measure: str, amount: str | None, container: str | None, *, slash: str) -> Unit | None:
    dimension, size = _MEASURES[measure]
    count = _amount(amount)
    if count is None:
        return None
    if container is None:
        return Unit(count * size, dimension)
    if amount is None:
        return None  # "kg/karung": how many is not said.
    named = _PACKAGES.get(container) or (_ONLY_AFTER_A_SLASH.get(container) if slash == "/" else None)
    return Unit(count * size, dimension, named) if named else None


def _amount(text: str | None) -> Decimal | None:
    """An amount above zero; 1 where none is written, None for one that cannot be told."""
    if text is None:
        return Decimal(1)
    whole, _, part = text.partition("/")
    try:
        # No thousands begin with a zero: 0.250 is a quarter, whatever 1.250 is.
        number = Decimal(whole) if re.fullmatch(r"0+\.\d+", whole) else parse_number(whole)
    except ValueError:
        return None
    if part:
        if int(part) not in _FINITE:
            return None
        number /= int(part)
    return number if number > 0 else None
