"""What is read of a Prefect server, asked over HTTP on this machine."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from connectors.prefect_server import PrefectServer
from core.errors import ScheduleError, SettingsError
from standins.prefect_server import PrefectStandin
from standins.serving import Reply

NOW = datetime(2024, 4, 4, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def prefect() -> Iterator[PrefectStandin]:
    with PrefectStandin() as standin:
        yield standin


@pytest.fixture
def server(prefect: PrefectStandin) -> PrefectServer:
    return PrefectServer(prefect.api_url)


def test_a_deployment_comes_with_its_flow_its_office_and_its_pool(prefect, server):
    prefect.add_deployment(
        "kirim-laporan", "kotak-keluar", planned=None, parameters={"year": 2024}, tags=("surel",)
    )
    [found] = server.deployments()
    assert (found.flow, found.name, found.work_pool) == ("kirim-laporan", "kotak-keluar", "lkjip")
    assert (found.parameters, found.tags, found.scheduled) == ({"year": 2024}, ("surel",), True)


@pytest.mark.parametrize(("active", "paused"), [(False, False), (True, True)])
def test_a_schedule_or_deployment_that_is_paused_does_not_count_as_scheduled(prefect, server, active, paused):
    prefect.add_deployment("kirim-laporan", "kotak-keluar", planned=None, active=active, paused=paused)
    assert not server.deployments()[0].scheduled


def test_more_deployments_than_the_server_gives_at_once_are_all_read(prefect, server):
    for number in range(401):
        prefect.add_deployment("kirim-laporan", f"{number:03d}", planned=None)
    assert [d.name for d in server.deployments()] == [f"{number:03d}" for number in range(401)]


def test_the_next_run_is_the_first_planned_one_that_is_still_to_come(prefect, server):
    deployment = prefect.add_deployment("kirim-laporan", "kotak-keluar", planned=NOW + 3 * HOUR)
    for hours in (-1, 2):
        prefect.add_run(deployment, "SCHEDULED", expected=NOW + hours * HOUR)
    prefect.add_run(deployment, "COMPLETED", expected=NOW + HOUR, started=NOW, ended=NOW)
    assert server.next_run(server.deployments()[0], NOW) == NOW + 2 * HOUR


def test_a_run_of_another_deployment_is_not_the_next_one(prefect, server):
    prefect.add_deployment("kirim-laporan", "a", planned=None)
    prefect.add_deployment("kirim-laporan", "b", planned=NOW + HOUR)
    assert [server.next_run(d, NOW) for d in server.deployments()] == [None, NOW + HOUR]


def test_late_runs_come_from_the_oldest_on(prefect, server):
    deployment = prefect.add_deployment("kirim-laporan", "kotak-keluar", planned=NOW + HOUR)
    for hours in (1, 3, 2):
        prefect.add_run(deployment, "SCHEDULED", expected=NOW - hours * HOUR)
    late = server.late(server.deployments(), NOW - 2 * HOUR)
    assert [run.expected_at for run in late] == [NOW - 3 * HOUR, NOW - 2 * HOUR]


def test_without_deployments_the_server_is_not_asked_for_their_runs(prefect, server):
    assert server.late([], NOW) == server.unended([]) == []
    assert prefect.asked == []


def test_runs_under_way_are_those_that_wait_for_a_process_run_or_are_being_cancelled(prefect, server):
    deployment = prefect.add_deployment("kirim-laporan", "kotak-keluar", planned=NOW + HOUR)
    for kind in ("PENDING", "RUNNING", "CANCELLING", "COMPLETED", "CANCELLED"):
        prefect.add_run(deployment, kind, expected=NOW - HOUR, started=NOW - HOUR)
    kinds = {run.kind for run in server.unended(server.deployments())}
    assert kinds == {"PENDING", "RUNNING", "CANCELLING"}


@pytest.mark.parametrize("kind", ["COMPLETED", "FAILED", "CRASHED"])
def test_the_last_run_is_the_one_that_ended_last(prefect, server, kind):
    deployment = prefect.add_deployment("kirim-laporan", "kotak-keluar", planned=NOW + HOUR)
    prefect.add_run(deployment, kind, expected=NOW - 2 * HOUR, ended=NOW, message="Sandi ditolak.")
    prefect.add_run(deployment, "COMPLETED", expected=NOW - HOUR, ended=NOW - HOUR)
    last = server.last_ended(server.deployments()[0])
    assert (last.kind, last.message, last.ended_at) == (kind, "Sandi ditolak.", NOW)


def test_a_cancelled_run_says_nothing_of_how_the_flow_does(prefect, server):
    deployment = prefect.add_deployment("kirim-laporan", "kotak-keluar", planned=NOW + HOUR)
    prefect.add_run(deployment, "CANCELLED", expected=NOW - HOUR, ended=NOW)
    assert server.last_ended(server.deployments()[0]) is None


@pytest.mark.parametrize(
    ("states", "polls"), [([], False), (["OFFLINE"], False), (["OFFLINE", "ONLINE"], True)]
)
def test_a_pool_is_polled_when_one_of_its_workers_is_online(prefect, server, states, polls):
    prefect.pools["kolam dua"] = states
    assert server.polls("kolam dua") is polls


def test_a_pool_is_known_by_its_whole_name(prefect, server):
    assert server.has_pool("lkjip")
    assert not server.has_pool("lkj")


def test_a_server_that_is_gone_is_told_with_its_address_and_what_to_do():
    with PrefectStandin() as standin:
        url = standin.api_url
    with pytest.raises(ScheduleError, match=f"Server Prefect di {url} tidak menjawab") as caught:
        PrefectServer(url).check()
    assert "systemctl status lkjip" in caught.value.todo


@pytest.mark.parametrize("status", [401, 404, 500, 503])
def test_a_server_that_refuses_is_told_with_its_status(prefect, server, status):
    prefect.instead = Reply(status, "application/json", b'{"exception_message": "Internal Server Error"}')
    with pytest.raises(ScheduleError, match=f"menjawab HTTP {status}"):
        server.check()


FOREIGN = [
    b"<html>Selamat datang</html>",
    b"null",
    b'{"ok": true}',
    b'["a"]',
    b'[{"nama": "x"}]',
    b"\xff\xfe",
]


@pytest.mark.parametrize("body", FOREIGN)
def test_an_answer_of_something_else_than_prefect_is_told(prefect, server, body):
    [deployment] = _one(prefect, server)
    prefect.instead = Reply(200, "application/json", body)
    for ask in (
        server.check,
        lambda: server.has_pool("lkjip"),
        server.deployments,
        lambda: server.next_run(deployment, NOW),
        lambda: server.last_ended(deployment),
        lambda: server.polls("lkjip"),
    ):
        with pytest.raises(ScheduleError, match=r"bukan sebagai server Prefect|tidak menyatakan diri sehat"):
            ask()


def _one(prefect, server):
    prefect.add_deployment("kirim-laporan", "kotak-keluar", planned=NOW + HOUR)
    return server.deployments()


def test_an_answer_that_is_cut_off_is_told(prefect, server):
    prefect.instead = Reply(200, "application/json", b"true", cut=2)
    with pytest.raises(ScheduleError, match="tidak menjawab"):
        server.check()


def test_a_proxy_of_the_environment_is_not_asked(prefect, server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    server.check()
    assert prefect.asked == ["/api/health"]


def test_another_machine_is_not_asked_where_only_this_one_may_be():
    with pytest.raises(SettingsError, match=r"prefect\.example"):
        PrefectServer("http://prefect.example:4200/api").check()
