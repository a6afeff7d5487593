"""How an office's report looks on paper: ``<year>/form.yaml``, the emblem and fonts in the office's folder.

Everything has a default, so that an office which says nothing gets a report as well. The emblem, the
fonts and the Word document last and lie beside ``office.yaml``; what may be otherwise next year is said in
the year's folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Annotated, Literal

from lxml import etree
from pydantic import AfterValidator, BeforeValidator, Field

from core.errors import explain_os_error
from core.numbers import parse_number
from core.word_package import UnfitWordError
from office.fields import Entry, Text
from office.files import Document
from office.problems import Problems
from office.reference import REFERENCE, read_reference

FORM = "form.yaml"
"""In the year's folder; left out, all of it is as by default."""
EMBLEMS = ("lambang.svg", "lambang.png")
"""Names of the emblem's file in the office's folder; there is one of them, or none."""
FONTS = "huruf"
"""Folder of the office's own fonts, in the office's folder."""
FONT_ENDINGS = (".ttf", ".otf")

MAIN, HEAD = "#1f4e79", "#e4ebf2"
SERIF = "Libertinus Serif"
BUILT_IN = (SERIF, "New Computer Modern", "DejaVu Sans Mono")
"""Families that the program brings along."""
LARGEST_EMBLEM, LARGEST_FONT = 2_000_000, 8_000_000
LEAST_PIXELS = 300
"""On its shorter side a PNG must have so many to be sharp on the cover."""
DARKEST, LIGHTEST = 90, 170
"""Brightness (0 to 255) from which on a paper's words in a colour, and black words on it, can be read."""
WIDEST, HIGHEST = Decimal("15.5"), Decimal(8)

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PNG = b"\x89PNG\r\n\x1a\n"
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#|data:)|@import", re.IGNORECASE)


def brightness(colour: str) -> int:
    """How bright a colour (``#1f4e79``) looks, 0 to 255."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return (299 * red + 587 * green + 114 * blue) // 1000


def _colour(text: str) -> str:
    if not _COLOUR.fullmatch(text):
        raise ValueError(
            f"'{text}' bukan warna; tulis enam angka heksadesimal dalam tanda kutip, \"#1f4e79\""
        )
    return text.lower()


def _dark(colour: str) -> str:
    if brightness(colour) > LIGHTEST:
        raise ValueError(f"{colour} terlalu muda untuk tulisan di kertas putih; pilih warna yang lebih tua")
    return colour


def _light(colour: str) -> str:
    if brightness(colour) < DARKEST:
        raise ValueError(
            f"{colour} terlalu tua: tulisan hitam di kepala tabel tidak terbaca; pilih warna yang lebih muda"
        )
    return colour


def _length(raw: object) -> object:
    if isinstance(raw, str):
        return parse_number(raw.removesuffix("cm").strip())
    if isinstance(raw, (Decimal, int)) and not isinstance(raw, bool):
        return raw
    raise ValueError(f"'{raw}' bukan ukuran; tulis sentimeter, misalnya 2,5")


def _within(least: str, most: Decimal) -> AfterValidator:
    def check(length: Decimal) -> Decimal:
        if not Decimal(least) <= length <= most:
            shown = f"{least.replace('.', ',')} sampai {str(most).replace('.', ',')}"
            raise ValueError(f"{str(length).replace('.', ',')} cm di luar batas; tulis {shown} cm")
        return length

    return AfterValidator(check)


class Theme(Entry):
    """Colours and fonts.

    Attributes:
        main: Of the cover's lines and title and of the headings of chapters.
        head: Behind the headings of tables, on which black words must be readable.
        body_font: Family of the text: one that the program brings, or of a file in ``huruf/``.
        heading_font: The same of headings; left out, that of the text.
    """

    main: Annotated[str, AfterValidator(_colour), AfterValidator(_dark)] = MAIN
    head: Annotated[str, AfterValidator(_colour), AfterValidator(_light)] = HEAD
    body_font: Text = SERIF
    heading_font: str = ""


class SignatureRoom(Entry):
    """The room above the signatory's name, for a hand or for the visual sign of an electronic signature.

    Attributes:
        width, height: In centimetres; no width takes that of the signature's block.
        place: Of the signature on the page.
    """

    width: Annotated[Decimal, BeforeValidator(_length), _within("2", WIDEST)] | None = None
    height: Annotated[Decimal, BeforeValidator(_length), _within("1", HIGHEST)] = Decimal("1.8")
    place: Literal["left", "centre", "right"] = "right"


class Form(Entry):
    """``<year>/form.yaml``.

    Attributes:
        paper: F4 is 215 x 330 mm, as offices here use it.
        address: Lines below the office's name in the letterhead.
    """

    paper: Literal["A4", "F4"] = "A4"
    theme: Theme = Theme()
    signature: SignatureRoom = SignatureRoom()
    address: list[Text] = Field(default_factory=list)


class FormFile(Entry):
    """The emblem, a font or the Word document: its name in the office's folder, and its bytes."""

    name: Text
    content: bytes = Field(repr=False)


def is_form_file(name: PurePath) -> bool:
    """Whether a file of that name in an office's folder is its emblem, its Word document or a font."""
    if len(name.parts) == 1:
        return name.name in (*EMBLEMS, REFERENCE)
    is_font = len(name.parts) == 2 and name.parts[0] == FONTS
    return is_font and name.suffix.lower() in FONT_ENDINGS and not name.name.startswith(".")


def form_files(folder: Path) -> list[Path]:
    """The emblem, the Word document and the fonts in an office's folder, by name."""
    found = [folder / name for name in (*EMBLEMS, REFERENCE) if (folder / name).is_file()]
    found += sorted((folder / FONTS).glob("*"))
    return [path for path in found if is_form_file(path.relative_to(folder)) and path.is_file()]


@dataclass(frozen=True)
class FormFiles:
    """What an office brings along for the form of its report."""

    emblem: FormFile | None = None
    fonts: tuple[FormFile, ...] = ()
    reference: FormFile | None = None


def read_form_files(folder: Path, problems: Problems) -> FormFiles:
    """The emblem, the fonts and the Word document; what is wrong with them is noted."""
    found: dict[str, list[FormFile]] = {"emblem": [], "font": [], "reference": []}
    for path in form_files(folder):
        name = path.relative_to(folder).as_posix()
        try:
            content = path.read_bytes()
        except OSError as cause:
            problems.add(
                name, f"tidak dapat dibaca ({explain_os_error(cause)})", "periksa izin bacanya", cause
            )
            continue
        kind = "font" if "/" in name else "reference" if name == REFERENCE else "emblem"
        wrong = _wrong(kind, name, content)
        if wrong:
            problems.add(name, *wrong)
        found[kind].append(FormFile(name=name, content=content))
    emblems = found["emblem"]
    if len(emblems) > 1:
        problems.add(emblems[1].name, f"{emblems[0].name} sudah ada", "hapus salah satu lambang")
    return FormFiles(next(iter(emblems), None), tuple(found["font"]), next(iter(found["reference"]), None))


def _wrong(kind: str, name: str, content: bytes) -> tuple[str, str] | None:
    """What is wrong with a file and what to do, or None; fonts are looked at together."""
    if kind == "reference":
        try:
            read_reference(content)
        except UnfitWordError as error:
            return error.message, error.todo
        return None
    most = LARGEST_FONT if kind == "font" else LARGEST_EMBLEM
    if len(content) > most:
        return f"besarnya {len(content)} byte, paling besar {most}", "perkecil berkasnya"
    if kind == "font":
        return None
    return _wrong_svg(content) if name.endswith(".svg") else _wrong_png(content)


def check_fonts(
    form: Form, document: Document | None, fonts: tuple[FormFile, ...], problems: Problems
) -> None:
    """Note fonts that are none, and a theme's font that neither the program nor the office has."""
    theme = form.theme
    wanted = {"body_font": theme.body_font, "heading_font": theme.heading_font or theme.body_font}
    if not fonts and all(name in BUILT_IN for name in wanted.values()):
        return
    families = set(BUILT_IN)
    for font in fonts:
        names = _families(font)
        if not names:
            problems.add(font.name, "bukan berkas huruf", "pakai berkas TrueType atau OpenType (.ttf, .otf)")
        families.update(names)
    for field, name in wanted.items():
        if name not in families and getattr(theme, field):
            problems.add(
                document.place("theme", field) if document else FORM,
                f"'theme > {field}' berisi '{name}', huruf yang tidak ada",
                f"taruh berkasnya di map {FONTS}/, atau pilih salah satu dari {', '.join(sorted(families))}",
            )


def _families(font: FormFile) -> list[str]:
    # A large library, needed only by an office that brings fonts.
    import typst  # noqa: PLC0415

    from core.temporary import temporary_folder  # noqa: PLC0415

    with temporary_folder() as folder:
        (folder / PurePath(font.name).name).write_bytes(font.content)
        found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        return sorted({entry.family for entry in found.fonts()})


def _wrong_png(content: bytes) -> tuple[str, str] | None:
    if not content.startswith(_PNG) or content[12:16] != b"IHDR" or b"IEND" not in content[-16:]:
        return "bukan gambar PNG yang utuh", "simpan ulang gambarnya sebagai PNG"
    width, height = (int.from_bytes(content[place : place + 4]) for place in (16, 20))
    if min(width, height) < LEAST_PIXELS:
        return (
            f"berukuran {width} x {height} piksel, terlalu kecil untuk sampul",
            f"pakai gambar yang sisi pendeknya paling sedikit {LEAST_PIXELS} piksel, atau SVG",
        )
    return None


def _wrong_svg(content: bytes) -> tuple[str, str] | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as cause:
        return f"bukan gambar SVG yang utuh (baris {cause.lineno})", "simpan ulang gambarnya sebagai SVG"
    if etree.QName(root).localname != "svg":
        return "bukan gambar SVG", "simpan ulang gambarnya sebagai SVG"
    if not (root.get("viewBox") or (root.get("width") and root.get("height"))):
        return "tidak menyebut ukurannya", "simpan ulang gambarnya dengan viewBox"
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        links = [value for key, value in element.attrib.items() if etree.QName(key).localname == "href"]
        outside = any(not link.startswith(("#", "data:")) for link in links)
        styled = any(_OUTSIDE.search(str(value)) for value in (*element.attrib.values(), element.text or ""))
        if name in ("script", "foreignObject") or outside or styled:
            return (
                f"memuat <{name}> yang mengambil atau menjalankan sesuatu (baris {element.sourceline})",
                "simpan ulang gambarnya sebagai SVG polos, dengan gambar di dalamnya tertanam",
            )
    return None
