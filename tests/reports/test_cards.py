"""What the page tells of a figure that is pressed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import html

from office.schema import Agency, Level
from reports.cards import Card, build_cards
from reports.content import IssueInfo, Report, build_report
from reports.render import render_html
from reports.traced import TOTAL
from reports.wording import write_percent
from tests.reports.conftest import Filler
from tests.reports.given.released import RELEASED
from tests.reports.test_example_offices import YEARS, report_of

GROWTH = "pertumbuhan-industri"


@pytest.fixture(scope="module")
def page(budget_report: Report) -> html.HtmlElement:
    return html.document_fromstring(render_html(budget_report.document()))


def cards_of(report: Report) -> dict[str, Card]:
    return {card.figure: card for card in report.document().cards}


@pytest.mark.parametrize("office", YEARS)
def test_every_traced_figure_of_the_tables_has_a_card(office: str) -> None:
    report = report_of(office)
    shown = {cell.figure for table in report.tables.values() for row in table.rows for cell in row.cells}
    assert shown - {""} <= set(cards_of(report))


def test_a_card_has_the_formulas_of_the_origin_with_their_numbers(budget_report: Report) -> None:
    cards = cards_of(budget_report)
    for origin in budget_report.origins:
        told = [f"{what}: {formula}" for what, formula in cards[origin.figure].lines]
        assert told == list(origin.steps)


def test_every_button_opens_a_card_and_a_figure_has_one(
    page: html.HtmlElement, budget_report: Report
) -> None:
    opened = {button.get("popovertarget") for button in page.iter("button") if button.get("popovertarget")}
    ids = [card.get("id") for card in page.find_class("card")]
    assert len(ids) == len(set(ids))
    assert opened == set(ids)
    titles = [page.get_element_by_id(f"j{number[1:]}").text for number in ids]
    assert sorted(titles) == sorted({card.title for card in cards_of(budget_report).values()} & set(titles))


def test_a_button_opens_the_card_of_its_own_figure(page: html.HtmlElement, budget_report: Report) -> None:
    m = budget_report.measured.indicators[GROWTH]
    (row, *_) = (
        row
        for row in page.get_element_by_id("tabel-3-2").iter("tr")
        if m.indicator.name in " ".join(row.itertext())
    )
    for button in row.iter("button"):
        card = page.get_element_by_id(button.get("popovertarget"))
        assert m.indicator.name in card.text_content()


def test_programs_and_their_sum_tell_how_the_serapan_is_computed(budget_report: Report) -> None:
    cards, measured = cards_of(budget_report), budget_report.measured
    program = next(p for p in measured.programs if p.row.level is Level.PROGRAM)
    assert program.spending
    assert dict(cards[f"program:{program.row.key}"].lines)["Capaian anggaran"].endswith(
        f"= {write_percent(program.spending.absorbed)}."
    )
    assert dict(cards[TOTAL].lines)["Capaian anggaran"].endswith(
        f"= {write_percent(measured.total.absorbed)}."
    )
    assert measured.budget
    assert cards[TOTAL].pieces[0].snapshot == measured.budget.source.snapshot


def test_a_fetched_figure_tells_status_release_when_it_was_fetched_and_the_whole_hash(
    agency: Agency, filled: Filler
) -> None:
    taken = filled()
    growth = taken[GROWTH, 2023]
    fetched = replace(growth.inputs[0], fetched_at=datetime(2024, 4, 4, 20, 5, tzinfo=UTC))
    taken[GROWTH, 2023] = replace(growth, inputs=(fetched,))
    report = build_report(agency, taken, issue=IssueInfo(2, RELEASED))
    (piece,) = cards_of(report)[GROWTH].pieces
    assert piece.facts == (
        "sementara", "rilis 4 April 2024", "diambil 5 April 2024 pukul 03.05 WIB", "ilustrasi",
    )  # fmt: skip
    assert f'<code title="{"ab" * 32}">{"ab" * 32}</code>' in render_html(report.document()).decode()


def test_a_figure_of_an_old_issue_tells_no_time(filled_report: Report) -> None:
    assert not re.search(r"diambil", str(cards_of(filled_report)[GROWTH].pieces))


def test_the_year_before_has_a_card_of_its_own(filled_report: Report) -> None:
    m = filled_report.measured.indicators[GROWTH]
    assert m.previous_capaian
    answer = write_percent(m.previous_capaian.percent)
    assert dict(cards_of(filled_report)[f"{GROWTH}:lalu"].lines) == {
        "Realisasi 2022": "7,89%; LKjIP 2023 tabel 3.3",
        "Capaian 2022": f"{m.previous_capaian.formula} = {answer}",
        "Perubahan realisasi 2022 ke 2023": "selisih 6,20%*† dan 7,89%: 1,69 poin persentase",
    }


def test_pdf_and_word_are_made_without_cards(budget_report: Report) -> None:
    body = budget_report.document().anchored
    assert not re.search(r"popover|program:|:lalu", body)
    assert f'href="#asal-{GROWTH}"' in body


def test_without_cards_figures_lead_to_the_appendix(budget_report: Report) -> None:
    text = render_html(replace(budget_report.document(), cards=())).decode()
    assert f'<a class="trace" href="#asal-{GROWTH}"' in text
    assert '<div class="card"' not in text


@pytest.mark.parametrize("office", YEARS)
def test_cards_make_the_page_at_most_a_quarter_larger(office: str) -> None:
    document = report_of(office).document()
    plain = len(render_html(replace(document, cards=())))
    assert plain < len(render_html(document)) <= plain * 1.25


def test_what_nobody_computed_has_no_card(waiting_report: Report) -> None:
    cards = build_cards(waiting_report.measured, waiting_report.origins)
    assert all(card.lines for card in cards)
    assert all(formula for card in cards for _, formula in card.lines)
