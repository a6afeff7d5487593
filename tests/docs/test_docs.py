"""What README, guides and CONTRIBUTING show exists: commands, options, targets of make, files, links."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from commands.main import app
from core.settings import PROJECT

PAGES = [
    PROJECT / "README.md",
    PROJECT / "CONTRIBUTING.md",
    PROJECT / "deployments" / "README.md",
    *sorted((PROJECT / "docs").glob("*.md")),
]
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
MADE = {"out", "data", "build"}
FOLDERS = sorted(p.name for p in PROJECT.iterdir() if p.is_dir() and p.name.isalpha() and p.name not in MADE)
COMMAND = re.compile(r"(?:[A-Z_]+=\S+ )*lkjip ((?:[a-z-]+ ?)[^#`\n|;&]*)")


def blocks(text: str) -> list[str]:
    """The lines of shell that a page shows."""
    return [
        line.strip()
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        for line in block.splitlines()
    ]


def inline(text: str) -> list[str]:
    """What stands between backticks within sentences."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def shown(page: Path) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return [*blocks(text), *inline(text)]


COMMANDS = sorted(
    {
        (page.name, found[1].strip())
        for page in PAGES
        for line in shown(page)
        if (found := COMMAND.match(line))
    }
)
TARGETS = sorted(
    {(page.name, t) for page in PAGES for s in shown(page) for t in re.findall(r"^make ([a-z]+)", s)}
)
NAMED = sorted(
    {
        (page.name, name)
        for page in PAGES
        for name in inline(page.read_text(encoding="utf-8"))
        if re.fullmatch(rf"({'|'.join(FOLDERS)})/[\w./-]*", name)
    }
)
LINKS = sorted(
    {
        (page, target)
        for page in PAGES
        for target in re.findall(r"\]\((?!https?:)([^)]+)\)", page.read_text(encoding="utf-8"))
    }
)


def test_the_pages_show_something_of_each():
    assert min(len(COMMANDS), len(NAMED), len(LINKS)) >= 20
    assert {target for _, target in TARGETS} >= {"demo", "test", "check", "bench"}


@pytest.mark.parametrize(("page", "written"), COMMANDS)
def test_a_command_exists_with_its_options(page: str, written: str):
    command, words = get_command(app), shlex.split(written)
    while inner := getattr(command, "commands", None):
        if not words or words[0].startswith("--"):
            break
        name = words.pop(0)
        assert name in inner, page
        command = inner[name]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word.partition("=")[0] for word in words if word.startswith("--")} <= options | {"--help", "--"}


@pytest.mark.parametrize(("page", "target"), TARGETS)
def test_a_target_of_make_exists(page: str, target: str):
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), page


@pytest.mark.parametrize(("page", "name"), NAMED)
def test_a_file_or_folder_exists(page: str, name: str):
    assert (PROJECT / name).exists(), page


@pytest.mark.parametrize(("page", "target"), LINKS, ids=lambda value: getattr(value, "name", value))
def test_a_link_leads_somewhere(page: Path, target: str):
    path, _, heading = target.partition("#")
    found = page.parent / path if path else page
    assert found.exists()
    if heading:
        titles = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), re.MULTILINE)
        assert heading in [title.lower().replace(" ", "-") for title in titles]


def test_the_front_page_is_short():
    assert len((PROJECT / "README.md").read_text(encoding="utf-8").splitlines()) <= 120
