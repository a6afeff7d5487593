"""What the page tells of the report, over two stored issues."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import col, delete, select

from jobs.health.troubles import Finding, report_findings
from jobs.report.entries.figures import Given, enter_figure
from jobs.users.roles import Role
from models.mail.tables import OutboxMail
from models.report.issues import find_issue
from models.report.tables import IssueData, IssueFile, RealisasiRecord
from models.session import open_session
from office.loading import EXAMPLES
from tests.web.conftest import MakePage
from tests.web.given.browsing import OFFICE, PLACE, Browser

APRIL = datetime(2024, 4, 1, tzinfo=UTC)
ISSUE = f"{PLACE}/2023/terbitan"
NOWHERE = (
    f"{ISSUE}/2/changes.json",
    f"{ISSUE}/2/..%2f..%2f..%2flkjip.sqlite",
    f"{ISSUE}/2/%2e%2e",
    f"{ISSUE}/2/..%5c..%5clkjip.sqlite",
    f"{ISSUE}/..%2f2/pdf",
    f"{ISSUE}/9/pdf",
    f"{ISSUE}/-1",
    f"{ISSUE}/2%00/pdf",
    f"{ISSUE}/99999999999999999999/pdf",
    "/kantor/..%2f..%2f/terbitan",
    "/kantor/%2fetc/terbitan",
    "/kantor/../2023/terbitan/2/pdf",
    f"{PLACE}/1999/terbitan/1",
    f"{PLACE}/2023/indikator/..%2f..%2fx",
    f"{PLACE}/2023/indikator/tidak-ada",
    f"{PLACE}/2023/beda?dari=1&ke=7",
    f"{PLACE}/2023/beda?dari=a",
    f"{PLACE}/2023/beda",
    "/kegiatan?sebelum=99999999999999999999",
    "/kegiatan?sebelum=x",
)


@pytest.fixture
def reader(browser: Browser) -> Browser:
    return browser.become(Role.READ)


def words(html: str) -> str:
    """The text of a page, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_only_office_is_the_first_page(reader: Browser) -> None:
    assert reader.open("/").headers["location"] == PLACE


def test_the_start_page_tells_every_indicator_of_the_open_year(reader: Browser) -> None:
    text = words(reader.open(PLACE).text)
    assert "Menurut terbitan 2 , 5 April 2024 pukul 09.00 WIB (2 hari lalu)" in text
    assert "7 tercapai" in text
    assert (
        "Persentase kontribusi PDRB sektor industri pengolahan terhadap Total PDRB ✓ "
        "Tercapai sangat sementara 5,6% 6,35% 113,39% Sangat Tinggi "
        "BPS, 4 April 2024 sejak 5 April 2024 (2 hari lalu)"
    ) in text
    assert len(re.findall(r'<tr role="row">\s*<th role="rowheader" scope="row"><a', reader.shown)) == 11


def test_the_start_page_tells_what_each_source_gave_last(reader: Browser) -> None:
    text = words(reader.open(PLACE).text)
    assert "BPS 5 April 2024 pukul 09.00 WIB 2 hari lalu BPS merilis PDRB 2023 pada 4 April 2024." in text
    assert "Siskaperbapo Jawa Timur 2023 belum pernah" in text


def test_what_waits_is_told_with_whom_since_when_and_that_it_is_late(
    home: Path, make_page: MakePage, browser: Browser
) -> None:
    app = make_page(today=date(2024, 6, 3))
    with open_session(app.state.site.engine) as session:
        issue = find_issue(session, OFFICE, 2023, 2)
        first = find_issue(session, OFFICE, 2023, 1)
        assert issue is not None
        assert first is not None
        rows = [dict(row) for row in first.report["indicators"]]
        late = {"institution": "Kemendagri", "due": "April 2024", "reason": "Menunggu Kemendagri"}
        rows[-1] |= {"state": "waiting", "standing": "waiting", "realisasi": "", "capaian": "", **late}
        issue.report = {**issue.report, "indicators": rows}
        session.add(issue)
    text = words(Browser(app, browser.clock).become(Role.READ).open(PLACE).text)
    assert "Persentase capaian kinerja PD – April 2024 ! Terlambat Tanyakan kepada Kemendagri" in text
    assert "BPS Menunggu Rilis PDRB oleh BPS 2024 Persentase kontribusi PDRB sektor industri" in text
    assert "5 menunggu" in text


def test_what_waits_since_the_first_issue_says_so(reader: Browser) -> None:
    with open_session(reader.engine) as session:
        for row in session.exec(select(RealisasiRecord).where(col(RealisasiRecord.created_at) > APRIL)):
            session.delete(row)
        issue = find_issue(session, OFFICE, 2023, 2)
        assert issue is not None
        for table in (IssueData, IssueFile, OutboxMail):
            session.execute(delete(table).where(col(table.issue_id) == issue.id))
        session.delete(issue)
    text = words(reader.open(PLACE).text)
    assert "Menurut terbitan 1 , 31 Januari 2024" in text
    assert "perdagangan besar dan eceran 31 Januari 2024 2 bulan lalu belum diketahui" in text


def test_troubles_are_told_in_plain_words_and_those_of_other_offices_not(reader: Browser) -> None:
    space = reader.app.state.site.workspace(reader.app.state.site.offices()[OFFICE])
    report_findings(
        space,
        [
            Finding("prefect/pekerja/lkjip", "Tidak ada pekerja", "Kolam lkjip.", "systemctl restart x"),
            Finding(f"alur/kirim-laporan/{OFFICE}/2023", "Alur kirim gagal", "Server surel menolak."),
            Finding("alur/kirim-laporan/kantor-lain/2023", "Alur kantor lain", "x"),
            Finding("kantor/kantor-lain 2023", "Data kantor lain", "x"),
        ],
        ["prefect/"],
    )
    text = words(reader.open(PLACE).text)
    assert "Yang tidak beres (2)" in text
    assert "Beri tahu teknisi bila belum tahu; Anda tidak perlu melakukan apa-apa." in text
    assert "kantor lain" not in text.lower().replace("satu kantor lain", "")


def test_a_figure_that_came_after_the_issue_is_told(reader: Browser, home: Path) -> None:
    evidence = home / "surat.pdf"
    evidence.write_bytes(b"%PDF-1.4")
    site = reader.app.state.site
    space = site.year(site.offices()[OFFICE], 2023)
    enter_figure(space, Given("sakip", "BB", "Kemenpan RB", evidence, "Siti"))
    text = words(reader.open(PLACE).text)
    assert "Sudah dimasukkan, belum ada di terbitan itu" in text
    assert "BB menurut Kemenpan RB, dimasukkan 7 April 2024" in text


def test_a_year_that_was_never_issued_tells_the_present_data(
    home: Path, make_page: MakePage, browser: Browser
) -> None:
    shutil.copytree(EXAMPLES / "jabar-inspektorat", home / "kantor" / "jabar-inspektorat")
    reader = Browser(make_page(), browser.clock).become(Role.READ)
    assert f'href="{PLACE}"' in reader.open("/").text
    shown = reader.open("/kantor/jabar-inspektorat").text
    assert "Belum pernah terbit." in words(shown)
    assert "Belum ada terbitan." in words(reader.open("/kantor/jabar-inspektorat/terbitan").text)
    links = re.findall(r'href="(/kantor/jabar-inspektorat/\d+/indikator/[^"]+)"', shown)
    assert "data kantor sekarang; belum terbit" in words(reader.open(links[0]).text)


def test_a_year_whose_data_are_wrong_still_tells_its_last_issue(home: Path, reader: Browser) -> None:
    shutil.copytree(EXAMPLES / OFFICE / "2023", home / "kantor" / OFFICE / "2024")
    for year in ("2023", "2024"):
        (home / "kantor" / OFFICE / year / "year.yaml").write_text(f"year: {year}\nsalah: <b>\n")
    answer = reader.open(PLACE)
    assert answer.status_code == 200
    assert answer.text.count("Data tahun ini tidak terbaca") == 2
    assert "<b>" not in answer.text
    assert "7 tercapai" in words(answer.text)


def test_a_change_of_the_data_shows_without_a_restart(home: Path, reader: Browser) -> None:
    reader.open(PLACE)
    file = home / "kantor" / OFFICE / "office.yaml"
    text = file.read_text(encoding="utf-8")
    name = re.search(r"^name: (.*)$", text, re.MULTILINE)
    assert name is not None
    file.write_text(text.replace(name[0], 'name: "Dinas <script>alert(1)</script> & Co"'), encoding="utf-8")
    shown = reader.open(PLACE).text
    assert "Dinas &lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in shown
    assert "<script" not in shown


def test_an_indicator_leads_back_to_the_bytes(reader: Browser) -> None:
    text = words(reader.open(f"{PLACE}/2023/indikator/pertumbuhan-industri").text)
    assert "Realisasi 2023: (1.559,38 - 1.482,30) / 1.482,30 x 100 = 5,20%" in text
    taken = (
        r"1\.559,38 Miliar Rupiah sangat sementara ilustrasi 4 April 2024 .{20,60} WIB [0-9a-f]{12} , 3 KB"
    )
    assert re.search(taken, text)
    assert "5 April 2024 pukul 09.00 WIB 5,20%" in text
    assert "31 Januari 2024 pukul 09.00 WIB Menunggu Rilis PDRB" in text


def test_the_issues_are_listed_with_number_day_and_reason(reader: Browser) -> None:
    text = words(reader.open(f"{PLACE}/terbitan").text)
    assert "Terbitan 2 5 April 2024 pukul 09.00 WIB Data instansi berubah. Baca · PDF · Word" in text
    assert text.index("Terbitan 2") < text.index("Terbitan 1")


def test_an_issue_tells_what_changed_since_the_one_before(reader: Browser) -> None:
    text = words(reader.open(f"{ISSUE}/2").text)
    assert "BPS merilis PDRB, 4 indikator terisi." in text
    assert "Menunggu Rilis PDRB oleh BPS 2024 6,35% 5,6%" in text
    assert "Terbitan pertama, 4 indikator menunggu BPS." in words(reader.open(f"{ISSUE}/1").text)


@pytest.mark.parametrize("order", ["dari=1&ke=2", "dari=2&ke=1"])
def test_any_two_issues_are_compared_the_older_first(reader: Browser, order: str) -> None:
    text = words(reader.open(f"{PLACE}/2023/beda?{order}").text)
    assert "beda terbitan 1 dan 2" in text
    assert "Indikator yang berubah (4)" in text


def test_cells_and_sentences_that_differ_are_marked(reader: Browser) -> None:
    shown = reader.open(f"{PLACE}/2023/beda?dari=1&ke=2").text
    text = words(shown)
    assert "Tabel 3.2. Capaian Indikator Kinerja Utama" in text
    assert "<del>Menunggu Rilis PDRB oleh BPS 2024</del> <ins>5,20%" in shown
    assert "Penjelasan tabel 3.2, capaian terhadap target" in text
    assert "Yang dicoret hanya ada di terbitan 1; yang digarisbawahi hanya ada di terbitan 2." in text


def test_an_issue_compared_with_itself_does_not_differ(reader: Browser) -> None:
    assert "Tidak ada indikator yang berubah." in reader.open(f"{PLACE}/2023/beda?dari=2&ke=2").text


def test_the_report_leads_to_the_annex_of_what_differs_from_the_print(reader: Browser) -> None:
    assert f'href="{ISSUE}/2/lampiran-perbedaan.pdf"' in reader.open(f"{ISSUE}/2").text
    page = reader.open(f"{ISSUE}/2/lampiran-perbedaan.html")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "sandbox" in page.headers["content-security-policy"]
    saved = reader.open(f"{ISSUE}/2/lampiran-perbedaan.pdf").headers["content-disposition"]
    assert saved.endswith(f"LKjIP-2023-{OFFICE}-terbitan-2-lampiran-perbedaan.pdf")


@pytest.mark.parametrize(
    ("kind", "start", "type_"),
    [
        ("pdf", b"%PDF-1.7 ", "application/pdf"),
        ("docx", b"PK ", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xlsx", b"PK ", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("json", b'{\n  "agency"', "application/json"),
        ("csv", b"kantor,", "text/csv; charset=utf-8"),
    ],
)
def test_a_file_is_saved_under_a_name_that_says_what_it_is(
    reader: Browser, kind: str, start: bytes, type_: str
) -> None:
    answer = reader.open(f"{ISSUE}/2/{kind}")
    assert answer.content.startswith(start)
    assert answer.headers["content-type"] == type_
    assert answer.headers["content-disposition"] == (
        f"attachment; filename*=UTF-8''LKjIP-2023-{OFFICE}-terbitan-2.{kind}"
    )


def test_files_are_found_after_the_working_folder_moved(reader: Browser, home: Path) -> None:
    with open_session(reader.engine) as session:
        issue = find_issue(session, OFFICE, 2023, 2)
        assert issue is not None
        issue.folder = issue.folder.replace(str(home.parent), "/dulu").replace("/tmp/", "/dulu/")
        session.add(issue)
    assert reader.open(f"{ISSUE}/2/pdf").status_code == 200


def test_a_file_that_was_altered_is_not_given_out(reader: Browser, home: Path) -> None:
    with open_session(reader.engine) as session:
        issue = find_issue(session, OFFICE, 2023, 2)
        assert issue is not None
        issue.folder = str(home / "laporan" / OFFICE / "2023" / "terbitan-2")
        session.add(issue)
    (home / "laporan" / OFFICE / "2023" / "terbitan-2" / "lkjip.pdf").write_bytes(b"lain")
    answer = reader.open(f"{ISSUE}/2/pdf")
    assert answer.status_code == 500
    assert "tidak lagi sama dengan yang dicatat" in answer.text


def test_no_address_leads_to_what_is_no_issue(browser: Browser) -> None:
    browser.become(Role.MANAGE)
    answers = {address: browser.open(address).status_code for address in NOWHERE}
    assert answers == dict.fromkeys(NOWHERE, 404)


def test_who_is_bound_to_an_office_sees_no_other(home: Path, make_page: MakePage, browser: Browser) -> None:
    shutil.copytree(EXAMPLES / "jabar-inspektorat", home / "kantor" / "jabar-inspektorat")
    bound = Browser(make_page(), browser.clock).become(Role.READ, "jabar-inspektorat")
    assert bound.open("/").headers["location"] == "/kantor/jabar-inspektorat"
    for address in (
        PLACE,
        f"{PLACE}/terbitan",
        f"{ISSUE}/2",
        f"{ISSUE}/2/pdf",
        f"{PLACE}/2023/beda?dari=1&ke=2",
    ):
        assert bound.open(address).status_code == 404


def test_a_page_asks_the_database_a_few_times_only(reader: Browser) -> None:
    from sqlalchemy import event

    asked: list[str] = []
    event.listen(reader.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    reader.open(PLACE)  # what stays in memory
    counts = {}
    for address in (PLACE, f"{PLACE}/terbitan", f"{ISSUE}/2", f"{PLACE}/2023/indikator/pertumbuhan-industri"):
        asked.clear()
        reader.open(address)
        counts[address] = len([statement for statement in asked if statement.startswith("SELECT")])
    assert max(counts.values()) <= 15, counts


def test_an_office_whose_years_are_all_closed_still_has_its_issues(home: Path, reader: Browser) -> None:
    closing = "year: 2023\nclosed_at: 2024-06-01T09:00:00+07:00\n"
    (home / "kantor" / OFFICE / "2023" / "konfirmasi.yaml").write_text(closing)
    assert "tidak mempunyai tahun yang terbuka" in reader.open(PLACE).text
    assert "Terbitan 2" in reader.open(f"{PLACE}/terbitan").text


def test_the_issues_of_a_year_whose_data_are_gone_stay(home: Path, reader: Browser) -> None:
    shutil.rmtree(home / "kantor" / OFFICE / "2023")
    assert reader.open(f"{ISSUE}/2/pdf").status_code == 200
    assert reader.open(f"{PLACE}/2023/indikator/sakip").status_code == 200
    assert reader.open(f"{PLACE}/2024/indikator/sakip").status_code == 404


def test_an_issue_of_an_older_program_is_shown_as_far_as_it_tells(reader: Browser) -> None:
    kept = {
        "id",
        "name",
        "year",
        "state",
        "target",
        "realisasi",
        "capaian",
        "category",
        "source",
        "illustrative",
    }
    with open_session(reader.engine) as session:
        for number in (1, 2):
            issue = find_issue(session, OFFICE, 2023, number)
            assert issue is not None
            report = dict(issue.report)
            report["indicators"] = [{key: row[key] for key in kept} for row in report["indicators"]]
            report["figures"] = [{key: row[key] for key in ("id", "name")} for row in report["figures"]]
            del report["title"]
            issue.report, issue.changes = report, []
            session.add(issue)
    for below in ("", "/2023/terbitan/2", "/2023/beda?dari=1&ke=2", "/2023/indikator/sakip"):
        assert reader.open(PLACE + below).status_code == 200, below
