"""The file that the settings stand in, as systemd's ``EnvironmentFile=`` reads it too.

One file serves the service and a person at the terminal, so both must read the same out of it: a ``$``
or a ``#`` inside a value is part of it, and nothing is put in for it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import SettingsError, explain_os_error

SYSTEM_FILE = Path("/etc/lkjip.env")
"""Where the settings stand unless ``LKJIP_ENV_FILE`` says otherwise."""

FILE_VARIABLE = "LKJIP_ENV_FILE"

_QUOTED = r"""'[^']*'|"(?:\\.|[^"\\])*\""""
_LINE = re.compile(
    rf"""[^\S\n]*(?:
        [#;](?:\\.|[^\n\\])*
        | (?P<name>[^\s=\#;][^\n=]*?)[^\S\n]*=
          (?P<value>(?:[^\S\n]*(?:{_QUOTED}))*[^\S\n]*(?:(?!['"])(?:\\.|[^\n\\])*)?)
        )?(?:\n|\Z)""",
    re.DOTALL | re.VERBOSE,
)
_PIECE = re.compile(
    r"""[^\S\n]*(?:'(?P<single>[^']*)'|"(?P<double>(?:\\.|[^"\\])*)")|(?P<plain>.+)""", re.DOTALL
)


@dataclass(frozen=True)
class SettingsFile:
    """What a file of settings says.

    Attributes:
        path: The file; None when ``LKJIP_ENV_FILE`` is empty, so that none is read.
        found: Whether it is there.
        values: By name, as they stand there.
    """

    path: Path | None
    found: bool
    values: Mapping[str, str]


def read_settings_file() -> SettingsFile:
    """Read the file of ``LKJIP_ENV_FILE``, else that of the system if there is one.

    Raises:
        SettingsError: It may not be read, is missing though it was named, or has a line that says nothing.
    """
    named = os.environ.get(FILE_VARIABLE)
    if named == "":
        return SettingsFile(None, found=False, values={})
    path = Path(named).absolute() if named else SYSTEM_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if named:
            raise SettingsError(
                f"Berkas pengaturan {path} tidak ada; {FILE_VARIABLE} menyebutnya.",
                todo=f"perbaiki {FILE_VARIABLE}, atau buat berkas itu dari deployments/lkjip.env.example.",
            ) from None
        return SettingsFile(path, found=False, values={})
    except PermissionError as cause:
        raise SettingsError(
            f"Berkas pengaturan {path} tidak boleh dibaca oleh pengguna ini.",
            todo="jalankan sebagai pengguna layanan: sudo lkjip … atau sudo -u lkjip lkjip …",
        ) from cause
    except OSError as cause:
        raise SettingsError(
            f"Berkas pengaturan {path} tidak dapat dibaca ({explain_os_error(cause)}).",
            todo=f"periksa berkas itu atau {FILE_VARIABLE}.",
        ) from cause
    except UnicodeDecodeError:
        raise SettingsError(
            f"Berkas pengaturan {path} bukan teks UTF-8.", todo="simpan lagi sebagai teks biasa (UTF-8)."
        ) from None  # the cause holds the bytes, and with them perhaps a password
    return SettingsFile(path, found=True, values=parse(text, path))


def parse(text: str, path: Path) -> dict[str, str]:
    """The assignments of a file: ``NAME=value`` a line, ``#`` or ``;`` begins a comment, quotes are optional.

    Args:
        text: Of the file.
        path: For the message.

    Raises:
        SettingsError: A line is neither an assignment, a comment nor empty; its content, which may be a
            secret, is not repeated.
    """
    values: dict[str, str] = {}
    position = 0
    while position < len(text):
        line = _LINE.match(text, position)
        if line is None:
            number = text.count("\n", 0, position) + 1
            raise SettingsError(
                f"Berkas pengaturan {path}, baris {number}: bukan NAMA=isi.",
                todo="tulis NAMA=isi tanpa kata di depannya, atau awali baris dengan # bila itu catatan; "
                "tanda kutip yang dibuka harus ditutup.",
            )
        if line["name"]:
            values[line["name"]] = _unquote(line["value"])
        position = line.end()
    return values


def _unquote(value: str) -> str:
    """The value without its quotes; a backslash takes the meaning of what follows, as systemd has it."""
    found = []
    for piece in _PIECE.finditer(value):
        if piece["plain"] is not None:
            found.append(re.sub(r"\\(.)", _escaped, piece["plain"].strip(), flags=re.DOTALL))
        elif piece["single"] is not None:
            found.append(piece["single"])
        else:
            found.append(re.sub(r'\\(["\\`$\n])', _escaped, piece["double"]))
    return "".join(found)


def _escaped(match: re.Match[str]) -> str:
    return "" if match[1] == "\n" else match[1]
