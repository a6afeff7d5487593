from __future__ import annotations

from functools import lru_cache

import pytest

from tests.connectors.given.make_books import SetPdf, set_pdf


@pytest.fixture(scope="session")
def pdf() -> SetPdf:
    """Sets a source of ``make_books`` as PDF, each one once."""
    return lru_cache(maxsize=None)(set_pdf)
