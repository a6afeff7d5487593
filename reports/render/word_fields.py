"""Numbers of captions, references to them and lists of them as fields that Word keeps up by itself.

Each chapter counts its tables and pictures under a name of its own (``Tabel_3``): a count that begins anew at
a heading (``\\s``) LibreOffice would go on with over the whole report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from reports.render.headings import Entry
from reports.render.word_elements import W, element

Title = tuple[str, Entry]
"""A bookmark and the caption that it marks."""
_KINDS = ("Tabel", "Lampiran", "Gambar")
_LABEL = re.compile(r"(Tabel|Gambar|Lampiran) ((?:\w+\.)*)(\d+)")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FIRST = 300_000


def field(code: str, shown: Sequence[etree._Element]) -> list[etree._Element]:
    """The runs of a field that shows some runs until Word updates it."""
    return [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", _spaced("instrText", f" {code} ")),
        element("r", element("fldChar", fldCharType="separate")),
        *shown,
        element("r", element("fldChar", fldCharType="end")),
    ]


def counter_of(caption: str) -> str:
    """The name under which Word counts what a caption labels, ``Tabel_3``; empty for one without a label."""
    found = _LABEL.match(caption)
    return "_".join([found[1], *found[2].split(".")]).rstrip("_") if found else ""


def lists_of(titles: Sequence[Title]) -> list[tuple[str, list[Title]]]:
    """The lists of tables, of pictures and of what else is labelled: a field for each name that counts."""
    listed: dict[str, list[Title]] = {}
    for title in titles:
        if name := counter_of(title[1].text):
            listed.setdefault(name, []).append(title)
    order = sorted(listed, key=lambda name: _KINDS.index(name.partition("_")[0]))
    return [(f'TOC \\h \\z \\c "{name}"', listed[name]) for name in order]


def number_captions(main: etree._Element, entries: Iterable[Entry], styles: Sequence[str]) -> dict[str, str]:
    """Let Word count tables and pictures.

    Args:
        main: The body of Word's document.
        entries: The captions, in order.
        styles: Those of captions.

    Returns:
        By the id of a table or picture the bookmark around its label, ``Tabel 3.2``.
    """
    waiting, counted = list(entries), Counter[str]()
    marked: dict[str, str] = {}
    for paragraph in main.iter(f"{W}p"):
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        style = found.get(f"{W}val") if found is not None else ""
        if style not in styles:
            continue
        entry = waiting.pop(0)
        run = paragraph.find(f"{W}r")
        text = run.find(f"{W}t") if run is not None else None
        label = _LABEL.fullmatch(text.text or "") if text is not None else None
        if run is None or label is None:
            continue
        kind, before, number = label.groups()
        counter = counter_of(label[0])
        counted[counter] += 1
        begins = "" if counted[counter] == int(number) else f" \\r {number}"
        counted[counter] = int(number)
        name, identifier = f"_Ref{_FIRST * 100 + len(marked) + 1}", _FIRST + len(marked) + 1
        marked[entry.anchor] = name
        shown = [element("r", _spaced("t", number))]
        for made in (
            element("bookmarkStart", id=identifier, name=name),
            element("r", _spaced("t", f"{kind} {before}")),
            *field(f"SEQ {counter} \\* ARABIC{begins}", shown),
            element("bookmarkEnd", id=identifier),
        ):
            run.addprevious(made)
        paragraph.remove(run)
    return marked


def refer(main: etree._Element, marked: Mapping[str, str]) -> None:
    """Make links that show the label of a table or picture into references that follow its number."""
    for link in list(main.iter(f"{W}hyperlink")):
        name = marked.get(link.get(f"{W}anchor", ""))
        runs = link.findall(f"{W}r")
        if name is None or not _LABEL.fullmatch("".join(link.itertext(f"{W}t"))):
            continue
        for made in field(f"REF {name} \\h", runs):
            link.addprevious(made)
        parent = link.getparent()
        if parent is not None:
            parent.remove(link)


def _spaced(tag: str, text: str) -> etree._Element:
    made = element(tag, text=text)
    made.set(_SPACE, "preserve")
    return made
