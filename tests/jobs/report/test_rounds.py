"""A round over many offices: how they are shared out, and what is said of them."""

from __future__ import annotations

import pytest

from jobs.report.runs.rounds import Outcome, Result, left_of, sentence, split

OFFICES = [f"dinas-{n}" for n in range(37)]


@pytest.mark.parametrize(("number", "size"), [(37, 10), (1, 20), (20, 20), (21, 20), (500, 7), (3, 0)])
def test_every_office_is_in_one_batch_and_the_batches_are_even(number: int, size: int):
    offices = [str(n) for n in range(number)]
    batches = split(offices, size)
    assert [office for batch in batches for office in batch] == offices
    lengths = {len(batch) for batch in batches}
    assert max(lengths) <= max(size, 1)
    assert max(lengths) - min(lengths) <= 1


def test_no_office_makes_no_batch():
    assert split([], 20) == []


def test_the_sentence_counts_and_names_those_that_failed():
    outcomes = [Outcome(office, 2023, Result.UNCHANGED) for office in OFFICES[:33]]
    outcomes += [Outcome(office, 2023, Result.NEW, 2) for office in OFFICES[33:36]]
    outcomes += [Outcome("dinas-36", 2023, Result.FAILED, said="Data tidak terbaca.")]
    said = sentence(outcomes)
    assert said == "36 kantor disegarkan, 3 terbitan baru, 1 gagal: dinas-36 (Data tidak terbaca)."


def test_an_office_of_which_one_year_failed_counts_once_and_as_failed():
    outcomes = [Outcome("a", 2023, Result.NEW, 1), Outcome("a", 2024, Result.FAILED)]
    assert sentence(outcomes) == "0 kantor disegarkan, 1 terbitan baru, 1 gagal: a."


def test_many_failures_are_not_all_named():
    said = sentence([Outcome(office, None, Result.FAILED) for office in OFFICES])
    assert said.endswith("37 gagal: dinas-0; dinas-1; dinas-2; dinas-3; dinas-4, dan 32 lain.")


def test_what_was_skipped_is_said():
    outcomes = [Outcome("a", None, Result.SKIPPED), Outcome("b", 2023, Result.UNCHANGED)]
    assert sentence(outcomes) == "1 kantor disegarkan, 0 terbitan baru, 1 dilewati."


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome("a", 2023, Result.NEW, 3, 4.5, "terbit", "http://127.0.0.1:8000/kantor/a/2023"),
        Outcome("a", None, Result.FAILED, said="x"),
        Outcome("a", None, Result.WAITING),
    ],
    ids=lambda outcome: outcome.result.name,
)
def test_the_table_is_read_as_it_was_written(outcome: Outcome):
    assert Outcome.from_row(outcome.as_row()) == outcome


def test_an_office_that_waits_is_left():
    known = [Outcome("a", 2023, Result.UNCHANGED), Outcome("b", None, Result.WAITING)]
    assert left_of(["a", "b", "c"], known) == ("b", "c")
