"""The technician's guide says what the program knows: settings and units."""

from __future__ import annotations

import re

import pytest

from core.settings import PROJECT, Settings, variable_of

GUIDE = (PROJECT / "docs" / "panduan-teknisi.md").read_text(encoding="utf-8")
BLOCKS = [
    line.strip() for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines()
]
SETTINGS = dict(re.findall(r"^\| `((?:LKJIP|PREFECT)_\w+)` \| .* \| (.*) \|$", GUIDE, re.MULTILINE))


def test_the_table_of_settings_names_each_of_them():
    assert set(SETTINGS) == {variable_of(field) for field in Settings.model_fields}


@pytest.mark.parametrize("field", sorted(Settings.model_fields))
def test_the_table_of_settings_states_the_default(field: str):
    default = Settings.model_fields[field].default
    if isinstance(default, str | int | float) and default:
        written = f"{default:g}" if isinstance(default, float) else str(default)
        assert SETTINGS[variable_of(field)] == f"`{written}`"


def test_every_unit_that_the_guide_enables_is_there():
    started = [line for line in BLOCKS if line.startswith("sudo systemctl enable --now ")]
    units = [unit for line in started for unit in line.split()[4:]]
    assert units
    for unit in units:
        name = f"{unit.removesuffix('-b')}.service"  # a second office's is made of the first's
        assert (PROJECT / "deployments" / name).is_file()
