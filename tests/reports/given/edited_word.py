"""A Word file of an issue as a person leaves it: words typed, controls emptied, figures altered."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from reports.render.word_elements import W, element

BODY = "word/document.xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Edit = Callable[[Any], None]


def edited(docx: bytes, *edits: Edit, parts: Mapping[str, bytes] | None = None) -> bytes:
    """The file with edits of its document, and with other parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == BODY:
                root = etree.fromstring(data)
                for edit in edits:
                    edit(root)
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            if name not in (parts or {}):
                new.writestr(name, data)
        for name, data in (parts or {}).items():
            new.writestr(name, data)
    return made.getvalue()


def root_of(docx: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return etree.fromstring(archive.read(BODY))


def reads(part: Any) -> str:
    return "".join(part.itertext(f"{W}t"))


def control(root: Any, said: str, kind: str = "alinea:") -> Any:
    """The first control of a kind that says something."""
    for each in root.iter(f"{W}sdt"):
        tag = each.find(f"{W}sdtPr/{W}tag")
        if tag is not None and tag.get(f"{W}val").startswith(kind) and said in reads(each):
            return each
    raise AssertionError(f"no control {kind} says {said!r}")


def typed(old: str, new: str) -> Edit:
    """Words typed over others that stand in one run, where they first stand outside of the contents."""

    def edit(root: Any) -> None:
        for text in root.iter(f"{W}t"):
            if old in (text.text or "") and next(text.iterancestors(f"{W}hyperlink"), None) is None:
                text.text = text.text.replace(old, new, 1)
                text.set(SPACE, "preserve")
                return
        raise AssertionError(old)

    return edit


def new_paragraph(after: str, words: str) -> Edit:
    """Enter pressed at the end of a passage, and words typed."""

    def edit(root: Any) -> None:
        paragraph = next(control(root, after).iterancestors(f"{W}p"))
        paragraph.addnext(element("p", element("r", element("t", text=words))))

    return edit


def emptied(said: str) -> Edit:
    """A control from which all was deleted, so that Word shows its own hint."""

    def edit(root: Any) -> None:
        found = control(root, said)
        content = found.find(f"{W}sdtContent")
        for child in list(content):
            content.remove(child)
        found.find(f"{W}sdtPr").append(element("showingPlcHdr"))
        content.append(element("r", element("t", text="Klik atau ketuk di sini untuk memasukkan teks.")))

    return edit


def figures(root: Any, said: str) -> list[Any]:
    """The locked controls in a passage."""
    found = control(root, said)
    return [each for each in found.iter(f"{W}sdt") if each is not found]


def unnamed(root: Any) -> None:
    """As LibreOffice 7.4 leaves the controls: those around passages gone, the others without a name."""
    for each in list(root.iter(f"{W}sdt")):
        tag = each.find(f"{W}sdtPr/{W}tag")
        if tag is None:
            continue
        if tag.get(f"{W}val").startswith("alinea:"):
            for child in list(each.find(f"{W}sdtContent")):
                each.addprevious(child)
            each.getparent().remove(each)
        else:
            settings = each.find(f"{W}sdtPr")
            for child in list(settings):
                settings.remove(child)


def bare(root: Any) -> None:
    """As a program leaves them that knows no controls."""
    for each in list(root.iter(f"{W}sdt")):
        for child in list(each.find(f"{W}sdtContent")):
            each.addprevious(child)
        each.getparent().remove(each)


def bold(said: str, words: str) -> Edit:
    """Bold words typed before all others of a passage."""

    def edit(root: Any) -> None:
        run = control(root, said).find(f"{W}sdtContent/{W}r")
        made = deepcopy(run)
        text = made.find(f"{W}t")
        text.text = words
        text.set(SPACE, "preserve")
        made.insert(0, element("rPr", element("b")))
        run.addprevious(made)

    return edit


def saved_by_libreoffice(docx: bytes, folder: Path) -> bytes:
    """The file as LibreOffice writes it anew."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not here")
    file = folder / "disimpan.docx"
    file.write_bytes(docx)
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", folder / "lagi", file]
    subprocess.run(command, check=True, timeout=180, capture_output=True)
    return (folder / "lagi" / file.name).read_bytes()
