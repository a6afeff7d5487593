"""The technician's guide says what the program knows: settings, commands, units, links."""

from __future__ import annotations

import re
import shlex

import pytest
from typer.main import get_command

from commands.main import app
from core.settings import PROJECT, Settings, variable_of

GUIDE = (PROJECT / "docs" / "panduan-teknisi.md").read_text(encoding="utf-8")
BLOCKS = [
    line.strip() for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines()
]
SETTINGS = dict(re.findall(r"^\| `((?:LKJIP|PREFECT)_\w+)` \| .* \| (.*) \|$", GUIDE, re.MULTILINE))
COMMANDS = sorted(
    {match[1].strip() for line in BLOCKS if (match := re.match(r"(?:[A-Z_]+=\S+ )?(lkjip [^#]*)", line))}
)


def test_the_table_of_settings_names_each_of_them():
    assert set(SETTINGS) == {variable_of(field) for field in Settings.model_fields}


@pytest.mark.parametrize("field", sorted(Settings.model_fields))
def test_the_table_of_settings_states_the_default(field: str):
    default = Settings.model_fields[field].default
    if isinstance(default, str | int | float) and default:
        written = f"{default:g}" if isinstance(default, float) else str(default)
        assert SETTINGS[variable_of(field)] == f"`{written}`"


@pytest.mark.parametrize("written", COMMANDS)
def test_every_command_of_the_guide_exists_with_its_options(written: str):
    command, words = get_command(app), shlex.split(written)[1:]
    while inner := getattr(command, "commands", None):
        name = words.pop(0)
        assert name in inner
        command = inner[name]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


def test_every_unit_that_the_guide_enables_is_there():
    started = [line for line in BLOCKS if line.startswith("sudo systemctl enable --now ")]
    units = [unit for line in started for unit in line.split()[4:]]
    assert units
    for unit in units:
        name = unit if "." in unit else f"{unit}.service"
        assert (PROJECT / "deployments" / "systemd" / name).is_file()


@pytest.mark.parametrize("name", ["panduan-teknisi.md", "panduan-staf.md"])
def test_links_of_the_guides_lead_somewhere(name: str):
    text = (PROJECT / "docs" / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        path, _, heading = target.partition("#")
        found = (PROJECT / "docs" / (path or name)).read_text(encoding="utf-8")
        if heading:
            titles = [
                title.lower().replace(" ", "-") for title in re.findall(r"^#+ (.*)$", found, re.MULTILINE)
            ]
            assert heading in titles
