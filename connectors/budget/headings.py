"""What the columns of a budget export mean, told by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from capaian.budget.lines import Level, Stage
from connectors.budget.period import month_of_heading, read_stage
from connectors.sheets.headings import any_case


class Meaning(StrEnum):
    """What a column holds."""

    CODE = "kode"
    NAME = "uraian"
    OFFICE = "kantor"
    BUDGET = "anggaran"
    INITIAL = "anggaran murni"
    REVISED = "anggaran setelah perubahan"
    SPENT_BEFORE = "realisasi sampai bulan lalu"
    SPENT_MONTH = "realisasi bulan ini"
    SPENT_OF_MONTH = "realisasi satu bulan"
    SPENT = "realisasi"
    PERCENT = "persentase"
    REMAINING = "sisa"
    OTHER = ""


MONEY = frozenset(
    {
        Meaning.BUDGET, Meaning.INITIAL, Meaning.REVISED, Meaning.SPENT_BEFORE, Meaning.SPENT_MONTH,
        Meaning.SPENT_OF_MONTH, Meaning.SPENT, Meaning.REMAINING,
    }
)  # fmt: skip
BUDGETS = (Meaning.REVISED, Meaning.BUDGET, Meaning.INITIAL)
"""In the order in which they count."""
SPENDINGS = (Meaning.SPENT, Meaning.SPENT_MONTH, Meaning.SPENT_OF_MONTH)

_OTHER = any_case(
    r"\bfisik\b|\btarget\b|\bindikator\b|\bsatuan\b|\bvolume\b|\blokasi\b|\bsumber\s*dana\b|\bpptk\b"
    r"|\bketerangan\b"
    r"|\bket\b|\bcatatan\b|\bbertambah\b|\bberkurang\b|\bselisih\b|\bprognosis\b|\btahun lalu\b|\bkpa\b"
    r"|\bkinerja\b"
    r"|\bkas\b|\bno\b\.?\s*urut"
)
_REMAINING = any_case(r"\bsisa\b|\bsaldo\b|lebih\s*/?\s*\(?kurang|belum\s+(?:ter|di)serap")
_PERCENT = any_case(r"%|\bpersen|\bprosen|^\s*(?:tingkat\s+)?(?:capaian|serapan|penyerapan|daya serap)\s*$")
_SPENT = any_case(r"\breal[il]?i?sasi\b|\bsp2d\b|\bspj\b|\bpencairan\b|\bpenyerapan\b|\bterserap\b")
_BEFORE = any_case(r"bulan\s+(?:yang\s+)?lalu|bulan\s+sebelum|periode\s+(?:yang\s+)?lalu|sebelumnya|\blalu\b")
_UP_TO = any_case(r"\bs\s*[./]?\s*d\b|sampai|kumulatif|komulatif|total|jumlah|akumulasi|hingga")
_THIS_MONTH = any_case(r"(?:bulan|periode)\s+ini|\bbulanan\b|^\s*bulan\s*$")
_BUDGET = any_case(r"\banggaran\b|\bpagu\b|\balokasi\b|\bdpp?a\b|\bplafon\w*\b|\bapbd\b|\bppas\b")
_OFFICE = any_case(
    r"^(?:nama\s+)?(?:skpd|opd|perangkat daerah|unit(?:\s+(?:organisasi|kerja|skpd))?|satuan kerja|dinas)\b"
)
_CODE = any_case(r"\bkode\b|\brekening\b|\bno\.?\s*rek|\bmata anggaran\b")
_NAME = any_case(
    r"\buraian\b|\bnama\b|\bnomenklatur\b|\bprogram\b|\bkegiatan\b|\bsub\s*kegiatan\b|\burusan\b|\bbidang\b"
)
_NAMED = any_case(r"\buraian\b|\bnama\b")
_NUMBER = any_case(r"^\s*(?:no\.?|nomor|nomer|#)\s*$")
_THOUSANDS = any_case(
    r"(?:dalam|dlm)\s+(?:ribu|juta|milyar|miliar)"
    r"|\(\s*(?:rp\.?\s*)?(?:ribuan|ribu|jutaan|juta|miliar|milyar)\b"
    r"|\brp\.?\s*(?:ribuan|juta|jutaan|ribu)\b|\(\s*rp?\.?\s*\.?000\s*\)|x\s*1\.?000\b"
)
_LEVELS = (
    (Level.SUB_KEGIATAN, any_case(r"\bsub[\s-]*kegiatan\b")),
    (Level.KEGIATAN, any_case(r"\bkegiatan\b")),
    (Level.PROGRAM, any_case(r"\bprogram\b")),
    (Level.REKENING, any_case(r"\brekening\b|\bbelanja\b")),
)


def read_heading(path: tuple[str, ...]) -> Meaning:
    """What a column holds.

    Args:
        path: Its headings from top to bottom, groups first: ``("Realisasi", "s.d. Bulan Ini")``.
    """
    whole, last = " ".join(path), path[-1] if path else ""
    if not whole.strip() or _NUMBER.match(whole):
        return Meaning.OTHER
    return next((meaning for tells, meaning in _told(path, whole, last) if tells), Meaning.OTHER)


def _told(path: tuple[str, ...], whole: str, last: str) -> Iterator[tuple[bool, Meaning]]:
    """What may tell a meaning, the surest first."""
    spent, coded = bool(_SPENT.search(whole)), bool(_CODE.search(whole)) and not _NAMED.search(last)
    yield bool(_OFFICE.search(last)) and not spent, Meaning.OTHER if coded else Meaning.OFFICE
    yield bool(_OTHER.search(whole)), Meaning.OTHER
    yield bool(_PERCENT.search(last)), Meaning.PERCENT
    yield bool(_REMAINING.search(whole)), Meaning.REMAINING
    if spent:
        yield True, _of_spending(path)
    yield bool(_PERCENT.search(whole)), Meaning.PERCENT
    yield bool(_BUDGET.search(whole)) and not coded, _of_budget(whole)
    yield coded, Meaning.CODE
    yield bool(_NAME.search(whole)), Meaning.NAME


def month_of_column(path: tuple[str, ...]) -> int | None:
    """The month whose own realisasi a column holds, ``("Realisasi", "Januari")``."""
    return month_of_heading(path[-1]) if path else None


def levels_of(path: tuple[str, ...]) -> tuple[Level, ...]:
    """The levels that the heading of a name or code names; the deepest heading decides."""
    for text in reversed(path):
        rest, found = text, []
        for level, pattern in _LEVELS:
            if pattern.search(rest):
                found.append(level)
                rest = pattern.sub(" ", rest)
        if found:
            return tuple(found)
    return ()


def says_thousands(text: str) -> bool:
    """Whether a title or heading says that amounts are in thousands or millions."""
    return bool(_THOUSANDS.search(text))


def _of_spending(path: tuple[str, ...]) -> Meaning:
    whole, last = " ".join(path), path[-1]
    if _BEFORE.search(whole):
        return Meaning.SPENT_BEFORE
    if _UP_TO.search(whole):
        return Meaning.SPENT
    if _THIS_MONTH.search(last) or _THIS_MONTH.search(whole):
        return Meaning.SPENT_MONTH
    if len(path) > 1 and month_of_heading(last):
        return Meaning.SPENT_OF_MONTH
    return Meaning.SPENT


def _of_budget(text: str) -> Meaning:
    stage = read_stage(text)
    if re.search(r"\bsebelum\b", text, re.IGNORECASE):
        return Meaning.INITIAL
    if stage is Stage.MURNI:
        return Meaning.INITIAL
    if stage is Stage.PERUBAHAN or re.search(r"\bsetelah\b|\bsesudah\b", text, re.IGNORECASE):
        return Meaning.REVISED
    return Meaning.BUDGET
