"""Figures, moments and JSON come back exactly as they went in."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from core.errors import StorageError
from models.session import open_engine
from models.types import DecimalText, JsonText, UtcDateTime, canonical_decimal, canonical_json

FIGURES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)
MOMENTS = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from(
        [UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-9, minutes=-30))]
    ),
)
DIALECTS = pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "pg"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def round_trip(column, value, dialect):
    return column.process_result_value(column.process_bind_param(value, dialect), dialect)


@DIALECTS
@given(figure=FIGURES)
def test_figure_keeps_every_digit(dialect, figure):
    again = round_trip(DecimalText(), figure, dialect)
    assert (again, format(again, "f")) == (figure, format(figure, "f"))


@DIALECTS
@given(moment=MOMENTS)
def test_moment_comes_back_aware_and_the_same(dialect, moment):
    again = round_trip(UtcDateTime(), moment, dialect)
    assert (again, again.utcoffset()) == (moment, timedelta(0))


def test_figure_and_moment_survive_the_database(empty_url):
    table = Table("uji", MetaData(), Column("id", Integer, primary_key=True), Column("figure", DecimalText),
                  Column("moment", UtcDateTime), Column("data", JsonText))  # fmt: skip
    row = {
        "figure": Decimal("12649363995.10"),
        "moment": datetime(2024, 4, 4, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=7))),
        "data": {"nilai": Decimal("5.350"), "daftar": [1, None, True, "é"]},
    }
    engine = open_engine(empty_url)
    with engine.begin() as connection:
        table.metadata.create_all(connection)
        connection.execute(insert(table).values(row))
        [(figure, moment, data)] = connection.execute(
            select(table.c.figure, table.c.moment, table.c.data)
        ).all()
    engine.dispose()
    assert str(figure) == "12649363995.10"
    assert (moment, moment.tzinfo) == (row["moment"], UTC)
    assert data == {"nilai": "5.350", "daftar": [1, None, True, "é"]}


@pytest.mark.parametrize("wrong", [1.5, 3, "1,5", Decimal("NaN"), Decimal("Infinity")])
def test_what_is_not_an_exact_figure_is_refused(wrong):
    with pytest.raises(StorageError, match="bukan angka desimal yang tepat"):
        DecimalText().process_bind_param(wrong, sqlite.dialect())


def test_moment_without_zone_is_refused():
    naive = datetime(2024, 4, 4, 9)  # noqa: DTZ001
    with pytest.raises(StorageError, match="tidak menyebut zona waktunya"):
        UtcDateTime().process_bind_param(naive, sqlite.dialect())


def test_float_is_refused_in_json_wherever_it_stands():
    with pytest.raises(StorageError, match="float"):
        canonical_json({"a": [1, {"b": 0.1}]})


@given(JSON)
def test_json_without_figures_comes_back_equal(value):
    assert json.loads(canonical_json(value)) == value


@given(st.dictionaries(st.text(), st.integers(), min_size=2))
def test_json_does_not_depend_on_the_order_of_keys(value):
    assert canonical_json(dict(reversed(value.items()))) == canonical_json(value)


@given(FIGURES, FIGURES)
def test_numbers_have_one_canonical_form_exactly_when_they_are_equal(one, other):
    assert (canonical_decimal(one) == canonical_decimal(other)) == (one == other)


@pytest.mark.parametrize("text", ["1.5", "1.50", "1.500", "15E-1"])
def test_trailing_zeros_make_no_other_number(text):
    assert canonical_decimal(Decimal(text)) == "1.5"


@pytest.mark.parametrize(
    ("column", "text"),
    [(UtcDateTime, "bukan waktu"), (UtcDateTime, "2024-13-01 00:00:00.000000"), (JsonText, '{"a": ')],
)
def test_what_is_no_value_of_its_column_is_told_as_damage(column, text):
    engine = open_engine("sqlite://")
    table = Table("coba", MetaData(), Column("isi", column))
    with engine.begin() as connection:
        table.create(connection)
        connection.exec_driver_sql("INSERT INTO coba VALUES (?)", (text,))
        with pytest.raises(StorageError, match="pulihkan basis data dari cadangan"):
            connection.execute(select(table)).all()
    engine.dispose()
