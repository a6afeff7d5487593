"""``lkjip offices``: the list of all offices, and the round that the workers carry out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jobs.report.runs.rounds import ROUND_TABLE, Outcome, Result
from office.loading import EXAMPLES
from standins.prefect_server import PrefectStandin
from tests.commands.given.command_line import Lkjip, expect_sentence


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobs.report.runs.ordering._LOOK_SECONDS", 0.01)


@pytest.fixture
def prefect(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrefectStandin]:
    with PrefectStandin() as standin:
        standin.add_deployment("segarkan-semua-kantor", "semua-kantor", planned=None, active=False)
        monkeypatch.setenv("PREFECT_API_URL", standin.api_url)
        yield standin


@pytest.fixture
def offices(tmp_path: Path) -> None:
    for name in ("sumenep-dkupp", "jabar-disperindag"):
        shutil.copytree(EXAMPLES / name, tmp_path / "kerja" / "kantor" / name)


def ending(prefect: PrefectStandin, kind: str, said: str, *outcomes: Outcome) -> Callable[[str], None]:
    """What a worker makes of the round."""

    def carry_out(run: str) -> None:
        prefect.tables[run, ROUND_TABLE] = [outcome.as_row() for outcome in outcomes]
        prefect.end_run(run, kind, said)

    return carry_out


@pytest.mark.usefixtures("offices")
def test_the_list_tells_each_office_its_open_years_and_its_last_issue(lkjip: Lkjip, unrendered: None) -> None:
    assert lkjip("refresh", "--agency", "sumenep-dkupp", "--year", "2023").code == 0
    first, second, number = lkjip("offices", "list").out.splitlines()
    assert first.startswith("jabar-disperindag: ")
    assert first.endswith("tahun terbuka: 2016; belum pernah terbit")
    assert "tahun terbuka: 2023; terakhir terbit: 2023 nomor 1, " in second
    assert number == "2 kantor."
    rows = {row["office"]: row for row in lkjip("offices", "list", "--json").json}
    assert rows["sumenep-dkupp"]["issue"]["number"] == 1
    assert rows["jabar-disperindag"] | {"name": ""} == {
        "office": "jabar-disperindag", "name": "", "years": [2016], "issue": None, "problem": "",
    }  # fmt: skip


@pytest.mark.usefixtures("offices")
def test_a_round_is_started_on_the_server_and_its_end_is_told(lkjip: Lkjip, prefect: PrefectStandin) -> None:
    outcomes = (
        Outcome("sumenep-dkupp", 2023, Result.NEW, 2, 4.25),
        Outcome("jabar-disperindag", 2016, Result.UNCHANGED),
    )
    said = "2 kantor disegarkan, 1 terbitan baru."
    prefect.when_started = ending(prefect, "COMPLETED", said, *outcomes)
    answer = lkjip("offices", "refresh", "--all")
    assert answer.code == 0
    assert answer.out == f"sumenep-dkupp 2023: terbitan baru (terbitan 2), 4,2 detik\n{said}\n"
    assert lkjip("offices", "refresh", "--all", "--json").json["offices"][0]["issue"] == 2


@pytest.mark.usefixtures("offices")
def test_a_round_in_which_an_office_failed_ends_with_1(lkjip: Lkjip, prefect: PrefectStandin) -> None:
    failed = Outcome("sumenep-dkupp", None, Result.FAILED, said="Data tidak terbaca.")
    prefect.when_started = ending(prefect, "FAILED", "0 kantor disegarkan, 1 gagal.", failed)
    answer = lkjip("offices", "refresh", "sumenep-dkupp", "--cause", "Coba.", "--year", "2023")
    assert answer.code == 1
    assert answer.out.splitlines() == [
        "sumenep-dkupp: gagal. Data tidak terbaca.", "0 kantor disegarkan, 1 gagal.",
    ]  # fmt: skip


@pytest.mark.usefixtures("offices")
def test_without_waiting_it_only_starts(lkjip: Lkjip, prefect: PrefectStandin) -> None:
    started: list[str] = []
    prefect.when_started = started.append
    answer = lkjip("offices", "refresh", "--all", "--no-wait")
    assert (answer.code, len(started)) == (0, 1)
    assert "dimulai" in answer.out


@pytest.mark.usefixtures("offices")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--all", "sumenep-dkupp"], "Kantor mana yang disegarkan tidak jelas."),
        ([], "Kantor mana yang disegarkan tidak jelas."),
        (["sumenep"], "Kantor 'sumenep' tidak ada."),
    ],
    ids=["both", "neither", "unknown"],
)
def test_which_offices_must_be_clear(
    lkjip: Lkjip, prefect: PrefectStandin, words: list[str], said: str
) -> None:
    expect_sentence(lkjip("offices", "refresh", *words, "--json"), said)
    assert prefect.asked == []


def no_worker(prefect: PrefectStandin) -> None:
    prefect.pools["lkjip"] = ["OFFLINE"]


def no_deployment(prefect: PrefectStandin) -> None:
    prefect.deployments.clear()


@pytest.mark.usefixtures("offices")
@pytest.mark.parametrize(
    ("without", "said"),
    [
        (PrefectStandin.stop, "tidak menjawab"),
        (no_worker, "Tidak ada pekerja untuk kolam lkjip"),
        (no_deployment, "jalankan lkjip deploy"),
    ],
)
def test_what_is_lacking_is_said_before_anything_starts(
    lkjip: Lkjip, prefect: PrefectStandin, without: Callable[[PrefectStandin], None], said: str
) -> None:
    without(prefect)
    expect_sentence(lkjip("offices", "refresh", "--all", "--json"), said)
