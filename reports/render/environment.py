"""The Jinja environment of all templates that make HTML, and its filters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markdown_it import MarkdownIt
from markupsafe import Markup

from core.dates import format_date
from core.errors import RenderError
from core.numbers import format_number, format_percent, format_rupiah

_LETTERED = re.compile(r"(?:<p>[a-z]\. .*?</p>\n?){2,}", re.DOTALL)
_ITEM = re.compile(r"<p>[a-z]\. (.*?)</p>\n?", re.DOTALL)
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def environment() -> Environment:
    """The environment over :data:`TEMPLATES`: everything escaped, a missing name is an error.

    There is one, which nobody changes: to compile the templates takes as long as to fill them.

    Filters: ``markdown`` (HTML in it is shown, not obeyed), ``markdown_baris`` (the same without the
    paragraph around it), ``angka``, ``persen``, ``rupiah``, ``tanggal``.
    """
    return _environment_over(TEMPLATES)


@cache
def _environment_over(templates: Path) -> Environment:
    made = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    markdown_of = reader()

    def markdown(text: str) -> Markup:
        return Markup(lettered(markdown_of.render(text)))  # noqa: S704 - the reader obeys no HTML

    def markdown_inline(text: str) -> Markup:
        return Markup(markdown_of.renderInline(text))  # noqa: S704 - as above

    made.filters.update(
        markdown=markdown, markdown_baris=markdown_inline, angka=_number, persen=_percent,
        rupiah=_rupiah, tanggal=_date,
    )  # fmt: skip
    return made


def reader() -> MarkdownIt:
    """Reads Markdown with tables; HTML in it is shown, not obeyed."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def lettered(html: str) -> str:
    """Make a list of paragraphs that begin with ``a.``, ``b.`` and so on; Markdown knows only numbers."""

    def as_list(found: re.Match[str]) -> str:
        letters = re.findall(r"<p>([a-z])\. ", found.group())
        if letters != [chr(ord("a") + place) for place in range(len(letters))]:
            return found.group()
        items = "".join(f"<li>{item}</li>\n" for item in _ITEM.findall(found.group()))
        return f'<ol type="a">\n{items}</ol>\n'

    return _LETTERED.sub(as_list, html)


def render_report(context: Mapping[str, Any]) -> str:
    """Fill ``report/report.html.j2``: cover, chapters and appendices.

    Args:
        context: The names that it uses.

    Returns:
        The HTML of all sections, for :class:`~reports.render.document.Document`.

    Raises:
        RenderError: A template is missing, broken, or uses a name that ``context`` lacks.
    """
    return _fill("report/report.html.j2", context)


def render_annex(context: Mapping[str, Any]) -> str:
    """Fill ``report/perbedaan.html.j2``, the annex; as :func:`render_report`."""
    return _fill("report/perbedaan.html.j2", context)


def _fill(template: str, context: Mapping[str, Any]) -> str:
    try:
        return environment().get_template(template).render(context)
    except TemplateError as cause:
        place = f"{getattr(cause, 'name', '') or 'templates/report'} baris {getattr(cause, 'lineno', '?')}"
        raise RenderError(
            f"Naskah laporan tidak bisa disusun dari cetakannya ({place}): {cause}",
            todo="Periksa cetakan (templates/report) tersebut, atau kembalikan ke versi sebelumnya.",
        ) from cause


def _number(value: Decimal | int, places: int = 0, trim: bool = False) -> str:
    return format_number(value, places, trim=trim)


def _percent(value: Decimal | int, places: int = 2, trim: bool = False) -> str:
    return format_percent(value, places, trim=trim)


def _rupiah(value: Decimal | int) -> str:
    return format_rupiah(value)


def _date(value: date) -> str:
    return format_date(value)
