"""Six weeks and twelve months beside the year before, as in Amazon's weekly business review.

After Bryar and Carr, *Working Backwards* (2021). A week is compared with the one 364 days
earlier, so that the weekdays match. A month, and the month, quarter and year to date, are
compared with the same dates a year earlier.
"""

from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.kpis.calculation import calculate, calculate_week
from facilitator.domain.kpis.fact_index import FactIndex
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, Span, Unit, Week
from facilitator.domain.kpis.scorecard import Reading, difference

WEEKS = 6
MONTHS = 12
_YEAR_OF_WEEKS = 52


class PeriodComparison(Struct, frozen=True, kw_only=True):
    """The value of a KPI for some days, and for the same days a year before."""

    span: Span
    now: Reading
    year_before: Reading

    @property
    def change(self) -> float | None:
        """The relative change against the year before, as a fraction."""
        return _relative_change(self.now, self.year_before)


class YearOverYear(Struct, frozen=True, kw_only=True):
    """A KPI in a marketplace, over the last weeks and months."""

    kpi: KpiDefinition
    base_definition: KpiDefinition
    """For a growth, the definition of what grows; otherwise the same as `kpi`."""
    marketplace: Marketplace
    weeks: tuple[PeriodComparison, ...]
    """Oldest first; the last is the week under review."""
    months: tuple[PeriodComparison, ...]
    """The last months that had ended by the end of the week, oldest first."""
    month_to_date: PeriodComparison
    quarter_to_date: PeriodComparison
    year_to_date: PeriodComparison

    @property
    def week_on_week(self) -> float | None:
        """The relative change against the week before, as a fraction."""
        return _relative_change(self.weeks[-1].now, self.weeks[-2].now)

    @property
    def has_values(self) -> bool:
        """Whether any period of this year has a value."""
        return any(each.now.is_known for each in (*self.weeks, *self.months))


def year_over_year(
    index: FactIndex,
    definition: KpiDefinition,
    marketplace: Marketplace = ALL,
    *,
    week: Week,
    year_starts_in: int = 1,
) -> YearOverYear:
    """Calculate a KPI for the six weeks, twelve months and periods to date that end in `week`.

    `year_starts_in` is the first month of the business year.
    """
    base = _base_definition(definition)
    since_year = (week.end.month - year_starts_in) % 12
    starts = [
        _months_before(week.end, months_ago) for months_ago in (0, since_year % 3, since_year)
    ]
    so_far = (
        _compare_span(index, base, marketplace, Span(start=start, end=week.end)) for start in starts
    )
    is_month_over = (week.end + timedelta(days=1)).day == 1
    newest_month = 0 if is_month_over else 1
    months = (
        _month(_months_before(week.end, months_ago))
        for months_ago in reversed(range(newest_month, newest_month + MONTHS))
    )
    month_to_date, quarter_to_date, year_to_date = so_far
    return YearOverYear(
        kpi=definition,
        base_definition=base,
        marketplace=marketplace,
        weeks=tuple(
            _compare_week(index, base, marketplace, week.back(weeks_ago))
            for weeks_ago in reversed(range(WEEKS))
        ),
        months=tuple(_compare_span(index, base, marketplace, month) for month in months),
        month_to_date=month_to_date,
        quarter_to_date=quarter_to_date,
        year_to_date=year_to_date,
    )


def first_day_of_year_before(week: Week) -> date:
    """Return the first day whose facts are needed: two years before the month."""
    return _months_before(week.end, 2 * MONTHS)


def _base_definition(definition: KpiDefinition) -> KpiDefinition:
    if not definition.growth:
        return definition
    unit = Unit.RATIO if definition.denominator else Unit.COUNT
    decimals = definition.decimals if definition.denominator else 0
    return replace(
        definition,
        growth=False,
        scale=1.0,
        unit=unit,
        decimals=decimals,
        target=None,  # of the growth
        by_marketplace=(),
    )


def _compare_week(
    index: FactIndex, definition: KpiDefinition, marketplace: Marketplace, week: Week
) -> PeriodComparison:
    now, before = (
        calculate_week(
            index, definition, marketplace, each, target=definition.target_in(marketplace)
        )[0]
        for each in (week, week.back(_YEAR_OF_WEEKS))
    )
    return PeriodComparison(span=Span(start=week.start, end=week.end), now=now, year_before=before)


def _compare_span(
    index: FactIndex, definition: KpiDefinition, marketplace: Marketplace, span: Span
) -> PeriodComparison:
    now, before = (
        calculate(index, definition, marketplace, [each], target=definition.target_in(marketplace))[
            0
        ]
        for each in (span, _year_before(span))
    )
    return PeriodComparison(span=span, now=now, year_before=before)


def _year_before(span: Span) -> Span:
    """Return the same dates a year earlier; a whole month remains a whole month."""
    start = _months_before(span.start, MONTHS)
    last = monthrange(span.end.year - 1, span.end.month)[1]
    is_whole = (span.end + timedelta(days=1)).day == 1
    day = last if is_whole else min(span.end.day, last)
    return Span(start=start, end=span.end.replace(year=span.end.year - 1, day=day))


def _month(start: date) -> Span:
    return Span(start=start, end=start.replace(day=monthrange(start.year, start.month)[1]))


def _months_before(day: date, months: int) -> date:
    """Return the first day of the month this many months earlier."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _relative_change(now: Reading, before: Reading) -> float | None:
    change = difference(now, before)
    return None if change is None or not before.value else change / abs(before.value)
