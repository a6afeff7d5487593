"""A wrong value or command is answered with those that are right."""

from __future__ import annotations

import pytest

from standins.bps import BpsStandin
from tests.commands.given.command_line import Lkjip, expect_sentence


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["series", "--sector", "C", "--measure", "foo"], ("'foo'", "adhb, adhk, growth, share")),
        (["series", "--sector", "Z"], ("Kategori 'Z' tidak dikenal", "A, B, C", "TOTAL")),
        (["series", "--sector", "C", "--domain", "35x9"], ("Wilayah '35x9'", "empat angka", "3529")),
        (["sources", "bps", "--domain", "35x9"], ("Wilayah '35x9'", "empat angka", "3529")),
        (["sources", "bps", "--find", " "], ("--find kosong", "pengangguran terbuka")),
        (
            ["sources", "bps", "--find", "https://www.bps.go.id/id/news"],
            ("bukan alamat tabel statistik BPS", "salin alamatnya"),
        ),
        (["poll", "--domains", ""], ("Wilayah ''", "empat angka", "semua")),
        (["poll", "--domains", "35x9"], ("Wilayah '35x9'", "empat angka", "semua")),
        (["prices", "show", "beras-medium", "--day", "2023-13-01"], ("--day", "'2023-13-01'", "2023-07-28")),
        (["budget", "show", "--as-of", "2023-02-30"], ("--as-of", "'2023-02-30'", "2023-07-31")),
        (
            ["prices", "pull", "--first", "2023-12-31", "--last", "2023-01-01"],
            ("31 Desember 2023 sesudah hari terakhir 1 Januari 2023", "--first"),
        ),
        (
            ["prices", "pull", "--first", "2024-05-01"],
            ("1 Mei 2024 sesudah hari terakhir 31 Desember 2023", "--last"),
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_value_is_answered_with_the_right_ones(
    lkjip: Lkjip, words: list[str], said: tuple[str, ...]
) -> None:
    expect_sentence(lkjip(*words, "--json"), *said)


def test_a_category_that_is_not_stored_is_answered_with_those_that_are(lkjip: Lkjip, bps: BpsStandin) -> None:
    lkjip("poll", BPS_URL=bps.url)
    expect_sentence(
        lkjip("series", "--sector", "Z", "--json"), "Kategori 'Z'", "pilih salah satu: A, ", "TOTAL"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["status", "--year", "abc"], "--year tidak dapat dipakai; tulis bilangan bulat"),
        (["budget", "show", "--month", "13"], "--month tidak dapat dipakai; yang berlaku 1 sampai 12"),
        (["budget", "diff", "--vintage", "0"], "--vintage tidak dapat dipakai; yang berlaku mulai 1"),
        (["ingest", "budget", "--month", "13"], "--month tidak dapat dipakai; yang berlaku 1 sampai 12"),
        (["stauts"], "Perintah 'stauts' tidak dikenal; mungkin maksudnya: status. Perintah yang ada: demo"),
        (
            ["prices", "shwo"],
            "Perintah 'shwo' tidak dikenal; mungkin maksudnya: show. Perintah yang ada: pull",
        ),
        (["budget", "zzz"], "Perintah 'zzz' tidak dikenal. Perintah yang ada: status, show, diff."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_word_ends_with_code_2_and_names_what_may_stand_there(
    lkjip: Lkjip, words: list[str], said: str
) -> None:
    answer = lkjip(*words)
    assert answer.code == 2
    assert said in answer.err
