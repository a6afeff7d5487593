"""The report's HTML made ready for paper: tables upright or whole, places to break words."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree, html

from reports.render.lifted import PLACE
from reports.render.pages.columns import SetTable
from reports.render.pages.hyphens import hyphenate
from reports.render.pages.letters import Letters
from reports.render.pages.paper import Paper


def arrange(text: str, tables: Sequence[SetTable], letters: Letters, paper: Paper) -> str:
    """The HTML, changed.

    Args:
        text: Without its tables, as :func:`~reports.render.lifted.lift_tables` gives it.
        tables: In their order.
        letters: Of the font of the text.
        paper: Of the report.
    """
    root = html.fragment_fromstring(text, create_parent="div")
    for outer in list(root.iter("div")):
        if "landscape" in outer.get("class", "").split() and all(t.upright for t in _inside(outer, tables)):
            outer.drop_tag()
    for figure in root.iter("figure"):
        inside = _inside(figure, tables)
        if inside:
            classes = [name for name in figure.get("class", "").split() if name != "utuh"]
            if len(inside) == 1 and inside[0].is_low(paper.text_height):
                classes.append("utuh")
            figure.set("class", " ".join(classes))
    hyphenate(root, letters, paper.text_width)
    return (root.text or "") + "".join(html.tostring(child, encoding="unicode") for child in root)


def _inside(element: etree._Element, tables: Sequence[SetTable]) -> list[SetTable]:
    return [tables[int(number)] for number in PLACE.findall("".join(element.itertext()))]
