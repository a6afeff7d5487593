# ruff: noqa: E501 - a row of a table reads best on one line
"""A report of the real size, built from the office's own data: long tables, spans, wide ones, marks."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from pathlib import Path

from markupsafe import Markup

from reports.render import Document, environment
from reports.table import Cell, Row, Table

DATA = Path(__file__).resolve().parents[3] / "agencies" / "sumenep-dkupp" / "2023"
NAME = "Dinas Koperasi, Usaha Kecil dan Menengah, Perindustrian dan Perdagangan Kabupaten Sumenep"
MOMENT = datetime(2024, 4, 11, 3, 0, tzinfo=UTC)
WAITING = "Menunggu Rilis PDRB oleh BPS 2024"

TEMPLATE = """\
{% import "report/_macros.html.j2" as m %}
{{ m.cover("LAPORAN KINERJA INSTANSI PEMERINTAH\nTAHUN ANGGARAN 2023\n(LKjIP)",
  "DINAS KOPERASI USAHA KECIL DAN MENENGAH\nPERINDUSTRIAN DAN PERDAGANGAN\nKABUPATEN SUMENEP", "TAHUN 2024",
  notice="Sebagian angka dalam laporan ini adalah angka ilustrasi, bukan angka resmi BPS; masing-masing diberi tanda i.",
  issue="Terbitan 2, 11 April 2024") }}
{% call m.section("front", "KATA PENGANTAR") %}
{{ foreword | markdown }}
{{ m.signature("Sumenep, Januari 2024", "KEPALA DINAS KOPERASI, USAHA KECIL DAN\nMENENGAH, PERINDUSTRIAN DAN PERDAGANGAN\nKABUPATEN SUMENEP",
  "CHAINUR BASYID, SE, M.Si", "19691113 199503 1 003", "Pembina Utama Muda") }}
{% endcall %}
{{ m.contents() }}
{% call m.section("chapter", "PENDAHULUAN", "BAB I", id="bab-1") %}
<h2>A. Latar Belakang</h2>
{{ introduction | markdown }}
{% endcall %}
{% call m.section("chapter", "PERENCANAAN KINERJA", "BAB II") %}
<h2>A. Rencana Strategis</h2>
<h3>1. Visi</h3>
<blockquote><p>“Sumenep Unggul, Mandiri dan Sejahtera”</p></blockquote>
<p>Berikut rincian program dan kegiatan:</p>
{{ m.render_table(tables["2.7"]) }}
{% endcall %}
{% call m.section("chapter", "AKUNTABILITAS KINERJA", "BAB III") %}
<h2>A. Capaian Kinerja Organisasi</h2>
{{ m.notice("Menunggu rilis BPS.", "Empat indikator menunggu rilis PDRB oleh BPS.", "waiting") }}
<p>Ungkapan &lt;b&gt; dan {{ hostile }} ditulis apa adanya.</p>
{{ m.render_table(tables["3.6"]) }}
<p>Uraian penjelasan tabel :</p>
<ul><li>Tingkat efisiensi indikator pertama menunjukkan hasil yang tinggi;</li><li>yang kedua belum bisa ditentukan.</li></ul>
<h2>B. Tingkat Efisiensi Penggunaan Sumber Daya</h2>
{{ m.render_table(tables["3.9"]) }}
{{ m.render_table(tables["3.10"]) }}
{% endcall %}
{% call m.section("appendix", "ASAL-USUL ANGKA", "LAMPIRAN 1") %}
{{ trace }}
{% endcall %}
"""


def words(chapter: str) -> str:
    """The words of a chapter without what it shows."""
    text = (DATA / "buku" / f"{chapter}.md").read_text(encoding="utf-8")
    return re.sub(r"^(#.*|:::.*|{{.*}})$", "", text, flags=re.MULTILINE).replace("{{", "").replace("}}", "")


def rows_of_programs() -> list[dict[str, str]]:
    """The 72 programs, kegiatan and sub kegiatan."""
    with (DATA / "programs.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def head(*texts: str) -> Row:
    """A row of headings."""
    return Row(tuple(Cell(t, align="center", bold=True) for t in texts), header=True)


def named(row: dict[str, str]) -> tuple[Cell, ...]:
    """Number, name and indicator of a program, kegiatan or sub kegiatan."""
    key = row["key"] if row["level"] == "program" else ""
    return Cell(key, align="center"), Cell(row["name"]), Cell(row["indicator"])


def agreement() -> Table:
    """Table 2.7."""
    rows = [
        Row(
            (
                *named(r),
                Cell(r["target_revised"], align="center"),
                Cell(r["budget_revised"], align="right"),
            ),
            kind="program" if r["level"] == "program" else "kegiatan",
        )
        for r in rows_of_programs()
        if r["level"] != "sub_kegiatan"
    ]
    return Table(
        f"Perubahan Program dan Kegiatan\n{NAME}\nTahun 2023",
        (head("NO.", "PROGRAM/KEGIATAN", "INDIKATOR KINERJA", "TARGET", "ANGGARAN"), head("1", "2", "3", "4", "5")),
        tuple(rows), (6, 34, 28, 13, 19), source="Dokumen Perubahan Pelaksanaan Anggaran Perangkat Daerah Tahun 2023", number="2.7",
    )  # fmt: skip


def programs() -> Table:
    """Table 3.6: every level, eight columns, landscape."""
    rows = [
        Row(
            (
                *named(r),
                Cell(r["target"], align="center"),
                Cell(r["realisasi"], align="center"),
                Cell("100", align="right"),
                Cell(r["analysis"]),
                Cell(r["solution"]),
            ),
            kind="program" if r["level"] == "program" else "",
        )
        for r in rows_of_programs()
    ]
    return Table(
        "Capaian Kinerja Program, Kegiatan dan Sub Kegiatan\nTahun 2023",
        (head("No.", "Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja", "Target", "Realisasi", "% Capaian", "Analisis", "Solusi"),),
        tuple(rows), (4, 22, 22, 9, 9, 8, 13, 13), landscape=True, number="3.6",
    )  # fmt: skip


def efficiency() -> Table:
    """Table 3.9: two heading rows with spans, waiting, provisional and illustrative figures."""
    top = Row(
        (
            Cell("No.", rowspan=2, align="center"),
            Cell("Tujuan/Sasaran", rowspan=2, align="center"),
            Cell("Indikator Kinerja", colspan=3, align="center"),
            Cell("Anggaran", colspan=3, align="center"),
            Cell("Tingkat Efisiensi", rowspan=2, align="center"),
        ),
        header=True,
    )
    second = head("Target", "Realisasi", "% Capaian", "Anggaran (Rp)", "Realisasi (Rp)", "% Capaian")

    def line(
        first: tuple[Cell, ...], label: str, target: str, got: Cell, percent: str, efficient: str
    ) -> Row:
        money = ("3.952.453.098", "3.866.199.732", "97,82%")
        numbers = [Cell(t, align="right") for t in (percent, *money, efficient)]
        return Row((*first, Cell(label), Cell(target, align="right"), got, *numbers))

    def number(text_: str, span: int) -> tuple[Cell, ...]:
        return (Cell(text_, rowspan=span, align="center"),)

    rows = (
        line(number("1", 2), "Persentase Pertumbuhan UMKM", "7%", Cell("4,4%", align="right", figure="umkm"), "62,86%", "0,64"),
        line((), "Meningkatnya Pendapatan Pelaku UMKM", "7%", Cell("16,24%", align="right"), "232,00%", "2,37"),
        line(number("2", 2), "Meningkatkan kontribusi PDRB sektor industri pengolahan", "5,6%", Cell(WAITING, mark="waiting"), "-", "-"),
        line((), "Meningkatnya pertumbuhan sektor PDRB industri pengolahan", "6,1%", Cell("4,21%", align="right", mark="illustrative"), "69,02%", "0,75"),
        line(number("3", 1), "Meningkatkan kontribusi PDRB sektor perdagangan besar dan eceran", "5,1%", Cell("12,50%", align="right", mark="provisional", note="Menurut rilis 11 April 2024."), "245,10%", "2,56"),
        Row((Cell("Jumlah", colspan=5, bold=True), *(Cell(t, align="right") for t in ("27.077.526.494", "22.998.136.965", "84,93%", ""))), kind="total"),
    )  # fmt: skip
    return Table(
        "Perbandingan Pencapaian Kinerja dan Anggaran Tujuan dan Sasaran", (top, second), rows,
        (4, 22, 8, 13, 9, 14, 14, 9, 7), landscape=True,
        notes=("Jika tingkat efisiensi kurang dari 1, maka tidak efisien.",), number="3.9",
    )  # fmt: skip


def narrow() -> Table:
    """Table 3.10: long words in narrow columns."""
    rows = tuple(
        Row(
            (
                Cell(r["key"], align="center"),
                Cell(r["name"]),
                Cell(r["target"], align="center"),
                Cell(r["realisasi"], align="center"),
                Cell(r["budget_revised"], align="right"),
                Cell(r["spent"], align="right"),
                Cell("1,00", align="right"),
            ),
            kind="program" if r["level"] == "program" else "kegiatan",
        )
        for r in rows_of_programs()
        if r["level"] != "sub_kegiatan"
    )
    return Table(
        "Perbandingan Pencapaian Kinerja dan Anggaran\nProgram dan Kegiatan",
        (head("No", "Program/Kegiatan", "Target", "Realisasi", "Anggaran (Rp)", "Realisasi (Rp)", "Tingkat Efisiensi"),),
        rows, (7, 25, 12, 12, 17, 17, 10), number="3.10",
    )  # fmt: skip


def sample(*, hostile: str = "<script>alert(1)</script>") -> Document:
    """The report."""
    context = {
        "foreword": "\n\n".join(words("kata-pengantar").strip().split("\n\n")[:2]),
        "introduction": words("pendahuluan"),
        "tables": {t.number: t for t in (agreement(), programs(), efficiency(), narrow())},
        "hostile": hostile,
        "trace": Markup(
            '<table><thead><tr><th>Angka</th><th>Rumus</th></tr></thead><tbody><tr id="asal-umkm">'
            "<td>Pertumbuhan UMKM</td><td>4,4 / 7 x 100</td></tr></tbody></table>"
        ),
    }
    body = environment().from_string(TEMPLATE).render(context)
    return Document(
        title="Laporan Kinerja Instansi Pemerintah Tahun 2023", body=body, author=NAME, date=MOMENT,
        subject="LKjIP Tahun 2023, terbitan 2", office="DKUPP Kabupaten Sumenep", keywords=("LKjIP", "SAKIP"),
    )  # fmt: skip
