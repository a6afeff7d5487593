"""The flow that takes in budget exports, on a real Prefect server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from standins.budget.faulty import FAULTY
from standins.budget.months import monthly_files
from tests.flows.given.story import Story, artifacts

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.xdist_group("prefect"),
    pytest.mark.usefixtures("unrendered"),
]


@pytest.fixture
def absorb(flow_of: Callable[[str, str], Any]) -> Any:
    return flow_of("flows.budget", "serap_anggaran")


def test_exports_are_taken_and_shown_and_one_that_is_broken_fails_nothing(absorb: Any, story: Story) -> None:
    state = absorb(return_state=True)
    assert state.message == "Tidak ada berkas anggaran yang menunggu dibaca."
    story.drop("anggaran", "realisasi-2023-12.xlsx", monthly_files()["realisasi-2023-12.xlsx"])
    story.drop("anggaran", "program-hilang.xlsx", FAULTY["program-hilang.xlsx"].content())
    state = absorb(return_state=True)
    assert state.is_completed(), state.message
    assert state.message == (
        "Anggaran diambil dari berkas realisasi-2023-12.xlsx. Berkas yang tidak dapat dipakai: "
        "program-hilang.xlsx. Angka itu masuk ke terbitan pertama."
    )
    assert '"JUMLAH"' in artifacts("anggaran-program")[0].data
    assert "27.077.526.494" in artifacts("anggaran-program")[0].data
    assert "tidak ditemukan" in artifacts("berkas-anggaran")[0].data
