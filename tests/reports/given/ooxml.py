"""What the schema of WordprocessingML asks of a file, as far as a program that writes one can slip.

The orders are those of ECMA-376, part 1, annex A. It takes milliseconds, so that many files can be asked; the
whole schema is asked by :mod:`tests.given.openxml`.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ORDERS = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
        "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
        "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
        "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
        "rPr sectPr pPrChange"
    ),
    "rPr": (
        "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline "
        "shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz "
        "szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout "
        "specVanish oMath rPrChange"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
        "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
        "tblDescription tblPrChange"
    ),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
        "vAlign hideMark headers cellIns cellDel cellMerge tcPrChange"
    ),
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
        "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter "
        "docGrid printerSettings"
    ),
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed "
        "qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr "
        "tblStylePr"
    ),
}
_REPEATED = {
    "headerReference",
    "footerReference",
    "tr",
    "tc",
    "p",
    "tblStylePr",
    "bookmarkStart",
    "bookmarkEnd",
}
_WITHIN = {
    "body": "p tbl sectPr bookmarkStart bookmarkEnd sdt",
    "p": "pPr r hyperlink ins del bookmarkStart bookmarkEnd sdt",
    "hyperlink": "r ins del bookmarkStart bookmarkEnd",
    "ins": "r sdt",
    "del": "r sdt",
    "r": "rPr t delText br tab drawing fldChar instrText delInstrText",
}
_MARKS = {"rPr", "trPr"}
"""Where a change of a whole paragraph or row is marked, with nothing in the mark."""


def slips(docx: bytes) -> list[str]:
    """What is wrong in a Word file, a line each; none where nothing is."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees = {name: etree.fromstring(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    body, styles = trees["word/document.xml"], trees["word/styles.xml"]
    return [
        *_misplaced(body), *_misplaced(styles), *_deleted_text(body), *_fields(body), *_numbers(body),
        *_unknown_styles(body, styles), *_pointers(parts, trees),
        *_untyped(parts, trees["[Content_Types].xml"]),
    ]  # fmt: skip


def _misplaced(root: Any) -> Iterator[str]:
    for element in root.iter(f"{W}*"):
        name = element.tag.removeprefix(W)
        children = [str(child.tag).removeprefix(W) for child in element if str(child.tag).startswith(W)]
        if name in _ORDERS and not (name == "rPr" and element.getparent().tag == f"{W}tblStylePr"):
            order = _ORDERS[name].split()
            unknown = [child for child in children if child not in order]
            if unknown:
                yield f"{name} holds {unknown}"
                continue
            places = [order.index(child) for child in children]
            twice = [
                child for child, times in Counter(children).items() if times > 1 and child not in _REPEATED
            ]
            if places != sorted(places) or twice:
                yield f"{name} has {children}"
        if name in _WITHIN and element.getparent().tag.removeprefix(W) not in _MARKS:
            strange = [child for child in children if child not in _WITHIN[name].split()]
            if strange:
                yield f"{name} holds {strange}"
        if name == "tc" and (not children or children[-1] != "p"):
            yield "a cell does not end with a paragraph"


def _deleted_text(root: Any) -> Iterator[str]:
    for tag, wrong in ((f"{W}t", "del"), (f"{W}instrText", "del")):
        for text in root.iter(tag):
            if next(text.iterancestors(W + wrong), None) is not None:
                yield f"{tag} is deleted"
    for text in root.iter(f"{W}delText", f"{W}delInstrText"):
        if next(text.iterancestors(f"{W}del"), None) is None:
            yield f"{text.tag} is not deleted"


def _fields(root: Any) -> Iterator[str]:
    depth = 0
    for mark in root.iter(f"{W}fldChar"):
        depth += {"begin": 1, "separate": 0, "end": -1}[mark.get(f"{W}fldCharType")]
        if depth not in (0, 1):
            yield "fields are not closed"
    if depth:
        yield "a field stays open"


def _numbers(root: Any) -> Iterator[str]:
    starts = [mark.get(f"{W}id") for mark in root.iter(f"{W}bookmarkStart")]
    names = [mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")]
    ends = [mark.get(f"{W}id") for mark in root.iter(f"{W}bookmarkEnd")]
    shapes = [shape.get("id") for shape in root.iter("{*}docPr")]
    changes = [mark.get(f"{W}id") for mark in root.iter(f"{W}ins", f"{W}del")]
    for what, found in (("bookmarks", starts), ("names", names), ("shapes", shapes), ("changes", changes)):
        if len(set(found)) != len(found):
            yield f"{what} share a number: {[each for each, n in Counter(found).items() if n > 1]}"
    if sorted(starts) != sorted(ends):
        yield "bookmarks are not closed"
    for code in root.iter(f"{W}instrText"):
        words = (code.text or "").split()
        if words[0] == "REF" and words[1] not in names:
            yield f"{code.text} leads nowhere"


def _unknown_styles(root: Any, styles: Any) -> Iterator[str]:
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    used = {each.get(f"{W}val") for each in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    yield from (f"style {name} is not there" for name in sorted(used - known))


def _pointers(parts: dict[str, bytes], trees: dict[str, Any]) -> Iterator[str]:
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        home = PurePosixPath(name).parent.parent
        for relation in tree:
            target = str(home / relation.get("Target")).removeprefix("./")
            if relation.get("TargetMode") != "External" and target.lstrip("/") not in parts:
                yield f"{name} points to {target}"
    known = {relation.get("Id") for relation in trees["word/_rels/document.xml.rels"]}
    for element in trees["word/document.xml"].iter(etree.Element):
        for key, value in element.attrib.items():
            if str(key).startswith(R) and value not in known:
                yield f"{value} is not there"


def _untyped(parts: dict[str, bytes], types: Any) -> Iterator[str]:
    endings = {each.get("Extension") for each in types if each.get("Extension")}
    named = {each.get("PartName", "").lstrip("/") for each in types}
    yield from (f"{name} has no part" for name in sorted(named - set(parts) - {""}))
    for name in parts:
        if name != "[Content_Types].xml" and name not in named and name.rpartition(".")[2] not in endings:
            yield f"{name} has no type"
