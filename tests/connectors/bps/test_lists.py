"""A list is given whole or not at all, however BPS pages it."""

from __future__ import annotations

import dataclasses
import logging
import random
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.bps.lists import MovedError, Page, Row, collect
from core.errors import SourceError


def rows(count: int) -> list[Row]:
    return [{"var_id": number, "title": f"Tabel {number} (ilustrasi)"} for number in range(1, count + 1)]


def paged(items: Sequence[Row], size: int = 10) -> list[Page | None]:
    count = -(-len(items) // size)
    return [
        Page(number, count, len(items), items[(number - 1) * size : number * size])
        for number in range(1, count + 1)
    ]


class Bps:
    """Answers with prepared pages and remembers which were asked for."""

    def __init__(self, pages: Sequence[Page | None]) -> None:
        self._pages = pages
        self.asked: list[int] = []

    def read(self, number: int) -> Page | None:
        self.asked.append(number)
        return self._pages[number - 1] if number <= len(self._pages) else None

    def read_many(self, numbers: range) -> Iterable[Page | None]:
        return map(self.read, numbers)

    def collect(self, model: str = "var") -> list[Row]:
        return collect(model, self.read, self.read_many)


def changed(page: Page | None, **changes: object) -> Page:
    assert page is not None
    return dataclasses.replace(page, **changes)


@pytest.mark.parametrize("count", [1, 9, 10, 11, 42, 5000])
def test_every_row_is_there_in_order(count: int) -> None:
    bps = Bps(paged(rows(count)))
    assert bps.collect() == rows(count)
    assert bps.asked == list(range(1, -(-count // 10) + 1))


def test_a_list_that_is_not_there_is_empty() -> None:
    assert Bps([None]).collect() == []


def test_a_list_of_no_rows_is_empty() -> None:
    assert Bps([Page(1, 0, 0, [])]).collect() == []


@pytest.mark.parametrize("pages", [None, 1, 2, 4, 7])
def test_how_many_pages_there_are_may_be_said_wrongly(pages: int | None) -> None:
    """There are five; the number of rows decides."""
    bps = Bps([changed(page, pages=pages) for page in paged(rows(42))])
    assert bps.collect() == rows(42)


def test_a_page_that_does_not_say_which_it_is_is_taken() -> None:
    assert Bps([changed(page, number=None) for page in paged(rows(42))]).collect() == rows(42)


def test_a_row_that_comes_twice_is_given_once_when_none_is_missing(caplog: pytest.LogCaptureFixture) -> None:
    """A row moved on to the next page between two requests, and nothing was lost by it."""
    caplog.set_level(logging.INFO)
    first, second, third = paged(rows(25))
    assert second is not None
    pages = [first, changed(second, rows=[rows(25)[9], *second.rows]), third]
    assert Bps(pages).collect() == rows(25)
    assert "memuat 1 baris dua kali" in caplog.text


def test_a_row_that_comes_twice_in_the_place_of_another_is_noticed() -> None:
    first, second, third = paged(rows(25))
    assert second is not None
    with pytest.raises(MovedError, match="memuat 24 baris yang berbeda, padahal menyebut 25"):
        Bps([first, changed(second, rows=[rows(25)[0], *second.rows[1:]]), third]).collect()


def test_a_row_that_comes_twice_and_differs_is_noticed() -> None:
    first, second, third = paged(rows(25))
    assert second is not None
    other = {**rows(25)[9], "title": "Judul yang baru"}
    with pytest.raises(MovedError, match="dua kali dengan isi yang berbeda"):
        Bps([first, changed(second, rows=[other, *second.rows]), third]).collect()


def test_a_total_that_changes_is_noticed() -> None:
    first, second, third = paged(rows(25))
    with pytest.raises(MovedError, match="jumlah barisnya berubah dari 25 menjadi 26"):
        Bps([first, changed(second, total=26), third]).collect()


def test_a_page_that_comes_in_the_place_of_another_is_noticed() -> None:
    first, _, third = paged(rows(25))
    with pytest.raises(MovedError, match="halaman 1 datang padahal yang diminta halaman 2"):
        Bps([first, first, third]).collect()
    with pytest.raises(MovedError, match="memuat 10 baris yang berbeda, padahal menyebut 25"):
        Bps([first, changed(first, number=2), third]).collect()


@pytest.mark.parametrize("missing", [1, 2, 3, 4])
def test_a_page_that_is_not_there_though_announced_is_noticed(missing: int) -> None:
    pages = paged(rows(42))
    pages[missing] = None
    with pytest.raises(MovedError, match="padahal menyebut 42"):
        Bps(pages).collect()


def test_an_empty_page_among_full_ones_is_noticed() -> None:
    pages = paged(rows(42))
    pages[2] = changed(pages[2], rows=[])
    with pytest.raises(MovedError, match="memuat 20 baris yang berbeda, padahal menyebut 42"):
        Bps(pages).collect()


def test_more_rows_than_the_list_says_are_noticed() -> None:
    with pytest.raises(MovedError, match="memuat 42 baris yang berbeda, padahal menyebut 41"):
        Bps([changed(page, total=41) for page in paged(rows(42))]).collect()


def test_rows_of_a_list_without_known_ids_are_told_apart_by_all_they_hold() -> None:
    items = [{"title": "sama", "year": year} for year in range(15)]
    assert Bps(paged(items)).collect("newscategory") == items
    with pytest.raises(MovedError, match="memuat 14 baris yang berbeda"):
        Bps(paged([*items[:14], items[0]])).collect("newscategory")


def test_rows_of_two_groups_may_share_a_number() -> None:
    items = [{"kode_ver_id": 1, "group_ver_id": group, "vervar": f"Baris {group}"} for group in (1, 2)]
    assert Bps(paged(items)).collect("vervar") == items


def test_a_list_of_more_pages_than_any_has_is_refused_not_cut() -> None:
    bps = Bps([Page(1, 2001, 20_005, rows(10))])
    with pytest.raises(SourceError, match=r"menyebut 2\.001 halaman, lebih dari 2\.000"):
        bps.collect()
    assert bps.asked == [1]


def test_a_list_that_never_ends_is_refused() -> None:
    """Each page brings a new row, the total is never reached."""

    def read(number: int) -> Page:
        return Page(number, None, 10**9, [{"var_id": number}])

    with pytest.raises(SourceError, match=r"lebih dari 2\.000"):
        collect("var", read, lambda numbers: map(read, numbers))


@given(st.integers(1, 60), st.integers(1, 9), st.randoms(use_true_random=False))
def test_whatever_happens_to_the_pages_no_row_is_lost_or_doubled(
    count: int, size: int, chance: random.Random
) -> None:
    pages = paged(rows(count), size)
    for _ in range(chance.randint(1, 3)):
        at, other = chance.randrange(len(pages)), chance.randrange(len(pages))
        page = pages[at]
        if page is None or pages[other] is None:
            continue
        shuffled = list(page.rows)
        chance.shuffle(shuffled)
        pages[at] = chance.choice(
            [
                None,
                pages[other],
                changed(page, rows=[]),
                changed(page, rows=shuffled),
                changed(page, rows=page.rows[1:]),
                changed(page, rows=[*page.rows, *changed(pages[other]).rows]),
                changed(page, pages=chance.choice([None, 0, 1, 99])),
                changed(page, number=None),
                changed(page, total=page.total + chance.choice([-1, 1])),
            ]
        )
    try:
        got = Bps(pages).collect()
    except MovedError:
        return
    ids = [row["var_id"] for row in got]
    assert len(ids) == len(set(ids))
    first = pages[0]
    assert len(ids) == (first.total if first else 0)
