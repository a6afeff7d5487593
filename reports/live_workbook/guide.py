"""Sheet *Petunjuk*: which cells may be changed, and what follows."""

from __future__ import annotations

from reports.live_workbook.sheets import HEAD, INPUT, PLAIN, RESULT, Page

_STEPS = (
    "Ubah sebuah sel kuning, misalnya realisasi di lembar Pengukuran: hasil hitung, capaian, kategori, "
    "keadaan, keterangan, rata-rata dan efisiensi mengikutinya.",
    "Indikator yang menunggu: isi realisasinya pada sel kuning yang kosong. Predikat ditulis seperti di "
    "lembar Skala.",
    "Rumus setiap indikator ada di kolom Rumus dan di selnya sendiri. R realisasi, T target; nol dan target "
    "di bawah nol mengikuti aturan di lembar Skala dan disebut di kolom Keterangan.",
    "Capaian ialah hasil hitung sesudah batas (lembar Skala); tanpa batas keduanya sama. Kategori dicari di "
    "lembar Skala sesudah pembulatan yang disebut di sana.",
    "Perhitungan memakai angka penuh; pembulatan setengah ke atas hanya pada yang ditampilkan. Excel "
    "menyimpan 15 angka dari setiap bilangan; hasil dibulatkan pada desimal kesepuluh.",
    "Tanda: † angka ilustrasi untuk peragaan; * angka sementara; ** angka sangat sementara.",
    "Perubahan di buku kerja ini tidak kembali ke laporan. Yang berlaku adalah laporan dan data kantor; "
    "report.json memuat angka yang sama untuk dibaca program.",
)
_SHEETS = (
    ("Pengukuran", "satu baris satu indikator: target, realisasi, rumus, capaian, kategori, keadaan"),
    ("Rata-rata", "rata-rata capaian indikator tujuan dan sasaran, dan dari berapa indikator"),
    ("Anggaran", "pagu, realisasi dan serapan program dan kegiatan, jumlahnya, dan efisiensinya"),
    ("Efisiensi", "capaian setiap indikator di samping anggaran program pendukungnya"),
    ("Rincian", "angka di balik realisasi yang dihitung: PDRB, triwulan, tahun-tahun target kumulatif"),
    ("Skala", "kategori, pembulatan, batas, aturan nol, cara rata-rata, skala predikat"),
    ("Asal", "sumber, rilis, status, hari pengambilan dan sidik berkas setiap angka masukan"),
)


def write_guide(page: Page) -> None:
    """Write the guide; it names the sheets that the workbook has."""
    page.title("Petunjuk untuk pemeriksa")
    page.widths((16, 92))
    page.printed(landscape=False)
    row = 2
    for colour, words in (
        (INPUT, "sel masukan: boleh diubah"),
        (RESULT, "sel hasil: rumus"),
        (HEAD, "judul kolom"),
    ):
        page.sheet.write_blank(row, 0, None, page.book.style(PLAIN, {"bg_color": colour}))
        page.words(row, 1, words)
        row += 1
    row += 1
    for number, step in enumerate(_STEPS, start=1):
        page.words(row, 0, f"{number}.")
        page.words(row, 1, step)
        row += 1
    row += 1
    for name, words in _SHEETS:
        if name in page.book.names:
            page.sheet.write_url(
                row, 0, f"internal:'{name}'!A1", page.book.style(PLAIN, {"font_color": "#1F4E8C"}), name
            )
            page.words(row, 1, words)
            row += 1
