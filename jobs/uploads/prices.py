"""What was understood of a price sheet: markets, commodities and days, and what could not be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.dates import format_date
from core.numbers import format_number
from jobs.prices.files import PriceFileResult, read_price_files
from jobs.uploads.shown import BAD, PLAIN, WAIT, Shown, make_notes, make_table, refused
from jobs.workspace import Workspace


def read_prices(workspace: Workspace, file: Path, _month: int, *, dry_run: bool) -> PriceFileResult:
    """Read one file."""
    return read_price_files(workspace, [file], dry_run=dry_run).files[0]


def is_prices(result: PriceFileResult) -> bool:
    """Whether it has prices of days."""
    return bool(result.sheets)


def show_price_file(workspace: Workspace, result: PriceFileResult) -> Shown:
    """For the page, after a dry run."""
    if not result.sheets:
        return refused(result.refusals)
    shown = Shown(
        outcome=result.outcome,
        takable=True,
        facts=_facts(result),
        tables=(
            make_table(
                "Lembar yang terbaca",
                ("Pasar", "Lembar", "Komoditas", "Harga", "Dari", "Sampai", "Tidak terbaca"),
                (
                    (
                        sheet.market,
                        sheet.name,
                        format_number(len(sheet.commodities)),
                        format_number(sheet.prices),
                        format_date(sheet.first),
                        format_date(sheet.last),
                        format_number(sheet.unread),
                    )
                    for sheet in result.sheets
                ),
            ),
        ),
        notes=(
            *make_notes("Lembar yang tidak dapat dipakai; yang lain tetap diambil", WAIT, result.refusals),
            *make_notes("Tidak terbaca; sel lain tetap diambil", WAIT, _unread(result)),
            *make_notes("Belum dikenal; harganya disimpan, belum dihitung", WAIT, result.unknown),
            *make_notes(
                "Komoditas", PLAIN, (f"{s.market}: {', '.join(s.commodities)}" for s in result.sheets)
            ),
            *make_notes("Catatan", PLAIN, result.remarks),
        ),
    )
    if any(workspace.of_year(year).agency.prices for year in workspace.years):
        return shown
    why = "Kantor ini tidak mengukur harga pasar. Yang perlu dilakukan: kirim ke kantor yang mengukurnya."
    notes = (*make_notes("Yang membuatnya tidak dapat dipakai", BAD, [why]), *shown.notes)
    return replace(shown, takable=False, notes=notes)


def tell_prices(result: PriceFileResult) -> str:
    """One sentence on what was kept."""
    if result.stored is None:
        return ""
    return (
        f"{format_number(result.stored.new)} harga baru, {format_number(result.stored.changed)} berubah, "
        f"{format_number(result.stored.unchanged)} sudah tersimpan."
    )


def years_of_prices(workspace: Workspace, result: PriceFileResult) -> tuple[int, ...]:
    """Whose report it concerns."""
    days = [(sheet.first.year, sheet.last.year) for sheet in result.sheets]
    return tuple(year for year in workspace.years if any(first <= year <= last for first, last in days))


def _facts(result: PriceFileResult) -> tuple[tuple[str, str], ...]:
    sheets = result.sheets
    names = {name for sheet in sheets for name in sheet.commodities}
    days = f"{format_date(min(s.first for s in sheets))} sampai {format_date(max(s.last for s in sheets))}"
    return (
        ("Hari", days),
        ("Pasar", format_number(len({sheet.market for sheet in sheets}))),
        ("Komoditas", format_number(len(names))),
        ("Harga", format_number(sum(sheet.prices for sheet in sheets))),
        *((("Sifat", "berkas menyebut harganya ilustrasi"),) if result.illustrative else ()),
    )


def _unread(result: PriceFileResult) -> list[str]:
    return [f"{entry.place}: {entry.text!r}. {entry.message}" for entry in result.unread]
