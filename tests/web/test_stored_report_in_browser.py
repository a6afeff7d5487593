"""A stored report in a browser, as the page gives it and from a file: cards, search, contents, look."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from reports.render import render_html
from reports.screen import screen_script, script_source, script_within
from tests.reports.test_example_offices import report_of
from web.headers import report_policy

pytestmark = pytest.mark.slow

ADDRESS = "http://lkjip.test/kantor/x/2016/terbitan/1/html"
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
OPENED = "main [popovertarget]"


@pytest.fixture(scope="module")
def content() -> bytes:
    """The smallest of the real reports: to look at a page costs by its size."""
    return render_html(report_of("jabar-inspektorat").document())


@pytest.fixture
def open_page(chrome: Any, content: bytes) -> Callable[..., Any]:
    """Opens it in a browser of its own under the policy of the page; nothing else can be asked for."""

    def opened(content: bytes = content, **wanted: Any) -> Any:
        page = chrome.browser.new_context(**wanted).new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        headers = {"Content-Security-Policy": report_policy(script_within(content))}
        answer = {"body": content, "content_type": "text/html; charset=utf-8", "headers": headers}
        page.route("**/*", lambda route: route.fulfill(**answer))
        page.goto(ADDRESS)
        return page

    return opened


@pytest.mark.browser
def test_figures_open_their_cards_and_words_are_found(open_page: Callable[..., Any], content: bytes) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    button = page.locator("main td [popovertarget]").first
    button.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog").count() == 1
    assert page.evaluate("document.activeElement.getAttribute('role')") == "dialog"
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    assert page.evaluate("document.activeElement.closest('main') !== null")

    words = html.document_fromstring(content).xpath("//main//text()[not(ancestor::svg or ancestor::details)]")
    many = "".join(words).lower().count("kinerja")
    page.fill("#cari", " KINERJA")
    assert page.inner_text("output") == f"1 dari {many}"
    assert page.evaluate("CSS.highlights.get('temuan').size + CSS.highlights.get('kini').size") == many
    page.keyboard.press("Enter")
    assert page.inner_text("output") == f"2 dari {many}"
    page.click("[data-step='-1']")
    page.click("[data-step='-1']")
    assert page.inner_text("output") == f"{many} dari {many}"
    for known in (button.inner_text(), page.inner_text("h2 >> nth=0"), page.inner_text("main td >> nth=3")):
        page.fill("#cari", known)
        assert page.inner_text("output").startswith("1 dari ")
    page.fill("#cari", "tidak-ada-kata-ini")
    assert page.inner_text("output") == "Tidak ada"

    page.click(".toc nav li:last-child a")
    page.wait_for_selector(".toc nav li:last-child a[aria-current]")
    assert page.said == []
    assert {address.partition("#")[0] for address in page.asked} == {ADDRESS}


@pytest.mark.browser
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(open_page: Callable[..., Any]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, axe, wrong = open_page(), Axe(), []
    # Colours do not follow the width: each of them once is all of them.
    for width, look in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=look)
        page.locator(OPENED).first.click()
        for entry in axe.run(page).response["violations"]:
            wrong.append(f"{width}: {entry['id']} {entry['nodes'][0]['html']}")
        wrong += [f"{width}: too wide"] if page.evaluate(TOO_WIDE) else []
        page.keyboard.press("Escape")
    assert wrong == []


@pytest.mark.browser
def test_without_a_script_cards_open_and_the_search_is_not_shown(
    chrome: Any, content: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "lkjip.html"
    file.write_bytes(content)
    page = chrome.browser.new_context(java_script_enabled=False).new_page()
    page.goto(file.as_uri())
    page.locator(OPENED).first.click()
    assert page.locator(".card:popover-open").count() == 1
    assert page.locator(".find:visible").count() == 0


@pytest.mark.browser
def test_from_a_file_the_script_runs_and_paper_has_the_report_alone(
    chrome: Any, content: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "lkjip.html"
    file.write_bytes(content)
    page = chrome.browser.new_context().new_page()
    page.goto(file.as_uri())
    page.click("[value=gelap]")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(14, 17, 19)"
    page.reload()
    assert page.evaluate(ground) == "rgb(14, 17, 19)"
    page.emulate_media(media="print")
    assert page.locator(".side:visible, .card:visible, .find:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.querySelector('main td')).color") == "rgb(0, 0, 0)"


@pytest.mark.browser
def test_an_issue_of_an_older_program_runs_its_own_script_and_no_other(
    open_page: Callable[..., Any], content: bytes
) -> None:
    older = f"window.lama = 1;\n{screen_script()}"
    digest = base64.b64encode(hashlib.sha256(older.encode()).digest()).decode()
    text = content.decode().replace(script_source(), f"'sha256-{digest}'").replace(screen_script(), older)
    page = open_page(text.replace("<main", "<b onclick='window.asing = 1'>tekan</b><main", 1).encode())
    assert page.evaluate("window.lama") == 1
    page.fill("#cari", "kinerja")
    assert page.inner_text("output").startswith("1 dari ")
    page.get_by_text("tekan", exact=True).click()
    assert page.evaluate("window.asing") is None
    assert all("Content Security Policy" in said for said in page.said)
    assert page.said != []


KEPT = """() => {
  const boxes = [...document.querySelectorAll("main .box")];
  return boxes.filter((box) => box.scrollWidth > box.clientWidth).map((box) => {
    const cells = [...box.querySelectorAll(":is(td, th)[data-kept]")];
    const left = (element) => element.getBoundingClientRect().left;
    const places = () => cells.map((cell) => left(cell) - left(box));
    const before = places();
    box.scrollLeft = box.scrollWidth;
    const gone = places().map((now, n) => now - Math.max(before[n] - box.scrollLeft, 5));
    const grounds = cells.map((cell) => getComputedStyle(cell).backgroundColor);
    const seenThrough = grounds.filter((ground) => ground.includes("rgba")).length;
    return [cells.length, Math.max(...gone.map(Math.abs)), seenThrough];
  });
}"""


@pytest.mark.browser
def test_a_picture_that_is_broader_than_a_phone_says_that_it_can_be_moved(
    open_page: Callable[..., Any],
) -> None:
    hint = "getComputedStyle(document.querySelector('.charts.single'), '::before').content"
    told = {
        width: "geser gambar" in open_page(viewport={"width": width, "height": 800}).evaluate(hint)
        for width in (390, 1280)
    }
    assert told == {390: True, 1280: False}


@pytest.mark.browser
@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_column_of_names_stays_where_a_table_is_moved(open_page: Callable[..., Any], look: str) -> None:
    page = open_page(viewport={"width": 390, "height": 800}, color_scheme=look, reduced_motion="reduce")
    moved = page.evaluate(KEPT)
    assert len(moved) > 3
    for cells, gone, seen_through in moved:
        assert cells > 1
        assert gone <= 5, "it stands at the edge, or where it is still on its way there"
        assert seen_through == 0
    page.emulate_media(media="print")
    places = "[...document.querySelectorAll('[data-kept]')].map((cell) => getComputedStyle(cell).position)"
    assert set(page.evaluate(places)) == {"static"}
