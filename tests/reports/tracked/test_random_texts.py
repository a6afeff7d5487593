"""Tracked changes between any two Word files: accepted the new text, rejected the old one."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from lxml import etree

from reports.comparison.tracked import track_changes
from reports.render.word_elements import W
from tests.reports.given.random_word import bodies, word_file
from tests.reports.given.settled import said

MOMENT = datetime(2024, 4, 4, 2, 0, tzinfo=UTC)


@given(bodies, bodies)
def test_accepted_it_is_the_new_text_and_rejected_the_old_one(old: Any, new: Any) -> None:
    before, after = word_file(old), word_file(new)
    tracked = track_changes(before, after, MOMENT)
    assert said(tracked, accepted=True) == said(after)
    assert said(tracked, accepted=False) == said(before)


@given(bodies)
def test_the_same_text_has_no_change(content: Any) -> None:
    file = word_file(content)
    assert said(track_changes(file, file, MOMENT)) == said(file)


@given(bodies, bodies)
def test_every_change_has_a_number_of_its_own_the_author_and_the_day(old: Any, new: Any) -> None:
    tracked = track_changes(word_file(old), word_file(new), MOMENT)
    with zipfile.ZipFile(io.BytesIO(tracked)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    changes = list(root.iter(f"{W}ins", f"{W}del"))
    assert len({change.get(f"{W}id") for change in changes}) == len(changes)
    assert {(c.get(f"{W}author"), c.get(f"{W}date")) for c in changes} <= {("LKjIP", "2024-04-04T02:00:00Z")}
