"""What an office's folder holds, as pydantic models.

The folder is the only thing another office writes; every field has its meaning here. Values of
targets and realisasi are text as the office writes them (``7%``, ``18 dokumen``, ``A``) and are
read into :class:`capaian.values.Value` on load.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from capaian.measure import Direction, Formula
from capaian.quarters import Quarters
from capaian.rules import DEFAULT, Rules
from office.appendices import Appendix
from office.approval import Approval
from office.book.chapters import Chapter
from office.bps import Statistic
from office.explanations import Explanation
from office.fields import Entry, Month, Percent, Rupiah, Text, Written
from office.form import Form, FormFile
from office.identity import Office
from office.mail_roles import MailRoles
from office.prices import Prices
from office.printed import PrintedTable, Remark
from office.quarters import QuarterRow
from office.standards import StandardFigure


class Signatory(Entry):
    """Who signs; rank and NIP stay empty where they are not known."""

    name: Text
    position: list[Text]
    rank: str = ""
    nip: str = ""


class Recipient(Entry):
    """Who gets the mail, and as what (``Kepala Dinas``, ``Inspektorat``)."""

    role: Text
    address: Text


class MeasureKind(StrEnum):
    """Where the realisasi of an indicator comes from."""

    REPORTED = "reported"
    PDRB_GROWTH = "pdrb_growth"
    PDRB_SHARE = "pdrb_share"
    BPS_STATISTIC = "bps_statistic"
    PRICE_FLUCTUATION = "price_fluctuation"


class Measure(Entry):
    """How the realisasi is had: by the office's own word, from PDRB of one BPS category, or from prices."""

    kind: MeasureKind = MeasureKind.REPORTED
    sector: str = ""


class Institution(Entry):
    """Another institution that publishes an indicator's realisasi.

    Attributes:
        waiting: What the report says while it waits, "Menunggu ..."; left out, the name says it.
        due: The month in which the figure is due, ``April``.
    """

    name: Text
    waiting: Annotated[str, Field(pattern=r"^(Menunggu .+)?$")] = ""
    due: Month = ""


class IkuSheet(Entry):
    """The indicator's row in the IKU sheet (table ``iku``)."""

    number: int
    definition: Text
    formula: Text
    source: Text


class Indicator(Entry):
    """One indicator of a tujuan or sasaran (``<year>/indicators.yaml``).

    Attributes:
        id: Stable name used everywhere (``pertumbuhan-industri``).
        unit: Of all its targets and realisasi, which may then be plain numbers; left out, each value
            carries its own (see :mod:`office.units`).
        unit_label: What tables print as its unit; left out, ``unit``.
        renstra_targets: Target by year as the Renstra has it; the last is the end target.
        formula: How its capaian is had; None takes what follows from direction and kind of target.
        scale: Ordinal scale of its targets by name (``sakip``, ``opini``, ``level``, or the office's own).
        institution: Who publishes its realisasi, where neither the office nor BPS does.
        programs: Numbers of the programs whose budget stands behind it.
        bps: The statistic of BPS that it takes, for any but growth and share of PDRB.
        source_label: What the column "Sumber Data" says, ``DKUPP`` or ``BPS``.
        quarters: How its year follows from its quarters; None where it has none.
        cumulative: Its targets count from the first year of the Renstra: compared with them is the sum of
            the years since.
    """

    id: Text
    name: Text
    short_name: Text
    unit: Text | None = None
    unit_label: Text
    direction: Direction = Direction.HIGHER
    formula: Formula | None = None
    scale: str = ""
    measure: Measure = Measure()
    bps: Statistic | None = None
    institution: Institution | None = None
    source_label: Text
    renstra_targets: dict[int, Written] = Field(default_factory=dict)
    iku: IkuSheet | None = None
    programs: list[int] = Field(default_factory=list)
    quarters: Quarters | None = None
    cumulative: bool = False

    @model_validator(mode="before")
    @classmethod
    def _measured_by_statistic(cls, data: Any) -> Any:
        """``bps`` alone says how the indicator is measured."""
        if isinstance(data, dict) and data.get("bps") is not None and "measure" not in data:
            return {**data, "measure": {"kind": MeasureKind.BPS_STATISTIC}}
        return data

    @model_validator(mode="before")
    @classmethod
    def _label_is_unit(cls, raw: object) -> object:
        if isinstance(raw, dict) and "unit_label" not in raw and "unit" in raw:
            return {**raw, "unit_label": raw["unit"]}
        return raw


class Sasaran(Entry):
    """A sasaran with its indicators (ids)."""

    id: Text
    text: Text
    indicators: list[Text]


class Tujuan(Entry):
    """A tujuan with its own indicators (ids) and its sasaran."""

    id: Text
    text: Text
    indicators: list[Text] = Field(default_factory=list)
    sasaran: list[Sasaran] = Field(default_factory=list)


class Mission(Entry):
    """A mission of the region, with the number it has in the RPJMD."""

    number: int
    text: Text


class Renstra(Entry):
    """``<year>/renstra.yaml``."""

    first_year: int
    last_year: int
    vision: str = ""
    missions: list[Mission] = Field(default_factory=list)
    chosen_missions: list[int] = Field(default_factory=list)
    tujuan: list[Tujuan]
    source: Text


class TargetVersion(Entry):
    """One document that sets targets for the year (Renja, Perjanjian Kinerja, its revision).

    Attributes:
        id: ``renja``, ``pk``, ``pk-perubahan``.
        agreed_on: The day of the document where known.
        targets: By indicator id, in the order of the document's table.
    """

    id: Text
    name: Text
    agreed_on: date | None = None
    source: Text
    targets: dict[str, Written]


class Reported(Entry):
    """A realisasi that the office itself reports (``realisasi.csv``).

    Attributes:
        capaian: In per cent, of an indicator whose formula is ``stated``: the office's own word.
        status: Whether its source may still revise it.
        cause, solution: As of :class:`~office.explanations.Explanation`.
    """

    indicator: Text
    year: int
    value: Written
    target: Written | None = None
    source: Text
    note: str = ""
    capaian: Percent | None = None
    status: Literal["", "tetap", "sementara", "sangat sementara"] = ""
    cause: str = ""
    solution: str = ""


class Level(StrEnum):
    """Level of a row in the tree of programs."""

    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub_kegiatan"


class ProgramRow(Entry):
    """One program, kegiatan or sub kegiatan (``programs.csv``, the tables of programs and budgets).

    Attributes:
        key: ``1``, ``1.2``, ``1.2.3``: program, kegiatan, sub kegiatan by position.
        name, indicator: As ``analisis`` has them (which holds every level); an office whose documents
            give its programs a budget alone leaves indicator, target and realisasi empty.
        target_initial, budget_initial: As in ``program`` (Perjanjian Kinerja).
        target_revised, budget_revised: As in ``perubahan-program`` (revision of the agreement).
        target, realisasi: As measured at the end of the year; no realisasi while the year runs.
        spent: Budget realisasi of the year (``anggaran``), for programs and kegiatan.
        analysis, solution: Of programs (``analisis``).
        code: Of the nomenclature (``2.17.03.2.01``), by which budget exports may name the row; may be empty.
    """

    key: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,3}(\.[1-9][0-9]{0,3}){0,2}$")]
    level: Level
    name: Text
    indicator: str = ""
    target_initial: Written | None = None
    budget_initial: Rupiah | None = None
    target_revised: Written | None = None
    budget_revised: Rupiah | None = None
    target: Written | None = None
    realisasi: Written | None = None
    spent: Rupiah | None = None
    analysis: str = ""
    solution: str = ""
    code: str = ""


class Reason(Entry):
    """The office's own explanation, printed only while its condition holds.

    Attributes:
        subject: An indicator id, or the key of a program or kegiatan.
        when: ``low_absorption``, ``reached``, ``not_reached``, ``efficient``,
            ``inefficient``, ``waiting`` or ``always``.
        text: The words, put behind the sentence that states the figure.
    """

    subject: Text
    when: Literal["low_absorption", "reached", "not_reached", "efficient", "inefficient", "waiting", "always"]
    text: Text


class Support(Entry):
    """Which programs carry an indicator in table ``penunjang``, and the office's verdict."""

    indicator: Text
    programs: list[int]
    verdict: Text = "Menunjang"


class Year(Entry):
    """``<year>/year.yaml``: what is fixed for one reporting year.

    Attributes:
        versions: The documents that set targets, oldest first: the work plan, the Perjanjian
            Kinerja, and its revision where there was one. A single one is the Perjanjian Kinerja.
        used: Which version counts first; an indicator that it lacks falls back to the one before.
        previous_year: The year table ``tahun-lalu`` compares with.
        signed: Month and year under the foreword and the closing chapter, per place.
        appendices: The lampiran, in order; our own follow them.
        recipients: Who gets mails, and as what.
        mail: Which of their roles get which mails.
        approval: Who approves an issue before it goes out; None where nobody needs to.
        structure: Posts of the chart of organisation, a list per level from the top.
        chapters: Names of the book's chapters in order; empty takes the standard ones.
        sources: Lines "Sumber :" under tables, by the table's name.
    """

    year: int
    document_year: int
    report_title: Text
    signatory: Signatory
    recipients: list[Recipient]
    mail: MailRoles = Field(default_factory=MailRoles)
    approval: Approval | None = None
    structure: list[list[Text]] = Field(default_factory=list)
    versions: list[TargetVersion]
    used: Text
    previous_year: int
    renstra_year_ordinal: int
    foreword_signed: Text
    closing_signed: Text
    legal_bases: list[Text] = Field(default_factory=list)
    chapters: list[Text] = Field(default_factory=list)
    appendices: list[Appendix] = Field(default_factory=list)
    supports: list[Support] = Field(default_factory=list)
    reasons: list[Reason] = Field(default_factory=list)
    sources: dict[str, Text] = Field(default_factory=dict)

    @property
    def approvers(self) -> list[Recipient]:
        """The recipients who are told that a draft waits; none where nobody needs to approve."""
        roles = self.approval.roles if self.approval else []
        return [recipient for recipient in self.recipients if recipient.role in roles]

    @property
    def readers(self) -> list[str]:
        """The addresses that an issue is mailed to."""
        return self._addresses(self.mail.release or [recipient.role for recipient in self.recipients])

    @property
    def told_of_failures(self) -> list[str]:
        """The addresses that are told of what goes wrong, beside the technician."""
        return self._addresses(self.mail.failure)

    def _addresses(self, roles: list[str]) -> list[str]:
        return [recipient.address for recipient in self.recipients if recipient.role in roles]

    @property
    def plan(self) -> TargetVersion | None:
        """The work plan of the year (table ``rencana-kerja``), or None."""
        return self.versions[0] if len(self.versions) > 1 else None

    @property
    def agreement(self) -> TargetVersion:
        """The Perjanjian Kinerja as first agreed (table ``perjanjian-kinerja``)."""
        return self.versions[1] if len(self.versions) > 1 else self.versions[0]

    @property
    def revision(self) -> TargetVersion | None:
        """The last revision of the Perjanjian Kinerja (table ``perubahan-perjanjian``), or None."""
        return self.versions[-1] if len(self.versions) > 2 else None


class Agency(Entry):
    """Everything known of an office for one year.

    ``printed`` holds the tables of the printed report by name (``capaian``), without the rows of column
    numbers; ``printed_figures`` other figures of the print by name (``bab-4.anggaran``); ``remarks``
    what contradicts itself in the print's words; ``quarters`` stand in the order of the indicators;
    ``explained`` are the office's words on indicators whose figures it does not report itself; ``form`` is
    how the report looks, with the ``emblem``, the ``fonts`` and the Word document (``reference``)
    that the office brings.
    """

    office: Office
    renstra: Renstra
    indicators: dict[str, Indicator]
    year: Year
    reported: list[Reported]
    national: list[StandardFigure]
    programs: list[ProgramRow]
    chapters: list[Chapter]
    printed: dict[str, PrintedTable]
    printed_figures: dict[str, str]
    remarks: list[Remark] = Field(default_factory=list)
    explained: list[Explanation] = Field(default_factory=list)
    prices: Prices | None = None
    rules: Rules = DEFAULT
    quarters: list[QuarterRow] = Field(default_factory=list)
    form: Form = Form()
    emblem: FormFile | None = None
    fonts: tuple[FormFile, ...] = ()
    reference: FormFile | None = None

    @property
    def has_print(self) -> bool:
        """Whether anything of a printed report is there to compare with."""
        return bool(self.printed or self.printed_figures or self.remarks)

    def quarters_of(self, indicator: str) -> dict[int, QuarterRow]:
        """What is written of an indicator's quarters, by quarter."""
        return {row.quarter: row for row in self.quarters if row.indicator == indicator}
