"""What a chapter can show, by name, with what it is in Indonesian."""

from __future__ import annotations

from collections.abc import Mapping

TABLES: Mapping[str, str] = {
    "tujuan-sasaran": "tujuan, sasaran, indikator dan target Renstra",
    "iku": "Indikator Kinerja Utama",
    "rencana-kerja": "rencana kerja tahun laporan",
    "perjanjian-kinerja": "Perjanjian Kinerja yang pertama",
    "program": "program dan kegiatan dengan anggaran pertama",
    "perubahan-perjanjian": "perubahan Perjanjian Kinerja",
    "perubahan-program": "program dan kegiatan dengan anggaran perubahan",
    "kategori": "kategori capaian kinerja",
    "capaian": "capaian terhadap target",
    "triwulan": "target dan realisasi menurut triwulan",
    "tahun-lalu": "perbandingan dengan tahun sebelumnya",
    "tahun-tahun": "perkembangan beberapa tahun",
    "akhir-renstra": "kemajuan terhadap target akhir Renstra",
    "standar": "perbandingan dengan standar nasional atau lainnya",
    "penyebab": "penyebab keberhasilan atau kegagalan dan solusi menurut indikator",
    "analisis": "analisis keberhasilan, kegagalan dan solusi menurut program",
    "penunjang": "program dan kegiatan yang menunjang",
    "harga-laporan": "harga harian di samping angka kantor",
    "anggaran": "anggaran dan realisasinya",
    "efisiensi": "efisiensi menurut tujuan dan sasaran",
    "efisiensi-program": "efisiensi menurut program dan kegiatan",
}

CHARTS: Mapping[str, str] = {
    "struktur-organisasi": "bagan organisasi",
    "capaian": "capaian setiap indikator terhadap target, di atas skala kategori",
    "kemajuan": "kemajuan setiap indikator terhadap target akhir Renstra",
    "pdrb": "pertumbuhan dan kontribusi PDRB dari tahun ke tahun",
    "indeks-harga": "indeks harga bulanan",
    "harga": "harga rata-rata harian",
    "serapan": "serapan anggaran menurut bulan",
    "serapan-program": "serapan anggaran menurut program",
    "belanja-capaian": "belanja di samping capaian setiap indikator",
}

SENTENCES: Mapping[str, str] = {
    "ringkasan": "jalannya tahun dalam satu kalimat",
    "rata-rata": "rata-rata capaian tujuan dan sasaran",
    "pencapaian": "berapa sasaran yang tercapai",
    "penggunaan-anggaran": "anggaran, serapan dan efisiensi seluruh kantor",
    "harga": "perhitungan fluktuasi harga",
}
"""Sentences that explain no table; those that do bear its name."""

LISTS: Mapping[str, str] = {
    "misi": "misi daerah",
    "misi-dipilih": "misi yang diemban kantor",
    "landasan-hukum": "landasan hukum",
}

SIGNATURES: Mapping[str, str] = {
    "kata-pengantar": "tanda tangan di bawah kata pengantar",
    "penutup": "tanda tangan di bawah bab penutup",
}

PARTS: Mapping[str, str] = {
    "realisasi": "realisasi tahun laporan",
    "target": "target tahun laporan",
    "capaian": "capaian dalam persen",
    "kategori": "kategori capaian",
    "sumber": "sumber datanya",
    "realisasi-lalu": "realisasi tahun sebelumnya",
    "target-akhir": "target akhir Renstra",
    "nama": "nama indikator",
}
"""What ``value`` gives of an indicator; the first where nothing is said."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "office": ("name", "short_name", "region", "town"),
    "renstra": ("first_year", "last_year", "period", "ordinal", "source"),
    "signatory": ("name", "rank"),
    "year": (),
    "previous_year": (),
    "document_year": (),
    "documents": (),
    "tujuan_count": (),
    "sasaran_count": (),
    "indicator_count": (),
}
"""Words of the office's data, each with its parts."""

ALL = {*TABLES, *CHARTS, *SENTENCES, *LISTS, "visi"}

FUNCTIONS: Mapping[str, frozenset[str]] = {
    "table": frozenset(TABLES),
    "explain": frozenset({*TABLES, *SENTENCES}),
    "chart": frozenset(CHARTS),
    "list": frozenset(LISTS),
    "signature": frozenset(SIGNATURES),
    "ref": frozenset({*TABLES, *CHARTS}),
    "has": frozenset(ALL),
    "value": frozenset(),
    "vision": frozenset(),
    "notices": frozenset(),
}
"""The functions of a chapter with the names they take; ``value`` takes the indicators of the office."""
