"""The flow that takes in downloaded files, on a real Prefect server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.connectors.given import make_books as books
from tests.flows.given.story import RELEASE_DAY, Story, artifacts

pytestmark = [
    pytest.mark.slow,
    pytest.mark.prefect,
    pytest.mark.xdist_group("prefect"),
    pytest.mark.usefixtures("unrendered"),
]


@pytest.fixture
def absorb(flow_of: Callable[[str, str], Any]) -> Any:
    return flow_of("flows.bps", "serap_unduhan_bps")


def test_a_dropped_book_is_taken_and_the_report_is_looked_at_again(absorb: Any, story: Story) -> None:
    story.on(RELEASE_DAY)
    state = absorb(return_state=True)
    assert state.is_completed(), state.message
    assert state.message == "Tidak ada berkas BPS yang menunggu dibaca."

    caption = (books.CURRENT[0].replace("Enrekang", "Kabupaten Sumenep"), books.CURRENT[1])
    story.drop("bps", "buku.pdf", books.set_pdf(books.page(books.Table(caption, books.current()))))
    state = absorb(return_state=True)
    assert state.is_completed(), state.message
    assert state.message.startswith("Angka PDRB diambil dari berkas buku.pdf.")
    assert len(story.reports) == 1, "the first issue of the report was made and sent"


def test_a_file_that_cannot_be_used_is_told_and_does_not_fail_the_flow(absorb: Any, story: Story) -> None:
    story.drop("bps", "buku.pdf", b"<!doctype html>")
    state = absorb(return_state=True)
    assert state.is_completed(), state.message
    assert state.message == "Berkas yang tidak dapat dipakai: buku.pdf."


def test_a_reason_is_a_line_of_a_list_that_the_ui_wraps(absorb: Any, story: Story) -> None:
    story.drop("bps", "buku_2024.pdf", b"<!doctype html>")
    absorb(return_state=True)
    note = artifacts("berkas-unduhan-bps")[0].data
    assert "\n- buku\\_2024.pdf: tidak dapat dipakai; kini di karantina/bps/" in note
    assert "\n  - masalah: Berkas 'buku\\_2024.pdf' bukan PDF" in note
