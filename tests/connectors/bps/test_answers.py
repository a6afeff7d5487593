from __future__ import annotations

import contextlib
import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.bps.answers import Kind, may_pass, read_answer
from connectors.web.refusals import is_blocked, is_challenge
from core.errors import SourceError
from tests.connectors.given.recorded import fetched, sample


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("data_0000_var291_th124.json", Kind.OK),
        ("publikasi_daftar.json", Kind.OK),
        ("data_list_not_available.json", Kind.NOT_AVAILABLE),
        ("unavailable_fixture.json", Kind.NOT_AVAILABLE),
        ("simdasi_tidak_ada.json", Kind.NOT_AVAILABLE),
        ("data_null_too_large.json", Kind.TOO_LARGE),
    ],
)
def test_recorded_answers_are_told_apart(name: str, kind: Kind) -> None:
    assert read_answer(fetched(sample(name))).kind is kind


def test_a_year_that_is_declared_but_not_filled_is_not_released() -> None:
    body = b'{"status":"OK","data-availability":"available","datacontent":{}}'
    assert read_answer(fetched(body)).kind is Kind.NOT_AVAILABLE


@pytest.mark.parametrize(
    ("body", "status", "message", "retryable"),
    [
        (sample("error_bad_key.json"), 200, r"BPS menolak kunci WebAPI\..*LKJIP_BPS_KEY", False),
        (b'{"error":"UserNotFound"}', 404, "BPS menolak kunci WebAPI", False),
        (sample("error_data_missing_th.json"), 200, "BPS menolak bentuk permintaan.*'th'", False),
        (sample("error_data_prov_max_2_th.json"), 200, "maximum allowed number of years", False),
        (sample("error_waf_block.html"), 403, "tembok api BPS", True),
        (b"<html><head><title>LTM WAF Block</title>", 200, "tembok api BPS", True),
        (b"<!DOCTYPE html><html><title>Pemeliharaan</title>", 200, "halaman web .HTML", True),
        (b'{"status":"OK","data":[{"page":1,"pa', 200, "terpotong atau rusak", True),
        (b"", 200, "jawaban kosong", True),
        (b"500 - Undefined property", 500, "sedang terganggu .HTTP 500", True),
        (b"Too Many Requests", 429, "sedang terganggu .HTTP 429", True),
        (b"404 - Unable to resolve the request", 404, "Alamat WebAPI BPS salah.*LKJIP_BPS_URL", False),
        (b'"OK"', 200, "tidak dikenal", False),
        (b"[1, 2]", 200, "tidak dikenal", False),
        (b'{"status":"Error"}', 200, "tidak dikenal", False),
        (b'{"status":"Error","message":"Undefined"}', 200, "BPS menjawab dengan galat: 'Undefined'", False),
        (b'{"status":"OK","datacontent":{"1":NaN}}', 200, "terpotong atau rusak", True),
    ],
)
def test_each_failure_has_its_own_message(body: bytes, status: int, message: str, retryable: bool) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read_answer(fetched(body, status))
    assert caught.value.todo
    assert caught.value.retryable is retryable


def test_the_firewalls_page_counts_as_blocked_whatever_its_status() -> None:
    assert is_blocked(fetched(sample("error_waf_block.html"), 403))
    assert is_blocked(fetched(b"\n<HTML>", 200))
    assert not is_blocked(fetched(sample("data_0000_1804.json")))


@pytest.mark.parametrize(
    ("body", "passes"),
    [
        (b"", True),
        (b" \n", True),
        (b'{"status":"OK","data":[{"page":1,"pa', True),
        (sample("error_waf_block.html"), True),
        (sample("data_0000_1804.json"), False),
        (sample("data_null_too_large.json"), False),
        (sample("error_bad_key.json"), False),
        (b"500 - Undefined property", False),
    ],
)
def test_a_failure_that_may_pass_is_told_without_parsing(body: bytes, passes: bool) -> None:
    assert may_pass(fetched(body)) is passes


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (403, b"<!DOCTYPE html><html lang='en-US'><head><title>Just a moment...</title>"),
        (503, b"<html><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/jsch/v1'></script>"),
        (200, b"<html><form><div class='g-recaptcha' data-sitekey='x'></div></form>"),
        (200, b"<html><div class='cf-turnstile'></div>"),
    ],
)
def test_a_page_that_asks_for_a_human_is_left_to_one(status: int, body: bytes) -> None:
    with pytest.raises(SourceError, match="program ini tidak melewatinya") as caught:
        read_answer(fetched(body, status))
    assert not caught.value.retryable
    assert "LKJIP_HOME/masuk/bps" in caught.value.todo


def test_the_head_alone_tells_a_challenge() -> None:
    challenged = dataclasses.replace(fetched(b"", 403), headers={"cf-mitigated": "challenge"})
    assert is_challenge(challenged)


@pytest.mark.parametrize(
    "body",
    [
        sample("error_waf_block.html"),
        b"<html><title>Pemeliharaan</title><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'>",
        b'{"status":"OK","data":"hcaptcha.com <title>Just a moment"}',
    ],
)
def test_other_pages_and_data_are_no_challenge(body: bytes) -> None:
    assert not is_challenge(fetched(body))


@given(st.binary(max_size=200), st.sampled_from([200, 302, 403, 404, 500]))
def test_any_bytes_end_in_an_answer_or_a_source_error(body: bytes, status: int) -> None:
    with contextlib.suppress(SourceError):
        assert read_answer(fetched(body, status)).kind in Kind


@pytest.mark.parametrize(
    "twice", ['"k": 1, "k": 2', '"k": 1, "k": "1"', '"k": [1], "k": {}', '"k": 1, "k": null']
)
def test_two_different_values_under_one_key_are_refused(twice: str) -> None:
    body = f'{{"status": "OK", "datacontent": {{"a": 5, {twice}}}}}'
    with pytest.raises(SourceError, match="'k' dua kali dengan isi yang berbeda") as caught:
        read_answer(fetched(body.encode()))
    assert not caught.value.retryable


def test_the_same_value_twice_under_one_key_does_no_harm() -> None:
    answer = read_answer(fetched(b'{"status": "OK", "datacontent": {"a": 5.50, "b": 1, "a": 5.5}}'))
    assert answer.payload["datacontent"] == {"a": Decimal("5.5"), "b": 1}
