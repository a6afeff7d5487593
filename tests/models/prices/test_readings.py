"""Market prices are stored once; a changed one stands beside the one before, back to its bytes."""

# ruff: noqa: PT012  the block that raises is a transaction of several statements

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from core.errors import StorageError
from models.prices.readings import (
    SeriesKey,
    Stored,
    days_read,
    read_prices,
    read_readings,
    record_day,
    series_ids,
    store_prices,
)
from models.session import open_session
from models.snapshots import keep_snapshot
from tests.given.examples import examples

REGION = ("siskaperbapo", "sumenepkab")
RICE = SeriesKey(*REGION, "7", "Pasar Contoh Kota", "2", "Beras Premium", "kg")
SUGAR = SeriesKey(*REGION, "7", "Pasar Contoh Kota", "7", "Gula Kristal Putih", "kg")
MONDAY, TUESDAY = date(2023, 7, 3), date(2023, 7, 4)
AT = datetime(2023, 7, 4, 9, tzinfo=UTC)
YEAR = (date(2023, 1, 1), date(2023, 12, 31))


def fetch(session, content=b"tabel", at=AT):
    kept = keep_snapshot(
        session,
        source="siskaperbapo",
        url="https://contoh.example/harga",
        status=200,
        headers={},
        content=content,
        fetched_at=at,
    )
    return kept.id


def store(session, *prices, key=RICE, content=b"tabel"):
    """Keep ``(day, price)`` of one series, read from one answer."""
    series, answer = series_ids(session, [key])[key], fetch(session, content)
    return store_prices(session, [(series, day, Decimal(price), answer) for day, price in prices])


def stored(session, *regions):
    return {
        (series.key.item, day): price
        for series in read_prices(session, regions or [REGION], *YEAR)
        for day, price in zip(series.days, series.prices, strict=True)
    }


def test_a_price_is_stored_once_however_often_it_is_read(session):
    assert store(session, (MONDAY, "12506")) == Stored(new=1, changed=0, unchanged=0)
    assert store(session, (MONDAY, "12506")) == Stored(new=0, changed=0, unchanged=1)
    assert stored(session) == {("2", MONDAY): Decimal(12506)}


@pytest.mark.parametrize("again", ["12506.50", "12506.5000", "1.25065E+4"])
def test_the_same_price_written_otherwise_is_no_change(session, again):
    store(session, (MONDAY, "12506.5"))
    assert store(session, (MONDAY, again)).unchanged == 1


def test_a_changed_price_becomes_the_next_reading_and_the_first_one_stays(session):
    store(session, (MONDAY, "12506"), content=b"pagi")
    assert store(session, (MONDAY, "12600"), content=b"sore") == Stored(new=0, changed=1, unchanged=0)
    assert stored(session) == {("2", MONDAY): Decimal(12600)}
    series = series_ids(session, [RICE])[RICE]
    readings = read_readings(session, series, MONDAY)
    assert [(r.reading, r.price) for r in readings] == [(0, Decimal(12506)), (1, Decimal(12600))]
    assert readings[0].snapshot != readings[1].snapshot
    assert readings[0].fetched_at == AT


def test_a_price_that_goes_back_to_its_first_value_is_a_third_reading(session):
    for price in ("12506", "12600", "12506"):
        store(session, (MONDAY, price))
    series = series_ids(session, [RICE])[RICE]
    assert [r.price for r in read_readings(session, series, MONDAY)] == [12506, 12600, 12506]
    assert stored(session) == {("2", MONDAY): Decimal(12506)}


def test_new_changed_and_known_prices_of_one_call_are_told_apart(session):
    days = [MONDAY + timedelta(days=n) for n in range(3)]
    store(session, (days[0], "100"), (days[1], "200"))
    again = store(session, (days[2], "300"), (days[1], "250"), (days[0], "100"))
    assert again == Stored(new=1, changed=1, unchanged=1)


def test_a_day_of_one_call_may_stand_anywhere_in_it(session):
    store(session, (TUESDAY, "200"), (MONDAY, "100"))
    [series] = read_prices(session, [REGION], *YEAR)
    assert series.days == (MONDAY, TUESDAY)
    assert series.prices == (Decimal(100), Decimal(200))


def test_nothing_to_store_stores_nothing(session):
    assert store_prices(session, []) == Stored(0, 0, 0)


def test_two_prices_of_one_day_in_one_call_are_refused(session):
    with pytest.raises(StorageError, match=r"Harga tanggal 3 Juli 2023 datang dua kali .* 100 dan 200"):
        store(session, (MONDAY, "100"), (MONDAY, "200"))


@pytest.mark.parametrize("price", ["0", "-5", "NaN", "Infinity"])
def test_what_is_no_price_is_refused(session, price):
    with pytest.raises(StorageError, match="bukan harga"):
        store(session, (MONDAY, price))


def test_a_price_without_its_answer_is_refused_by_the_database(engine):
    with pytest.raises(StorageError, match="bertentangan dengan isinya"), open_session(engine) as session:
        series = series_ids(session, [RICE])[RICE]
        store_prices(session, [(series, MONDAY, Decimal(100), 999)])


def test_a_series_is_made_once_and_found_again(session):
    first = series_ids(session, [RICE, SUGAR])
    assert len(set(first.values())) == 2
    assert series_ids(session, [SUGAR, RICE]) == first


def test_a_market_that_is_renamed_keeps_its_series(session):
    renamed = SeriesKey(*REGION, "7", "Ps. Contoh Kota", "2", "Beras Premium", "kg")
    assert series_ids(session, [RICE])[RICE] == series_ids(session, [renamed])[renamed]


def test_an_invented_price_is_never_in_the_series_of_a_real_one(session):
    invented = SeriesKey(*REGION, "7", "Pasar Contoh Kota", "2", "Beras Premium", "kg", illustrative=True)
    ids = series_ids(session, [RICE, invented])
    assert ids[RICE] != ids[invented]


def test_only_the_days_and_regions_asked_for_are_read(session):
    elsewhere = SeriesKey("lembar", "kantor", "Pasar Kota", "Pasar Kota", "", "Beras Premium", "kg")
    store(session, (date(2022, 12, 31), "90"), (date(2023, 1, 1), "100"), (date(2024, 1, 1), "110"))
    store(session, (MONDAY, "500"), key=elsewhere)
    assert stored(session) == {("2", date(2023, 1, 1)): Decimal(100)}
    assert stored(session, ("lembar", "kantor")) == {("", MONDAY): Decimal(500)}
    assert stored(session, ("lembar", "lain")) == {}


def test_a_day_that_was_read_is_noted_and_noted_anew(session):
    def note(observed, at):
        record_day(
            session,
            source=REGION[0],
            region=REGION[1],
            market="7",
            day=MONDAY,
            fetch_id=fetch(session),
            read_at=at,
            rows=87,
            observed=observed,
            unread=[{"place": "baris 12", "text": "12.50x"}],
        )

    note(31, AT)
    note(62, AT + timedelta(days=1))
    assert days_read(session, *REGION, "7") == {MONDAY: (62, AT + timedelta(days=1))}
    assert days_read(session, *REGION, "8") == {}


FEW_DAYS = st.sampled_from([MONDAY + timedelta(days=n) for n in range(4)])
PRICES = st.decimals(min_value="0.01", max_value="250000", places=2)
CALLS = st.lists(st.dictionaries(FEW_DAYS, PRICES, max_size=4), max_size=5)


@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(calls=CALLS)
def test_what_is_read_is_what_was_stored_last(engine, calls):
    with open_session(engine) as session:
        expected, history = {}, {}
        for prices in calls:
            known = sum(expected.get(day) == price for day, price in prices.items())
            result = store(session, *prices.items())
            assert result.unchanged == known
            for day, price in prices.items():
                if expected.get(day) != price:
                    history.setdefault(day, []).append(price)
            expected |= prices
        assert stored(session) == {("2", day): price for day, price in expected.items()}
        series = series_ids(session, [RICE])[RICE]
        assert {day: [r.price for r in read_readings(session, series, day)] for day in expected} == history
        session.rollback()
