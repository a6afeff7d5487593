"""report.json, changes.json and the mail: the same inputs give the same bytes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

from reports.attachments import Attachment
from reports.changes import compare_reports
from reports.content import IssueInfo, Report
from reports.mail import PageLinks, compose_mail
from tests.reports.conftest import Maker

FILES = (Attachment("lkjip.pdf", b"%PDF-1.7"), Attachment("lkjip.docx", b"PK"))


def mail_of(report: Report, before: Report | None) -> bytes:
    changes = compare_reports(before.as_json() if before else None, report.as_json())
    return compose_mail(
        report, changes, sender="lkjip@dinas.example", recipients=["kepala@dinas.example"], attachments=FILES
    ).as_bytes()


def test_report_json_is_the_same_each_time_and_sorted(make_report: Maker) -> None:
    one, other = make_report().json_text(), make_report().json_text()
    assert one == other
    parsed = json.loads(one)
    assert list(parsed) == sorted(parsed)


def test_the_hash_is_of_the_content_not_of_the_issue(filled_report: Report, waiting_report: Report) -> None:
    later = replace(filled_report, issue=IssueInfo(9, date(2024, 6, 1), "Diulang."))
    assert later.content_hash == filled_report.content_hash
    assert waiting_report.content_hash != filled_report.content_hash


def test_figures_lead_back_to_the_snapshot(filled_report: Report) -> None:
    figures = {figure["id"]: figure for figure in filled_report.as_json()["figures"]}
    used = figures["pertumbuhan-industri"]["inputs"][0]
    assert used["snapshot"] == "ab" * 32
    assert any(
        "(1.690,12 - 1.606,58) / 1.606,58 x 100" in s for s in figures["pertumbuhan-industri"]["steps"]
    )
    assert 'id="asal-pertumbuhan-industri"' in filled_report.document().body


def test_changes_name_what_was_filled(waiting_report: Report, filled_report: Report) -> None:
    changes = compare_reports(waiting_report.as_json(), filled_report.as_json())
    assert changes["summary"] == "BPS merilis PDRB, 4 indikator terisi"
    assert len(changes["indicators"]) == 4
    assert changes["waiting"] == []
    assert changes["tables"] == ["3.2", "3.3", "3.4", "3.5", "3.7", "3.9"]
    row = next(r for r in changes["indicators"] if r["id"] == "kontribusi-perdagangan")
    assert (row["before"], row["after"]) == ("Menunggu Rilis PDRB oleh BPS 2024", "12,50%")
    assert (row["target"], row["capaian"], row["category"]) == ("5,1%", "245,05%", "Sangat Tinggi")
    assert row["link"].startswith("https://")


def test_the_same_report_has_no_changes(filled_report: Report) -> None:
    changes = compare_reports(filled_report.as_json(), json.loads(filled_report.json_text()))
    assert (changes["indicators"], changes["tables"], changes["sentences"]) == ([], [], [])
    assert changes["summary"] == "isi laporan diperbarui"


def test_a_revision_by_bps_is_called_one(filled_report: Report, make_report: Maker) -> None:
    rates = {
        "kontribusi-industri": ("6.41", False),
        "kontribusi-perdagangan": ("12.4978", False),
        "pertumbuhan-industri": ("6.2011", True),
        "pertumbuhan-perdagangan": ("4.8000", True),
    }
    changes = compare_reports(filled_report.as_json(), make_report(rates=rates).as_json())
    assert changes["summary"] == "BPS merevisi PDRB, 1 indikator berubah"


def test_a_revision_below_two_decimals_is_shown_by_the_capaian_before_it(make_report: Maker) -> None:
    rates = {
        "kontribusi-industri": ("6.3512", False),
        "kontribusi-perdagangan": ("12.4978", False),
        "pertumbuhan-industri": ("6.2011", True),
        "pertumbuhan-perdagangan": ("4.8000", True),
    }
    before = make_report(rates=rates)
    after = make_report(rates={**rates, "kontribusi-industri": ("6.3539", False)})
    changes = compare_reports(before.as_json(), after.as_json())
    (row,) = changes["indicators"]
    assert (row["before"], row["after"]) == ("6,35%", "6,35%")
    mail = compose_mail(after, changes, sender="a@b.example", recipients=["c@d.example"])
    for kind in ("plain", "html"):
        assert "113,46% (sebelumnya 113,41%)" in mail.get_body((kind,)).get_content()


def test_an_illustrative_figure_is_marked_before_and_now(filled_report: Report, make_report: Maker) -> None:
    rates = {
        "kontribusi-industri": ("6.3512", False),
        "kontribusi-perdagangan": ("12.4978", False),
        "pertumbuhan-industri": ("5.3000", True),
        "pertumbuhan-perdagangan": ("4.8000", True),
    }
    after = make_report(rates=rates)
    changes = compare_reports(filled_report.as_json(), after.as_json())
    (row,) = (row for row in changes["indicators"] if row["id"] == "pertumbuhan-industri")
    assert row["illustrative_before"]
    mail = compose_mail(after, changes, sender="a@b.example", recipients=["c@d.example"])
    for kind in ("plain", "html"):
        body = mail.get_body((kind,)).get_content()
        assert f"{row['before']}†" in body
        assert "5,30%†" in body


def test_a_file_that_was_dropped_is_no_link(waiting_report: Report, filled_report: Report) -> None:
    after = filled_report.as_json()
    for row in after["indicators"]:
        row["source_url"] = "masuk/bps/buku.pdf"
    assert {r["link"] for r in compare_reports(waiting_report.as_json(), after)["indicators"]} == {""}


def test_the_first_issue_says_what_waits(waiting_report: Report) -> None:
    changes = compare_reports(None, waiting_report.as_json())
    assert changes["summary"] == "terbitan pertama, 4 indikator menunggu BPS"
    assert len(changes["waiting"]) == 4
    assert changes["indicators"] == []


def test_the_mail_is_the_same_bytes_each_time(waiting_report: Report, filled_report: Report) -> None:
    assert mail_of(filled_report, waiting_report) == mail_of(filled_report, waiting_report)


def test_the_mail_says_what_happened_and_brings_the_report(
    waiting_report: Report, filled_report: Report
) -> None:
    changes = compare_reports(waiting_report.as_json(), filled_report.as_json())
    mail = compose_mail(
        filled_report, changes, sender="lkjip@dinas.example", recipients=["a@b.example"], attachments=FILES
    )
    assert mail["Subject"] == "LKjIP 2023 DKUPP Sumenep: BPS merilis PDRB, 4 indikator terisi (terbitan 2)"
    assert mail["Message-ID"].startswith("<lkjip.sumenep-dkupp.2023.2.")
    assert mail["Content-Language"] == "id"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"] == "Thu, 04 Apr 2024 09:00:00 +0700"
    assert [part.get_filename() for part in mail.iter_attachments()] == ["lkjip.pdf", "lkjip.docx"]
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    for body in (text, html):
        assert "12,50%" in body
        assert "BPS, 4 April 2024" in body
        assert "angka ilustrasi" in body
        assert "Tidak ada indikator yang menunggu." in body
    assert "<table" in html
    assert "<style" not in html, "mail clients drop style sheets; styles stand in the elements"


def test_names_from_data_are_escaped_in_the_html_mail(waiting_report: Report, filled_report: Report) -> None:
    changes = compare_reports(waiting_report.as_json(), filled_report.as_json())
    changes["indicators"][0]["name"] = "<b>R&D</b>"
    mail = compose_mail(filled_report, changes, sender="a@b.example", recipients=["c@d.example"])
    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in mail.get_body(("html",)).get_content()


def test_the_mail_uses_the_word_of_bps_for_how_settled_a_figure_is(
    waiting_report: Report, make_report: Maker
) -> None:
    for status in ("sementara", "sangat sementara"):
        report = make_report(status=status)
        changes = compare_reports(waiting_report.as_json(), report.as_json())
        mail = compose_mail(report, changes, sender="a@b.example", recipients=["c@d.example"])
        for kind in ("plain", "html"):
            seen = re.sub(r' alt="[^"]*"', "", mail.get_body((kind,)).get_content())
            assert seen.count(f"(angka {status})") == 4


def test_a_table_of_an_older_program_is_compared_by_its_number(filled_report: Report) -> None:
    now = filled_report.as_json()
    tables = {
        table["number"]: {k: v for k, v in table.items() if k != "number"} for table in now["tables"].values()
    }
    places = {"ringkasan": "kata-pengantar", "rata-rata": "bab-4.rata-rata", "capaian": "capaian"}
    sentences = {places[name]: now["sentences"][name] for name in places}
    kept = {name: now["sentences"][name] for name in places}
    changes = compare_reports({**now, "tables": tables, "sentences": sentences}, {**now, "sentences": kept})
    assert (changes["tables"], changes["sentences"]) == ([], [])


def test_another_number_alone_is_no_change(filled_report: Report) -> None:
    now = filled_report.as_json()
    moved = {name: {**table, "number": f"9.{n}"} for n, (name, table) in enumerate(now["tables"].items())}
    assert compare_reports({**now, "tables": moved}, now)["tables"] == []


def test_the_mail_leads_to_the_page_where_people_can_reach_it(waiting_report: Report) -> None:
    place = "https://lkjip.kantor.example/kantor/sumenep-dkupp/2023"
    changes = compare_reports(None, waiting_report.as_json())
    waiting = changes["waiting"][0]["id"]
    links = PageLinks(
        f"{place}/terbitan/1", {waiting: f"{place}/angka/{waiting}", "lain": f"{place}/angka/lain"}
    )
    for given, count in ((links, 1), (None, 0)):
        mail = compose_mail(
            waiting_report, changes, sender="a@b.example", recipients=["c@d.example"], links=given
        )
        for kind in ("plain", "html"):
            part = mail.get_body((kind,))
            assert part is not None
            text = part.get_content()
            assert text.count(f"{place}/terbitan/1") == count
            assert text.count(f"{place}/angka/{waiting}") == count
            assert "angka/lain" not in text


def test_the_mail_leads_to_the_differences_from_the_issue_before(
    waiting_report: Report, filled_report: Report
) -> None:
    changes = compare_reports(waiting_report.as_json(), filled_report.as_json())
    address = "https://lkjip.example/kantor/a/2023/beda?dari=1&ke=2"
    links = PageLinks("https://lkjip.example/kantor/a/2023/terbitan/2", {}, address)
    mail = compose_mail(filled_report, changes, sender="a@b.example", recipients=["c@d.example"], links=links)
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert address in plain.get_content()
    assert f'href="{address.replace("&", "&amp;")}"' in page.get_content()
