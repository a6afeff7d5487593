"""Letters of the address go; those of a page that is turned as a whole stay."""

from __future__ import annotations

from typing import Any

from connectors.bps.printed.watermark import drop_watermark

ALONG, UP = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), (0.0, 1.0, -1.0, 0.0, 0.0, 0.0)


def letters(text: str, matrix: tuple[float, ...]) -> list[dict[str, Any]]:
    return [{"text": letter, "matrix": matrix, "fontname": "Arial", "size": 10.0} for letter in text]


def test_turned_letters_between_upright_ones_are_left_out() -> None:
    table = letters("Industri Pengolahan 1 690,12", ALONG)
    assert drop_watermark([*table, *letters("enrekangkab", UP)]) == table


def test_a_page_that_is_turned_as_a_whole_keeps_its_letters() -> None:
    page = letters("Industri Pengolahan 1 690,12", UP)
    assert drop_watermark(page) == page
    assert drop_watermark([*page, *letters("127", ALONG)]) == [*page, *letters("127", ALONG)]
