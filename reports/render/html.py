"""The web page: one file, nothing loaded from elsewhere, readable on a screen and printable."""

from __future__ import annotations

from markupsafe import Markup

from reports.render.document import Document
from reports.render.environment import TEMPLATES, environment
from reports.render.headings import Entry, anchored, captions, contents


def render_html(document: Document) -> bytes:
    """The report as one self-contained page, UTF-8.

    The contents stand at the side on wide screens; the lists of the printed report are filled with links.
    """
    body = anchored(document.body)
    headings = contents(body)
    body = body.replace('<div class="contents-here"></div>', _list(headings))
    body = body.replace('<div class="tables-here"></div>', _list(captions(body)))
    style = (TEMPLATES / "style" / "screen.css").read_text(encoding="utf-8")
    page = (
        environment()
        .get_template("report/layout.html.j2")
        .render(
            document=document,
            body=Markup(body),  # noqa: S704 - made by the autoescaped chapter templates
            contents=[entry for entry in headings if entry.level < 3],
            style=Markup(style),  # noqa: S704 - our own file
            marks={
                name: f'class="mark-{name}' in body for name in ("provisional", "illustrative", "differs")
            },
            waiting='class="mark-waiting' in body,
        )
    )
    return page.encode()


def _list(entries: list[Entry]) -> str:
    lines = (
        Markup('<li class="level-{}"><a href="#{}">{}</a></li>').format(e.level, e.anchor, e.text)
        for e in entries
    )
    return '<ul class="contents-list">' + "".join(lines) + "</ul>"
