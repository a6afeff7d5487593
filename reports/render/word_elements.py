"""Elements of Word's language."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def element(
    tag: str, *children: etree._Element, text: str | None = None, **attributes: object
) -> etree._Element:
    """An element of WordprocessingML; an attribute that is a word of Python ends with ``_``."""
    made = etree.Element(W + tag, {W + name.rstrip("_"): str(value) for name, value in attributes.items()})
    made.extend(children)
    if text is not None:
        made.text = text
    return made


def written(root: etree._Element) -> bytes:
    """A part of a Word file as bytes."""
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
