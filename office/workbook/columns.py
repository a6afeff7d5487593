"""The tables of the workbook: their sheets, and the columns of each."""

from __future__ import annotations

from capaian.measure import Direction, Formula
from capaian.quarters import QUARTERS, ROMAN, Quarters
from core.dates import MONTHS
from office.bps import Take
from office.schema import Level, MeasureKind
from office.standards import NATIONAL, OWN
from office.workbook.cells import Column, Kind

OFFICE, INDICATORS, TARGETS, REALISASI, QUARTERLY, PROGRAMS, RULES = (
    "Kantor",
    "Tujuan-Sasaran-Indikator",
    "Target",
    "Realisasi",
    "Triwulan",
    "Program",
    "Aturan",
)
SHEETS = (OFFICE, INDICATORS, TARGETS, REALISASI, PROGRAMS, RULES)
"""Without the sheet of quarters, which workbooks written before do not have."""

INSTITUTION = "institution"
"""What ``measure.kind`` is in the workbook where another institution publishes the realisasi."""
NOT_IN_DOCUMENT = "-"
"""In the sheet of targets: the document does not hold this indicator, although the Renstra has a target."""

_DIRECTIONS = {"makin tinggi makin baik": Direction.HIGHER, "makin rendah makin baik": Direction.LOWER}
_FORMULAS = {
    "R/T": Formula.HIGHER,
    "T/R": Formula.LOWER,
    "(2T-R)/T": Formula.LOWER_BY_DISTANCE,
    "rentang": Formula.RANGE,
    "skala": Formula.ORDINAL,
    "relatif": Formula.RELATIVE,
    "dinyatakan": Formula.STATED,
}
_MEASURES = {
    "kantor sendiri": MeasureKind.REPORTED,
    "lembaga lain": INSTITUTION,
    "BPS: pertumbuhan PDRB": MeasureKind.PDRB_GROWTH,
    "BPS: kontribusi PDRB": MeasureKind.PDRB_SHARE,
    "BPS: tabel lain": MeasureKind.BPS_STATISTIC,
    "harga pasar": MeasureKind.PRICE_FLUCTUATION,
}
_TAKES = {
    "nilai": Take.VALUE, "pertumbuhan": Take.GROWTH, "bagian": Take.SHARE, "selisih poin": Take.POINTS,
}  # fmt: skip
_QUARTERS = {"jumlah": Quarters.SUM, "terakhir": Quarters.LAST, "rata-rata": Quarters.MEAN}
_LEVELS = {"program": Level.PROGRAM, "kegiatan": Level.KEGIATAN, "sub kegiatan": Level.SUB_KEGIATAN}
_LATER = "Boleh kosong. "
_WORDS = ("cause", "solution")
"""What may stand in a row of realisasi without a figure."""

INDICATOR_COLUMNS = (
    Column(
        "number",
        "No.",
        _LATER + "Urutan indikator dalam laporan; kosong berarti menurut baris.",
        Kind.WHOLE,
        width=6,
        example="1",
    ),
    Column(
        "tujuan",
        "Tujuan",
        "Rumusan tujuan. Kosong berarti sama dengan baris di atasnya.",
        width=32,
        example="Berkembangnya industri daerah",
    ),
    Column(
        "sasaran",
        "Sasaran",
        "Rumusan sasaran. Kosong bersama Tujuan berarti sama dengan baris di atasnya; "
        "kosong di samping Tujuan berarti indikator milik tujuan itu sendiri.",
        width=32,
        example="Meningkatnya jumlah wirausaha",
    ),
    Column(
        "name",
        "Indikator",
        "Nama indikator seperti dalam Perjanjian Kinerja; dengan nama ini indikator disebut di lembar lain.",
        width=36,
        example="Jumlah wirausaha baru",
    ),
    Column(
        "short_name", "Nama pendek", _LATER + "Untuk kalimat dan gambar.", width=22, example="Wirausaha baru"
    ),
    Column(
        "unit",
        "Satuan",
        "Sekali untuk setiap indikator: %, orang, dokumen. Target dan realisasinya lalu ditulis "
        "sebagai angka saja. Kosong untuk predikat (A, WTP).",
        width=12,
        example="orang",
    ),
    Column(
        "unit_label",
        "Satuan di tabel",
        _LATER + "Yang dicetak di kolom Satuan; bawaan sama dengan Satuan.",
        width=14,
    ),
    Column(
        "direction",
        "Arah",
        _LATER + "Bawaan: makin tinggi makin baik.",
        choices=_DIRECTIONS,
        width=24,
        example="makin tinggi makin baik",
    ),
    Column(
        "formula",
        "Rumus",
        _LATER + "T target, R realisasi. Kosong: menurut arah dan targetnya. dinyatakan: kantor "
        "menulis capaiannya sendiri di lembar Realisasi.",
        choices=_FORMULAS,
        width=12,
        example="R/T",
    ),
    Column(
        "scale",
        "Skala",
        _LATER + "Untuk predikat: sakip (AA-D), opini (WTP-TMP), level (V-I), atau skala dari lembar Aturan.",
        choices={"sakip": "sakip", "opini": "opini", "level": "level"},
        open_choice=True,
        width=10,
    ),
    Column(
        "measure.kind",
        "Sumber angka",
        "Dari mana realisasinya. Bawaan: kantor sendiri.",
        choices=_MEASURES,
        width=24,
        example="kantor sendiri",
    ),
    Column("source_label", "Sumber data di tabel", _LATER + "Yang dicetak di kolom Sumber Data.", width=18),
    Column(
        "programs",
        "Program",
        "Nomor program di lembar Program yang mendukungnya, misalnya 6; 7.",
        Kind.NUMBERS,
        width=10,
        example="4",
    ),
    Column(
        "quarters",
        "Triwulan",
        _LATER + "Bila angkanya diisi di lembar Triwulan: setahunnya jumlah, yang terakhir terisi, atau "
        "rata-rata.",
        choices=_QUARTERS,
        width=12,
        added=True,
    ),
    Column(
        "cumulative",
        "Kumulatif",
        _LATER + "ya: targetnya dihitung sejak tahun pertama Renstra, jadi yang dibandingkan jumlah "
        "realisasi sejak tahun itu.",
        choices={"ya": True, "tidak": False},
        width=10,
        added=True,
    ),
    Column("institution.name", "Lembaga", "Untuk lembaga lain: namanya, misalnya Kemendagri.", width=18),
    Column(
        "institution.waiting",
        "Kata menunggu",
        _LATER + "Diawali 'Menunggu'; dicetak selama angkanya belum ada.",
        width=24,
    ),
    Column(
        "institution.due",
        "Bulan terbit",
        _LATER + "Bulan angka itu biasanya terbit.",
        choices={month: month for month in MONTHS},
        width=12,
    ),
    Column("measure.sector", "Kategori PDRB", "Untuk PDRB: huruf kategori, misalnya C.", width=10),
    Column(
        "bps.table",
        "Tabel BPS",
        "Untuk tabel BPS lain: judul, nomor, atau alamat halaman tabelnya.",
        width=24,
    ),
    Column("bps.row", "Baris tabel BPS", width=18),
    Column("bps.characteristic", "Karakteristik tabel BPS", width=18),
    Column("bps.period", "Periode tabel BPS", "tahun, Semester 1, Triwulan IV, atau nama bulan.", width=14),
    Column("bps.take", "Yang diambil", choices=_TAKES, width=14),
    Column("bps.of", "Bagian dari baris", "Untuk bagian: baris seluruhnya.", width=16),
    Column("bps.domain", "Wilayah tabel BPS", "Empat angka; kosong berarti wilayah kantor.", width=12),
    Column("bps.name", "Nama statistik", width=18),
    Column("iku.number", "IKU nomor", _LATER + "Bila indikator ini IKU: nomornya.", Kind.WHOLE, width=8),
    Column("iku.definition", "IKU definisi", width=28),
    Column("iku.formula", "IKU rumus", width=28),
    Column("iku.source", "IKU sumber", width=20),
    Column(
        "id",
        "Id indikator",
        _LATER + "Nama tetap untuk program; kosong berarti dibuat dari nama pendek.",
        width=20,
    ),
    Column("tujuan_id", "Id tujuan", _LATER, width=18),
    Column("sasaran_id", "Id sasaran", _LATER, width=18),
)

REALISASI_COLUMNS = (
    Column(
        "indicator",
        "Indikator",
        "Nama indikator dari lembar Tujuan-Sasaran-Indikator.",
        width=44,
        required=True,
        example="Jumlah wirausaha baru",
    ),
    Column(
        "year",
        "Tahun",
        "Tahun laporan, dan tahun sebelumnya untuk perbandingan.",
        Kind.WHOLE,
        width=8,
        required=True,
        example="2023",
    ),
    Column(
        "value",
        "Realisasi",
        "Angkanya saja; satuannya sudah disebut sekali pada indikator. Yang belum ada "
        "jangan ditulis barisnya.",
        Kind.VALUE,
        width=16,
        required=True,
        unless=_WORDS,
        example="9.133",
    ),
    Column("target", "Target tahun itu", "Hanya untuk tahun sebelumnya.", Kind.VALUE, width=16),
    Column(
        "source",
        "Sumber",
        "Siapa yang mencatat angka ini.",
        width=30,
        required=True,
        unless=_WORDS,
        example="Bidang Industri",
    ),
    Column("note", "Catatan", _LATER, width=40),
    Column("capaian", "Capaian dinyatakan (%)", "Hanya untuk rumus 'dinyatakan'.", Kind.PERCENT, width=14),
    Column(
        "status",
        "Status",
        _LATER + "Apakah sumbernya masih dapat mengubahnya.",
        choices={name: name for name in ("tetap", "sementara", "sangat sementara")},
        width=16,
    ),
    Column(
        "standard",
        "Angka",
        "Bawaan: kantor. Angka pembanding: nasional, atau nama lain, misalnya Provinsi Jawa Timur, SPM.",
        choices={OWN: "", NATIONAL.casefold(): NATIONAL},
        open_choice=True,
        width=20,
    ),
    Column(
        "cause",
        "Penyebab",
        _LATER + "Mengapa target tercapai atau tidak tercapai; hanya untuk tahun laporan. Indikator yang "
        "angkanya bukan dari kantor: isi Indikator, Tahun, Penyebab dan Solusi saja.",
        width=40,
        added=True,
    ),
    Column("solution", "Solusi", _LATER + "Yang sudah atau akan dilakukan.", width=40, added=True),
    Column(
        "evidence",
        "Bukti",
        _LATER + "Nama berkas yang memuat angkanya, di samping buku kerja ini atau di map di bawahnya; "
        "hanya untuk tahun laporan. Berkasnya ikut disimpan.",
        width=30,
        added=True,
    ),
)

QUARTER_COLUMNS = (
    Column(
        "indicator",
        "Indikator",
        "Nama indikator yang kolom Triwulan-nya terisi di lembar Tujuan-Sasaran-Indikator; satu baris satu "
        "indikator.",
        width=44,
        required=True,
        example="Jumlah wirausaha baru",
    ),
    *(
        Column(
            f"{field}_{number}",
            f"TW {ROMAN[number - 1]} {field}",
            "Angkanya saja. Yang belum ada dikosongkan." if number == 1 else "",
            Kind.VALUE,
            width=14,
            example=example,
        )
        for number, examples in zip(
            QUARTERS, (("2.000", "2.100"), ("4.500", ""), ("7.000", ""), ("9.000", "")), strict=True
        )
        for field, example in zip(("target", "realisasi"), examples, strict=True)
    ),
    Column(
        "source",
        "Sumber",
        "Siapa yang mencatat angka ini. Bila sumber triwulannya berbeda: satu baris setiap sumber.",
        width=30,
        required=True,
        example="Bidang Industri",
    ),
    Column("note", "Catatan", _LATER, width=40),
)

PROGRAM_COLUMNS = (
    Column(
        "key",
        "Nomor",
        "1 program, 1.2 kegiatan, 1.2.3 sub kegiatan. Kosong berarti berurutan menurut Tingkat.",
        width=9,
        example="1",
    ),
    Column(
        "level", "Tingkat", "Kosong berarti menurut nomornya.", choices=_LEVELS, width=13, example="program"
    ),
    Column("name", "Nama", width=48, required=True, example="PROGRAM PENGEMBANGAN INDUSTRI"),
    Column("indicator", "Indikator", _LATER, width=34, example="Jumlah industri yang dibina"),
    Column("target_initial", "Target PK", _LATER, Kind.VALUE, width=14),
    Column(
        "budget_initial",
        "Anggaran PK",
        "Rupiah penuh; kegiatan harus berjumlah sama dengan programnya.",
        Kind.AMOUNT,
        width=18,
        example="4775000000",
    ),
    Column("target_revised", "Target perubahan", _LATER, Kind.VALUE, width=14),
    Column("budget_revised", "Anggaran perubahan", "Bila Perjanjian Kinerja berubah.", Kind.AMOUNT, width=18),
    Column("target", "Target akhir", _LATER, Kind.VALUE, width=14, example="100 IKM"),
    Column("realisasi", "Realisasi", _LATER, Kind.VALUE, width=14, example="98 IKM"),
    Column("spent", "Realisasi anggaran", "Rupiah penuh.", Kind.AMOUNT, width=18, example="3878831648"),
    Column("analysis", "Analisis", _LATER + "Untuk program.", width=30),
    Column("solution", "Solusi", _LATER + "Untuk program.", width=30),
    Column("code", "Kode rekening", _LATER + "Nomenklatur, misalnya 2.17.03.2.01.", width=16),
)
