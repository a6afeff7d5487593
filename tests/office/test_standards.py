"""Figures of others: one for each standard and year, and the one that a relative target means."""

from __future__ import annotations

from pathlib import Path

import pytest

from capaian.values import parse_value
from core.errors import AgencyDataError
from office.loading import load_agency
from office.standards import StandardFigure, figure_named


def figure(standard: str, value: str) -> StandardFigure:
    return StandardFigure(
        indicator="inflasi", year=2016, value=parse_value(value), source="BPS", standard=standard
    )


def with_standards(office: Path, *rows: str) -> Path:
    """The office with these rows as its national.csv."""
    header = "indicator,year,value,source,standard"
    text = "\n".join([header, *(f"kontribusi-industri,2022,18%,BPS,{row}" for row in rows)])
    (office / "2023" / "national.csv").write_text(text, encoding="utf-8")
    return office


def test_a_year_may_have_a_figure_of_each_standard(office: Path):
    agency = load_agency(with_standards(office, "", "SPM", "Provinsi  Jawa Timur"), 2023)
    assert [each.standard for each in agency.national] == ["Nasional", "SPM", "Provinsi Jawa Timur"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("SPM", "spm"), r"'kontribusi-industri 2022 spm' sudah ada di baris 2"),
        (("", "nasional"), r"'kontribusi-industri 2022 nasional' sudah ada"),
        (("nasionl",), "'standard' berisi 'nasionl', yang mirip kata lain"),
        (("Kantor",), "'standard' berisi 'Kantor', yang mirip kata lain"),
    ],
)
def test_a_standard_twice_or_misspelt_is_told(office: Path, rows: tuple[str, ...], said: str):
    with pytest.raises(AgencyDataError, match=said):
        load_agency(with_standards(office, *rows), 2023)


@pytest.mark.parametrize(
    ("target", "standards", "taken"),
    [
        ("< inflasi nasional", ("Nasional", "Provinsi Jawa Barat"), "Nasional"),
        ("< inflasi Provinsi Jawa Barat", ("Nasional", "Provinsi Jawa Barat"), "Provinsi Jawa Barat"),
        ("< inflasi", ("Nasional",), "Nasional"),
        ("< inflasi provinsi", ("Nasional", "Provinsi Jawa Barat"), None),
        ("< inflasi nasional", ("Provinsi Jawa Barat",), None),
    ],
)
def test_a_relative_target_takes_the_standard_that_it_names_and_guesses_none(
    target: str, standards: tuple[str, ...], taken: str | None
):
    figures = [figure(standard, f"{place},5") for place, standard in enumerate(standards)]
    expected = {each.standard: each.value for each in figures}.get(taken or "")
    assert figure_named(parse_value(target), figures) == expected
