"""The register's file: every mistake in it is named, with its place and what to do."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from connectors.prices.register import Recognised, Unrecognised, load_register
from core.errors import AgencyDataError

RICE = "- {id: beras, name: Beras, group: beras, unit: kg, range: [1000, 90000]}\n"
OIL = "- {id: minyak, name: Minyak, group: minyak, unit: kg, range: [1000, 90000], density: 0.9}\n"
OIL_BY_LITER = "- {id: minyak-l, name: Minyak, group: minyak, unit: liter, range: [1000, 90000]}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "daftar.yaml"


MISTAKES = {
    "": "isinya bukan daftar komoditas",
    "beras: kg": "isinya bukan daftar komoditas",
    "- beras": "'beras' bukan komoditas",
    "- {id: [": "daftar.yaml baris",
    RICE + RICE: "baris 2 (beras): id 'beras' sudah dipakai",
    RICE + RICE.replace("id: beras", "id: padi"): "nama 'Beras' ada pada 'beras' dan 'padi'",
    RICE.replace("kg", "blek"): "satuan 'blek' tidak dikenal",
    RICE.replace("unit: kg, ", ""): "isian 'unit' tidak ada",
    RICE.replace("unit", "satuan"): "isian 'satuan' tidak dikenal",
    RICE.replace("}", ", law: penting}"): "law 'penting' tidak dikenal",
    RICE.replace("[1000, 90000]", "[90000, 1000]"): "range terbalik",
    RICE.replace("[1000, 90000]", "[0, 90000]"): "range 0 bukan angka di atas nol",
    RICE.replace("[1000, 90000]", "1000"): "bukan dua angka",
    RICE.replace("name: Beras", "name: '-'"): "name '-' tidak berisi huruf",
    RICE.replace("}", ", names: Padi}"): "names bukan daftar",
    RICE.replace("}", ", ids: {siskaperbapo: 2}}"): "ids 2 bukan tulisan",
    RICE.replace("}", ", ids: ['2']}"): "ids tidak menyebut sumbernya",
    RICE.replace("}", ", density: .nan}"): "bukan angka",
    RICE.replace("}", ", density: true}"): "density True bukan angka di atas nol",
    RICE.replace("}", ", unit: liter}"): "nama yang sama ditulis dua kali",
    "- {id: a, name: A, group: a, unit: kg, range: [1, 2], ids: {sp2kp: '1'}}\n"
    "- {id: b, name: B, group: b, unit: kg, range: [1, 2], ids: {sp2kp: '1'}}\n": "nomor 1 di sp2kp ada pada",
}


@pytest.mark.parametrize(("content", "message"), MISTAKES.items())
def test_a_mistake_is_named_with_its_place(file: Path, content: str, message: str) -> None:
    file.write_text(content)
    with pytest.raises(AgencyDataError) as raised:
        load_register(file)
    assert message in raised.value.message
    assert "daftar.yaml" in raised.value.message
    assert raised.value.todo


def test_a_missing_file_is_named(file: Path) -> None:
    with pytest.raises(AgencyDataError, match=r"daftar\.yaml: tidak ada"):
        load_register(file)


def test_a_name_may_serve_two_units_and_the_unit_decides(file: Path) -> None:
    file.write_text(OIL + OIL_BY_LITER)
    register = load_register(file)
    for unit, expected in {"kg": "minyak", "liter": "minyak-l"}.items():
        answer = register.recognise("lembar", "", "minyak", unit)
        assert isinstance(answer, Recognised)
        assert (answer.commodity.id, answer.factor) == (expected, 1)


def test_a_stated_density_is_read_exactly_and_used(file: Path) -> None:
    file.write_text(OIL)
    answer = load_register(file).recognise("lembar", "", "Minyak", "liter")
    assert isinstance(answer, Recognised)
    assert answer.factor == 1 / Decimal("0.9")


def test_a_unit_the_program_does_not_know_can_be_written_into_the_register(file: Path) -> None:
    file.write_text(RICE.replace("}", ", units: [Blek]}"))
    answer = load_register(file).recognise("lembar", "", "Beras", "blek")
    assert isinstance(answer, Recognised)
    assert answer.factor == 1


def test_a_changed_file_is_read_again(file: Path) -> None:
    file.write_text(RICE)
    assert isinstance(load_register(file).recognise("lembar", "", "Padi", "kg"), Unrecognised)
    file.write_text(RICE.replace("}", ", names: [Padi]}"))
    assert isinstance(load_register(file).recognise("lembar", "", "Padi", "kg"), Recognised)


def test_an_unchanged_file_is_not_read_again() -> None:
    assert load_register() is load_register()
