"""Word files of any text, as small as one may be: a body of paragraphs and tables, and its pictures."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from hypothesis import strategies as st
from lxml import etree

from reports.render.word_elements import element

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

words = st.lists(st.sampled_from(["PDRB ", "naik", " ", "6,20%", "dari ", "5", "Menunggu ", "é"]), max_size=7)
runs = st.tuples(st.sampled_from(["", "b", "link", "field", "picture", "tab", "mark"]), words.map("".join))
paragraphs = st.lists(runs, max_size=4).map(lambda content: ("p", content))
cells = st.tuples(st.integers(1, 2), st.sampled_from(["", "restart", "continue"]), st.lists(runs, max_size=2))
tables = st.tuples(
    st.sampled_from(["", "Capaian", "Anggaran"]),
    st.lists(st.lists(cells, min_size=1, max_size=3), min_size=1, max_size=4),
).map(lambda content: ("tbl", content))
bodies = st.lists(paragraphs | tables, min_size=1, max_size=6)


def run_of(text: str, *manner: str) -> etree._Element:
    shown = element("t", text=text)
    shown.set(SPACE, "preserve")
    return element("r", *([element("rPr", *map(element, manner))] if manner else []), shown)


def runs_of(content: list[tuple[str, str]], pictures: list[str]) -> list[etree._Element]:
    made: list[etree._Element] = []
    for number, (kind, text) in enumerate(content):
        if kind == "link":
            made.append(element("hyperlink", run_of(text), anchor="x"))
        elif kind == "field":
            marks = (
                element("r", element("fldChar", fldCharType=end)) for end in ("begin", "separate", "end")
            )
            begin, separate, end = marks
            made += [begin, element("r", element("instrText", text=" REF x ")), separate, run_of(text), end]
        elif kind == "picture":
            pictures.append(text)
            shape = etree.Element("shape", {EMBED: f"rId{len(pictures)}"})
            made.append(element("r", element("drawing", shape)))
        elif kind == "tab":
            made.append(element("r", element("tab"), element("t", text=text or "x"), element("br")))
        elif kind == "mark":
            made.append(element("bookmarkStart", id=number, name="x"))
        else:
            made.append(run_of(text, *([kind] if kind else [])))
    return made


def word_file(content: list[tuple[str, Any]]) -> bytes:
    pictures: list[str] = []
    body = element("body")
    for kind, inside in content:
        if kind == "p":
            body.append(element("p", *runs_of(inside, pictures)))
            continue
        name, rows = inside
        if name:
            caption = element("pPr", element("pStyle", val="Caption"))
            body.append(element("p", caption, run_of("Tabel 1"), element("r", element("br")), run_of(name)))
        columns = (element("gridCol") for _ in range(max(map(len, rows))))
        table = element("tbl", element("tblPr"), element("tblGrid", *columns))
        for row in rows:
            line = element("tr")
            for span, merged, words in row:
                settings = element("tcPr", element("gridSpan", val=span))
                if merged:
                    settings.append(element("vMerge", val=merged))
                line.append(element("tc", settings, element("p", *runs_of(words, pictures))))
            table.append(line)
        body.append(table)
    body.append(element("sectPr"))
    relations = etree.Element(f"{{{RELATIONS}}}Relationships")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number, text in enumerate(pictures, start=1):
            archive.writestr(zipfile.ZipInfo(f"word/media/{number}.png"), text)
            target = {"Id": f"rId{number}", "Type": IMAGE, "Target": f"media/{number}.png"}
            etree.SubElement(relations, f"{{{RELATIONS}}}Relationship", target)
        archive.writestr(zipfile.ZipInfo("word/document.xml"), etree.tostring(element("document", body)))
        archive.writestr(zipfile.ZipInfo("word/_rels/document.xml.rels"), etree.tostring(relations))
        archive.writestr(
            zipfile.ZipInfo("[Content_Types].xml"),
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="png" ContentType="image/png"/></Types>',
        )
    return made.getvalue()
