"""How the mail of an issue is built: for Outlook, Gmail, a phone, and who reads text alone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from reports.attachments import Attachment
from reports.changed_chart import MOST_ROWS, draw_changes, name_lines
from reports.changes import compare_reports
from reports.content import Report
from reports.digest import tell_apart
from reports.draft_mail import DraftNotice, compose_draft_mail
from reports.mail import PageLinks, compose_mail
from reports.plain_text import WIDTH, wrap_text
from reports.wording import DAGGER
from tests.given.examples import examples
from tests.reports.test_example_offices import YEARS, agency_of

FILES = (Attachment("lkjip.pdf", b"%PDF-1.7"), Attachment("lkjip.docx", b"PK"))
MOST_BYTES = 60 * 1024
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PEOPLE: dict[str, Any] = {"sender": "lkjip@dinas.example", "recipients": ["kepala@dinas.example"]}


def structure(part: Any) -> Any:
    kind = part.get_content_type()
    if not part.is_multipart():
        return kind
    return {kind.removeprefix("multipart/"): [structure(inner) for inner in part.iter_parts()]}


def bodies(mail: EmailMessage) -> tuple[str, str]:
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    return text.get_content(), html.get_content()


def one_line(text: str) -> str:
    return " ".join(text.split())


def seen(html: str) -> str:
    """The words that a reader sees, without those of the picture."""
    return one_line(unescape(re.sub(r"<[^>]*>", " ", html)))


def rows(number: int = 1, **said: Any) -> list[dict[str, Any]]:
    row = {
        "id": "a", "name": "Persentase kontribusi PDRB", "before": "6,35%", "before_state": "provisional",
        "after": "6,41%", "state": "provisional", "measure": "pdrb_share", "institution": "BPS",
        "target": "5,6%", "capaian_before": "113,41%", "capaian": "114,46%", "cumulative": "",
        "category": "Sangat Tinggi", "source": "BPS, 4 April 2024", "link": "", "illustrative": False,
        "illustrative_before": False, "only_finer": False,
    }  # fmt: skip
    return [{**row, "id": f"i{n}", **said} for n in range(number)]


@pytest.fixture(scope="module")
def changes(waiting_report: Report, filled_report: Report) -> dict[str, Any]:
    return compare_reports(waiting_report.as_json(), filled_report.as_json())


@pytest.fixture(scope="module")
def mail(filled_report: Report, changes: dict[str, Any]) -> EmailMessage:
    return compose_mail(filled_report, changes, **PEOPLE, attachments=FILES)


def test_the_parts_stand_in_one_another_as_outlook_wants_them(mail: EmailMessage) -> None:
    read = message_from_bytes(mail.as_bytes(), policy=policy.default)
    assert structure(read) == {
        "mixed": [
            {"alternative": ["text/plain", {"related": ["text/html", "image/png"]}]},
            "application/pdf",
            WORD,
        ]
    }


def test_the_picture_belongs_to_the_html_and_is_no_file_of_the_mail(mail: EmailMessage) -> None:
    (related,) = (part for part in mail.walk() if part.get_content_type() == "multipart/related")
    html, picture = related.iter_parts()
    assert related.get_param("type") == "text/html"
    assert picture["Content-Disposition"].startswith("inline")
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in html.get_content()


def test_nothing_is_loaded_from_outside_and_no_style_sheet_is_needed(mail: EmailMessage) -> None:
    _, html = bodies(mail)
    assert re.findall(r'(?:src|background)="(?!cid:)', html) == []
    assert re.findall(r"<style|<link|<script|@import|url\(|flex|grid", html) == []


def test_what_lays_out_says_its_width_as_outlook_reads_it(mail: EmailMessage) -> None:
    _, html = bodies(mail)
    wide = [tag for tag in re.findall(r"<(?:table|img)\b[^>]*>", html) if "width:" in tag]
    assert len(wide) == 3
    assert [tag for tag in wide if not re.search(r'\bwidth="\d+%?"', tag)] == []
    assert '<!--[if mso]><table role="presentation" width="600"' in html


def test_who_does_not_see_the_picture_reads_its_figures(mail: EmailMessage) -> None:
    _, html = bodies(mail)
    (words,) = re.findall(r'<img[^>]* alt="([^"]*)"', html)
    assert "sebelum menunggu, kini 12,50% (angka sementara), target 5,1%, capaian 245,05%" in words


def test_the_picture_is_the_same_bytes_each_time_and_has_a_ground_of_its_own() -> None:
    one, other = draw_changes(rows(3), {}), draw_changes(rows(3), {})
    assert one is not None
    assert one == other
    with Image.open(io.BytesIO(one[0])) as picture:
        assert picture.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)


def test_a_picture_of_many_says_how_many_it_leaves_to_the_table() -> None:
    drawn = draw_changes(rows(40, name="Persentase usaha mikro, kecil dan menengah yang naik kelas " * 4), {})
    assert drawn is not None
    assert f"{40 - MOST_ROWS} indikator lain ada dalam tabel." in drawn[1]
    assert len(drawn[0]) <= MOST_BYTES


def test_no_name_of_an_example_offices_indicator_is_cut_in_the_picture() -> None:
    names = [i.name for office in YEARS for i in agency_of(office).indicators.values()]
    assert [name for name in names if " ".join(name_lines(name)) != one_line(name)] == []
    assert name_lines("Persentase usaha mikro, kecil dan menengah yang naik kelas " * 4)[-1].endswith("…")


def test_where_no_changed_indicator_ever_had_a_capaian_there_is_no_picture() -> None:
    none = rows(2, state="waiting", capaian="", capaian_before="")
    assert draw_changes(none, {}) is None
    assert draw_changes([], {}) is None


def test_a_capaian_below_zero_or_without_bounds_is_drawn_as_far_as_there_is_room() -> None:
    for capaian in ("-60,78%", "1.234.567,89%"):
        drawn = draw_changes(rows(capaian=capaian), {})
        assert drawn is not None
        assert f"capaian {capaian}" in drawn[1]


def test_several_reasons_are_each_told_the_most_important_first(
    filled_report: Report, changes: dict[str, Any]
) -> None:
    several = [
        *rows(
            1, name="Harga", measure="price_fluctuation", state="final", before_state="final", institution=""
        ),
        *rows(1, name="Sendiri", measure="reported", state="final", before_state="final", institution=""),
        *rows(2, name="Revisi"),
        *rows(1, name="Hilang", state="waiting", after="Menunggu rilis", capaian=""),
        *rows(1, name="Temuan", state="final", before_state="waiting", institution="Inspektorat"),
        *rows(3, name="Rilis", before_state="waiting", capaian_before=""),
    ]
    told = [happening.said for happening in tell_apart(several)]
    assert told == [
        "BPS merilis PDRB: 3 indikator terisi",
        "Angka Inspektorat masuk: 1 indikator terisi",
        "Angkanya tidak ada lagi: 1 indikator kembali menunggu",
        "BPS merevisi PDRB: 2 indikator berubah",
        "Harga harian diperbarui: 1 indikator",
        "Data kantor berubah: 1 indikator",
    ]
    text, html = bodies(compose_mail(filled_report, {**changes, "indicators": several}, **PEOPLE))
    for body in (one_line(text), seen(html)):
        places = [[found.start() for found in re.finditer(re.escape(said), body)] for said in told]
        assert [len(found) for found in places] == [2] * len(told), "in the digest, and over its indicators"
        assert places == sorted(places)


def test_one_reason_alone_needs_no_digest(mail: EmailMessage) -> None:
    for body in bodies(mail):
        assert "sekaligus" not in body.lower()


def test_what_waits_says_until_when(waiting_report: Report) -> None:
    changes = compare_reports(None, waiting_report.as_json())
    first, second = changes["waiting"][:2]
    first["due"] = "akhir Maret 2024"
    expected = {second["id"]: "4 April 2024, menurut pengumuman BPS", first["id"]: "lain"}
    text, html = bodies(compose_mail(waiting_report, changes, **PEOPLE, expected=expected))
    assert text.count("Sampai : akhir Maret 2024\n") == 1
    assert text.count("Sampai : 4 April 2024, menurut pengumuman BPS\n") == 1
    for body in (text, html):
        assert body.count("belum diketahui") == len(changes["waiting"]) - 2


def test_the_mail_is_one_of_a_list_and_answers_the_first_of_its_year(
    filled_report: Report, changes: dict[str, Any], mail: EmailMessage
) -> None:
    assert mail["List-Id"] == "LKjIP DKUPP <lkjip.sumenep-dkupp.dinas.example>"
    assert mail["In-Reply-To"] is None
    later = compose_mail(filled_report, changes, **PEOPLE, answers="<pertama@dinas.example>")
    assert (later["In-Reply-To"], later["References"]) == ("<pertama@dinas.example>",) * 2
    assert later["Message-ID"] == mail["Message-ID"]


@pytest.mark.parametrize(
    ("url", "institution", "leads"),
    [
        ("https://sumenepkab.bps.go.id/id/pressrelease/1.html", "BPS", True),
        ("https://webapi.bps.go.id/v1/api/list", "BPS", True),
        ("http://127.0.0.1:45871/id/pressrelease/1.html", "BPS", False),
        ("http://localhost:8080/1.html", "BPS", False),
        ("http://[::1]:8080/1.html", "", False),
        ("https://bps.go.id.lain.example/1.html", "BPS", False),
        ("https://sp2kp.kemendag.go.id/", "Kementerian Perdagangan", True),
        ("masuk/bps/buku.pdf", "BPS", False),
    ],
)
def test_a_source_is_read_at_its_own_address_or_at_none(
    waiting_report: Report, filled_report: Report, url: str, institution: str, leads: bool
) -> None:
    after = deepcopy(filled_report.as_json())
    for row in after["indicators"]:
        row.update(source_url=url, institution=institution)
    changes = compare_reports(waiting_report.as_json(), after)
    assert {row["link"] for row in changes["indicators"]} == {url if leads else ""}


def test_a_line_goes_on_below_its_first_word_and_an_address_stays_whole() -> None:
    address = "https://lkjip.kantor.example/kantor/dinas/2023/terbitan/2?" + "x" * 60
    told = wrap_text(
        f"Judul yang {'panjang ' * 12}\n{'=' * 200}\n   Sumber   : {'kata ' * 20}\nLihat: {address}\n"
    )
    lines = told.splitlines()
    assert lines[2] == "=" * max(len(line) for line in lines[:2])
    assert lines[4].startswith(" " * 14 + "kata")
    assert lines[-1] == f"Lihat: {address}"
    assert max(len(line) for line in lines[:-1]) <= WIDTH


names = st.text("Persentase usaha mikro <&> “ayam” é", min_size=1, max_size=200).filter(str.strip)
figures = st.sampled_from(["6,35%", "-1,13", "12.649.363.995", "Sangat Baik (A)", "202 unit"])
levels = st.sampled_from(["", "0%", "94,12%", "113,41%", "1.245,05%", "-20%"])
states = st.sampled_from(["waiting", "final", "provisional", "not_computable", ""])


@st.composite
def changed(draw: st.DrawFn) -> dict[str, Any]:
    state = draw(states.filter(bool))
    without = state in ("waiting", "not_computable")
    return rows(
        name=one_line(draw(names)), before=draw(figures), before_state=draw(states), state=state,
        after="Menunggu Rilis PDRB oleh BPS 2024" if without else draw(figures),
        measure=draw(st.sampled_from(["reported", "pdrb_growth", "bps_statistic", "price_fluctuation"])),
        institution=draw(st.sampled_from(["", "BPS", "Kementerian Dalam Negeri"])), target=draw(figures),
        capaian="" if without else draw(levels), capaian_before=draw(levels),
        illustrative=draw(st.booleans()), illustrative_before=draw(st.booleans()),
    )[0]  # fmt: skip


def told_of(row: dict[str, Any]) -> Iterator[str]:
    sign = "†" if row["illustrative"] else ""
    before = row["before"] + ("†" if row["illustrative_before"] else "")
    yield from (row["name"], before, row["after"] + sign, row["target"])
    if row["capaian"]:
        yield row["capaian"] + sign


@given(st.lists(changed(), max_size=40), st.integers(0, 12), st.booleans(), st.data())
@examples(60, 8)
def test_whatever_changed_and_waits_both_bodies_say_all_of_it(
    filled_report: Report, indicators: list[dict[str, Any]], waits: int, linked: bool, data: st.DataObject
) -> None:
    waiting = [
        {"id": f"t{n}", "name": one_line(data.draw(names)), "reason": "menunggu", "due": ""}
        for n in range(waits)
    ]
    given_changes = {
        "first": False, "summary": "isi laporan diperbarui", "tables": ["3.2"], "findings": 0,
        "indicators": [{**row, "id": f"i{n}"} for n, row in enumerate(indicators)], "waiting": waiting,
        "not_computable": [],
    }  # fmt: skip
    place = "https://lkjip.kantor.example/kantor/dinas/2023"
    links = PageLinks(f"{place}/terbitan/2", {row["id"]: f"{place}/angka/{row['id']}" for row in waiting})
    mail = compose_mail(filled_report, given_changes, **PEOPLE, links=links if linked else None)
    text, html = bodies(mail)
    for body in (one_line(text), seen(html)):
        for row in indicators:
            assert [said for said in told_of(row) if said not in body] == []
        assert [row["name"] for row in waiting if row["name"] not in body] == []
    assert html.count(f"{place}/angka/") == text.count(f"{place}/angka/") == (waits if linked else 0)
    longest = [line for line in text.splitlines() if len(line) > WIDTH]
    assert [line for line in longest if len(line.split()) > 1] == []
    pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert [part for part in pictures if len(part.get_content()) > MOST_BYTES] == []


def test_a_draft_is_of_the_same_list_and_as_narrow(changes: dict[str, Any], mail: EmailMessage) -> None:
    notice = DraftNotice(
        office="sumenep-dkupp", office_name="Dinas Koperasi", contact="a@dinas.example", year=2023,
        title="LKjIP 2023 DKUPP Sumenep", number=2, name="2-1", mark="0" * 16,
        made_at=datetime(2024, 4, 4, 2, tzinfo=UTC), cause="BPS merilis PDRB. " * 9, changes=changes,
        illustrative=True,
    )  # fmt: skip
    draft = compose_draft_mail(notice, notice.made_at, **PEOPLE)
    text, html = bodies(draft)
    assert draft["List-Id"].partition("<")[2] == mail["List-Id"].partition("<")[2]
    assert [line for line in text.splitlines() if len(line) > WIDTH] == []
    assert "  lkjip approve 2-1 --year 2023 --by" in text
    invented = [row["after"] for row in changes["indicators"] if row["illustrative"]]
    assert invented
    assert [figure for figure in invented if f"menjadi {figure}{DAGGER}" not in text] == []
    assert [figure for figure in invented if f"{figure}</strong>{DAGGER}" not in html] == []


def test_a_draft_that_is_too_heavy_is_looked_at_elsewhere(changes: dict[str, Any]) -> None:
    notice = DraftNotice(
        office="sumenep-dkupp", office_name="Dinas Koperasi", contact="a@dinas.example", year=2023,
        title="LKjIP 2023 DKUPP Sumenep", number=2, name="2-1", mark="0" * 16,
        made_at=datetime(2024, 4, 4, 2, tzinfo=UTC), cause="BPS merilis PDRB.", changes=changes,
    )  # fmt: skip
    heavy = Attachment("rancangan.pdf", bytes(1_000_000))
    light = compose_draft_mail(notice, notice.made_at, **PEOPLE, attachment=heavy, most_bytes=2_000_000)
    assert len(list(light.iter_attachments())) == 1
    draft = compose_draft_mail(notice, notice.made_at, **PEOPLE, attachment=heavy, most_bytes=1_300_000)
    assert list(draft.iter_attachments()) == []
    for body in map(one_line, (bodies(draft)[0], seen(bodies(draft)[1]))):
        assert "lkjip approve 2-1 --year 2023 --out MAP" in body
        assert "erlampir" not in body
