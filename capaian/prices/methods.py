"""The formulas of fluctuation, each in per cent.

The coefficient of variation is the one of Permendag 5/2024; the others are alternatives that an office
can choose in its data, and that the report then names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import lcm

from capaian.exact import mean, percent, sqrt_ratio
from capaian.prices.amounts import as_price
from capaian.prices.lines import Line
from capaian.prices.rules import Deviation


def variation(line: Line, deviation: Deviation) -> Decimal:
    """Coefficient of variation: standard deviation / mean x 100.

    Args:
        line: At least two days for the deviation of a sample, one for that of a population.
        deviation: With n - 1 (Excel's STDEV) or with n (STDEVP).
    """
    numerator, denominator = _variance(line, deviation)
    total, days = sum(line.amounts), len(line.amounts)
    return sqrt_ratio(100**2 * numerator * days**2, denominator * total**2)


def standard_deviation(line: Line, deviation: Deviation) -> Decimal:
    """The standard deviation in rupiah; see :func:`variation`."""
    numerator, denominator = _variance(line, deviation)
    return sqrt_ratio(numerator, denominator * line.unit**2)


def _variance(line: Line, deviation: Deviation) -> tuple[int, int]:
    """As a fraction, in squares of the line's amounts: (n x sum of squares - square of the sum) / ...."""
    days = len(line.amounts)
    divisor = days - 1 if deviation is Deviation.SAMPLE else days
    return days * line.sum_of_squares() - sum(line.amounts) ** 2, days * divisor


def monthly_means(line: Line) -> dict[int, Decimal]:
    """Mean of the days of each month that has any, in rupiah."""
    return {month: as_price(total, days * line.unit) for month, (total, days) in line.by_month().items()}


def monthly_change(line: Line) -> Decimal | None:
    """Mean of \\|m / m_before - 1\\| x 100 over the months whose month before also has prices.

    Returns:
        None when no two successive months have prices.
    """
    months = line.by_month()
    changes = []
    for month, (total, days) in months.items():
        if month - 1 in months:
            total_before, days_before = months[month - 1]
            now, before = total * days_before, total_before * days
            changes.append(percent(Decimal(abs(now - before)), Decimal(before)))
    return mean(changes) if changes else None


def peak_month(line: Line) -> Decimal:
    """(Highest monthly mean / mean of the monthly means - 1) x 100."""
    months = line.by_month().values()
    common = lcm(*(days for _, days in months))
    means = [total * (common // days) for total, days in months]
    return percent(Decimal(max(means) * len(means) - sum(means)), Decimal(sum(means)))


def disparity(days: Iterable[Sequence[int]]) -> Decimal | None:
    """Mean over the days with at least two markets of (highest - lowest) / mean of the markets x 100.

    Args:
        days: The amounts of the markets that have a price, of each day.

    Returns:
        None when no day has two markets.
    """
    gaps = [
        percent(Decimal((max(amounts) - min(amounts)) * len(amounts)), Decimal(sum(amounts)))
        for amounts in days
        if len(amounts) >= 2
    ]
    return mean(gaps) if gaps else None
