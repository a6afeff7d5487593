"""What BPS's lists hold on a given day: tables, years, publications, press releases, regions.

Numbers of tables, publications and press releases are invented (those of domain 3529 are not
known); what only fills pages says "ilustrasi" in its title.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from standins.bps.tables import PDRB_TITLES, Variable, pdrb_variable, pdrb_variables
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


def variables(domain: str, timeline: Timeline) -> list[Variable]:
    """Every dynamic table of a region; only 3529 has PDRB here."""
    filler = [_filler(number) for number in range(1, timeline.size.filler + 1)]
    if domain != DOMAIN:
        return filler
    decoys = [_decoy(var_id, title, unit) for var_id, title, unit in _DECOYS]
    return filler[:17] + pdrb_variables(timeline) + decoys + filler[17:]


def _filler(number: int) -> Variable:
    rows = ((1, "Kecamatan Contoh Satu"), (2, "Kecamatan Contoh Dua"), (9, "KABUPATEN CONTOH"))
    cells = {
        (row, "0", year, 0): Decimal(number * 100 + row + year % 7)
        for row, _ in rows
        for year in range(2010, 2024)
        if (row + year + number) % 11
    }
    return Variable(
        var_id=9000 + number,
        title=f"Tabel Pengisi Halaman Nomor {number} (ilustrasi)",
        unit="Orang",
        note="&lt;p&gt;Ilustrasi, bukan data BPS&lt;br /&gt;&lt;/p&gt;",
        subject=(519, "Kependudukan dan Migrasi"),
        vertical_name="Kecamatan",
        vervar=rows,
        cells=cells,
    )


def _decoy(var_id: int, title: str, unit: str) -> Variable:
    return Variable(
        var_id=var_id,
        title=title,
        unit=unit,
        note="Ilustrasi, bukan data BPS",
        vervar=((1, "Contoh Satu"), (2, "Jumlah")),
        cells={(row, "0", year, 0): Decimal(row * 10) for row in (1, 2) for year in range(2019, 2023)},
    )


def variable_row(variable: Variable) -> Row:
    """A row of ``list/model/var``."""
    return {
        "var_id": variable.var_id,
        "title": variable.title,
        "sub_id": 52 if variable.subject[0] == 531 else 12,
        "sub_name": "Produk Domestik Regional Bruto (Lapangan Usaha)"
        if variable.subject[0] == 531
        else "Kependudukan",
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
    if domain == DOMAIN:
        rows += [_book(book, site) for book in timeline.state.books]
        rows.append(
            _publication(
                "Produk Domestik Regional Bruto Kabupaten Sumenep Menurut Pengeluaran 2018-2022",
                f"{0x3023:024x}",
                date(2023, 4, 28),
                site,
            )
        )
    return _newest_first(rows)


def _book(book: Book, site: str) -> Row:
    title = (
        f"Produk Domestik Regional Bruto Kabupaten Sumenep Menurut Lapangan Usaha {book.first}-{book.last}"
    )
    row = _publication(title, book.pub_id, book.released or date.max, site)
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
    if domain == DOMAIN:
        rows += [
            _press(n.brs_id, f"Pertumbuhan Ekonomi Kabupaten Sumenep Tahun {n.year}", n.released, site)
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


def static_tables(domain: str, site: str) -> list[Row]:
    """Static tables; their HTML comes with ``view``."""
    return [
        {
            "table_id": number,
            "title": f"Tabel Statis Contoh Nomor {number} (ilustrasi) Wilayah {domain}",
            "subj_id": 153,
            "subj": "Geografi",
            "updt_date": f"20{10 + number:02d}-08-05",
            "size": "0.03 MB",
            "excel": f"{site}/download.php?f=tiruan",
        }
        for number in range(12, 0, -1)
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


def domains(site: str) -> list[Row]:
    """Some regions; the site of each is this server, so that no link leads to the real one."""
    names = (("0000", "Pusat"), ("3500", "Jawa Timur"), ("3526", "Bangkalan"), ("3527", "Sampang"),
             ("3528", "Pamekasan"), (DOMAIN, "Sumenep"))  # fmt: skip
    return [{"domain_id": code, "domain_name": name, "domain_url": site} for code, name in names]


def _newest_first(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: str(row["rl_date"] or row.get("sch_date")), reverse=True)
