"""Which commodity a row of a source is about."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from connectors.prices.register import Recognised, Register, Unrecognised, load_register
from connectors.prices.units import conversion, parse_unit


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


def found(register: Register, source: str, item: str, name: str, unit: str) -> tuple[str, Decimal]:
    answer = register.recognise(source, item, name, unit)
    assert isinstance(answer, Recognised), answer
    return answer.commodity.id, answer.factor


def refused(register: Register, source: str, item: str, name: str, unit: str) -> str:
    answer = register.recognise(source, item, name, unit)
    assert isinstance(answer, Unrecognised), answer
    return str(answer)


# Rows of Siskaperbapo as its clients noted them, of 28 July 2023 and later.
SEEN_AT_SISKAPERBAPO = [
    ("2", "Beras Premium", "kg", "beras-premium"),
    ("4", "Beras Medium", "kg", "beras-medium"),
    ("7", "Gula Kristal Putih", "kg", "gula-kristal-putih"),
    ("10", "Minyak Goreng Curah", "kg", "minyak-goreng-curah"),
    ("", "Minyak Goreng Kemasan Premium", "1 liter", "minyak-goreng-kemasan-premium"),
    ("", "Minyak Goreng Kemasan Sederhana", "1 liter", "minyak-goreng-kemasan-sederhana"),
    ("12", "Daging Sapi Paha Belakang", "kg", "daging-sapi"),
    ("13", "Daging Ayam Ras", "kg", "daging-ayam-ras"),
    ("14", "Daging Ayam Kampung", "ekor", "daging-ayam-kampung"),
    ("16", "Telur Ayam Ras", "kg", "telur-ayam-ras"),
    ("20", "Susu Kental Manis Merk Bendera", "370 gr/kl", "susu-kental-manis-bendera"),
    ("23", "Susu Bubuk Merk Bendera (Instant)", "400 gr/dos", "susu-bubuk-bendera"),
    ("27", "Bata", "Buah", "garam-bata"),
    ("28", "Halus", "kg", "garam-halus"),
    ("30", "Terigu Protein Sedang (Kemasan)", "kg", "tepung-terigu"),
    ("35", "Indomie Rasa Kari Ayam", "bungkus", "mi-instan-kari-ayam"),
    ("37", "Cabe Merah Keriting", "kg", "cabe-merah-keriting"),
    ("39", "Bawang Merah", "kg", "bawang-merah"),
    ("49", "Bawang Putih Sinco/Honan", "kg", "bawang-putih"),
    ("50", "Cabe Rawit Merah", "kg", "cabe-rawit-merah"),
    ("44", "KOL/KUBIS", "kg", "kol-kubis"),
    ("96", "Minyak Goreng MINYAKITA", "1 liter", "minyakita"),
    ("82", "GAS ELPIGI 3 Kg", "3 Kg", "elpiji-3-kg"),
    ("69", "TRIPLEK (6MM)", "lembar", "triplek-6-mm"),
    ("68", "Papan Meranti (4m X 3cm X 20mm)", "Lembar", "papan-meranti"),
    ("", "Besi Beton 10 mm (12/9m)", "Btg", "besi-beton-10-mm"),
    ("", "Paku Ukuran 10Cm", "Kg", "paku-10-cm"),
    ("54", "Semen Gresik", "40 Kg", "semen-gresik"),
]


@pytest.mark.parametrize(("item", "name", "unit", "commodity"), SEEN_AT_SISKAPERBAPO)
def test_rows_seen_at_siskaperbapo_are_known(
    register: Register, item: str, name: str, unit: str, commodity: str
) -> None:
    assert found(register, "siskaperbapo", item, name, unit) == (commodity, 1)


SEEN_AT_SP2KP = [
    ("51", "Beras Premium", "kg", "beras-premium"),
    ("16", "Minyak Goreng Sawit Curah", "lt", "minyak-goreng-curah-liter"),
    ("17", "Minyak Goreng Sawit Kemasan Premium", "lt", "minyak-goreng-kemasan-premium"),
    ("18", "Minyakita", "lt", "minyakita"),
    ("38", "Bawang Putih Honan", "kg", "bawang-putih"),
    ("2", "Cabai Merah Keriting", "kg", "cabe-merah-keriting"),
    ("14", "Gula Pasir Curah", "kg", "gula-kristal-putih"),
    ("15", "Gula Pasir Kemasan", "kg", "gula-pasir-kemasan"),
    ("", "Susu Bubuk", "400gr", "susu-bubuk"),
    ("", "Mie Instan", "bks", "mi-instan"),
]


@pytest.mark.parametrize(("item", "name", "unit", "commodity"), SEEN_AT_SP2KP)
def test_variants_seen_at_sp2kp_are_known(
    register: Register, item: str, name: str, unit: str, commodity: str
) -> None:
    assert found(register, "sp2kp", item, name, unit) == (commodity, 1)


@pytest.mark.parametrize("name", ["BERAS  premium", "beras-premium", "Beras Prémium"])
def test_capitals_spaces_signs_and_accents_do_not_matter(register: Register, name: str) -> None:
    assert found(register, "lembar", "", name, "Kg") == ("beras-premium", 1)


def test_a_price_for_another_amount_is_converted(register: Register) -> None:
    assert found(register, "lembar", "", "Cabe Rawit Merah", "ons") == ("cabe-rawit-merah", 10)


def test_an_unknown_name_is_said_and_the_like_of_it_only_suggested(register: Register) -> None:
    reason = refused(register, "lembar", "", "Beras Premiun", "kg")
    assert "nama 'Beras Premiun' belum ada di daftar komoditas" in reason
    assert "Yang mirip: Beras premium." in reason
    assert "register.yaml" in reason


def test_a_number_whose_name_is_another_ones_is_not_used(register: Register) -> None:
    reason = refused(register, "siskaperbapo", "2", "Beras Medium", "kg")
    assert "nomor 2 di siskaperbapo menurut daftar komoditas adalah 'Beras premium'" in reason
    assert "milik 'Beras medium'" in reason


def test_a_number_whose_name_is_unknown_is_not_used(register: Register) -> None:
    reason = refused(register, "siskaperbapo", "2", "Beras Raja", "kg")
    assert "sumber menulis 'Beras Raja'" in reason
    assert "names komoditas 'beras-premium'" in reason


def test_a_number_of_one_source_says_nothing_at_another(register: Register) -> None:
    # 2 is rice at Siskaperbapo and chili at SP2KP.
    assert found(register, "sp2kp", "2", "Cabai Merah Keriting", "kg")[0] == "cabe-merah-keriting"
    assert found(register, "lembar", "2", "Beras Medium", "kg")[0] == "beras-medium"


def test_a_number_that_is_not_registered_leaves_it_to_the_name(register: Register) -> None:
    assert found(register, "siskaperbapo", "999", "Beras Medium", "kg")[0] == "beras-medium"


def test_a_name_that_says_too_little_counts_at_its_source_only(register: Register) -> None:
    assert "belum ada di daftar" in refused(register, "lembar", "", "Bata", "buah")


def test_an_unknown_unit_is_said(register: Register) -> None:
    reason = refused(register, "lembar", "", "Beras Premium", "blek")
    assert "satuan 'blek' untuk 'Beras Premium' belum dikenal" in reason
    assert "units komoditas 'beras-premium'" in reason


def test_a_missing_unit_is_said(register: Register) -> None:
    assert "tidak disebut di sumbernya" in refused(register, "lembar", "", "Beras Premium", " ")


def test_oil_by_liter_is_not_taken_for_oil_by_kg(register: Register) -> None:
    reason = refused(register, "lembar", "", "Minyak Goreng Curah", "liter")
    assert "per liter tidak dapat dijadikan per kg tanpa massa jenis" in reason


def test_gas_by_kg_is_not_taken_for_a_tube(register: Register) -> None:
    assert "tidak dapat dijadikan per tabung" in refused(
        register, "siskaperbapo", "", "GAS ELPIGI 3 Kg", "kg"
    )


def test_the_office_finds_its_commodities(register: Register) -> None:
    chosen = yaml.safe_load(Path("agencies/sumenep-dkupp/2023/prices.yaml").read_text())
    assert set(chosen["commodities"]) <= register.commodities.keys()


def test_the_law_names_no_more_than_the_perpres(register: Register) -> None:
    # Perpres 71/2015 jo. 59/2020.
    staple = {c.group for c in register.commodities.values() if c.law == "kebutuhan_pokok"}
    assert staple == {
        "beras", "kedelai", "cabai", "bawang", "gula", "minyak goreng", "tepung", "daging sapi",
        "daging ayam", "telur", "ikan segar",
    }  # fmt: skip
    important = {c.group for c in register.commodities.values() if c.law == "barang_penting"}
    assert important == {"elpiji", "semen", "besi", "kayu", "pupuk"}
    for monitored in ("bawang-putih", "daging-ayam-kampung", "telur-ayam-kampung", "udang-basah"):
        assert register.commodities[monitored].law == ""


def test_a_slip_of_a_thousand_leaves_every_range(register: Register) -> None:
    for commodity in register.commodities.values():
        assert commodity.highest < 1000 * commodity.lowest, commodity.id


def test_no_density_is_stated_so_far(register: Register) -> None:
    assert {commodity.density for commodity in register.commodities.values()} == {None}


def test_every_unit_in_the_register_converts_to_itself(register: Register) -> None:
    for commodity in register.commodities.values():
        unit = parse_unit(commodity.unit)
        assert unit is not None
        assert conversion(unit, unit) == 1
