"""Microsoft's own check of Word files and workbooks: the Open XML SDK, in a program that needs nothing else.

``make slow`` installs it (``tests/openxml/package.json``); where there is no npm it is missing.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

import pytest

from core.settings import PROJECT

_INSTALLED = PROJECT / ".venv-openxml" / "node_modules" / "@xarsh"
_PROGRAM = next(iter(_INSTALLED.glob("ooxml-validator-*/ooxml-validator")), None)

needs_openxml = pytest.mark.skipif(
    _PROGRAM is None, reason="the check of Open XML is not installed: make slow installs it where npm is"
)


def violations(content: bytes, ending: str = ".docx") -> list[str]:
    """Where a file is not what its schema allows; a test that asks is marked with :data:`needs_openxml`."""
    assert _PROGRAM is not None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"berkas{ending}"
        file.write_bytes(content)
        ended = subprocess.run([_PROGRAM, file], capture_output=True, text=True, timeout=120)  # noqa: PLW1510
    said = json.loads(ended.stdout)
    assert said["ok"] is not bool(said["errors"]), ended.stderr
    return [f"{each['path']} {each['xPath']}: {each['description']}" for each in said["errors"]]
