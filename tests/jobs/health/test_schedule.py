"""What is found wrong with the schedule, by what a Prefect server answers."""

from datetime import timedelta

import pytest
import yaml

from connectors.prefect_server import PrefectServer
from core import dates
from core.settings import PROJECT
from jobs.health.schedule import look_at_schedule
from standins.serving import Reply

NOW = dates.now()
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def look(prefect, space):
    return lambda: look_at_schedule(PrefectServer(prefect.api_url), space().settings, NOW)


def keys(schedule):
    return [finding.key for finding in schedule.findings]


def test_a_schedule_that_is_planned_and_polled_is_well(prefect, look):
    seen = look()
    assert seen.findings == ()
    assert [entry.flow for entry in seen.planned] == ["kirim-laporan"]
    assert seen.planned[0].next_run - NOW > 59 * MINUTE


def test_a_server_that_is_gone_is_the_only_finding(prefect, look):
    prefect.stop()
    seen = look()
    [finding] = seen.findings
    assert (finding.key, finding.title) == ("prefect/server", "Server Prefect tidak menjawab")
    assert prefect.api_url in finding.detail
    assert (seen.answered, seen.looked_at) == (False, ("prefect/server",))


@pytest.mark.parametrize(
    "answer", [Reply(500, "application/json", b"{}"), Reply(200, "text/html", b"<html>nginx</html>")]
)
def test_a_server_that_fails_or_is_none_counts_as_gone(prefect, look, answer):
    prefect.instead = answer
    assert keys(look()) == ["prefect/server"]


def test_a_server_without_deployments_asks_for_deploy(prefect, look):
    prefect.deployments.clear()
    [finding] = look().findings
    assert finding.key == "prefect/jadwal"
    assert "lkjip deploy" in finding.todo


def test_an_active_schedule_without_a_planned_run_is_found_although_all_is_ready(prefect, look):
    prefect.forget_runs()
    assert prefect.deployments[0]["status"] == "READY"
    seen = look()
    assert [f.title for f in seen.findings] == ["Alur kirim-laporan (kotak-keluar) tidak direncanakan"]
    assert seen.planned[0].next_run is None


@pytest.mark.parametrize("paused", [{"paused": True}, {"active": False}])
def test_a_schedule_that_a_person_paused_is_no_trouble(prefect, look, paused):
    prefect.add_deployment("pantau-banyak-wilayah", "banyak-wilayah", planned=None, **paused)
    seen = look()
    assert seen.findings == ()
    assert [entry.as_text() for entry in seen.planned][1].endswith("tanpa jadwal")


@pytest.mark.parametrize("workers", [[], ["OFFLINE"]])
def test_a_pool_that_no_worker_polls_is_found(prefect, look, workers):
    prefect.pools["lkjip"] = workers
    assert [f.title for f in look().findings] == ["Tidak ada pekerja untuk kolam lkjip"]


def test_a_pool_that_was_deleted_is_found(prefect, look):
    prefect.add_deployment("segarkan-laporan", "harian", planned=NOW + HOUR, pool=None)
    assert keys(look()) == ["prefect/kolam/segarkan-laporan/harian"]


@pytest.mark.parametrize("entrypoint", ["flows/kirim.py:kirim_laporan", "flows/mail.py:kirim"])
def test_a_deployment_whose_program_an_upgrade_moved_asks_for_deploy(prefect, look, entrypoint):
    prefect.add_deployment("kirim-laporan", "lama", planned=NOW + HOUR, entrypoint=entrypoint)
    [finding] = look().findings
    assert finding.key == "prefect/entrypoint/kirim-laporan/lama"
    assert entrypoint in finding.detail
    assert "lkjip deploy" in finding.todo


def test_every_entrypoint_of_our_deployments_exists(prefect, look):
    declared = yaml.safe_load((PROJECT / "deployments" / "prefect.yaml").read_text(encoding="utf-8"))
    for entry in declared["deployments"]:
        prefect.add_deployment("x", entry["name"], planned=NOW + HOUR, entrypoint=entry["entrypoint"])
    assert len(declared["deployments"]) >= 7
    assert look().findings == ()


def test_runs_that_a_polling_worker_does_not_begin_are_found_once_for_the_pool(prefect, look):
    for late in (6 * MINUTE, 20 * MINUTE):
        prefect.add_run(prefect.deployment, "SCHEDULED", expected=NOW - late)
    [finding] = look().findings
    assert finding.key == "prefect/terlambat/lkjip"
    assert finding.detail.startswith("2 jalan terlambat; yang pertama seharusnya mulai ")


def test_a_run_that_is_a_few_minutes_late_is_no_trouble(prefect, look):
    prefect.add_run(prefect.deployment, "SCHEDULED", expected=NOW - 4 * MINUTE)
    assert look().findings == ()


def test_late_runs_are_not_told_beside_the_missing_worker_that_explains_them(prefect, look):
    prefect.pools["lkjip"] = []
    prefect.add_run(prefect.deployment, "SCHEDULED", expected=NOW - HOUR)
    assert keys(look()) == ["prefect/pekerja/lkjip"]


@pytest.mark.parametrize(
    ("hours", "tags", "found"),
    [
        (1.9, (), False),
        (2.1, (), True),
        (23, ("lkjip", "batas 24 jam"), False),
        (25, ("batas 24 jam",), True),
    ],
)
def test_a_run_that_stays_running_is_found_after_its_limit(prefect, look, hours, tags, found):
    deployment = prefect.add_deployment("pantau", "banyak", planned=NOW + HOUR, tags=tags)
    run = prefect.add_run(deployment, "RUNNING", expected=NOW - 30 * HOUR, started=NOW - hours * HOUR)
    assert keys(look()) == ([f"prefect/berjalan/{run}"] if found else [])


def test_a_run_whose_process_never_came_up_is_found_by_when_it_should_have_begun(prefect, look):
    prefect.add_run(prefect.deployment, "PENDING", expected=NOW - 3 * HOUR)
    [finding] = look().findings
    assert finding.title == "Alur kirim-laporan berjalan terlalu lama"
    assert "batasnya 2 jam" in finding.detail


@pytest.mark.parametrize("kind", ["FAILED", "CRASHED"])
def test_a_last_run_that_failed_or_crashed_is_found_with_its_words(prefect, look, kind):
    prefect.add_run(prefect.deployment, kind, expected=NOW - HOUR, ended=NOW - HOUR, message="Sandi ditolak.")
    [finding] = look().findings
    assert finding.key == "alur/kirim-laporan/sumenep-dkupp/semua"
    assert finding.title == "Alur kirim-laporan gagal (sumenep-dkupp, semua tahun)"
    assert finding.detail.endswith(f"Sandi ditolak. (Keadaan akhir di Prefect: {kind.capitalize()}.)")
    assert finding.detail.startswith("Prosesnya mati sebelum selesai") == (kind == "CRASHED")


def test_a_failure_before_the_last_run_is_over(prefect, look):
    prefect.add_run(prefect.deployment, "FAILED", expected=NOW - 2 * HOUR, ended=NOW - 2 * HOUR)
    prefect.add_run(prefect.deployment, "COMPLETED", expected=NOW - HOUR, ended=NOW - HOUR)
    seen = look()
    assert seen.findings == ()
    assert "alur/kirim-laporan/sumenep-dkupp/semua" in seen.looked_at


def test_a_cancelled_run_neither_ends_a_failure_nor_is_one(prefect, look):
    prefect.add_run(prefect.deployment, "CANCELLED", expected=NOW - HOUR, ended=NOW - HOUR)
    assert look().findings == ()
    prefect.add_run(prefect.deployment, "FAILED", expected=NOW - 2 * HOUR, ended=NOW - 2 * HOUR)
    assert keys(look()) == ["alur/kirim-laporan/sumenep-dkupp/semua"]


def test_of_two_deployments_of_a_flow_the_run_that_ended_last_decides(prefect, look):
    second = prefect.add_deployment("kirim-laporan", "malam", planned=NOW + HOUR)
    prefect.add_run(prefect.deployment, "FAILED", expected=NOW - 2 * HOUR, ended=NOW - 2 * HOUR)
    assert keys(look()) == ["alur/kirim-laporan/sumenep-dkupp/semua"]
    prefect.add_run(second, "COMPLETED", expected=NOW - HOUR, ended=NOW - HOUR)
    assert look().findings == ()


def test_a_deployment_for_another_office_fails_under_its_own_name(prefect, look):
    other = prefect.add_deployment(
        "kirim-laporan", "jabar", planned=NOW + HOUR, parameters={"agency": "jabar-inspektorat", "year": 2024}
    )
    prefect.add_run(other, "FAILED", expected=NOW - HOUR, ended=NOW - HOUR)
    seen = look()
    assert keys(seen) == ["alur/kirim-laporan/jabar-inspektorat/2024"]
    assert seen.offices == (("sumenep-dkupp", None), ("jabar-inspektorat", 2024))


@pytest.mark.parametrize(("year", "read"), [("2024", 2024), ("tahun ini", None), (None, None)])
def test_a_year_among_the_parameters_is_read_as_the_run_reads_it(prefect, look, year, read):
    prefect.add_deployment("kirim-laporan", "lain", planned=NOW + HOUR, parameters={"year": year})
    assert ("sumenep-dkupp", read) in look().offices
