"""Headings and tables of the body: every heading gets an id, links without a target are undone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

_HEADING = re.compile(r"<h([1-3])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r'\bid="([^"]+)"')
_TAG = re.compile(r"<[^>]+>")
_LOCAL_LINK = re.compile(r'<a\b[^>]*\bhref="#([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_CLASSED = re.compile(r'<p (class="[^"]*")>(.*?)</p>', re.DOTALL)
_PAGE_ALONE = re.compile(
    r'<a class="(?:beside|told)"[^>]*>(.*?)</a>|<details class="traces">.*?</details>\n?', re.DOTALL
)
_FIGURE = re.compile(r'<figure class="(?:table|gambar)" id="([^"]+)">(.*?)</figure>', re.DOTALL)
_CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """A line of the contents or of the list of tables and pictures.

    Attributes:
        level: 1 to 3; 1 for tables and pictures.
        anchor: Its id in the document.
        text: In one line.
    """

    level: int
    anchor: str
    text: str


def plain(html: str) -> str:
    """The words of a piece of HTML in one line."""
    return " ".join(unescape(_TAG.sub("", re.sub(r"<br\s*/?>", " ", html))).split())


def anchored(body: str) -> str:
    """The body with an id on each heading, and without links that lead nowhere.

    A table may name the figure behind a cell before, or without, the appendix that explains it.
    """
    used = set(_ID.findall(body))

    def heading(match: re.Match[str]) -> str:
        level, attributes, inner = match.groups()
        if _ID.search(attributes):
            return match.group(0)
        base = re.sub(r"[^a-z0-9]+", "-", plain(inner).lower()).strip("-") or "bagian"
        # A figure's id must stay free for it: headings have a prefix of their own.
        anchor, number = f"isi-{base[:60]}", 1
        while anchor in used:
            number += 1
            anchor = f"isi-{base[:60]}-{number}"
        used.add(anchor)
        return f'<h{level}{attributes} id="{anchor}">{inner}</h{level}>'

    body = _HEADING.sub(heading, body)
    return _LOCAL_LINK.sub(lambda m: m.group(0) if m.group(1) in used else m.group(2), body)


def contents(body: str) -> list[Entry]:
    """The headings of an anchored body, in order."""
    found = []
    for level, attributes, inner in _HEADING.findall(body):
        anchor = _ID.search(attributes)
        if anchor and "no-contents" not in attributes:
            found.append(Entry(int(level), anchor.group(1), plain(inner)))
    return found


def captions(body: str) -> list[Entry]:
    """The captioned tables and pictures of the body, in order."""
    found = [(anchor, _CAPTION.search(inner)) for anchor, inner in _FIGURE.findall(body)]
    return [Entry(1, anchor, plain(caption[1])) for anchor, caption in found if caption]


def for_pandoc(body: str) -> str:
    """The anchored body with classes of paragraphs on a division around them: pandoc drops them else.

    Links to files beside the web page and to its cards are words here: PDF and Word are mailed and printed
    alone.
    """
    return _CLASSED.sub(r"<div \1><p>\2</p></div>", _PAGE_ALONE.sub(lambda m: m[1] or "", anchored(body)))
