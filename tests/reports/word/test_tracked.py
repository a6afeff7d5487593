"""Tracked changes: whatever the runs are, accepted the text is the new one, rejected it is the old one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reports.word.lines import OBJECT, Story
from reports.word.tracked import Edit, Reviser
from tests.reports.given.word_layouts import W, element, settle

MOMENT = datetime(2024, 4, 4, 2, 0, tzinfo=UTC)
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
texts = st.text("ab ,é%†", min_size=1, max_size=5)
manners = st.sampled_from(("", "b", "i"))
single = st.sampled_from(("tab", "br", "noBreakHyphen", "footnoteReference"))
runs = st.lists(st.tuples(manners, st.lists(texts | single, min_size=1, max_size=4)), min_size=1, max_size=6)


def run_of(manner: str, pieces: list[str]) -> etree._Element:
    made = element("r", *([element("rPr", element(manner))] if manner else []))
    for piece in pieces:
        if piece in ("tab", "br", "noBreakHyphen", "footnoteReference"):
            made.append(element(piece))
        else:
            text = element("t", text=piece)
            text.set(SPACE, "preserve")
            made.append(text)
    return made


def paragraph_of(made: list[tuple[str, list[str]]]) -> etree._Element:
    """Runs; the second stands in a hyperlink, the third in a content control, a bookmark before the last."""
    paragraph = element("p", element("pPr"))
    for number, (manner, pieces) in enumerate(made):
        run = run_of(manner, pieces)
        if number == 1:
            paragraph.append(element("hyperlink", run))
        elif number == 2:
            paragraph.append(element("sdt", element("sdtPr"), element("sdtContent", run)))
        else:
            paragraph.append(run)
    paragraph.insert(len(paragraph) - 1, element("bookmarkStart", id=1, name="x"))
    return paragraph


def signs(paragraph: etree._Element) -> list[tuple[str, str]]:
    """Each letter with the manner of its run."""
    story = Story(element("body", paragraph))
    found = []
    for piece in story.line(paragraph).pieces:
        manner = piece.element.getparent().find(f"{W}rPr")
        named = str(manner[0].tag) if manner is not None and len(manner) else ""
        found += [(sign, named) for sign in piece.text]
    return found


def settled(paragraph: etree._Element, *, accepted: bool) -> list[tuple[str, str]]:
    copy = etree.fromstring(etree.tostring(paragraph))
    settle(copy, accepted=accepted)
    return signs(copy)


@given(runs, st.data())
def test_only_what_is_replaced_changes_whatever_the_runs_are(
    made: list[tuple[str, list[str]]], data: st.DataObject
) -> None:
    paragraph = paragraph_of(made)
    line = Story(element("body", paragraph)).line(paragraph)
    before = signs(paragraph)
    places = sorted(
        data.draw(
            st.lists(st.integers(0, len(before)), min_size=2, max_size=4).filter(lambda p: len(p) % 2 == 0)
        )
    )
    edits, expected, behind = [], [], 0
    for start, end in zip(places[::2], places[1::2], strict=True):
        text = data.draw(st.text("XY\t\n", min_size=1, max_size=4))
        gone = [sign for sign, _ in before[start:end]]
        if gone and all(sign == OBJECT for sign in gone):
            return
        edits.append(Edit(((start, end),), text))
        kept = [OBJECT] * gone.count(OBJECT)
        expected += [sign for sign, _ in before[behind:start]] + [text, *kept]
        behind = end
    expected += [sign for sign, _ in before[behind:]]
    Reviser("LKjIP", MOMENT).revise(line, edits)
    assert settled(paragraph, accepted=False) == before
    after = [sign for sign, _ in settled(paragraph, accepted=True)]
    assert sorted(after) == sorted("".join(expected))
    assert [s for s in after if s not in "XY\t\n" + OBJECT] == [
        s for s in "".join(expected) if s not in "XY\t\n" + OBJECT
    ]
    assert paragraph.find(f".//{W}bookmarkStart") is not None


def one_line(*children: etree._Element) -> tuple[etree._Element, Story]:
    paragraph = element("p", *children)
    return paragraph, Story(element("body", paragraph))


def test_the_new_text_looks_like_what_it_replaces() -> None:
    paragraph, story = one_line(run_of("", ["Realisasi "]), run_of("b", ["Menung"]), run_of("i", ["gu"]))
    Reviser("LKjIP", MOMENT, [7]).revise(story.line(paragraph), [Edit(((10, 18),), "6,20%")])
    inserted = paragraph.find(f"{W}ins")
    assert inserted is not None
    assert [child.tag.removeprefix(W) for child in inserted.iter()] == ["ins", "r", "rPr", "b", "t"]
    assert "".join(inserted.itertext()) == "6,20%"
    assert inserted.attrib == {
        f"{W}id": "9", f"{W}author": "LKjIP", f"{W}date": "2024-04-04T02:00:00Z",
    }  # fmt: skip
    assert [child.tag.removeprefix(W) for child in paragraph] == ["r", "del", "ins"]


def field(code: str, shown: str) -> list[etree._Element]:
    return [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", element("instrText", text=code)),
        element("r", element("fldChar", fldCharType="separate")),
        run_of("", [shown]),
        element("r", element("fldChar", fldCharType="end")),
    ]


def test_the_result_of_a_field_is_not_touched_and_its_code_is_no_text() -> None:
    paragraph, story = one_line(run_of("", ["Tabel "]), *field(" REF _x ", "3.2"), run_of("", [" menunggu"]))
    line = story.line(paragraph)
    assert line.text == "Tabel 3.2 menunggu"
    with pytest.raises(ValueError, match="may not be changed"):
        Reviser("LKjIP", MOMENT).revise(line, [Edit(((0, 9),), "x")])
    Reviser("LKjIP", MOMENT).revise(story.line(paragraph), [Edit(((10, 18),), "terisi")])
    settle(paragraph, accepted=True)
    assert "".join(paragraph.itertext()) == "Tabel  REF _x 3.2 terisi"


def test_text_that_a_content_control_takes_from_data_is_fixed() -> None:
    control = element(
        "sdt", element("sdtPr", element("dataBinding")), element("sdtContent", run_of("", ["5,1%"]))
    )
    paragraph, story = one_line(control)
    assert story.line(paragraph).is_fixed(0, 1)


@pytest.mark.parametrize("change", ["ins", "del", "moveFrom"])
def test_a_paragraph_with_changes_of_others_is_not_touched(change: str) -> None:
    paragraph, story = one_line(element(change, run_of("", ["baru"])), run_of("", ["lama"]))
    line = story.line(paragraph)
    assert line.pending
    with pytest.raises(ValueError, match="may not be changed"):
        Reviser("LKjIP", MOMENT).revise(line, [Edit(((0, 1),), "x")])


def test_a_row_that_somebody_inserts_makes_its_paragraphs_wait() -> None:
    paragraph = element("p", run_of("", ["Menunggu"]))
    row = element("tr", element("trPr", element("ins", id=1)), element("tc", paragraph))
    assert Story(element("body", element("tbl", row))).line(paragraph).pending


def test_hidden_text_and_pictures_stay() -> None:
    hidden = element("r", element("rPr", element("vanish")), element("t", text="rahasia"))
    paragraph, story = one_line(run_of("", ["Men"]), hidden, run_of("", ["unggu"]))
    Reviser("LKjIP", MOMENT).revise(story.line(paragraph), [Edit(((0, 9),), "5%")])
    settle(paragraph, accepted=True)
    assert "".join(paragraph.itertext()) == "5%rahasia"
