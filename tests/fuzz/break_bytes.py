"""Breaking the bytes of an answer."""

from __future__ import annotations

import random

from tests.fuzz.effects import Effect


def flip_bytes(body: bytes, dice: random.Random) -> tuple[bytes, Effect]:
    content = bytearray(body)
    for _ in range(dice.randint(1, 4)):
        content[dice.randrange(len(content))] = dice.choice(
            [dice.randrange(256), *b'0123456789,.:{}[]"\\eE- ']
        )
    return bytes(content), Effect.FIGURES


def cut_off(body: bytes, dice: random.Random) -> tuple[bytes, Effect]:
    return body[: dice.randrange(len(body))], Effect.NONE


def lose_bytes(body: bytes, dice: random.Random) -> tuple[bytes, Effect]:
    start = dice.randrange(len(body))
    return body[:start] + body[start + dice.randint(1, 12) :], Effect.FIGURES


def insert_bytes(body: bytes, dice: random.Random) -> tuple[bytes, Effect]:
    start = dice.randrange(len(body))
    inserted = dice.choice(
        [b"0", b"9", b".", b",", b'"', b"\\u0000", b"\xff", b"null", b"NaN", b"<br>", b"}{", b" "]
    )
    return body[:start] + inserted + body[start:], Effect.FIGURES


def double_a_key(body: bytes, dice: random.Random) -> tuple[bytes, Effect]:
    """A figure twice under its key, with another value or the same."""
    start = body.index(b'"datacontent"')
    first = body.index(b'"', body.index(b"{", start))
    end = body.index(b":", first)
    key = body[first:end]
    figure = dice.choice([b"1", b"99999.5", b"null", b"true", b'"-"', b"1e5"])
    place = dice.choice([first, body.index(b"}", first)])
    inserted = key + b":" + figure
    inserted = inserted + b"," if place == first else b"," + inserted
    return body[:place] + inserted + body[place:], Effect.NONE


def other_body(body: bytes, dice: random.Random) -> tuple[bytes, Effect]:
    return dice.choice(
        [b"null", b"[]", b"{}", b"", b"<html>WAF Block</html>", b'{"status":"Error","message":"x"}', b"1",
         b"\x00", b'{"status":"OK","data-availability":"list-not-available","data":""}', b"[" * 100_000,
         b'"' + body[:50]]
    ), Effect.NONE  # fmt: skip
