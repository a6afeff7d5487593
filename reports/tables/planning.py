"""Tables ``tujuan-sasaran`` to ``perubahan-program``: what was planned and agreed."""

from __future__ import annotations

from decimal import Decimal

from capaian.values import Value
from office.schema import Agency, Level, ProgramRow, TargetVersion
from reports import traced
from reports.budget.words import show_amount
from reports.measured import Measured
from reports.table import Cell, Row, Table
from reports.tables.parts import column_numbers, goals_by_indicator, heading, office_lines, plan_order
from reports.wording import write_value

FITS_UPRIGHT = 8
"""Letters of a target that fit into a column of a year on an upright page."""


def targets_of_renstra(measured: Measured) -> Table | None:
    """Table ``tujuan-sasaran``: tujuan, sasaran, indicators and targets by year of the Renstra.

    None where no sasaran has an indicator; without the columns of years where there are no targets.
    """
    agency = measured.agency
    years = sorted({y for i in agency.indicators.values() for y in i.renstra_targets})
    rows: list[Row] = []
    for number, tujuan in enumerate(agency.renstra.tujuan, start=1):
        lines = [(s, i) for s in tujuan.sasaran for i in s.indicators]
        for place, (sasaran, identifier) in enumerate(lines):
            indicator = agency.indicators[identifier]
            span = len(lines)
            goal = (
                (Cell(f"{number}.", align="center", rowspan=span), Cell(tujuan.text, rowspan=span))
                if place == 0
                else ()
            )
            targets = tuple(
                Cell(write_value(indicator.renstra_targets.get(year)), align="center") for year in years
            )
            rows.append(
                Row((*goal, Cell(f"{place + 1}."), Cell(sasaran.text), Cell(indicator.name), *targets))
            )
    if not rows:
        return None
    each = (100 - 65) // len(years) if years else 0
    most = max(sum(len(s.indicators) for s in t.sasaran) for t in agency.renstra.tujuan)
    counted = 4 if most < 10 else 6
    targeted = "Indikator dan Target Kinerja" if years else "dan Indikator Kinerja"
    return Table(
        name="tujuan-sasaran",
        caption=f"Tujuan, Sasaran{',' if years else ''} {targeted}\n{office_lines(agency)}",
        header=_renstra_header(years),
        rows=tuple(rows),
        widths=(5, 20, counted, 18, 100 - 43 - counted - each * len(years), *([each] * len(years))),
        source=agency.year.sources.get("tujuan-sasaran", agency.renstra.source),
        landscape=_longest_word(rows, len(years)) > FITS_UPRIGHT,
    )


def _longest_word(rows: list[Row], columns: int) -> int:
    """Letters of the longest word in the last columns: it is what makes them wide."""
    words = (
        word for row in rows for cell in row.cells[len(row.cells) - columns :] for word in cell.text.split()
    )
    return max(map(len, words), default=0)


def _renstra_header(years: list[int]) -> tuple[Row, ...]:
    names = tuple(
        Cell(text, align="center", bold=True, colspan=span, rowspan=2 if years else 1)
        for text, span in (("NO", 1), ("TUJUAN", 1), ("SASARAN", 2), ("INDIKATOR KINERJA", 1))
    )
    numbers = Row(
        (
            *(Cell(f"({n})", align="center") for n in (1, 2)),
            Cell("(3)", align="center", colspan=2),
            *(Cell(f"({n})", align="center") for n in range(4, 5 + len(years))),
        ),
        header=True,
    )
    if not years:
        return Row(names, header=True), numbers
    spanning = Cell("TARGET KINERJA PADA TAHUN", align="center", bold=True, colspan=len(years))
    return Row((*names, spanning), header=True), heading(*map(str, years)), numbers


def key_indicators(measured: Measured) -> Table | None:
    """Table ``iku``: the IKU sheet; None without one."""
    agency = measured.agency
    if not measured.iku:
        return None
    rows = []
    for m in measured.iku:
        sheet = m.indicator.iku
        if sheet is None:
            continue
        unit = "%" if "%" in m.indicator.unit_label else m.indicator.unit_label
        rows.append(
            Row(
                (
                    Cell(f"{sheet.number}.", align="center"),
                    Cell(m.goal.text),
                    Cell(f"{sheet.number}.1. {m.indicator.name}"),
                    Cell(unit, align="center"),
                    Cell(sheet.definition),
                    Cell(sheet.formula),
                    Cell(sheet.source),
                )
            )
        )
    top = Row(
        (
            *(
                Cell(text, align="center", bold=True, rowspan=2)
                for text in ("NO", "TUJUAN/ SASARAN STRATEGIS", "INDIKATOR KINERJA", "SATUAN")
            ),
            Cell("PENJELASAN", align="center", bold=True, colspan=3),
        ),
        header=True,
    )
    return Table(
        name="iku",
        caption=f"Indikator Kinerja Utama\n{office_lines(agency)}",
        header=(top, heading("DEFINISI OPERASIONAL", "FORMULASI/ RUMUS PERHITUNGAN", "SUMBER DATA")),
        rows=tuple(rows),
        widths=(5, 16, 17, 11, 17, 20, 14),
        source=agency.year.sources.get("iku", ""),
    )


def work_plan(measured: Measured) -> Table | None:
    """Table ``rencana-kerja``: the work plan of the year; None without one."""
    agency = measured.agency
    plan = agency.year.plan
    if plan is None:
        return None
    rows: list[Row] = []
    for number, tujuan in enumerate(plan_order(agency), start=1):
        first = (Cell(str(number), align="center"), Cell(tujuan.text))
        for identifier in (i for i in tujuan.indicators if i in plan.targets):
            rows.append(Row((*first, Cell(), Cell(), *_planned(agency, plan, identifier))))
            first = (Cell(), Cell())
        for place, sasaran in enumerate(tujuan.sasaran, start=1):
            for identifier in (i for i in sasaran.indicators if i in plan.targets):
                lead = (*first, Cell(f"{number}.{place}", align="center"), Cell(sasaran.text))
                rows.append(Row((*lead, *_planned(agency, plan, identifier))))
                first = (Cell(), Cell())
    head = Row(
        (
            Cell("NO", align="center", bold=True),
            Cell("TUJUAN", align="center", bold=True),
            Cell("SASARAN", align="center", bold=True, colspan=2),
            *(
                Cell(text, align="center", bold=True)
                for text in ("INDIKATOR KINERJA", "SATUAN", f"TARGET {agency.year.year}")
            ),
        ),
        header=True,
    )
    numbers = Row(
        tuple(Cell(f"({n})", align="center", colspan=2 if n == 3 else 1) for n in range(1, 7)),
        header=True,
    )
    return Table(
        name="rencana-kerja",
        caption=f"Rencana Kerja Tahun {agency.year.year}\n{office_lines(agency)}",
        header=(head, numbers),
        rows=tuple(rows),
        widths=(5, 20, 6, 20, 26, 13, 10),
        source=agency.year.sources.get("rencana-kerja", plan.source),
    )


def agreement(measured: Measured) -> Table:
    """Table ``perjanjian-kinerja``: the Perjanjian Kinerja as first agreed."""
    agency = measured.agency
    version = agency.year.agreement
    goals = goals_by_indicator(agency)
    rows: list[Row] = []
    seen: list[str] = []
    for identifier in version.targets:
        tujuan, goal = goals[identifier]
        if tujuan.id not in seen:
            seen.append(tujuan.id)
            number = str(len(seen))
        else:
            number = ""
        rows.append(
            Row((Cell(number, align="center"), Cell(goal.text), *_planned(agency, version, identifier)))
        )
    return _agreement_table(
        "perjanjian-kinerja", f"Perjanjian Kinerja {agency.office.name}", version, rows, agency
    )


def agreement_revised(measured: Measured) -> Table | None:
    """Table ``perubahan-perjanjian``: the revision of the Perjanjian Kinerja; None without one."""
    agency = measured.agency
    version = agency.year.revision
    if version is None:
        return None
    goals = goals_by_indicator(agency)
    rows = [
        Row(
            (
                Cell(str(number), align="center"),
                Cell(goals[identifier][1].text),
                *_planned(agency, version, identifier),
            )
        )
        for number, identifier in enumerate(version.targets, start=1)
    ]
    return _agreement_table(
        "perubahan-perjanjian",
        f"Perubahan Perjanjian Kinerja {agency.office.name}",
        version,
        rows,
        agency,
    )


def programs_initial(measured: Measured) -> Table | None:
    """Table ``program``: programs and kegiatan with the first budget; None without programs."""
    agency = measured.agency
    return _programs(
        measured,
        "program",
        f"Program dan Kegiatan {agency.office.name} Tahun {agency.year.year}",
        [(row, row.target_initial, row.budget_initial) for row in agency.programs],
    )


def programs_revised(measured: Measured) -> Table | None:
    """Table ``perubahan-program``: programs after the revision; None where no budget was revised."""
    agency = measured.agency
    if all(row.budget_revised is None for row in agency.programs):
        return None
    return _programs(
        measured,
        "perubahan-program",
        f"Perubahan Program dan Kegiatan {agency.office.name} Tahun {agency.year.year}",
        [(row, row.target_revised, row.budget_revised) for row in agency.programs],
    )


def _planned(agency: Agency, version: TargetVersion, identifier: str) -> tuple[Cell, Cell, Cell]:
    indicator = agency.indicators[identifier]
    return (
        Cell(indicator.name),
        Cell(indicator.unit_label, align="center"),
        Cell(write_value(version.targets[identifier]), align="center"),
    )


def _agreement_table(
    name: str, caption: str, version: TargetVersion, rows: list[Row], agency: Agency
) -> Table:
    return Table(
        name=name,
        caption=f"{caption}\nTahun {agency.year.year}",
        header=(
            heading("NO", "TUJUAN/SASARAN STRATEGIS", "INDIKATOR KINERJA", "SATUAN", "TARGET"),
            column_numbers("1", "2", "3", "4", "5"),
        ),
        rows=tuple(rows),
        widths=(6, 32, 36, 15, 11),
        source=agency.year.sources.get(name, version.source),
    )


def _programs(
    measured: Measured,
    name: str,
    caption: str,
    lines: list[tuple[ProgramRow, Value | None, Decimal | None]],
) -> Table | None:
    measures = measured.programs_have_targets
    rows = []
    for row, target, budget in lines:
        if row.level is Level.SUB_KEGIATAN or budget is None:
            continue
        program = row.level is Level.PROGRAM
        rows.append(
            Row(
                (
                    Cell(row.key if program else "", align="center", bold=program),
                    Cell(row.name, bold=program),
                    *((Cell(row.indicator), Cell(write_value(target), align="center")) if measures else ()),
                    Cell(
                        show_amount(measured, budget),
                        align="right",
                        bold=program,
                        card=traced.of_row(row.key) if measured.budget else "",
                    ),
                ),
                kind="program" if program else "kegiatan",
            )
        )
    if not rows:
        return None
    headings = ("NO.", "PROGRAM/KEGIATAN", *(("INDIKATOR KINERJA", "TARGET") if measures else ()), "ANGGARAN")
    return Table(
        name=name,
        caption=caption,
        header=(heading(*headings), column_numbers(*map(str, range(1, len(headings) + 1)))),
        rows=tuple(rows),
        widths=(6, 36, 29, 12, 17) if measures else (6, 74, 20),
        source=measured.agency.year.sources.get(name, ""),
    )
