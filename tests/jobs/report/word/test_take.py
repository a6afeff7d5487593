"""From the Word file of an issue, changed by a person, into the office's book, and out in the next issue."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from core.errors import AgencyDataError, RenderError, SourceError, StorageError
from core.settings import load_settings
from jobs.report.keeping import WORD
from jobs.report.refresh import refresh
from jobs.report.word.take import Taken, look_at_word, save_taken
from jobs.workspace import Workspace
from jobs.years.confirm import close_year
from office.book.chapters import STANDARD
from office.loading import EXAMPLES
from reports.content import Report
from reports.render.docx import render_docx
from reports.render.word_elements import W
from tests.reports.given.edited_word import (
    Edit,
    control,
    edited,
    emptied,
    figures,
    new_paragraph,
    reads,
    root_of,
    typed,
    unnamed,
)

PREFACE = "merupakan bentuk akuntabilitas dari pelaksanaan tugas"
METHOD = "Selanjutnya berdasarkan hasil evaluasi kinerja"
CLOSING = "Hasil pengukuran ini"
EXPLAINED, CAUSE = "pertumbuhan-umkm,2023,", "Pasar sedang ramai"


@pytest.fixture(scope="module", autouse=True)
def word_alone() -> Iterator[None]:
    """An issue has its Word file and no others: they take most of the time."""
    patch = pytest.MonkeyPatch()
    made: dict[str, bytes] = {}

    def make_files(report: Report) -> dict[str, bytes]:
        body = report.document().marked
        if body not in made:
            made[body] = render_docx(report.document(), pages={})
        return {WORD: made[body], "lkjip.pdf": body.encode()}

    patch.setattr("jobs.report.refresh.make_files", make_files)
    patch.setattr("reports.mail.draw_changes", lambda *_: None)
    yield
    patch.undo()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The office's data where they belong; of its chapters the last one is the standard one."""
    folder = shutil.copytree(EXAMPLES / "sumenep-dkupp", tmp_path / "kerja" / "kantor" / "sumenep-dkupp")
    (folder / "2023" / "buku" / "penutup.md").unlink()
    figures_file = folder / "2023" / "realisasi.csv"
    header, *rows = figures_file.read_text().splitlines()
    rows = [f"{row},{CAUSE if row.startswith(EXPLAINED) else ''}," for row in rows]
    figures_file.write_text("\n".join([f"{header},cause,solution", *rows, ""]))
    return folder


@pytest.fixture
def workspace(office: Path, tmp_path: Path) -> Callable[[], Workspace]:
    def opened() -> Workspace:
        return Workspace(
            load_settings(
                home=tmp_path / "kerja", offices=office.parent, agency=office.name, year=2023,
                mail_to="kepala@dkupp.example", today=date(2024, 1, 31),
            )
        )  # fmt: skip

    refresh(opened())
    return opened


@pytest.fixture
def given(workspace: Callable[[], Workspace], tmp_path: Path) -> Callable[..., Path]:
    """The Word file of the first issue with edits."""
    issued = (workspace().reports_folder / "terbitan-1" / WORD).read_bytes()

    def write(*edits: Edit) -> Path:
        file = tmp_path / "disunting.docx"
        file.write_bytes(edited(issued, *edits))
        return file

    return write


def data(office: Path) -> dict[str, bytes]:
    return {
        path.relative_to(office).as_posix(): path.read_bytes()
        for path in sorted(office.rglob("*"))
        if path.is_file()
    }


def took(workspace: Callable[[], Workspace], file: Path) -> Taken:
    return save_taken(workspace(), look_at_word(workspace(), file))


def test_a_look_writes_nothing(workspace, given, office: Path) -> None:
    before = data(office)
    taken = look_at_word(workspace(), given(typed("alat penilaian kinerja", "alat ukur")))
    assert [each.file for each in taken.differences] == ["2023/buku/kata-pengantar.md"]
    assert "Belum ada yang ditulis" in taken.as_text()
    assert data(office) == before


def test_what_was_typed_is_written_and_every_other_line_stays(workspace, given, office: Path) -> None:
    before = data(office)
    took(workspace, given(typed("alat penilaian kinerja", "alat {{ ukur }}")))
    after = data(office)
    assert {name for name in after if after[name] != before.get(name)} == {"2023/buku/kata-pengantar.md"}
    old, new = (each["2023/buku/kata-pengantar.md"].decode().split("\n") for each in (before, after))
    changed = [(was, now) for was, now in zip(old, new, strict=True) if was != now]
    assert len(changed) == 1
    assert changed[0][1] == changed[0][0].replace("alat penilaian kinerja", "alat &#123;&#123; ukur }}")
    assert "{{ office.name }}" in changed[0][1]


def test_the_next_issue_says_it_with_its_figures_alive(workspace, given) -> None:
    took(
        workspace,
        given(typed("alat penilaian kinerja", "alat {{ ukur }} *kita*"), new_paragraph(METHOD, "# Baru")),
    )
    refresh(workspace())
    root = root_of((workspace().reports_folder / "terbitan-2" / WORD).read_bytes())
    said = [reads(paragraph) for paragraph in root.iter(f"{W}p")]
    assert any("alat {{ ukur }} *kita*" in text for text in said)
    assert "# Baru" in said
    assert len(figures(root, PREFACE)) == 4


def test_what_was_taken_is_not_taken_twice(workspace, given, office: Path) -> None:
    file = given(
        typed("alat penilaian kinerja", "alat ukur"),
        new_paragraph(METHOD, "Baru."),
        typed("Bersifat penyediaan", "Berupa penyediaan"),
    )
    took(workspace, file)
    before = data(office)
    again = took(workspace, file)
    assert (len(again.differences), len(again.same)) == (0, 3)
    assert data(office) == before


def test_a_standard_chapter_becomes_the_offices_own(workspace, given, office: Path) -> None:
    taken = took(workspace, given(typed(CLOSING, "Hasil ini")))
    assert taken.copied == ("2023/buku/penutup.md",)
    assert "naskah baku, disalin menjadi milik kantor" in taken.as_text()
    old = (STANDARD / "penutup.md").read_text().split("\n")
    new = (office / "2023" / "buku" / "penutup.md").read_text().split("\n")
    assert [now for was, now in zip(old, new, strict=True) if was != now] == [
        "Hasil ini menjadi bahan perbaikan perencanaan dan pelaksanaan kinerja pada tahun berikutnya."
    ]


def test_words_on_a_program_are_written_into_their_cell(workspace, given, office: Path) -> None:
    before = (office / "2023" / "programs.csv").read_bytes().splitlines()
    took(workspace, given(typed("Bersifat penyediaan", "Berupa, misalnya, penyediaan")))
    after = (office / "2023" / "programs.csv").read_bytes().splitlines()
    changed = [now for was, now in zip(before, after, strict=True) if was != now]
    assert len(changed) == 1
    assert b'"Berupa, misalnya, penyediaan dan disesuaikan kebutuhan"' in changed[0]


def test_cause_and_solution_of_an_indicator_are_written_into_their_cells(
    workspace, given, office: Path
) -> None:
    path = office / "2023" / "realisasi.csv"
    before = path.read_text().splitlines()

    def solve(root) -> None:
        found = control(root, "-", "catatan:realisasi.solution:pertumbuhan-umkm")
        next(found.iter(f"{W}t")).text = "Pelatihan, pendampingan"

    took(workspace, given(typed(CAUSE, "Pasar daring ramai"), solve))
    after = path.read_text().splitlines()
    (changed,) = [now for was, now in zip(before, after, strict=True) if was != now]
    assert changed.endswith(',Pasar daring ramai,"Pelatihan, pendampingan"')


def test_an_emptied_passage_goes_and_is_told(workspace, given, office: Path) -> None:
    taken = took(workspace, given(emptied(METHOD)))
    assert "Perhatian: alinea ini dihapus." in taken.as_text()
    chapter = (office / "2023" / "buku" / "akuntabilitas-kinerja.md").read_text()
    assert METHOD not in chapter
    assert "\n\n\n" not in chapter


def test_a_refused_figure_does_not_stop_the_others(workspace, given, office: Path) -> None:
    def alter(root) -> None:
        next(figures(root, PREFACE)[0].iter(f"{W}t")).text = "Dinas Lain"
        next(text for text in root.iter(f"{W}t") if text.text == "4,4%").text = "9,9%"

    taken = took(workspace, given(alter, typed("Selanjutnya berdasarkan", "Kemudian, berdasarkan")))
    assert not taken.complete
    assert [each.file for each in taken.differences] == ["2023/buku/akuntabilitas-kinerja.md"]
    (figure, cell) = taken.rejected
    assert "KATA PENGANTAR" in figure.where
    assert figure.after == "Dinas Lain"
    assert "{{ office.name }} berasal dari data kantor" in figure.todo
    assert (cell.before, cell.after) == ("4,4%", "9,9%")
    assert "lkjip enter pertumbuhan-umkm" in cell.todo
    assert "Dinas Lain" not in (office / "2023" / "buku" / "kata-pengantar.md").read_text()


def test_a_typed_figure_is_pointed_at(workspace, given) -> None:
    taken = look_at_word(workspace(), given(typed("alat penilaian kinerja", "alat ukur senilai 97,5")))
    assert "angka yang diketik (97,5) tidak mengikuti data" in taken.as_text()


def test_a_passage_that_changed_on_both_sides_is_a_conflict(workspace, given, office: Path) -> None:
    file = given(
        typed("alat penilaian kinerja", "alat ukur"), typed("Bersifat penyediaan", "Berupa penyediaan")
    )
    for name, words in (
        ("buku/kata-pengantar.md", "wujud transparansi"),
        ("programs.csv", "Bersifat penyediaan"),
    ):
        path = office / "2023" / name
        path.write_text(path.read_text().replace(words, "LAIN", 1))
    before = data(office)
    taken = took(workspace, file)
    assert [each.conflict for each in taken.unwritten] == [True, True]
    assert data(office) == before


def test_lines_that_moved_are_found_again(workspace, given, office: Path) -> None:
    path = office / "2023" / "buku" / "kata-pengantar.md"
    path.write_text(path.read_text().replace("\n\n", "\n\nAlinea sisipan.\n\n", 1))
    took(workspace, given(typed("alat penilaian kinerja", "alat ukur")))
    assert "alat ukur" in path.read_text()
    assert "Alinea sisipan." in path.read_text()


def test_a_file_of_libreoffice_is_taken_the_same(workspace, given) -> None:
    edit = typed("alat penilaian kinerja", "alat ukur")
    in_word = look_at_word(workspace(), given(edit)).differences
    assert look_at_word(workspace(), given(edit, unnamed)).differences == in_word


def test_lines_end_as_they_ended(workspace, given, office: Path) -> None:
    path = office / "2023" / "buku" / "kata-pengantar.md"
    path.write_bytes(b"\xef\xbb\xbf\r\n" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    took(workspace, given(typed("alat penilaian kinerja", "alat ukur"), new_paragraph(PREFACE, "Baru.")))
    after = path.read_bytes()
    assert after.count(b"\n") == after.count(b"\r\n") == before.count(b"\r\n") + 2


def test_nothing_is_written_when_the_report_could_not_be_composed(
    workspace, given, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RenderError("Bab tidak dapat disusun.")

    file = given(typed("alat penilaian kinerja", "alat ukur"))
    monkeypatch.setattr("jobs.report.word.take.build_report", broken)
    before = data(office)
    with pytest.raises(RenderError):
        took(workspace, file)
    assert data(office) == before


def test_data_that_changed_since_the_look_are_not_overwritten(workspace, given, office: Path) -> None:
    taken = look_at_word(workspace(), given(typed("alat penilaian kinerja", "alat ukur")))
    path = office / "2023" / "buku" / "pendahuluan.md"
    path.write_text(path.read_text() + "\nTambahan.\n")
    with pytest.raises(AgencyDataError, match="diubah orang"):
        save_taken(workspace(), taken)


def test_a_closed_year_stays_as_it_is(workspace, given) -> None:
    taken = look_at_word(workspace(), given(typed("alat penilaian kinerja", "alat ukur")))
    close_year(workspace(), 2023)
    with pytest.raises(AgencyDataError):
        save_taken(workspace(), taken)


def test_a_file_of_another_office_or_of_no_issue_is_refused(workspace, given) -> None:
    file = given()
    content = file.read_bytes()
    for said, match in (
        (b"dinas-lain/2023/1", "kantor dinas-lain"), (b"sumenep-dkupp/2023/0", "terbitan asalnya"),
    ):  # fmt: skip
        file.write_bytes(edited(content, parts={"docProps/custom.xml": _properties(said)}))
        with pytest.raises(SourceError, match=match):
            look_at_word(workspace(), file)
    file.write_bytes(edited(content, parts={"docProps/custom.xml": _properties(b"sumenep-dkupp/2023/7")}))
    with pytest.raises(StorageError, match="Terbitan 7"):
        look_at_word(workspace(), file)
    assert look_at_word(workspace(), file, 1).issue == 1


def _properties(said: bytes) -> bytes:
    return (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
        b'<property name="LKjIP"><x>' + said + b"</x></property></Properties>"
    )


def test_properties_that_grow_without_end_are_not_read(workspace, given) -> None:
    file = given()
    bomb = b'<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>'
    file.write_bytes(edited(file.read_bytes(), parts={"docProps/custom.xml": bomb}))
    with pytest.raises(SourceError, match="tidak lazim"):
        look_at_word(workspace(), file)


def test_items_of_lists_keep_their_signs(workspace, given, office: Path) -> None:
    took(
        workspace,
        given(
            typed("pelaksanaan pembinaan, pengawasan", "pembinaan, pengawasan"),
            typed("Terjadi pergantian", "Ada pergantian"),
            new_paragraph("Ada pergantian", "Butir baru;"),
        ),
    )
    book = office / "2023" / "buku"
    assert "\nd. pembinaan, pengawasan" in (book / "pendahuluan.md").read_text()
    changed = "\n1. Ada pergantian atau mutasi pejabat;\n1. Butir baru;\n2. Perubahan"
    assert changed in (book / "perencanaan-kinerja.md").read_text()


def test_a_new_item_among_letters_is_left_to_a_person(workspace, given, office: Path) -> None:
    before = data(office)
    taken = took(workspace, given(new_paragraph("pelaksanaan pembinaan, pengawasan", "Butir baru;")))
    (left,) = taken.unwritten
    assert "butir berhuruf" in left.reason
    assert data(office) == before
