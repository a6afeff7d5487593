"""Places to break words, widths of columns, and numbers below each other."""

from __future__ import annotations

from dataclasses import replace

from lxml import html

from reports.render.lifted import LiftedTable, lift_tables
from reports.render.pages.columns import INSET, SIZE, fit_columns, fit_upright, set_table
from reports.render.pages.commas import paddings
from reports.render.pages.hyphens import TEXT_SIZE, hyphenate
from reports.render.pages.letters import measure_letters
from reports.render.pages.paper import paper_of
from reports.render.typst_tables import write_table

A4 = paper_of("A4")
LETTERS = measure_letters("Libertinus Serif")
SENTENCE = "Penyelenggaraan pertanggungjawaban ke-3 memperhatikan keterlaksanaannya, "
SHY = "\u00ad"


def broken(words: str, width: float = 150) -> str:
    root = html.fragment_fromstring(f"<p>ke-1</p><p>{words}</p>", create_parent="div")
    hyphenate(root, LETTERS, width)
    return str(html.tostring(root[1], encoding="unicode"))


def lifted(rows: list[list[str]], *, wide: bool = False, head: str = "Kolom") -> LiftedTable:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    cells = "".join(f"<th>{head}</th>" for _ in rows[0])
    table = f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"
    return lift_tables(f'<div class="landscape">{table}</div>' if wide else table)[1][0]


def test_only_words_where_a_loose_line_would_end_may_be_broken() -> None:
    words = "kinerja dinas dan pertanggungjawaban anggaran serta penyelenggaraan tugas " * 12
    found = broken(words, A4.text_width)
    lines = LETTERS.width(words, TEXT_SIZE) / A4.text_width
    assert 2 <= found.count(SHY) <= lines + 1


def test_words_are_never_lost_or_changed() -> None:
    words = SENTENCE * 4 + "<strong>pelaksanaan tugas</strong> dan <em>good governance</em> lagi"
    assert broken(words, 120).replace(SHY, "") == f"<p>{words}</p>"


def test_names_numbers_abbreviations_and_foreign_words_stay_whole() -> None:
    for word in (
        "Sumenepkabupaten",
        "12.649.363.995",
        "LKJIPDKUPP",
        "<em>accountability</em>",
        "s.d.triwulan",
    ):
        assert SHY not in broken(f"{word} " * 30, 110)


def test_before_a_real_hyphen_was_shown_nothing_is_broken() -> None:
    root = html.fragment_fromstring(f"<p>{'pertanggungjawaban ' * 20}</p>", create_parent="div")
    hyphenate(root, LETTERS, 150)
    assert SHY not in html.tostring(root, encoding="unicode")


def test_the_last_word_of_a_paragraph_stays_whole() -> None:
    for count in range(10, 30):
        assert not broken("dan " * count + "pertanggungjawaban", 200).split()[-1].count(SHY)


def test_no_line_parts_rupiah_from_their_amount_a_picture_from_its_number_or_a_word_from_its_dagger() -> None:
    words = 'sebesar Rp 27.077.526.494 pada <a href="#gambar-3-3">Gambar 3.3</a>, bertanda † di tabel 3.1'
    assert broken(words) == (
        '<p>sebesar Rp\u00a027.077.526.494 pada <a href="#gambar-3-3">Gambar\u00a03.3</a>, '
        "bertanda\u00a0† di tabel\u00a03.1</p>"
    )
    assert broken("anggaran Rp <strong>5</strong>") == "<p>anggaran Rp\u00a0<strong>5</strong></p>"


def test_tables_and_headings_are_left_alone() -> None:
    words = "pertanggungjawaban ke-1 " * 20
    root = html.fragment_fromstring(
        f'<p>ke-1</p><h2>{words}</h2><figure>{words}</figure><div class="notice"><p>{words}</p></div>',
        create_parent="div",
    )
    hyphenate(root, LETTERS, 150)
    assert SHY not in html.tostring(root, encoding="unicode")


def test_lines_are_as_wide_as_typst_sets_them() -> None:
    digits = {LETTERS.width(digit, TEXT_SIZE) for digit in "0123456789"}
    assert len(digits) == 1, "figures of a table stand below each other"
    assert 2 < LETTERS.width(" ", TEXT_SIZE) < 4


def test_a_column_is_wide_enough_for_its_longest_figure() -> None:
    table = lifted(
        [["1", "Satu kalimat yang agak panjang untuk satu sel " * 4, "12.649.363.995"]] * 3, wide=True
    )
    set_ = set_table(table, LETTERS, A4.text_width, A4.turned_width)
    assert set_.upright
    assert set_.table.widths[2] * set_.width >= LETTERS.width("12.649.363.995", set_.size) + INSET
    assert abs(sum(set_.table.widths) - 1) < 0.001


def test_a_column_that_came_too_narrow_for_its_words_gets_room_though_the_table_stays_as_high() -> None:
    rows = [["< inflasi nasional", "satu dua"]] * 3
    given = replace(lifted(rows), widths=(0.08, 0.92))
    set_ = set_table(given, LETTERS, A4.text_width, A4.turned_width)
    assert 0.08 * A4.text_width < LETTERS.width("nasional", SIZE) + INSET
    assert set_.table.widths[0] * set_.width >= LETTERS.width("nasional", SIZE) + INSET


def test_in_word_a_column_too_narrow_for_its_figure_gets_wider_and_others_stay() -> None:
    rows = [["Kontribusi sektor terhadap total", "95,29%**†", "dd24dd30977e"]] * 2
    narrow = replace(lifted(rows), widths=(0.8, 0.1, 0.1))
    made = fit_columns(narrow, LETTERS, A4.text_width)
    for column, times in ((1, 4.59), (2, 5.95)):  # as wide as Times sets them, in parts of the size
        assert made.widths[column] * A4.text_width >= times * SIZE + 8
    assert abs(sum(made.widths) - 1) < 0.001
    wide_enough = replace(narrow, widths=(0.4, 0.3, 0.3))
    assert fit_columns(wide_enough, LETTERS, A4.text_width) is wide_enough


def test_in_word_a_wide_table_stands_upright_only_where_all_its_words_stay_whole() -> None:
    short = lifted([["Kabupaten", "12.649.363.995"] * 3] * 2, wide=True)
    made = fit_upright(short, LETTERS, A4.text_width)
    assert made is not None
    assert abs(sum(made.widths) - 1) < 0.001
    long = lifted([["Bulanan/Triwulanan/Semesteran", "12.649.363.995"] * 3] * 2, wide=True)
    assert fit_upright(long, LETTERS, A4.text_width) is None


def test_a_table_with_too_many_columns_for_an_upright_page_is_turned() -> None:
    set_ = set_table(lifted([["12.649.363.995"] * 9] * 2, wide=True), LETTERS, A4.text_width, A4.turned_width)
    assert not set_.upright
    assert set_.width == A4.turned_width


def test_numbers_get_room_so_that_their_commas_meet_and_words_get_none() -> None:
    table = lifted([["1", "4,4%"], ["2", "232%"], ["3", "104,60%"], ["4", "Menunggu rilis"], ["5", "-"]])
    found = paddings(table, LETTERS, SIZE, A4.text_width, INSET)
    cells = [row.cells[1] for row in table.rows[1:]]
    first, second, third = (found[id(cell)] for cell in cells[:3])
    digit = LETTERS.width("0", SIZE)
    assert round(first.before / digit, 2) == 2
    assert round(second.before / digit, 2) == 0
    assert second.behind > first.behind > third.behind == 0
    assert not {id(cell) for cell in cells[3:]} & set(found)


def test_whole_numbers_need_no_room() -> None:
    assert not paddings(lifted([["7%"], ["80%"], ["5.000"]]), LETTERS, SIZE, A4.text_width, INSET)


def test_a_low_row_is_never_parted_and_a_very_high_one_may_be() -> None:
    low, high = "kata " * 20, "kata " * 1500
    table = lifted([["1", low], ["2", high], ["3", low], ["4", low]])
    written = write_table(
        set_table(table, LETTERS, A4.text_width, A4.turned_width), LETTERS, A4.text_height
    ).splitlines()
    by_word = {words: [line for line in written if words in line] for words in ("[1]", "[2]", "[4]")}
    assert all("breakable: false" in line for line in by_word["[1]"] + by_word["[4]"])
    assert not any("breakable: false" in line for line in by_word["[2]"])
