"""Six weeks and twelve months beside the year before, as in Amazon's weekly business review.

After Bryar and Carr, *Working Backwards* (2021): a week is compared with the one 364 days
earlier, so that weekdays match; a month, or a month, quarter or year to date, with the same days
of the calendar a year earlier.
"""

from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.kpis.calculation import calculate, calculate_week
from facilitator.domain.kpis.fact_index import FactIndex
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, Span, Unit, Week
from facilitator.domain.kpis.scorecard import Reading

WEEKS = 6
MONTHS = 12
_YEAR_OF_WEEKS = 52


class PeriodComparison(Struct, frozen=True, kw_only=True):
    """What some days came to, and the same days a year before."""

    span: Span
    now: Reading
    year_before: Reading

    @property
    def change(self) -> float | None:
        """Against the year before, as a share of it."""
        return _relative_change(self.now, self.year_before)


class YearOverYear(Struct, frozen=True, kw_only=True):
    """A KPI in a marketplace, over the last weeks and months."""

    kpi: KpiDefinition
    base_definition: KpiDefinition
    """Of a growth that which grows, for its changes stand beside it; else the same."""
    marketplace: Marketplace
    weeks: tuple[PeriodComparison, ...]
    """Oldest first; the last is the week under review."""
    months: tuple[PeriodComparison, ...]
    """The last that were over by the end of the week, oldest first."""
    month_to_date: PeriodComparison
    quarter_to_date: PeriodComparison
    year_to_date: PeriodComparison

    @property
    def week_on_week(self) -> float | None:
        """The week under review against the one before, as a share of it."""
        return _relative_change(self.weeks[-1].now, self.weeks[-2].now)

    @property
    def has_values(self) -> bool:
        """Whether anything of this year has a value."""
        return any(each.now.value is not None for each in (*self.weeks, *self.months))


def year_over_year(
    index: FactIndex,
    definition: KpiDefinition,
    where: Marketplace = ALL,
    *,
    week: Week,
    year_starts_in: int = 1,
) -> YearOverYear:
    """Count a KPI for the six weeks, the twelve months and the spans so far that end in `week`.

    `year_starts_in` is the month with which the business year begins.
    """
    level = _base_definition(definition)
    since_year = (week.end.month - year_starts_in) % 12
    starts = [_months_before(week.end, back) for back in (0, since_year % 3, since_year)]
    so_far = (
        _compare_span(index, level, where, Span(start=start, end=week.end)) for start in starts
    )
    is_over = (week.end + timedelta(days=1)).day == 1
    newest = 0 if is_over else 1
    months = (
        _month(_months_before(week.end, back)) for back in reversed(range(newest, newest + MONTHS))
    )
    month_to_date, quarter_to_date, year_to_date = so_far
    return YearOverYear(
        kpi=definition,
        base_definition=level,
        marketplace=where,
        weeks=tuple(
            _compare_week(index, level, where, week.back(back)) for back in reversed(range(WEEKS))
        ),
        months=tuple(_compare_span(index, level, where, month) for month in months),
        month_to_date=month_to_date,
        quarter_to_date=quarter_to_date,
        year_to_date=year_to_date,
    )


def first_day_of_year_before(week: Week) -> date:
    """The first day that comparing needs: that of the oldest month, a year before."""
    return _months_before(week.end, 2 * MONTHS)


def _base_definition(definition: KpiDefinition) -> KpiDefinition:
    if not definition.growth:
        return definition
    unit = Unit.RATIO if definition.denominator else Unit.COUNT
    decimals = definition.decimals if definition.denominator else 0
    return replace(definition, growth=False, scale=1.0, unit=unit, decimals=decimals)


def _compare_week(
    index: FactIndex, definition: KpiDefinition, where: Marketplace, week: Week
) -> PeriodComparison:
    now, _ = calculate_week(index, definition, where, week)
    before, _ = calculate_week(index, definition, where, week.back(_YEAR_OF_WEEKS))
    return PeriodComparison(span=Span(start=week.start, end=week.end), now=now, year_before=before)


def _compare_span(
    index: FactIndex, definition: KpiDefinition, where: Marketplace, span: Span
) -> PeriodComparison:
    now, _ = calculate(index, definition, where, [span])
    before, _ = calculate(index, definition, where, [_year_before(span)])
    return PeriodComparison(span=span, now=now, year_before=before)


def _year_before(span: Span) -> Span:
    """The same days of the calendar; a whole February stays whole."""
    start = _months_before(span.start, MONTHS)
    last = monthrange(span.end.year - 1, span.end.month)[1]
    is_whole = (span.end + timedelta(days=1)).day == 1
    day = last if is_whole else min(span.end.day, last)
    return Span(start=start, end=span.end.replace(year=span.end.year - 1, day=day))


def _month(start: date) -> Span:
    return Span(start=start, end=start.replace(day=monthrange(start.year, start.month)[1]))


def _months_before(day: date, months: int) -> date:
    """The first day of the month so many months earlier."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _relative_change(now: Reading, before: Reading) -> float | None:
    if now.value is None or not before.value:
        return None
    return (now.value - before.value) / abs(before.value)
