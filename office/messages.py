"""Says in Indonesian what pydantic found, naming the key, the value found and what was expected."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

SHOWN = 60
"""Characters of a found value that a message repeats."""

_PAIRS = ("harus berupa pasangan kunci: nilai", "tulis kunci: nilai di baris sendiri-sendiri")
_EXPECTED: dict[str, tuple[str, str]] = {
    "string_type": ("harus teks", "apit nilainya dengan tanda kutip"),
    "string_too_short": ("tidak boleh kosong", "isi nilainya"),
    "string_pattern_mismatch": (
        "bentuknya tidak sesuai",
        "kunci program ditulis 1, 1.2 atau 1.2.3; domain BPS empat angka dalam tanda kutip; "
        "kata-kata menunggu diawali 'Menunggu'",
    ),
    **dict.fromkeys(
        ("int_type", "int_parsing", "int_from_float", "int_parsing_size"),
        ("harus bilangan bulat", "tulis misalnya 2023"),
    ),
    **dict.fromkeys(("bool_type", "bool_parsing"), ("harus true atau false", "tulis true atau false")),
    "list_type": ("harus berupa daftar", "awali setiap butir dengan tanda - di baris sendiri"),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), _PAIRS),
    "greater_than": ("harus lebih dari nol", "perbaiki angkanya"),
    "decimal_max_places": ("paling banyak dua angka di belakang koma", "perbaiki angkanya"),
}
_DATE = ("harus tanggal", "tulis sebagai tahun-bulan-hari, misalnya 2023-11-02")


def _shown(value: Any) -> str:
    if value is None:
        return "kosong"
    text = value if isinstance(value, str) else str(value)
    text = " ".join(text.split())
    return f"'{text[:SHOWN]}…'" if len(text) > SHOWN else f"'{text}'"


def _path(location: tuple[int | str, ...]) -> str:
    words = [
        f"butir ke-{part + 1}" if isinstance(part, int) and part < 1000 else str(part) for part in location
    ]
    return " > ".join(words) or "isi berkas"


def _missing(error: ErrorDetails, _context: Mapping[str, Any]) -> tuple[str, str]:
    name = error["loc"][-1] if error["loc"] else "isi"
    return f"'{_path(error['loc'])}' wajib ada, tetapi tidak diisi", f"isi '{name}'"


def _extra(error: ErrorDetails, context: Mapping[str, Any]) -> tuple[str, str]:
    name = str(error["loc"][-1])
    close = difflib.get_close_matches(name, context.get("known", ()), n=1)
    hint = f"mungkin maksudnya '{close[0]}'" if close else "hapus, atau periksa ejaannya"
    return f"'{_path(error['loc'])}' tidak dikenal", hint


def _choice(error: ErrorDetails, _context: Mapping[str, Any]) -> tuple[str, str]:
    expected = str(error.get("ctx", {}).get("expected", "")).replace(" or ", " atau ")
    return f"'{_path(error['loc'])}' berisi {_shown(error['input'])}", f"pilih salah satu dari {expected}"


def _too_small(error: ErrorDetails, _context: Mapping[str, Any]) -> tuple[str, str]:
    least = str(error.get("ctx", {}).get("ge", 0))
    words = "nol" if least == "0" else least
    return (
        f"'{_path(error['loc'])}' berisi {_shown(error['input'])}, tidak boleh kurang dari {words}",
        "perbaiki angkanya",
    )


def _own(error: ErrorDetails, _context: Mapping[str, Any]) -> tuple[str, str]:
    # ValueErrors of our own readers (core.numbers, capaian.values) speak Indonesian already.
    return f"'{_path(error['loc'])}': {error.get('ctx', {}).get('error', '')}", "perbaiki nilainya"


_SPECIAL: dict[str, Callable[[ErrorDetails, Mapping[str, Any]], tuple[str, str]]] = {
    "missing": _missing,
    "extra_forbidden": _extra,
    "enum": _choice,
    "literal_error": _choice,
    "greater_than_equal": _too_small,
    "value_error": _own,
}


def translate(error: ErrorDetails, known: list[str]) -> tuple[str, str]:
    """Put one pydantic error into words.

    Args:
        error: One of ``ValidationError.errors()``.
        known: Names of fields that exist, to suggest the right one for a slip.

    Returns:
        What is wrong, and what to do, both in Indonesian.
    """
    kind = error["type"]
    if special := _SPECIAL.get(kind):
        return special(error, {"known": known})
    fallback = _DATE if kind.startswith("date") else ("tidak dapat dipakai", "perbaiki nilainya")
    expected, todo = _EXPECTED.get(kind, fallback)
    return f"'{_path(error['loc'])}' berisi {_shown(error['input'])}, {expected}", todo
