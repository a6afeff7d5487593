"""Whatever figure the page shows, in a table, a sentence or a picture, opens a card that tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import html

from capaian.rules import Over
from office.schema import Agency
from reports import traced
from reports.cards import Card, build_cards
from reports.charts.picture import Picture
from reports.content import IssueInfo, Report, build_report
from reports.prices.evidence import PriceEvidence
from reports.realisasi import CourseYear
from reports.render import render_html
from reports.table import Table
from reports.wording import show_percent
from tests.reports.conftest import RELEASED, Filler
from tests.reports.given.year_of_budget import budget_evidence
from tests.reports.given.year_of_prices import INDICATOR, MARKETS, YEAR, computed
from tests.reports.test_example_offices import YEARS, report_of

GROWTH = "pertumbuhan-industri"
COURSE = (
    CourseYear(2021, Decimal("3.517"), "sementara"),
    CourseYear(2022, Decimal("5.77"), illustrative=True),
)


@pytest.fixture(scope="module")
def whole_report(agency: Agency, filled: Filler, prices: PriceEvidence) -> Report:
    """After the release, with a year of prices and of budget exports."""
    taken = filled()
    taken[INDICATOR, YEAR] = computed(prices.fluctuation)
    taken[GROWTH, YEAR] = replace(taken[GROWTH, YEAR], course=COURSE)
    issue = IssueInfo(2, RELEASED)
    return build_report(agency, taken, issue=issue, prices=prices, budget=budget_evidence(agency))


@pytest.fixture(scope="module")
def page(whole_report: Report) -> html.HtmlElement:
    return html.document_fromstring(render_html(whole_report.document()))


def cards_of(report: Report) -> dict[str, Card]:
    return {card.figure: card for card in report.document().cards}


def tables_of(report: Report) -> Iterator[Table]:
    yield from report.tables.values()
    yield from (table for lampiran in report.appendices for _, part in lampiran.parts for table in part)
    for own in filter(None, (report.price_appendix, report.budget_appendix)):
        yield from (table for _, table in own.parts)


def led_to(report: Report) -> Iterator[str]:
    """Every name that a cell, a sentence or a picture leads to."""
    for table in tables_of(report):
        yield from (cell.card or cell.figure for row in table.rows for cell in row.cells)
    for sentences in report.told.values():
        yield from (figure for sentence in sentences for figure, _ in traced.parts(sentence))
    for pictures in report.book.pictures.values():
        for picture in pictures:
            if isinstance(picture, Picture):
                yield from (figure for figure, _ in picture.traces)


@pytest.mark.parametrize("office", YEARS)
def test_whatever_leads_on_leads_to_a_card(office: str) -> None:
    report = report_of(office)
    assert set(led_to(report)) - {""} - set(cards_of(report)) == set()


def test_so_it_does_with_prices_and_budget_exports(whole_report: Report) -> None:
    cards = cards_of(whole_report)
    assert set(led_to(whole_report)) - {""} - set(cards) == set()
    for kind in (
        traced.TOTAL,
        *traced.PLANNED,
        traced.MONTHS,
        traced.FLUCTUATION,
        traced.STABLE,
        traced.PRICES,
    ):
        assert kind in set(led_to(whole_report)), kind
    assert set(traced.AVERAGES.values()) <= set(led_to(whole_report))


def test_no_card_holds_an_empty_line(whole_report: Report) -> None:
    for card in build_cards(whole_report.measured, whole_report.origins):
        assert all(what and formula for what, formula in card.lines), card.figure
        assert all(piece.label and piece.text for piece in card.pieces), card.figure


def test_figures_of_sentences_are_buttons_and_the_words_stay(
    page: html.HtmlElement, whole_report: Report
) -> None:
    shown = {" ".join(p.text_content().split()): p for p in page.iter("p", "li")}
    for sentences in whole_report.told.values():
        for sentence in sentences:
            words = " ".join(traced.plain(sentence).split())
            if words in shown:
                figures = [text for figure, text in traced.parts(sentence) if figure]
                assert [b.text_content() for b in shown[words].iter("button")] == figures


def test_an_average_is_told_with_every_capaian_in_it(whole_report: Report) -> None:
    measured = whole_report.measured
    card = cards_of(whole_report)[traced.AVERAGES["sasaran"]]
    assert [piece.label for piece in card.pieces] == [m.indicator.name for m in measured.objectives]
    assert [piece.text for piece in card.pieces] == [
        f"capaian {show_percent(m)}" for m in measured.objectives
    ]
    sums, _, answer = dict(card.lines)["Rata-rata"].rpartition(" = ")
    assert sums.endswith(f") / {len(measured.objectives)}")
    assert answer.endswith("*†"), "with the signs of what it is taken of"
    assert card.title.endswith(f": {answer}")
    assert f"rata-rata sebesar {answer} " in whole_report.sentences["rata-rata"][1]


def test_an_average_over_the_known_says_so_and_of_none_there_is_no_card(waiting_report: Report) -> None:
    assert traced.AVERAGES["tujuan"] not in cards_of(waiting_report)
    measured = waiting_report.measured
    rules = replace(measured.rules, averages=replace(measured.rules.averages, over=Over.COMPUTABLE))
    known = replace(measured, agency=measured.agency.model_copy(update={"rules": rules}))
    cards = {card.figure: card for card in build_cards(known, waiting_report.origins)}
    card = cards[traced.AVERAGES["tujuan"]]
    assert len(card.pieces) == sum(m.percent is not None for m in measured.goals)
    assert "Diambil dari indikator yang capaiannya dapat dihitung" in card.notes[0]


def test_a_count_names_whom_it_counts(waiting_report: Report) -> None:
    tally = waiting_report.measured.tally
    told = dict(cards_of(waiting_report)[traced.COUNTED].lines)
    assert told[f"{len(tally.waiting)} menunggu"] == "; ".join(m.indicator.name for m in tally.waiting)
    assert sum(int(line.split()[0]) for line in told) == len(waiting_report.measured.indicators)


def test_the_fluctuation_is_told_with_method_commodities_and_sources(
    whole_report: Report, prices: PriceEvidence
) -> None:
    card = cards_of(whole_report)[traced.FLUCTUATION]
    told = dict(card.lines)
    assert told["Fluktuasi"].count(" + ") == len(prices.fluctuation.measured) - 1
    assert told["Fluktuasi"].endswith(f") / {len(prices.fluctuation.measured)} = 8,02%†")
    assert "koefisien variasi tiap komoditas" in told["Cara hitung"]
    assert [piece.text for piece in card.pieces] == [
        f"Siskaperbapo Jawa Timur: {MARKETS[0]} dan {MARKETS[1]}",
        f"lembar harga kantor: {MARKETS[2]}",
    ]
    assert all("2 Januari 2023 sampai 29 Desember 2023" in piece.facts for piece in card.pieces)


def test_the_prices_behind_it_are_told_with_their_hash(whole_report: Report, prices: PriceEvidence) -> None:
    card = cards_of(whole_report)[traced.PRICES]
    assert card.pieces[-1].snapshot == prices.fingerprint
    sums, _, answer = dict(card.lines)["Harga dipakai"].rpartition(" = ")
    assert sum(int(part.replace(".", "")) for part in sums.split(" + ")) == int(answer.replace(".", ""))


def test_a_commodity_is_told_with_days_markets_and_formula(
    whole_report: Report, prices: PriceEvidence
) -> None:
    beras = next(c for c in prices.fluctuation.commodities if c.commodity == "beras-premium")
    told = dict(cards_of(whole_report)[traced.of_commodity("beras-premium")].lines)
    assert (
        told["Harga dipakai"]
        == f"{beras.observations} harga: {beras.days} hari, 12 bulan, 3 pasar (ilustrasi)"
    )
    assert re.fullmatch(
        r"simpangan baku / rata-rata x 100 = [\d.,]+ / [\d.,]+ x 100 = \d+,\d\d%", told["Fluktuasi"]
    )
    assert told["Rata-rata bulanan (Rp)"].count(";") == 11


def test_a_commodity_that_was_not_measured_says_why(whole_report: Report) -> None:
    told = dict(cards_of(whole_report)[traced.of_commodity("ikan-bandeng")].lines)
    assert told["Fluktuasi"].startswith("tidak diukur: ")
    nothing = cards_of(whole_report)[traced.of_commodity("kedelai-lokal")]
    assert nothing.lines == (("Fluktuasi", "tidak diukur: tidak ada harga pada tahun 2023"),)


def test_the_sum_behind_an_indicator_names_its_programs(whole_report: Report) -> None:
    m = next(m for m in whole_report.measured.indicators.values() if len(m.indicator.programs) > 1)
    labels = [piece.label for piece in cards_of(whole_report)[m.id].pieces]
    assert labels[-len(m.indicator.programs) :] == [f"Program {number}" for number in m.indicator.programs]


def test_the_months_are_told_with_their_serapan(whole_report: Report) -> None:
    told = dict(cards_of(whole_report)[traced.MONTHS].lines)
    assert len([month for month in told if " " not in month]) == 12
    assert told["Triwulan terakhir"].endswith("= 25,00% (ilustrasi).")
    grown = [answer for what, answer in told.items() if what.startswith("Bertambah bulan")]
    assert all(answer.endswith(" (ilustrasi).") for answer in grown)


def test_a_planned_sum_is_told_by_its_programs(whole_report: Report) -> None:
    rows = [p.row for p in whole_report.measured.programs if "." not in p.row.key]
    for figure, budgets in (
        (traced.PLANNED[0], [row.budget_initial for row in rows]),
        (traced.PLANNED[1], [row.budget_revised for row in rows]),
    ):
        told = dict(cards_of(whole_report)[figure].lines)["Anggaran"].rstrip(".")
        *_, answer = told.partition(" = ")
        assert int(answer.replace(".", "")) == sum(filter(None, budgets))


def test_the_years_of_pdrb_are_told_with_status_and_formula(whole_report: Report) -> None:
    card = cards_of(whole_report)[f"{GROWTH}:pdrb"]
    assert card.lines == (("2021", "3,52% (sementara)"), ("2022", "5,77% (ilustrasi)"))
    assert card.source == "BPS"
    assert "ADHK tahun itu - ADHK tahun sebelumnya" in card.notes[0]


def test_below_a_picture_its_figures_lead_on_without_a_script(
    page: html.HtmlElement, whole_report: Report
) -> None:
    listed = page.xpath("//details[@class='traces']")
    shown = [
        picture
        for pictures in whole_report.book.pictures.values()
        for picture in pictures
        if isinstance(picture, Picture) and picture.traces
    ]
    assert len(listed) == len(shown)
    for details, picture in zip(listed, shown, strict=False):
        assert len(details.xpath(".//li/button[@popovertarget]")) == len(details.xpath(".//li"))
        assert len(picture.traces) > 0


def test_without_cards_no_list_stands_below_a_picture(whole_report: Report) -> None:
    assert '<details class="traces"' not in render_html(replace(whole_report.document(), cards=())).decode()


def test_paper_and_data_have_the_words_alone(whole_report: Report) -> None:
    body = whole_report.document().anchored
    assert not re.search(r"[\ue010-\ue012]|class=\"(?:told|traces)\"", body)
    assert not re.search(r"[\ue010-\ue012]", whole_report.json_text())
