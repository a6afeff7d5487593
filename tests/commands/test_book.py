"""``lkjip book``: the chapters, their names, and a copy to write in."""

from __future__ import annotations

import json


def test_it_shows_the_chapters_with_their_tables(lkjip) -> None:
    done = lkjip("book")
    assert "akuntabilitas-kinerja: bab 3, naskah kantor (2023/buku/akuntabilitas-kinerja.md)" in done.out
    assert "  Tabel 3.2 capaian" in done.out
    rows = json.loads(lkjip("book", "--json").out)["chapters"]
    assert [row["number"] for row in rows] == [0, 1, 2, 3, 4]


def test_it_names_what_a_chapter_can_show(lkjip) -> None:
    listed = lkjip("book", "--names").out
    for written in (
        '{{ table("akhir-renstra") }}',
        '{{ value("fluktuasi-bapokti", "target") }}',
        "{{ office.name }}",
    ):
        assert written in listed
