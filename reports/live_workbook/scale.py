"""Sheet *Skala*: the office's rules of measuring, from which all other sheets take what they compare with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from capaian.measure import zero_words
from capaian.rules import Category, Meaning, Over, Rules
from capaian.values import Grade, Value
from reports.live_workbook.formulas import Cells
from reports.live_workbook.sheets import BOLD, MIDDLE, WHOLE, Column, Page, Shown, places_of

YES, NO = "ya", "tidak"
AT_LEAST, ABOVE = "≥", ">"
OVER = {Over.ALL: "semua", Over.COMPUTABLE: "yang dapat dihitung"}
MEANING = {Meaning.RATIO: "capaian / serapan", Meaning.SAVED: "100 - serapan"}
_COLUMNS = (
    Column("Kategori / aturan", 44), Column("Nilai", 20), Column("Syarat", 9),
    Column("Rentang menurut laporan", 24), Column("Sumber", 60),
)  # fmt: skip
_HEAD = 3


@dataclass(frozen=True)
class Scale:
    """Where the rules stand, as other sheets call them.

    Attributes:
        names, bounds, signs: Of the categories, best first; the last category has no bound.
        places: Decimals to which a capaian is rounded before it finds its category; may be empty.
        limit, cap_shown, cap_averaged: Of the cap.
        grades: The cells of each ordinal scale, by its grades.
    """

    rules: Rules
    names: str
    bounds: str
    signs: str
    places: str
    limit: str
    cap_shown: str
    cap_averaged: str
    zero_reached: str
    zero_missed: str
    zero_words: str
    over: str
    meaning: str
    grades: Mapping[tuple[str, ...], str]

    def category(self, percent: str) -> str:
        """The category of a capaian, as an expression; empty where there is no number."""
        if len(self.rules.categories.rows) == 1:
            return f'IF(ISNUMBER({percent}),{self.names},"")'
        compared = f'IF({self.places}="",{percent},ROUND({percent},{self.places}))'
        passed = f'({self.bounds}>{compared})+({self.bounds}={compared})*({self.signs}="{ABOVE}")'
        return f'IF(ISNUMBER({percent}),INDEX({self.names},1+SUMPRODUCT({passed})),"")'

    def capped(self, answer: str, where: str) -> str:
        """A capaian under the cap, where the cap counts in that place."""
        counts = f'AND({self.limit}<>"",{where}="{YES}")'
        return f'IF({answer}="","",IF({counts},MIN({answer},{self.limit}),{answer}))'

    def efficiency(self, percent: str, absorbed: str) -> str:
        """Tingkat efisiensi as an expression; empty where it cannot be had."""
        ratio = f'IF({absorbed}>0,ROUND({percent}/{absorbed},10),"")'
        saved = f"ROUND(100-{absorbed},10)"
        level = f'IF({self.meaning}="{MEANING[Meaning.SAVED]}",{saved},{ratio})'
        return f'IF(AND(ISNUMBER({percent}),ISNUMBER({absorbed})),{level},"")'

    def efficient(self, level: str, reached: str) -> str:
        """Whether a tingkat efisiensi counts as efisien, as an expression."""
        saved = f"AND({level}>0,{reached})"
        verdict = f'IF({self.meaning}="{MEANING[Meaning.SAVED]}",{saved},{level}>=1)'
        return f'IF(ISNUMBER({level}),IF({verdict},"{YES}","{NO}"),"")'

    def grades_of(self, name: str, *values: Value) -> tuple[str, ...]:
        """The grades of the ordinal scale that has some grades; empty where none has."""
        letters = [value.letter for value in values if isinstance(value, Grade)]
        scale = self.rules.ordinal(name) if name else self.rules.ordinal_of(*letters)
        return scale.grades if scale and set(letters) <= set(scale.grades) else ()

    def cells(
        self,
        name: str,
        values: Sequence[Value | None],
        *,
        target: str,
        upper: str,
        realisasi: str,
        answer: str,
    ) -> Cells:
        """Where the figures of an indicator or a program stand, with the rules that measure them.

        Args:
            name: Of its ordinal scale; empty takes the one that has its grades.
            values: Target and realisasi.
            target: As of :class:`~reports.live_workbook.formulas.Cells`.
            upper: Likewise.
            realisasi: Likewise.
            answer: Likewise.
        """
        grades = self.grades_of(name, *(value for value in values if value is not None))
        return Cells(
            target=target,
            upper=upper,
            realisasi=realisasi,
            answer=answer,
            zero_reached=self.zero_reached,
            zero_missed=self.zero_missed,
            zero_words=self.zero_words,
            grades=self.grades.get(grades, ""),
            grade_names=", ".join(grades),
        )


def write_scale(page: Page, rules: Rules) -> Scale:
    """Write the rules, and tell where they stand."""
    page.begin(
        "Skala dan aturan pengukuran",
        [("Sel kuning boleh diubah; semua lembar mengikutinya.", False)],
        _HEAD,
        _COLUMNS,
    )
    first = _HEAD + 1
    for row, category in enumerate(rules.categories.rows, start=first):
        _category(page, row, category, rules.categories.source if row == first else "")
    last = first + len(rules.categories.rows) - 1
    below = max(last - 1, first)
    row = last + 2
    places = rules.categories.places
    rule = _Rules(page, row)
    where_places = rule.put(
        "Pembulatan capaian sebelum kategori (desimal; kosong: tidak dibulatkan)",
        places,
        rules.categories.source,
    )
    limit = rule.put("Batas capaian, % (kosong: tidak dibatasi)", rules.cap.limit, rules.cap.source)
    shown = rule.choose("Batas berlaku untuk capaian yang ditampilkan", _yes(rules.cap.shown), (YES, NO))
    averaged = rule.choose("Batas berlaku untuk rata-rata", _yes(rules.cap.averaged), (YES, NO))
    reached = rule.put(
        "Nol sebagai pembagi, target tercapai: capaian, % (kosong: tidak dapat dihitung)",
        rules.zero.reached,
        rules.zero.source,
    )
    missed = rule.put("Nol sebagai pembagi, target tidak tercapai: capaian, %", rules.zero.missed)
    words = rule.tell("Aturan nol dalam kata-kata", _zero_words(reached, missed), zero_words(rules))
    over = rule.choose(
        "Rata-rata diambil dari indikator", OVER[rules.averages.over], tuple(OVER.values()),
        rules.averages.source,
    )  # fmt: skip
    meaning = rule.choose(
        "Tingkat efisiensi", MEANING[rules.efficiency.meaning], tuple(MEANING.values()),
        rules.efficiency.source,
    )  # fmt: skip
    return Scale(
        rules=rules,
        names=page.far_range((first, 0), (last, 0)),
        bounds=page.far_range((first, 1), (below, 1)),
        signs=page.far_range((first, 2), (below, 2)),
        places=where_places,
        limit=limit,
        cap_shown=shown,
        cap_averaged=averaged,
        zero_reached=reached,
        zero_missed=missed,
        zero_words=words,
        over=over,
        meaning=meaning,
        grades=_ordinals(page, rule.row + 1, rules),
    )


def _category(page: Page, row: int, category: Category, source: str) -> None:
    page.words(row, 0, category.name, BOLD)
    if category.lower is None:
        page.words(row, 1, "di bawahnya", MIDDLE)
        page.words(row, 2, "")
    else:
        page.input(row, 1, category.lower, places_of(category.lower), MIDDLE)
        page.input(row, 2, AT_LEAST if category.included else ABOVE)
        page.choice(row, 2, (AT_LEAST, ABOVE))
    page.words(row, 3, category.printed, MIDDLE)
    page.words(row, 4, source)


class _Rules:
    """Rules that are written one below the other."""

    def __init__(self, page: Page, row: int) -> None:
        self.page, self.row = page, row

    def put(self, what: str, value: Shown, source: str = "") -> str:
        """A rule that is a number, or empty."""
        self.page.input(self.row, 1, value, WHOLE, MIDDLE)
        return self._told(what, source)

    def choose(self, what: str, value: str, choices: tuple[str, ...], source: str = "") -> str:
        """A rule that is one of some words."""
        self.page.input(self.row, 1, value)
        self.page.choice(self.row, 1, choices)
        return self._told(what, source)

    def tell(self, what: str, expression: str, value: str) -> str:
        """What follows from the rules above."""
        self.page.formula(self.row, 1, expression, value)
        return self._told(what, "")

    def _told(self, what: str, source: str) -> str:
        self.page.words(self.row, 0, what)
        for column in (2, 3):
            self.page.words(self.row, column, "")
        self.page.words(self.row, 4, source)
        self.row += 1
        return self.page.far(self.row - 1, 1)


def _yes(value: bool) -> str:
    return YES if value else NO


def _zero_words(reached: str, missed: str) -> str:
    """As :func:`capaian.measure.zero_words` says it."""
    rest = '&", selain itu tidak dapat dihitung"'
    return (
        f'IF(AND({reached}="",{missed}=""),"capaian tidak dapat dihitung",'
        f'IF({missed}="","tercapai dihitung "&{reached}{rest},'
        f'IF({reached}="","tidak tercapai dihitung "&{missed}{rest},'
        f'"tercapai dihitung "&{reached}&", tidak tercapai "&{missed})))'
    )


def _ordinals(page: Page, row: int, rules: Rules) -> dict[tuple[str, ...], str]:
    """The ordinal scales side by side, and the cells of each."""
    page.headings(row, [f"Predikat {scale.id}, terbaik di atas" for scale in rules.ordinals])
    found: dict[tuple[str, ...], str] = {}
    for column, scale in enumerate(rules.ordinals):
        for place, grade in enumerate(scale.grades, start=row + 1):
            page.input(place, column, grade)
        last = row + len(scale.grades)
        found.setdefault(scale.grades, page.far_range((row + 1, column), (last, column)))
    return found
