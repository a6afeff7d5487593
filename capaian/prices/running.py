"""The rules for a year that is not over: a running value asks for the part of the year that has passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from capaian.prices.rules import Rules


def rules_until(rules: Rules, until: date) -> Rules:
    """The rules for the part of a year up to a day, that day included.

    Of ``least_days`` and ``least_months`` the same part is asked as of the year has passed: days by
    days of the year, months by full months before ``until``; rounded down, at least two days and one
    month. On the last day of December they are those of the office. All other rules stay.

    Args:
        rules: Of the office, for a whole year.
        until: The last day that prices are measured of.
    """
    end = date(until.year, 12, 31)
    passed, length = until.timetuple().tm_yday, end.timetuple().tm_yday
    months = 12 if until == end else until.month - 1
    return replace(
        rules,
        least_days=max(rules.least_days * passed // length, 2),
        least_months=max(rules.least_months * months // 12, 1),
    )
