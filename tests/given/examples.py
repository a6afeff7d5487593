"""How many made-up examples a property is tried on.

``make test`` tries a sample, always the same; ``make sweeps`` (``pytest -m "hypothesis or sweep"
--hypothesis-profile=full``) tries as many as the test asks for, and others with every seed.
"""

from __future__ import annotations

from typing import Any

from hypothesis import settings

SAMPLE = 25
FULL = "full"


def register_profiles() -> None:
    """Before any test is imported, for a test takes what it does not say itself from the profile."""
    settings.register_profile("sample", max_examples=SAMPLE, deadline=None, derandomize=True, database=None)
    settings.register_profile(FULL, max_examples=100, deadline=None, print_blob=True)
    settings.load_profile("sample")


def examples(count: int, sample: int = SAMPLE, **more: Any) -> settings:
    """For a property that needs another number of examples than the 100 that are usual.

    Args:
        count: In full.
        sample: Of a property whose examples take long.
        more: As for :class:`hypothesis.settings`.
    """
    full = settings.get_current_profile_name() == FULL
    return settings(max_examples=count if full else min(count, sample), **more)
