"""Movers: the campaigns, products and search terms behind the change of a KPI."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from math import fsum

from msgspec import Struct

from facilitator.domain.kpis.facts import ALL, Contribution, Marketplace, Measure, Source
from facilitator.domain.kpis.kpi import KpiDefinition, Rates, exchange_rate
from facilitator.domain.kpis.scorecard import KpiSeries, Reading

MOVERS_SHOWN = 5
"""The number of movers per dimension."""

ISSUE_DIMENSION = "top_issue"
"""The dimension of what customers complain about."""
_ISSUE_MEASURES = (Measure("reviews_negative"), Measure("reviews_new"))
"""What says how many customers an issue has, the best first."""
_Key = tuple[str, Marketplace, str]
"""The dimension, marketplace and name."""
_Amounts = Mapping[tuple[_Key, Measure, date], list[float]]


class Breakdown(Struct, frozen=True, kw_only=True):
    """The contributions to a KPI's measures, for a week and the one before."""

    contributions: tuple[Contribution, ...] = ()
    sources: tuple[Source, ...] = ()
    """The files as they are now; the scorecard may be based on older versions of them."""

    def changed(self, sources: Iterable[Source]) -> tuple[str, ...]:
        """Return the files whose contents are not those of the same file in `sources`."""
        hashes = {each.file: each.sha256 for each in sources}
        return tuple(each.file for each in self.sources if hashes.get(each.file) != each.sha256)


class Ratio(Struct, frozen=True, kw_only=True):
    """A numerator and a denominator."""

    numerator: float
    denominator: float
    """0 if there is none of it."""


class Mover(Struct, frozen=True, kw_only=True):
    """One campaign, product or search term, and how much it moved the KPI."""

    dimension: str
    """A `Contribution.dimension`."""
    name: str
    marketplace: Marketplace
    now: Ratio
    before: Ratio
    effect: float
    """The KPI minus what it would be if only this one had not changed; in the KPI's unit."""


class Issue(Struct, frozen=True, kw_only=True):
    """What customers complain about most in a product's reviews of a week."""

    text: str
    marketplaces: tuple[Marketplace, ...]
    reviews: float
    """The negative reviews of the products that it is about; if unknown, all new ones."""


def top_issues(
    contributions: Iterable[Contribution], series: KpiSeries, top: int = MOVERS_SHOWN
) -> tuple[Issue, ...]:
    """Return what customers complained about in the last week of `series`, most reviews first."""
    told = [
        each
        for each in contributions
        if each.dimension == ISSUE_DIMENSION
        and each.week_end == series.current.week_end
        and series.marketplace in (ALL, each.marketplace)
    ]
    measures = [each for each in _ISSUE_MEASURES if any(one.measure == each for one in told)]
    by_text: dict[str, list[Contribution]] = {}
    for each in told:
        if each.measure in measures[:1] and each.amount:
            by_text.setdefault(each.name, []).append(each)
    issues = [
        Issue(
            text=text,
            marketplaces=tuple(sorted({each.marketplace for each in found})),
            reviews=fsum(each.amount for each in found),
        )
        for text, found in by_text.items()
    ]
    return tuple(sorted(issues, key=lambda each: (-each.reviews, each.text))[:top])


def top_movers(
    contributions: Iterable[Contribution],
    definition: KpiDefinition,
    series: KpiSeries,
    rates: Rates | None = None,
    top: int = MOVERS_SHOWN,
) -> tuple[Mover, ...]:
    """Return the contributions that moved the last week of `series` most, per dimension.

    The largest effect comes first; those without an effect are left out. Returns an empty tuple
    if the sums behind the series are not known, or if the weeks cannot be compared.
    """
    if len(series.readings) < 2 or series.is_incomparable:
        return ()
    movers = sorted(
        _all_movers(_amounts_by_key(contributions, series, rates), definition, series),
        key=lambda each: (each.dimension, -abs(each.effect), each.name, each.marketplace),
    )
    return tuple(
        mover
        for _, group in groupby(movers, key=lambda each: each.dimension)
        for mover in list(group)[:top]
    )


def own_value(sums: Ratio, definition: KpiDefinition) -> float | None:
    """Return the KPI value of one contribution alone; None if its denominator is 0."""
    return _value(sums, definition) if sums.denominator else None


def _all_movers(amounts: _Amounts, definition: KpiDefinition, series: KpiSeries) -> Iterator[Mover]:
    earlier_end, end = (reading.week_end for reading in series.readings[-2:])
    whole = _whole_ratio(series.current, definition)
    if whole is None:
        return
    for key in dict.fromkeys(key for key, _measure, _end in amounts):
        current, earlier = (
            _ratio_of(amounts, key, week, definition) for week in (end, earlier_end)
        )
        unchanged = Ratio(
            numerator=whole.numerator - current.numerator + earlier.numerator,
            denominator=whole.denominator - current.denominator + earlier.denominator,
        )
        if current != earlier and unchanged.denominator:
            dimension, marketplace, name = key
            yield Mover(
                dimension=dimension,
                name=name,
                marketplace=marketplace,
                now=current,
                before=earlier,
                effect=_value(whole, definition) - _value(unchanged, definition),
            )


def _amounts_by_key(
    contributions: Iterable[Contribution], series: KpiSeries, rates: Rates | None
) -> _Amounts:
    """Return the amounts in the currency of the series, by key, measure and week."""
    amounts: dict[tuple[_Key, Measure, date], list[float]] = {}
    for each in contributions:
        if each.dimension == ISSUE_DIMENSION:
            continue
        rate = exchange_rate(series.current.currency, each.currency, rates)
        if rate is not None and series.marketplace in (ALL, each.marketplace):
            key = (each.dimension, each.marketplace, each.name)
            amounts.setdefault((key, each.measure, each.week_end), []).append(each.amount * rate)
    return amounts


def _ratio_of(amounts: _Amounts, key: _Key, week_end: date, definition: KpiDefinition) -> Ratio:
    def total(names: Iterable[str]) -> float:
        return fsum(
            -amount if name.startswith("-") else amount
            for name in names
            for amount in amounts.get((key, Measure(name.lstrip("-")), week_end), ())
        )

    return Ratio(numerator=total(definition.numerator), denominator=total(definition.denominator))


def _whole_ratio(reading: Reading, definition: KpiDefinition) -> Ratio | None:
    """Return the sums of a week; the denominator is 1 if the KPI has none.

    A growth is a ratio of sums too: its denominator is the week before, which is fixed. A growth
    of a ratio is not, so its movers cannot be determined.
    """
    if definition.growth and definition.denominator:
        return None
    denominator = reading.denominator if definition.divisor else 1.0
    if reading.numerator is None or not denominator:
        return None
    return Ratio(numerator=reading.numerator, denominator=denominator)


def _value(sums: Ratio, definition: KpiDefinition) -> float:
    """Return the value of a ratio; for a growth it is 1 too high, which cancels in the effect."""
    return definition.scale * sums.numerator / sums.denominator
