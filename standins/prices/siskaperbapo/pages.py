"""The pages of the site: the fragment with the table of a day, and the pages that come in its place.

The layout of rows is the site's (SOURCES.md, section 2; classes, quotes and the arrows as public clients
match them). How it writes the day above its table is not known; here it stands as people write it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from core.dates import format_date
from standins.prices.siskaperbapo.commodities import GROUPS, Commodity
from standins.prices.siskaperbapo.figures import REAL, REAL_DAY

HEADINGS = (
    "No", "Nama Bahan Pokok", "Satuan", "Harga Kemarin", "Harga Sekarang", "Perubahan (Rp)", "Perubahan (%)",
)  # fmt: skip
FIELDS = ("number", "name", "unit", "before", "now", "change", "percent")
"""Of a row, in the order of the headings."""
_MARKS = {
    "number": ' class="center"',
    "unit": "",
    "before": ' class="right kemarin"',
    "now": ' class="right sekarang"',
    "change": ' class="right"',
    "percent": ' class="right"',
}
NOTE = (
    "Ilustrasi: halaman ini dibuat oleh server tiruan. Nama pasar dan harganya dikarang; "
    "bukan data Siskaperbapo."
)
HOME = (
    "<!DOCTYPE html>\n<html><head><title>Harga Bahan Pokok</title></head><body>"
    "<form id='filter'><input name='tanggal'><select name='kabkota'></select><select name='pasar'></select>"
    "</form><div id='tabel'></div></body></html>"
)
LOGIN = (
    "<!DOCTYPE html>\n<html><head><title>Masuk</title></head><body><form method='post' action='/login'>"
    "<input name='username'><input type='password' name='password'></form></body></html>"
)
FORBIDDEN = (
    "<!DOCTYPE html>\n<html><head><title>403 Forbidden</title></head><body><h1>Forbidden</h1>"
    "<p>You don't have permission to access this resource.</p></body></html>"
)
MAINTENANCE = (
    "<!DOCTYPE html>\n<html><head><title>Pemeliharaan</title></head><body>Segera kembali</body></html>"
)


@dataclass(frozen=True)
class Row:
    """A row of the table as it will be written; headings have no id and no unit."""

    number: str
    item: str
    name: str
    unit: str
    before: str
    now: str
    change: str = ""
    percent: str = ""

    @property
    def is_commodity(self) -> bool:
        """Whether it is no heading."""
        return bool(self.unit or self.item)

    def cell(self, field: str) -> str:
        """One cell with its tags."""
        if field == "name":
            return f"<td>{self._named()}</td>"
        text = getattr(self, field)
        if field == "percent" and text:
            sign = (
                "minus" if text.startswith("0") else "chevron-down" if text.startswith("-") else "chevron-up"
            )
            text = f'{text} <span class="glyphicon glyphicon-{sign}"></span>'
        return f"<td{_MARKS[field]}>{text}</td>"

    def _named(self) -> str:
        if not self.item:
            return f" - {self.name} " if self.unit else f" {self.name} "
        return f" - <span class=\"price-tooltip-enabled\" data-commodity-id='{self.item}'>{self.name}</span> "


@dataclass(frozen=True)
class Page:
    """The table of a day.

    Attributes:
        headings: Of its columns.
        fields: What stands in each of them; a field that no row has is written as it is named.
    """

    title: str
    market: str
    rows: tuple[Row, ...]
    headings: tuple[str, ...] = HEADINGS
    fields: tuple[str, ...] = FIELDS

    def render(self) -> bytes:
        """The fragment."""
        heads = "".join(f"\n\t\t\t<th>{text}</th>" for text in self.headings)
        lines = [
            f'<p class="ilustrasi">{NOTE}</p>',
            f'<h3 class="page-header">{self.title}</h3>',
            f'<div class="pasar">Pasar : {self.market}</div>',
            '<table class="table table-bordered table-hover table-condensed">',
            f'\t\t<tr class="header">{heads}\n\t\t</tr>',
            *map(self._line, self.rows),
            "</table>\n",
        ]
        return "\n".join(lines).encode()

    def _line(self, row: Row) -> str:
        cells = "".join(
            f"\n\t\t\t{row.cell(field) if field in FIELDS else f'<td>{field}</td>'}" for field in self.fields
        )
        return f"\t\t<tr>{cells}\n\t\t</tr>"


def day_page(region: str, market: str, day: date, before: Mapping[str, int], now: Mapping[str, int]) -> Page:
    """The table of a day.

    Args:
        region: Empty for the province.
        market: Its name; empty for the mean of the region.
        day: Which day.
        before: Rupiah of the day before by commodity.
        now: Of the day.
    """
    rows: list[Row] = []
    for number, group in enumerate(GROUPS, start=1):
        shown = f"{number:02d}"
        if group.heading:
            rows.append(Row(shown, "", group.heading, "", "0", "0"))
        for part in group.parts:
            if isinstance(part, str):
                rows.append(Row("", "", part, "", "", ""))
                continue
            row = _commodity_row(part, before[part.item], now[part.item])
            if not region and day == REAL_DAY:
                row = _real(row)
            rows.append(row if group.heading else replace(row, number=shown))
    return Page(title(region, day), market, tuple(rows))


def title(region: str, day: date) -> str:
    """What stands above the table; the words before the comma are the site's for the province."""
    place = region or "Provinsi Jawa Timur"
    return f"Harga Rata-Rata {place} di Tingkat Konsumen, {format_date(day)}"


def _commodity_row(commodity: Commodity, before: int, now: int) -> Row:
    change = now - before
    percent = 100 * change / before if before else 0.0
    return Row(
        "", commodity.item, commodity.name, commodity.unit,
        _rupiah(before), _rupiah(now), _rupiah(change), f"{percent:.2f}%".replace(".", ","),
    )  # fmt: skip


def _rupiah(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _real(row: Row) -> Row:
    if row.name not in REAL:
        return row
    before, now, change, percent = REAL[row.name]
    return replace(row, before=_rupiah(before), now=_rupiah(now), change=change, percent=percent)
