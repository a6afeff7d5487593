"""Downloaded files: what is taken, what is put aside and why, and that nothing is half-taken."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from core.errors import SourceError, StorageError
from jobs.bps.downloads import DownloadsResult, read_downloads
from jobs.report.realisasi import select_realisasi
from jobs.workspace import Workspace
from models.bps.tables import Observation, Vintage
from models.session import open_session
from models.snapshots import read_snapshot
from models.tables import Fetch, Snapshot
from tests.connectors.given import make_books as books
from tests.connectors.given import make_sheets as sheets
from tests.jobs.given.days import RELEASE_DAY
from tests.jobs.given.dropping import Drop, dropping

OWN = "Kabupaten Sumenep"


def caption(text: str) -> tuple[str, str]:
    """A caption of the test books, for the office's own region (ilustrasi)."""
    return text.replace("Enrekang", OWN), "Gross Regional Domestic Product by Industry"


@pytest.fixture(scope="session")
def book() -> bytes:
    """A small book of the office's region, its figures those of another one (ilustrasi)."""
    tables = [
        books.Table(caption(books.CURRENT[0]), books.current()),
        books.Table(caption(books.CONSTANT[0]), books.constant()),
    ]
    front = books.front(f"Produk Domestik Regional Bruto {OWN} Menurut Lapangan Usaha 2021-2025")
    return books.set_pdf(f"{front}\n#pagebreak()\n{books.source(tables)}\n#pagebreak()\n{books.decoy(0)}")


@pytest.fixture(scope="session")
def neighbour() -> bytes:
    return books.set_pdf(books.page(books.Table(books.CURRENT, books.current())))


@pytest.fixture
def workspace(at: Callable[[date], Workspace]) -> Workspace:
    return at(RELEASE_DAY)


@pytest.fixture
def drop(workspace: Workspace) -> Drop:
    return dropping(workspace, "bps")


def stored(workspace: Workspace) -> dict[str, int]:
    with open_session(workspace.engine, read_only=True) as session:
        return {
            table.__tablename__: len(session.exec(select(table)).all())
            for table in (Snapshot, Fetch, Vintage, Observation)
        }


def outcome(result: DownloadsResult) -> str:
    (file,) = result.files
    return file.outcome


def files_in(workspace: Workspace, name: str) -> list[str]:
    folder = workspace.settings.home / name / "bps"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_book_is_taken_with_its_channel_and_its_bytes(
    workspace: Workspace, drop: Drop, book: bytes
) -> None:
    drop("pdrb-2021-2025.pdf", book)
    result = read_downloads(workspace)
    assert outcome(result) == "taken"
    assert result.news
    assert result.message == "Angka PDRB diambil dari berkas pdrb-2021-2025.pdf."
    with open_session(workspace.engine, read_only=True) as session:
        vintages = session.exec(select(Vintage).order_by(Vintage.measure)).all()
        assert [(v.measure, v.channel, v.base_year) for v in vintages] == [
            ("adhb", "pdf", None),
            ("adhk", "pdf", 2010),
        ]
        assert vintages[0].table_id == "pdrb-2021-2025.pdf, halaman 2"
        assert vintages[0].released_on is None
        fetches = session.exec(select(Fetch)).all()
        assert {(fetch.url, fetch.status) for fetch in fetches} == {("masuk/bps/pdrb-2021-2025.pdf", 200)}
        (snapshot,) = session.exec(select(Snapshot)).all()
        assert read_snapshot(session, snapshot.sha256) == book
        cell = session.exec(
            select(Observation).where(Observation.sector == "C", Observation.year == 2024)
        ).first()
        assert (str(cell.value), cell.status) == ("1426.43", "sementara")


def test_the_file_then_lies_in_the_archive(workspace: Workspace, drop: Drop, book: bytes) -> None:
    path = drop("pdrb.pdf", book)
    (file,) = read_downloads(workspace).files
    assert not path.exists()
    (archived,) = files_in(workspace, "arsip")
    assert archived.endswith("-pdrb.pdf")
    assert file.moved_to == f"arsip/bps/{archived}"
    assert (workspace.settings.home / file.moved_to).read_bytes() == book


def test_a_workbook_is_taken_with_its_own_channel(workspace: Workspace, drop: Drop) -> None:
    drop("pdrb.xlsx", sheets.workbook(caption=caption(books.CURRENT[0])[0]))
    assert read_downloads(workspace).news
    with open_session(workspace.engine, read_only=True) as session:
        assert [v.channel for v in session.exec(select(Vintage)).all()] == ["xlsx"]


def test_where_a_book_and_a_workbook_differ_the_figure_told_as_used_is_the_one_that_counts(
    workspace: Workspace, drop: Drop, book: bytes
) -> None:
    values = books.current()
    values["C"] = [value + 1 for value in values["C"]]
    values["A"] = [value - 1 for value in values["A"]]
    drop("pdrb.pdf", book)
    drop("pdrb.xlsx", sheets.workbook(caption=caption(books.CURRENT[0])[0], values=values))
    read_downloads(workspace)
    with open_session(workspace.engine, read_only=True) as session:
        share = select_realisasi(session, workspace.agency)["kontribusi-industri", 2023]
    assert share.inputs[0].value == Decimal("1313.67")
    (told,) = [note for note in share.notes if "mohon diperiksa" in note]
    assert "berkas Excel yang diunduh menyebut 1.313,67, berkas PDF yang diunduh (" in told
    assert "1.312,67 miliar rupiah; dipakai yang pertama" in told


def test_the_kind_is_told_by_the_bytes_and_not_by_the_name(
    workspace: Workspace, drop: Drop, book: bytes
) -> None:
    drop("unduhan", book)
    drop("tabel.pdf", sheets.workbook(caption=caption(books.CURRENT[0])[0]))
    assert [file.outcome for file in read_downloads(workspace).files] == ["taken", "taken"]


def test_the_same_file_again_changes_nothing(workspace: Workspace, drop: Drop, book: bytes) -> None:
    drop("pdrb.pdf", book)
    read_downloads(workspace)
    before = stored(workspace)
    drop("pdrb-salinan.pdf", book)
    result = read_downloads(workspace)
    assert outcome(result) == "known"
    assert not result.news
    assert stored(workspace) == before
    assert files_in(workspace, "masuk") == []


def test_the_book_of_a_neighbour_is_put_aside_with_the_reason(
    workspace: Workspace, drop: Drop, neighbour: bytes
) -> None:
    drop("enrekang.pdf", neighbour)
    result = read_downloads(workspace)
    assert outcome(result) == "refused"
    assert files_in(workspace, "karantina") == ["enrekang.pdf", "enrekang.pdf.txt"]
    note = (workspace.settings.home / "karantina/bps/enrekang.pdf.txt").read_text()
    assert "bukan tentang Kabupaten Sumenep" in note
    assert "Yang perlu dilakukan: taruh terbitan BPS Kabupaten Sumenep" in note
    assert stored(workspace) == dict.fromkeys(("snapshots", "fetches", "vintages", "observations"), 0)


def test_a_table_without_a_region_is_taken_only_when_the_file_names_it(
    workspace: Workspace, drop: Drop
) -> None:
    unnamed = sheets.workbook(caption=books.CURRENT[0].replace("Enrekang ", ""))
    drop("tabel.xlsx", unnamed)
    (refused,) = read_downloads(workspace).files
    assert refused.outcome == "refused"
    assert "sebut Kabupaten Sumenep pada nama berkasnya" in refused.problems[0]
    drop("pdrb_kabupaten_sumenep.xlsx", unnamed)
    assert outcome(read_downloads(workspace)) == "taken"


def test_the_name_of_a_file_does_not_make_a_neighbours_table_ours(
    workspace: Workspace, drop: Drop, neighbour: bytes
) -> None:
    drop("pdrb-kabupaten-sumenep.pdf", neighbour)
    assert outcome(read_downloads(workspace)) == "refused"


def test_what_was_left_out_of_a_workbook_is_noted(workspace: Workspace, drop: Drop) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheets.fill(book.active, caption(books.CURRENT[0])[0])
    book.create_sheet("Lama").sheet_state = "hidden"
    drop("pdrb.xlsx", sheets.saved(book))
    (file,) = read_downloads(workspace).files
    assert file.outcome == "taken"
    assert file.problems == ("Lembar 'Lama' tersembunyi; tidak dibaca.",)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("buku.pdf", b"<!doctype html><title>Just a moment...</title>", "pemeriksaan robot"),
        ("buku.pdf", b"%PDF-1.7 rusak", "rusak"),
        ("kosong.xlsx", b"", "kosong"),
        ("foto.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 50, "bukan PDF dan bukan Excel"),
        ("lama.xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "Excel lama"),
    ],
)
def test_what_cannot_be_used_is_put_aside_with_what_to_do(
    workspace: Workspace, drop: Drop, name: str, content: bytes, reason: str
) -> None:
    drop(name, content)
    assert outcome(read_downloads(workspace)) == "refused"
    note = (workspace.settings.home / f"karantina/bps/{name}.txt").read_text()
    assert reason in note
    assert "Yang perlu dilakukan" in note
    assert (workspace.settings.home / "karantina/bps" / name).read_bytes() == content


def test_a_file_that_is_still_being_copied_waits(workspace: Workspace, drop: Drop, book: bytes) -> None:
    path = drop("pdrb.pdf", book[:1000], age=0)
    assert outcome(read_downloads(workspace)) == "waiting"
    assert path.exists()
    drop("pdrb.pdf", book)
    assert outcome(read_downloads(workspace)) == "taken"


@pytest.mark.parametrize("name", [".pdrb.pdf", "~$pdrb.xlsx", "pdrb.pdf.crdownload", "pdrb.pdf.part"])
def test_files_of_other_programs_are_left_alone(workspace: Workspace, drop: Drop, name: str) -> None:
    path = drop(name, b"x")
    assert read_downloads(workspace).files == ()
    assert path.exists()


def test_one_bad_file_stops_no_other(workspace: Workspace, drop: Drop, book: bytes) -> None:
    drop("a.pdf", b"%PDF-1.7")
    drop("b.pdf", book)
    drop("c.jpg", b"\xff\xd8")
    assert [file.outcome for file in read_downloads(workspace).files] == ["refused", "taken", "refused"]


def test_good_tables_are_taken_and_the_others_are_named(workspace: Workspace, drop: Drop) -> None:
    wrong = {**books.constant(), "C": books.current()["C"]}
    tables = [
        books.Table(caption(books.CURRENT[0]), books.current()),
        books.Table(caption(books.CONSTANT[0]), wrong),
    ]
    drop("pdrb.pdf", books.set_pdf(books.source(tables)))
    (file,) = read_downloads(workspace).files
    assert [table.measure for table in file.tables] == ["adhb"]
    assert len(file.problems) == 1
    assert "jumlah 17 kategori" in file.problems[0]
    archived = files_in(workspace, "arsip")
    assert [name.endswith(".txt") for name in archived] == [False, True]


def test_two_tables_of_one_measure_that_disagree_are_both_left(workspace: Workspace, drop: Drop) -> None:
    revised = books.current()
    revised["C"] = [value + 1 for value in revised["C"]]
    revised["TOTAL"] = [value + 1 for value in revised["TOTAL"]]
    tables = [books.Table(caption(books.CURRENT[0]), values) for values in (books.current(), revised)]
    drop("pdrb.pdf", books.set_pdf(books.source(tables)))
    (file,) = read_downloads(workspace).files
    assert file.outcome == "refused"
    assert "angkanya berbeda" in file.problems[0]


def test_nothing_is_kept_of_a_file_when_the_database_fails_half_way(
    workspace: Workspace, drop: Drop, book: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jobs.bps import downloads as module

    record, calls = module.record_pdrb, []

    def failing(*args: object, **options: object) -> object:
        calls.append(args)
        if len(calls) == 2:
            raise StorageError("Basis data tidak dapat ditulis.")
        return record(*args, **options)

    path = drop("pdrb.pdf", book)
    with monkeypatch.context() as patch:
        patch.setattr(module, "record_pdrb", failing)
        with pytest.raises(StorageError):
            read_downloads(workspace)
    assert path.exists()
    assert not any(stored(workspace).values())
    assert outcome(read_downloads(workspace)) == "taken"


def test_a_run_that_ended_before_the_file_was_moved_is_made_up_for(
    workspace: Workspace, drop: Drop, book: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop("pdrb.pdf", book)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            read_downloads(workspace)
    assert path.exists()
    assert files_in(workspace, "arsip") == []
    before = stored(workspace)
    assert before["vintages"] == 2
    assert outcome(read_downloads(workspace)) == "known"
    assert stored(workspace) == before
    assert not path.exists()


def test_a_dry_run_shows_what_is_understood_and_leaves_everything(
    workspace: Workspace, drop: Drop, book: bytes
) -> None:
    path = drop("pdrb.pdf", book)
    result = read_downloads(workspace, dry_run=True)
    assert outcome(result) == "read"
    assert not result.news
    text = result.as_text()
    assert "PDRB atas dasar harga berlaku, halaman 2: 90 angka (Miliar Rupiah; 2021 tetap" in text
    assert "2025 sangat sementara" in text
    assert path.exists()
    assert not any(stored(workspace).values())


def test_named_files_are_read_where_they_are(workspace: Workspace, tmp_path: Path, book: bytes) -> None:
    path = tmp_path / "buku.pdf"
    path.write_bytes(book)
    assert outcome(read_downloads(workspace, [path])) == "taken"
    assert path.exists()
    assert outcome(read_downloads(workspace, [path])) == "known"


def test_a_named_file_that_is_not_there_is_an_error(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="tidak ada"):
        read_downloads(workspace, [tmp_path / "tidak-ada.pdf"])


def test_without_files_that_is_said(workspace: Workspace) -> None:
    assert read_downloads(workspace).message == "Tidak ada berkas BPS yang menunggu dibaca."
