"""Patterns, the tree and BeautifulSoup agree on made-up tables, and on tables broken at will."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from connectors.prices.siskaperbapo.rows import PriceTable, read_price
from connectors.prices.siskaperbapo.scan import scan
from connectors.prices.siskaperbapo.table import is_cut_off, read_table, read_tree
from core.errors import SourceError
from core.numbers import format_number
from standins.prices.siskaperbapo.figures import MARKETS, prices_of
from standins.prices.siskaperbapo.pages import FIELDS, HEADINGS, Page, Row, day_page
from tests.connectors.given.siskaperbapo_judge import judge_table
from tests.given.examples import examples

DAY = date(2023, 7, 28)
WHOLE = day_page(
    "sumenepkab", "Pasar Contoh Kota", DAY,
    prices_of("sumenepkab", MARKETS["sumenepkab"][0], date(2023, 7, 27), late=False),
    prices_of("sumenepkab", MARKETS["sumenepkab"][0], DAY, late=False),
)  # fmt: skip
SHORT = Page(WHOLE.title, WHOLE.market, WHOLE.rows[:9]).render().decode()
PIECES = (
    "<td>", "</td>", "<tr>", "</tr>", "<table>", "</table>", "<th>", "</th>", "<tbody>", "</tbody>",
    "<span>", "</span>", "<span data-commodity-id='7'>", "<i class='x'>", "</i>", "<p>Ilustrasi", "</p>",
    "<!--", "-->", "<br>", "<div>", "</div>", " colspan='2'", " colspan=3", " rowspan='2'",
    ' data-commodity-id="9"', "&amp;", "&nbsp;", "&lt;td&gt;", "&", "&#x41;", "<", ">", "'", '"', "=", " ",
    "\n", "\f", "0", "-", ".", ",", "12.508", "Satuan", "Harga Sekarang", "<script>", "</script>",
    "<textarea>", "<?xml?>", "<![CDATA[", "<TD>", "</TD >", "é", "\u00a0", "\u2028", "\x01", "\U0001f33e",
)  # fmt: skip
WORDS = st.text("Aa &;<>\"'/-.,0129\n\u00a0é", max_size=12)
ESCAPED = WORDS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def outcome(read: Callable[[], PriceTable]) -> PriceTable | str:
    try:
        return read()
    except SourceError as error:
        return error.message


def agree(text: str) -> None:
    content = text.encode()
    found = outcome(lambda: read_table(content))
    assert found == outcome(lambda: judge_table(content))
    if not is_cut_off(content):
        assert found == outcome(lambda: read_tree(text))


@st.composite
def rows(draw: st.DrawFn) -> Row:
    price = st.one_of(
        st.integers(0, 2_000_000).map(format_number),
        st.sampled_from(["-", "0", "", "12,508", "12.506,50"]),
        ESCAPED,
    )
    return Row(
        number=draw(st.sampled_from(["", "1", "02"])),
        item=draw(st.sampled_from(["", "2", "7", "50", "a-b"])),
        name=draw(ESCAPED),
        unit=draw(st.sampled_from(["", "kg", "1 liter", "370 gr/kl", "&amp;nbsp;kg"])),
        before=draw(price),
        now=draw(price),
        percent=draw(st.sampled_from(["", "-0,02%", "0,00%"])),
    )


@st.composite
def pages(draw: st.DrawFn) -> str:
    order = draw(st.permutations(range(len(FIELDS))))
    made = Page(
        draw(ESCAPED),
        draw(ESCAPED),
        tuple(draw(st.lists(rows(), max_size=5))),
        tuple(HEADINGS[i] for i in order),
        tuple(FIELDS[i] for i in order),
    )
    return made.render().decode()


@st.composite
def broken(draw: st.DrawFn) -> str:
    """A page in which pieces were put in, taken out or replaced."""
    text = SHORT
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 2, 5, 40])))
        text = text[:start] + draw(st.sampled_from(PIECES)) + text[end:]
    return text


@given(pages())
@examples(100)
def test_made_up_tables_are_read_alike(text: str) -> None:
    agree(text)


@given(pages())
@examples(50)
def test_made_up_tables_are_regular_enough_for_the_patterns(text: str) -> None:
    """Otherwise the test above would compare the tree with itself."""
    if "&lt;" not in text and "&gt;" not in text:
        assert scan(text) is not None


@given(broken())
@example(SHORT.replace("<td", "<td\u00a0", 3))
@example(SHORT.replace("</td>", "</td>\u00a0", 3))
@example(SHORT.replace("</tr>", "</tr>\u2028", 2))
@examples(250)
def test_broken_tables_are_read_alike(text: str) -> None:
    agree(text)


@given(st.text("<>/tdrhable ='\"&;!-0.", max_size=200))
@examples(100)
def test_any_text_is_read_or_refused_alike(text: str) -> None:
    agree(text)


@given(st.binary(max_size=300))
@examples(100)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    outcome(lambda: read_table(content))


@given(st.decimals(min_value=1, max_value=99_999_999, places=2))
def test_every_price_comes_back_as_it_was_written(price: Decimal) -> None:
    text = format_number(price, 2, trim=True)
    if price < 1000 and len(text.partition(",")[2]) == 3:
        return
    assert read_price(text) == price


@given(st.text("0123456789.,-x ", max_size=12))
def test_a_price_is_a_positive_number_nothing_or_refused(text: str) -> None:
    try:
        price = read_price(text)
    except ValueError:
        return
    assert price is None or price > 0
    digits = [sign for sign in text if sign.isdigit()]
    if price is not None:
        assert [sign for sign in str(price) if sign.isdigit()] == digits


@pytest.mark.parametrize("piece", PIECES)
def test_each_single_piece_is_read_alike_in_a_cell_and_between_rows(piece: str) -> None:
    for place in ("Beras Premium", "kg</td>", "</tr>\n\t\t<tr>", 'class="right sekarang">', "<h3"):
        agree(SHORT.replace(place, place + piece, 1))
        agree(SHORT.replace(place, piece + place, 1))
