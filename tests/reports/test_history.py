"""The issues so far, as the report tells them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reports.content import Report
from reports.history import PastIssue, followed
from reports.render.headings import plain

FIRST = PastIssue(1, date(2024, 1, 31), "Terbitan pertama.", "terbitan pertama", date(2024, 2, 5))
SECOND = PastIssue(2, date(2024, 4, 4), "BPS merilis <PDRB>.", "BPS merilis PDRB, 4 indikator terisi")


def told(report: Report, *history: PastIssue) -> Report:
    return report.issued_as(replace(report.issue, history=history))


def test_number_day_reason_change_and_signature_of_each_issue_are_told(filled_report: Report) -> None:
    text = plain(told(filled_report, FIRST, SECOND).document().body)
    assert (
        "Riwayat Penerbitan Terbitan Tanggal Sebab Yang berubah Tanda tangan 1 31 Januari 2024 Terbitan "
        "pertama. Terbitan pertama Salinan bertanda tangan diterima 5 Februari 2024 2 4 April 2024 "
        "BPS merilis <PDRB>. BPS merilis PDRB, 4 indikator terisi Terbitan ini"
    ) in text


def test_an_issue_before_without_a_signed_copy_says_so(filled_report: Report) -> None:
    history = (replace(FIRST, signed_on=None), SECOND)
    text = plain(told(filled_report, *history).document().body)
    assert "Terbitan pertama Belum ada salinan bertanda tangan 2 4 April 2024" in text


def test_who_approved_an_issue_is_told_where_one_was_approved(filled_report: Report) -> None:
    approved = replace(
        SECOND, approved_by="Ibu <Kepala>", approved_on=date(2024, 4, 6), note="Jangan dicetak."
    )
    third = replace(SECOND, number=3)
    text = plain(told(filled_report, FIRST, approved, third).document().body)
    assert "Sebab Yang berubah Persetujuan Tanda tangan 1" in text
    assert "Terbitan pertama Tanpa persetujuan Salinan" in text
    assert "4 indikator terisi Disetujui Ibu <Kepala>, 6 April 2024 Belum ada" in text
    assert "4 indikator terisi Terbitan ini Terbitan ini" in text
    assert "Jangan dicetak" not in text


def test_the_cover_says_that_it_follows_a_signed_issue(filled_report: Report) -> None:
    words = "Menggantikan terbitan 1 (31 Januari 2024) yang telah ditandatangani"
    cover = told(filled_report, FIRST, SECOND).document().body.partition("</section>")[0]
    assert words in cover
    unsigned = told(filled_report, replace(FIRST, signed_on=None), SECOND)
    assert "Menggantikan" not in unsigned.document().body


def test_an_issue_that_was_signed_itself_follows_none() -> None:
    assert followed((FIRST,)) == ""


def test_without_a_history_the_report_tells_none(filled_report: Report) -> None:
    assert filled_report.issue.history == ()
    assert "Riwayat Penerbitan" not in filled_report.document().body


def test_the_history_is_no_content_that_a_new_issue_would_be_made_of(filled_report: Report) -> None:
    assert told(filled_report, FIRST).content_hash == filled_report.content_hash
