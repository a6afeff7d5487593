"""What is read in a Word file with tracked changes once somebody accepted or rejected all of them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WRITTEN_BY_WORD = ("TOC", "TableofFigures")
"""Styles of the contents."""


def said(docx: bytes, *, accepted: bool | None = None) -> list[Any]:
    """The paragraphs as strings and the tables as rows of cells, without the contents.

    Args:
        docx: A Word file.
        accepted: Whether its tracked changes are accepted or rejected; None for a file that has none.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        body: Any = etree.fromstring(archive.read("word/document.xml")).find(f"{W}body")
        relations = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
        pictures = {
            str(each.get("Id")): hashlib.sha256(archive.read(f"word/{each.get('Target')}")).hexdigest()
            for each in relations
            if str(each.get("Type")).endswith("/image")
        }
    if accepted is None:
        assert next(body.iter(f"{W}ins", f"{W}del"), None) is None
    else:
        _settle(body, *(("ins", "del") if accepted else ("del", "ins")))
    return list(_blocks(body, pictures))


def _settle(body: Any, kept: str, gone: str) -> None:
    for row in list(body.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}{gone}") is not None:
            row.getparent().remove(row)
    for change in list(body.iter(W + gone)):
        if change.getparent().tag != f"{W}rPr":
            change.getparent().remove(change)
    for paragraph in list(body.iter(f"{W}p")):
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None:
            assert next(paragraph.iter(f"{W}r"), None) is None, "its words would run into the next paragraph"
            paragraph.getparent().remove(paragraph)
    for table in list(body.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    for text in body.iter(f"{W}t" if kept == "del" else f"{W}delText"):
        around = next(text.iterancestors(f"{W}ins", f"{W}del"), None)
        assert around is None or around.tag == f"{W}ins", "deleted words are no text"


def _blocks(body: Any, pictures: dict[str, str]) -> Iterator[Any]:
    for child in body:
        if child.tag == f"{W}p":
            style = child.find(f"{W}pPr/{W}pStyle")
            if style is None or not style.get(f"{W}val").startswith(WRITTEN_BY_WORD):
                yield _text(child, pictures)
        elif child.tag == f"{W}tbl":
            yield [
                ["".join(_text(p, pictures) for p in cell.iter(f"{W}p")) for cell in row.findall(f"{W}tc")]
                for row in child.findall(f"{W}tr")
            ]


def _text(paragraph: Any, pictures: dict[str, str]) -> str:
    found = []
    for child in paragraph.iter():
        if child.tag in (f"{W}t", f"{W}delText"):
            found.append(child.text or "")
        elif child.tag in (f"{W}tab", f"{W}br"):
            found.append("\t" if child.tag == f"{W}tab" else "\n")
        elif child.get(f"{R}embed"):
            found.append(pictures[child.get(f"{R}embed")])
    return "".join(found)
