"""The chapters of an office's book: which there are, what they can show, and copies of the standard ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import AgencyDataError, StorageError, explain_os_error
from jobs.report.render import present_report
from jobs.store.offices import shares_changes
from jobs.workspace import Workspace
from office.book.chapters import FOLDER, STANDARD
from office.book.names import CHARTS, LISTS, PARTS, SENTENCES, SIGNATURES, TABLES, WORDS
from office.loading import is_example


@dataclass(frozen=True)
class ChapterRow:
    """A chapter in the order of the book.

    Attributes:
        name: Of its file.
        own: Whether the office wrote it.
        place: Its file.
        number: Of its BAB, 0 where it has none.
        shown: Whether anything stands in it.
        tables: Their numbers with their names, in order.
    """

    name: str
    own: bool
    place: str
    number: int
    shown: bool
    tables: tuple[str, ...]


@dataclass(frozen=True)
class BookRows:
    """The book of a year."""

    chapters: tuple[ChapterRow, ...]

    def as_text(self) -> str:
        """For people."""
        lines = []
        for row in self.chapters:
            whose = "naskah kantor" if row.own else "naskah baku"
            label = f"bab {row.number}" if row.number else "tanpa nomor" if row.shown else "tidak berisi"
            lines.append(f"{row.name}: {label}, {whose} ({row.place})")
            lines += [f"  {table}" for table in row.tables]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """For ``--json``."""
        return {"chapters": [{**vars(row), "tables": list(row.tables)} for row in self.chapters]}


def read_book(workspace: Workspace) -> BookRows:
    """The chapters of the present report.

    Raises:
        RenderError: A chapter cannot be composed.
    """
    report = present_report(workspace)
    drafts = {draft.name: draft for draft in report.book.drafts}
    rows = []
    for chapter in report.agency.chapters:
        draft = drafts.get(chapter.name)
        shown = [piece.name for piece in draft.shown() if piece.kind == "table"] if draft else []
        tables = tuple(f"{report.tables[name].label} {name}" for name in shown if name in report.tables)
        number = report.book.chapters.get(chapter.name, 0)
        rows.append(ChapterRow(chapter.name, chapter.own, chapter.place, number, draft is not None, tables))
    return BookRows(tuple(rows))


def names_for_people(workspace: Workspace) -> str:
    """Everything that a chapter can name, as it is written there."""
    groups = [
        ("Tabel", [(f'{{{{ table("{name}") }}}}', what) for name, what in TABLES.items()]),
        (
            "Kalimat dari data",
            [(f'{{{{ explain("{name}") }}}}', what) for name, what in SENTENCES.items()]
            + [('{{ explain("capaian") }}', "uraian sebuah tabel, menurut namanya")],
        ),
        ("Gambar", [(f'{{{{ chart("{name}") }}}}', what) for name, what in CHARTS.items()]),
        ("Daftar", [(f'{{{{ list("{name}") }}}}', what) for name, what in LISTS.items()]),
        ("Tanda tangan", [(f'{{{{ signature("{name}") }}}}', what) for name, what in SIGNATURES.items()]),
        (
            "Angka sebuah indikator",
            [
                (f'{{{{ value("{min(workspace.agency.indicators)}", "{part}") }}}}', what)
                for part, what in PARTS.items()
            ],
        ),
        (
            "Kata-kata dari data",
            [
                (f"{{{{ {name}{'.' + part if part else ''} }}}}", "")
                for name, parts in WORDS.items()
                for part in parts or ("",)
            ],
        ),
        (
            "Lainnya",
            [
                ('{{ ref("capaian") }}', "nomor tabel atau gambar, misalnya Tabel 3.2"),
                ("{{ vision() }}", "visi"),
                ("{{ notices() }}", "bingkai: yang menunggu, ilustrasi, sementara"),
                ('{% if has("iku") %} … {% endif %}', "hanya bila tabel itu ada isinya"),
                ('{{ table("iku", inserted=true) }}', "bernomor seperti tabel di atasnya dengan huruf"),
                ("## Judul {-}", "judul tanpa huruf atau nomor"),
                ("::: mendatar … :::", "halaman mendatar"),
            ],
        ),
    ]
    lines = []
    for title, entries in groups:
        lines.append(title)
        lines += [f"  {written}{': ' + what if what else ''}" for written, what in entries]
    return "\n".join(lines)


@shares_changes
def copy_chapter(workspace: Workspace, name: str) -> Path:
    """Write a standard chapter into the office's year, for its own words; never over one that is there.

    Raises:
        AgencyDataError: There is no such chapter, it is there already, or the office is an example.
        StorageError: It cannot be written.
    """
    if is_example(workspace.agency_folder):
        raise AgencyDataError(
            f"{workspace.agency_folder.name} adalah contoh milik program, yang diganti setiap pembaruan.",
            todo="salin mapnya ke LKJIP_OFFICES, lalu ulangi di situ.",
        )
    source = STANDARD / f"{name}.md"
    if not source.is_file():
        known = ", ".join(sorted(path.stem for path in STANDARD.glob("*.md")))
        raise AgencyDataError(f"Bab baku {name!r} tidak ada.", todo=f"pilih salah satu dari {known}.")
    target = workspace.agency_folder / str(workspace.year) / FOLDER / f"{name}.md"
    if target.exists():
        raise AgencyDataError(f"{target} sudah ada; tidak ada yang ditimpa.", todo="sunting berkas itu.")
    try:
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(source.read_bytes())
    except OSError as cause:
        raise StorageError(
            f"{target} tidak dapat ditulis ({explain_os_error(cause)}).", todo="periksa hak tulisnya."
        ) from cause
    return target
