"""The passages of a chapter: what is certain to be printed as it stands, and nothing else."""

from __future__ import annotations

from office.book.passages import Passage, passages_of


def texts(chapter: str) -> list[str]:
    return [passage.text for passage in passages_of(chapter)]


def test_a_paragraph_has_its_lines_and_its_expressions() -> None:
    chapter = '# BAB\n\nNilai {{ value("sakip") }} tahun\n{{ year }} naik.\n\nLain.\n'
    assert passages_of(chapter)[0] == Passage(
        3, 4, "", 'Nilai {{ value("sakip") }} tahun\n{{ year }} naik.', ('{{ value("sakip") }}', "{{ year }}")
    )


def test_items_of_a_list_are_passages_of_their_own() -> None:
    found = passages_of("# BAB\n\n- satu\n- dua\n\n1. tiga\n\na. empat\n")
    assert [(each.first, each.prefix, each.text) for each in found] == [
        (3, "- ", "satu"), (4, "- ", "dua"), (6, "1. ", "tiga"), (8, "a. ", "empat"),
    ]  # fmt: skip


def test_headings_tables_and_quotes_are_none() -> None:
    assert texts("# BAB\n\n## A\n\n> kutipan\n\n| a |\n|---|\n\n::: mendatar\n\nisi\n\n:::\n") == ["isi"]


def test_what_stands_in_a_condition_is_one() -> None:
    assert texts('# BAB\n\n{% if has("iku") %}\nIsi.\n{% else %}\nLain.\n{% endif %}\n') == ["Isi.", "Lain."]


def test_what_may_be_printed_more_than_once_or_elsewhere_is_none() -> None:
    for opening, closing in (
        ("for n in [1, 2]", "endfor"), ("set kata", "endset"), ("macro m()", "endmacro"),
        ("filter upper", "endfilter"), ("raw", "endraw"),
    ):  # fmt: skip
        chapter = f"# BAB\n\nAwal.\n\n{{% {opening} %}}\nIsi.\n{{% {closing} %}}\n\nAkhir.\n"
        assert texts(chapter) == ["Awal.", "Akhir."], opening


def test_a_line_with_a_statement_or_a_remark_is_none() -> None:
    assert texts("# BAB\n\nA {% if year %}B{% endif %}\n\n{# catatan #}C\n\n{% set x = 1 %}\nD\n") == ["D"]


def test_a_condition_within_a_loop_does_not_let_its_lines_out() -> None:
    chapter = "# BAB\n\n{% for n in [1] %}\n{% if n %}\nIsi.\n{% endif %}\n{% endfor %}\nAkhir.\n"
    assert texts(chapter) == ["Akhir."]


def test_a_chapter_that_cannot_be_read_has_none() -> None:
    assert passages_of("# BAB\n\n{{ rusak\n") == ()
    assert passages_of("# BAB\n\nIsi {% tidak ada\n") == ()
