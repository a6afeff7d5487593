"""Tables ``analisis`` and ``penunjang``: programs, kegiatan and sub kegiatan with what they reached."""

from __future__ import annotations

from core.numbers import format_number
from office.schema import Level
from reports import traced
from reports.measured import Measured, MeasuredProgram
from reports.table import Cell, Kind, Row, Table
from reports.tables.parts import goals_by_indicator, heading, legends_of, texts_of
from reports.tables.performance import derived_cell
from reports.wording import DAGGER, NOTHING, legends, show_percent, write_percent, write_value


def computed_cell(program: MeasuredProgram, text: str, *, noted: bool = False, follows: bool = False) -> Cell:
    """The realisasi of a program or what follows from it; marked, and leading to its origin, if computed.

    Args:
        program: Whose figure it is.
        text: Without signs.
        noted: Whether the note on the computed realisasi stands at this cell.
        follows: Whether it is computed of the realisasi, wherever that comes from.
    """
    return Cell(
        text + (DAGGER if program.illustrative else ""),
        align="center",
        mark="illustrative" if program.illustrative else "",
        figure=program.figure or (traced.of_program(program, text) if follows else ""),
        note=program.note if noted else "",
    )


def analysis(measured: Measured) -> Table | None:
    """Table ``analisis``: target and realisasi on every level, with the office's words; None without any."""
    if not measured.programs_have_targets:
        return None
    rows = tuple(_analysed(program) for program in measured.programs)
    return Table(
        name="analisis",
        caption="Analisis Keberhasilan, Kegagalan dan Solusi",
        header=(
            heading(
                "No.", "Tujuan/Sasaran/Program/ Kegiatan/Sub Kegiatan", "Indikator Kinerja", "Target",
                "Realisasi", "% Capaian", "Analisis Keberhasilan/ Kegagalan", "Solusi yang dilakukan",
            ),
        ),
        rows=rows,
        widths=(4, 24, 22, 9, 9, 7, 13, 12),
        landscape=True,
        notes=legends(texts_of(rows)),
    )  # fmt: skip


def analysis_words(measured: Measured) -> dict[tuple[int, int], tuple[str, str]]:
    """By row and column of the table, from 0: which column of which file, and of which program."""
    return {
        (row, place): (column, program.row.key)
        for row, program in enumerate(measured.programs)
        for place, column in ((6, "programs.analysis"), (7, "programs.solution"))
    }


def support(measured: Measured) -> Table | None:
    """Table ``penunjang``: which programs and kegiatan stand behind which sasaran; None without any."""
    goals = goals_by_indicator(measured.agency)
    measures = measured.programs_have_targets
    rows: list[Row] = []
    for number, entry in enumerate(measured.agency.year.supports, start=1):
        m = measured.indicators[entry.indicator]
        capaian = show_percent(m) if m.percent is not None else m.realisasi.reason or NOTHING
        for place, program in enumerate(measured.of_programs(entry.programs)):
            first = place == 0
            lead = (
                (
                    Cell(str(number), align="center"),
                    Cell(goals[m.id][1].text),
                    Cell(m.indicator.name),
                    derived_cell(m, capaian),
                )
                if first
                else (Cell(), Cell(), Cell(), Cell())
            )
            bold = program.row.level is Level.PROGRAM
            rows.append(
                Row(
                    (
                        *lead,
                        Cell(program.row.name, bold=bold),
                        *(_reached(program) if measures else ()),
                        Cell(entry.verdict if first else "", align="center"),
                    ),
                    kind=program.row.level.value,
                )
            )
    if not rows:
        return None
    return Table(
        name="penunjang",
        caption="Analisis Keberhasilan dan Kegagalan Program dan Kegiatan",
        header=(
            heading(
                "No.", "Tujuan/ Sasaran", "Indikator Kinerja", "% Capaian",
                "Program/ Kegiatan/Sub Kegiatan", *(("Indikator Kinerja", "% Capaian") if measures else ()),
                "Menunjang/ Tidak Menunjang",
            ),
        ),
        rows=tuple(rows),
        widths=(4, 13, 13, 11, 22, 21, 7, 9) if measures else (4, 22, 20, 11, 32, 11),
        landscape=True,
        notes=legends_of(measured, rows),
    )  # fmt: skip


def _reached(program: MeasuredProgram) -> tuple[Cell, Cell]:
    """The indicator of a program and its capaian, in table ``penunjang``."""
    return Cell(program.row.indicator), computed_cell(program, _whole(program, "%"), noted=True, follows=True)


def _analysed(program: MeasuredProgram) -> Row:
    row = program.row
    bold = row.level is Level.PROGRAM
    kind: Kind = row.level.value
    return Row(
        (
            Cell(row.key if bold else "", align="center", bold=bold),
            Cell(row.name, bold=bold),
            Cell(row.indicator),
            Cell(write_value(row.target), align="center"),
            computed_cell(program, write_value(row.realisasi), noted=True),
            computed_cell(program, _whole(program), follows=True),
            Cell(row.analysis),
            Cell(row.solution),
        ),
        kind=kind,
    )


def _whole(program: MeasuredProgram, sign: str = "") -> str:
    """A capaian of a program as the report prints it, without decimals."""
    percent = program.capaian.percent
    return format_number(percent) + sign if percent is not None else write_percent(None)
