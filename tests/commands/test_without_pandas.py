"""Commands of an office without prices do not wait for pandas to be loaded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.settings import PROJECT

pytestmark = pytest.mark.slow

RUN = """
import sys
from commands import main
sys.argv = ["lkjip", *sys.argv[1:]]
try:
    main.run()
finally:
    print("pandas" in sys.modules, file=sys.stderr)
"""


WITH, WITHOUT = "with rules for prices", "without prices.yaml"
STATUS, RENDER = ["status"], ["render", "--out", "hasil"]


@pytest.fixture
def agency(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == WITH:
        return "sumenep-dkupp"
    folder = tmp_path / "kantor" / "sumenep-dkupp"
    shutil.copytree(PROJECT / "agencies" / "sumenep-dkupp", folder)
    for file in folder.rglob("prices.yaml"):
        file.unlink()
    for file in folder.rglob("indicators.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("kind: price_fluctuation", "kind: reported"), encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(
    ("agency", "words"),
    [
        (WITH, STATUS),
        (WITH, RENDER),
        pytest.param(WITHOUT, STATUS, marks=pytest.mark.sweep),
        pytest.param(WITHOUT, RENDER, marks=pytest.mark.sweep),
    ],
    indirect=["agency"],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_pandas_is_not_imported_where_no_price_is_stored(
    agency: str, tmp_path: Path, words: list[str]
) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("LKJIP_")},
        "PYTHONPATH": str(PROJECT),
        "LKJIP_HOME": str(tmp_path / "kerja"),
        "LKJIP_AGENCY": agency,
    }
    command = [sys.executable, "-c", RUN, *words]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "False"
