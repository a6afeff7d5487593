"""A folder of the layout before each year owned its data is refused, and brought into the new one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.errors import AgencyDataError
from jobs.office.upgrade import upgrade_layout
from office.layout import MOVED_FILES
from office.loading import EXAMPLES, load_agency


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An office of two years as it stood before, with the comments that its people wrote."""
    folder = shutil.copytree(EXAMPLES / "sumenep-dkupp", tmp_path / "sumenep-dkupp")
    for name in MOVED_FILES:
        (folder / "2023" / name).rename(folder / name)
    year = folder / "2023" / "year.yaml"
    fixed, signatory, moved = year.read_text().partition("signatory:")
    year.write_text(fixed)
    identity = folder / "office.yaml"
    first, contact, rest = identity.read_text().partition("contact:")
    identity.write_text(f"{first}{signatory}{moved}{contact}{rest}")
    shutil.copytree(folder / "2023", folder / "2022")
    (folder / "2022" / "year.yaml").write_text(fixed.replace("year: 2023", "year: 2022", 1))
    return folder


def test_the_old_layout_is_refused_with_what_goes_where(old: Path) -> None:
    with pytest.raises(AgencyDataError) as caught:
        load_agency(old, 2023)
    message = str(caught.value)
    assert "renstra.yaml, indicators.yaml, prices.yaml ada di map kantor" in message
    assert "signatory, recipients, structure ada di office.yaml" in message
    assert "lkjip office upgrade --agency sumenep-dkupp" in message
    assert "pindahkan signatory, recipients, structure ke year.yaml setiap tahun" in message


def test_one_file_that_was_left_behind_is_refused_too(tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLES / "sumenep-dkupp", tmp_path / "sumenep-dkupp")
    shutil.copy(folder / "2023" / "prices.yaml", folder)
    with pytest.raises(AgencyDataError, match=r"susunan lama: prices\.yaml ada di map kantor"):
        load_agency(folder, 2023)


def test_an_upgraded_office_says_what_it_said(old: Path) -> None:
    upgrade_layout(old)
    assert load_agency(old, 2023) == load_agency(EXAMPLES / "sumenep-dkupp", 2023)


def test_every_year_gets_its_own_and_the_comments_come_along(old: Path) -> None:
    upgraded = upgrade_layout(old)
    for year in ("2022", "2023"):
        assert f"renstra.yaml -> {year}/renstra.yaml" in upgraded.moves
        text = (old / year / "year.yaml").read_text()
        assert "# Alamat di bawah ini ilustratif" in text
        assert "# Bagan organisasi" in text
    assert (old / "office.yaml").read_bytes() == (EXAMPLES / "sumenep-dkupp" / "office.yaml").read_bytes()


def test_a_second_upgrade_moves_nothing(old: Path) -> None:
    upgrade_layout(old)
    again = upgrade_layout(old)
    assert again.moves == ()
    assert "tidak ada yang dipindahkan" in again.as_text()


def test_an_upgrade_that_was_interrupted_goes_on(old: Path) -> None:
    shutil.copy(old / "renstra.yaml", old / "2022")
    upgrade_layout(old)
    assert load_agency(old, 2023).renstra.first_year == 2021


def test_a_year_that_has_another_file_of_the_name_is_not_overwritten(old: Path) -> None:
    (old / "2023" / "prices.yaml").write_text("commodities: [beras-medium]\n")
    with pytest.raises(AgencyDataError, match=r"prices\.yaml ada di map kantor dan di 2023/, isinya berbeda"):
        upgrade_layout(old)
    assert (old / "2023" / "prices.yaml").read_text() == "commodities: [beras-medium]\n"
    assert (old / "prices.yaml").exists()


def test_an_office_without_a_year_is_told_to_make_one(old: Path) -> None:
    shutil.rmtree(old / "2022")
    shutil.rmtree(old / "2023")
    with pytest.raises(AgencyDataError, match="belum punya map tahun"):
        upgrade_layout(old)
