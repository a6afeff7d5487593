"""What BPS's lists hold on a given day: tables, years, publications, press releases, regions.

Numbers of tables, publications and press releases are invented (those of domain 3529 are not
known); what only fills pages says "ilustrasi" in its title.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from standins.bps import quarterly, regions, statistics
from standins.bps.regions import regencies
from standins.bps.tables import PDRB_TITLES, Place, Variable, pdrb_variable, pdrb_variables
from standins.bps.timeline import RELEASE_DAY, Book, Timeline

__all__ = ["PDRB_TITLES", "RELEASE_DAY", "Timeline", "Variable", "pdrb_variable"]

DOMAIN = "3529"

Row = dict[str, Any]

_DECOYS = (
    (9105, "PDRB Atas Dasar Harga Berlaku Menurut Pengeluaran", "Miliar Rupiah"),
    (9106, "[Seri 2010] Laju Indeks Harga Implisit PDRB Menurut Lapangan Usaha", "Persen"),
    (9107, "[Seri 2000] PDRB Atas Dasar Harga Konstan 2000 Menurut Lapangan Usaha", "Juta Rupiah"),
    (9108, "PDRB Per Kapita Atas Dasar Harga Berlaku", "Ribu Rupiah"),
)

STATIC_TABLES = 12
"""How many static tables a region has, unless its lists are filled up."""


def variables(domain: str, timeline: Timeline) -> list[Variable]:
    """Every dynamic table of a region; those of PDRB where the timeline's size lets it have some."""
    return list(_by_number(domain, timeline).values())


def find_variable(domain: str, var_id: str, timeline: Timeline) -> Variable | None:
    """A dynamic table of a region by its number as it was asked for."""
    return _by_number(domain, timeline).get(var_id)


@lru_cache(maxsize=128)
def _by_number(domain: str, timeline: Timeline) -> dict[str, Variable]:
    filler = [_filler(number) for number in range(1, timeline.size.filler + 1)]
    tables: list[Variable] = []
    if domain == DOMAIN:
        tables = pdrb_variables(timeline) + [_decoy(*decoy) for decoy in _DECOYS]
    elif domain in regencies(timeline.size.regencies):
        tables = regions.region_tables(domain, timeline.series)
    elif domain == quarterly.NATIONAL:
        tables = quarterly.variables(timeline)
    tables += statistics.variables(domain, timeline)
    return {str(v.var_id): v for v in (*filler[:17], *tables, *filler[17:])}


@cache
def _filler(number: int) -> Variable:
    return Variable(
        # Beyond 9100 the tables of PDRB begin.
        var_id=(9000 if number <= 99 else 20000) + number,
        title=f"Tabel Pengisi Halaman Nomor {number} (ilustrasi)",
        unit="Orang",
        note="&lt;p&gt;Ilustrasi, bukan data BPS&lt;br /&gt;&lt;/p&gt;",
        subject=(519, "Kependudukan dan Migrasi"),
        vertical_name="Kecamatan",
        vervar=_FILLER_ROWS,
        cells=_filler_cells(number if number <= 34 else number % 34),
    )


_FILLER_ROWS = ((1, "Kecamatan Contoh Satu"), (2, "Kecamatan Contoh Dua"), (9, "KABUPATEN CONTOH"))


@cache
def _filler_cells(number: int) -> dict[Place, Decimal]:
    """Shared by every 34th table: thousands of tables need not hold millions of figures."""
    return {
        (row, "0", year, 0): Decimal(number * 100 + row + year % 7)
        for row, _ in _FILLER_ROWS
        for year in range(2010, 2024)
        if (row + year + number) % 11
    }


@cache
def _decoy(var_id: int, title: str, unit: str) -> Variable:
    return Variable(
        var_id=var_id,
        title=title,
        unit=unit,
        note="Ilustrasi, bukan data BPS",
        vervar=((1, "Contoh Satu"), (2, "Jumlah")),
        cells={(row, "0", year, 0): Decimal(row * 10) for row in (1, 2) for year in range(2019, 2023)},
    )


def subject_of(variable: Variable) -> tuple[int, str]:
    """The old subject under which a table stands, beside that of CSA."""
    if variable.subject[0] == 531:
        return 52, "Produk Domestik Regional Bruto (Lapangan Usaha)"
    if variable.subject[0] != 519:
        return variable.subject
    return 12, "Kependudukan"


def variable_row(variable: Variable) -> Row:
    """A row of ``list/model/var``."""
    sub_id, sub_name = subject_of(variable)
    return {
        "var_id": variable.var_id,
        "title": variable.title,
        "sub_id": sub_id,
        "sub_name": sub_name,
        "subcsa_id": variable.subject[0],
        "subcsa_name": variable.subject[1],
        "def": "",
        "notes": variable.note.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        "vertical": 1,
        "unit": variable.unit,
        "graph_id": 1,
        "graph_name": "bar",
    }


def publications(domain: str, timeline: Timeline, site: str) -> list[Row]:
    """The books, newest first; one to come may be listed with a future date."""
    rows = [
        _publication(
            f"Kabupaten Contoh Dalam Angka {year} (ilustrasi)", f"{year:024x}", date(year, 2, 28), site
        )
        for year in range(2012, 2024)
        if date(year, 2, 28) <= timeline.today
    ]
    if has_pdrb(domain, timeline):
        rows += [_book(book, domain, site) for book in timeline.state.books]
    if domain == DOMAIN:
        rows.append(
            _publication(
                "Produk Domestik Regional Bruto Kabupaten Sumenep Menurut Pengeluaran 2018-2022",
                f"{0x3023:024x}",
                date(2023, 4, 28),
                site,
            )
        )
    return _newest_first(rows)


def has_pdrb(domain: str, timeline: Timeline) -> bool:
    """Whether a region has PDRB tables here."""
    return domain == DOMAIN or domain in regencies(timeline.size.regencies)


def _name(domain: str) -> str:
    return "Kabupaten Sumenep" if domain == DOMAIN else regions.region_name(domain)


def _book(book: Book, domain: str, site: str) -> Row:
    title = f"Produk Domestik Regional Bruto {_name(domain)} Menurut Lapangan Usaha {book.first}-{book.last}"
    pub_id = book.pub_id if domain == DOMAIN else domain + book.pub_id[4:]
    row = _publication(title, pub_id, book.released or date.max, site)
    days = {"sch_date": book.scheduled, "rl_date": book.released, "updt_date": book.uploaded}
    return {**row, **{name: day.isoformat() if day else None for name, day in days.items()}}


def _publication(title: str, pub_id: str, day: date, site: str) -> Row:
    return {
        "pub_id": pub_id,
        "title": title,
        "abstract": "Terbitan tiruan untuk peragaan; bukan terbitan BPS.",
        "issn": "-",
        "sch_date": day.isoformat(),
        "rl_date": day.isoformat(),
        # A file is often uploaded before its day (recorded: updt_date before rl_date).
        "updt_date": (day - timedelta(days=7)).isoformat(),
        "cover": f"{site}/cover.php?f=tiruan",
        "pdf": f"{site}/download.php?f=tiruan",
        "size": "1.00 MB",
    }


def press_releases(domain: str, timeline: Timeline, site: str) -> list[Row]:
    """The press releases that are out, newest first."""
    rows = [
        _press(number, f"Berita Resmi Statistik Contoh Nomor {number} (ilustrasi)", day, site)
        for number in range(1, 15)
        if (day := date(2022, 12, 1) + timedelta(days=28 * number)) <= timeline.today
    ]
    if has_pdrb(domain, timeline):
        rows += [
            _press(n.brs_id, f"Pertumbuhan Ekonomi {_name(domain)} Tahun {n.year}", n.released, site)
            for n in timeline.state.news
        ]
    return _newest_first(rows)


def _press(brs_id: int, title: str, day: date, site: str) -> Row:
    return {
        "brs_id": brs_id,
        "subj_id": 52,
        "subj": "Produk Domestik Regional Bruto (Lapangan Usaha)",
        "title": title,
        "abstract": "&lt;p&gt;Berita tiruan untuk peragaan; bukan rilis BPS.&lt;/p&gt;",
        "rl_date": day.isoformat(),
        "updt_date": None,
        "pdf": f"{site}/download.php?f=tiruan",
        "size": "0.50 MB",
        "slide": f"{site}/download.php?f=tiruan",
        "thumbnail": f"{site}/cover.php?f=tiruan",
    }


@lru_cache(maxsize=8)
def static_tables(domain: str, site: str, count: int = STATIC_TABLES) -> list[Row]:
    """Static tables; their HTML comes with ``view``."""
    return [
        {
            "table_id": number,
            "title": f"Tabel Statis Contoh Nomor {number} (ilustrasi) Wilayah {domain}",
            "subj_id": 153,
            "subj": "Geografi",
            "updt_date": f"20{11 + (number - 1) % 12:02d}-08-05",
            "size": "0.03 MB",
            "excel": f"{site}/download.php?f=tiruan",
        }
        for number in range(count, 0, -1)
    ]


STATIC_HTML = (
    "&lt;table&gt;&lt;tr&gt;&lt;td&gt;Contoh&amp;nbsp;&lt;/td&gt;"
    "&lt;td&gt;1&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;"
)
SUBJECT_CATEGORIES = [
    {"subcat_id": 0, "title": "Lainnya"},
    {"subcat_id": 1, "title": "Sosial dan Kependudukan"},
    {"subcat_id": 2, "title": "Ekonomi dan Perdagangan"},
    {"subcat_id": 3, "title": "Pertanian dan Pertambangan"},
]
SUBJECTS = [
    {"sub_id": sub_id, "title": title, "subcat_id": cat, "subcat": name, "ntabel": None}
    for sub_id, title, cat, name in (
        (40, "Gender", 1, "Sosial dan Kependudukan"),
        (153, "Geografi", 1, "Sosial dan Kependudukan"),
        (12, "Kependudukan", 1, "Sosial dan Kependudukan"),
        (52, "Produk Domestik Regional Bruto (Lapangan Usaha)", 2, "Ekonomi dan Perdagangan"),
        (8, "Ekspor-Impor", 2, "Ekonomi dan Perdagangan"),
    )
]
UNITS = [
    {"unit_id": number, "unit": unit}
    for number, unit in enumerate(
        ("Tidak Ada Satuan", "Orang", "Tahun", "Rupiah", "Ribu Rupiah", "Juta Rupiah", "Milyar Rupiah",
         "Persen", "Hektar", "Kuintal/Hektar", "Ton", "Miliar Rupiah")
    )
]  # fmt: skip


def domains(site: str, kind: str = "all", province: str = "", count: int = 0) -> list[Row]:
    """The regions; the site of each is this server, so that no link leads to the real one.

    Args:
        site: The address of this server.
        kind: ``all``, ``prov``, ``kab`` or ``kabbyprov``.
        province: ``3500``, for ``kabbyprov``.
        count: How many regencies there are; 0 for the six regions of the demonstration.
    """
    names = dict(_NAMES)
    if count:
        names |= {code: f"Provinsi Contoh {code} (ilustrasi)" for code in regions.PROVINCES if code != "3500"}
        kept = regencies(count)
        names |= {code: regions.region_name(code) for code in kept}
        names = {c: n for c, n in names.items() if c.endswith("00") or c in kept} | {DOMAIN: "Sumenep"}
    rows = [{"domain_id": c, "domain_name": n, "domain_url": site} for c, n in sorted(names.items())]
    return [row for row in rows if _is_of(str(row["domain_id"]), kind, province)]


_NAMES = {
    "0000": "Pusat",
    "3500": "Jawa Timur",
    "3526": "Bangkalan",
    "3527": "Sampang",
    "3528": "Pamekasan",
    DOMAIN: "Sumenep",
}


def _is_of(code: str, kind: str, province: str) -> bool:
    is_province = code.endswith("00") and code != "0000"
    if kind == "prov":
        return is_province
    if kind in ("kab", "kabbyprov"):
        return not code.endswith("00") and (kind == "kab" or code[:2] == province[:2])
    return True


def _newest_first(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: str(row["rl_date"] or row.get("sch_date")), reverse=True)
