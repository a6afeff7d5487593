"""How wide letters are: Typst is asked once for each font, so that lines can be foreseen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from core.errors import RenderError

_ASKED = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "".join(map(chr, range(0xA0, 0xAD)))
    + "áéíóúñçèêàüöä×÷–—‘’“”…•≥≤†‡−"
)
_USUAL = 0.5
"""Of a letter that was not asked for, in parts of the font's size."""

_SOURCE = """#set page(width: auto, height: auto)
#set text(font: {family}, size: 100pt, hyphenate: false)
#let lebar(tebal) = {letters}.map(huruf => measure(text(weight: tebal, huruf)).width.pt() / 100)
#context [#metadata((lebar("regular"), lebar("bold"))) <lebar>]
"""


@dataclass(frozen=True)
class Letters:
    """Widths of a font's letters in parts of its size."""

    regular: Mapping[str, float]
    bold: Mapping[str, float]
    _known: dict[tuple[str, bool], float] = field(default_factory=dict, repr=False, compare=False)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Width of a text in points, without kerning."""
        found = self._known.get((text, bold))
        if found is None:
            widths = self.bold if bold else self.regular
            found = self._known[text, bold] = sum([widths.get(letter, _USUAL) for letter in text])
        return found * size


def measure_letters(family: str, font_paths: Sequence[Path] = ()) -> Letters:
    """Ask Typst for the widths of a font's letters.

    Raises:
        RenderError: Typst could not say it.
    """
    regular, bold = _asked(family, tuple(font_paths))
    return Letters(regular, bold)


@lru_cache(maxsize=8)
def _asked(family: str, font_paths: tuple[Path, ...]) -> tuple[dict[str, float], dict[str, float]]:
    # Typst is a large library; whoever only wants the web page need not wait for it.
    import typst  # noqa: PLC0415

    letters = "(" + ", ".join(json.dumps(letter, ensure_ascii=False) for letter in _ASKED) + ")"
    source = _SOURCE.format(family=json.dumps(family, ensure_ascii=False), letters=letters)
    try:
        fonts = typst.Fonts(include_system_fonts=False, font_paths=list(font_paths))
        compiler = typst.Compiler(source.encode(), font_paths=fonts)
        regular, bold = json.loads(compiler.query("<lebar>", field="value", one=True))
    except (typst.TypstError, RuntimeError) as cause:
        raise RenderError(
            f"Huruf {family!r} tidak dapat diukur: Typst melaporkan “{cause}”.",
            todo="pilih huruf lain di form.yaml, atau ganti berkas hurufnya.",
        ) from cause
    return dict(zip(_ASKED, regular, strict=True)), dict(zip(_ASKED, bold, strict=True))
