"""The differences of two issues as one HTML file, in the look of the page."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from core.settings import PROJECT
from reports.comparison.report import Deep, Side

_TEMPLATES = PROJECT / "templates"


def differences_page(title: str, office: str, before: Side, after: Side, found: Deep) -> bytes:
    """The file, UTF-8; the same differences give the same bytes.

    Args:
        title: Of the report, ``LKjIP 2023 DKUPP Sumenep``.
        office: Its name.
        before: The older issue.
        after: The newer one.
        found: How they differ.
    """
    style = (_TEMPLATES / "page" / "page.css").read_text(encoding="utf-8")
    text = (
        _environment()
        .get_template("beda.html.j2")
        .render(
            title=title,
            office=office,
            before=before,
            after=after,
            found=found,
            style=Markup(style),  # noqa: S704 - our own file
        )
    )
    return text.encode()


@cache
def _environment() -> Environment:
    return Environment(
        # What the page shows of differences stands with its other templates.
        loader=FileSystemLoader([_TEMPLATES / "difference", _TEMPLATES / "page"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
