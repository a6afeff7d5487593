"""Bringing a year's fragments of narrative and its tables named by printed numbers into the book's form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from core.errors import AgencyDataError
from core.settings import PROJECT
from office.blocks import top_blocks
from office.book.chapters import FOLDER
from office.layout import FIGURES_OF_PRINT, FRAGMENTS, TABLES_OF_PRINT, printed_number

SKELETONS = PROJECT / "templates" / "upgrade"
"""The chapters that the program printed around the fragments, in the language of the book."""
ORDER = ("kata-pengantar", "pendahuluan", "perencanaan-kinerja", "akuntabilitas-kinerja", "penutup")
_FRAGMENT = re.compile(r"^@([\w.-]+)(?: ([\w-]+))?@$", re.MULTILINE)
"""The place of a fragment, with the table that it leads to or explains."""
_KEY = re.compile(r"""^(\s+)["']?(\d\.\d+)["']?(\s*:)""", re.MULTILINE)
_OWN_HEADING = re.compile(r"^#{1,2}[ \t]+(.*?)[ \t]*$", re.MULTILINE)
_MARKUP = re.compile(r"\{\{|\{%|\{#")


def bind_chapters(year: Path) -> list[str]:
    """Make the book of a year's fragments, and name its printed tables and their sources by name.

    What is there already in the new form stays; run again after an interruption, nothing is lost.

    Args:
        year: The folder of the year.

    Returns:
        What was done, for people.

    Raises:
        AgencyDataError: A file of both forms is there, or a fragment bears a name that no chapter had.
        OSError: A file cannot be written.
    """
    return [*_bind(year), *_rename_print(year), *_rename_sources(year)]


def _bind(year: Path) -> list[str]:
    fragments = {path.stem: path for path in sorted((year / FRAGMENTS).glob("*.md"))}
    if not fragments:
        return []
    written = sorted(path.name for path in (year / FOLDER).glob("*.md"))
    if written:
        raise AgencyDataError(
            f"Data instansi: {year.name}/{FRAGMENTS}/ masih berisi, padahal {year.name}/{FOLDER}/ sudah ada "
            f"({', '.join(written)}).",
            todo=f"pindahkan kata yang masih berlaku ke bab di {FOLDER}/, lalu hapus {FRAGMENTS}/.",
        )
    chapters = {name: (SKELETONS / f"{name}.md").read_text(encoding="utf-8") for name in ORDER}
    known = {name for text in chapters.values() for name, _ in _FRAGMENT.findall(text)}
    if unknown := sorted(fragments.keys() - known):
        raise AgencyDataError(
            f"Data instansi: berkas di {year.name}/{FRAGMENTS}/ yang tidak dicetak: {', '.join(unknown)}.",
            todo="hapus atau pindahkan berkas itu, lalu jalankan lagi.",
        )
    texts = {name: _plain(path) for name, path in fragments.items()}
    (year / FOLDER).mkdir(exist_ok=True)
    for name, text in chapters.items():
        _write(year / FOLDER / f"{name}.md", _filled(text, texts))
    listed = "\n".join(f"  - {name}" for name in ORDER)
    own = (year / "year.yaml").read_text(encoding="utf-8-sig")
    if not any(key == "chapters" for key, _ in top_blocks(own)):
        _write(year / "year.yaml", f"{own.rstrip()}\nchapters:\n{listed}\n")
    for path in fragments.values():
        path.unlink()
    if not any((year / FRAGMENTS).iterdir()):
        (year / FRAGMENTS).rmdir()
    return [f"{year.name}/{FRAGMENTS}/ ({len(fragments)} berkas) -> {year.name}/{FOLDER}/ ({len(ORDER)} bab)"]


def _plain(path: Path) -> str:
    """A fragment's words; what would now be a name or a heading of the chapter stays what it was."""
    text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").strip()
    text = _OWN_HEADING.sub(r"### \1 {-}", text)
    return _MARKUP.sub(lambda found: '{{ "' + found.group() + '" }}', text)


def _filled(skeleton: str, texts: Mapping[str, str]) -> str:
    filled = _FRAGMENT.sub(lambda found: _guarded(texts.get(found[1], ""), found[2]), skeleton)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"::: mendatar\s*\n:::\n?", "", filled)).rstrip() + "\n"


def _guarded(words: str, table: str | None) -> str:
    """The words, printed only with their table; one line that ends with a colon goes with it by itself."""
    if not words or table is None or (words.endswith(":") and "\n" not in words):
        return words
    return f'{{% if has("{table}") %}}\n{words}\n{{% endif %}}'


def _rename_print(year: Path) -> list[str]:
    done = []
    for path in sorted((year / "cetak").glob("*.csv")):
        number = printed_number(path.name)
        if number is None:
            continue
        renamed = path.with_name(f"{TABLES_OF_PRINT[number]}.csv")
        if renamed.exists():
            raise AgencyDataError(
                f"Data instansi: {year.name}/cetak/ memuat {path.name} dan {renamed.name}.",
                todo="hapus yang tidak berlaku, lalu jalankan lagi.",
            )
        path.rename(renamed)
        done.append(f"{year.name}/cetak/{path.name} -> {year.name}/cetak/{renamed.name}")
    figures = year / "cetak" / "angka.csv"
    if figures.exists():
        text = figures.read_text(encoding="utf-8-sig")
        renamed_text = text
        for old, new in FIGURES_OF_PRINT.items():
            renamed_text = re.sub(rf"^{re.escape(old)}", new, renamed_text, flags=re.MULTILINE)
        if renamed_text != text:
            _write(figures, renamed_text)
            done.append(f"{year.name}/cetak/angka.csv: nama angka menurut nama tabel")
    return done


def _rename_sources(year: Path) -> list[str]:
    """The keys of ``sources`` in year.yaml."""
    path = year / "year.yaml"
    blocks = top_blocks(path.read_text(encoding="utf-8-sig"))
    renamed = [_with_names(block) if key == "sources" else block for key, block in blocks]
    if renamed == [block for _, block in blocks]:
        return []
    _write(path, "".join(renamed))
    return [f"{year.name}/year.yaml: sources menurut nama tabel"]


def _with_names(block: str) -> str:
    return _KEY.sub(lambda found: f"{found[1]}{TABLES_OF_PRINT.get(found[2], found[2])}{found[3]}", block)


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.sementara")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
