"""Pictures in Word's language: PNG with a description, standing in a line like words.

Lengths are in EMU, of which a point has 12.700.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from reports.render.pictures import PLACE, LiftedPicture
from reports.render.word_elements import W, element, written

EMU_PER_POINT = 12_700
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMES = {
    "wp": f"{_DRAWING}/wordprocessingDrawing",
    "a": f"{_DRAWING}/main",
    "pic": f"{_DRAWING}/picture",
    "r": _RELATION,
}


def picture_name(number: int) -> str:
    """Where a picture stands in the file, from ``word/``; numbers from 1."""
    return f"media/grafik{number}.png"


def relate(xml: bytes, count: int) -> bytes:
    """Name the pictures in ``word/_rels/document.xml.rels``."""
    if not count:
        return xml
    root = etree.fromstring(xml)
    for number in range(1, count + 1):
        relation = etree.SubElement(root, f"{{{_PACKAGE}/relationships}}Relationship")
        relation.set("Id", _relation_id(number))
        relation.set("Type", f"{_RELATION}/image")
        relation.set("Target", picture_name(number))
    return written(root)


def name_types(xml: bytes) -> bytes:
    """Say in ``[Content_Types].xml`` what a PNG is, unless it says so."""
    root = etree.fromstring(xml)
    kind = f"{{{_PACKAGE}/content-types}}Default"
    if all(entry.get("Extension") != "png" for entry in root.findall(kind)):
        root.insert(0, etree.Element(kind, {"Extension": "png", "ContentType": "image/png"}))
    return written(root)


def put_pictures(main: etree._Element, pictures: Sequence[LiftedPicture]) -> None:
    """Put the pictures where their words stand; they stay on the page of the caption below them."""
    if not pictures:
        return
    for paragraph in list(main.iter(f"{W}p")):
        numbers = [int(number) for number in PLACE.findall("".join(paragraph.itertext(f"{W}t")))]
        if not numbers:
            continue
        for child in list(paragraph):
            paragraph.remove(child)
        spacing = element("spacing", before=120, after=60)
        kept = (element("keepNext"), element("keepLines"))
        paragraph.append(element("pPr", *kept, spacing, element("jc", val="center")))
        for number in numbers:
            paragraph.append(element("r", drawing(pictures[number], number + 1)))


def drawing(picture: LiftedPicture, number: int, showing: int = 0) -> etree._Element:
    """A picture as it stands in a run.

    Args:
        picture: Which.
        number: Of its file, from 1.
        showing: Of this showing of it, where the file is shown more than once.
    """
    width, height = (round(length * EMU_PER_POINT) for length in (picture.width, picture.height))
    size = {"cx": str(width), "cy": str(height)}
    name = {"id": str(showing or number), "name": f"Grafik {showing or number}", "descr": picture.words}
    inline = _made("wp:inline", {"distT": "0", "distB": "0", "distL": "0", "distR": "0"})
    inline.append(_made("wp:extent", size))
    inline.append(_made("wp:docPr", name))
    frame = _made("pic:pic")
    frame.append(_inside("pic:nvPicPr", _made("pic:cNvPr", name), _made("pic:cNvPicPr")))
    blip = _made("a:blip", {f"{{{_RELATION}}}embed": _relation_id(number)})
    frame.append(_inside("pic:blipFill", blip, _inside("a:stretch", _made("a:fillRect"))))
    place = _inside("a:xfrm", _made("a:off", {"x": "0", "y": "0"}), _made("a:ext", size))
    shape = _made("a:prstGeom", {"prst": "rect"})
    shape.append(_made("a:avLst"))
    frame.append(_inside("pic:spPr", place, shape))
    data = _made("a:graphicData", {"uri": _NAMES["pic"]})
    data.append(frame)
    inline.append(_inside("a:graphic", data))
    return element("drawing", inline)


def _made(tag: str, attributes: dict[str, str] | None = None) -> etree._Element:
    prefix, _, name = tag.partition(":")
    return etree.Element(f"{{{_NAMES[prefix]}}}{name}", attributes or {}, nsmap=_NAMES)


def _inside(tag: str, *children: etree._Element) -> etree._Element:
    made = _made(tag)
    made.extend(children)
    return made


def _relation_id(number: int) -> str:
    return f"rIdGrafik{number}"
