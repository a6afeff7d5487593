"""Statistics besides PDRB, in the manners of real tables: columns, months, regencies in the rows.

Every figure is invented and its table's note says so; numbers of tables too, but for 621 of the nation,
which is known. Days of release are illustrative, in the order of the real ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from standins.bps.tables import Place, Variable
from standins.bps.timeline import Timeline

FIRST_YEAR = 2019
SUMENEP, EAST_JAVA, NATION = "3529", "3500", "0000"
TPT_BY_SEX, TPT, HDI, POVERTY, YTD, NTP, PER_HEAD, YOY = 9601, *range(9611, 9618)
NATIONAL_POVERTY = 621

Rows = tuple[tuple[int, str], ...]
Released = Callable[[int, int], date]
"""The day on which a figure of a year and part of it is out."""

_REGENCIES: Rows = (
    (3506, "Kediri"),
    (3528, "Pamekasan"),
    (3529, "Sumenep "),
    (3571, "Kota Kediri"),
    (3578, "Kota Surabaya"),
    (3500, "<b>JAWA TIMUR</b>"),
)
_CITIES: Rows = ((1, "Kota Kediri"), (2, "Sumenep"), (3, "Kota Surabaya"), (4, "<b>Jawa Timur</b>"))
_SUBSECTORS: Rows = (
    (1, "Tanaman Pangan"),
    (2, "Hortikultura"),
    (3, "Tanaman Perkebunan Rakyat"),
    (4, "Peternakan"),
    (5, "Perikanan"),
    (6, "<b>Nilai Tukar Petani</b>"),
)
_SEXES = (("1", "Laki-laki"), ("2", "Perempuan"), ("3", "Jumlah"))
_WHOLE: Rows = ((0, "Tahun"),)
_HALVES: Rows = ((61, "Semester 1 (Maret)"), (62, "Semester 2 (September)"), (63, "Tahunan"))
_MONTHS: Rows = (
    *enumerate(
        ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
         "November", "Desember"),
        start=1,
    ),
    (13, "Tahunan"),
)  # fmt: skip
_DECEMBER, _MARCH = 12, 61


@dataclass(frozen=True)
class _Kind:
    """A table and how its figures are invented.

    Attributes:
        start, yearly, wave: A figure begins at ``start``, moves by ``yearly`` a year and swings by ``wave``.
        filled: The parts of the year that have figures.
        marked: Whether the two newest years are provisional.
    """

    var_id: int
    title: str
    unit: str
    subject: tuple[int, str]
    vertical: str
    rows: Rows
    released: Released
    start: str
    yearly: str
    wave: str
    turvar: tuple[tuple[str, str], ...] = (("0", "Tidak ada"),)
    parts: Rows = _WHOLE
    filled: tuple[int, ...] = (0,)
    marked: bool = False


def _next_month(year: int, part: int) -> date:
    """Figures of a month come at the beginning of the next one, those of the year with December's."""
    month = min(part, _DECEMBER)
    return date(year + month // _DECEMBER, month % _DECEMBER + 1, 2)


def _on(month: int, day: int, *, later: int = 0) -> Released:
    return lambda year, _part: date(year + later, month, day)


_LABOUR, _WELFARE, _PRICES, _ACCOUNTS = (
    (522, "Tenaga Kerja"),
    (525, "Kesejahteraan"),
    (536, "Harga-Harga"),
    (531, "Neraca Ekonomi"),
)
_EVERY_MONTH = tuple(code for code, _ in _MONTHS)


def _poverty(var_id: int) -> _Kind:
    return _Kind(
        var_id, "Persentase Penduduk Miskin (P0) Menurut Kabupaten/Kota", "Persen", _WELFARE,
        "Kabupaten/Kota", _REGENCIES, _on(9, 30), "19.50", "-0.31", "0.12", parts=_HALVES, filled=(_MARCH,),
    )  # fmt: skip


_TABLES: dict[str, tuple[_Kind, ...]] = {
    SUMENEP: (
        _Kind(TPT_BY_SEX, "Tingkat Pengangguran Terbuka (TPT) Menurut Jenis Kelamin", "Persen", _LABOUR,
              "Wilayah", ((1, "Sumenep"),), _on(2, 28, later=1), "2.90", "-0.16", "0.09", turvar=_SEXES),
    ),
    EAST_JAVA: (
        _Kind(TPT, "Tingkat Pengangguran Terbuka (TPT)  Menurut Kabupaten/Kota", "Persen", _LABOUR,
              "Kabupaten/Kota", _REGENCIES, _on(2, 28, later=1), "3.90", "-0.16", "0.09"),
        _Kind(HDI, "[Metode Baru] Indeks Pembangunan Manusia Menurut Kabupaten/Kota", "Tidak Ada Satuan",
              _WELFARE, "Kabupaten/Kota", _REGENCIES, _on(12, 1),
              "65.20", "0.55", "0.10"),
        _poverty(POVERTY),
        _Kind(YTD, "2- Inflasi Tahun Kalender (y-to-d) Menurut Kota", "Persen", _PRICES, "Kota", _CITIES,
              _next_month, "0.10", "0.02", "0.41", parts=_MONTHS, filled=_EVERY_MONTH),
        _Kind(NTP, "Nilai Tukar Petani (NTP) Menurut Subsektor (2018=100)", "Tidak Ada Satuan", _PRICES,
              "Subsektor", _SUBSECTORS, _next_month, "101.20", "1.90", "0.72",
              parts=_MONTHS, filled=_EVERY_MONTH),
        _Kind(PER_HEAD, "PDRB Per Kapita Atas Dasar Harga Berlaku Menurut Kabupaten/Kota", "Ribu Rupiah",
              _ACCOUNTS, "Kabupaten/Kota", _REGENCIES, _on(4, 4, later=1),
              "29850.10", "2104.35", "310.40", marked=True),
        _Kind(YOY, "3- Inflasi Tahun ke Tahun (y-on-y) Menurut Kota", "Persen", _PRICES, "Kota", _CITIES,
              _next_month, "2.10", "0.15", "0.38", parts=_MONTHS, filled=_EVERY_MONTH),
    ),
    NATION: (_poverty(NATIONAL_POVERTY),),
}  # fmt: skip


def variables(domain: str, timeline: Timeline) -> list[Variable]:
    """The tables of a region as they stand on the timeline's day."""
    return [_table(kind, timeline.today) for kind in _TABLES.get(domain, ())]


@lru_cache(maxsize=64)
def _table(kind: _Kind, today: date) -> Variable:
    cells: dict[Place, Decimal] = {}
    changed = date(FIRST_YEAR, 1, 2)
    for year in range(FIRST_YEAR, today.year + 1):
        for part in kind.filled:
            day = kind.released(year, part)
            if day > today:
                continue
            changed = max(changed, day)
            for number, (row, _) in enumerate(kind.rows):
                for column, (code, _) in enumerate(kind.turvar):
                    cells[row, code, year, part] = _figure(kind, year, part, number, column)
    return Variable(
        var_id=kind.var_id,
        title=kind.title,
        unit=kind.unit,
        note=_note(kind, max((year for _, _, year, _ in cells), default=FIRST_YEAR)),
        last_update=f"{changed:%Y-%m-%d} 08:00:00",
        subject=kind.subject,
        vertical_name=kind.vertical,
        vervar=kind.rows,
        turvar=kind.turvar,
        turth=kind.parts,
        cells=cells,
    )


def _figure(kind: _Kind, year: int, part: int, row: int, column: int) -> Decimal:
    month = _DECEMBER if part > _DECEMBER and kind.parts == _MONTHS else part
    swing = (year * 5 + month * 3 + row * 7 + column * 4) % 11 - 5
    drift = Decimal(kind.yearly) * (year - FIRST_YEAR) + Decimal(kind.wave) * swing
    return (Decimal(kind.start) + drift * (1 + Decimal(row) / 20)).quantize(Decimal("0.01"))


def _note(kind: _Kind, newest: int) -> str:
    marks = ""
    if kind.marked:
        marks = f"<li>Data {newest - 1}: Angka sementara</li><li>Data {newest}: Angka sangat sementara</li>"
    return (
        "<p><ul><li>Sumber: BPS (server tiruan untuk peragaan)</li>"
        f"{marks}<li>Ilustrasi: SEMUA {FIRST_YEAR}-{newest}</li></ul></p>"
    )
