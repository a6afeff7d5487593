"""Text as BPS sends it, made into text as a person reads it."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<\s*(?:br|/?p|/?li|/?ul|/?ol|/?div)\b[^<>]*>", re.IGNORECASE)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
"""Soft hyphens, marks of no width and control signs: nobody sees them, and they split words. Halves of
surrogate pairs too, which no file and no database takes."""
_JOINING = ("dan", "and", "serta", "the")


def clean(text: object) -> str:
    """A label as a person reads it: unescaped twice, without tags, with single spaces."""
    plain = html.unescape(html.unescape(text if isinstance(text, str) else str(text)))
    return " ".join(without_unseen(_TAG.sub(" ", plain)).split())


def without_unseen(text: str) -> str:
    """Text without the signs that nobody sees; tags and breaks stay."""
    return _UNSEEN.sub("", text)


def note_lines(text: object) -> list[str]:
    """The lines of a note, which comes as HTML with lists and breaks."""
    plain = html.unescape(html.unescape(text if isinstance(text, str) else ""))
    lines = (clean(line) for line in _BREAK.sub("\n", plain).splitlines())
    return [line for line in lines if line]


@lru_cache(maxsize=8192)
def words_of(text: str) -> str:
    """The words alone: small letters, without signs and joining words, so that spellings compare equal.

    ``Perdagangan Besar & Eceran; Reparasi …`` becomes ``perdagangan besar eceran reparasi …``.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(w for w in re.sub(r"[^a-z0-9]+", " ", plain).split() if w not in _JOINING)
