"""Whatever happens to one line of a file, a person gets an AgencyDataError or a loaded office."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import AgencyDataError
from office.loading import find_agency, load_agency
from tests.given.examples import examples

CSV_FILES = [
    "2023/realisasi.csv",
    "2023/national.csv",
    "2023/programs.csv",
    "2023/cetak/angka.csv",
    "2023/cetak/efisiensi.csv",
]
YAML_FILES = [
    "office.yaml",
    "2023/renstra.yaml",
    "2023/indicators.yaml",
    "2023/year.yaml",
    "2023/cetak/catatan.yaml",
]
JUNK = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        "",
        '"',
        ",",
        ";",
        "\x00",
        "-1",
        "1e999",
        "NaN",
        "9" * 5000,
        "- ",
        ": ",
        "&a [*a]",
        "{",
        "!!int x",
        "٣",
        "0x",
        "%",
    ]
)


@pytest.fixture(scope="module")
def workshop() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "sumenep-dkupp"
        shutil.copytree(find_agency("sumenep-dkupp"), folder)
        yield folder


def load_damaged(folder: Path, name: str, damaged: str) -> None:
    path = folder / name
    whole = path.read_bytes()
    path.write_bytes(damaged.encode())
    try:
        with contextlib.suppress(AgencyDataError):  # any other exception fails the test
            load_agency(folder, 2023)
    finally:
        path.write_bytes(whole)


def damage_line(text: str, draw: st.DataObject) -> str:
    lines = text.split("\n")
    number = draw.draw(st.integers(0, len(lines) - 1), label="line")
    line = lines[number]
    start = draw.draw(st.integers(0, len(line)), label="from")
    end = draw.draw(st.integers(start, min(len(line), start + 20)), label="to")
    lines[number] = line[:start] + draw.draw(JUNK, label="junk") + line[end:]
    return "\n".join(lines)


@pytest.mark.parametrize("name", CSV_FILES)
@examples(60)
@given(draw=st.data())
def test_a_damaged_csv_line(workshop: Path, name: str, draw: st.DataObject) -> None:
    load_damaged(workshop, name, damage_line((workshop / name).read_text(encoding="utf-8"), draw))


@pytest.mark.parametrize("name", YAML_FILES)
@examples(60)
@given(draw=st.data())
def test_a_damaged_yaml_line(workshop: Path, name: str, draw: st.DataObject) -> None:
    load_damaged(workshop, name, damage_line((workshop / name).read_text(encoding="utf-8"), draw))


@examples(60)
@given(
    column=st.integers(0, 5),
    junk=st.text("0123456789.,-%() AB", max_size=10),
)
def test_a_damaged_cell_of_realisasi(workshop: Path, column: int, junk: str) -> None:
    cells = ["sakip", "2023", "A", "", "DKUPP", ""]
    cells[column] = f'"{junk}"'
    load_damaged(
        workshop, "2023/realisasi.csv", "indicator,year,value,target,source,note\n" + ",".join(cells)
    )
