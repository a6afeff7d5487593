"""Snapshots and vintages: nothing is lost, nothing is kept twice, a revision is a new state."""

import threading
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from core.errors import StorageError
from models.bps.observations import (
    CellRow,
    TableState,
    content_hash,
    record_table,
    values,
    vintages,
)
from models.bps.tables import Observation, Vintage
from models.session import open_session
from models.snapshots import keep_snapshot, read_snapshot
from models.tables import Fetch, Snapshot

AT = datetime(2024, 4, 4, 2, tzinfo=UTC)
LATER = datetime(2025, 4, 11, 2, tzinfo=UTC)
CELLS = (
    CellRow("C", "Industri Pengolahan", 2022, Decimal("1606.58"), "sementara"),
    CellRow("C", "Industri Pengolahan", 2023, Decimal("1690.12"), "sangat sementara", illustrative=True),
    CellRow("TOTAL", "PDRB", 2023, Decimal("26244.80"), "sangat sementara"),
)
CELL = st.builds(
    CellRow,
    sector=st.sampled_from("ABCG"),
    label=st.just(""),
    year=st.integers(2019, 2023),
    value=st.decimals(-1000, 1000, places=2),
    status=st.sampled_from(["tetap", "sementara"]),
    illustrative=st.booleans(),
)
TABLE = st.lists(CELL, min_size=1, unique_by=lambda cell: (cell.sector, cell.year))


def keep(session, content=b'{"status":"OK"}', **changes):
    given = {"source": "bps", "url": "https://bps.example/?key=***", "status": 200, "content": content,
             "headers": {"Content-Type": "application/json"}, "fetched_at": AT}  # fmt: skip
    return keep_snapshot(session, **(given | changes))


def record(session, cells=CELLS, fetches=None, **changes):
    table = {"source": "bps", "domain": "3529", "measure": "adhk", "table_id": "118", "channel": "dynamic",
             "unit": "Miliar Rupiah", "base_year": 2010, "last_update": None}  # fmt: skip
    given = {"title": "PDRB ADHK", "released_on": AT.date(), "note": "", "at": AT} | changes
    state = TableState(**{name: given.pop(name, value) for name, value in table.items()})
    return record_table(session, state, cells, fetches or [keep(session)], **given)


def changed(cell, **changes):
    return tuple(replace(cell, **changes) if c is cell else c for c in CELLS)


def test_snapshot_gives_back_the_bytes_as_they_came(session):
    content = bytes(range(256)) * 40
    fetch = keep(session, content)
    assert read_snapshot(session, fetch.snapshot_sha256) == content
    assert fetch.content_type == "application/json"


def test_same_bytes_are_kept_once_and_every_fetch_of_them_remembered(session):
    first, second = keep(session), keep(session, fetched_at=LATER)
    assert first.snapshot_sha256 == second.snapshot_sha256
    [snapshot] = session.exec(select(Snapshot)).all()
    assert snapshot.created_at == AT
    assert [fetch.fetched_at for fetch in session.exec(select(Fetch).order_by(Fetch.id))] == [AT, LATER]


@pytest.mark.parametrize("damage", [zlib.compress(b"lain"), b"rusak"])
def test_altered_snapshot_is_noticed(session, damage):
    fetch = keep(session)
    session.get(Snapshot, fetch.snapshot_sha256).content = damage
    session.flush()
    with pytest.raises(StorageError, match="tidak lagi sama dengan yang diterima"):
        read_snapshot(session, fetch.snapshot_sha256)


def test_missing_snapshot_is_named(session):
    with pytest.raises(StorageError, match="Snapshot 000000000000… tidak ada"):
        read_snapshot(session, "0" * 64)


def test_table_is_kept_with_the_way_back_to_its_bytes(session):
    older, newer = keep(session, b"2022"), keep(session, b"2023")
    cells = [replace(cell, fetch_index=int(cell.year == 2023)) for cell in CELLS]
    vintage, is_new = record(session, cells, [older, newer])
    assert is_new
    observation = values(session, vintage)["C", 2023]
    assert (str(observation.value), observation.status) == ("1690.12", "sangat sementara")
    assert observation.illustrative
    fetch = session.get(Fetch, observation.fetch_id)
    assert read_snapshot(session, fetch.snapshot_sha256) == b"2023"


def test_same_table_read_again_makes_no_new_vintage(session):
    first, _ = record(session)
    again, is_new = record(session, tuple(reversed(CELLS)), title="Judul lain", note="baru", at=LATER)
    assert (again.id, is_new) == (first.id, False)
    assert len(session.exec(select(Observation)).all()) == len(CELLS)


@pytest.mark.parametrize(
    "change",
    [{"value": Decimal("1606.59")}, {"status": "tetap"}, {"illustrative": True}, {"year": 2021}],
    ids=lambda change: next(iter(change)),
)
def test_any_changed_figure_makes_a_new_vintage_and_keeps_the_old(session, change):
    first, _ = record(session)
    second, is_new = record(session, changed(CELLS[0], **change), at=LATER)
    assert is_new
    assert values(session, first)["C", 2022].value == Decimal("1606.58")
    assert [v.id for v in vintages(session, "bps", "3529", "adhk")] == [first.id, second.id]


@pytest.mark.parametrize(
    "change", [{"unit": "Juta Rupiah"}, {"table_id": 207}], ids=lambda change: next(iter(change))
)
def test_other_table_or_unit_with_the_same_numbers_is_a_new_vintage(session, change):
    record(session)
    assert record(session, **change)[1]


def test_answer_that_lacks_years_takes_none_away(session):
    whole, _ = record(session)
    assert record(session, CELLS[:1], at=LATER) == (whole, False)


def test_slip_that_is_taken_back_is_a_third_vintage(session):
    record(session)
    record(session, changed(CELLS[0], value=Decimal("160658")), at=LATER)
    assert record(session, at=LATER)[1]
    assert len(session.exec(select(Vintage)).all()) == 3


def test_stale_copy_of_a_table_is_not_taken_for_a_revision(session, caplog):
    newest, _ = record(session, last_update=LATER)
    stale = changed(CELLS[0], value=Decimal(1))
    assert record(session, stale, last_update=AT, at=LATER) == (newest, False)
    assert "lebih lama daripada yang sudah tersimpan" in caplog.text


def test_table_revised_without_a_new_mark_is_still_a_revision(session):
    record(session, last_update=AT)
    assert record(session, changed(CELLS[0], value=Decimal(1)), last_update=AT, at=LATER)[1]


def test_vintages_are_of_one_series(session):
    first, _ = record(session)
    other, _ = record(session, base_year=2020)
    assert [v.id for v in vintages(session, "bps", "3529", "adhk", base_year=2010)] == [first.id]
    assert [v.id for v in vintages(session, "bps", "3529", "adhk")] == [first.id, other.id]
    assert vintages(session, "bps", "3528", "adhk") == vintages(session, "bps", "3529", "adhb") == []


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ((), "tidak berisi angka"),
        ((CELLS[0], CELLS[0]), "dua angka untuk kategori C tahun 2022"),
        ((replace(CELLS[0], fetch_index=5),), "tidak menyebut asal jawabannya"),
    ],
)
def test_table_that_cannot_be_right_is_not_kept(session, cells, words):
    with pytest.raises(StorageError, match=words):
        record(session, cells)
    assert session.exec(select(Vintage)).all() == []


def test_pollers_at_once_make_one_vintage(engine):
    together = threading.Barrier(3)
    news = []

    def run():
        together.wait()
        with open_session(engine) as session:
            news.append(record(session)[1])

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(news) == [False, False, True]
    with open_session(engine, read_only=True) as session:
        assert len(session.exec(select(Vintage)).all()) == 1
        assert len(session.exec(select(Snapshot)).all()) == 1


@given(TABLE, st.randoms())
def test_hash_does_not_depend_on_order_or_trailing_zeros(cells, random):
    other = [replace(cell, value=cell.value.quantize(Decimal("0.0001"))) for cell in cells]
    random.shuffle(other)
    assert content_hash("1", "%", None, other) == content_hash("1", "%", None, cells)


@given(TABLE, st.data())
def test_hash_tells_any_other_figure(cells, data):
    number = data.draw(st.integers(0, len(cells) - 1))
    other = list(cells)
    other[number] = replace(cells[number], value=cells[number].value + 1)
    assert content_hash("1", "%", None, other) != content_hash("1", "%", None, cells)


def test_two_windows_of_one_table_read_in_turn_make_no_further_vintages(session):
    """An office reporting 2023 and one reporting 2024 ask for different years of the same table."""
    earlier = CELLS
    later = (CELLS[1], replace(CELLS[0], year=2024), CELLS[2])
    assert [record(session, cells)[1] for cells in (earlier, later, earlier, later)] == [
        True,
        True,
        False,
        False,
    ]
