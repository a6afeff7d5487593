"""The code of a region in BPS's list is found by its name, and never guessed."""

from __future__ import annotations

import pytest

from connectors.bps.domains import domain_named

LISTED = [
    {"domain_id": "3200", "domain_name": "Jawa Barat"},
    {"domain_id": "3204", "domain_name": "Bandung"},
    {"domain_id": "3273", "domain_name": "Kota Bandung"},
    {"domain_id": "3529", "domain_name": "Sumenep"},
    {"domain_id": "3574", "domain_name": "Probolinggo"},
    {"domain_id": "3513", "domain_name": "Probolinggo"},
]


@pytest.mark.parametrize(
    ("region", "code"),
    [
        ("Provinsi Jawa Barat", "3200"),
        ("Kabupaten Sumenep", "3529"),
        ("Sumenep", "3529"),
        ("Kabupaten Bandung", "3204"),
        ("Kota Bandung", "3273"),
        ("Kota Probolinggo", "3574"),
        ("Kab. Probolinggo", "3513"),
    ],
)
def test_a_region_is_found_by_kind_and_name(region: str, code: str) -> None:
    assert domain_named(LISTED, region) == code


@pytest.mark.parametrize("region", ["Kabupaten Atlantis", "Probolinggo", "Kota Sumenep"])
def test_a_region_that_is_not_there_or_not_clear_is_left_open(region: str) -> None:
    assert domain_named(LISTED, region) == ""
