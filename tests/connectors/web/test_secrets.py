"""The key stands in every url that is asked, and may come out nowhere."""

from __future__ import annotations

import logging
import pickle
import traceback

import pytest

from connectors.bps import BpsClient, search_series
from connectors.web.session import PoliteSession
from core.errors import LkjipError
from standins.bps import BpsStandin
from standins.bps.faults import FAULTS
from tests.connectors.given.reading import read_pdrb
from tests.connectors.given.recorded import AGENT, Clock


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - {"stall", "slow_drip"}))
@pytest.mark.parametrize("key_is_right", [True, False])
def test_the_key_appears_nowhere(
    bps: BpsStandin, clock: Clock, caplog: pytest.LogCaptureFixture, fault: str, key_is_right: bool
) -> None:
    key = bps.key if key_is_right else "kunci-salah/dengan+tanda 123"
    caplog.set_level(logging.DEBUG)
    session = PoliteSession(AGENT, secret=key, clock=clock, sleep=clock.sleep, read_timeout=5)
    client = BpsClient(bps.url, key, session)
    bps.fail_with(fault)
    seen = [repr(session), repr(client)]
    try:
        found = search_series(client, "3529")
        seen.append(repr(found))
        seen.append(repr(read_pdrb(client, found, [2022, 2023])))
    except LkjipError as error:
        seen += [str(error), repr(error), *traceback.format_exception(error)]
        seen += [repr(error.__context__), repr(pickle.loads(pickle.dumps(error)).__dict__)]
    session.close()
    seen += [caplog.text, *(repr(vars(record)) for record in caplog.records)]
    assert session.sent > 0
    for text in seen:
        for spelled in (key, "kunci-salah%2Fdengan%2Btanda+123", "kunci-salah%2Fdengan%2Btanda%20123"):
            assert spelled not in text


def test_an_unreachable_server_does_not_show_the_key(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    key = "rahasia" * 3
    session = PoliteSession(AGENT, secret=key, clock=clock, sleep=clock.sleep)
    with pytest.raises(LkjipError) as caught:
        BpsClient("http://127.0.0.1:9/v1/api", key, session).ask("list", model="var")
    session.close()
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None, "the library's exception quotes the url"
    assert key not in "".join(traceback.format_exception(caught.value)) + caplog.text
