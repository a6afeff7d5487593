"""Sets PDFs like BPS's books with Typst: the recorded page of Enrekang, variants, a book of many pages.

Run it to look at them: ``python make_books.py FOLDER``. The figures of Enrekang's table at current
prices are BPS's; all others are made from them and stand for layout only (ilustrasi).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import typst

from core.numbers import format_number, round_half_up
from tests.connectors.given.recorded_page import FIGURES

LABELS = {
    "A": "Pertanian, Kehutanan, dan Perikanan/Agriculture, Forestry &Fishing",
    "B": "Pertambangan dan Penggalian/Mining & Quarrying",
    "C": "Industri Pengolahan/Manufacturing",
    "D": "Pengadaan Listrik dan Gas/Electricity & Gas",
    "E": "Pengadaan Air, Pengelolaan Sampah, Limbah dan Daur Ulang/Water supply, Sewerage, Waste "
    "Management &Remediation Activities",
    "F": "Konstruksi/Construction",
    "G": "Perdagangan Besar dan Eceran; Reparasi Mobil dan Sepeda Motor/Wholesale &Retail Trade; Repair "
    "of Motor Vehicles&Motorcycles",
    "H": "Transportasi dan Pergudangan/Transportation & Storage",
    "I": "Penyediaan Akomodasi dan Makan Minum/ Accomodation & food Service Activities",
    "J": "Informasi dan Komunikasi/Information &Communication",
    "K": "Jasa Keuangan dan Asuransi/Financial & Insurance Activities",
    "L": "Real Estat/Real Estate Activities",
    "M,N": "Jasa Perusahaan/Bussiness Activities",
    "O": "Administrasi Pemerintahan, Pertahanan dan Jaminan Sosial Wajib/Public Administration & Defence; "
    "Compulsory Social Security",
    "P": "Jasa Pendidikan/Education",
    "Q": "Jasa Kesehatan dan Kegiatan Sosial/ Human Health and Social Work Activities",
    "R,S,T,U": "Jasa lainnya/Other Service Activities",
    "TOTAL": "Produk Domestik Regional Bruto/Gross Regional Domestic Product",
}
HEADS = ("2021", "2022", "2023", "2024*", "2025**")
NOTES = (
    "Catatan/ Notes: * Angka Sementara/Preliminary Figures",
    "** Angka Sangat Sementara/Very Preliminary Figures",
)
CURRENT = (
    "Produk Domestik Regional Bruto Enrekang Atas Dasar Harga Berlaku Menurut Lapangan Usaha (Miliar "
    "Rupiah), 2021-2025",
    "Gross Regional Domestic Product of Enrekang at Current Prices by Industry (Billion rupiah) 2021-2025",
)
CONSTANT = (
    "Produk Domestik Regional Bruto Enrekang Atas Dasar Harga Konstan 2010 Menurut Lapangan Usaha (Miliar "
    "Rupiah), 2021-2025",
    "Gross Regional Domestic Product of Enrekang at 2010 Constant Prices by Industry (Billion rupiah) "
    "2021-2025",
)
SHARE = (
    "Distribusi Persentase Produk Domestik Regional Bruto Enrekang Atas Dasar Harga Berlaku Menurut Lapangan "
    "Usaha (Persen), 2021-2025",
    "Percentage Distribution of Gross Regional Domestic Product of Enrekang at Current Prices by Industry "
    "(Percent) 2021-2025",
)
GROWTH = (
    "Laju Pertumbuhan Produk Domestik Regional Bruto Enrekang Atas Dasar Harga Konstan 2010 Menurut Lapangan "
    "Usaha (Persen), 2022-2025",
    "Growth Rate of Gross Regional Domestic Product of Enrekang at 2010 Constant Prices by Industry "
    "(Percent) 2022-2025",
)
DECOYS = (
    "Produk Domestik Regional Bruto Enrekang Atas Dasar Harga Berlaku Menurut Pengeluaran (Miliar Rupiah)",
    "Indeks Harga Implisit Produk Domestik Regional Bruto Enrekang Menurut Lapangan Usaha (2010=100)",
    "Produk Domestik Regional Bruto Per Kapita Enrekang Menurut Lapangan Usaha (Juta Rupiah)",
    "Produk Domestik Regional Bruto Triwulanan Enrekang Atas Dasar Harga Berlaku Menurut Lapangan Usaha "
    "(Miliar Rupiah)",
)
Values = Mapping[str, Sequence[Decimal]]
SetPdf = Callable[[str], bytes]


@dataclass(frozen=True)
class Table:
    """A table to set.

    Attributes:
        caption: Indonesian and English.
        values: By category, one for each head.
        figures_at: ``top``, ``horizon`` or ``bottom`` of a label of several lines.
        own_column: Whether letters have a column of their own.
        indonesian: Whether numbers are written ``1.078,61``.
        places: Decimals.
        watermark: ``turned``, ``stacked`` (upright letters, grey), ``plain`` (as the text), or none.
        english_below: Whether the English half stands in a line of its own, without a ``/``.
    """

    caption: tuple[str, str]
    values: Values
    heads: tuple[str, ...] = HEADS
    notes: tuple[str, ...] = NOTES
    number: str = "1"
    figures_at: str = "horizon"
    own_column: bool = True
    indonesian: bool = False
    places: int = 2
    watermark: str = "turned"
    english_below: bool = False
    marker: tuple[str, str] = ("Lampiran", "Appendix")


def current() -> dict[str, list[Decimal]]:
    """The figures of Enrekang."""
    return {code: [Decimal(text) for text in row.split()] for code, row in FIGURES.items()}


def constant() -> dict[str, list[Decimal]]:
    """Made values whose categories add up to their total (ilustrasi)."""
    made = {code: [round_half_up(v * Decimal("0.61"), 2) for v in row] for code, row in current().items()}
    made["TOTAL"] = [sum((made[c][i] for c in made if c != "TOTAL"), Decimal(0)) for i in range(len(HEADS))]
    return made


def growth() -> dict[str, list[Decimal]]:
    """Growth of the made values."""
    return {
        code: [round_half_up((b / a - 1) * 100, 2) for a, b in pairwise(row)]
        for code, row in constant().items()
    }


def share() -> dict[str, list[Decimal]]:
    """Shares of the figures of Enrekang."""
    values = current()
    return {
        code: [round_half_up(100 * v / t, 2) for v, t in zip(row, values["TOTAL"], strict=True)]
        for code, row in values.items()
    }


def shown(value: Decimal, table: Table) -> str:
    """A number as the table writes it."""
    text = format_number(value, table.places)
    return text if table.indonesian else text.translate(str.maketrans(",.", ".,"))


def source(tables: Iterable[Table]) -> str:
    """Pages with a table each, in Typst's language."""
    return "\n#pagebreak(weak: true)\n".join(page(table) for table in tables)


def page(table: Table, codes: Sequence[str] = tuple(LABELS)) -> str:
    """One page with one table, or with some of its rows; its heads come again on a next page."""
    columns = "(1.7cm, 1fr" + ", 1.75cm" * len(table.heads) + ")"
    cells: list[str] = []
    for number, head in enumerate(("", "Lapangan Usaha/Industry", *table.heads)):
        cells.append(f"table.cell(align: center + horizon)[{_text(head)}]" if number else "[]")
    cells += ["[]", *(f"table.cell(align: center)[({n})]" for n in range(1, len(table.heads) + 2))]
    head = len(cells)
    for code in codes:
        label = LABELS[code].replace("/", "\n", 1) if table.english_below else LABELS[code]
        letter = "" if code == "TOTAL" else code
        name = " #linebreak() ".join(_text(part.strip()) for part in label.split("\n"))
        if table.own_column and letter:
            cells += [f"table.cell(align: center + {table.figures_at})[{letter}]", f"[{name}]"]
        else:
            cells.append(f"table.cell(colspan: 2)[{letter + '. ' if letter else ''}{name}]")
        cells += [f"[{_text(shown(value, table))}]" for value in table.values[code]]
    align = "(left + horizon, left + horizon" + f", right + {table.figures_at}" * len(table.heads) + ")"
    notes = " #linebreak() ".join(_text(note) for note in table.notes)
    first, second = table.marker
    return f"""#watermark("{table.watermark}")
#align(right)[LAMPIRAN #linebreak() _APPENDIX_]
#grid(columns: (2.4cm, 1fr), [{first} #h(1fr) #linebreak() #h(1.6cm) {table.number} #linebreak() {second}],
  [{_text(table.caption[0])} #linebreak() _{_text(table.caption[1])}_])
#v(8pt)
#table(columns: {columns}, stroke: none, inset: (x: 3pt, y: 2.2pt), align: {align},
  table.header({", ".join(cells[:head])}),
  {", ".join(cells[head:])})
#text(size: 8pt)[{notes}]"""


STYLE = """#set document(title: "tiruan untuk uji", date: none)
#set page(width: 17.6cm, height: 25cm, margin: (x: 1.2cm, y: 1.6cm), numbering: "1")
#set text(size: 8.5pt, font: "Libertinus Serif", lang: "id", hyphenate: false)
#set par(leading: 0.35em)
#let address = "https://enrekangkab.bps.go.id"
#let watermark(kind) = {
  if kind == "turned" {
    let letters = box(width: 24cm, text(size: 40pt, fill: rgb("#c9d6e8"), address))
    place(dx: -4cm, dy: 9cm, rotate(-58deg, letters))
  } else if kind == "stacked" or kind == "plain" {
    let style = if kind == "stacked" { (size: 15pt, fill: luma(200)) } else { (:) }
    for (i, letter) in address.clusters().rev().enumerate() {
      place(dx: 6.6cm, dy: 1.6cm + i * 0.66cm, text(..style, letter))
    }
  }
}
"""


def front(title: str) -> str:
    """A title page."""
    return f"#align(center)[#v(6cm) #text(size: 20pt)[{_text(title)}]]"


def prose(number: int) -> str:
    """A page of running text that speaks of years, numbers and PDRB (ilustrasi)."""
    sentence = (
        "Tabel 3.1 menunjukkan bahwa Produk Domestik Regional Bruto menurut lapangan usaha atas dasar harga "
        "berlaku pada tahun 2021 dan 2022 sebesar 8,204.11 miliar rupiah, sedangkan triwulan I tumbuh 5,35 "
        "persen. "
    )
    return f"#heading[Bab {number} (ilustrasi)]\n" + _text(sentence * 14)


def decoy(number: int) -> str:
    """A page with a table that is not PDRB by lapangan usaha (ilustrasi)."""
    caption = DECOYS[number // 2 % len(DECOYS)]
    return page(
        Table(
            (caption + ", 2021-2025", "Not the table that is looked for"), current(), number=str(10 + number)
        )
    )


def halves(table: Table) -> str:
    """A table whose rows go on on the next page."""
    codes = list(LABELS)
    second = Table(
        table.caption,
        table.values,
        table.heads,
        table.notes,
        table.number,
        marker=("Lanjutan Lampiran", "Continued"),
    )
    first = Table(table.caption, table.values, table.heads, (), table.number)
    return page(first, codes[:9]) + "\n#pagebreak()\n" + page(second, codes[9:])


def wide(table: Table) -> str:
    """A table whose later years stand on the next page."""
    left = Table(
        table.caption, {c: v[:3] for c, v in table.values.items()}, table.heads[:3], (), table.number
    )
    right = Table(
        ("", ""),
        {c: v[3:] for c, v in table.values.items()},
        table.heads[3:],
        table.notes,
        table.number,
        marker=("Lanjutan Lampiran", "Continued Appendix"),
    )
    return page(left) + "\n#pagebreak()\n" + page(right)


def book(pages: int, region: str = "Enrekang") -> str:
    """A book of ``pages`` pages: a title, prose, decoys, and the four tables of PDRB."""
    parts = [front(f"Produk Domestik Regional Bruto Kabupaten {region} Menurut Lapangan Usaha 2021-2025")]
    wanted = four_tables()
    for number in range(pages - 1 - len(wanted)):
        parts.append(decoy(number) if number % 2 else prose(number))
    for place, table in zip((3, 40, 90, 120), wanted, strict=True):
        parts.insert(min(place, len(parts)), page(table))
    return "\n#pagebreak(weak: true)\n".join(parts)


def four_tables() -> list[Table]:
    """Current and constant prices, shares and growth."""
    return [
        Table(CURRENT, current(), number="1"),
        Table(CONSTANT, constant(), number="2"),
        Table(SHARE, share(), number="3"),
        Table(GROWTH, growth(), HEADS[1:], number="4"),
    ]


def set_pdf(body: str) -> bytes:
    """The PDF of a source."""
    made = typst.compile((STYLE + body).encode(), format="pdf", ignore_system_fonts=True, timestamp=0)
    assert isinstance(made, bytes)
    return made


def _text(text: str) -> str:
    """Text with the signs escaped that mean something to Typst."""
    for sign in "\\#*_$@<>[]`~":
        text = text.replace(sign, "\\" + sign)
    return text.replace("//", "\\/\\/").replace("--", "-\\-")


def main(folder: Path) -> None:
    """Write the PDFs for looking at."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = {
        "enrekang": page(Table(CURRENT, current())),
        "bertumpuk": page(Table(CURRENT, current(), watermark="stacked")),
        "dua-halaman": halves(Table(CURRENT, current())),
        "buku": book(20),
    }
    for name, body in sources.items():
        (folder / f"{name}.pdf").write_bytes(set_pdf(body))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
