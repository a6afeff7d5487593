"""Bringing an office's folder of an older layout into the present one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import AgencyDataError, StorageError, explain_os_error
from jobs.office.chapters import bind_chapters
from office.blocks import top_blocks
from office.layout import MOVED_KEYS, misplaced_files, misplaced_keys, years_of


@dataclass(frozen=True)
class Upgraded:
    """What was moved, in the order of moving; empty when the folder was up to date."""

    folder: Path
    moves: tuple[str, ...]

    def as_text(self) -> str:
        """For people."""
        if not self.moves:
            return f"Data kantor di {self.folder} sudah bersusunan baru; tidak ada yang dipindahkan."
        return "\n".join(
            (f"Data kantor di {self.folder}:", *(f"  {move}" for move in self.moves), "Periksa: lkjip status")
        )

    def as_dict(self) -> dict[str, object]:
        """For ``--json``."""
        return {"folder": str(self.folder), "moves": list(self.moves)}


def upgrade_layout(folder: Path) -> Upgraded:
    """Move what each year owns into the folder of every year, and bind its words into chapters.

    What a year has already stays as it is, so that an upgrade that was interrupted can be run again.

    Raises:
        AgencyDataError: There is no year to move it to, or a year has a file of its own that differs.
        StorageError: A file cannot be written; run again, nothing is lost.
    """
    files, identity = misplaced_files(folder), folder / "office.yaml"
    text = identity.read_text(encoding="utf-8-sig", errors="surrogateescape")
    keys = misplaced_keys(text)
    years = years_of(folder)
    if not years and (files or keys):
        raise AgencyDataError(
            f"Data instansi {folder.name} belum punya map tahun.",
            todo="buat map tahun dengan year.yaml (lihat contoh), lalu jalankan lagi.",
        )
    moves: list[str] = []
    kept, moved = _cut(text)
    try:
        for year in years if files or keys else ():
            moves += _give(folder, year, files, moved)
        if keys:
            _write(identity, kept)
        for name in files:
            (folder / name).unlink()
        for year in years:
            moves += bind_chapters(folder / str(year))
    except OSError as cause:
        raise StorageError(
            f"Data instansi di {folder} tidak dapat dipindahkan ({explain_os_error(cause)}).",
            todo="periksa hak tulis atas map itu, lalu jalankan lagi.",
        ) from cause
    return Upgraded(folder, tuple(moves))


def _give(folder: Path, year: int, files: list[str], blocks: dict[str, str]) -> list[str]:
    """Give one year the files and the keys that it lacks; say what was given."""
    own, moves = folder / str(year), []
    for name in files:
        content = (folder / name).read_bytes()
        if not (own / name).exists():
            (own / name).write_bytes(content)
            moves.append(f"{name} -> {year}/{name}")
        elif (own / name).read_bytes() != content:
            raise AgencyDataError(
                f"Data instansi {folder.name}: {name} ada di map kantor dan di {year}/, isinya berbeda.",
                todo=f"hapus yang tidak berlaku (program ini memakai {year}/{name}), lalu jalankan lagi.",
            )
    present = (own / "year.yaml").read_text(encoding="utf-8-sig", errors="surrogateescape")
    missing = {key: block for key, block in blocks.items() if key not in misplaced_keys(present)}
    if missing:
        _write(own / "year.yaml", "".join([present.rstrip("\n"), "\n", *missing.values()]))
        moves.append(f"office.yaml: {', '.join(missing)} -> {year}/year.yaml")
    return moves


def _cut(text: str) -> tuple[str, dict[str, str]]:
    """Split office.yaml into what stays and the blocks that move, each with the comment above it."""
    blocks = top_blocks(text)
    kept = "".join(block for key, block in blocks if key not in MOVED_KEYS)
    return kept, {key: block for key, block in blocks if key in MOVED_KEYS}


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.sementara")
    beside.write_text(text, encoding="utf-8", errors="surrogateescape")
    beside.replace(path)
