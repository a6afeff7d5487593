"""The words of BPS: cleaning them, and telling categories, measures, units and marks by them.

Labels come escaped twice, with tags and stray spaces; the same category is written in several
ways (with its letter, bilingual, ``;`` or ``,`` or ``dan``). What no rule knows is not guessed.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from decimal import Decimal

TOTAL = "TOTAL"
TOTAL_NONMIGAS = "TOTAL_NONMIGAS"
FINAL, PROVISIONAL, VERY_PROVISIONAL = "tetap", "sementara", "sangat sementara"

_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<\s*(?:br|/?p|/?li|/?ul|/?ol|/?div)\b[^<>]*>", re.IGNORECASE)


def clean(text: object) -> str:
    """A label as a person reads it: unescaped twice, without tags, with single spaces."""
    plain = html.unescape(html.unescape(text if isinstance(text, str) else str(text)))
    return " ".join(_TAG.sub(" ", plain).split())


def note_lines(text: object) -> list[str]:
    """The lines of a note, which comes as HTML with lists and breaks."""
    plain = html.unescape(html.unescape(text if isinstance(text, str) else ""))
    lines = (clean(line) for line in _BREAK.sub("\n", plain).splitlines())
    return [line for line in lines if line]


# --- categories ---------------------------------------------------------------------------------

_CATEGORIES = {
    "A": "pertanian kehutanan perikanan",
    "B": "pertambangan penggalian",
    "C": "industri pengolahan",
    "D": "pengadaan listrik gas",
    "E": "pengadaan air(?: pengelolaan sampah limbah daur ulang)?",
    "F": "konstruksi",
    "G": "perdagangan besar eceran(?: reparasi mobil sepeda motor)?",
    "H": "transportasi pergudangan",
    "I": "penyediaan akomodasi makan minum",
    "J": "informasi komunikasi",
    "K": "jasa keuangan(?: asuransi)?",
    "L": "real estate?",
    "M,N": "jasa perusahaan",
    "O": "administrasi pemerintahan pertahanan jaminan sosial wajib",
    "P": "jasa pendidikan",
    "Q": "jasa kesehatan kegiatan sosial",
    "R,S,T,U": "jasa lain(?:nya)?",
}
CODES = tuple(_CATEGORIES)
"""The 17 categories of lapangan usaha (KBLI 2009 as PDRB uses it), in order."""

_GDP = r"(?:produk domestik regional bruto|pdrb)(?: (?:kabupaten|kota|provinsi)(?: [a-z]+){1,4}?)?"
_TOTALS = {
    TOTAL_NONMIGAS: rf"(?:total |jumlah )?(?:{_GDP} )?(?:tanpa|non ?) ?(?:migas|minyak gas bumi)",
    TOTAL: rf"(?:total |jumlah )?{_GDP}(?: dengan migas| total)?|total|jumlah",
}
_SUBCATEGORY = re.compile(
    r"pertanian peternakan perburuan jasa pertanian|kehutanan penebangan kayu|perikanan"
    r"|tanaman (?:pangan|hortikultura.*|perkebunan.*)|peternakan|jasa pertanian perburuan"
    r"|pertambangan (?:minyak|batubara|bijih).*|pertambangan penggalian lainnya"
    r"|industri (?!pengolahan$).*|ketenagalistrikan|pengadaan gas produksi es"
    r"|perdagangan mobil.*|perdagangan besar eceran bukan.*"
    r"|angkutan .*|pergudangan .*|penyediaan akomodasi|penyediaan makan minum"
    r"|jasa perantara keuangan|asuransi dana pensiun|jasa keuangan lainnya|jasa penunjang keuangan"
)
_NUMBERED = re.compile(r"(?:\d+|[a-z])\s*[.)]\s*\S")
_LETTERS = re.compile(r"([A-U](?:\s*[,-]\s*[A-U])*)\s*(?:[.):]|-|\s)\s*(?=[A-Za-z])")


@dataclass(frozen=True)
class Category:
    """What a row is.

    Attributes:
        code: ``A`` … ``R,S,T,U``, ``TOTAL``, ``TOTAL_NONMIGAS``; empty for a sub-category.
    """

    code: str


def read_category(label: str) -> Category | None:
    """Tell which category a cleaned label names.

    Returns:
        The category, one without a code for a known sub-category, None when no rule knows it or
        its letter and its words contradict each other.
    """
    if _NUMBERED.match(label):
        return Category("")
    letters, words = _split_letters(label)
    names = [_words(words), _words(words.split("/", 1)[0])]
    for code, pattern in {**_CATEGORIES, **_TOTALS}.items():
        if any(re.fullmatch(pattern, name) for name in names):
            return Category(code) if letters in ("", code) else None
    if not letters and any(_SUBCATEGORY.fullmatch(name) for name in names):
        return Category("")
    return None


def _split_letters(label: str) -> tuple[str, str]:
    match = _LETTERS.match(label)
    if match is None:
        return "", label
    letters = re.sub(r"\s", "", match[1])
    if re.fullmatch("[A-U]-[A-U]", letters):
        letters = ",".join(chr(n) for n in range(ord(letters[0]), ord(letters[2]) + 1))
    return letters, label[match.end() :]


def _words(text: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", text.lower()).split()
    return " ".join(word for word in words if word not in ("dan", "and"))


# --- titles -------------------------------------------------------------------------------------

MEASURES = ("adhb", "adhk", "growth", "share")
MEASURE_NAMES = {
    "adhb": "PDRB atas dasar harga berlaku",
    "adhk": "PDRB atas dasar harga konstan",
    "growth": "laju pertumbuhan PDRB",
    "share": "distribusi persentase PDRB",
}
_PDRB = re.compile(r"\bPDRB\b|produk\s+domestik\s+regional\s+bruto", re.IGNORECASE)
_OTHER = re.compile(
    r"pengeluaran|tri\s*wulan|kuartal|implisit|per\s*kapita|indeks|q-to-q|semester|sumber\s+pertumbuhan"
    r"|menurut\s+(?:provinsi|kabupaten)",
    re.IGNORECASE,
)
_MEASURE_WORDS = (
    ("growth", re.compile(r"pertumbuhan", re.IGNORECASE)),
    ("share", re.compile(r"distribusi|struktur|peranan|persentase|kontribusi", re.IGNORECASE)),
    ("adhk", re.compile(r"konstan|\bADHK\b", re.IGNORECASE)),
    ("adhb", re.compile(r"berlaku|\bADHB\b", re.IGNORECASE)),
)
_BASE_YEAR = re.compile(
    r"\[\s*seri\s+(\d{4})\s*\]|((?:19|20)\d\d)\s*=\s*100"
    r"|(?:konstan|ADHK)(?:\s+tahun(?:\s+dasar)?)?\s*\(?\s*((?:19|20)\d\d)\b(?!\s*(?:-|–|s\.?d))",
    re.IGNORECASE,
)


def is_pdrb(title: str) -> bool:
    """Whether a title is about PDRB at all."""
    return bool(_PDRB.search(title))


def measure_of(title: str) -> str | None:
    """Which measure of PDRB by lapangan usaha a title promises, None when it is about another thing."""
    if not is_pdrb(title) or not re.search(r"lapangan\s+usaha", title, re.IGNORECASE):
        return None
    if _OTHER.search(title):
        return None
    return next((measure for measure, words in _MEASURE_WORDS if words.search(title)), None)


def base_year_of(title: str) -> int | None:
    """The base year of constant prices or of the series, as the title says it."""
    match = _BASE_YEAR.search(title)
    return int(next(group for group in match.groups() if group)) if match else None


# --- units --------------------------------------------------------------------------------------

MILIAR = "Miliar Rupiah"
PERCENT = "Persen"
_IN_MILIAR = {
    "triliun": Decimal(1000),
    "trilyun": Decimal(1000),
    "miliar": Decimal(1),
    "milyar": Decimal(1),
    "juta": Decimal("0.001"),
    "ribu": Decimal("0.000001"),
}
_MONEY = re.compile(r"\b(" + "|".join(_IN_MILIAR) + r")\s+(?:rupiah|rp)\b", re.IGNORECASE)
_PERCENT = re.compile(r"^\s*(?:persen|%|persentase)\s*$", re.IGNORECASE)


def in_miliar(unit: str, title: str) -> Decimal | None:
    """What one unit of the table is in miliar rupiah: from its unit, else from its title."""
    match = _MONEY.search(unit) or (None if _PERCENT.match(unit) else _MONEY.search(title))
    return _IN_MILIAR[match[1].lower()] if match else None


def is_percent(unit: str) -> bool:
    """Whether a unit is per cent."""
    return bool(_PERCENT.match(unit))


# --- marks in notes -----------------------------------------------------------------------------

_YEARS = r"(?:19|20)\d\d(?:\s*(?:-|–|s\.?\s?d\.?|sampai|dan|,|&)\s*(?:19|20)\d\d)*"
_MARK = r"(sangat\s+sementara|sementara)"
_YEARS_FIRST = re.compile(rf"({_YEARS})\*{{0,2}}[^0-9;]{{0,40}}?{_MARK}", re.IGNORECASE)
_MARK_FIRST = re.compile(rf"{_MARK}[^0-9;]{{0,20}}({_YEARS})", re.IGNORECASE)
_RANGE = re.compile(r"((?:19|20)\d\d)\s*(?:-|–|s\.?\s?d\.?|sampai)\s*((?:19|20)\d\d)", re.IGNORECASE)


def read_statuses(note: object) -> dict[int, str]:
    """The provisional years of a note: ``Data 2024: Angka sementara``.

    Returns:
        Status by year; a year that is not named is final as far as BPS says.
    """
    found: dict[int, str] = {}
    for line in note_lines(note):
        pairs = [(m[1], m[2]) for m in _YEARS_FIRST.finditer(line)]
        pairs = pairs or [(m[2], m[1]) for m in _MARK_FIRST.finditer(line)]
        for years, mark in pairs:
            status = VERY_PROVISIONAL if mark.lower().startswith("sangat") else PROVISIONAL
            found.update(dict.fromkeys(_expand_years(years), status))
    return found


def _expand_years(text: str) -> set[int]:
    years = {int(year) for year in re.findall(r"\d{4}", text)}
    for first, last in _RANGE.findall(text):
        years.update(range(int(first), int(last) + 1))
    return years


def read_year(label: str) -> tuple[int, str] | None:
    """A year's label with the stars that printed tables put behind it: ``2024*``, ``2025**``."""
    match = re.fullmatch(r"((?:19|20)\d\d)\s*(\*{0,2})", label)
    if match is None:
        return None
    return int(match[1]), (FINAL, PROVISIONAL, VERY_PROVISIONAL)[len(match[2])]


def read_illustrative(note: object) -> dict[str, set[int]]:
    """Which figures a stand-in marks as its own invention: ``Ilustrasi: A-U 2019-2023; TOTAL 2019``.

    BPS never writes such a line.

    Returns:
        Years by category code.
    """
    found: dict[str, set[int]] = {}
    for line in note_lines(note):
        marker, _, rest = line.partition(":")
        if marker.strip().lower() != "ilustrasi":
            continue
        for entry in rest.split(";"):
            match = re.fullmatch(r"\s*(\S+)\s+(\d{4})(?:-(\d{4}))?\s*\.?\s*", entry)
            if match:
                codes = CODES if match[1] == "A-U" else (match[1],)
                years = range(int(match[2]), int(match[3] or match[2]) + 1)
                for code in codes:
                    found.setdefault(code, set()).update(years)
    return found
