"""The words around the prices of an office sheet: names with units, headings, titles, markets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from connectors.prices.units import parse_unit
from connectors.sheets.days import read_month
from connectors.sheets.headings import any_case
from connectors.sheets.reader import Cell

_THING = (
    r"kg|kilo(?:gram)?|gr|gram|g|ons|kuintal|ton|liter|ltr|lt|l|ml|ekor|ekr|butir|btr|biji|buah|bh|bungkus|"
    r"bks|bgks|dos|dus|kotak|kaleng|klg|kl|botol|btl|tabung|tbg|sak|zak|karung|ikat|batang|btg|lonjor|"
    r"lembar|lbr|m3|sachet|saset|pak|pack|pcs|refill|pouch|rak"
)
_UNIT = any_case(
    rf"(?:(?:rp\.?|per)\s*/?\s*)?((?:\d+(?:[.,]\d+)?\s*)?(?:{_THING})(?:\s*/\s*(?:{_THING}))?)\.?"
)
_IN_BRACKETS = re.compile(r"^(.*\S)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]$")
_LIST_MARK = any_case(r"^(?:[-•*–]+\s*|(?:\d{1,3}|[a-z])[.)]\s+)")

_NAME_HEADS = (
    any_case(r"\b(?:nama )?komoditas\b|\bkomoditi\b"),
    any_case(r"\bnama\b|\bbahan\b|\bbapok"),
    any_case(r"\bjenis\b|\bbarang\b|\buraian\b|\bitem\b"),
    any_case(r"^(?:tanggal|tgl|hari)\b"),
)
_UNIT_HEAD = any_case(r"^(?:satuan|unit|sat\.?)$")
_DAY_HEAD = any_case(r"^(?:tanggal|tgl|hari)\b")
_OTHER_HEAD = any_case(
    r"^(?:no\.?|nomor|urut|kelompok|golongan|kategori|bulan|minggu(?!\s*(?:ke)?\s*-?\s*[\divx])|hari|ket\.?|keterangan|catatan|merk|merek|"
    r"asal|sumber|pasar|bulan/?\s*tahun|het|harga acuan|hap)\b"
)
_AGGREGATE = any_case(
    r"^(?:harga\s+)?(?:rata|rerata|rataan|jumlah|total|perubahan|selisih|naik|turun|maks|max|min\b|minimum|"
    r"tertinggi|terendah|standar|simpangan|stdev|koefisien|kv\b|cv\b|disparitas|fluktuasi|inflasi|%)"
)
_FOOTER = any_case(
    r"^(?:mengetahui|kepala\b|petugas|pengawas|sumber\b|catatan\b|keterangan\b|ket\b|nip\b|ttd|plt\b|\*|"
    r"dibuat|diperiksa|disetujui|pembina|penata)"
)
_WEEK = any_case(r"(?:minggu|mg|pekan)\.?\s*(?:ke)?\s*-?\s*(?:[ivx]+|\d)|m-?\d")
_GENERIC_SHEET = any_case(
    r"(?:sheet|lembar|worksheet|table|tabel|data|harga)\s*\(?\d*\)?|\d+|.*\b(?:rata|rekap|jumlah|total|grafik|"
    r"ringkasan|rangkuman|petunjuk|kabupaten|gabungan|semua)\b.*"
)
_MARKET = any_case(r"^(?:nama\s+|lokasi\s+)?pasar\s*[:=]\s*(.*)$")
_MARKET_TITLE = any_case(r"^pasar\s+[^:\d]+$")
_YEAR_WORD = any_case(r"\b(?:tahun\s+)?20\d\d\b")


def tidy(cell: Cell) -> Cell:
    """A cell without stray spaces."""
    return (
        " ".join(cell.replace("\u00a0", " ").replace("\u200b", "").split()) if isinstance(cell, str) else cell
    )


def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else."""
    bare = text.strip()
    return _UNIT.fullmatch(bare) is not None or (bool(bare) and parse_unit(bare) is not None)


def split_unit(text: str) -> tuple[str, str]:
    """Name and unit of ``Beras Premium (kg)``, ``Gula Pasir / Kg`` or ``- Tepung Terigu``."""
    name = _LIST_MARK.sub("", text).strip()
    if (match := _IN_BRACKETS.match(name)) and is_unit(match[2]):
        return match[1].rstrip(" ,-"), _bare_unit(match[2])
    for place in (found.start() for found in re.finditer("/", name)):
        if place and is_unit(name[place + 1 :]) and not is_unit(name[:place]):
            return name[:place].strip(), _bare_unit(name[place + 1 :])
    return name, ""


def unit_of(text: str) -> str:
    """A unit without brackets and ``Rp/`` before it; another text as it stands."""
    bare = text.strip().strip("()[]").strip()
    return _bare_unit(bare) if is_unit(bare) else bare


def _bare_unit(text: str) -> str:
    match = _UNIT.fullmatch(text.strip())
    return match[1].strip() if match else text.strip()


def name_rank(head: str) -> int | None:
    """How well a heading says that names of commodities stand below it; lower is better."""
    return next((rank for rank, pattern in enumerate(_NAME_HEADS) if pattern.search(head)), None)


def is_unit_head(head: str) -> bool:
    """Whether units stand below a heading."""
    return _UNIT_HEAD.match(head) is not None


def is_day_head(head: str) -> bool:
    """Whether days stand below a heading."""
    return _DAY_HEAD.match(head) is not None


def is_head(text: str) -> bool:
    """Whether a text is a heading of a column."""
    return name_rank(text) is not None or is_unit_head(text) or is_beside_prices(text)


def is_beside_prices(head: str) -> bool:
    """Whether what stands below a heading are no prices of a day: numbers, notes, averages."""
    return _OTHER_HEAD.match(head) is not None or is_aggregate(head)


def is_aggregate(text: str) -> bool:
    """Whether a row or column is computed from the others."""
    return _AGGREGATE.match(text) is not None


def is_footer(text: str) -> bool:
    """Whether the notes and signatures under a table begin."""
    return _FOOTER.match(text) is not None


def is_week(cell: Cell) -> bool:
    """Whether a heading names a week, so that no day is known."""
    return isinstance(cell, str) and _WEEK.fullmatch(cell.strip()) is not None


def market_in_titles(rows: Iterable[Sequence[Cell]]) -> str:
    """The market that a title names: ``Pasar : Anom``, also over two or three cells; empty without one."""
    titled = ""
    for row in rows:
        texts = [cell for cell in row if isinstance(cell, str) and cell]
        for text, after in pairwise([*texts, ""]):
            joined = f"{text} {after}" if after.startswith(":") else text
            match = _MARKET.match(joined)
            if match and (name := match[1].strip(" :") or _next_text(texts, text)):
                return market_name(name)
        if not titled and len(texts) == 1 and _MARKET_TITLE.match(_YEAR_WORD.sub("", texts[0]).strip()):
            titled = market_name(_YEAR_WORD.sub("", texts[0]))
    return titled


def _next_text(texts: Sequence[str], text: str) -> str:
    following = [other.strip(" :") for other in texts[texts.index(text) + 1 :]]
    return next((other for other in following if other), "")


def market_of_sheet(name: str) -> str:
    """The market that the name of a sheet names; empty for ``Sheet1``, ``Januari`` or ``Rekap``."""
    text = str(tidy(_YEAR_WORD.sub("", name.replace("_", " "))))
    if not text or _GENERIC_SHEET.fullmatch(text) or read_month(text) is not None:
        return ""
    return market_name(text)


def market_of_file(stem: str) -> str:
    """The market that the name of a file names after the word ``pasar``; empty without that word."""
    text = re.sub(r"[_\W]+", " ", stem)
    match = re.search(r"\bpasar\s+\D+", text, re.IGNORECASE)
    return market_name(match[0]) if match else ""


def market_name(text: str) -> str:
    """One spelling of a market: with ``Pasar`` before it, and not all in capitals."""
    name = " ".join(text.split()).strip(" .,;-")
    if name.isupper() or name.islower():
        name = name.title()
    return name if name.lower().startswith("pasar") else f"Pasar {name}"
