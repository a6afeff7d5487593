"""After repeated failures a server is left alone for a while, and that is said."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.web.circuit import Circuit
from core.errors import KeyRefusedError, SourceError

HOST = "bps.example"
START = datetime(2024, 4, 4, 1, 0, tzinfo=UTC)


class Now:
    """A moment that can be moved on."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def pass_minutes(self, minutes: int) -> None:
        self.moment += timedelta(minutes=minutes)


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def circuit(now: Now) -> Circuit:
    return Circuit(now=now)


def fail(circuit: Circuit, times: int) -> None:
    for _ in range(times):
        circuit.failed(circuit.admit(HOST), HOST)


def test_four_failures_in_a_row_change_nothing(circuit: Circuit) -> None:
    fail(circuit, 4)
    assert circuit.opened_until is None
    circuit.admit(HOST)


def test_the_fifth_failure_in_a_row_opens_it(circuit: Circuit) -> None:
    fail(circuit, 5)
    assert circuit.opened_until == START + timedelta(minutes=15)
    with pytest.raises(SourceError) as caught:
        circuit.admit(HOST)
    assert caught.value.message == (
        "Sambungan ke bps.example dijeda setelah 5 permintaan berturut-turut gagal, sejak 4 April 2024 "
        "pukul 08.00 WIB; tidak dicoba lagi sampai 4 April 2024 pukul 08.15 WIB."
    )
    assert caught.value.retryable
    assert caught.value.todo


def test_a_success_between_failures_starts_the_count_anew(circuit: Circuit) -> None:
    fail(circuit, 4)
    circuit.succeeded(circuit.admit(HOST))
    fail(circuit, 4)
    assert circuit.opened_until is None


def test_after_the_pause_one_request_is_let_through_on_trial(circuit: Circuit, now: Now) -> None:
    fail(circuit, 5)
    now.pass_minutes(15)
    circuit.admit(HOST)
    with pytest.raises(SourceError, match="dijeda"):
        circuit.admit(HOST)


def test_a_trial_that_succeeds_closes_it(circuit: Circuit, now: Now) -> None:
    fail(circuit, 5)
    now.pass_minutes(15)
    circuit.succeeded(circuit.admit(HOST))
    assert circuit.opened_until is None
    fail(circuit, 4)
    circuit.admit(HOST)


def test_each_trial_that_fails_doubles_the_pause_up_to_six_hours(circuit: Circuit, now: Now) -> None:
    fail(circuit, 5)
    pauses = []
    for _ in range(7):
        until = circuit.opened_until
        assert until is not None
        pauses.append(int((until - now()).total_seconds()) // 60)
        now.moment = until
        fail(circuit, 1)
    assert pauses == [15, 30, 60, 120, 240, 360, 360]


def test_after_it_closed_the_first_pause_is_short_again(circuit: Circuit, now: Now) -> None:
    fail(circuit, 5)
    now.pass_minutes(15)
    fail(circuit, 1)
    now.pass_minutes(30)
    circuit.succeeded(circuit.admit(HOST))
    fail(circuit, 5)
    assert circuit.opened_until == now() + timedelta(minutes=15)


def test_a_trial_that_is_broken_off_may_be_made_anew(circuit: Circuit, now: Now) -> None:
    fail(circuit, 5)
    now.pass_minutes(15)
    circuit.abandoned(circuit.admit(HOST))
    circuit.succeeded(circuit.admit(HOST))
    assert circuit.opened_until is None


def test_asked_by_a_person_one_request_is_let_through_at_once(circuit: Circuit) -> None:
    fail(circuit, 5)
    circuit.try_now()
    circuit.admit(HOST)
    with pytest.raises(SourceError, match="dijeda"):
        circuit.admit(HOST)


def test_a_trial_asked_for_that_succeeds_closes_it(circuit: Circuit) -> None:
    fail(circuit, 5)
    circuit.try_now()
    circuit.succeeded(circuit.admit(HOST))
    assert circuit.opened_until is None
    circuit.admit(HOST)


def test_a_trial_asked_for_that_fails_doubles_the_pause_and_none_follows(circuit: Circuit) -> None:
    fail(circuit, 5)
    circuit.try_now()
    fail(circuit, 1)
    assert circuit.opened_until == START + timedelta(minutes=30)
    with pytest.raises(SourceError, match="dijeda"):
        circuit.admit(HOST)


def test_asking_for_a_trial_does_not_spare_a_circuit_that_is_closed(circuit: Circuit) -> None:
    circuit.try_now()
    fail(circuit, 5)
    with pytest.raises(SourceError, match="dijeda"):
        circuit.admit(HOST)


def test_a_trial_asked_for_and_broken_off_leaves_the_pause_as_it_was(circuit: Circuit) -> None:
    fail(circuit, 5)
    before = circuit.as_dict()
    circuit.try_now()
    circuit.abandoned(circuit.admit(HOST))
    assert circuit.as_dict() == before


def test_how_older_requests_end_says_nothing_about_an_open_circuit(circuit: Circuit, now: Now) -> None:
    """Several requests are under way when the circuit opens: it neither closes nor opens for longer."""
    older = circuit.admit(HOST)
    fail(circuit, 5)
    circuit.succeeded(older)
    circuit.failed(older, HOST)
    assert circuit.opened_until == START + timedelta(minutes=15)


def test_a_request_under_way_is_not_tried_again_once_it_is_open(circuit: Circuit, now: Now) -> None:
    older = circuit.admit(HOST)
    circuit.recheck(older, HOST)
    fail(circuit, 5)
    with pytest.raises(SourceError, match="dijeda"):
        circuit.recheck(older, HOST)
    now.pass_minutes(15)
    circuit.recheck(circuit.admit(HOST), HOST)


def test_a_server_that_asks_for_a_long_wait_is_left_alone_for_so_long(circuit: Circuit) -> None:
    circuit.leave_alone(3600, HOST)
    assert circuit.opened_until == START + timedelta(hours=1)
    with pytest.raises(SourceError, match="dijeda atas permintaan server itu"):
        circuit.admit(HOST)


def test_a_server_that_asks_for_years_is_asked_again_after_six_hours(circuit: Circuit) -> None:
    circuit.leave_alone(float("inf"), HOST)
    assert circuit.opened_until == START + timedelta(hours=6)


def test_a_refused_key_ends_the_run_at_once(circuit: Circuit) -> None:
    circuit.refuse_key()
    with pytest.raises(KeyRefusedError, match=r"bps\.example sudah menolak kunci") as caught:
        circuit.admit(HOST)
    assert not caught.value.retryable


def test_the_next_run_may_have_another_key(circuit: Circuit, now: Now) -> None:
    circuit.refuse_key()
    Circuit.from_dict(circuit.as_dict(), now=now).admit(HOST)


def test_an_open_circuit_stays_open_over_runs(circuit: Circuit, now: Now) -> None:
    fail(circuit, 5)
    now.pass_minutes(15)
    fail(circuit, 1)
    kept = json.loads(json.dumps(circuit.as_dict()))
    later = Circuit.from_dict(kept, now=now)
    assert later.as_dict() == circuit.as_dict()
    assert later.opened_until == now() + timedelta(minutes=30)
    with pytest.raises(SourceError, match=r"setelah 6 permintaan.*sejak 4 April 2024 pukul 08\.00 WIB"):
        later.admit(HOST)


def test_failures_are_counted_over_runs(circuit: Circuit, now: Now) -> None:
    fail(circuit, 4)
    later = Circuit.from_dict(circuit.as_dict(), now=now)
    fail(later, 1)
    assert later.opened_until is not None


def test_a_pause_begun_by_a_clock_that_went_ahead_is_over_at_the_next_run(now: Now) -> None:
    state = {"failures": 5, "pause_seconds": 10**9, "since": "2036-01-01T00:00:00+00:00"}
    later = Circuit.from_dict({**state, "until": "2036-01-01T00:15:00+00:00"}, now=now)
    assert later.opened_until is None
    assert later.as_dict()["pause_seconds"] == 6 * 3600
    succeed = later.admit(HOST)
    later.succeeded(succeed)
    assert later.as_dict()["until"] is None


@given(
    st.dictionaries(
        st.sampled_from(["failures", "pause_seconds", "since", "until", "asked_by_server"]),
        st.none() | st.integers() | st.floats() | st.text(max_size=20) | st.just("2024-04-04T00:00:00"),
    )
)
def test_state_that_cannot_be_read_lets_requests_pass_or_pauses_at_most_six_hours(state: dict) -> None:
    circuit = Circuit.from_dict(state, now=lambda: START)
    until = circuit.opened_until
    assert until is None or until <= START + timedelta(hours=6)
    json.dumps(circuit.as_dict())
