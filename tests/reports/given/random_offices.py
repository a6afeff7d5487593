"""Offices that nobody has: any number of indicators in any state, measured by any rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from capaian.measure import Direction, Formula
from capaian.quarters import QUARTERS, Quarters
from capaian.rules import DEFAULT, Averages, Cap, Categories, Category, Efficiency, Meaning, Over, Zero
from capaian.values import Bound, Grade, Quantity, Range, Relation, Value
from office.quarters import QuarterRow
from office.schema import (
    Agency,
    IkuSheet,
    Indicator,
    Institution,
    Level,
    ProgramRow,
    Renstra,
    Reported,
    Sasaran,
    Support,
    TargetVersion,
    Tujuan,
)
from office.standards import StandardFigure
from tests.given.standard_book import standard_chapters

YEAR = 2023
AWAITED = (
    None,
    Institution(name="Kemendagri", waiting="Menunggu hasil EPPD dari Kemendagri", due="April"),
    Institution(name="Inspektorat", waiting="Menunggu LHP"),
    Institution(name="BPK"),
)
THREE = Categories(
    (
        Category("Sangat baik", Decimal(100), included=False),
        Category("Baik", Decimal(80)),
        Category("Kurang", None),
    )
)

rules_of_offices = st.builds(
    replace,
    st.just(DEFAULT),
    categories=st.sampled_from([DEFAULT.categories, THREE]),
    cap=st.sampled_from([Cap(), Cap(Decimal(100)), Cap(Decimal(120), shown=False)]),
    zero=st.sampled_from([Zero(), Zero(None, None)]),
    averages=st.sampled_from(Over).map(Averages),
    efficiency=st.sampled_from(Meaning).map(Efficiency),
)
_amounts = st.one_of(
    st.decimals(min_value=-5, max_value=200, places=2),
    st.sampled_from([Decimal(0), Decimal(100), Decimal("100.0001"), Decimal("99.9999"), Decimal(7)]),
)


@dataclass(frozen=True)
class _Kind:
    """One way of measuring: what targets and realisasi look like, and what goes with them."""

    targets: st.SearchStrategy[Value]
    realisasi: st.SearchStrategy[Value]
    direction: Direction = Direction.HIGHER
    formula: Formula | None = None


_per_cent = _amounts.map(Quantity)
_grades = st.sampled_from(["AA", "A", "BB", "B", "CC", "C", "D"]).map(Grade)
_SUMMED = 3
"""Of the kinds, the first ones: amounts that can be added up."""
_KINDS = (
    _Kind(_per_cent, _per_cent),
    _Kind(_per_cent, _per_cent, Direction.LOWER),
    _Kind(_per_cent, _per_cent, Direction.LOWER, Formula.LOWER_BY_DISTANCE),
    _Kind(_per_cent, _per_cent, formula=Formula.STATED),
    _Kind(st.just(Range(Decimal(5), Decimal(6))), _per_cent, formula=Formula.RANGE),
    _Kind(st.just(Bound(Relation.BELOW, name="inflasi nasional")), _per_cent, Direction.LOWER),
    _Kind(_per_cent.map(lambda figure: Bound(Relation.AT_LEAST, figure)), _per_cent),
    _Kind(_grades, _grades),
    _Kind(_per_cent, _amounts.map(lambda amount: Quantity(amount, "unit"))),
)


@dataclass(frozen=True)
class _Made:
    """An indicator with everything that an office writes of it."""

    indicator: Indicator
    target: Value
    reported: tuple[Reported, ...]
    national: tuple[StandardFigure, ...]
    quarters: tuple[QuarterRow, ...]


@st.composite
def _indicators(draw: st.DrawFn, number: int) -> _Made:
    kind = draw(st.sampled_from(_KINDS))
    can_be_summed = kind in _KINDS[:_SUMMED]
    ways = list(Quarters) if can_be_summed else [Quarters.LAST]
    way = draw(st.none() | st.sampled_from(ways)) if kind.formula is not Formula.STATED else None
    cumulative = can_be_summed and draw(st.booleans())
    name = f"indikator-{number}"
    indicator = Indicator(
        id=name,
        name=f"Persentase hal ke-{number}",
        short_name=f"Hal ke-{number}",
        unit_label="%",
        source_label="Dinas",
        direction=kind.direction,
        formula=kind.formula,
        institution=draw(st.sampled_from(AWAITED)),
        renstra_targets=draw(kind.targets.map(lambda target: {2026: target}) | st.just({})),
        iku=IkuSheet(number=number, definition="-", formula="-", source="-"),
        programs=draw(st.lists(st.sampled_from([1, 2]), unique=True)),
        quarters=way,
        cumulative=cumulative,
    )
    stated = st.none() | st.decimals(min_value=0, max_value=300, places=2)

    def figures(year: int) -> st.SearchStrategy[Reported]:
        return st.builds(
            Reported,
            indicator=st.just(name),
            year=st.just(year),
            value=kind.realisasi,
            target=st.none() | kind.targets,
            source=st.just("Dinas"),
            capaian=stated if kind.formula is Formula.STATED else st.none(),
            status=st.sampled_from(["", "", "sementara", "sangat sementara"]),
        )

    years = range(YEAR - 2 if cumulative else YEAR - 1, YEAR if way else YEAR + 1)
    reported = [draw(st.none() | figures(year)) for year in years]
    national = st.builds(
        StandardFigure, indicator=st.just(name), year=st.sampled_from([YEAR - 1, YEAR]), value=_per_cent,
        source=st.just("BPS"),
    )  # fmt: skip
    return _Made(
        indicator,
        draw(kind.targets),
        tuple(each for each in reported if each),
        tuple(draw(st.lists(national, max_size=1))),
        tuple(draw(_quarters(kind, name))) if way else (),
    )


@st.composite
def _quarters(draw: st.DrawFn, kind: _Kind, name: str) -> list[QuarterRow]:
    """All four quarters, or some of them."""
    filled = draw(st.just(set(QUARTERS)) | st.sets(st.sampled_from(QUARTERS)))
    return [
        QuarterRow(
            indicator=name,
            quarter=number,
            target=draw(st.none() | kind.targets),
            realisasi=draw(kind.realisasi) if number in filled else None,
            source="Dinas",
        )
        for number in QUARTERS
    ]


@st.composite
def random_offices(draw: st.DrawFn, like: Agency) -> Agency:
    """An office of 1 to 40 indicators, several of them under a tujuan or sasaran; much may be missing.

    Args:
        like: Where what plays no part in measuring comes from (name, letterhead).
    """
    made: list[_Made] = []

    def some(least: int, most: int) -> list[str]:
        wanted = min(draw(st.integers(least, most)), 40 - len(made))
        new = [draw(_indicators(len(made) + place + 1)) for place in range(wanted)]
        made.extend(new)
        return [each.indicator.id for each in new]

    tujuan = [
        Tujuan(
            id=f"tujuan-{t}",
            text=f"Meningkatnya tujuan {t}",
            indicators=some(0, 3),
            sasaran=[
                Sasaran(id=f"sasaran-{t}-{s}", text=f"Meningkatnya sasaran {t}.{s}", indicators=some(1, 4))
                for s in range(draw(st.integers(1, 3)))
            ],
        )
        for t in range(draw(st.integers(1, 4)))
    ]
    targets = {each.indicator.id: each.target for each in made}
    versions = [TargetVersion(id=i, name=i.upper(), source="Dinas", targets=targets) for i in ("renja", "pk")]
    names = [each.indicator.id for each in made]
    lacks = draw(st.sets(st.sampled_from(["renstra", "iku", "programs", "plan", "words"])))
    indicators = {each.indicator.id: _without(each.indicator, lacks) for each in made}
    words = {"vision": "", "missions": [], "chosen_missions": []} if "words" in lacks else {}
    supports = [] if "programs" in lacks else [Support(indicator=name, programs=[1]) for name in names[:3]]
    return like.model_copy(
        update={
            "rules": draw(rules_of_offices),
            "indicators": indicators,
            "reported": [row for each in made for row in each.reported],
            "national": [row for each in made for row in each.national],
            "quarters": [row for each in made for row in each.quarters],
            "programs": [] if "programs" in lacks else draw(_programs()),
            "prices": None,
            "printed": {},
            "printed_figures": {},
            "remarks": [],
            "chapters": standard_chapters(),
            "renstra": Renstra.model_validate({**dict(like.renstra), "tujuan": tujuan, **words}),
            "year": like.year.model_copy(
                update={
                    "versions": versions[1:] if "plan" in lacks else versions,
                    "used": "pk",
                    "reasons": [],
                    "supports": supports,
                    **({"structure": [], "legal_bases": []} if "words" in lacks else {}),
                }
            ),
        }
    )


def _without(indicator: Indicator, lacks: set[str]) -> Indicator:
    """The indicator of an office that has no Renstra targets, no IKU sheet, or no programs."""
    changed: dict[str, object] = {}
    if "renstra" in lacks:
        changed["renstra_targets"] = {}
    if "iku" in lacks:
        changed["iku"] = None
    if "programs" in lacks:
        changed["programs"] = []
    return indicator.model_copy(update=changed)


@st.composite
def _programs(draw: st.DrawFn) -> list[ProgramRow]:
    """Two programs with a kegiatan each; of a budget that may be nothing, spent or not."""
    amounts = st.sampled_from([Decimal(0), Decimal(70), Decimal(80), Decimal(100)])

    def make(key: str, level: Level) -> ProgramRow:
        return ProgramRow(
            key=key,
            level=level,
            name=f"Program {key}",
            indicator="-",
            budget_initial=draw(amounts),
            target=Quantity(Decimal(100)),
            realisasi=draw(_per_cent),
            spent=draw(amounts),
        )

    return [make(key, Level.KEGIATAN if "." in key else Level.PROGRAM) for key in ("1", "1.1", "2", "2.1")]
