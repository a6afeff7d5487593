from __future__ import annotations

import pytest

from connectors.bps import labels


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<b>INDONESIA</b>", "INDONESIA"),
        ("Jenis Korban ", "Jenis Korban"),
        ("Mobil &amp;amp; Motor", "Mobil & Motor"),
        ("a&amp;nbsp;&lt;br /&gt;b", "a b"),
    ],
)
def test_labels_are_unescaped_twice_and_stripped(raw: str, clean: str) -> None:
    assert labels.clean(raw) == clean


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Industri Pengolahan", "C"),
        ("C. Industri Pengolahan", "C"),
        ("C Industri Pengolahan/Manufacturing", "C"),
        ("C - INDUSTRI PENGOLAHAN", "C"),
        ("Perdagangan Besar dan Eceran; Reparasi Mobil dan Sepeda Motor", "G"),
        ("Perdagangan Besar dan Eceran, dan Reparasi Mobil dan Sepeda Motor", "G"),
        ("G Perdagangan Besar & Eceran, Reparasi Mobil & Sepeda Motor/Wholesale & Retail Trade", "G"),
        ("Informasi dan Komunikasi", "J"),
        ("I Penyediaan Akomodasi dan Makan Minum", "I"),
        ("Real Estate", "L"),
        ("Real Estat", "L"),
        ("M,N Jasa Perusahaan", "M,N"),
        ("M, N. Jasa Perusahaan", "M,N"),
        ("R,S,T,U Jasa lainnya", "R,S,T,U"),
        ("R-U. Jasa Lainnya", "R,S,T,U"),
        ("PRODUK DOMESTIK REGIONAL BRUTO", "TOTAL"),
        ("Produk Domestik Regional Bruto/Gross Regional Domestic Product", "TOTAL"),
        ("PDRB Kabupaten Sumenep", "TOTAL"),
        ("PDRB Dengan Migas", "TOTAL"),
        ("Jumlah", "TOTAL"),
        ("PDRB TANPA MIGAS", "TOTAL_NONMIGAS"),
        ("Produk Domestik Regional Bruto Non Migas", "TOTAL_NONMIGAS"),
        ("1. Industri Batubara dan Pengilangan Migas", ""),
        ("Industri Makanan dan Minuman", ""),
        ("Pertanian, Peternakan, Perburuan dan Jasa Pertanian", ""),
        ("Perdagangan Besar dan Eceran, Bukan Mobil dan Sepeda Motor", ""),
        ("Industri Kreatif Baru Sekali", ""),
        ("C Industri Kreatif Baru", None),
        ("G Industri Pengolahan", None),
        ("Pariwisata", None),
        ("", None),
    ],
)
def test_categories_in_many_spellings(label: str, code: str | None) -> None:
    category = labels.read_category(label)
    assert (category.code if category else None) == code


BOOK_LABELS = {
    "A": "Pertanian, Kehutanan, dan Perikanan/Agriculture, Forestry &Fishing",
    "B": "Pertambangan dan Penggalian/Mining & Quarrying",
    "C": "Industri Pengolahan/Manufacturing",
    "D": "Pengadaan Listrik dan Gas/Electricity & Gas",
    "E": "Pengadaan Air, Pengelolaan Sampah, Limbah dan Daur Ulang/Water supply, Sewerage, Waste "
    "Management &Remediation Activities",
    "F": "Konstruksi/Construction",
    "G": "Perdagangan Besar dan Eceran; Reparasi Mobil dan Sepeda Motor/Wholesale &Retail Trade; Repair "
    "of Motor Vehicles&Motorcycles",
    "H": "Transportasi dan Pergudangan/Transportation & Storage",
    "I": "Penyediaan Akomodasi dan Makan Minum/ Accomodation & food Service Activities",
    "J": "Informasi dan Komunikasi/Information &Communication",
    "K": "Jasa Keuangan dan Asuransi/Financial & Insurance Activities",
    "L": "Real Estat/Real Estate Activities",
    "M,N": "Jasa Perusahaan/Bussiness Activities",
    "O": "Administrasi Pemerintahan, Pertahanan dan Jaminan Sosial Wajib/Public Administration & Defence; "
    "Compulsory Social Security",
    "P": "Jasa Pendidikan/Education",
    "Q": "Jasa Kesehatan dan Kegiatan Sosial/ Human Health and Social Work Activities",
    "R,S,T,U": "Jasa lainnya/Other Service Activities",
    "TOTAL": "Produk Domestik Regional Bruto/Gross Regional Domestic Product",
}
"""The rows of the recorded page of Enrekang's book, joined where the page breaks them."""


@pytest.mark.parametrize("code", BOOK_LABELS)
@pytest.mark.parametrize("with_letter", [True, False])
def test_every_row_of_a_real_book_is_known(code: str, with_letter: bool) -> None:
    label = f"{code} {BOOK_LABELS[code]}" if with_letter and code != "TOTAL" else BOOK_LABELS[code]
    category = labels.read_category(label)
    assert category is not None
    assert category.code == code


def test_the_book_has_the_17_categories() -> None:
    assert tuple(BOOK_LABELS) == (*labels.CODES, "TOTAL")


@pytest.mark.parametrize(
    ("title", "measure"),
    [
        ("PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha", "adhb"),
        ("[Seri 2010] PDRB ADHB Menurut Lapangan Usaha (Miliar Rupiah)", "adhb"),
        ("Produk Domestik Regional Bruto Atas Dasar Harga Konstan 2010 Menurut Lapangan Usaha", "adhk"),
        ("Laju Pertumbuhan (y-on-y) PDRB Menurut Lapangan Usaha", "growth"),
        ("Laju Pertumbuhan PDRB Menurut Lapangan Usaha (Harga Konstan 2010)", "growth"),
        ("Distribusi Persentase PDRB ADHB Menurut Lapangan Usaha", "share"),
        ("Peranan PDRB Menurut Lapangan Usaha", "share"),
        ("PDRB Atas Dasar Harga Berlaku Menurut Pengeluaran", None),
        ("PDRB Triwulanan Atas Dasar Harga Berlaku Menurut Lapangan Usaha", None),
        ("[Seri 2010] - Laju Indeks Harga Implisit PDRB Menurut Lapangan Usaha", None),
        ("PDRB Per Kapita Atas Dasar Harga Berlaku", None),
        ("Jumlah Penduduk yang Bekerja Menurut Lapangan Usaha", None),
    ],
)
def test_titles_tell_the_measure(title: str, measure: str | None) -> None:
    assert labels.measure_of(title) == measure


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("[Seri 2010] PDRB", 2010),
        ("PDRB ADHK (2010=100)", 2010),
        ("PDRB Atas Dasar Harga Konstan Tahun 2000", 2000),
        ("PDRB Atas Dasar Harga Konstan 2019-2023", None),
        ("PDRB Atas Dasar Harga Berlaku", None),
    ],
)
def test_titles_tell_the_base_year(title: str, year: int | None) -> None:
    assert labels.base_year_of(title) == year


@pytest.mark.parametrize(
    ("unit", "title", "text"),
    [
        ("Miliar Rupiah", "", "1"),
        ("Milyar Rupiah", "", "1"),
        ("Juta Rupiah", "", "0.001"),
        ("Tidak Ada Satuan", "PDRB (Juta Rupiah)", "0.001"),
        ("Persen", "PDRB (Juta Rupiah)", "None"),
        ("Ton", "", "None"),
    ],
)
def test_units_in_miliar_rupiah(unit: str, title: str, text: str) -> None:
    assert str(labels.in_miliar(unit, title)) == text


@pytest.mark.parametrize(
    ("note", "statuses"),
    [
        (
            "<p><ul><li>Data 2024: Angka sementara</li><li>Data 2025: Angka sangat sementara</li></ul></p>",
            {2024: "sementara", 2025: "sangat sementara"},
        ),
        ("2022 angka sementara; 2023 angka sangat sementara", {2022: "sementara", 2023: "sangat sementara"}),
        ("Data 2021-2023: angka sementara", dict.fromkeys((2021, 2022, 2023), "sementara")),
        ("Data 2021 dan 2023 angka sementara", dict.fromkeys((2021, 2023), "sementara")),
        ("Angka sangat sementara: 2023", {2023: "sangat sementara"}),
        ("&lt;li&gt;Data 2023: Angka Sementara&lt;/li&gt;", {2023: "sementara"}),
        ("BRS, BPS Provinsi Maluku 2022", {}),
        (None, {}),
    ],
)
def test_provisional_years_stand_in_the_note(note: object, statuses: dict[int, str]) -> None:
    assert labels.read_statuses(note) == statuses


def test_stars_behind_a_year_are_marks_too() -> None:
    assert labels.read_year("2024*") == (2024, "sementara")
    assert labels.read_year("2025**") == (2025, "sangat sementara")
    assert labels.read_year("2023") == (2023, "tetap")
    assert labels.read_year("Triwulan I") is None


def test_the_line_of_the_stand_in_names_its_inventions() -> None:
    marks = labels.read_illustrative("<li>Ilustrasi: A-U 2019-2020; M,N 2021; TOTAL 2019</li>")
    assert marks["C"] == {2019, 2020}
    assert marks["M,N"] == {2019, 2020, 2021}
    assert marks["TOTAL"] == {2019}
    assert labels.read_illustrative("Gambar ilustrasi: pasar 2019") == {}
