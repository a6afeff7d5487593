"""`lkjip deploy` on a running server, a process worker, and the pages the office looks at."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors import prefect_server as connector
from core import dates
from core.settings import PROJECT, load_settings
from jobs.report.runs.asking import ask_for_refresh
from jobs.report.runs.news import News
from jobs.workspace import Workspace
from standins.bps import BpsStandin
from tests.flows.given.story import LIFTED, RELEASE_DAY, PrefectServer, Story

pytestmark = [pytest.mark.slow, pytest.mark.prefect, pytest.mark.xdist_group("prefect")]

PICTURES = Path(os.environ.get("LKJIP_PICTURES") or PROJECT / "out" / "pictures")


@pytest.fixture(scope="package")
def deployed(prefect_server: PrefectServer) -> PrefectServer:
    prefect_server.deploy()
    return prefect_server


def read_deployments(server: PrefectServer) -> dict[str, Any]:
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings(updates={PREFECT_API_URL: server.api}), get_client(sync_client=True) as client:
        return {d.name: d for d in client.read_deployments()}


def test_every_flow_is_deployed_with_its_schedule_in_jakarta(deployed: PrefectServer):
    deployments = read_deployments(deployed)
    assert set(deployments) == {
        "anggaran",
        "berkala",
        "banyak-wilayah",
        "harga",
        "harian",
        "kelompok-kantor",
        "kotak-keluar",
        "semua-kantor",
        "unduhan",
    }
    for name in ("banyak-wilayah", "semua-kantor", "kelompok-kantor"):
        assert deployments.pop(name).schedules == []
    for deployment in deployments.values():
        assert deployment.schedules
        assert {entry.schedule.timezone for entry in deployment.schedules} == {"Asia/Jakarta"}
        assert deployment.work_pool_name == "lkjip"


def test_the_rates_that_all_workers_share_are_put_on_the_server(deployed: PrefectServer):
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings(updates={PREFECT_API_URL: deployed.api}), get_client(sync_client=True) as client:
        limits = {one.name: one for one in client.read_global_concurrency_limits()}
    for name in ("lkjip-bps", "lkjip-siskaperbapo", "lkjip-sp2kp"):
        assert (limits[name].limit, limits[name].slot_decay_per_second) == (125, 100.0 * LIFTED)


def test_news_from_outside_of_a_run_ask_a_real_server_for_two_runs_and_no_more(
    deployed: PrefectServer, tmp_path: Path
):
    settings = load_settings(home=tmp_path, agency="sumenep-dkupp", year=2023, prefect_api_url=deployed.api)
    space, now = Workspace(settings), dates.now().replace(second=10)
    asked = [ask_for_refresh(space, "uji", now + timedelta(seconds=s), news=News.FIGURE) for s in (0, 5, 20)]
    assert [one.problem for one in asked] == ["", "", ""]
    assert asked[0].at == now
    assert asked[1].at == asked[2].at == now.replace(second=0, microsecond=0) + timedelta(minutes=1)


def test_a_real_server_says_whether_a_run_gave_a_sign_of_life_and_takes_that_it_crashed(
    deployed: PrefectServer,
):
    server, now = connector.PrefectServer(deployed.api), dates.now()
    deployment = next(d for d in server.deployments() if d.name == "kotak-keluar")
    run = server.start_run(deployment, {}, at=now + timedelta(days=1))
    told = {"event": "lkjip.uji", "resource": {"prefect.resource.id": f"prefect.flow-run.{run.id}"}}
    server.emit({**told, "payload": {}}, dates.now())
    end = time.monotonic() + 30  # the server keeps what it was told a moment later
    while not server.told_since(now - timedelta(minutes=1), run) and time.monotonic() < end:
        time.sleep(0.2)
    assert server.told_since(now - timedelta(minutes=1), run)
    assert not server.told_since(now + timedelta(days=2), run)
    server.crash(run, "uji")
    assert server.run(run.id).kind == "CRASHED"


@pytest.fixture
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield started.new_page(viewport={"width": 1500, "height": 900})
        started.close()


@pytest.mark.sweep  # test_by_the_clock has a worker run it; here its pages are seen
@pytest.mark.browser
def test_a_worker_runs_the_watch_and_the_ui_shows_the_run_and_its_artifact(
    deployed: PrefectServer, story: Story, browser: Any
):
    deployed.run("deployment", "run", "segarkan-laporan/harian", **story.environment)
    deployed.run("worker", "start", "--pool", "lkjip", "--type", "process", "--run-once", **story.environment)
    story.on(RELEASE_DAY)
    deployed.run("deployment", "run", "pantau-rilis-bps/berkala", **story.environment)
    deployed.run("worker", "start", "--pool", "lkjip", "--type", "process", "--run-once", **story.environment)
    assert len(story.reports) == 2

    from playwright.sync_api import expect

    PICTURES.mkdir(parents=True, exist_ok=True)
    browser.goto(f"{deployed.ui}/runs")
    browser.get_by_text("pantau sumenep-dkupp").first.click()
    expect(browser.get_by_text("Completed").first).to_be_visible(timeout=60_000)
    expect(browser.get_by_text("BPS merilis PDRB 2023 pada 4 April 2024").first).to_be_visible(timeout=60_000)
    if "LKJIP_PICTURES" in os.environ:  # the timeline of the README's picture comes to rest
        browser.wait_for_timeout(3000)
    browser.screenshot(path=PICTURES / "prefect-run.png", animations="disabled")

    browser.goto(f"{deployed.ui}/artifacts/key/indikator-sebelum-dan-sesudah")
    browser.locator("a[href*='/artifacts/artifact/']").first.click()
    expect(browser.get_by_text("6,35%").first).to_be_visible(timeout=60_000)
    browser.screenshot(path=PICTURES / "prefect-artifact.png", animations="disabled")


@pytest.mark.sweep  # test_flows looks at the same flow; here its pages are seen
@pytest.mark.browser
def test_a_worker_looks_at_a_province_and_the_ui_shows_a_line_for_each_region(
    deployed: PrefectServer, story: Story, browser: Any
):
    story.on(RELEASE_DAY)
    with BpsStandin(today=RELEASE_DAY, domains=60) as bps:
        bps.fail_with("text_value", domain="3505")
        environment = {**story.environment, "LKJIP_BPS_URL": bps.url, "LKJIP_BPS_KEY": bps.key}
        environment["LKJIP_BPS_CONCURRENCY"] = "4"
        words = ("deployment", "run", "pantau-banyak-wilayah/banyak-wilayah", "--param", 'domains="35"')
        deployed.run(*words, **environment)
        deployed.run("worker", "start", "--pool", "lkjip", "--type", "process", "--run-once", **environment)

    from playwright.sync_api import expect

    PICTURES.mkdir(parents=True, exist_ok=True)
    browser.goto(f"{deployed.ui}/runs")
    browser.get_by_text("wilayah sumenep-dkupp").first.click()
    expect(browser.get_by_text("38 wilayah diperiksa: rilis baru 37, gagal 1.").first).to_be_visible(
        timeout=60_000
    )
    browser.goto(f"{deployed.ui}/artifacts/key/hasil-wilayah")
    browser.locator("a[href*='/artifacts/artifact/']").first.click()
    expect(browser.get_by_text("3529 Sumenep").first).to_be_visible(timeout=60_000)
    expect(browser.get_by_text("gagal").first).to_be_visible()
    browser.screenshot(path=PICTURES / "prefect-wilayah.png", animations="disabled")
