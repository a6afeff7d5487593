"""Reads the files of an office's folder, keeping the line of every value for the messages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from office.problems import Problems

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Location = tuple[int | str, ...]
_WHOLE = re.compile(r"[-+]?(?:0|[1-9]\d*)")
_DECIMALS = re.compile(r"[-+]?\d+\.\d+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass
class Document:
    """A YAML file: its data and the line of each key and item by path."""

    name: str
    data: Any
    lines: dict[Location, int] = field(default_factory=dict)

    def place(self, *path: int | str) -> str:
        """Name the file and the line nearest to ``path``."""
        for length in range(len(path), -1, -1):
            if line := self.lines.get(path[:length]):
                return f"{self.name} baris {line}"
        return self.name


@dataclass
class Sheet:
    """A CSV file: its header, and its rows with the line each starts on."""

    name: str
    header: list[str]
    rows: list[tuple[int, list[str]]]

    def place(self, line: int) -> str:
        """Name the file and the line."""
        return f"{self.name} baris {line}"


def read_text(folder: Path, name: str, problems: Problems) -> str | None:
    """Read a UTF-8 file, with or without a byte order mark; None after noting a problem."""
    try:
        raw = (folder / name).read_bytes()
    except FileNotFoundError as cause:
        problems.add(name, "berkas tidak ada", f"buat berkas {name} (lihat contoh di instansi lain)", cause)
        return None
    except OSError as cause:
        problems.add(
            name, "berkas tidak dapat dibaca", f"periksa izin baca {name} dan bahwa ia sebuah berkas", cause
        )
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        line = raw[: cause.start].count(b"\n") + 1
        problems.add(
            f"{name} baris {line}",
            "ada huruf yang bukan UTF-8",
            "simpan ulang berkas dengan pengodean UTF-8 (di Excel: CSV UTF-8)",
            cause,
        )
        return None
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        problems.add(
            f"{name} baris {line}",
            f"ada huruf kendali yang tidak dapat dicetak (U+{ord(control[0]):04X})",
            "hapus huruf itu, atau ketik ulang barisnya",
        )
        return None
    return text


def read_yaml(folder: Path, name: str, problems: Problems) -> Document | None:
    """Read a YAML file with the lines of its values; duplicate keys are problems."""
    text = read_text(folder, name, problems)
    if text is None:
        return None
    document = Document(name, None)
    before = len(problems.found)
    try:
        loader = Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                problems.add(name, "berkas kosong", "isi berkas seperti contoh di instansi lain")
                return None
            document.data = _Composer(loader, document, problems).build(node, ())
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError, RecursionError) as cause:
        mark = getattr(cause, "problem_mark", None) or getattr(cause, "context_mark", None)
        place = f"{name} baris {mark.line + 1}, kolom {mark.column + 1}" if mark else name
        problems.add(
            place,
            "penulisan YAML tidak dapat dibaca",
            "periksa lekukan (spasi, bukan tab), titik dua, tanda kutip dan tanda - di baris itu "
            "dan baris sebelumnya",
            cause,
        )
        return None
    return document if len(problems.found) == before else None


@dataclass
class _Composer:
    """Turns YAML nodes into data while noting lines."""

    loader: Any
    document: Document
    problems: Problems
    open_nodes: set[int] = field(default_factory=set)

    def build(self, node: yaml.Node, path: Location) -> Any:
        """Build the value of ``node``, which stands at ``path``."""
        self.document.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if id(node) in self.open_nodes:
            raise ValueError("alias yang memuat dirinya sendiri")
        self.open_nodes.add(id(node))
        built = (
            [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
            if isinstance(node, yaml.SequenceNode)
            else self._mapping(node, path)
        )
        self.open_nodes.discard(id(node))
        return built

    def _scalar(self, node: yaml.ScalarNode, path: Location) -> Any:
        if node.tag == "tag:yaml.org,2002:str":  # most of them, and nothing to be made of it
            return node.value
        try:
            if node.tag == "tag:yaml.org,2002:float" and _DECIMALS.fullmatch(node.value):
                return Decimal(node.value)  # with the zeros behind it: 203.440 is no 203.44
            if node.tag == "tag:yaml.org,2002:int" and not _WHOLE.fullmatch(node.value):
                return str(node.value)  # YAML reads 80:20 as 4820 and 010 as 8, people do not
            return self.loader.construct_object(node)
        except (yaml.YAMLError, ValueError, OverflowError) as cause:
            self.problems.add(
                self.document.place(*path),
                f"{node.value!r} tidak dapat dibaca",
                "tulis tanggal sebagai 2023-11-02; apit teks lain dengan tanda kutip",
                cause,
            )
            return None

    def _mapping(self, node: yaml.Node, path: Location) -> dict[Hashable, Any]:
        built: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.add(
                    f"{self.document.name} baris {line}", "kunci harus berupa teks", "tulis kunci: nilai"
                )
                continue
            key = self._scalar(key_node, path)
            inner = (*path, key if isinstance(key, (int, str)) else str(key))
            if key in built:
                first = self.document.lines[inner]
                self.problems.add(
                    f"{self.document.name} baris {line}",
                    f"kunci '{key}' sudah ditulis di baris {first}",
                    "hapus salah satu",
                )
                continue
            self.document.lines[inner] = line
            built[key] = self.build(value_node, inner)
        return built


def read_csv(folder: Path, name: str, problems: Problems) -> Sheet | None:
    """Read a CSV file delimited by ``,`` or ``;``; rows of blank cells only are left out."""
    text = read_text(folder, name, problems)
    if text is None:
        return None
    first_line = text.split("\n", 1)[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as cause:
        problems.add(
            f"{name} baris {line}",
            "baris CSV tidak dapat dibaca",
            "periksa tanda kutip: setiap tanda kutip pembuka harus ditutup di baris itu",
            cause,
        )
        return None
    if not rows or not any(rows[0][1]):
        problems.add(f"{name} baris 1", "baris judul kolom tidak ada", "tulis judul kolom di baris pertama")
        return None
    header = rows[0][1]
    sheet = Sheet(name, header, [])
    for line, cells in rows[1:]:
        if not any(cells):
            continue
        if len(cells) != len(header):
            problems.add(
                sheet.place(line),
                f"berisi {len(cells)} kolom, seharusnya {len(header)}",
                f"periksa pemisah kolom ({delimiter}); apit isi yang memuat {delimiter} dengan tanda kutip",
            )
            continue
        sheet.rows.append((line, cells))
    return sheet


def check_header(sheet: Sheet, required: Sequence[str], allowed: Sequence[str], problems: Problems) -> bool:
    """Check a data sheet's header: no column twice, none unknown, none missing."""
    before = len(problems.found)
    place = sheet.place(1)
    for column in dict.fromkeys(sheet.header):
        if sheet.header.count(column) > 1:
            problems.add(place, f"kolom '{column}' ditulis dua kali", "hapus salah satu kolom")
        if column not in allowed:
            problems.add(place, f"kolom '{column}' tidak dikenal", f"kolom yang ada: {', '.join(allowed)}")
    for column in required:
        if column not in sheet.header:
            problems.add(place, f"kolom '{column}' tidak ada", f"tambahkan kolom '{column}'")
    return len(problems.found) == before


def check_unique(
    sheet: Sheet, key: Callable[[dict[str, str]], str], problems: Problems
) -> list[tuple[int, dict[str, str]]]:
    """Give the rows as mappings without blank cells; a key that comes twice is a problem."""
    seen: dict[str, int] = {}
    rows = []
    for line, cells in sheet.rows:
        row = {column: cell for column, cell in zip(sheet.header, cells, strict=True) if cell}
        identity = key(row)
        if identity in seen:
            problems.add(
                sheet.place(line),
                f"'{identity}' sudah ada di baris {seen[identity]}",
                "hapus atau gabungkan salah satu baris",
            )
            continue
        seen[identity] = line
        rows.append((line, row))
    return rows
