"""Whatever is typed in Word is read back as text: never as Markdown, never as a statement."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.book.chapters import Chapter
from office.schema import Agency
from reports.book.drafts import draft_chapter
from reports.book.editable import without_marks
from reports.book.sections import fill_chapter
from reports.word.taken.figures import letters_of
from reports.word.taken.markdown import CannotWriteError, keeps_manner, to_markdown
from reports.word.taken.reading import Segment
from tests.given.examples import examples

EXPRESSIONS = {"isian:a": '{{ value("sakip") }}', "isian:b": "{{ year }}"}
_LETTERS = st.one_of(
    st.sampled_from(list("ab1. -*_{}[]()#|%\\`<>&;~!\n\u00a0+=:x")),
    st.characters(blacklist_categories=("Cs", "Cc", "Co")),
)
_TYPED = st.builds(Segment, st.text(_LETTERS, max_size=12), st.booleans(), st.booleans())
_FIGURE = st.builds(Segment, st.just("5,2"), st.booleans(), st.booleans(), st.sampled_from(list(EXPRESSIONS)))


@pytest.mark.hypothesis
@examples(20_000, 60)
@given(
    st.lists(st.one_of(_TYPED, _FIGURE), min_size=1, max_size=6), st.sampled_from(["", "- ", "1. ", "a. "])
)
def test_any_words_are_written_and_read_as_the_same(words: list[Segment], prefix: str) -> None:
    if letters_of(tuple(words)):
        to_markdown(tuple(words), EXPRESSIONS, prefix)  # proves it itself, or raises


@pytest.mark.hypothesis
@examples(5_000, 40)
@given(words=st.lists(_TYPED, min_size=1, max_size=5))
def test_any_words_are_printed_as_they_were_typed(agency: Agency, words: list[Segment]) -> None:
    if not letters_of(tuple(words)):
        return
    markdown = to_markdown(tuple(words), {})
    chapter = Chapter(name="bab", text=f"# BAB\n\n{markdown}\n", own=True, place="bab.md")
    html = without_marks(str(fill_chapter(draft_chapter(chapter, agency, set()), lambda _: None)))
    printed = unescape(re.sub(r"<[^>]+>", "", re.sub(r"<br\s*/?>", " ", html)))
    assert printed.split() == "".join(segment.text for segment in words).split()


@pytest.mark.parametrize(
    "said",
    [
        "{{ 7 * 7 }}", "{% for x in y %}", "{# catatan #}", "# bukan judul", "* bukan butir", "1. nomor",
        "| a | b |", "<b>tebal</b>", "&lt; dan &amp;", "[a](http://x)", "::: mendatar", "a. huruf", "***",
        "{-}", "\\", "`kode`", "~~~", "- ", "=====",
    ],
)  # fmt: skip
def test_signs_of_markdown_and_statements_stay_letters(said: str) -> None:
    made = to_markdown((Segment(said),), {})
    assert "{{" not in made
    assert "{%" not in made
    assert keeps_manner(made, (Segment(said),), {})


def test_bold_and_italic_are_kept() -> None:
    words = (Segment("Nilai "), Segment("sangat ", bold=True), Segment("baik", bold=True, italic=True))
    assert to_markdown(words, {}) in ("Nilai **sangat *baik***", "Nilai **sangat _baik_**")


def test_a_figure_becomes_the_expression_that_made_it() -> None:
    words = (Segment("Tahun "), Segment("2023", figure="isian:b"), Segment("."))
    assert to_markdown(words, EXPRESSIONS) == "Tahun {{ year }}."


def test_a_line_break_stays_one() -> None:
    assert to_markdown((Segment("satu\n# dua"),), {}) == "satu\\\n\\# dua"


@pytest.mark.parametrize("letter", ["\ue000", "\ue003", "\ue006"])
def test_letters_that_the_book_keeps_for_itself_are_refused(letter: str) -> None:
    with pytest.raises(CannotWriteError, match="tidak dapat dicetak"):
        to_markdown((Segment(f"a{letter}b"),), {})


def test_a_figure_that_nothing_shows_is_refused() -> None:
    with pytest.raises(CannotWriteError, match="tidak dikenal"):
        to_markdown((Segment("1", figure="isian:x"),), EXPRESSIONS)
