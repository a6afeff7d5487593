"""Dropped price sheets: taken whole, put aside with the reason, known again, noted day by day."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from sqlmodel import select

from core.errors import StorageError
from jobs.prices import files as price_files
from jobs.prices.files import PriceFileResult, read_price_files
from jobs.workspace import Workspace
from models.prices.readings import days_read, read_prices, unread_days
from models.prices.tables import Price, PriceDay, PriceSeries
from models.session import open_session
from models.tables import Fetch, Snapshot
from standins.prices import sheets
from tests.jobs.given.days import JANUARY
from tests.jobs.given.dropping import Drop, dropping

SMALL = (
    "Pasar : Anom\nKomoditas;02/01/2023;03/01/2023\nBeras Premium (kg);13.000;{}\nGula Pasir (kg);14.000;-\n"
)


@pytest.fixture
def drop(workspace: Workspace) -> Drop:
    return dropping(workspace, "harga")


@cache
def year_sheet() -> bytes:
    return sheets.months_over_days(2023)


def small(price: str = "13.100") -> bytes:
    return SMALL.format(price).encode()


def stored(workspace: Workspace) -> dict[str, int]:
    with open_session(workspace.engine, read_only=True) as session:
        return {
            table.__tablename__: len(session.exec(select(table)).all())
            for table in (Snapshot, Fetch, PriceSeries, Price, PriceDay)
        }


def only(workspace: Workspace) -> PriceFileResult:
    (file,) = read_price_files(workspace).files
    return file


def files_in(workspace: Workspace, name: str) -> list[str]:
    folder = workspace.settings.home / name / "harga"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_one_sheet_is_taken_by_each_office(workspace: Workspace, tmp_path: Path) -> None:
    other = shutil.copytree(workspace.agency_folder, tmp_path / "kantor-lain")
    named = (other / "office.yaml").read_text(encoding="utf-8")
    (other / "office.yaml").write_text(
        named.replace("id: sumenep-dkupp", "id: kantor-lain"), encoding="utf-8"
    )
    file = tmp_path / "harga.csv"
    file.write_bytes(small())
    outcomes = [
        read_price_files(space, [file]).files[0].outcome
        for space in (workspace, workspace.of_office(other), workspace.of_office(other))
    ]
    assert outcomes == ["taken", "taken", "known"]


def test_a_sheet_that_brought_nothing_does_not_bring_old_prices_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "harga.csv"
    outcomes = []
    for content in (small(), small() + b"\n", small("13.200"), small() + b"\n"):
        file.write_bytes(content)
        outcomes.append(read_price_files(workspace, [file]).files[0].outcome)
    assert outcomes == ["taken", "unchanged", "taken", "known"]


def test_a_year_of_prices_is_taken_with_its_bytes_and_its_days(workspace: Workspace, drop: Drop) -> None:
    drop("harga-2023.xlsx", year_sheet())
    result = read_price_files(workspace)
    (file,) = result.files
    assert (file.outcome, file.stored.new, file.stored.changed) == ("taken", 5554, 0)
    assert file.illustrative
    assert result.message == "Harga diambil dari berkas harga-2023.xlsx."
    with open_session(workspace.engine, read_only=True) as session:
        region = workspace.agency.office.id
        series = read_prices(session, [("lembar", region)], date(2023, 1, 1), date(2023, 12, 31))
        taken = {
            (one.key.name, day): price
            for one in series
            for day, price in zip(one.days, one.prices, strict=True)
        }
        assert taken == {key: Decimal(price) for key, price in sheets.market_prices(2023).items()}
        assert {(one.key.market, one.key.illustrative) for one in series} == {(sheets.MARKET, True)}
        assert len(days_read(session, "lembar", region, sheets.MARKET)) == 365
    assert (workspace.settings.home / file.moved_to).read_bytes() == year_sheet()


def test_the_same_bytes_again_are_known(workspace: Workspace, drop: Drop) -> None:
    drop("harga.csv", small())
    assert only(workspace).outcome == "taken"
    before = stored(workspace)
    drop("salinan.csv", small())
    assert only(workspace).outcome == "known"
    assert stored(workspace) == before
    assert files_in(workspace, "masuk") == []


def test_the_same_prices_in_other_bytes_change_no_price(workspace: Workspace, drop: Drop) -> None:
    drop("harga.csv", small())
    read_price_files(workspace)
    drop("harga.csv", small() + b"\n")
    file = only(workspace)
    assert (file.outcome, file.stored.new, file.stored.changed, file.stored.unchanged) == (
        "unchanged",
        0,
        0,
        3,
    )
    assert stored(workspace)["prices"] == 3


def test_a_corrected_price_becomes_the_next_reading(workspace: Workspace, drop: Drop) -> None:
    drop("harga.csv", small("13.100"))
    read_price_files(workspace)
    drop("harga.csv", small("13.200"))
    file = only(workspace)
    assert (file.outcome, file.stored.new, file.stored.changed, file.stored.unchanged) == ("taken", 0, 1, 2)
    assert file.news


@pytest.mark.parametrize(
    ("name", "reason"), [("minggu.xlsx", "hanya menyebut minggu"), ("sandi.xlsx", "terkunci dengan sandi")]
)
def test_what_cannot_be_used_is_put_aside_with_what_to_do(
    workspace: Workspace, drop: Drop, name: str, reason: str
) -> None:
    content = sheets.broken_sheets(2023)[name]
    drop(name, content)
    assert only(workspace).outcome == "refused"
    assert files_in(workspace, "karantina") == [name, f"{name}.txt"]
    note = (workspace.settings.home / f"karantina/harga/{name}.txt").read_text()
    assert reason in note
    assert "Yang perlu dilakukan" in note
    assert (workspace.settings.home / "karantina/harga" / name).read_bytes() == content
    assert not any(stored(workspace).values())


def test_what_could_not_be_read_is_listed_noted_and_kept_with_its_day(
    workspace: Workspace, drop: Drop
) -> None:
    drop("harga.csv", small("kosong"))
    result = read_price_files(workspace)
    (file,) = result.files
    assert file.stored.new == 2
    assert [entry.text for entry in file.unread] == ["kosong"]
    assert "sel C3: 'kosong'. Beras Premium, Pasar Anom, 03/01/2023: bukan harga" in result.as_text()
    note = (workspace.settings.home / f"{file.moved_to}.txt").read_text()
    assert "Sebagian isi berkas harga.csv tidak dipakai." in note
    with open_session(workspace.engine, read_only=True) as session:
        (day,) = unread_days(
            session, "lembar", workspace.agency.office.id, date(2023, 1, 1), date(2023, 12, 31)
        )
        assert (day.market, day.day) == ("Pasar Anom", date(2023, 1, 3))
        assert day.unread[0]["place"] == "berkas 'harga.csv', lembar 'harga', sel C3"


def test_a_corrected_file_clears_what_was_unread(workspace: Workspace, drop: Drop) -> None:
    for content in (small("kosong"), small("13.100")):
        drop("harga.csv", content)
        read_price_files(workspace)
    with open_session(workspace.engine, read_only=True) as session:
        assert not unread_days(
            session, "lembar", workspace.agency.office.id, date(2023, 1, 1), date(2023, 12, 31)
        )


def test_a_name_that_the_register_does_not_know_is_kept_and_told(workspace: Workspace, drop: Drop) -> None:
    drop("harga.csv", small().replace(b"Gula Pasir", b"Gulali Warna"))
    result = read_price_files(workspace)
    (file,) = result.files
    assert file.stored.new == 3
    (reason,) = file.unknown
    assert "Gulali Warna" in reason
    assert f"belum dikenal: {reason}" in result.as_text()


def test_every_name_of_the_demo_sheet_is_known(workspace: Workspace, drop: Drop) -> None:
    drop("harga.xlsx", year_sheet())
    assert only(workspace).unknown == ()


def test_one_bad_file_stops_no_other(workspace: Workspace, drop: Drop) -> None:
    drop("a.xlsx", b"PK\x03\x04")
    drop("b.csv", small())
    drop("c.jpg", b"\xff\xd8\x00")
    assert [file.outcome for file in read_price_files(workspace).files] == ["refused", "taken", "refused"]


def test_a_file_that_is_still_being_copied_waits(workspace: Workspace, drop: Drop) -> None:
    path = drop("harga.csv", small(), age=0)
    assert only(workspace).outcome == "waiting"
    assert path.exists()


def test_nothing_is_kept_of_a_file_when_the_database_fails_half_way(
    workspace: Workspace, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise StorageError("Basis data tidak dapat ditulis.")

    path = drop("harga.csv", small())
    with monkeypatch.context() as patch:
        patch.setattr(price_files, "record_day", failing)
        with pytest.raises(StorageError):
            read_price_files(workspace)
    assert path.exists()
    assert not any(stored(workspace).values())
    assert only(workspace).outcome == "taken"


def test_a_dry_run_shows_what_is_understood_and_leaves_everything(workspace: Workspace, drop: Drop) -> None:
    path = drop("harga.csv", small())
    result = read_price_files(workspace, dry_run=True)
    assert result.files[0].outcome == "read"
    assert not result.news
    assert (
        "lembar 'harga': Pasar Anom, 3 harga, 2 komoditas, 2 Januari 2023 sampai 3 Januari 2023 "
        "(komoditas ke bawah, tanggal ke kanan)"
    ) in result.as_text()
    assert path.exists()
    assert not any(stored(workspace).values())


def test_named_files_are_read_where_they_are(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "harga.xlsx"
    sheets.make_office_sheet(path, 2023)
    assert [file.outcome for file in read_price_files(workspace, [path]).files] == ["taken"]
    assert path.exists()
    assert [file.outcome for file in read_price_files(workspace, [path]).files] == ["known"]


def test_without_files_that_is_said(workspace: Workspace) -> None:
    assert read_price_files(workspace).message == "Tidak ada lembar harga yang menunggu dibaca."


def test_prices_of_days_to_come_are_set_aside_and_named(workspace: Workspace, drop: Drop) -> None:
    drop("harga.csv", small().replace(b"2023", b"2032", 1))
    file = only(workspace)
    assert file.stored is not None
    early = [entry for entry in file.unread if "padahal hari ini 31 Januari 2024" in entry.message]
    assert early
    assert "2032" in early[0].message
    with open_session(workspace.engine, read_only=True) as session:
        assert all(day <= JANUARY for day in session.exec(select(Price.day)).all())


def test_a_sheet_of_days_to_come_alone_is_refused(workspace: Workspace, drop: Drop) -> None:
    drop("harga.csv", small().replace(b"2023", b"2032"))
    file = only(workspace)
    assert file.outcome == "refused"
    assert "bertanggal setelah hari ini, 31 Januari 2024" in file.refusals[0]
    assert files_in(workspace, "karantina") != []
