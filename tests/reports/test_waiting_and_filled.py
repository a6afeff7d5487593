"""What waits in January, exactly where the print has it; after the release nothing does."""

from __future__ import annotations

import pytest

from reports.content import Report

WAITING = "Menunggu Rilis PDRB oleh BPS 2024"
GROWTHS = {
    "Persentase pertumbuhan sektor PDRB Industri pengolahan",
    "Persentase pertumbuhan PDRB sub sektor perdagangan besar dan eceran",
}


def rows_that_wait(report: Report) -> dict[str, int]:
    counted = {
        number: sum(WAITING in row for row in table.flat_rows()) for number, table in report.tables.items()
    }
    return {number: count for number, count in counted.items() if count}


def test_in_january_the_same_rows_wait_as_in_the_print(waiting_report: Report) -> None:
    assert rows_that_wait(waiting_report) == {
        "capaian": 2,
        "tahun-lalu": 2,
        "akhir-renstra": 2,
        "standar": 4,
        "penunjang": 2,
        "efisiensi": 4,
    }


def test_nothing_is_computed_from_what_waits(waiting_report: Report) -> None:
    for row in waiting_report.tables["capaian"].flat_rows():
        if WAITING in row:
            assert row[5:7] == ["-", "-"]
    for row in waiting_report.tables["efisiensi"].flat_rows():
        if WAITING in row:
            assert (row[4], row[8]) == ("-", "-")
            assert row[5] != "-", "the budget is known all the same"


def test_the_sentences_that_wait_are_those_of_the_print(waiting_report: Report) -> None:
    waiting = {
        place
        for place, sentences in waiting_report.sentences.items()
        if any("enunggu" in sentence for sentence in sentences)
    }
    assert waiting == {
        "ringkasan", "capaian", "tahun-lalu", "akhir-renstra", "efisiensi", "rata-rata", "pencapaian",
    }  # fmt: skip


def test_the_averages_of_bab_iv_appear_only_when_nothing_waits(
    waiting_report: Report, filled_report: Report
) -> None:
    assert all("belum bisa dihitung" in s for s in waiting_report.sentences["rata-rata"])
    assert all("rata-rata sebesar" in s for s in filled_report.sentences["rata-rata"])


def test_after_the_release_nothing_waits_anywhere(filled_report: Report) -> None:
    assert rows_that_wait(filled_report) == {}
    assert not any("enunggu" in s for sentences in filled_report.sentences.values() for s in sentences)
    assert "mark-waiting" not in filled_report.document().body


def test_states_as_status_gives_them(waiting_report: Report, filled_report: Report) -> None:
    before = {row["id"]: row for row in waiting_report.indicator_rows()}
    after = {row["id"]: row for row in filled_report.indicator_rows()}
    assert sorted(i for i, row in before.items() if row["state"] == "waiting") == [
        "kontribusi-industri", "kontribusi-perdagangan", "pertumbuhan-industri", "pertumbuhan-perdagangan",
    ]  # fmt: skip
    assert (after["kontribusi-industri"]["realisasi"], after["kontribusi-perdagangan"]["realisasi"]) == (
        "6,35%",
        "12,50%",
    )
    assert before["kontribusi-industri"]["realisasi"] == before["kontribusi-industri"]["capaian"] == ""


def test_only_figures_that_are_illustrative_are_marked_so(filled_report: Report) -> None:
    marked = {
        cell.figure
        for table in filled_report.tables.values()
        for row in table.rows
        for cell in row.cells
        if "†" in cell.text
    }
    assert marked == {"pertumbuhan-industri", "pertumbuhan-perdagangan"}
    assert "PERAGAAN" in filled_report.notice


def test_without_illustrative_figures_there_is_no_notice(waiting_report: Report) -> None:
    assert waiting_report.notice == ""
    assert "†" not in waiting_report.document().body


@pytest.mark.parametrize(
    "number", ["capaian", "tahun-lalu", "akhir-renstra", "standar", "penunjang", "efisiensi"]
)
def test_provisional_and_illustrative_signs_are_explained_under_the_table(
    filled_report: Report, number: str
) -> None:
    notes = " ".join(filled_report.tables[number].notes)
    assert "† Angka ilustrasi" in notes
    assert "* Angka sementara" in notes
