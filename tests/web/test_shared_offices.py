"""With a store the page looks for offices that other machines changed, now and then."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest

from core.settings import Settings
from tests.web.conftest import MakePage


def test_many_readers_ask_the_store_once(
    make_page: MakePage, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    asked: list[Settings] = []
    done = Event()

    def bring(settings: Settings) -> list[str]:
        asked.append(settings)
        done.set()
        return []

    monkeypatch.setattr("web.site.bring_offices", bring)
    site = make_page(store=f"file://{tmp_path}/bersama").state.site
    for _ in range(3):
        assert list(site.offices()) == ["sumenep-dkupp"]
    assert done.wait(30)
    assert asked == [site.settings]


def test_without_a_store_nothing_is_asked(make_page: MakePage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.site.Thread", None)
    assert list(make_page().state.site.offices()) == ["sumenep-dkupp"]
