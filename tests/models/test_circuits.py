"""The circuit of a host, kept between runs on either database."""

import threading

from models.circuits import keep_circuit, read_circuit
from models.session import open_session

HOST = "webapi.bps.example:443"
STATE = {"failures": 5, "pause_seconds": 900, "since": None, "until": None, "asked_by_server": False}


def test_host_that_was_never_in_trouble_has_none(session):
    assert read_circuit(session, HOST) is None


def test_state_comes_back_as_it_was_kept(engine, moment):
    with open_session(engine) as session:
        keep_circuit(session, HOST, STATE, moment())
    with open_session(engine, read_only=True) as session:
        assert read_circuit(session, HOST) == STATE


def test_newer_state_takes_the_place_of_the_older(engine, moment):
    for failures in (4, 5):
        with open_session(engine) as session:
            keep_circuit(session, HOST, STATE | {"failures": failures}, moment(failures))
    with open_session(engine, read_only=True) as session:
        assert read_circuit(session, HOST)["failures"] == 5


def test_another_port_is_another_host(session, moment):
    keep_circuit(session, HOST, STATE, moment())
    assert read_circuit(session, "webapi.bps.example:8443") is None


def test_two_that_keep_the_first_state_at_once_do_no_harm(engine, moment):
    together = threading.Barrier(4)
    ended = []

    def run():
        together.wait()
        with open_session(engine) as session:
            keep_circuit(session, HOST, STATE, moment())
        ended.append(True)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ended) == 4
