"""The real office, and a copy of it that a test may damage."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import AgencyDataError
from office.loading import find_agency, load_agency
from office.schema import Agency


@pytest.fixture(scope="session")
def agency() -> Agency:
    return load_agency(find_agency("sumenep-dkupp"), 2023)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "sumenep-dkupp"
    shutil.copytree(find_agency("sumenep-dkupp"), folder)
    return folder


Damage = Callable[..., str]


@pytest.fixture
def damage(office: Path) -> Damage:
    """Replace text in one file of the copy and give the message of the error that follows."""

    def replace(name: str, old: str, new: str) -> str:
        path = office / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}: the test damages nothing"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(AgencyDataError) as caught:
            load_agency(office, 2023)
        return str(caught.value)

    return replace
