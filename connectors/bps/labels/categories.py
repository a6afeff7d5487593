"""Telling which category, sub-category or total a row's label names.

A label is a mark (``C``, ``G.2``, ``1a.``, ``[M,N]``, ``VII.``) and a name in Indonesian, English or
both. The name decides; a mark that contradicts it makes the label unreadable. A name that is one
typing slip away from exactly one known name is taken for it, and the slip is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from connectors.bps.labels.industries import (
    CATEGORIES,
    CODES,
    KINDS,
    OTHER_TOTAL,
    SUBCATEGORIES,
    TOTAL,
    TOTAL_NONMIGAS,
    WITHIN,
    category_of,
)
from connectors.bps.labels.text import words_of

LONGEST_LABEL = 400
"""Letters; the longest name of an industry in two languages has some 200."""
_SUMS = (TOTAL, TOTAL_NONMIGAS, OTHER_TOTAL)
SHORTEST_SLIP = 10
"""Letters that a name must have for a slip in it to be forgiven."""


@dataclass(frozen=True)
class Category:
    """What a row is.

    Attributes:
        code: ``A`` … ``R,S,T,U``, ``TOTAL``, ``TOTAL_NONMIGAS``, or of a sub-category (``G.2``); empty
            for a row that is no figure of ours: an unknown sub-category, or another total.
        is_subcategory: Whether it is a part of a category, known or not.
        slip: The right name, when the label has a typing slip.
        by_context: Whether only the category row before it tells which sub-category it is.
    """

    code: str
    is_subcategory: bool = False
    slip: str = ""
    by_context: bool = False


def read_categories(labels: Iterable[str]) -> list[Category | None]:
    """Tell what the rows of one table are, in the order of the table.

    Returns:
        For each cleaned label what :func:`read_category` says, knowing the category row before it. A
        row that looks like an unknown sub-category but stands before every category is unknown.
    """
    found: list[Category | None] = []
    parent = ""
    for label in labels:
        category = read_category(label, parent)
        if category is not None and category.code in CODES:
            parent = category.code
        elif category is not None and category.is_subcategory and not category.code and not parent:
            category = None
        found.append(category)
    return found


@lru_cache(maxsize=8192)
def read_category(label: str, parent: str = "") -> Category | None:
    """Tell which category, sub-category or total a cleaned label names.

    Args:
        label: ``G.2 Perdagangan Besar dan Eceran, Bukan Mobil dan Sepeda Motor/Wholesale …``.
        parent: Code of the category row before it, when the table's order is known.

    Returns:
        None when no rule knows it, or its mark and its name contradict each other.
    """
    if len(label) > LONGEST_LABEL:
        return None
    marks, name = _split_marks(_FOOTNOTE.sub("", label))
    within = WITHIN.get(parent, {}).get(words_of(name), "")
    if within and _marks_a_part(marks) and _agree(marks, within):
        return Category(within, is_subcategory=True, by_context=True)
    code, slip = _name_in_any_language(name)
    if code in _SUMS:
        return Category("" if code == OTHER_TOTAL else code) if not marks or marks == ("A", "U") else None
    if code in SUBCATEGORIES and parent not in ("", category_of(code)) and len(marks) < _MARKS_WITH_PARENT:
        return Category("", is_subcategory=True)  # It stands below another category.
    if code and _agree(marks, code):
        return Category(code, is_subcategory=code in SUBCATEGORIES, slip=slip)
    if _marks_a_part(marks):  # A part that repeats its category's name, or is none that is known.
        is_unknown = words_of(name) and (code not in CODES or code == parent)
    else:
        is_unknown = not marks and not code and words_of(name).startswith(KINDS)
    return Category("", is_subcategory=True) if is_unknown else None


# --- marks --------------------------------------------------------------------------------------

_FOOTNOTE = re.compile(r"(?:\s*(?:\*+\)?|\d\)|\^\d))+\s*$")
_MARK = re.compile(
    r"[\s_\[(]*(RSTU|MN|[IVX]{1,5}(?![A-Za-z])|[A-Ua-u](?![A-Za-z])|\d{1,2}(?![0-9]))"
    r"(?:[\s.,;:/)\]|–—-]+|(?=[A-Ua-u][\s.)]|\d|$))"
)
_RANGE = re.compile(
    r"\s*[\[(]?([A-U])\s*(?:-|–|—|s\.?\s?/?d\.?|sampai|\.{2,}|…)\s*([A-U])[\])]?[\s.:)-]+(?=[A-Za-z])"
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10,
          "XI": 11, "XII": 12, "XIII": 13, "XIV": 14, "XV": 15, "XVI": 16, "XVII": 17}  # fmt: skip
_MOST_MARKS = 4
_MARKS_WITH_PARENT = 2
"""From so many marks on (``G.2``) a sub-category says itself where it belongs."""


def _split_marks(label: str) -> tuple[tuple[str, ...], str]:
    """The marks before a name, and the name."""
    span = _RANGE.match(label)
    if span:
        first, last = span[1], span[2]
        if (first, last) == ("A", "U"):
            return ("A", "U"), label[span.end() :]
        return tuple(chr(n) for n in range(ord(first), ord(last) + 1)), label[span.end() :]
    marks: list[str] = []
    place = 0
    while len(marks) < _MOST_MARKS and (match := _MARK.match(label, place)):
        marks += list(match[1]) if match[1] in ("RSTU", "MN") else [match[1]]
        place = match.end()
    return tuple(marks), label[place:].lstrip(" ])-–—.:|")


def _marks_a_part(marks: tuple[str, ...]) -> bool:
    """Whether marks are those of a sub-category: ``1.``, ``a.``, ``A.1``."""
    return bool(marks) and (marks[-1].isdigit() or (marks[-1].islower() and marks[-1].isalpha()))


def _agree(marks: tuple[str, ...], code: str) -> bool:
    """Whether marks do not contradict what the name says."""
    if not marks:
        return True
    if code in CODES:
        return _agree_with_category(marks, code)
    head, number, *letter = code.split(".")
    rest = marks[1:] if len(marks) > 1 and _agree_with_category(marks[:1], head) else marks
    if letter:  # Two lists are in use whose letters differ, so only what stands before is compared.
        return len(rest) == 1 or (len(rest) == 2 and _is_number(rest[0], number))
    return len(rest) == 1 and _is_number(rest[0], number)


def _agree_with_category(marks: tuple[str, ...], code: str) -> bool:
    place = CODES.index(code) + 1
    if tuple(mark.upper() for mark in marks) == tuple(code.split(",")):
        return True
    return len(marks) == 1 and (marks[0] == str(place) or _ROMAN.get(marks[0]) == place)


def _is_number(mark: str, number: str) -> bool:
    if mark.isdigit():
        return int(mark) == int(number)
    return mark.islower() and ord(mark) - ord("a") + 1 == int(number)


# --- names --------------------------------------------------------------------------------------

_ENGLISH = re.compile(
    r"\b(?:of|agriculture|agricultural|mining|manufactur|products?|electricity|water supply|construction"
    r"|wholesale|trade|transport\b|transportation|accommodation|information|financial|insurance\b|activit"
    r"|services?\b|education\b|health|crops?\b|fish|forestry|livestock|industry|industries|repair\b|sewerage"
    r"|other\b|storage|warehous|social security|petroleum|geothermal|coal|public|textiles|refining)"
)
_GDP = r"(?:produk domestik regional brut+o|pdrb|gross regional domestic product|grdp)(?: pdrb| grdp)?"
_REGION = r"(?: (?:kabupaten|kota|kab|provinsi|prov)(?: [a-z]+){1,4}?)"
_OIL = r"(?:migas|minyak gas(?: bumi)?|oil gas)"
_WITH = rf"(?: (?:dengan|termasuk|with|including) {_OIL}| total)"
_WITHOUT = rf"(?:(?:tanpa|without|excluding|tidak termasuk|di luar|diluar|non) ?{_OIL})"
_SUM = r"(?:total |jumlah |nilai |jumlah total |grand total )"
_OTHERWISE = re.compile(
    r"\b(?:tanpa|non\w*|luar|without|excluding|tidak|kapita|capita|triwulan|pengeluaran|bukan|selain"
    r"|except)\b"
)
_WITHOUT_OIL = re.compile(rf"{_SUM}?(?:{_GDP}{_REGION}? )?{_WITHOUT}{_REGION}?")
_WHOLE = re.compile(rf"{_SUM}?{_GDP}{_REGION}?{_WITH}?{_REGION}?|total|jumlah|jumlah total|grand total")
_ABOUT_GDP = re.compile(rf"{_SUM}?{_GDP}\b")
_LAYER = re.compile(r"(?:sektor |kelompok |lapangan usaha )?(?:primer|sekunder|tersier)")
_BETWEEN_LANGUAGES = re.compile(r"[/|(\[]|\s[-–—]\s")


def _names(table: Mapping[str, tuple[str, ...]], english: bool) -> dict[str, str]:
    return {n: code for code, names in table.items() for n in names if bool(_ENGLISH.search(n)) == english}


_INDONESIAN_NAMES = {**_names(SUBCATEGORIES, english=False), **_names(CATEGORIES, english=False)}
_ENGLISH_NAMES = {**_names(SUBCATEGORIES, english=True), **_names(CATEGORIES, english=True)}
_EVERY_NAME = {**_ENGLISH_NAMES, **_INDONESIAN_NAMES}
_LONG_NAMES = {n: c for n, c in _EVERY_NAME.items() if sum(map(str.isalpha, n)) >= SHORTEST_SLIP}


def _name_in_any_language(name: str) -> tuple[str, str]:
    """The code that a name stands for, and the right spelling if there is a slip; else two blanks."""
    whole = words_of(name)
    as_one = _exactly(whole) or _both_languages(whole)
    if as_one and as_one != OTHER_TOTAL:
        return as_one, ""
    for sign in _BETWEEN_LANGUAGES.finditer(name):
        first, second = words_of(name[: sign.start()]), words_of(name[sign.end() :])
        code, slip = _two_parts(first, second)
        if code:
            return code, slip
    return (as_one, "") if as_one else _with_a_slip(whole)


def _two_parts(first: str, second: str) -> tuple[str, str]:
    """The code of a name in two languages: they must not contradict each other."""
    one, other = _exactly(first), _exactly(second)
    slip = ""
    if not one:
        one, slip = _with_a_slip(first)
    if not other:
        other, _ = _with_a_slip(second)
    if one and other and one != other:
        return "", ""
    if one and (other or (_ENGLISH.search(second) and not _OTHERWISE.search(second))):
        return one, slip
    return (other, "") if second in _INDONESIAN_NAMES or other in (TOTAL, TOTAL_NONMIGAS) else ("", "")


def _exactly(words: str) -> str:
    return _EVERY_NAME.get(words) or _total(words)


def _total(words: str) -> str:
    if _WITHOUT_OIL.fullmatch(words):
        return TOTAL_NONMIGAS
    if _OTHERWISE.search(words):
        return OTHER_TOTAL if _ABOUT_GDP.match(words) else ""
    if _WHOLE.fullmatch(words):
        return TOTAL
    return OTHER_TOTAL if _LAYER.fullmatch(words) else ""


def _both_languages(words: str) -> str:
    """Names of two languages without a sign between them, as a line break leaves them."""
    parts = words.split()
    for place in range(1, len(parts)):
        first, second = " ".join(parts[:place]), " ".join(parts[place:])
        for one, other in ((_INDONESIAN_NAMES, _ENGLISH_NAMES), (_ENGLISH_NAMES, _INDONESIAN_NAMES)):
            if first in one and one[first] == other.get(second):
                return one[first]
    return ""


def _with_a_slip(words: str) -> tuple[str, str]:
    near = {name: code for name, code in _LONG_NAMES.items() if _is_one_slip(words, name)}
    if len(set(near.values())) != 1:
        return "", ""
    name = min(near)
    return near[name], name


def _is_one_slip(one: str, other: str) -> bool:
    """Whether two different texts differ by one letter too many, too few, wrong, or by two exchanged."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])


def parent_of(category: Category) -> str:
    """The category that a sub-category belongs to; empty for anything else."""
    return category_of(category.code) if category.is_subcategory and category.code else ""
