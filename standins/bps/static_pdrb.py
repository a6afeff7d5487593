"""Static tables of PDRB: the figures of the dynamic tables as sheets that were uploaded as HTML.

Ugly as BPS's are: every cell with its style, ``nobr`` and ``&nbsp;``, merged heads, and the whole
escaped once more inside JSON. Their numbers are invented, their titles follow those of BPS.
"""

from __future__ import annotations

import html
from decimal import Decimal

from standins.bps.catalogue import DOMAIN, Row, Timeline
from standins.bps.figures import CATEGORIES, TOTAL, TOTAL_NONMIGAS, illustrative_note
from standins.bps.tables import series_figures
from standins.bps.timeline import PROVISIONAL, VERY_PROVISIONAL

_STARS = {PROVISIONAL: "*", VERY_PROVISIONAL: "**"}
_TITLES = {
    "adhb": (
        341,
        "[Seri 2010] PDRB Kabupaten Sumenep Atas Dasar Harga Berlaku Menurut Lapangan Usaha (Juta Rupiah)",
    ),
    "adhk": (
        342,
        "[Seri 2010] Produk Domestik Regional Bruto Kabupaten Sumenep Atas Dasar Harga Konstan 2010 Menurut "
        "Lapangan Usaha (Miliar Rupiah)",
    ),
    "growth": (
        343,
        "[Seri 2010] Laju Pertumbuhan PDRB Kabupaten Sumenep Atas Dasar Harga Konstan 2010 Menurut Lapangan "
        "Usaha (Persen)",
    ),
    "share": (
        344,
        "[Seri 2010] Distribusi Persentase PDRB Kabupaten Sumenep Atas Dasar Harga Berlaku Menurut Lapangan "
        "Usaha (Persen)",
    ),
}
_DECOY = (
    345,
    "[Seri 2010] PDRB Kabupaten Sumenep Atas Dasar Harga Berlaku Menurut Pengeluaran (Juta Rupiah)",
)
_TOTALS = {TOTAL_NONMIGAS: "PDRB Tanpa Migas", TOTAL: "Produk Domestik Regional Bruto"}
_BLANK = '<td style=""><nobr>&nbsp;</nobr></td>'


def static_rows(domain: str, timeline: Timeline, site: str) -> list[Row]:
    """The rows of ``list/model/statictable``; only 3529 has them."""
    if domain != DOMAIN:
        return []
    titled = [*_TITLES.values(), _DECOY]
    return [
        {
            "table_id": number,
            "title": f"{title}, {_span(timeline)}",
            "subj_id": 52,
            "subj": "Produk Domestik Regional Bruto (Lapangan Usaha)",
            "updt_date": timeline.series.changed.isoformat(),
            "size": "0.05 MB",
            "excel": f"{site}/download.php?f=tiruan",
        }
        for number, title in titled
    ]


def static_html(table_id: str, timeline: Timeline) -> str | None:
    """The escaped HTML of a static table of PDRB; None when the id is another one's."""
    if table_id == str(_DECOY[0]):
        return html.escape(f"<table><tr><td>{_DECOY[1]} (ilustrasi)&nbsp;</td></tr></table>")
    for measure, (number, title) in _TITLES.items():
        if str(number) == table_id:
            return html.escape(sheet(measure, f"{title}, {_span(timeline)}", timeline))
    return None


def sheet(measure: str, title: str, timeline: Timeline) -> str:
    """The HTML of a sheet, as it is before it is escaped."""
    figures = [figure for figure in series_figures(timeline.series) if figure.measure == measure]
    years = sorted({figure.year for figure in figures})
    values = {(figure.category, figure.year): figure.value for figure in figures}
    present = {figure.category for figure in figures}
    stars = {year: _STARS[status] for year, status in timeline.series.statuses}
    heads = [f"{year}{stars.get(year, '')}" for year in years]
    width = len(years) + 2
    rows = [
        _row([_cell(title, f"colspan={width}")]),
        _row([_BLANK] * width),
        _row([_cell("Lapangan Usaha", "colspan=2 rowspan=2"), _cell("Tahun", f"colspan={len(years)}")]),
        _row([_cell(head, "") for head in heads]),
        _row([_cell("(1)", "colspan=2"), *(_cell(f"({n})", "") for n in range(2, len(years) + 2))]),
    ]
    for code, label in {**CATEGORIES, **_TOTALS}.items():
        if code in present:
            letter = [_cell("", "")] if code in _TOTALS else [_cell(code, "")]
            name = f"<b>{label}</b>" if code in _TOTALS else html.escape(label)
            cells = [_cell(_number(values.get((code, year)), measure), "align=right") for year in years]
            rows.append(_row([*letter, _cell(name, ""), *cells]))
    notes = (
        "Catatan: * Angka sementara",
        "** Angka sangat sementara",
        "Sumber: BPS Kabupaten Sumenep (server tiruan untuk peragaan)",
        illustrative_note(figures),
    )
    rows += [_row([_cell(note, f"colspan={width}")]) for note in notes]
    body = "\r\n\r\n".join(rows)
    return (
        '<table class="excel" cellpadding=0 cellspacing=0 width=642 style="border-collapse:\r\n'
        f' collapse;table-layout:fixed;width:485pt"><tbody>\r\n\r\n{body}</tbody></table>'
    )


def _span(timeline: Timeline) -> str:
    years = {figure.year for figure in series_figures(timeline.series)}
    return f"{min(years)}-{max(years)}"


def _row(cells: list[str]) -> str:
    return f'\t<tr style="height:20px;">\r\n\t\t{chr(10).join(cells)}</tr>'


def _cell(text: str, attributes: str) -> str:
    style = 'style="font-family:Times New Roman;font-size:11px;color:#000000;"'
    return f"<td {style} {attributes}><nobr>{text or '&nbsp;'}</nobr></td>"


def _number(value: Decimal | None, measure: str) -> str:
    """``1.559.380,00`` for the table in juta rupiah, ``1.559,38`` in the others."""
    if value is None:
        return "-"
    amount = value * 1000 if measure == "adhb" else value
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
