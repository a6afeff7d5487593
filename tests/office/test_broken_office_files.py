"""Each kind of slip in an office's folder is named in Indonesian, with its place and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import AgencyDataError
from office.loading import find_agency, load_agency

Damage = Callable[[str, str, str], str]

ENGLISH = (
    "Input",
    "should",
    "valid",
    "field",
    "required",
    "Extra",
    "expected",
    "error",
    "could not",
    "mapping",
)

SLIPS = [
    (
        "2023/year.yaml",
        "rank:",
        "rangk:",
        ["year.yaml baris", "'signatory > rangk' tidak dikenal", "'rank'"],
    ),
    ("office.yaml", '"3529"', "3529", ["office.yaml baris 13", "harus teks", "tanda kutip"]),
    ("office.yaml", '"3529"', '"353"', ["office.yaml baris 13", "'353'", "empat angka"]),
    ("office.yaml", "short_name: DKUPP", 'short_name: ""', ["baris 4", "tidak boleh kosong"]),
    (
        "office.yaml",
        "id: sumenep-dkupp",
        "id: dinas-lain",
        ["office.yaml baris 2", "'dinas-lain'", "'sumenep-dkupp'", "tulis id: sumenep-dkupp"],
    ),
    (
        "2023/renstra.yaml",
        "[sakip]",
        "[sakp]",
        ["renstra.yaml baris 20", "indikator 'sakp' tidak ada", "sakip"],
    ),
    (
        "2023/renstra.yaml",
        "first_year: 2021",
        "first_year: 2031",
        ["renstra.yaml baris 2", "2031-2026 terbalik"],
    ),
    ("2023/renstra.yaml", "[1, 2]", "[1, 7]", ["renstra.yaml", "misi ke-7 tidak ada"]),
    ("2023/indicators.yaml", "direction: lower", "direction: turun", ["'turun'", "'higher' atau 'lower'"]),
    ("2023/indicators.yaml", "- id", "\t- id", ["indicators.yaml baris 3, kolom 1", "spasi, bukan tab"]),
    ("2023/indicators.yaml", "id: koperasi-aktif", "id: pertumbuhan-umkm", ["dipakai dua kali"]),
    ("2023/indicators.yaml", "[6, 7]", "[6, 77]", ["indicators.yaml baris", "program nomor 77 tidak ada"]),
    ("2023/indicators.yaml", "2026: 9%", "2036: 9%", ["target tahun 2036 di luar masa Renstra 2021-2026"]),
    ("2023/indicators.yaml", ", sector: C", "", ["kontribusi-industri", "isi sector"]),
    (
        "2023/year.yaml",
        "used: pk-perubahan",
        "used: pk-baru",
        ["baris 9", "'pk-baru' tidak ada", "pk-perubahan"],
    ),
    ("2023/year.yaml", "previous_year: 2022", "previous_year: 2024", ["2024 tidak sebelum 2023"]),
    ("2023/year.yaml", "year: 2023", "year: 2024", ["year berisi 2024, mapnya 2023"]),
    ("2023/year.yaml", "year: 2023", "year: dua", ["baris 2", "harus bilangan bulat"]),
    ("2023/year.yaml", "2023-11-02", "2 November 2023", ["harus tanggal", "2023-11-02"]),
    ("2023/year.yaml", "2023-11-02", "2023-13-45", ["baris 46", "'2023-13-45' tidak dapat dibaca"]),
    (
        "2023/year.yaml",
        "koperasi-aktif: 80%",
        "koperasi-aktif: 80",
        ["year.yaml baris 18", "'80' tidak bersatuan", "'52,08%' (2023/realisasi.csv baris 6)"],
    ),
    ("2023/year.yaml", "koperasi-aktif: 80%", "koperasi-aktif: yes", ["True bukan nilai", "18 dokumen"]),
    (
        "2023/year.yaml",
        "koperasi-aktif: 80%",
        "koperasi-aktif: banyak",
        ["'banyak' bukan nilai yang dikenal"],
    ),
    (
        "2023/year.yaml",
        "koperasi-aktif: 80%",
        "sakip: B",
        ["baris 26", "kunci 'sakip' sudah ditulis di baris 18"],
    ),
    ("2023/year.yaml", "      koperasi-aktif: 80%\n", "", ["'koperasi-aktif' tidak punya target"]),
    ("2023/year.yaml", 'subject: "1.2"', 'subject: "14.2"', ["'14.2' bukan indikator"]),
    ("2023/year.yaml", "when: efficient", "when: hemat", ["'hemat'", "'efficient'"]),
    ("2023/year.yaml", "versions:", "versions: [", ["year.yaml baris", "YAML tidak dapat dibaca"]),
    ("2023/year.yaml", "legal_bases:", "legal_bases: satu\nx:", ["'legal_bases' berisi 'satu'", "daftar"]),
    (
        "2023/programs.csv",
        "9.440.925.382",
        "9.440.925.383",
        ["programs.csv baris 2", "Rp 9.440.925.383", "Rp 9.440.925.382", "dokumen anggaran"],
    ),
    (
        "2023/programs.csv",
        "1.1,kegiatan",
        "1.1,program",
        ["baris 3", "'1.1' tidak sesuai dengan level program"],
    ),
    ("2023/programs.csv", "2.1,kegiatan", "14.1,kegiatan", ["induk '14' dari '14.1' tidak ada"]),
    ("2023/programs.csv", "12.365.337.022", "12.365.33x", ["'budget_initial'", "bukan angka: '12.365.33x'"]),
    ("2023/programs.csv", "12.365.337.022", "", ["'budget_initial' dari '1' kosong"]),
    ("2023/programs.csv", "12.365.337.022", "-5", ["baris 2", "tidak boleh kurang dari nol"]),
    (
        "2023/programs.csv",
        "key,level",
        "kunci,level",
        ["baris 1", "'kunci' tidak dikenal", "'key' tidak ada"],
    ),
    ("2023/programs.csv", "key,level,name", "key,level,level", ["kolom 'level' ditulis dua kali"]),
    ("2023/programs.csv", "1.1.1,", "1.1,", ["'1.1' sudah ada di baris 3"]),
    ("2023/realisasi.csv", "pertumbuhan-umkm,2023", "pendapatan-umkm,2023", ["sudah ada di baris 5"]),
    ("2023/realisasi.csv", "90%,,", "90%,", ["baris 11", "berisi 5 kolom, seharusnya 6"]),
    ("2023/realisasi.csv", "sakip,2023,A", "sakip,2023,Z", ["baris 10", "'Z' bukan nilai yang dikenal"]),
    ("2023/realisasi.csv", "sakip,2023,A", "sakip,2023,", ["baris 10", "'value' wajib ada"]),
    ("2023/realisasi.csv", '"4,4%"', '"4,4%', ["realisasi.csv baris 5", "tanda kutip"]),
    ("2023/national.csv", ",2022,", ",2031,", ["national.csv baris 2", "tahun 2031 di luar 2021-2023"]),
    ("2023/cetak/angka.csv", "bab-4.tujuan,4", "bab-4.sasaran,4", ["'bab-4.sasaran' sudah ada di baris"]),
    ("2023/cetak/capaian.csv", "5.1%,", "", ["capaian.csv baris 3", "seharusnya 8"]),
    ("2023/cetak/catatan.yaml", "remark:", "catatan:", ["'butir ke-1 > remark' wajib ada"]),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"), SLIPS, ids=[f"{s[0]}:{s[1][:20]}-{s[2][:12]}" for s in SLIPS]
)
def test_a_slip_is_named_with_its_place(
    damage: Damage, name: str, old: str, new: str, said: list[str]
) -> None:
    message = damage(name, old, new)
    for words in said:
        assert words in message
    assert name in message
    assert "Yang perlu dilakukan:" in message
    assert not [word for word in ENGLISH if f" {word} " in f" {message} "]


@pytest.mark.parametrize(
    "name",
    [
        "2023/renstra.yaml",
        "2023/indicators.yaml",
        "2023/year.yaml",
        "2023/realisasi.csv",
        "2023/programs.csv",
    ],
)
def test_a_missing_file_is_named(office: Path, name: str) -> None:
    (office / name).unlink()
    with pytest.raises(AgencyDataError, match=rf"{name}: berkas tidak ada.*buat berkas"):
        load_agency(office, 2023)


def test_an_empty_file_is_named(office: Path) -> None:
    (office / "2023/renstra.yaml").write_text("")
    with pytest.raises(AgencyDataError, match=r"renstra.yaml: berkas kosong"):
        load_agency(office, 2023)


def test_letters_that_are_not_utf8_are_named_with_their_line(office: Path) -> None:
    path = office / "2023/national.csv"
    path.write_bytes(path.read_bytes() + b"\xff\xfe\n")
    with pytest.raises(AgencyDataError, match=r"national.csv baris 6: ada huruf yang bukan UTF-8"):
        load_agency(office, 2023)


def test_slips_in_several_files_come_in_one_message(office: Path) -> None:
    for name, old, new in [
        ("office.yaml", '"3529"', "3529"),
        ("2023/realisasi.csv", "sakip,2023,A", "sakip,2023,zz"),
        ("2023/programs.csv", "12.365.337.022", "x"),
    ]:
        text = (office / name).read_text(encoding="utf-8")
        (office / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AgencyDataError) as caught:
        load_agency(office, 2023)
    message = str(caught.value)
    assert "memuat 3 kesalahan" in message
    assert all(f"\n{number}. " in message for number in (1, 2, 3))


def test_hundreds_of_slips_are_counted_but_not_all_listed(office: Path) -> None:
    path = office / "2023/programs.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",100 Unit Usaha", ",seratus"), encoding="utf-8")
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if ",kegiatan," in line]
    path.write_text(
        path.read_text(encoding="utf-8").replace(lines[0], "\n".join(lines[:1] * 40)), encoding="utf-8"
    )
    with pytest.raises(AgencyDataError) as caught:
        load_agency(office, 2023)
    assert re.search(r"dan \d+ kesalahan lain", str(caught.value))
    assert str(caught.value).count("\n") < 30


def test_a_control_character_that_no_renderer_takes_is_named(damage: Damage) -> None:
    message = damage("2023/programs.csv", "Pengadaan Mebel", "Pengadaan\x00Mebel")
    assert "2023/programs.csv baris" in message
    assert "huruf kendali" in message


def test_a_year_without_data_names_the_years_that_have_some(office: Path) -> None:
    with pytest.raises(AgencyDataError, match=r"belum punya data tahun 2031.*2023"):
        load_agency(office, 2031)


def test_an_unknown_office_names_the_offices_that_exist() -> None:
    with pytest.raises(AgencyDataError, match=r"'dinas-x' tidak ditemukan.*sumenep-dkupp"):
        find_agency("dinas-x")


def test_a_folder_that_is_no_office_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AgencyDataError, match=r"bukan map instansi"):
        load_agency(tmp_path, 2023)


def test_an_alias_that_contains_itself_is_refused(office: Path) -> None:
    (office / "2023/cetak/catatan.yaml").write_text("&a [*a]\n")
    with pytest.raises(AgencyDataError, match=r"catatan.yaml"):
        load_agency(office, 2023)


def test_a_yaml_tag_that_would_run_code_is_refused(office: Path) -> None:
    text = (office / "office.yaml").read_text(encoding="utf-8")
    (office / "office.yaml").write_text(
        text.replace("region: Kabupaten Sumenep", "region: !!python/object/apply:os.getcwd []")
    )
    with pytest.raises(AgencyDataError, match=r"office.yaml"):
        load_agency(office, 2023)


def test_semicolons_and_a_byte_order_mark_as_excel_writes_them_are_read(office: Path) -> None:
    before = load_agency(office, 2023)
    path = office / "2023/national.csv"
    rows = path.read_text(encoding="utf-8").replace(";", " -").replace('"', "").splitlines()
    head, *body = rows
    semicolons = [head.replace(",", ";")]
    for row in body:
        name, year, whole, decimals, source = row.split(",", 4)
        semicolons.append(f"{name};{year};{whole},{decimals};{source}")
    path.write_text("\r\n".join(semicolons) + "\r\n", encoding="utf-8-sig")
    after = load_agency(office, 2023)
    assert [entry.value for entry in after.national] == [entry.value for entry in before.national]


def test_rows_of_blank_cells_as_excel_leaves_them_are_ignored(office: Path) -> None:
    before = load_agency(office, 2023)
    path = office / "2023/national.csv"
    path.write_text(path.read_text(encoding="utf-8") + ",,,\n\n,,,\n", encoding="utf-8")
    assert load_agency(office, 2023).national == before.national


def test_an_office_without_a_printed_report_loads(office: Path) -> None:
    for path in (office / "2023/cetak").iterdir():
        path.unlink()
    (office / "2023/cetak").rmdir()
    loaded = load_agency(office, 2023)
    assert (loaded.printed, loaded.printed_figures, loaded.remarks) == ({}, {}, [])
