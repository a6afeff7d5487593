"""The office's data where they are used, so that a year can be opened in them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from office.loading import EXAMPLES


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return shutil.copytree(EXAMPLES / "sumenep-dkupp", tmp_path / "kerja" / "kantor" / "sumenep-dkupp")
