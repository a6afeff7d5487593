"""Tables of everything that goes wrong at BPS: what the office reads, and what is kept.

Each row names faults of the stand-in (:mod:`standins.bps.faults`), joined by ``+`` where several come
together. Every row is played twice: to an office that has never had a figure, and to one that holds
those of the release. The first tables are about the dynamic tables, from which the figures come; the last
ones are about the other channels, whose failure may only be remarked, and what they may ask at first contact.
"""

from __future__ import annotations

from datetime import timedelta

from core.errors import ImplausibleFigureError, KeyRefusedError, LkjipError, NothingFoundError, SourceError
from tests.jobs.given.days import RELEASE_DAY

NEXT_DAY = RELEASE_DAY + timedelta(days=1)
UNCHANGED = "PDRB 2023 di BPS tidak berubah sejak pemeriksaan terakhir."
RELEASED = "BPS merilis PDRB 2023 pada 4 April 2024."
GONE = "PDRB 2023 sedang tidak ada pada tabel BPS; angka yang tersimpan tetap dipakai."
FOLLOWS = "BPS sudah menerbitkan 'Produk Domestik Regional Bruto Kabupaten Sumenep Menurut Lapangan Usaha "
FOLLOWS += "2019-2023' pada 4 April 2024, tetapi tabelnya menyusul."

LATER = "tidak perlu apa-apa sekarang, permintaan akan diulang pada jadwal berikut"
CHECK = "periksa tabel itu di laman BPS"
PINS = "periksa bps.pins"

# The poll fails, whatever is stored: fault, error, what happened, what to do.
REFUSED: list[tuple[str, type[LkjipError], str, str]] = [
    # the way to BPS
    ("bad_key", KeyRefusedError, "BPS menolak kunci WebAPI.", "periksa LKJIP_BPS_KEY"),
    ("key_refused_midway", KeyRefusedError, "BPS menolak kunci WebAPI.", "periksa LKJIP_BPS_KEY"),
    ("waf_403", SourceError, "ditolak tembok api BPS (HTTP 403)", "minta BPS mengizinkan alamat"),
    ("html_200", SourceError, "ditolak tembok api BPS (HTTP 200)", "minta BPS mengizinkan alamat"),
    ("bot_challenge", SourceError, "program ini tidak melewatinya", "LKJIP_HOME/masuk/bps"),
    ("html_maintenance", SourceError, "halaman web (HTML, HTTP 200) sebagai ganti data", LATER),
    ("bad_gateway_502", SourceError, "halaman web (HTML, HTTP 502) sebagai ganti data", LATER),
    ("error_500", SourceError, "sedang terganggu (HTTP 500)", LATER),
    ("data_down", SourceError, "sedang terganggu (HTTP 500)", LATER),
    ("unavailable_503", SourceError, "sedang terganggu (HTTP 503)", LATER),
    ("too_many_429", SourceError, "sedang terganggu (HTTP 429)", LATER),
    ("reset", SourceError, "memutus sambungan", LATER),
    ("cut_off", SourceError, "terputus di tengah jalan", LATER),
    ("stall", SourceError, "tidak menjawab dalam batas waktu", LATER),
    ("slow_drip", SourceError, "tidak menjawab dalam batas waktu", LATER),
    ("redirect", SourceError, "mengalihkan permintaan ke lain.example", "periksa alamat layanan"),
    ("truncated", SourceError, "terpotong atau rusak", LATER),
    ("empty", SourceError, "jawaban kosong", LATER),
    ("huge", SourceError, "lebih besar daripada 64 MB", "laporkan kepada pembuat program"),
]

# The figures of both main tables are refused: another channel may stand in, else the poll fails.
OTHERS_DOWN = "+static_tables_down+simdasi_down"
REFUSED_FIGURES: list[tuple[str, type[LkjipError], str, str]] = [
    ("unknown_category", ImplausibleFigureError, "'C Industri Kreatif Baru'", "laporkan tulisan kategori"),
    ("missing_category", ImplausibleFigureError, "tahun 2023 tidak memuat kategori C", CHECK),
    ("twin_label", ImplausibleFigureError, "'C Industri Pengolahan' tahun 2022 dua kali", CHECK),
    ("doubled_rows", ImplausibleFigureError, "tahun 2022 dua kali: 8.370,64 dan 8.370,64", CHECK),
    ("wrong_total", ImplausibleFigureError, "totalnya tertulis 26.257,14 miliar rupiah", CHECK),
    ("slip_100", ImplausibleFigureError, "jumlah 17 kategori tahun 2023 adalah 180.623,42", CHECK),
    ("silent_unit_change", ImplausibleFigureError, "mungkin satuannya berganti", CHECK),
    ("ambiguous_keys", ImplausibleFigureError, "yang berarti dua hal", "tanyakan tabel itu kepada BPS"),
    ("ambiguous_combinations", ImplausibleFigureError, "yang berarti dua hal", "tanyakan tabel itu"),
    ("text_value", ImplausibleFigureError, "isian yang bukan angka", CHECK),
    ("odd_unit", SourceError, "adalah 'Ton', padahal yang diperlukan Juta atau Miliar Rupiah", PINS),
    ("new_base", SourceError, "tahun dasar 2020, padahal yang diperlukan 2010", "bps.base_year"),
]

# The poll fails where nothing is stored; what else happens where something is, is said in ABSENT or below.
REFUSED_AT_FIRST: list[tuple[str, type[LkjipError], str, str]] = [
    ("not_available", NothingFoundError, "Tidak ada satu pun tabel tentang PDRB", "periksa kode wilayah"),
    ("no_data_404", NothingFoundError, "Tidak ada satu pun tabel tentang PDRB", "periksa kode wilayah"),
    ("no_data_400", NothingFoundError, "Tidak ada satu pun tabel tentang PDRB", "periksa kode wilayah"),
    ("null", SourceError, "jawaban kosong (null)", LATER.partition(",")[0]),
    (
        "new_base_var+static_tables_down+simdasi_down",
        NothingFoundError,
        "9102 '[Seri 2020] Produk Domestik",
        "bps.pins",
    ),
    ("catalogue_down+keyword_ignored+always_moving_pages", SourceError, "berubah selagi dibaca", LATER),
    ("catalogue_down+keyword_ignored+duplicated_pages", SourceError, "berubah selagi dibaca", LATER),
]
REFUSED_LATER: list[tuple[str, type[LkjipError], str, str]] = [
    ("new_base_var", NothingFoundError, "9102 '[Seri 2020] Produk Domestik", "bps.pins"),
    ("null", SourceError, "terlalu besar untuk diberikan BPS sekaligus", "laporkan kepada pembuat program"),
    ("unit_only", ImplausibleFigureError, "padahal yang tersimpan 8.370,64", "--accept-revision"),
]

# The year is not there (any more): no failure, the office waits or keeps its figures.
ABSENT: list[tuple[str, str, str]] = [
    ("empty_datacontent", f"{FOLLOWS} Tabelnya sudah menyebut tahun itu, tetapi belum berisi angka.", GONE),
    ("vanished_year", f"{FOLLOWS} Tahun terakhir yang tersedia: 2022.", GONE),
    ("not_available", "", GONE),
    ("no_data_404", "", GONE),
    ("no_data_400", "", GONE),
]

# BPS only says the same in another way: every figure is taken, and a second look is no news.
HARMLESS = [
    "latency",
    "gzipped",
    "wrong_content_type",
    "null_for_many",
    "ids_as_text",
    "double_escaped",
    "stray_keys",
    "unit_change",
    "list_ids_as_text",
    "list_double_escaped",
    "keyword_ignored",
    "year_ignored",
    "lying_pages",
    "too_many_pages",
    "moving_pages",
    "early_update",
    "catalogue_down+keyword_ignored+moving_pages",
    "catalogue_down+list_ids_as_text",
    "catalogue_down+list_double_escaped",
]

# Fails twice and is well again: the poll tries again by itself.
PASSING = [
    *("waf_403", "html_200", "html_maintenance", "error_500", "bad_gateway_502", "reset", "cut_off"),
    *("empty", "truncated"),
]

# --- the other channels: their failure is a remark, the figures come all the same ------------------

REMARKED: list[tuple[str, str]] = [
    ("catalogue_down", "Saluran katalog tabel tidak terbaca kali ini"),
    ("publications_down", "Saluran daftar publikasi dan berita resmi tidak terbaca kali ini"),
    ("catalogue_down+publications_down", "Saluran katalog tabel tidak terbaca kali ini"),
    ("static_tables_down", "Saluran tabel statis WebAPI tidak terbaca kali ini"),
    ("simdasi_down", "Saluran SIMDASI tidak terbaca kali ini"),
    ("nation_down", "Saluran tabel triwulanan seluruh kabupaten/kota tidak terbaca kali ini"),
    ("simdasi_down+static_tables_down+nation_down", "Saluran SIMDASI tidak terbaca kali ini"),
    ("pdf_html", ""),
    ("catalogue_bad_key", "Saluran katalog tabel tidak terbaca kali ini: BPS menolak kunci WebAPI."),
    ("publications_bad_key", "Saluran daftar publikasi dan berita resmi tidak terbaca kali ini: BPS menolak"),
    (
        "static_tables_bad_key",
        "Saluran tabel statis WebAPI tidak terbaca kali ini: BPS menolak kunci WebAPI.",
    ),
    ("simdasi_bad_key", "Saluran SIMDASI tidak terbaca kali ini: BPS menolak kunci WebAPI."),
    ("nation_bad_key", "Saluran tabel triwulanan seluruh kabupaten/kota tidak terbaca kali ini: BPS menolak"),
    ("simdasi_stalls", "Saluran SIMDASI tidak terbaca kali ini"),
    ("simdasi_other_shape", "Saluran SIMDASI tidak terbaca kali ini"),
    ("rates_exchanged", "Saluran tabel laju dan distribusi tidak dipakai kali ini"),
]

# At first contact another channel has the totals in another unit: fault, what another channel is called,
# which indicators wait until a person has looked.
DYNAMIC = "tabel dinamis WebAPI"
EVERY = {"kontribusi-industri", "kontribusi-perdagangan", "pertumbuhan-industri", "pertumbuhan-perdagangan"}
DOUBTED: list[tuple[str, str, set[str]]] = [
    ("unit_only", "tabel statis WebAPI", EVERY),
    ("simdasi_in_juta", "SIMDASI", EVERY),
    ("static_in_miliar", "tabel statis WebAPI", {name for name in EVERY if name.startswith("kontribusi")}),
]

USED = "Industri Pengolahan 2023: tabel dinamis WebAPI menyebut 2.720,85, "
DIFFERING = {
    "simdasi_differs": f"{USED}SIMDASI (",
    "static_differs": f"{USED}tabel statis WebAPI (",
    "quarterly_differs": f"{USED}tabel triwulanan",
}

ALONE = [(f"{fault}{OTHERS_DOWN}", *rest) for fault, *rest in REFUSED_FIGURES]
AT_FIRST = [*REFUSED, *REFUSED_AT_FIRST, *ALONE]
LATER_ON = [*REFUSED, *REFUSED_FIGURES, *REFUSED_LATER]


def ids(rows: list[tuple]) -> list[str]:
    return [row[0] for row in rows]
