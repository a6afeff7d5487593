"""The words of BPS: the one place where labels, titles, units and notes are understood.

Labels come escaped twice, with tags and stray spaces; the same thing is written in many ways, in
Indonesian, in English, or in both. What no rule knows is not guessed.
"""

from connectors.bps.labels.categories import Category, read_categories, read_category
from connectors.bps.labels.industries import CODES, OTHER_TOTAL, TOTAL, TOTAL_NONMIGAS
from connectors.bps.labels.industries import name_of as industry_name
from connectors.bps.labels.marks import (
    FINAL,
    PROVISIONAL,
    VERY_PROVISIONAL,
    read_illustrative,
    read_statuses,
    read_year,
)
from connectors.bps.labels.text import clean, note_lines
from connectors.bps.labels.titles import (
    MEASURE_NAMES,
    MEASURES,
    base_year_of,
    base_years_of,
    is_pdrb,
    is_without_migas,
    measure_of,
    measures_of,
    years_of,
)
from connectors.bps.labels.units import MILIAR, PERCENT, in_miliar, is_percent

__all__ = [
    "CODES",
    "FINAL",
    "MEASURES",
    "MEASURE_NAMES",
    "MILIAR",
    "OTHER_TOTAL",
    "PERCENT",
    "PROVISIONAL",
    "TOTAL",
    "TOTAL_NONMIGAS",
    "VERY_PROVISIONAL",
    "Category",
    "base_year_of",
    "base_years_of",
    "clean",
    "in_miliar",
    "industry_name",
    "is_pdrb",
    "is_percent",
    "is_without_migas",
    "measure_of",
    "measures_of",
    "note_lines",
    "read_categories",
    "read_category",
    "read_illustrative",
    "read_statuses",
    "read_year",
    "years_of",
]
