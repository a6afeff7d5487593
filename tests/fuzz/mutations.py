"""The ways to break an answer; those that stand twice or thrice are chosen as often.

One of :data:`ON_JSON` takes the answer as JSON and a dice, and breaks it in place; one of :data:`ON_BYTES`
takes the body. Each says by its :class:`~tests.fuzz.effects.Effect` what it may do to the figures.
"""

from __future__ import annotations

from tests.fuzz import break_bytes, break_figures, break_structure, break_words

ON_JSON = (
    break_structure.lose_a_part,
    break_structure.replace_a_part,
    break_structure.replace_anything,
    break_structure.replace_anything,
    break_structure.double_a_row,
    break_structure.lose_a_row,
    break_structure.shuffle_rows,
    break_structure.shuffle_years,
    break_structure.shuffle_figures,
    break_structure.ids_as_text,
    break_structure.change_an_id,
    break_structure.exchange_ids,
    break_structure.add_a_column,
    break_structure.rename_a_column,
    break_structure.many_rows,
    break_words.dress_labels,
    break_words.dress_labels,
    break_words.exchange_labels,
    break_words.exchange_labels,
    break_words.exchange_neighbours,
    break_words.copy_a_label,
    break_words.slip_in_a_label,
    break_words.slip_in_a_label,
    break_words.cut_a_label,
    break_words.change_a_letter,
    break_words.part_of_a_category,
    break_words.change_the_unit,
    break_words.unit_in_the_title,
    break_words.change_the_title,
    break_words.change_the_note,
    break_words.change_the_day,
    break_words.star_the_years,
    break_words.change_a_year,
    break_words.move_by_a_year,
    break_figures.move_the_point,
    break_figures.move_the_point,
    break_figures.turn_the_sign,
    break_figures.mistype_a_figure,
    break_figures.nudge_a_figure,
    break_figures.figure_as_text,
    break_figures.lose_figures,
    break_figures.lose_a_year,
    break_figures.exchange_figures,
    break_figures.exchange_rows_of_figures,
    break_figures.shift_between_figures,
    break_figures.add_to_the_total,
    break_figures.scale_a_year,
    break_figures.rename_a_key,
)

ON_BYTES = (
    break_bytes.flip_bytes,
    break_bytes.flip_bytes,
    break_bytes.flip_bytes,
    break_bytes.cut_off,
    break_bytes.lose_bytes,
    break_bytes.insert_bytes,
    break_bytes.double_a_key,
    break_bytes.other_body,
)
