"""The language of the chapters: Markdown with the names of :mod:`office.book.names` in a Jinja sandbox."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from office.book.names import FUNCTIONS, PARTS, WORDS

PLACE = "\ue000", "\ue001"
"""Letters around the number of a thing that is put in later; no text of a person may hold them."""
PASSAGE = "\ue002", "\ue003"
"""Letters around what names a passage that may be changed in Word (:mod:`office.book.passages`)."""
FIGURE = "\ue004", "\ue005", "\ue006"
"""Letters before and behind the expression of what a passage shows, and behind that."""
_RESERVED = frozenset((*PLACE, *PASSAGE, *FIGURE))
WIDE = re.compile(r"^:::[ \t]*mendatar[ \t]*$")
"""Opens a part on landscape pages."""
END = re.compile(r"^:::[ \t]*$")
_TITLE = re.compile(r"^#[ \t]+\S")
_OUTSIDE = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Block)


@dataclass(frozen=True)
class Slip:
    """Something in a chapter that cannot be printed, with its line."""

    line: int
    found: str
    todo: str


def sandbox() -> ImmutableSandboxedEnvironment:
    """The environment in which chapters are read: nothing outside what they are given, no loose names."""
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )


def check_text(text: str, indicators: Collection[str]) -> list[Slip]:
    """What is wrong in a chapter, in the order of its lines.

    Args:
        text: Markdown of the chapter.
        indicators: Ids of the office's indicators, which ``value`` takes.
    """
    return list(_slips_of(text, frozenset(indicators)))


@lru_cache(maxsize=256)
def _slips_of(text: str, indicators: frozenset[str]) -> tuple[Slip, ...]:
    """The standard chapters are the same in every office, and each is read more than once for an issue."""
    return tuple(sorted({*_shape(text), *_names(text, indicators)}, key=lambda slip: slip.line))


def nearest(name: str, known: Iterable[str]) -> str:
    """The todo of a wrong name: the most alike, else all."""
    listed = sorted(known)
    alike = get_close_matches(name, listed, 1, 0.55)
    return f"mungkin maksudnya {alike[0]!r}" if alike else f"yang ada: {', '.join(listed)}"


def _shape(text: str) -> Iterator[Slip]:
    lines = text.splitlines()
    titles = [number for number, line in enumerate(lines, start=1) if _TITLE.match(line)]
    first = next((number for number, line in enumerate(lines, start=1) if line.strip()), 1)
    if not titles or titles[0] != first:
        yield Slip(first, "bab tidak diawali judulnya", "tulis '# JUDUL BAB' di baris pertama")
    for number in titles[1:]:
        yield Slip(number, "judul bab kedua", "satu berkas satu bab; untuk bagiannya pakai '## Judul'")
    wide = 0
    for number, line in enumerate(lines, start=1):
        if not _RESERVED.isdisjoint(line):
            yield Slip(number, "ada huruf yang tidak dapat dicetak", "ketik ulang barisnya")
        if WIDE.match(line):
            if wide:
                yield Slip(number, "bagian mendatar di dalam bagian mendatar", "tutup dahulu dengan ':::'")
            wide = number
        elif END.match(line):
            if not wide:
                yield Slip(number, "':::' tanpa '::: mendatar' di atasnya", "hapus, atau tulis pembukanya")
            wide = 0
        elif line.startswith(":::"):
            yield Slip(
                number, f"{line.strip()!r} tidak dikenal", "tulis '::: mendatar', dan ':::' di akhirnya"
            )
    if wide:
        yield Slip(wide, "bagian mendatar tidak ditutup", "tulis ':::' di bawah bagian itu")


def _names(text: str, indicators: Collection[str]) -> Iterator[Slip]:
    environment = sandbox()
    try:
        tree = environment.parse(text)
    except TemplateSyntaxError as cause:
        yield Slip(
            cause.lineno,
            f"penulisan {{{{ … }}}} atau {{% … %}} tidak dapat dibaca ({cause.message})",
            "periksa kurung dan tanda kutip di baris itu dan baris sebelumnya",
        )
        return
    for outside in tree.find_all(_OUTSIDE):
        yield Slip(outside.lineno, "bab tidak boleh memuat berkas lain", "tulis isinya di bab ini")
    for used in tree.find_all(nodes.Filter):
        if used.name not in environment.filters:
            yield Slip(
                used.lineno, f"saringan {used.name!r} tidak dikenal", nearest(used.name, environment.filters)
            )
    undeclared = _undeclared(tree)
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name in undeclared and name.name not in {*FUNCTIONS, *WORDS}:
            yield Slip(
                name.lineno, f"nama {name.name!r} tidak dikenal", nearest(name.name, {*FUNCTIONS, *WORDS})
            )
    for part in tree.find_all(nodes.Getattr):
        if isinstance(part.node, nodes.Name) and part.node.name in WORDS:
            parts = WORDS[part.node.name]
            if part.attr not in parts:
                todo = nearest(part.attr, parts) if parts else f"tulis {part.node.name} saja"
                yield Slip(part.lineno, f"{part.node.name}.{part.attr} tidak ada", todo)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in FUNCTIONS:
            yield from _call(call, call.node.name, indicators)


def _undeclared(tree: nodes.Template) -> set[str]:
    try:
        return meta.find_undeclared_variables(tree)
    except TemplateSyntaxError:  # a filter that does not exist, which is told already
        return set()


def _call(call: nodes.Call, function: str, indicators: Collection[str]) -> Iterator[Slip]:
    known = indicators if function == "value" else FUNCTIONS[function]
    arguments: list[Any] = [a.value if isinstance(a, nodes.Const) else None for a in call.args]
    if known and not arguments:
        yield Slip(
            call.lineno, f"{function}() tanpa nama", f'tulis misalnya {{{{ {function}("{min(known)}") }}}}'
        )
    if arguments and isinstance(arguments[0], str) and arguments[0] not in known:
        found = f"{function}({arguments[0]!r}): nama itu tidak dikenal"
        yield Slip(call.lineno, found, nearest(arguments[0], known))
    part = arguments[1] if function == "value" and len(arguments) > 1 else None
    if isinstance(part, str) and part not in PARTS:
        yield Slip(call.lineno, f"value(…, {part!r}): bagian itu tidak dikenal", nearest(part, PARTS))
