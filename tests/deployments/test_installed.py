"""The program as ``pip install`` leaves it: no checkout, an environment of its own, an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from core.settings import PROJECT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("installed")]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; what it depends on is borrowed from the tests' own."""
    folder = tmp_path_factory.mktemp("terpasang")
    source = folder / "sumber"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.decode().split("\0"):
        if name and not name.startswith("tests/") and (PROJECT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((PROJECT / name).read_bytes())
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    build = [*pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", folder, source]
    subprocess.run(build, check=True, capture_output=True)
    [wheel] = folder.glob("lkjip-*.whl")
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    install = [*pip, "--python", python, "install", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True, capture_output=True)
    [site] = (folder / "env" / "lib").glob("python*/site-packages")
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    prefect = python.with_name("prefect")
    prefect.write_text(f"#!{python}\nfrom prefect.cli import app\n\napp()\n")
    prefect.chmod(0o755)
    return folder / "env"


@pytest.fixture
def run(environment: Path, tmp_path: Path) -> Run:
    """Runs ``lkjip`` in an empty folder, as somebody who knows nothing of the checkout."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("LKJIP_", "PREFECT_"))}
    (tmp_path / "kosong").mkdir()

    def lkjip(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [environment / "bin" / "lkjip", *words],
            cwd=tmp_path / "kosong",
            env={**plain, "LKJIP_ENV_FILE": "", **more},
            capture_output=True,
            text=True,
            check=False,
        )

    return lkjip


def written(folder: Path) -> set[str]:
    """The files below a folder, those that Python itself makes left out."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_help_needs_no_settings(run: Run):
    done = run("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Cara pakai: lkjip" in done.stdout


def test_a_report_is_rendered_into_the_folder_and_nothing_is_written_elsewhere(
    run: Run, environment: Path, tmp_path: Path
):
    before = written(environment)
    done = run("render", LKJIP_HOME=str(tmp_path / "kerja"))
    assert done.returncode == 0, done.stderr
    names = (
        "lkjip.html", "lkjip.pdf", "lkjip.docx", "lkjip-pengukuran.xlsx", "report.json", "report.csv",
        "lampiran-perbedaan.html", "lampiran-perbedaan.pdf",
    )  # fmt: skip
    expected = {f"out/laporan/{name}" for name in names}
    assert written(tmp_path / "kosong") == expected
    assert written(environment) == before


def test_tables_of_the_database_are_made_and_prices_have_their_register(run: Run, tmp_path: Path):
    home = {"LKJIP_HOME": str(tmp_path / "kerja"), "LKJIP_TODAY": "2024-01-31"}
    assert run("refresh", **home).returncode == 0
    assert (tmp_path / "kerja" / "lkjip.sqlite").is_file()
    done = run("prices", "status", **home)
    assert done.returncode == 0, done.stderr


@pytest.mark.sweep
def test_the_demo_tells_the_whole_story(run: Run, environment: Path, tmp_path: Path):
    before = written(environment)
    done = run("demo")
    assert done.returncode == 0, done.stderr
    made = written(tmp_path / "kosong")
    names = ("changes.json", "draft-3-1/lkjip.pdf", *(f"issue-{number}/lkjip.pdf" for number in (1, 2, 3)))
    assert {f"out/demo/{name}" for name in names} <= made
    assert "rancangan 3-1 disetujui kepala dinas" in done.stdout.lower()
    assert {name.split("/")[0] for name in made} == {"out"}
    assert written(environment) == before
