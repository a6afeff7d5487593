"""The program itself: Python, its packages as they were locked, and what sets the report's pages."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version

from core.errors import RenderError
from core.settings import PROJECT
from jobs.health.doctor.checks import Check, broken, broken_by, fine, warning
from reports.render.pandoc import pandoc_path

PYTHON, PACKAGES, PANDOC, TYPST = "Python", "Paket Python", "Pandoc", "Typst dan huruf"
LOCK = PROJECT / "requirements.lock"
FONT = "Libertinus Serif"
"""The letters of the report; Typst brings them along, and no other of the machine is used."""

ANYWHERE = "*"
_OLDEST, _NEWEST = (3, 11), (3, 13)
_LINE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)\s*(?:;([^\\\n]*))?\s*\\?$", re.MULTILINE)
_NEEDED = ("prefect", "sqlalchemy", "fastapi", "certifi", "typst", "pypandoc_binary")
"""Packages whose other versions are known to start and then not to work."""
_SETUP = "sudo make setup di map program, lalu mulai lagi kedua layanan."
_SECONDS = 20
_SHOWN = 5


def check_program() -> list[Check]:
    """Everything that is installed with the program."""
    return [_python(), _packages(), _pandoc(), _typst()]


def _python() -> Check:
    here = sys.version_info[:2]
    said = f"{sys.version.split()[0]}, lkjip {_installed('lkjip') or 'tidak terpasang'}."
    if not _OLDEST <= here <= _NEWEST:
        return broken(PYTHON, said, "pasang Python 3.11, 3.12 atau 3.13, lalu make setup.")
    return fine(PYTHON, said)


def _packages() -> Check:
    """Whether what is installed is what was tried together."""
    if not LOCK.is_file():
        return fine(PACKAGES, f"tidak dipasang dari requirements.lock; prefect {_installed('prefect')}.")
    locked = _locked()
    here = {name: _installed(name) for name in locked}
    missing = sorted(name for name, wanted in locked.items() if not here[name] and ANYWHERE in wanted)
    other = sorted(name for name, wanted in locked.items() if here[name] and here[name] not in wanted)
    if not missing and not other:
        said = f"{len(locked)} paket sesuai dengan requirements.lock (prefect {here.get('prefect', '')})."
        return fine(PACKAGES, said)
    told = [f"{name} tidak ada" for name in missing]
    told += [f"{name} {here[name]}, seharusnya {' atau '.join(locked[name] - {ANYWHERE})}" for name in other]
    rest = f" dan {len(told) - _SHOWN} lagi" if len(told) > _SHOWN else ""
    said = f"tidak sesuai dengan requirements.lock: {'; '.join(told[:_SHOWN])}{rest}."
    serious = any(name in _NEEDED for name in (*missing, *other))
    return (broken if serious else warning)(PACKAGES, said, _SETUP)


def _locked() -> dict[str, set[str]]:
    """The versions that the lock allows, by name, with a mark where every machine must have one."""
    found: dict[str, set[str]] = {}
    for name, wanted, marker in _LINE.findall(LOCK.read_text(encoding="utf-8")):
        found.setdefault(name, set()).update({wanted} if marker else {wanted, ANYWHERE})
    return found


def _pandoc() -> Check:
    try:
        path = pandoc_path()
        done = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=_SECONDS, check=True
        )
    except RenderError as error:
        return broken_by(PANDOC, error)
    except (OSError, subprocess.SubprocessError) as cause:
        return broken(PANDOC, f"{path} tidak dapat dijalankan ({type(cause).__name__}).", _SETUP)
    return fine(PANDOC, f"{done.stdout.partition(chr(10))[0]}.")


def _typst() -> Check:
    """Sets one page with the report's letters: a missing font is a warning of Typst, not an error."""
    try:
        import typst  # noqa: PLC0415

        families = typst.Fonts(include_system_fonts=False).families()
        typst.compile(b"LKjIP", format="pdf")
    except ImportError:
        return broken(TYPST, "paket typst tidak terpasang, sehingga PDF tidak dapat dibuat.", _SETUP)
    except Exception as cause:  # typst raises what its Rust part makes of it
        return broken(TYPST, f"sebuah halaman tidak dapat disusun ({type(cause).__name__}).", _SETUP)
    if FONT not in families:
        return broken(TYPST, f"huruf {FONT} tidak ada, sehingga PDF tampil dengan huruf lain.", _SETUP)
    return fine(TYPST, f"typst {_installed('typst')}, huruf {FONT} ada.")


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
