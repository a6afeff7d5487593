"""Loads an office's folder (see :func:`find_agency`) into an :class:`~office.schema.Agency`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from capaian.rules import DEFAULT
from core.errors import AgencyDataError
from core.settings import PROJECT
from office.approval import Approval
from office.book.chapters import read_chapters
from office.book.language import nearest
from office.book.names import TABLES
from office.bps import Statistic
from office.checks import Parts, check_parts
from office.explanations import Explanation, has_words_alone
from office.fields import Entry
from office.files import Document, Sheet, check_header, check_unique, read_csv, read_yaml
from office.form import FORM, Form, SignatureRoom, Theme, check_fonts, read_form_files
from office.identity import Office
from office.layout import refuse_old_layout
from office.mail_roles import MailRoles
from office.measuring import check_measuring
from office.messages import translate
from office.prices import Market, Prices
from office.printed import PrintedTable, Remark
from office.problems import Problems
from office.quarter_checks import check_quarter_figures, check_quarters
from office.quarters import QUARTERS_FILE, QuarterRow
from office.rules import NESTED, RulesFile
from office.schema import (
    Agency,
    IkuSheet,
    Indicator,
    Institution,
    Measure,
    Mission,
    ProgramRow,
    Reason,
    Renstra,
    Reported,
    Sasaran,
    Signatory,
    Support,
    TargetVersion,
    Tujuan,
    Year,
)
from office.standards import StandardFigure, standard_key
from office.units import settle_units

EXAMPLES = PROJECT / "agencies"
"""Offices that come with the program."""
OFFICE = "office.yaml"
"""Identity; everything else stands in the folder of its year."""
RULES = "rules.yaml"
"""Of a year whose rules of measuring are not the default ones."""
_INDICATORS = TypeAdapter(list[Indicator])
_REMARKS = TypeAdapter(list[Remark])
_NESTED: tuple[type[BaseModel], ...] = (
    Office, Signatory, Renstra, Mission, Tujuan, Sasaran, Indicator, Institution, Measure, Statistic,
    IkuSheet, Year,
    Approval, TargetVersion, Support, Reason, Remark, Prices, Market, Form, Theme, SignatureRoom, *NESTED,
    MailRoles,
)  # fmt: skip
_FIELDS = sorted({name for model in _NESTED for name in model.model_fields})
_Row = TypeVar("_Row", bound=Entry)
_Model = TypeVar("_Model")


def find_agency(name_or_path: str, offices: Path | None = None) -> Path:
    """Find an office's folder: below ``offices``, else among the examples, else by its path.

    Args:
        name_or_path: Name of the folder, or its address; empty where several offices leave it open.
        offices: Where the offices in use stand (``LKJIP_OFFICES``); None means only examples.

    Raises:
        AgencyDataError: There is none, or none is named; the names that exist are listed.
    """
    homes = [offices, EXAMPLES] if offices else [EXAMPLES]
    for candidate in (*(home / name_or_path for home in homes), Path(name_or_path).expanduser()):
        if name_or_path and (candidate / OFFICE).is_file():
            return candidate
    if not name_or_path and offices:
        raise AgencyDataError(
            f"Kantor mana yang dimaksud? LKJIP_AGENCY kosong, padahal di {offices} ada beberapa: "
            f"{', '.join(_names_in(offices))}.",
            todo="isi LKJIP_AGENCY dengan salah satunya, atau sebut dengan --agency.",
        )
    known = sorted({name for home in homes for name in _names_in(home)})
    looked = f" di {offices}, di contoh" if offices else ""
    raise AgencyDataError(
        f"Instansi '{name_or_path}' tidak ditemukan{looked}: tidak ada map dengan {OFFICE}.",
        todo=f"pilih salah satu dari {', '.join(known)}, atau tulis alamat map instansi.",
    )


def _names_in(home: Path) -> list[str]:
    return sorted(folder.name for folder in known_offices(home))


def known_offices(*homes: Path) -> list[Path]:
    """The folders of the offices that stand in ``homes``."""
    return sorted(path.parent for home in homes for path in home.glob(f"*/{OFFICE}"))


def is_example(folder: Path) -> bool:
    """Whether an office's folder is one of the program's examples, which an upgrade replaces."""
    return folder.resolve().is_relative_to(EXAMPLES.resolve())


def load_agency(folder: Path, year: int, entered: Sequence[tuple[str, Mapping[str, str]]] = ()) -> Agency:
    """Load and check everything an office wrote for one year.

    Args:
        folder: The office's folder, see :func:`find_agency`.
        year: The reporting year; its files are in ``folder/<year>``.
        entered: Rows that stand in place of those of realisasi.csv for the same indicator and year, each
            with what messages call its place.

    Raises:
        AgencyDataError: Listing every problem of every file, with line or key, what was found
            and what was expected.
    """
    _check_folder(folder, year)
    problems = Problems(folder)
    office = read_yaml(folder, OFFICE, problems)
    renstra = read_yaml(folder, f"{year}/renstra.yaml", problems)
    indicators = read_yaml(folder, f"{year}/indicators.yaml", problems)
    fixed = read_yaml(folder, f"{year}/year.yaml", problems)
    prices = _optional_yaml(folder, f"{year}/prices.yaml", problems)
    written_rules = _optional_yaml(folder, f"{year}/{RULES}", problems)
    written_form = _optional_yaml(folder, f"{year}/{FORM}", problems)
    read_office = _validated(office, Office.model_validate, problems)
    read_renstra = _validated(renstra, Renstra.model_validate, problems)
    read_indicators = _validated(indicators, _INDICATORS.validate_python, problems)
    read_fixed = _validated(fixed, Year.model_validate, problems)
    read_prices = _validated(prices, Prices.model_validate, problems)
    read_rules = _validated(written_rules, RulesFile.model_validate, problems)
    form = _validated(written_form, Form.model_validate, problems) or Form()
    brought = read_form_files(folder, problems)
    check_fonts(form, written_form, brought.fonts, problems)
    realisasi = _read_rows(folder, f"{year}/realisasi.csv", Reported, _indicator_and_year, problems)
    words = [entry for entry in realisasi if has_words_alone(entry[1])]
    explained = _validated_rows(words, Explanation, problems)
    reported = _validated_rows([entry for entry in realisasi if entry not in words], Reported, problems)
    reported = _with_entered(reported, entered, problems)
    national = _optional_rows(folder, f"{year}/national.csv", StandardFigure, _standard_of_year, problems)
    programs = _optional_rows(
        folder, f"{year}/programs.csv", ProgramRow, lambda row: row.get("key", ""), problems
    )
    quarters = _optional_rows(folder, f"{year}/{QUARTERS_FILE}", QuarterRow, _indicator_and_quarter, problems)
    printed, figures, remarks = _printed(folder, f"{year}/cetak", problems)
    _check_name(folder, office, read_office, problems)
    problems.raise_found()
    parts = Parts(
        renstra=_present(read_renstra),
        renstra_file=_present(renstra),
        indicators=_present(read_indicators),
        indicators_file=_present(indicators),
        year=_present(read_fixed),
        year_file=_present(fixed),
        reported=reported,
        explained=explained,
        national=national,
        programs=programs,
        has_bps=_present(read_office).bps is not None,
        prices=read_prices,
        prices_file=prices,
        rules=read_rules.as_rules() if read_rules else DEFAULT,
        quarters=quarters,
    )
    check_parts(parts, year, problems)
    check_measuring(parts, problems)
    check_quarters(parts, problems)
    settle_units(parts, problems)
    chapters = read_chapters(
        folder, year, parts.year.chapters, {indicator.id for indicator in parts.indicators}, problems
    )
    problems.raise_found()
    check_quarter_figures(parts, problems)
    problems.raise_found()
    return Agency(
        office=_present(read_office),
        renstra=parts.renstra,
        indicators={indicator.id: indicator for indicator in parts.indicators},
        year=parts.year,
        reported=[row for _, row in parts.reported],
        explained=[row for _, row in parts.explained],
        national=[row for _, row in parts.national],
        programs=[row for _, row in programs],
        chapters=chapters,
        printed=printed,
        printed_figures=figures,
        remarks=remarks,
        prices=read_prices,
        rules=parts.rules,
        quarters=_in_order(parts),
        form=form,
        emblem=brought.emblem,
        fonts=brought.fonts,
        reference=brought.reference,
    )


def _present(part: _Model | None) -> _Model:
    """Give a part that is there, since without one a problem was noted and raised before."""
    if part is None:
        raise AgencyDataError("Data instansi tidak lengkap.", todo="periksa berkas YAML di map instansi.")
    return part


def _check_folder(folder: Path, year: int) -> None:
    if not (folder / OFFICE).is_file():
        raise AgencyDataError(
            f"Map {folder.name} bukan map instansi: tidak ada {OFFICE}.",
            todo="periksa LKJIP_OFFICES dan LKJIP_AGENCY; lihat contoh di agencies/.",
        )
    refuse_old_layout(folder, year)
    if not (folder / str(year)).is_dir():
        known = sorted(path.parent.name for path in folder.glob("*/year.yaml"))
        raise AgencyDataError(
            f"Instansi {folder.name} belum punya data tahun {year}.",
            todo=f"buat map {year}, atau pilih tahun yang ada: {', '.join(known) or 'belum ada'}.",
        )


def _check_name(folder: Path, document: Document | None, office: Office | None, problems: Problems) -> None:
    """Note an office under another's name: a copy would publish in the old office's place."""
    name = folder.resolve().name
    if document is not None and office is not None and office.id != name:
        problems.add(
            document.place("id"),
            f"id {office.id!r} tidak sama dengan nama mapnya, {name!r}",
            f"tulis id: {name} bila map ini milik instansi baru, atau namai mapnya {office.id}",
        )


def _validated(
    document: Document | None, validate: Callable[[Any], _Model], problems: Problems
) -> _Model | None:
    if document is None:
        return None
    try:
        return validate(document.data)
    except ValidationError as cause:
        for error in cause.errors(include_url=False):
            message, todo = translate(error, _FIELDS)
            problems.add(document.place(*error["loc"]), message, todo, cause)
        return None


def _indicator_and_year(row: Mapping[str, str]) -> str:
    return f"{row.get('indicator', '')} {row.get('year', '')}"


def _indicator_and_quarter(row: Mapping[str, str]) -> str:
    return f"{row.get('indicator', '')} triwulan {row.get('quarter', '')}"


def _in_order(parts: Parts) -> list[QuarterRow]:
    places = {indicator.id: place for place, indicator in enumerate(parts.indicators)}
    rows = [row for _, row in parts.quarters]
    return sorted(rows, key=lambda row: (places[row.indicator], row.quarter))


def _standard_of_year(row: Mapping[str, str]) -> str:
    standard = standard_key(row.get("standard", ""))
    return f"{_indicator_and_year(row)} {standard}"


def _rows(
    folder: Path,
    name: str,
    model: type[_Row],
    key: Callable[[dict[str, str]], str],
    problems: Problems,
) -> list[tuple[str, _Row]]:
    return _validated_rows(_read_rows(folder, name, model, key, problems), model, problems)


def _read_rows(
    folder: Path,
    name: str,
    model: type[Entry],
    key: Callable[[dict[str, str]], str],
    problems: Problems,
) -> list[tuple[str, dict[str, str]]]:
    """The rows of a file with the columns of a model, each with its place, without blank cells."""
    sheet = read_csv(folder, name, problems)
    columns = list(model.model_fields)
    required = [column for column, field in model.model_fields.items() if field.is_required()]
    if sheet is None or not check_header(sheet, required, columns, problems):
        return []
    return [(sheet.place(line), row) for line, row in check_unique(sheet, key, problems)]


def _validated_rows(
    rows: Sequence[tuple[str, Mapping[str, str]]], model: type[_Row], problems: Problems
) -> list[tuple[str, _Row]]:
    entries = []
    for place, row in rows:
        try:
            entries.append((place, model.model_validate(row)))
        except ValidationError as cause:
            for error in cause.errors(include_url=False):
                message, todo = translate(error, list(model.model_fields))
                problems.add(place, f"kolom {message}", todo, cause)
    return entries


def _with_entered(
    reported: list[tuple[str, Reported]],
    entered: Sequence[tuple[str, Mapping[str, str]]],
    problems: Problems,
) -> list[tuple[str, Reported]]:
    replaced = {_indicator_and_year(row) for _, row in entered}
    kept = [(place, row) for place, row in reported if f"{row.indicator} {row.year}" not in replaced]
    return kept + _validated_rows(entered, Reported, problems)


def _optional_yaml(folder: Path, name: str, problems: Problems) -> Document | None:
    """A file that an office may lack."""
    return read_yaml(folder, name, problems) if (folder / name).exists() else None


def _optional_rows(
    folder: Path,
    name: str,
    model: type[_Row],
    key: Callable[[dict[str, str]], str],
    problems: Problems,
) -> list[tuple[str, _Row]]:
    """The rows of a file that an office may lack: it has none then."""
    return _rows(folder, name, model, key, problems) if (folder / name).exists() else []


def _printed(
    folder: Path, name: str, problems: Problems
) -> tuple[dict[str, PrintedTable], dict[str, str], list[Remark]]:
    """Read the printed report's tables, figures and remarks; an office without a print has none."""
    tables: dict[str, PrintedTable] = {}
    figures: dict[str, str] = {}
    remarks: list[Remark] | None = []
    for path in sorted((folder / name).glob("*.csv")):
        sheet = read_csv(folder, f"{name}/{path.name}", problems)
        if sheet is None:
            continue
        if path.name == "angka.csv":
            figures = _figures(sheet, problems)
        elif path.stem in TABLES:
            tables[path.stem] = PrintedTable(
                name=path.stem, header=sheet.header, rows=[cells for _, cells in sheet.rows]
            )
        else:
            problems.add(
                f"{name}/{path.name}",
                "nama berkas tidak dikenal",
                f"namai menurut tabelnya; {nearest(path.stem, TABLES)}",
            )
    if (folder / name / "catatan.yaml").exists():
        document = read_yaml(folder, f"{name}/catatan.yaml", problems)
        remarks = _validated(document, _REMARKS.validate_python, problems)
    return tables, figures, remarks or []


def _figures(sheet: Sheet, problems: Problems) -> dict[str, str]:
    if not check_header(sheet, ["name", "value"], ["name", "value"], problems):
        return {}
    figures: dict[str, str] = {}
    for line, row in check_unique(sheet, lambda row: row.get("name", ""), problems):
        if len(row) < 2:
            problems.add(sheet.place(line), "name atau value kosong", "isi keduanya, atau hapus barisnya")
            continue
        figures[row["name"]] = row["value"]
    return figures
