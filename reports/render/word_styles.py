"""The styles of the office's own Word document in the place of ours.

A style is known by its name, which Word keeps in every language, and not by its id, which Word translates
(``Judul1``): those of the office get the ids that the report uses. Ours stand in where the office has none,
in the fonts of the office's *Normal*.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from office.reference import Reference
from reports.render.word_elements import W, element, written
from reports.render.word_form import LINED

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OURS = {"table"}
"""Names of styles that are ours always: lines and spaces of tables."""
_AS_NORMAL = {"BodyText", "FirstParagraph"}
"""Running text, which an office that has no styles for it sets in its *Normal*."""
_BELOW = "JudulGambar"
_TITLES = ("Heading1", "Heading2", "Heading3", "Caption")
_KEPT = {"keepNext": _TITLES, "pageBreakBefore": ("Heading1",)}
_LINKS = ("basedOn", "next", "link")
_ORDER = (
    "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
    "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind",
    "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
    "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
)  # fmt: skip
"""Of the settings of a paragraph, as Word wants them."""


def merge_styles(ours: etree._Element, reference: Reference) -> tuple[etree._Element, dict[str, str]]:
    """The styles of a report's Word file where the office brings a document.

    Args:
        ours: ``w:styles`` as the report would have it without.
        reference: The office's document, which stays as it is.

    Returns:
        ``w:styles``, and the new ids of the office's styles by their old ones.
    """
    if reference.styles is None:
        return ours, {}
    root = deepcopy(reference.styles)
    renamed = _renamed(root, ours)
    for style in root.findall(f"{W}style"):
        _rename(style, renamed)
    if root.find(f"{W}docDefaults") is None and (defaults := ours.find(f"{W}docDefaults")) is not None:
        root.insert(0, deepcopy(defaults))
    _add_missing(root, ours)
    own = {style.get(f"{W}styleId"): style for style in ours.findall(f"{W}style")}
    for style in root.findall(f"{W}style"):
        _settle(style, own.get(style.get(f"{W}styleId")))
    _unstretch(root)
    return root, renamed


def _rename(style: etree._Element, renamed: Mapping[str, str]) -> None:
    identifier = style.get(f"{W}styleId", "")
    style.set(f"{W}styleId", renamed.get(identifier, identifier))
    for tag in _LINKS:
        for link in style.findall(W + tag):
            link.set(f"{W}val", renamed.get(link.get(f"{W}val", ""), link.get(f"{W}val", "")))
    # Chapters bring their numbers; and lists count by the report's own numbering.
    for numbered in list(style.iter(f"{W}numPr")):
        settings = numbered.getparent()
        if settings is not None:
            settings.remove(numbered)


def _add_missing(root: etree._Element, ours: etree._Element) -> None:
    there = root.findall(f"{W}style")
    theirs = {style.get(f"{W}styleId") for style in there}
    default = {style.get(f"{W}type") for style in there if style.get(f"{W}default") == "1"}
    for style in ours.findall(f"{W}style"):
        if style.get(f"{W}styleId") in theirs:
            continue
        made = deepcopy(style)
        if style.get(f"{W}type") in default:
            made.attrib.pop(f"{W}default", None)
        if style.get(f"{W}styleId") == _BELOW and "Caption" in theirs:
            made = _as_caption(made)
        else:
            _follow_normal(made)
        root.append(made)


def _renamed(root: etree._Element, ours: etree._Element) -> dict[str, str]:
    """New ids of the office's styles: ours where the names are the same, others where ours are taken."""
    known = {_key(style): style.get(f"{W}styleId", "") for style in ours.findall(f"{W}style")}
    used, renamed = set(known.values()), dict[str, str]()
    given: set[str] = set()
    for style in root.findall(f"{W}style"):
        identifier, key = style.get(f"{W}styleId", ""), _key(style)
        wanted = known.get(key, "") if key[1] not in _OURS else ""
        if not wanted or wanted in given:
            wanted = identifier
            while wanted in used | given:
                wanted += "Kantor"
        renamed[identifier] = wanted
        given.add(wanted)
    return renamed


def _key(style: etree._Element) -> tuple[str, str]:
    name = style.find(f"{W}name")
    return style.get(f"{W}type", ""), (name.get(f"{W}val", "") if name is not None else "").lower()


def _follow_normal(style: etree._Element) -> None:
    """Let one of ours have the fonts of the office's *Normal*, and nothing else of it that would leak in."""
    for fonts in style.findall(f"{W}rPr/{W}rFonts"):
        style[style.index(style.find(f"{W}rPr"))].remove(fonts)
    base, settings = style.find(f"{W}basedOn"), style.find(f"{W}pPr")
    if style.get(f"{W}type") != "paragraph" or base is None or base.get(f"{W}val") != "Normal":
        return
    if settings is None:
        settings = element("pPr")
        place = style.find(f"{W}rPr")
        style.insert(style.index(place) if place is not None else len(style), settings)
    if style.get(f"{W}styleId") in _AS_NORMAL:
        style.remove(settings)
        return
    indent = settings.find(f"{W}ind")
    if indent is None:
        indent = element("ind")
        _put(settings, indent)
    for side in ("left", "right"):
        indent.set(W + side, indent.get(W + side, "0"))
    if indent.get(f"{W}hanging") is None:
        indent.set(f"{W}firstLine", indent.get(f"{W}firstLine", "0"))
    if settings.find(f"{W}jc") is None:
        _put(settings, element("jc", val="left"))


def _as_caption(style: etree._Element) -> etree._Element:
    """The title below a picture as the office's titles above tables are."""
    made = etree.Element(style.tag, dict(style.attrib))
    made.extend(child for tag in ("name", "qFormat") for child in style.findall(W + tag))
    made.insert(1, element("basedOn", val="Caption"))
    made.append(element("pPr", element("keepNext", val="0")))
    return made


def _put(settings: etree._Element, made: etree._Element) -> None:
    """Put a setting of a paragraph before the first of those that follow it by Word's order."""
    following = {W + tag for tag in _ORDER[_ORDER.index(made.tag.removeprefix(W)) + 1 :]}
    place = next((child for child in settings if child.tag in following), None)
    settings.insert(settings.index(place) if place is not None else len(settings), made)


def _settle(style: etree._Element, own: etree._Element | None) -> None:
    """What a report needs of a style, whoever it is of: chapters on new pages, headings with what follows."""
    name = style.get(f"{W}styleId", "")
    tabs = own.find(f"{W}pPr/{W}tabs") if own is not None and name in LINED else None
    wanted = [tag for tag, names in _KEPT.items() if name in names]
    if not wanted and tabs is None:
        return
    settings = style.find(f"{W}pPr")
    if settings is None:
        settings = element("pPr")
        place = style.find(f"{W}rPr")
        style.insert(style.index(place) if place is not None else len(style), settings)
    for tag in wanted:
        if (there := settings.find(W + tag)) is not None:
            settings.remove(there)
        _put(settings, element(tag))
    if tabs is not None and settings.find(f"{W}tabs") is None:
        _put(settings, deepcopy(tabs))


def _unstretch(root: etree._Element) -> None:
    """Titles have breaks: justified only because running text is, their lines would be stretched."""
    styles = {style.get(f"{W}styleId", ""): style for style in root.findall(f"{W}style")}
    for name in _TITLES:
        seen, each = set[str](), name
        while each in styles and each not in seen:
            seen.add(each)
            aligned, base = styles[each].find(f"{W}pPr/{W}jc"), styles[each].find(f"{W}basedOn")
            if aligned is not None:
                if each != name and aligned.get(f"{W}val") in ("both", "distribute"):
                    settings = styles[name].find(f"{W}pPr")
                    if settings is not None:
                        _put(settings, element("jc", val="left"))
                break
            each = base.get(f"{W}val", "") if base is not None else ""


def merge_theme(ours: bytes, reference: Reference) -> bytes:
    """Our theme with the fonts and colours that the office's styles name by their part in its own."""
    if reference.theme is None:
        return ours
    root = etree.fromstring(ours)
    for tag in ("clrScheme", "fontScheme"):
        place, theirs = root.find(f".//{_A}{tag}"), reference.theme.find(f".//{_A}{tag}")
        parent = place.getparent() if place is not None else None
        if place is not None and parent is not None and theirs is not None:
            parent.replace(place, deepcopy(theirs))
    return written(root)
