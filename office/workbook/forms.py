"""The forms of the workbook, Kantor and Aturan: a label and its cells on each line."""

from __future__ import annotations

from dataclasses import dataclass

from capaian.rules import Meaning, Over
from office.appendices import AppendixKind
from office.book.chapters import ORDER
from office.book.names import TABLES
from office.workbook.cells import Column, Kind

APPROVED_BY = "Laporan disetujui oleh"

_YES = {"ya": True, "tidak": False}
_KINDS = {
    "Renstra": AppendixKind.RENSTRA,
    "IKU": AppendixKind.IKU,
    "Perjanjian Kinerja": AppendixKind.AGREEMENT,
    "dokumen terpisah": AppendixKind.SEPARATE,
}
_CONDITIONS = {
    "serapan rendah": "low_absorption",
    "tercapai": "reached",
    "tidak tercapai": "not_reached",
    "efisien": "efficient",
    "tidak efisien": "inefficient",
    "menunggu": "waiting",
    "selalu": "always",
}


@dataclass(frozen=True)
class Line:
    """A label in column A with its cells from column B on.

    Attributes:
        file: Whose entry it is: ``office``, ``year``, ``renstra`` or ``rules``.
        path: Dotted, in that file.
        columns: Its cells; the only one of an empty ``field`` is the entry itself.
        many: The entry is a list, and the label may stand on any number of lines.
        keyed: The list is a mapping: each line has a ``key`` and a ``value``.
        spare: Blank lines that a person finds beside those that are filled.
    """

    label: str
    file: str
    path: str
    columns: tuple[Column, ...]
    many: bool = False
    keyed: bool = False
    spare: int = 0

    @property
    def required(self) -> bool:
        """Whether a year cannot be without it."""
        return any(column.required for column in self.columns)


@dataclass(frozen=True)
class Section:
    """Lines under a title of their own."""

    title: str
    lines: tuple[Line, ...]


def _one(label: str, where: str, note: str = "", kind: Kind = Kind.TEXT, *, required: bool = False) -> Line:
    file, _, path = where.partition(":")
    return Line(label, file, path, (Column("", label, note, kind, required=required),))


def _many(label: str, where: str, *columns: Column, spare: int = 1, keyed: bool = False) -> Line:
    file, _, path = where.partition(":")
    return Line(label, file, path, columns, many=True, keyed=keyed, spare=spare)


OFFICE_FORM = (
    Section(
        "Identitas kantor",
        (
            _one(
                "Id kantor",
                "office:id",
                "Nama map kantor: huruf kecil dan tanda -, misalnya jabar-disperindag.",
                required=True,
            ),
            _one("Nama kantor", "office:name", "Lengkap, seperti di sampul.", required=True),
            _one("Nama pendek kantor", "office:short_name", "Misalnya Disperindag.", required=True),
            _one(
                "Wilayah",
                "office:region",
                "Kabupaten Sumenep, Kota Bandung, Provinsi Jawa Barat.",
                required=True,
            ),
            _one("Kota", "office:town", "Tempat laporan ditandatangani.", required=True),
            _one(
                "Kepala surat",
                "office:letterhead",
                "Satu baris kepala surat satu baris dalam sel (Alt+Enter).",
                Kind.LINES,
                required=True,
            ),
            _one("Surel kontak", "office:contact", "Disebut kepada BPS.", required=True),
            _one("Kode wilayah BPS", "office:bps.domain", "Empat angka; hanya bila ada indikator dari BPS."),
            _one("Tahun dasar PDRB", "office:bps.base_year", "Boleh kosong: 2010.", Kind.WHOLE),
            _one(
                "Nomor tabel BPS",
                "office:bps.pins",
                "Boleh kosong; untuk teknisi, misalnya adhb: 123.",
                Kind.PINS,
            ),
        ),
    ),
    Section(
        "Tahun laporan",
        (
            _one("Tahun", "year:year", "Tahun yang dilaporkan, misalnya 2023.", Kind.WHOLE, required=True),
            _one("Tahun dokumen", "year:document_year", "Boleh kosong: tahun berikutnya.", Kind.WHOLE),
            _one("Tahun pembanding", "year:previous_year", "Boleh kosong: tahun sebelumnya.", Kind.WHOLE),
            _one(
                "Tahun Renstra ke-",
                "year:renstra_year_ordinal",
                "Boleh kosong: dihitung dari tahun pertama Renstra.",
                Kind.WHOLE,
            ),
            _one("Judul laporan", "year:report_title", "Boleh kosong: LAPORAN KINERJA INSTANSI PEMERINTAH."),
            _one(
                "Kata pengantar ditandatangani",
                "year:foreword_signed",
                "Boleh kosong: kota dan Januari tahun dokumen.",
            ),
            _one(
                "Penutup ditandatangani",
                "year:closing_signed",
                "Boleh kosong: kota dan Januari tahun dokumen.",
            ),
        ),
    ),
    Section(
        "Penanda tangan",
        (
            _one("Nama penanda tangan", "year:signatory.name", required=True),
            _one(
                "Jabatan penanda tangan",
                "year:signatory.position",
                "Satu baris jabatan satu baris dalam sel.",
                Kind.LINES,
                required=True,
            ),
            _one("Pangkat penanda tangan", "year:signatory.rank", "Boleh kosong."),
            _one("NIP penanda tangan", "year:signatory.nip", "Boleh kosong. Ditulis sebagai teks."),
        ),
    ),
    Section(
        "Penerima dan susunan",
        (
            _many(
                "Penerima surel",
                "year:recipients",
                Column("address", "Alamat surel", required=True),
                Column("role", "Peran", "Kepala Dinas, Inspektorat, Perencana.", required=True),
                spare=2,
            ),
            _many(
                "Surel terbitan kepada",
                "year:mail.release",
                Column("", "Peran", "Peran penerima di atas; kosong berarti semua penerima."),
            ),
            _many(
                "Surel gangguan kepada",
                "year:mail.failure",
                Column("", "Peran", "Peran penerima di atas, di samping teknisi; boleh kosong."),
            ),
            _many(
                APPROVED_BY,
                "year:approval.roles",
                Column(
                    "",
                    "Peran",
                    "Peran penerima di atas yang menyetujui sebelum laporan dikirim; kosong berarti tanpa "
                    "persetujuan.",
                ),
            ),
            _one(
                "Diingatkan setiap (hari)",
                "year:approval.remind_after",
                "Boleh kosong: 3. Hanya bila laporan disetujui dulu.",
                Kind.WHOLE,
            ),
            _many(
                "Bagan organisasi",
                "year:structure",
                Column(
                    "",
                    "Jabatan",
                    "Satu tingkat satu baris, dari atas; satu jabatan satu baris dalam sel.",
                    Kind.LINES,
                ),
                spare=3,
            ),
        ),
    ),
    Section(
        "Renstra",
        (
            _one("Renstra tahun pertama", "renstra:first_year", "", Kind.WHOLE, required=True),
            _one("Renstra tahun terakhir", "renstra:last_year", "", Kind.WHOLE, required=True),
            _one("Nama dokumen Renstra", "renstra:source", "Dicetak sebagai sumber tabel.", required=True),
            _one("Visi", "renstra:vision", "Boleh kosong."),
            _many(
                "Misi",
                "renstra:missions",
                Column("text", "Misi"),
                Column("number", "Nomor", "", Kind.WHOLE),
                spare=3,
            ),
            _one(
                "Misi yang dipilih",
                "renstra:chosen_missions",
                "Nomor misi daerah yang didukung, misalnya 1; 2.",
                Kind.NUMBERS,
            ),
        ),
    ),
    Section(
        "Isi laporan (boleh kosong)",
        (
            _many("Dasar hukum", "year:legal_bases", Column("", "Peraturan"), spare=3),
            _many(
                "Bab buku",
                "year:chapters",
                Column("", "Nama bab", f"Menurut urutannya; kosong berarti bab baku: {', '.join(ORDER)}."),
                spare=1,
            ),
            _many(
                "Lampiran",
                "year:appendices",
                Column("title", "Judul"),
                Column("kind", "Isi lampiran", choices=_KINDS),
                spare=2,
            ),
            _many(
                "Sumber di bawah tabel",
                "year:sources",
                Column("value", "Sumber"),
                Column("key", "Tabel", choices={what: name for name, what in TABLES.items()}),
                keyed=True,
                spare=2,
            ),
            _many(
                "Program penunjang",
                "year:supports",
                Column("indicator", "Indikator", "Untuk tabel program penunjang."),
                Column("programs", "Nomor program", "", Kind.NUMBERS),
                Column("verdict", "Penilaian", "Boleh kosong: Menunjang."),
                spare=2,
            ),
            _many(
                "Alasan",
                "year:reasons",
                Column("text", "Kata-kata", "Dicetak hanya selama syaratnya terpenuhi."),
                Column("subject", "Tentang", "Nama indikator, atau nomor program atau kegiatan."),
                Column("when", "Bila", choices=_CONDITIONS),
                spare=3,
            ),
        ),
    ),
)

_SOURCE = "Peraturan atau laporan yang menetapkannya; boleh kosong."

RULES_FORM = (
    Section(
        "Kategori capaian, yang terbaik lebih dulu (kosong: Sangat Tinggi mulai 91 sampai Sangat Rendah)",
        (
            _many(
                "Kategori",
                "rules:categories.rows",
                Column("name", "Nama", width=24),
                Column(
                    "at_least",
                    "Mulai dari",
                    "Batas bawah yang ikut termasuk: 80 berarti 80 ke atas.",
                    Kind.PERCENT,
                ),
                Column(
                    "above",
                    "Lebih dari",
                    "Batas bawah yang tidak ikut: 100 berarti di atas 100. Kategori terakhir tanpa batas.",
                    Kind.PERCENT,
                ),
                Column("printed", "Tertulis di tabel", "Boleh kosong, misalnya 80 – 100."),
                spare=5,
            ),
            _one(
                "Pembulatan sebelum kategori",
                "rules:categories.places",
                "Banyaknya angka di belakang koma.",
                Kind.WHOLE,
            ),
            _one("Sumber kategori", "rules:categories.source", _SOURCE),
        ),
    ),
    Section(
        "Cara menghitung (kosong: aturan bawaan)",
        (
            _one(
                "Capaian paling tinggi",
                "rules:cap.limit",
                "Dalam persen; kosong berarti tanpa batas.",
                Kind.PERCENT,
            ),
            Line("Batas itu di tabel", "rules", "cap.shown", (Column("", "Batas di tabel", choices=_YES),)),
            Line(
                "Batas itu di rata-rata",
                "rules",
                "cap.averaged",
                (Column("", "Batas di rata-rata", choices=_YES),),
            ),
            _one("Sumber batas capaian", "rules:cap.source", _SOURCE),
            _one(
                "Nol yang tercapai",
                "rules:zero.reached",
                "Capaian bila pembaginya nol tetapi targetnya tercapai.",
                Kind.PERCENT,
            ),
            _one("Nol yang tidak tercapai", "rules:zero.missed", "", Kind.PERCENT),
            _one("Sumber aturan nol", "rules:zero.source", _SOURCE),
            Line(
                "Rata-rata atas",
                "rules",
                "averages.over",
                (
                    Column(
                        "",
                        "Rata-rata atas",
                        "Bawaan: semua indikator, jadi menunggu bila ada yang menunggu.",
                        choices={"semua indikator": Over.ALL, "yang dapat dihitung": Over.COMPUTABLE},
                    ),
                ),
            ),
            _one("Sumber rata-rata", "rules:averages.source", _SOURCE),
            Line(
                "Arti efisiensi",
                "rules",
                "efficiency.meaning",
                (
                    Column(
                        "",
                        "Arti efisiensi",
                        "Bawaan: capaian dibagi serapan.",
                        choices={"capaian / serapan": Meaning.RATIO, "100 - serapan": Meaning.SAVED},
                    ),
                ),
            ),
            _one("Sumber efisiensi", "rules:efficiency.source", _SOURCE),
            _one("Serapan rendah di bawah", "rules:absorption.low", "Dalam persen; bawaan 70.", Kind.PERCENT),
            _one("Serapan baik di atas", "rules:absorption.good", "Dalam persen; bawaan 80.", Kind.PERCENT),
            _one("Sumber batas serapan", "rules:absorption.source", _SOURCE),
            Line(
                "Cetakan memotong angka",
                "rules",
                "printed.truncated",
                (
                    Column(
                        "",
                        "Cetakan memotong angka",
                        "Untuk membandingkan dengan laporan tercetak.",
                        choices=_YES,
                    ),
                ),
            ),
            _one("Sumber pemotongan", "rules:printed.source", _SOURCE),
            _one("Sumber rumus capaian", "rules:formulas", _SOURCE),
        ),
    ),
    Section(
        "Skala predikat sendiri (sakip, opini dan level sudah ada)",
        (
            _many(
                "Skala predikat",
                "rules:ordinals",
                Column("id", "Nama skala"),
                Column(
                    "best_first",
                    "Predikat",
                    "Yang terbaik lebih dulu, satu predikat satu baris dalam sel.",
                    Kind.LINES,
                ),
                Column("source", "Sumber", _SOURCE),
                spare=2,
            ),
        ),
    ),
)
