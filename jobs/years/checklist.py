"""``periksa.md``: what a person has to look at before a year that was opened is confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.dates import MONTHS
from core.errors import StorageError, explain_os_error
from jobs.years.plan import Plan
from jobs.years.published import Published
from office.confirmation import CHECKLIST
from office.quarters import QUARTERS_FILE

_DATED = re.compile(rf"\b(?:19|20)\d\d\b|\b\d{{1,2}} (?:{'|'.join(MONTHS)})\b")
_ITEM = re.compile(r"^\s*- (?:\[.\] )?")
_AROUND = 40
"""Characters of a line that are shown before and after the year or day."""


def checklist(folder: Path, before: int, year: int, plan: Plan, published: Published) -> str:
    """The text of periksa.md.

    Args:
        folder: Of the new year, with all its files.
        before: The year it was made from.
        year: The new year.
        plan: Of its documents.
        published: Last year's realisasi.
    """
    parts = [
        f"# Yang perlu diperiksa sebelum tahun {year} dikonfirmasi",
        f"Map ini dibuat dari tahun {before}. Sampai dikonfirmasi tidak ada terbitan dan surel tahun {year}. "
        f'Sesudah semuanya diperiksa: `lkjip year confirm {year} --by "nama pemeriksa"`.',
        f"## Target (`year.yaml`)\n\n{_items(_targets(before, year, plan))}",
        f"## Realisasi {before} (`realisasi.csv`)\n\n{_items(_realisasi(before, published))}",
        f"## Yang harus diisi atau diganti\n\n{_items(_to_fill(folder, before, year))}",
        f"## Yang menyebut tahun atau tanggal\n\n{_items(_dated(folder))}",
    ]
    return "\n\n".join(parts) + "\n"


def _items(lines: Iterator[str] | Sequence[str]) -> str:
    return "\n".join(f"- [ ] {line}" for line in lines)


def _targets(before: int, year: int, plan: Plan) -> Iterator[str]:
    yield f"Dari Renstra untuk {year}: {_named(plan.from_renstra)}."
    yield f"Renstra tidak memuat targetnya, jadi masih target tahun {before}: {_named(plan.carried)}."
    if plan.dropped:
        yield f"Tidak dibawa: {', '.join(plan.dropped)}; tulis perubahan tahun {year} bila sudah ada."


def _realisasi(before: int, published: Published) -> Iterator[str]:
    yield f"Diambil dari {published.source}."
    if published.missing:
        yield f"Belum ada realisasi {before}: {_named(published.missing)}."


def _to_fill(folder: Path, before: int, year: int) -> Iterator[str]:
    yield "`programs.csv`: anggaran dan belanja ditulis 0; realisasi, analisis dan solusi kosong."
    yield f"`year.yaml`: penanda tangan, penerima, dasar hukum dan alasan (`reasons`) masih dari {before}."
    if (folder / "national.csv").exists():
        yield f"`national.csv`: masih angka yang dipakai laporan {before}."
    if (folder / "buku").exists():
        yield f"`buku/`: masih kata-kata laporan {before}."
    if (folder.parent / str(before) / QUARTERS_FILE).exists():
        yield f"`{QUARTERS_FILE}` tidak dibawa; isi target dan realisasi triwulan {year} bila sudah ada."
    yield f"`cetak/` tidak dibawa; ia untuk laporan tercetak tahun {year}."


def _named(names: Sequence[str]) -> str:
    return ", ".join(names) or "tidak ada"


def _dated(folder: Path) -> Iterator[str]:
    """Every line of the words that were carried over that names a year or a day."""
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".md", ".yaml", ".csv") and p.is_file()):
        name = path.relative_to(folder).as_posix()
        if name == "realisasi.csv":  # made anew
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
            found = list(dict.fromkeys(_DATED.findall(line)))
            if found:
                yield f"`{name}` baris {number}: {_around(line, found[0])} ({', '.join(found)})"


def _around(line: str, words: str) -> str:
    """Where in a line some words first stand, on one line."""
    before, _, after = line.replace("`", "'").partition(words)
    first = f"…{before[-_AROUND:]}" if len(before) > _AROUND else before
    last = f"{after[:_AROUND]}…" if len(after) > _AROUND else after
    return " ".join(f"{first}{words}{last}".split())


@dataclass(frozen=True)
class Part:
    """A part of periksa.md as it stands in the year's folder, where a person may have changed it."""

    title: str
    lines: tuple[str, ...]


def read_checklist(folder: Path) -> list[Part]:
    """The parts of a year's periksa.md; none where it has none.

    Args:
        folder: Of the year.

    Raises:
        StorageError: It cannot be read.
    """
    path = folder / CHECKLIST
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except FileNotFoundError:
        return []
    except OSError as cause:
        raise StorageError(
            f"Berkas {CHECKLIST} tidak dapat dibaca ({explain_os_error(cause)}).",
            todo="beri tahu teknisi: periksa izin berkas di map kantor.",
        ) from cause
    parts = []
    for block in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _, body = block.partition("\n")
        lines = tuple(_ITEM.sub("", line) for line in body.splitlines() if line.strip())
        parts.append(Part(title.replace("`", ""), lines))
    return parts
