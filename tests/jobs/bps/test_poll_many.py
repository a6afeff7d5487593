"""One look over many regions: each has its own result, and one that fails stops no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlmodel import select

from core.errors import SettingsError
from jobs.bps.poll_many import choose_domains, poll_domains
from jobs.bps.series import read_series
from models.bps.tables import Poll, PollOutcome
from models.session import open_session
from standins.bps import BpsStandin
from tests.jobs.given.days import RELEASE_DAY


@pytest.fixture
def bps() -> Iterator[BpsStandin]:
    with BpsStandin(today=RELEASE_DAY, domains=60) as standin:
        yield standin


@pytest.fixture
def several(at) -> dict[str, str]:
    chosen = choose_domains(at(RELEASE_DAY), "35")
    return dict(list(chosen.items())[:6])


def test_a_province_means_all_its_regencies(at):
    chosen = choose_domains(at(RELEASE_DAY), "35")
    assert len(chosen) > 30
    assert all(code.startswith("35") and code != "3500" for code in chosen)
    assert chosen["3529"] == "Sumenep"


def test_single_regions_and_all_of_them_can_be_meant(at):
    workspace = at(RELEASE_DAY)
    assert list(choose_domains(workspace, "3529, 3528")) == ["3529", "3528"]
    assert len(choose_domains(workspace, "semua")) >= 60


@pytest.mark.parametrize(
    ("wanted", "named"), [("Sumenep", "Sumenep"), ("99", "99"), ("35290", "35290"), (",", "','")]
)
def test_a_word_that_names_no_region_is_named(at, wanted: str, named: str):
    with pytest.raises(SettingsError) as caught:
        choose_domains(at(RELEASE_DAY), wanted)
    assert named in str(caught.value)
    assert "Yang perlu dilakukan" in str(caught.value)


def test_every_region_is_kept_under_its_own_code_with_its_own_poll(at, several):
    workspace = at(RELEASE_DAY)
    told: list[tuple[int, int]] = []
    found = poll_domains(workspace, several, concurrency=3, progress=lambda *n: told.append(n))
    assert [r.domain for r in found.results] == list(several)
    assert found.count(PollOutcome.RELEASED) == len(several)
    assert told == [(n, len(several)) for n in range(1, len(several) + 1)]
    with open_session(workspace.engine, read_only=True) as session:
        assert sorted(p.domain for p in session.exec(select(Poll))) == sorted(several)
    for domain in several:
        assert read_series(workspace, domain, "C", "adhk").values


def test_a_second_look_at_them_is_no_news_and_costs_six_requests_each(at, bps, several):
    workspace = at(RELEASE_DAY)
    poll_domains(workspace, several, concurrency=3)
    bps.requests.clear()
    again = poll_domains(workspace, several, concurrency=3)
    assert again.count(PollOutcome.NO_NEWS) == len(several)
    assert {r.result.requests for r in again.results} <= {5, 6}
    assert len(bps.requests) <= 6 * len(several)


def test_a_region_that_fails_stops_no_other(at, bps, several):
    broken = list(several)[2]
    bps.fail_with("text_value", when=lambda asked: asked.params.get("domain") == broken)
    found = poll_domains(at(RELEASE_DAY), several, concurrency=2)
    outcomes = {r.domain: r.result.outcome for r in found.results}
    assert outcomes.pop(broken) is PollOutcome.FAILED
    assert [(r.domain, r.result.requests > 0) for r in found.failed] == [(broken, True)]
    assert set(outcomes.values()) == {PollOutcome.RELEASED}
    assert f"{broken} {several[broken]}" in found.as_text()
    assert "gagal 1" in found.summary()


def test_a_refused_key_is_asked_with_only_a_few_times(at, bps, several):
    bps.key = "kunci-lain"
    workspace = at(RELEASE_DAY)
    bps.key = "kunci-yang-benar"
    bps.requests.clear()
    found = poll_domains(workspace, several, concurrency=2)
    assert found.count(PollOutcome.FAILED) == len(several)
    # Of each of the two regions under way a list, which alone proves nothing, and a main table.
    assert len(bps.requests) <= 4
    assert sum(asked.params.get("model") != "tablestatistic" for asked in bps.requests) <= 2
