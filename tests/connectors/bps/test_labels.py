from __future__ import annotations

import pytest

from connectors.bps import labels
from connectors.bps.labels.industries import CATEGORIES, SUBCATEGORIES
from tests.connectors.given import make_books as books


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<b>INDONESIA</b>", "INDONESIA"),
        ("Jenis Korban ", "Jenis Korban"),
        ("Mobil &amp;amp; Motor", "Mobil & Motor"),
        ("a&amp;nbsp;&lt;br /&gt;b", "a b"),
        ("Per\u00adtanian\u200b dan\u00a0Kehutanan", "Pertanian dan Kehutanan"),
        ("a\x00b\ud800c", "abc"),
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
        ("PDRB Tanpa Migas/GRDP Without Oil and Gas", "TOTAL_NONMIGAS"),
        ("Produk Domestik Regional Bruto Non Migas", "TOTAL_NONMIGAS"),
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


@pytest.mark.parametrize(
    "label",
    [
        "G. Perdagangan Besar dan Eceran",
        "[G] Perdagangan Besar dan Eceran",
        "(G) Perdagangan Besar dan Eceran",
        "G) Perdagangan Besar dan Eceran",
        "G: Perdagangan Besar dan Eceran",
        "G – PERDAGANGAN BESAR DAN ECERAN",
        "G.Perdagangan Besar dan Eceran",
        "g. perdagangan besar dan eceran",
        "7. Perdagangan Besar dan Eceran",
        "VII. Perdagangan Besar dan Eceran",
        "Perdagangan\u00a0Besar dan Eceran",
        "Perda\u00adgangan Besar dan Eceran *)",
        "<i>Perdagangan Besar dan Eceran</i><br><i>Wholesale and Retail Trade</i>",
        "Perdagangan Besar dan Eceran (Wholesale and Retail Trade)",
        "Wholesale and Retail Trade; Repair of Motor Vehicles and Motorcycles",
        "Wholesale and Retail Trade/Perdagangan Besar dan Eceran",
        "Perdagangan Besar dan Eceran; Reparasi Mobil/Sepeda Motor",
    ],
)
def test_one_category_in_the_ways_regencies_write_it(label: str) -> None:
    assert labels.read_category(labels.clean(label)) == labels.Category("G")


@pytest.mark.parametrize(
    "letters", ["M,N", "M, N", "M N", "M-N", "M–N", "MN", "M/N", "[M,N]", "m,n", "13", "XIII"]
)
def test_letters_of_a_joined_category(letters: str) -> None:
    assert labels.read_category(f"{letters}. Jasa Perusahaan") == labels.Category("M,N")


@pytest.mark.parametrize("letters", ["R,S,T,U", "R, S, T, U", "R S T U", "R-U", "R–U", "RSTU", "R/S/T/U"])
def test_letters_of_the_last_category(letters: str) -> None:
    assert labels.read_category(f"{letters} Jasa Lainnya") == labels.Category("R,S,T,U")


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("D. Pengadaan Listrik, Gas", "D"),
        ("Administrasi Pemerintahan, Pertahanan & Jaminan Sosial Wajib", "O"),
        ("Jasa Kesehatan dan Kegiatan Sosial", "Q"),
        ("Pengadaan Air; Pengelolaan Sampah, Limbah, dan Daur Ulang", "E"),
        ("I. Penyediaan Akomodasi dan Penyediaan Makan Minum", "I"),
        ("I. Pertanian, Kehutanan, dan Perikanan", "A"),
        ("Electricity and Gas", "D"),
        ("Jasa Kesehatan dan Sosial", "Q"),
        ("Jasa-jasa Lainnya", "R,S,T,U"),
        ("Human Health and Social Work Activities", "Q"),
        ("PDRB", "TOTAL"),
        ("Jumlah PDRB", "TOTAL"),
        ("Nilai PDRB", "TOTAL"),
        ("Total/Jumlah", "TOTAL"),
        ("PDRB Kab. Sumenep", "TOTAL"),
        ("A-U Produk Domestik Regional Bruto (PDRB)", "TOTAL"),
        ("Gross Regional Domestic Product", "TOTAL"),
        ("PDRB dengan Migas/GRDP with Oil and Gas", "TOTAL"),
        ("PDRB Kabupaten Sumenep Tanpa Migas", "TOTAL_NONMIGAS"),
        ("PDRB (Non Migas)", "TOTAL_NONMIGAS"),
        ("GRDP Without Oil and Gas", "TOTAL_NONMIGAS"),
        ("Produk Domestik Regional Bruto Non Pemerintahan", ""),
        ("PDRB Kabupaten Kutai Tanpa Migas dan Batubara", ""),
        ("PDRB Per Kapita", ""),
        ("Sektor Primer", ""),
    ],
)
def test_further_spellings_of_categories_totals_and_sums_that_are_none_of_ours(label: str, code: str) -> None:
    assert labels.read_category(label) == labels.Category(code)


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("A.1 Pertanian, Peternakan, Perburuan dan Jasa Pertanian", "A.1"),
        ("1. Pertanian, Peternakan, Perburuan dan Jasa Pertanian", "A.1"),
        ("A. 1. a. Tanaman Pangan", "A.1.a"),
        ("1a. Tanaman Pangan/Food Crops", "A.1.a"),
        ("a. Tanaman Pangan", "A.1.a"),
        ("d. Peternakan", "A.1.f"),
        ("f. Peternakan", "A.1.f"),
        ("b. Tanaman Hortikultura", "A.1.b,d"),
        ("1. Pertambangan Minyak, Gas dan Panas Bumi", "B.1"),
        ("C. 01. Industri Batubara dan Pengilangan Migas", "C.1"),
        ("C08 - Industri Kimia, Farmasi dan Obat Tradisional", "C.8"),
        ("3. Pengolahan Tembakau", "C.3"),
        ("Industri Makanan dan Minuman", "C.2"),
        ("16. Industri pengolahan lainnya, jasa reparasi dan pemasangan mesin dan peralatan", "C.16"),
        ("D.1 Ketenagalistrikan", "D.1"),
        ("G.1 Perdagangan Mobil, Sepeda Motor dan Reparasinya", "G.1"),
        ("7.2 Perdagangan Besar dan Eceran Bukan Mobil dan Sepeda Motor", "G.2"),
        ("2. Perdagangan Besar dan Eceran, Bukan Mobil dan Sepeda Motor", "G.2"),
        ("H.4. Angkutan Sungai Danau & Penyeberangan", "H.4"),
        ("I.2 Penyediaan Makan Minum/Food and Beverage Service Activities", "I.2"),
        ("K.1 Jasa Perantara Keuangan", "K.1"),
        ("3. Jasa Keuangan Lainnya", "K.3"),
    ],
)
def test_sub_categories_have_codes_of_their_own(label: str, code: str) -> None:
    assert labels.read_category(label) == labels.Category(code, is_subcategory=True)


@pytest.mark.parametrize(
    "label",
    ["3. Angkutan Darat", "B.1 Angkutan Rel", "9. Jasa Kreatif", "a. Kegiatan Lain", "A.4 Pariwisata"],
)
def test_a_sub_category_that_no_rule_knows_is_one_without_a_code(label: str) -> None:
    assert labels.read_category(label) == labels.Category("", is_subcategory=True)


@pytest.mark.parametrize(
    "label",
    [
        "C Konstruksi",
        "1. Industri Pengolahan",
        "C Industri Pengolahan/Construction",
        "C Industri Pengolahan Tanpa Migas",
        "V Industri Pengolahan",
        "M Jasa Perusahaan",
        "G.2",
        "2023",
    ],
)
def test_a_category_whose_mark_and_name_contradict_is_unknown(label: str) -> None:
    assert labels.read_category(label) is None


SLIPS = {
    "B. Pertambagan dan Penggalian": ("B", "pertambangan penggalian"),
    "D Pengadaaan Listrik dan Gas": ("D", "pengadaan listrik gas"),
    "Kontruksi": ("F", "konstruksi"),
    "Jasa Pendidkian": ("P", "jasa pendidikan"),
    "C Industri Pengolahan": ("C", ""),
    "2. Industri Makanan dan Minumam": ("C.2", "industri makanan minuman"),
}
"""The category that is meant, and the name that was misspelt."""


@pytest.mark.parametrize("label", SLIPS)
def test_a_slip_of_one_letter_is_forgiven_and_said(label: str) -> None:
    category = labels.read_category(label)
    assert category is not None
    assert (category.code, category.slip) == SLIPS[label]


@pytest.mark.parametrize("label", ["C Kontruksi", "Real Estet", "Perikana", "Pertambagan dan Pengalian"])
def test_no_slip_is_forgiven_in_short_names_twice_or_against_the_letter(label: str) -> None:
    assert labels.read_category(label) is None


def test_no_known_name_is_a_slip_of_another() -> None:
    names = [
        (name, code) for table in (CATEGORIES, SUBCATEGORIES) for code, row in table.items() for name in row
    ]
    for name, code in names:
        read = labels.read_category(name)
        assert read is not None, name
        assert (read.code, read.slip) == (code, ""), name
    assert len({name for name, _ in names}) == len(names), "no name stands for two industries"


def test_the_row_before_tells_what_a_name_alone_cannot() -> None:
    rows = ["B Pertambangan dan Penggalian", "1. Migas", "C Industri Pengolahan", "1. Migas", "2. Lainnya"]
    codes = [category and (category.code, category.by_context) for category in labels.read_categories(rows)]
    assert codes == [("B", False), ("B.1", True), ("C", False), ("C.1", True), ("", False)]
    assert labels.read_category("1. Migas") == labels.Category("", is_subcategory=True)


def test_below_trade_the_same_words_are_its_second_part() -> None:
    rows = ["7. Perdagangan Besar dan Eceran", "2. Perdagangan Besar dan Eceran"]
    assert [c and c.code for c in labels.read_categories(rows)] == ["G", "G.2"]


def test_an_unknown_part_before_every_category_is_unknown() -> None:
    assert labels.read_categories(["1. Kegiatan Baru", "A Pertanian, Kehutanan, dan Perikanan"])[0] is None


@pytest.mark.parametrize("code", books.LABELS)
@pytest.mark.parametrize("with_letter", [True, False])
def test_every_row_of_a_real_book_is_known(code: str, with_letter: bool) -> None:
    label = f"{code} {books.LABELS[code]}" if with_letter and code != "TOTAL" else books.LABELS[code]
    category = labels.read_category(label)
    assert category is not None
    assert category.code == code


def test_the_book_has_the_17_categories() -> None:
    assert tuple(books.LABELS) == (*labels.CODES, "TOTAL")


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
        ("PDRB SERI 2010 ATAS DASAR HARGA BERLAKU MENURUT LAPANGAN USAHA (JUTA RUPIAH)", "adhb"),
        (
            "Nilai PDRB Kabupaten Cilacap Atas Dasar Harga Berlaku (ADHB) Menurut Lapangan Usaha (Juta Rp)",
            "adhb",
        ),
        ("PDRB AHB Menurut Lapangan Usaha", "adhb"),
        ("PDRB HK Menurut Lapangan Usaha", "adhk"),
        ("Gross Regional Domestic Product at Current Market Prices by Industry (billion rupiahs)", "adhb"),
        ("GRDP at 2010 Constant Market Prices by Industrial Origin, 2019–2023", "adhk"),
        ("Growth Rate of GRDP at Constant Prices by Industry", "growth"),
        ("Percentage Distribution of GRDP at Current Prices by Industry", "share"),
        ("PDRB Atas Dasar Harga Konstan 2010 Menurut Lapangan Usaha/GRDP at 2010 Constant Prices", "adhk"),
        ("Persentase Laju Pertumbuhan PDRB ADHK Menurut Lapangan Usaha", "growth"),
        ("Laju Pertumbuhan Ekonomi Menurut Lapangan Usaha", "growth"),
        ("Struktur Ekonomi (PDRB ADHB) Menurut Lapangan Usaha", "share"),
        ("Kontribusi Lapangan Usaha terhadap PDRB", "share"),
        ("Perkembangan PDRB ADHK 2010 Menurut Lapangan Usaha, 2019-2023", "adhk"),
        ("Laju Pertumbuhan PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha", None),
        ("Distribusi PDRB Atas Dasar Harga Konstan Menurut Lapangan Usaha", None),
        ("PDRB Atas Dasar Harga Berlaku dan Konstan Menurut Lapangan Usaha", None),
        ("Laju Implisit PDRB Menurut Lapangan Usaha", None),
        ("Distribusi PDRB ADHB Kabupaten terhadap Provinsi Menurut Lapangan Usaha", None),
        ("Indeks Implisit PDRB Menurut Lapangan Usaha", None),
        ("Sumber Pertumbuhan PDRB Menurut Lapangan Usaha", None),
        ("Laju Pertumbuhan PDRB Per Kapita Menurut Lapangan Usaha", None),
        ("PDRB ADHB Menurut Lapangan Usaha TW IV 2023", None),
        ("PDRB (q-to-q) Menurut Lapangan Usaha ADHK", None),
        ("PDRB ADHB Menurut Lapangan Usaha per Kecamatan", None),
        ("PDRB ADHB Menurut Lapangan Usaha dan Kabupaten/Kota", None),
        ("Produk Domestik Bruto ADHB Menurut Lapangan Usaha", None),
        ("Tenaga Kerja dan PDRB ADHB Menurut Lapangan Usaha", None),
        ("PDRB ADHB Menurut Jenis Pengeluaran dan Lapangan Usaha", None),
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
        ("PDRB Atas Dasar Harga Konstan, 2019–2023", None),
        ("PDRB SERI 2010 Menurut Lapangan Usaha", 2010),
        ("PDRB Atas Dasar Harga Konstan (ADHK) Tahun 2010 Menurut Lapangan Usaha", 2010),
        ("PDRB ADHK (Tahun Dasar 2010) 2020-2024", 2010),
        ("PDRB ADHK 2010 Menurut Lapangan Usaha, 2020 - 2024", 2010),
        ("GRDP at 2010 Constant Prices", 2010),
        ("GRDP at Constant 2010 Prices", 2010),
        ("[Seri 2020] PDRB (2020 = 100)", 2020),
        ("PDRB Atas Dasar Harga Berlaku", None),
    ],
)
def test_titles_tell_the_base_year(title: str, year: int | None) -> None:
    assert labels.base_year_of(title) == year


def test_a_title_may_promise_both_kinds_of_prices() -> None:
    title = "PDRB Atas Dasar Harga Berlaku dan Konstan 2010 Menurut Lapangan Usaha"
    assert labels.measures_of(title) == ("adhb", "adhk")


def test_every_base_year_of_a_title_is_seen() -> None:
    assert labels.base_years_of("[Seri 2010] PDRB ADHK 2000 Menurut Lapangan Usaha") == (2010, 2000)


def test_the_years_of_a_title_are_no_base_year() -> None:
    assert labels.years_of("PDRB ADHK 2010 Menurut Lapangan Usaha, 2019–2023**") == (2019, 2023)
    assert labels.years_of("PDRB ADHK 2010 Menurut Lapangan Usaha") is None


@pytest.mark.parametrize(
    ("unit", "title", "text"),
    [
        ("Jutaan Rupiah", "", "0.001"),
        ("Juta Rp", "", "0.001"),
        ("Rp Juta", "", "0.001"),
        ("Rp. Miliar", "", "1"),
        ("Miliar", "", "1"),
        ("Milliar Rupiah", "", "1"),
        ("Triliun Rupiah", "", "1000"),
        ("Billion Rupiahs", "", "1"),
        ("Million Rupiah", "", "0.001"),
        ("Miliar Rupiah/Billion Rupiahs", "", "1"),
        ("", "PDRB (Jutaan Rupiah)", "0.001"),
        ("", "GRDP by Industry (billion rupiah) 2021-2025", "1"),
        ("Miliar Rupiah", "PDRB (Miliar Rp)", "1"),
        ("Miliar Rupiah", "PDRB (Juta Rupiah)", "None"),
        ("Juta Rupiah/Billion Rupiahs", "", "None"),
        ("Juta Rupiah/Orang", "", "None"),
        ("Juta Ton", "", "None"),
        ("Rupiah", "", "None"),
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
        (
            "2022: preliminary figures; 2023: very preliminary figures",
            {2022: "sementara", 2023: "sangat sementara"},
        ),
        ("&lt;li&gt;Data 2023: Angka Sementara&lt;/li&gt;", {2023: "sementara"}),
        ("BRS, BPS Provinsi Maluku 2022", {}),
        (None, {}),
    ],
)
def test_provisional_years_stand_in_the_note(note: object, statuses: dict[int, str]) -> None:
    assert labels.read_statuses(note) == statuses


@pytest.mark.parametrize(
    "unit", ["Persen", "persen", "%", "Persen (%)", "Persentase", "Persen/Percent", "Percent"]
)
def test_per_cent_in_many_spellings(unit: str) -> None:
    assert labels.is_percent(unit)


@pytest.mark.parametrize("unit", ["", "Juta Rupiah", "Tidak Ada Satuan", "Persen Poin Dasar"])
def test_other_units_are_no_per_cent(unit: str) -> None:
    assert not labels.is_percent(unit)


def test_stars_behind_a_year_are_marks_too() -> None:
    assert labels.read_year("2024*") == (2024, "sementara")
    assert labels.read_year("2025**") == (2025, "sangat sementara")
    assert labels.read_year("2023") == (2023, "tetap")
    assert labels.read_year("2023xx)") == (2023, "sangat sementara")
    assert labels.read_year("Triwulan I") is None
    assert labels.read_year("２０２３") is None, "other digits are not taken for years"


def test_the_line_of_the_stand_in_names_its_inventions() -> None:
    marks = labels.read_illustrative("<li>Ilustrasi: A-U 2019-2020; M,N 2021; TOTAL 2019</li>")
    assert marks["C"] == {2019, 2020}
    assert marks["M,N"] == {2019, 2020, 2021}
    assert marks["TOTAL"] == {2019}
    assert labels.read_illustrative("Gambar ilustrasi: pasar 2019") == {}
