"""The flow that takes in budget exports, on a real Prefect server."""

from __future__ import annotations

import os
from typing import Any

import pytest

from standins.budget.faulty import FAULTY
from standins.budget.months import monthly_files
from tests.flows.given.story import PrefectServer, Story

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]


@pytest.fixture
def absorb(prefect_server: PrefectServer) -> Any:
    import importlib

    from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

    updates = {PREFECT_API_URL: prefect_server.api, PREFECT_HOME: prefect_server.home}
    with temporary_settings(updates=updates):
        yield importlib.import_module("flows.budget").serap_anggaran


def drop(story: Story, name: str, content: bytes) -> None:
    folder = story.folder / "kerja" / "masuk" / "anggaran"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    os.utime(folder / name, (1, 1))


def test_exports_are_taken_and_shown_and_one_that_is_broken_fails_nothing(absorb: Any, story: Story) -> None:
    from tests.flows.test_flows import artifacts

    state = absorb(return_state=True)
    assert state.message == "Tidak ada berkas anggaran yang menunggu dibaca."
    drop(story, "realisasi-2023-12.xlsx", monthly_files()["realisasi-2023-12.xlsx"])
    drop(story, "program-hilang.xlsx", FAULTY["program-hilang.xlsx"].content())
    state = absorb(return_state=True)
    assert state.is_completed(), state.message
    assert state.message == (
        "Anggaran diambil dari berkas realisasi-2023-12.xlsx. Berkas yang tidak dapat dipakai: "
        "program-hilang.xlsx. Angka itu masuk ke terbitan pertama."
    )
    assert '"JUMLAH"' in artifacts("anggaran-program")[0].data
    assert "27.077.526.494" in artifacts("anggaran-program")[0].data
    assert "tidak ditemukan" in artifacts("berkas-anggaran")[0].data
