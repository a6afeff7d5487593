"""What an answer of the WebAPI means: BPS says nearly everything with HTTP 200.

A refused key, a missing parameter, "no such data" and even the firewall's page all come with
status 200, so the body decides (docs: bps.md 1.3, recorded answers).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from connectors.web.redaction import redact
from connectors.web.refusals import is_blocked, is_challenge
from connectors.web.transport import Fetched
from core.errors import KeyRefusedError, SourceError, passing_error

_ABSENT = {"list-not-available", "not-available", "unavailable"}
_SHOWN = 200


class Kind(Enum):
    """What came."""

    OK = "ok"
    NOT_AVAILABLE = "not-available"
    TOO_LARGE = "too-large"


@dataclass(frozen=True)
class Answer:
    """An answer that can be used: data, "there is none", or "ask for less".

    Attributes:
        kind: Which of these.
        payload: The JSON object; empty unless ``OK``. Numbers with a point are Decimal.
        fetched: The bytes behind it.
    """

    kind: Kind
    payload: Mapping[str, Any]
    fetched: Fetched


def read_answer(fetched: Fetched) -> Answer:
    """Tell what an answer is.

    Raises:
        SourceError: It cannot be used; each cause has its own message. ``retryable`` where the
            same request may succeed later.
    """
    if is_challenge(fetched):
        raise _challenge()
    if fetched.is_html:
        raise _page(fetched)
    if fetched.status == 429 or fetched.status >= 500:
        raise _later(f"WebAPI BPS sedang terganggu (HTTP {fetched.status}).")
    payload = _parse(fetched)
    if payload is None:
        return Answer(Kind.TOO_LARGE, {}, fetched)
    if not isinstance(payload, dict):
        raise _unknown(fetched)
    availability = payload.get("data-availability")
    if isinstance(availability, str) and availability in _ABSENT:
        return Answer(Kind.NOT_AVAILABLE, {}, fetched)
    if payload.get("status") != "OK":
        raise _refused(payload, fetched)
    if fetched.status != 200:
        raise _unknown(fetched)
    if payload.get("data", payload) == "" or payload.get("datacontent", payload) in ({}, [], "", None):
        return Answer(Kind.NOT_AVAILABLE, {}, fetched)
    return Answer(Kind.OK, payload, fetched)


def may_pass(fetched: Fetched) -> bool:
    """Whether an answer is one of BPS's failures that another attempt may be spared, whatever its status.

    A web page, nothing at all, or an object that was cut off; told without parsing it.
    """
    body = fetched.content.strip()
    return is_blocked(fetched) or not body or (body.startswith(b"{") and not body.endswith(b"}"))


def _parse(fetched: Fetched) -> Any:
    if not fetched.content.strip():
        raise _later("WebAPI BPS memberi jawaban kosong.")
    try:
        return json.loads(
            fetched.content,
            parse_float=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_without_contradiction,
        )
    except (ValueError, RecursionError):
        start = fetched.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        if start in (b"{", b"["):
            raise _later("Jawaban WebAPI BPS terpotong atau rusak sehingga tidak terbaca.") from None
        raise _unknown(fetched) from None


def _without_contradiction(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; Python would silently keep the last of several values under one key."""
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    first: dict[str, Any] = {}
    for key, value in pairs:
        if first.setdefault(key, value) != value:
            raise SourceError(
                f"Jawaban WebAPI BPS memuat {key[:_SHOWN]!r} dua kali dengan isi yang berbeda.",
                todo="angka yang tersimpan tetap dipakai; bila terus terjadi, tanyakan tabel itu kepada BPS.",
            )
    return made


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _later(message: str) -> SourceError:
    return passing_error(message, "periksa keadaan layanan BPS")


def _challenge() -> SourceError:
    return SourceError(
        "Situs BPS meminta bukti bahwa pengunjungnya manusia (captcha); program ini tidak melewatinya.",
        todo="unduh berkasnya dengan peramban, lalu letakkan di LKJIP_HOME/masuk/bps.",
    )


def _page(fetched: Fetched) -> SourceError:
    if fetched.status == 404:
        return SourceError(
            "Alamat WebAPI BPS salah: server menjawab HTTP 404.",
            todo="periksa LKJIP_BPS_URL; alamat resminya https://webapi.bps.go.id/v1/api.",
        )
    if b"WAF Block" in fetched.content or fetched.status == 403:
        return SourceError(
            f"Permintaan ditolak tembok api BPS (HTTP {fetched.status}); halaman penolakan datang "
            "sebagai ganti data.",
            todo="biarkan jadwal berikut mengulanginya; bila terus terjadi, minta BPS "
            "mengizinkan alamat internet kantor.",
            retryable=True,
        )
    return _later(f"WebAPI BPS memberi halaman web (HTML, HTTP {fetched.status}) sebagai ganti data JSON.")


def _refused(payload: Mapping[str, Any], fetched: Fetched) -> SourceError:
    message = payload.get("message")
    text = message if isinstance(message, str) else ""
    if "check your key" in text or payload.get("error") == "UserNotFound":
        return KeyRefusedError(
            "BPS menolak kunci WebAPI.",
            todo="periksa LKJIP_BPS_KEY; kunci dapat dilihat atau diminta di https://webapi.bps.go.id.",
        )
    if "parameter" in text.lower():
        return SourceError(
            f"BPS menolak bentuk permintaan: {redact(text)[:_SHOWN]!r}.",
            todo="laporkan kepada pembuat program.",
        )
    if not text:
        return _unknown(fetched)
    return SourceError(
        f"BPS menjawab dengan galat: {redact(text)[:_SHOWN]!r}.",
        todo="periksa kode wilayah dan nomor tabel di data instansi; bila benar, laporkan kepada "
        "pembuat program.",
    )


def _unknown(fetched: Fetched) -> SourceError:
    if fetched.status == 404:
        return SourceError(
            "Alamat WebAPI BPS salah: server menjawab HTTP 404.",
            todo="periksa LKJIP_BPS_URL; alamat resminya https://webapi.bps.go.id/v1/api.",
        )
    return SourceError(
        f"Jawaban WebAPI BPS tidak dikenal (HTTP {fetched.status}).",
        todo="angka yang tersimpan tetap dipakai; bila terus terjadi, laporkan kepada pembuat program.",
    )
