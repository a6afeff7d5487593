"""The mark of a draft: on every page of the PDF, over the web page, in every head of the Word file.

The files of a draft are those of the issue but for this mark: the pages of the PDF are set again with it,
the two others are made of the issue's own bytes.
"""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from core.errors import RenderError
from reports.render.document import Document

WORD = "RANCANGAN"
COLOUR = "8a1c1c"
_BODY = re.compile(rb"<body[^>]*>")
_HEAD_END = b"</head>"
_STYLE = f"""<style>
body{{padding-bottom:3.5rem}}
.rancangan{{position:fixed;inset:auto 0 0;z-index:9;margin:0;padding:.55rem 1rem;background:#{COLOUR};\
color:#fff;font:600 1rem/1.4 sans-serif;text-align:center}}
body::after{{content:"{WORD}";position:fixed;inset:0;display:grid;place-items:center;pointer-events:none;\
z-index:8;font:700 min(15vw,10rem)/1 sans-serif;color:#{COLOUR};opacity:.12;transform:rotate(-35deg)}}
</style>
"""

_OWN_HEADER, _OWN_ID = "header-rancangan.xml", "rIdRancangan"
_SECTION = re.compile(rb"<w:sectPr\b[^>]*?(/)?>(.*?</w:sectPr>)?", re.DOTALL)
_DEFAULT_HEADER = re.compile(rb'<w:headerReference\b[^>]*w:type="default"')
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
_OUTLINE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
    '<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
    '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
    'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/></v:shapetype>'
)
"""The shape of Word's own watermarks."""


def typst_mark(document: Document) -> str:
    """What Typst's source of a draft begins with; nothing for an issue.

    A foreground would stand within what goes over the pages, and break the tags of its tables and lists.
    """
    if not document.draft:
        return ""
    line = json.dumps(document.draft, ensure_ascii=False)
    return (
        "#set page(background: {\n"
        f'  place(center + horizon, rotate(-50deg, text(84pt, weight: "bold", fill: rgb("#{COLOUR}20"), '
        f'lang: "id", hyphenate: false, "{WORD}")))\n'
        f'  place(top + center, dy: .75cm, text(9pt, weight: "bold", fill: rgb("#{COLOUR}"), lang: "id", '
        f"hyphenate: false, {line}))\n"
        "})\n"
    )


def mark_html(page: bytes, line: str) -> bytes:
    """The web page of a draft.

    Args:
        page: Of the issue.
        line: What is always in sight at its foot.

    Raises:
        RenderError: It is no page as the program makes them.
    """
    body = _BODY.search(page)
    if body is None or _HEAD_END not in page[: body.start()]:
        raise _unmarked("Halaman web")
    head = page[: body.start()].replace(_HEAD_END, _STYLE.encode() + _HEAD_END, 1)
    told = f'\n<p class="rancangan" role="note">{escape(line)}</p>'.encode()
    return head + body.group() + told + page[body.end() :]


def mark_docx(file: bytes, line: str) -> bytes:
    """The Word file of a draft: the mark stands in the header of every section.

    Args:
        file: Of the issue.
        line: What stands at the head of every page.

    Raises:
        RenderError: It is no file as the program makes them.
    """
    buffer = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(file)) as parts, zipfile.ZipFile(buffer, "w") as made:
            heads = 0
            for entry in parts.infolist():
                data = parts.read(entry)
                if re.fullmatch(r"word/header\d*\.xml", entry.filename):
                    heads += 1
                    data = _before(data, b"</w:hdr>", _paragraph(line, heads))
                elif entry.filename == "word/document.xml":
                    data = _SECTION.sub(_with_header, data)
                elif entry.filename == "word/_rels/document.xml.rels":
                    related = (
                        f'<Relationship Id="{_OWN_ID}" Target="{_OWN_HEADER}" Type="{_RELATION}/header"/>'
                    )
                    data = _before(data, b"</Relationships>", related)
                elif entry.filename == "[Content_Types].xml":
                    typed = f'<Override PartName="/word/{_OWN_HEADER}" ContentType="{_HEADER_TYPE}"/>'
                    data = _before(data, b"</Types>", typed)
                made.writestr(entry, data, entry.compress_type, 6)
            own = zipfile.ZipInfo(f"word/{_OWN_HEADER}", (1980, 1, 1, 0, 0, 0))
            made.writestr(own, _own_header(line, heads + 1), zipfile.ZIP_DEFLATED, 6)
    except (zipfile.BadZipFile, ValueError) as cause:
        raise _unmarked("Berkas Word") from cause
    return buffer.getvalue()


def _before(data: bytes, end: bytes, what: str) -> bytes:
    head, found, tail = data.rpartition(end)
    if not found:
        raise ValueError(f"tanpa {end.decode()}")
    return head + what.encode() + found + tail


def _with_header(section: re.Match[bytes]) -> bytes:
    """A section that has no header of its own, such as the cover's, gets one that only bears the mark."""
    whole = section.group()
    if section[1] or _DEFAULT_HEADER.search(whole):
        return whole
    start, _, rest = whole.partition(b">")
    reference = f'<w:headerReference xmlns:r="{_RELATION}" r:id="{_OWN_ID}" w:type="default"/>'
    return start + b">" + reference.encode() + rest


def _own_header(line: str, number: int) -> str:
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:hdr xmlns:w="{main}">{_paragraph(line, number)}</w:hdr>'
    )


def _paragraph(line: str, number: int) -> str:
    place = (
        "position:absolute;margin-left:0;margin-top:0;width:480pt;height:80pt;rotation:310;"
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    shape = (
        f'<v:shape id="Rancangan{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" alt="{WORD}" '
        f'style="{place}" o:allowincell="f" fillcolor="#{COLOUR}" stroked="f"><v:fill opacity=".14"/>'
        f'<v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt;font-weight:bold" '
        f'string="{WORD}"/><w10:wrap anchorx="margin" anchory="margin"/></v:shape>'
    )
    return (
        '<w:p><w:pPr><w:pStyle w:val="Header"/><w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:rPr><w:b/><w:color w:val="{COLOUR.upper()}"/></w:rPr><w:t>{escape(line)}</w:t></w:r>'
        f"<w:r><w:pict {_NAMES}>{_OUTLINE}{shape}</w:pict></w:r></w:p>"
    )


def _unmarked(what: str) -> RenderError:
    return RenderError(
        f"{what} rancangan tidak dapat diberi tanda.",
        todo="laporkan kepada pembuat program; terbitan sebelumnya tidak berubah.",
    )
