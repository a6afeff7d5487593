"""What came in that a report may change by, told to Prefect's server as events."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from jobs.offices import office_name
from jobs.workspace import Workspace


class News(StrEnum):
    """Names of the events, as the server's list shows them."""

    RELEASE = "lkjip.rilis-bps.masuk"
    BUDGET = "lkjip.anggaran.masuk"
    PRICES = "lkjip.hari-harga.selesai"
    FIGURE = "lkjip.angka.dimasukkan"
    DATA = "lkjip.data-kantor.diubah"


def event_of(workspace: Workspace, news: News, said: str) -> Mapping[str, Any]:
    """The event as Prefect takes it: its name, the office and year that it is about, and what came.

    Args:
        workspace: Office and year.
        news: What kind of news.
        said: What came in, in the words that people read.
    """
    office, year = workspace.office_id, workspace.year
    return {
        "event": news.value,
        "resource": {
            "prefect.resource.id": f"lkjip.kantor.{office}.{year}",
            "prefect.resource.name": f"{office_name(workspace.agency_folder)}, {year}",
        },
        "payload": {"kantor": office, "tahun": year, "keterangan": said},
    }
