"""Whatever text comes: the matchers neither fail nor dawdle, and no dressing changes what a name means."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.bps import labels
from connectors.bps.labels.industries import CATEGORIES, SUBCATEGORIES, category_of
from tests.given.examples import examples

MATCHERS: list[Callable[[str], object]] = [
    labels.clean,
    labels.read_category,
    labels.measures_of,
    labels.base_years_of,
    labels.years_of,
    labels.is_without_migas,
    labels.is_percent,
    lambda text: labels.in_miliar(text, text),
    labels.read_statuses,
    labels.read_year,
    labels.read_illustrative,
]
ROWS = [*CATEGORIES.items(), *SUBCATEGORIES.items()]
NAMES = {name: code for code, names in ROWS for name in names}
PIECES = ["PDRB", "A.", "1a.", "[M,N]", "Industri", "Pengolahan", "/", "(", ")", " - ", "2010", "2010=100",
          "konstan", "Juta Rupiah", "sementara", "**", "&amp;", "<br>", "tanpa", "migas", "\u00ad", ";", "…",
          "１"]  # fmt: skip


@examples(500)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)))
def test_any_text_is_understood_or_not_but_never_an_error(text: str) -> None:
    for matcher in MATCHERS:
        matcher(text)
        matcher(labels.clean(text))


@pytest.mark.parametrize(
    "piece",
    ["1 ", "A-", "A. ", "/", "(", " - ", "2010-", "2010 , ", "<", "&amp;", "juta (", "  ", "x  ", "*", "1) ",
     "sementara 2023 ", "konstan ", "tahun dasar ", "constant prices ( ", "Pertanian/", "total jumlah ",
     "rp "],
)  # fmt: skip
def test_a_hostile_text_takes_no_time(piece: str) -> None:
    text = piece * 20_000
    for matcher in MATCHERS:
        start = time.process_time()
        matcher(text)
        assert time.process_time() - start < 1.0


@examples(500)
@given(
    st.sampled_from(sorted(NAMES)),
    st.sampled_from([str, str.upper, str.title]),
    st.sampled_from([" ", "  ", "\u00a0", "<br>", " <i>", "&nbsp;", "&amp;nbsp;", ", ", "; "]),
    st.sampled_from(["", " ", "*", " 1)", "**)", "\u00ad"]),
)
def test_a_name_means_the_same_in_any_dress(
    name: str, case: Callable[[str], str], space: str, end: str
) -> None:
    category = labels.read_category(labels.clean(space.join(case(name).split()) + end))
    assert category is not None
    assert (category.code, category.slip) == (NAMES[name], "")


@examples(500)
@given(st.sampled_from(sorted(NAMES)), st.integers(0, 200), st.characters(codec="ascii"))
def test_one_wrong_letter_never_makes_another_industry(name: str, place: int, letter: str) -> None:
    """It is forgiven, or the label becomes unknown; it is never taken for something else."""
    place %= len(name)
    category = labels.read_category(name[:place] + letter + name[place + 1 :])
    if category is not None and category.code and letter not in "/(|":
        assert category.code == NAMES[name]


@examples(300)
@given(st.sampled_from(sorted(NAMES)), st.sampled_from(sorted(NAMES)))
def test_a_label_that_names_two_categories_is_neither(one: str, other: str) -> None:
    category = labels.read_category(f"{one} / {other}")
    if category_of(NAMES[one]) != category_of(NAMES[other]) and category is not None:
        assert category.code == ""


@given(
    st.sampled_from(["adhb", "adhk", "growth", "share"]), st.integers(1983, 2009) | st.integers(2011, 2090)
)
def test_a_title_of_another_base_year_never_states_2010(measure: str, year: int) -> None:
    title = f"[Seri {year}] {labels.MEASURE_NAMES[measure]} {year} menurut lapangan usaha"
    assert 2010 not in labels.base_years_of(title)
    assert labels.measures_of(f"{title} dan pengeluaran") == ()
