"""What is read of a day's table: the real rows, every way to write a price, and tables gone wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from connectors.prices.siskaperbapo import table as siskaperbapo_table
from connectors.prices.siskaperbapo.rows import PriceRow, read_price
from connectors.prices.siskaperbapo.scan import scan
from connectors.prices.siskaperbapo.table import read_table, read_tree
from core.errors import SourceError
from standins.prices.siskaperbapo.figures import MARKETS, prices_of
from standins.prices.siskaperbapo.pages import HEADINGS, day_page
from standins.prices.siskaperbapo.table_faults import TABLE_FAULTS
from tests.connectors.given.siskaperbapo_judge import judge_table

DAY = date(2023, 7, 28)
HEAD = f"<tr>{''.join(f'<th>{text}</th>' for text in HEADINGS)}</tr>"


def page(region: str = "", day: date = DAY) -> bytes:
    market = MARKETS[region][0] if region else None
    before = prices_of(region, market, date.fromordinal(day.toordinal() - 1), late=False)
    now = prices_of(region, market, day, late=False)
    return day_page(region, market.name if market else "", day, before, now).render()


def table(*rows: str, around: str = "{}") -> bytes:
    return around.format(f"<table>{HEAD}{''.join(rows)}</table>").encode()


def row(name: str = "Beras Premium", unit: str = "kg", price: str = "12.506", item: str = "2") -> str:
    named = f"- <span data-commodity-id='{item}'>{name}</span>" if item else f"- {name}"
    return (
        f"<tr><td></td><td>{named}</td><td>{unit}</td><td>12.508</td><td>{price}</td><td></td><td></td></tr>"
    )


def only_row(content: bytes) -> PriceRow:
    (found,) = read_table(content).rows
    return found


@pytest.mark.parametrize(
    ("name", "unit", "before", "price"),
    [
        ("Beras Premium", "kg", 12508, 12506),
        ("Gula Kristal Putih", "kg", 13347, 13347),
        ("Minyak Goreng Curah", "kg", 15031, 15035),
        ("Minyak Goreng Kemasan Premium", "1 liter", 19767, 19767),
        ("Daging Sapi Paha Belakang", "kg", 116461, 116461),
        ("Daging Ayam Kampung", "ekor", 66105, 66012),
    ],
)
def test_the_real_rows_of_the_province_on_28_july_2023(name: str, unit: str, before: int, price: int) -> None:
    """SOURCES.md, section 2; the other rows of the page are illustrative."""
    (found,) = [row for row in read_table(page()).rows if row.name == name]
    assert (found.unit, found.before, found.price) == (unit, Decimal(before), Decimal(price))


def test_a_whole_day_has_67_commodities_under_their_groups() -> None:
    rows = read_table(page()).rows
    assert len(rows) == 67
    assert {row.name: (row.group, row.item) for row in rows}["Beras Medium"] == ("BERAS", "4")
    assert {row.name: row.group for row in rows}["Susu Bubuk Merk Bendera (Instant)"] == "SUSU"


def test_a_numbered_commodity_stands_for_itself() -> None:
    """``14 | - Ikan Asin Teri | kg`` follows the group BAWANG and is not part of it."""
    groups = {row.name: row.group for row in read_table(page()).rows}
    assert groups["Bawang Putih Sinco/Honan"] == "BAWANG"
    assert groups["Ikan Asin Teri"] == groups["KACANG HIJAU"] == ""


def test_headings_and_sub_headings_are_no_commodities() -> None:
    names = {row.name for row in read_table(page()).rows}
    assert not names & {"BERAS", "SUSU", "Kental Manis", "Susu Bubuk"}


def test_a_name_stays_as_the_site_writes_it() -> None:
    assert {"Bata", "Halus", "KOL/KUBIS"} <= {row.name for row in read_table(page()).rows}


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("12.508", "12508"), ("116.461", "116461"), ("1.250.000", "1250000"), ("950", "950"),
        ("12508", "12508"), ("12.506,50", "12506.50"), ("12,51", "12.51"), ("1.234,567", "1234.567"),
    ],
)  # fmt: skip
def test_a_price_is_read_as_indonesians_write_it(text: str, price: str) -> None:
    assert read_price(text) == Decimal(price)


@pytest.mark.parametrize("text", ["", "-", "--", "–", "0", "00", "0,00"])
def test_a_dash_a_zero_or_nothing_is_no_observation(text: str) -> None:
    assert read_price(text) is None


@pytest.mark.parametrize(
    "text",
    ["12,508", "12.50x", "12.50", "12.5", "1.2508", "12.508.5", "012.508", "0.508", "-12.508", "Rp 12.508",
     "12 508", "12.508,", ",50", "1e5", "١٢", "12.508-13.000", "n/a", "9" * 40],
)  # fmt: skip
def test_what_is_no_price_or_could_be_two_is_never_guessed(text: str) -> None:
    with pytest.raises(ValueError, match="harga"):
        read_price(text)


def test_an_unreadable_price_is_kept_aside_with_its_place_and_name() -> None:
    found = read_table(table(row(), row(name="Beras Medium", item="4", price="12.50x")))
    assert [row.item for row in found.rows] == ["2"]
    (unread,) = found.unread
    assert (unread.place, unread.text) == ("baris 2", "12.50x")
    assert unread.message == (
        "Beras Medium: harga '12.50x' bukan angka; yang diharapkan seperti 12.508 atau 12.506,50."
    )


def test_an_unreadable_price_of_the_day_before_harms_nobody() -> None:
    content = table(row()).replace(b"12.508", b"12.50x")
    assert (only_row(content).price, only_row(content).before) == (Decimal(12506), None)


@pytest.mark.parametrize(
    "name", ["Beras&nbsp;Premium", "Beras &amp;nbsp; Premium", "&amp;#66;eras Premium", " - Beras\n Premium "]
)
def test_escapes_of_any_depth_and_stray_spaces_are_cleaned(name: str) -> None:
    assert only_row(table(row(name=name))).name == "Beras Premium"


def test_a_commodity_without_an_id_has_its_name_from_the_cell() -> None:
    found = only_row(table(row(item="")))
    assert (found.item, found.name) == ("", "Beras Premium")


def test_columns_are_found_by_their_headings_wherever_they_stand() -> None:
    content = (
        b"<table><tr><th>Harga Sekarang (Rp)</th><th>HET</th><th>SATUAN</th><th>Nama Bahan Pokok</th></tr>"
        b"<tr><td>12.506</td><td>9.999</td><td>kg</td><td>- Beras Premium</td></tr></table>"
    )
    found = only_row(content)
    assert (found.name, found.unit, found.price, found.before) == (
        "Beras Premium", "kg", Decimal(12506), None
    )  # fmt: skip


def test_cells_over_several_columns_count_as_many() -> None:
    group = "<tr><td>1</td><td colspan='6'>BERAS</td></tr>"
    found = only_row(table(group, row()))
    assert (found.group, found.price, found.place) == ("BERAS", Decimal(12506), "baris 2")


def test_a_table_within_a_layout_table_is_found() -> None:
    around = "<table><tr><td>Menu</td><td>{}</td></tr></table>"
    assert only_row(table(row(), around=around)).price == Decimal(12506)


def test_another_table_behind_is_not_read() -> None:
    around = "{}<table><tr><td>1</td><td>Keterangan</td><td>x</td><td>y</td><td>z</td></tr></table>"
    found = read_table(table(row(), around=around))
    assert (len(found.rows), found.unread) == (1, ())


def test_a_row_that_ends_too_early_is_kept_aside() -> None:
    (unread,) = read_table(table(row(), "<tr><td></td><td>- Gula</td><td>kg</td></tr>")).unread
    assert (unread.place, unread.text) == ("baris 2", "- Gula | kg")


def test_a_price_without_unit_and_id_is_kept_aside() -> None:
    (unread,) = read_table(table(row(), row(unit="", item="", price="13.000"))).unread
    assert "satuannya tidak disebut" in unread.message


def test_a_commodity_without_a_name_is_kept_aside() -> None:
    (unread,) = read_table(table(row(), row(name="-", item="9"))).unread
    assert "tidak menyebut nama" in unread.message


def test_the_same_row_twice_counts_once_and_is_said() -> None:
    found = read_table(table(row(), row()))
    assert [row.place for row in found.rows] == ["baris 1"]
    assert "sama dengan baris 1" in found.unread[0].message


def test_two_prices_of_one_commodity_are_both_kept_aside() -> None:
    found = read_table(table(row(), row(price="15.000"), row(name="Gula", item="7")))
    assert [row.name for row in found.rows] == ["Gula"]
    assert [(unread.place, unread.text) for unread in found.unread] == [
        ("baris 1", "12506"), ("baris 2", "15000"),
    ]  # fmt: skip


def test_one_commodity_in_two_units_is_two_series() -> None:
    assert len(read_table(table(row(), row(unit="liter"))).rows) == 2


@pytest.mark.parametrize(
    ("around", "marked"),
    [
        ("<p>Ilustrasi: dikarang.</p>{}", True),
        ("{}<p><b>ILUSTRASI</b> saja</p>", True),
        ("<p>Harga hari ini</p>{}", False),
        ("<div>Ilustrasi</div>{}", False),
        ("<!-- <p>Ilustrasi</p> -->{}", False),
    ],
)
def test_a_paragraph_outside_the_table_says_that_prices_are_invented(around: str, marked: bool) -> None:
    assert read_table(table(row(), around=around)).illustrative is marked


def test_a_paragraph_inside_the_table_says_nothing() -> None:
    found = read_table(table(row(), "<tr><td></td><td><p>Ilustrasi</p></td></tr>"))
    assert not found.illustrative


@pytest.mark.parametrize(
    "content",
    [b"", b" \n", b"\0", b"<html><body>Segera kembali</body></html>", b"<table></table>", b"{}", b"12.508"],
)
def test_without_a_table_of_prices_it_is_said_so(content: bytes) -> None:
    with pytest.raises(SourceError, match="tidak memuat tabel harga") as caught:
        read_table(content)
    assert caught.value.retryable


def test_a_table_that_is_cut_off_is_refused_whole() -> None:
    """Its last rows would be missing, and nobody would miss them."""
    content = page()
    for end in range(content.index(b"Nama Bahan"), len(content) - 12, 997):
        with pytest.raises(SourceError, match="terpotong di tengah tabel") as caught:
            read_table(content[:end])
        assert caught.value.retryable


@pytest.mark.parametrize("name", ["wrong_columns", "two_price_columns"])
def test_other_columns_are_refused_and_named(name: str) -> None:
    before = prices_of("", None, DAY, late=False)
    content = TABLE_FAULTS[name](day_page("", "", DAY, before, before)).render()
    with pytest.raises(
        SourceError, match=r"Kolom tabel Siskaperbapo tidak dikenal: No, Nama Bahan Pokok"
    ) as c:
        read_table(content)
    assert not c.value.retryable


def test_an_endless_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(siskaperbapo_table, "MAX_BYTES", 1000)
    with pytest.raises(SourceError, match="terlalu besar"):
        read_table(page())


@pytest.mark.parametrize(
    ("around", "regular"),
    [
        ("<h3 class='x'>Harga</h3>{}<script>var a = 1 && 2;</script>", True),
        ("<div>{}</div>", True),
        ("<!-- x -->{}", False),
        ("<textarea>{}</textarea>", False),
        ("<script>if (1 < 2) {{ }}</script>{}", False),
        ("<html><body>{}</body></html>", False),
    ],
)
def test_what_stands_around_a_table_is_read_alike(around: str, regular: bool) -> None:
    content = table(row(), around=around)
    assert (scan(content.decode()) is not None) is regular
    found = []
    for read in (read_table, lambda c: read_tree(c.decode()), judge_table):
        try:
            found.append(read(content))
        except SourceError as error:
            found.append(error.message)
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("place", ["<td>01</td>", "<td>BERAS</td>", "<td class='x'></td>", "<tr>"])
def test_an_id_where_none_is_expected_is_left_to_the_tree(place: str) -> None:
    group = "<tr><td>01</td><td>BERAS</td><td class='x'></td>" + "<td></td>" * 4 + "</tr>"
    marked = group.replace(place, place.replace(">", ' data-commodity-id="9">', 1))
    content = table(marked, row())
    assert scan(content.decode()) is None
    assert read_table(content) == read_tree(content.decode()) == judge_table(content)


@pytest.mark.parametrize("region", ["", "sumenepkab"])
@pytest.mark.parametrize("day", [DAY, date(2021, 1, 1), date(2023, 4, 23)])
def test_patterns_the_tree_and_the_judge_read_whole_days_alike(region: str, day: date) -> None:
    content = page(region, day)
    assert scan(content.decode()) is not None
    assert read_table(content) == read_tree(content.decode()) == judge_table(content)
