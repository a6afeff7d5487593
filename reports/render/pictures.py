"""The pictures of the report, taken out of the HTML before pandoc reads it.

Typst sets SVG as it is; Word gets PNG, which Typst makes too, with the fonts that it brings along. A
word of its own keeps the place of a picture, as with tables (:mod:`reports.render.lifted`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from core.errors import RenderError
from core.temporary import temporary_folder

PLACE = re.compile(r"gambarterangkat(\d+)x")
PIXELS_PER_INCH = 200
POINTS_PER_PIXEL = 0.75
"""A pixel of the page is the ninety-sixth part of an inch, a point the seventy-second."""
TEXT_WIDTH = 439.0
"""Points between the margins of an upright page, in the PDF as in Word; no picture is wider."""

_SVG = re.compile(r"<svg\b[^>]*?\bwidth=\"(\d+)\"[^>]*?\bheight=\"(\d+)\".*?</svg>", re.DOTALL)
_WORDS = re.compile(r"<(title|desc)\b[^>]*>(.*?)</\1>", re.DOTALL)


@dataclass(frozen=True)
class LiftedPicture:
    """A picture.

    Attributes:
        place: The word that keeps its place.
        svg: As it stands in the web page.
        width, height: In points.
        words: What it shows, for those who do not see it.
    """

    place: str
    svg: str
    width: float
    height: float
    words: str


def lift_pictures(body: str) -> tuple[str, tuple[LiftedPicture, ...]]:
    """Take the pictures out.

    Returns:
        The HTML with a word ``gambarterangkat0x`` in place of each picture, and the pictures in order.
    """
    lifted: list[LiftedPicture] = []

    def lift(found: re.Match[str]) -> str:
        svg = found[0]
        words = " ".join(unescape(text) for _, text in _WORDS.findall(svg))
        width, height = (int(found[number]) * POINTS_PER_PIXEL for number in (1, 2))
        scale = min(1.0, TEXT_WIDTH / width)
        lifted.append(
            LiftedPicture(f"gambarterangkat{len(lifted)}x", svg, width * scale, height * scale, words)
        )
        return lifted[-1].place

    return _SVG.sub(lift, body), tuple(lifted)


def put_pictures(source: str, pictures: Sequence[LiftedPicture]) -> str:
    """Put the pictures into Typst's source, each as a file that :func:`write_pictures` writes."""

    def put(found: re.Match[str]) -> str:
        picture = pictures[int(found[1])]
        words = json.dumps(picture.words, ensure_ascii=False)
        return f'#box(image("{picture.place}.svg", width: {picture.width}pt, alt: {words}))'

    return PLACE.sub(put, source) if pictures else source


def write_pictures(pictures: Sequence[LiftedPicture], folder: Path) -> None:
    """Write each picture beside Typst's source."""
    for picture in pictures:
        (folder / f"{picture.place}.svg").write_text(picture.svg, encoding="utf-8")


def draw_png(pictures: Sequence[LiftedPicture]) -> tuple[bytes, ...]:
    """Each picture as PNG, the same bytes for the same picture on every machine.

    Raises:
        RenderError: Typst did not accept one of them.
    """
    if not pictures:
        return ()
    # Typst is a large library; a report without pictures has no need of it here.
    import typst  # noqa: PLC0415

    pages = "\n#pagebreak()\n".join(
        f'#image("{picture.place}.svg", width: {picture.width}pt, height: {picture.height}pt)'
        for picture in pictures
    )
    try:
        with temporary_folder() as folder:
            write_pictures(pictures, folder)
            main = folder / "gambar.typ"
            main.write_text(f"#set page(width: auto, height: auto, margin: 0pt)\n{pages}\n", encoding="utf-8")
            compiler = typst.Compiler(main, root=folder, ignore_system_fonts=True)
            drawn = compiler.compile(format="png", ppi=PIXELS_PER_INCH)
    except (typst.TypstError, RuntimeError) as cause:
        raise RenderError(
            f"Gambar grafik untuk Word gagal dibuat: Typst melaporkan “{cause}”.",
            todo="Periksa reports/charts/, lalu ulangi; laporan sebelumnya tidak berubah.",
        ) from cause
    return (drawn,) if isinstance(drawn, bytes) else tuple(drawn or ())
