"""The sheet that all charts are drawn on: matplotlib within bounds that give the same bytes everywhere.

Whatever is drawn depends on the data alone: no setting of the machine is read (``matplotlibrc``), no font
of it is looked for, identifiers follow from the chart's own name, and there is no date. matplotlib draws
what has a scale; words are put beside it as words, in the typeface that Typst brings along, at places that
need no measuring. The page takes the drawing inline, so all that could reach beyond it is removed: a style
sheet, identifiers that another chart has as well, and styles that its security policy forbids.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, SOFT, LIGHT, LINE_COLOUR, PAPER = "#1d2328", "#5b6670", "#d5dae0", "#1f4e79", "#ffffff"
"""Dark enough, or light enough, to be told apart on a black and white printer."""
TYPEFACE = "Libertinus Serif"
HATCH = "////"
WIDE, NARROW = 580, 288
"""In pixels of the page; two narrow ones stand beside each other between the margins of PDF and Word."""

_SVG = "{http://www.w3.org/2000/svg}"
_MIDDLE = 0.35
"""Of a letter's size: how far its foot lies below its middle."""
_DPI = 72
"""Points are pixels then: matplotlib writes SVG in points."""
_SETTINGS: dict[Any, Any] = {"hatch.linewidth": 0.7, "path.simplify": False}


@cache
def _settle() -> None:
    """Make matplotlib forget what the machine has; this process draws nothing else with it."""
    import matplotlib as mpl  # noqa: PLC0415 - a large library, which only drawing needs

    mpl.rcdefaults()
    mpl.rcParams.update(_SETTINGS)


def _number(value: float) -> str:
    """A place with two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _figure(width: int, height: int) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415

    return Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI, facecolor=PAPER)


def _written(figure: Figure, identifier: str) -> bytes:
    import matplotlib as mpl  # noqa: PLC0415

    written = io.BytesIO()
    mpl.rcParams["svg.hashsalt"] = identifier
    metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(written, format="svg", metadata=metadata)
    return written.getvalue()


class Canvas:
    """A white sheet; places on it are pixels from its upper left corner."""

    def __init__(self, identifier: str, width: int, height: int) -> None:
        """A sheet.

        Args:
            identifier: Of the chart, unlike all others of a report.
            width: In pixels.
            height: In pixels.
        """
        self._identifier, self._width, self._height = identifier, width, height
        self._words: list[etree._Element] = []
        _settle()
        self._figure = _figure(width, height)

    def axes(
        self,
        box: tuple[float, float, float, float],
        across: tuple[float, float],
        up: tuple[float, float],
    ) -> Axes:
        """A field to draw in, without frame, axes and ticks.

        Args:
            box: Its left, top, right and bottom.
            across: The values at its left and right.
            up: The values at its bottom and top.
        """
        left, top, right, bottom = box
        place = (
            left / self._width,
            1 - bottom / self._height,
            (right - left) / self._width,
            (bottom - top) / self._height,
        )
        field = self._figure.add_axes(place, xlim=across, ylim=up, autoscale_on=False)
        # Ticks and letters of matplotlib's own cost more than all the rest; see name_across and name_up.
        field.set_axis_off()
        return field

    def write(
        self, x: float, y: float, text: str, *, size: float = 10, anchor: str = "start", bold: bool = False
    ) -> None:
        """Words with their foot at ``y``; ``anchor`` is ``start``, ``middle`` or ``end``."""
        said = {
            "x": _number(x),
            "y": _number(y),
            "font-family": TYPEFACE,
            "font-size": _number(size),
            "text-anchor": anchor,
            "fill": INK,
            **({"font-weight": "bold"} if bold else {}),
        }
        self._words.append(etree.Element(f"{_SVG}text", said))
        self._words[-1].text = text

    def write_in(
        self, field: Axes, place: tuple[float, float], off: tuple[float, float], text: str, size: float
    ) -> None:
        """Words in the middle over a place of a field, so many pixels to the right and below it."""
        x, y = self._place(field, *place)
        self.write(x + off[0], y + off[1], text, size=size, anchor="middle")

    def name_across(
        self, field: Axes, places: Sequence[float], names: Sequence[str], size: float, below: float = 4
    ) -> None:
        """Names under places of a field, so many pixels below it."""
        bottom = field.get_ylim()[0]
        for place, name in zip(places, names, strict=True):
            self.write_in(field, (place, bottom), (0, below + size), name, size)

    def name_up(self, field: Axes, places: Sequence[float], names: Sequence[str], size: float) -> None:
        """Names left of places of a field."""
        left = field.get_xlim()[0]
        for place, name in zip(places, names, strict=True):
            x, y = self._place(field, left, place)
            self.write(x - 4, y + size * _MIDDLE, name, size=size, anchor="end")

    def _place(self, field: Axes, x: float, y: float) -> tuple[float, float]:
        across, up = field.transData.transform((x, y))
        return float(across), self._height - float(up)

    def line(self, xs: Sequence[float], ys: Sequence[float], **look: Any) -> None:
        """A line on the sheet, behind all fields."""
        from matplotlib.lines import Line2D  # noqa: PLC0415

        ups = [self._height - y for y in ys]
        self._figure.add_artist(Line2D(xs, ups, transform=None, zorder=-1, **look))

    def box(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        """A rectangle on the sheet with its upper left corner at a place."""
        from matplotlib.patches import Rectangle  # noqa: PLC0415

        corner = (x, self._height - y - height)
        self._figure.add_artist(Rectangle(corner, width, height, transform=None, **look))

    def svg(self, title: str, described: str) -> str:
        """The whole drawing with its title and description for those who cannot see it."""
        root = etree.fromstring(_written(self._figure, self._identifier))
        _simplify(root)
        root.extend(self._words)
        self._describe(root, title, described)
        return re.sub(r">\s+<", "><", etree.tostring(root, encoding="unicode")).strip()

    def _describe(self, root: etree._Element, title: str, described: str) -> None:
        words = [
            (f"{self._identifier}-judul", "title", title),
            (f"{self._identifier}-uraian", "desc", described),
        ]
        for place, (identifier, tag, text) in enumerate(words):
            element = etree.Element(f"{_SVG}{tag}", {"id": identifier})
            element.text = text
            root.insert(place, element)
        root.attrib.clear()
        root.attrib.update(
            {
                "viewBox": f"0 0 {self._width} {self._height}",
                "width": str(self._width),
                "height": str(self._height),
                "role": "img",
                "aria-labelledby": " ".join(identifier for identifier, _, _ in words),
                # What matplotlib says in a style sheet, which would hold for the whole page.
                "stroke-linejoin": "round",
                "stroke-linecap": "butt",
            }
        )


def _simplify(root: etree._Element) -> None:
    """Remove what reaches beyond the drawing, and write styles as attributes."""
    for tag in ("metadata", "style"):
        for element in list(root.iter(f"{_SVG}{tag}")):
            element.getparent().remove(element)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for declared in (element.attrib.pop("style", "") or "").split(";"):
            name, _, value = declared.partition(":")
            if value:
                element.set(name.strip(), value.strip().replace("'", ""))
        if element.tag == f"{_SVG}g":
            element.attrib.pop("id", None)
        elif element.tag == f"{_SVG}path" and "d" in element.attrib:
            element.set("d", re.sub(r"\s+", " ", element.get("d", "")).strip())
        if (element.get("transform") or "").startswith("rotate(-0 "):
            del element.attrib["transform"]
