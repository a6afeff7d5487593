"""The answers that are broken on purpose: two regions, each with its four tables of PDRB.

One region is the stand-in's (lettered labels, miliar rupiah, a total without oil and gas). The other has
the real figures at current prices of Kabupaten Enrekang 2023 and 2024 (Lampiran 1 of BPS's book, origin in
tests/connectors/samples/INDEX.md) under bilingual labels and in juta rupiah; its constant prices and its
sub-categories are made up (ilustrasi) so that everything adds up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from connectors.bps.answers import Kind, read_answer
from connectors.bps.checks import compare_tables
from connectors.bps.dynamic.decode import decode
from connectors.bps.dynamic.pdrb import build_table
from connectors.bps.labels import CODES
from connectors.bps.tables import FoundSeries, PdrbTable, Series
from connectors.web.transport import Fetched
from standins.bps.answering import answer
from standins.bps.catalogue import PDRB_TITLES, Timeline, pdrb_variable, variable_row, variables
from standins.bps.faults import Asked

MEASURES = ("adhb", "adhk", "growth", "share")
RELATED = {
    "adhb": ("adhb", "adhk", "share"),
    "adhk": ("adhb", "adhk", "growth"),
    "growth": ("adhk", "growth"),
    "share": ("adhb", "share"),
}
"""The tables that can contradict a table of a measure."""
DAY = datetime(2024, 4, 4, tzinfo=UTC)
Place = tuple[str, str, int]
"""Measure, sector and year."""


@dataclass(frozen=True)
class Region:
    """A region whose tables are whole and true.

    Attributes:
        bodies: The answer to ``model=data`` by measure.
        series: The table of each measure, as found.
        rows: The list of its tables.
    """

    name: str
    bodies: Mapping[str, bytes]
    series: Mapping[str, Series]
    rows: list[dict[str, Any]]

    @cached_property
    def found(self) -> FoundSeries:
        """As the choice of tables gives it."""
        return FoundSeries("3529", 2010, self.series)

    @cached_property
    def tables(self) -> dict[str, PdrbTable]:
        """The tables as they are read when nothing is broken."""
        made = {}
        for measure, body in self.bodies.items():
            table = self.read(measure, body)
            assert table is not None
            made[measure] = table
        return made

    @cached_property
    def figures(self) -> dict[Place, Decimal]:
        """Every figure of every table."""
        return {
            (measure, cell.sector, cell.year): cell.value
            for measure, table in self.tables.items()
            for cell in table.cells
        }

    def read(self, measure: str, body: bytes, series: Series | None = None) -> PdrbTable | None:
        """Classify, decode and check one answer; None when it says that there is nothing.

        Raises:
            LkjipError: It cannot be used.
        """
        answered = read_answer(Fetched("https://bps.example/?key=***", 200, {}, body, DAY))
        if answered.kind is not Kind.OK:
            return None
        return build_table(self.found, series or self.series[measure], [answered], [decode(answered.payload)])

    def compare(self, measure: str, table: PdrbTable) -> list[PdrbTable]:
        """A table of ``measure`` together with the true ones that it can be compared with.

        Raises:
            LkjipError: It contradicts them.
        """
        return compare_tables([table if m == measure else self.tables[m] for m in RELATED[measure]])


def regions() -> list[Region]:
    """Both regions."""
    return [_lettered(), _bilingual()]


def _lettered() -> Region:
    timeline = Timeline(date(2024, 4, 4))
    bodies, series = {}, {}
    for measure in PDRB_TITLES:
        table = pdrb_variable(measure, timeline)
        params = {"model": "data", "domain": "3529", "var": str(table.var_id), "th": "122;123"}
        bodies[measure] = answer(Asked("", params), "list", timeline, "http://bps.example").body
        series[measure] = Series(measure, table.var_id, table.title, table.unit, "")
    rows = [variable_row(variable) for variable in variables("3529", timeline)]
    return Region("berhuruf", bodies, series, rows)


# --- the bilingual region -----------------------------------------------------------------------

_ENREKANG = {
    2023: "3923.76 339.34 1312.67 9.33 7.24 1193.25 754.91 166.67 77.08 308.61 274.74 265.05 3.56 591.55 "
    "155.96 208.48 60.08",
    2024: "4450.18 347.77 1426.43 10.06 7.36 1184.00 798.78 178.41 83.66 320.06 288.21 274.64 3.64 646.41 "
    "168.69 222.15 67.44",
}
_TOTALS = {2023: "9652.30", 2024: "10477.89"}
_LABELS = {
    "A": "Pertanian, Kehutanan, dan Perikanan/<i>Agriculture, Forestry &amp;amp; Fishing</i>",
    "B": "Pertambangan dan Penggalian/<i>Mining & Quarrying</i>",
    "C": "Industri Pengolahan/<i>Manufacturing</i>",
    "D": "Pengadaan Listrik dan Gas/<i>Electricity & Gas</i>",
    "E": "Pengadaan Air, Pengelolaan Sampah, Limbah dan Daur Ulang",
    "F": "Konstruksi/<i>Construction</i>",
    "G": "Perdagangan Besar dan Eceran; Reparasi Mobil dan Sepeda Motor/<i>Wholesale &Retail Trade</i>",
    "H": "Transportasi dan Pergudangan<br><i>Transportation & Storage</i>",
    "I": "Penyediaan Akomodasi dan Makan Minum",
    "J": "Informasi dan Komunikasi/<i>Information & Communication</i>",
    "K": "Jasa Keuangan dan Asuransi",
    "L": "Real Estat/<i>Real Estate Activities</i>",
    "M,N": "Jasa Perusahaan/<i>Bussiness Activities</i>",
    "O": "Administrasi Pemerintahan, Pertahanan dan Jaminan Sosial Wajib",
    "P": "Jasa Pendidikan/<i>Education</i>",
    "Q": "Jasa Kesehatan dan Kegiatan Sosial",
    "R,S,T,U": "Jasa lainnya/<i>Other Service Activities</i>",
    "TOTAL": "Produk Domestik Regional Bruto/<i>Gross Regional Domestic Product</i>",
}
_PARTS = {
    "G": ("1. Perdagangan Mobil, Sepeda Motor dan Reparasinya", "2. Perdagangan Besar dan Eceran"),
    "I": ("1. Akomodasi", "2. Makan Minum"),
    "K": ("1. Jasa Perantara Keuangan", "2. Asuransi dan Dana Pensiun", "3. Jasa Keuangan Lainnya",
          "4. Jasa Penunjang Keuangan"),
}  # fmt: skip
_CENT = Decimal("0.01")


def _round(value: Decimal) -> Decimal:
    return value.quantize(_CENT, rounding=ROUND_HALF_UP)


def _bilingual() -> Region:
    current: dict[tuple[str, int], Decimal] = {}
    for year, text in _ENREKANG.items():
        current.update({(c, year): Decimal(v) for c, v in zip(CODES, text.split(), strict=True)})
        current["TOTAL", year] = Decimal(_TOTALS[year])
    constant = {
        (code, year): _round(value * Decimal(60 + CODES.index(code)) / (100 + 3 * (year - 2023)))
        for (code, year), value in current.items()
        if code != "TOTAL"
    }
    for year in _ENREKANG:
        constant["TOTAL", year] = sum((constant[code, year] for code in CODES), Decimal(0))
    share = {(c, y): _round(v / current["TOTAL", y] * 100) for (c, y), v in current.items()}
    growth = {(c, 2024): _round((constant[c, 2024] / constant[c, 2023] - 1) * 100) for c in (*CODES, "TOTAL")}
    values = {"adhb": current, "adhk": constant, "growth": growth, "share": share}
    titles = {
        "adhb": "PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha, 2023-2024",
        "adhk": "PDRB ADHK 2010 Menurut Lapangan Usaha/GRDP at 2010 Constant Prices by Industry",
        "growth": "Laju Pertumbuhan PDRB ADHK 2010 Menurut Lapangan Usaha",
        "share": "Distribusi Persentase PDRB ADHB Menurut Lapangan Usaha",
    }
    series, bodies = {}, {}
    for number, measure in enumerate(MEASURES, start=41):
        unit = "Jutaan Rupiah" if measure in ("adhb", "adhk") else "Persen"
        series[measure] = Series(measure, number, titles[measure], unit, "")
        bodies[measure] = _body(series[measure], values[measure], with_parts=measure in ("adhb", "adhk"))
    rows = [{"var_id": str(s.var_id), "title": s.title, "unit": s.unit} for s in series.values()]
    return Region("dwibahasa", bodies, series, rows)


def _body(series: Series, values: Mapping[tuple[str, int], Decimal], *, with_parts: bool) -> bytes:
    years = sorted({year for _, year in values})
    rows: list[dict[str, Any]] = []
    content: dict[str, Any] = {}

    def add(label: str, by_year: Mapping[int, Decimal]) -> None:
        number = 1001 + len(rows)
        rows.append({"val": number, "label": label})
        scale = 1000 if with_parts else 1
        for year, value in by_year.items():
            content[f"{number}{series.var_id}0{year - 1900}0"] = float(value * scale)

    for code, label in _LABELS.items():
        whole = {year: values[code, year] for year in years}
        add(label, whole)
        parts = _PARTS.get(code, ()) if with_parts else ()
        for place, name in enumerate(parts):
            first = {year: _round(whole[year] / (len(parts) + 1)) for year in years}
            rest = {year: whole[year] - first[year] * (len(parts) - 1) for year in years}
            add(name, rest if place == len(parts) - 1 else first)
    payload = {
        "status": "OK",
        "data-availability": "available",
        "last_update": "2025-04-10 09:00:00",
        "var": [
            {
                "val": series.var_id,
                "label": series.title,
                "unit": series.unit,
                "note": "2024: angka sementara",
            }
        ],
        "turvar": [{"val": "0", "label": "Tidak ada"}],
        "vervar": rows,
        "tahun": [{"val": year - 1900, "label": str(year)} for year in years],
        "turtahun": [{"val": 0, "label": "Tahun"}],
        "datacontent": content,
        "related": [],
    }
    return json.dumps(payload).encode()
