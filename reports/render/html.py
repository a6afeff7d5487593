"""The web page: one file, nothing loaded from elsewhere, readable on a screen and printable."""

from __future__ import annotations

import base64
import re
from pathlib import PurePath

from markupsafe import Markup

from reports.cards import Card
from reports.render.document import Document
from reports.render.environment import environment
from reports.render.headings import Entry, anchored, captions, contents
from reports.render.pdf import emblem_bytes, emblem_name
from reports.screen import NO_SOURCE, screen_script, screen_style, script_source

_TRACED = re.compile(r'<a class="(?:trace|told)" href="#asal-([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
_ENDED = re.compile(r"\(?<button popovertarget=\"k\d+\">[^<]*</button>[,.;:)]+")
"""A button may begin a line of its own, and what follows it too; its comma must not."""
_TRACES = re.compile(r'<details class="traces">.*?</details>', re.DOTALL)
_TABLE = re.compile(
    r'(<figure class="table"[^>]*>\s*<figcaption><span class="number">(.*?)</span>.*?)(<table>.*?</table>)',
    re.DOTALL,
)

_COVER = '<section class="cover">'
_LARGE = '<p class="charts single">'
_MOVED = 'role="group" aria-label="Gambar yang dapat digeser" tabindex="0"'
_AS_EVER = re.compile(r'(<td[^>]*?) style="text-align: left"|(?<=<th) style="text-align: center"')
"""Where a browser puts the words of a cell anyway."""


def render_html(document: Document) -> bytes:
    """The report as one self-contained page, UTF-8.

    The contents stand at the side on wide screens; the lists of the printed report are filled with links.
    A figure that has a card opens it; the browser does that itself, without a script. The script, the only
    one that may run, searches and marks the place in the contents.
    """
    body, cards = _with_buttons(document.body, document.cards)
    body = anchored(body)
    headings = contents(body)
    body = body.replace('<div class="contents-here"></div>', _list(headings))
    body = body.replace('<div class="tables-here"></div>', _list(sorted(captions(body), key=_is_picture)))
    body = body.replace(_COVER, _COVER + _emblem(document), 1)
    body = _AS_EVER.sub(r"\1", _TABLE.sub(_boxed, body)).replace(_LARGE, f"{_LARGE[:-1]} {_MOVED}>")
    page = (
        environment()
        .get_template("report/layout.html.j2")
        .render(
            document=document,
            body=Markup(body),  # noqa: S704 - made by the autoescaped chapter templates
            cards=cards,
            contents=[entry for entry in headings if entry.level < 3],
            style=Markup(screen_style()),  # noqa: S704 - our own file
            script=Markup(screen_script()),  # noqa: S704 - our own file
            policy=Markup(f"{NO_SOURCE}; script-src {script_source()}"),  # noqa: S704 - our own words
            marks={
                name: f'class="mark-{name}' in body for name in ("provisional", "illustrative", "differs")
            },
            waiting='class="mark-waiting' in body,
        )
    )
    return page.encode()


def _emblem(document: Document) -> str:
    """The emblem, in the page itself; the program's own says nothing to who does not see it."""
    kind = "svg+xml" if PurePath(emblem_name(document)).suffix == ".svg" else "png"
    data = base64.b64encode(emblem_bytes(document)).decode()
    words = f"Lambang {document.region}" if document.emblem else ""
    made = Markup('<img class="emblem" alt="{}" src="data:image/{};base64,{}">')
    return str(made.format(words, kind, data))


def _with_buttons(body: str, cards: tuple[Card, ...]) -> tuple[str, list[Card]]:
    """Figures as buttons of their cards, and the cards that are opened, in the order of their numbers.

    A figure without a card stays a link to the appendix.
    """
    known = {card.figure: card for card in cards}
    numbers: dict[str, int] = {}

    def opening(found: re.Match[str]) -> str:
        figure, text = found.groups()
        if figure not in known:
            return found.group()
        number = numbers.setdefault(figure, len(numbers) + 1)
        return f'<button popovertarget="k{number}">{text}</button>'

    body = _TRACED.sub(opening, body)
    body = _ENDED.sub(r'<span class="whole">\g<0></span>', body)
    body = _TRACES.sub(lambda found: found[0] if "<button" in found[0] else "", body)
    return body, [known[figure] for figure in numbers]


def _boxed(found: re.Match[str]) -> str:
    """A table in a box of its own, which is moved sideways where the screen is narrow."""
    before, label, table = found.groups()
    return f'{before}<div class="box" role="group" aria-label="Isi {label}" tabindex="0">{table}</div>'


def _is_picture(entry: Entry) -> bool:
    return entry.text.startswith("Gambar ")


def _list(entries: list[Entry]) -> str:
    lines = (
        Markup('<li class="level-{}"><a href="#{}">{}</a></li>').format(e.level, e.anchor, e.text)
        for e in entries
    )
    return '<ul class="contents-list">' + "".join(lines) + "</ul>"
