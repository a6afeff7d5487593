"""The offices that an installation serves, found by their id."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.settings import load_settings
from jobs.offices import served_office, served_offices
from office.loading import EXAMPLES


@pytest.mark.parametrize("agency", ["", "jabar-disperindag", str(EXAMPLES / "jabar-inspektorat")])
def test_an_office_is_found_by_its_id_wherever_it_stands(tmp_path: Path, agency: str) -> None:
    for name in ("satu", "dua"):
        shutil.copytree(EXAMPLES / "sumenep-dkupp", tmp_path / "kantor" / name)
    settings = load_settings(home=tmp_path, agency=agency)
    known = served_offices(settings)
    assert {office: served_office(settings, office) for office in known} == known
    assert len(known) == 2 + bool(agency)


@pytest.mark.parametrize(
    "office", ["", ".", "..", "kantor/satu", "satu/", "berkas", "x" * 9999, "a\0b", "\udcff"]
)
def test_what_is_no_office_is_not_found(tmp_path: Path, office: str) -> None:
    shutil.copytree(EXAMPLES / "sumenep-dkupp", tmp_path / "kantor" / "satu")
    (tmp_path / "office.yaml").write_text("id: di-atasnya\n")
    (tmp_path / "kantor" / "office.yaml").write_text("id: kantor\n")
    (tmp_path / "kantor" / "berkas").write_text("bukan map\n")
    assert served_office(load_settings(home=tmp_path), office) is None
