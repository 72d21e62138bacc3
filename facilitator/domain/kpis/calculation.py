"""Calculation of KPI values from facts: for any days, for a week, and for a whole scorecard.

A value is calculated only if everything it needs was delivered. What is missing is listed in the
reading as short entries, which `why_missing` puts into words:

- `ad_spend`: no report has this measure for these days;
- `ad_spend in DE`: for the total, this marketplace lacks it while others have it;
- `straddles:ad_spend`: an amount covers other days too, and cannot be split;
- `rate:GBP`: this currency has no exchange rate, and would have to be added to another one;
- `currency:ad_spend`: some of its amounts have a currency and some have none;
- `zero:ad_clicks`: the value would be divided by zero;
- `nothing:ad_clicks`: it would be zero divided by zero;
- `part:units_ordered`: a growth of these would compare a part of the week with a whole one;
- `before:` and one of these: it applies to the period before, which a growth needs too.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import dropwhile, takewhile

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.errors import N_, Message, message
from facilitator.domain.kpis.fact_index import FactIndex
from facilitator.domain.kpis.facts import (
    ALL,
    Currency,
    Fact,
    Marketplace,
    Measure,
    PreparedData,
)
from facilitator.domain.kpis.kpi import (
    Aggregation,
    KpiDefinition,
    KpiId,
    KpiPlan,
    Rates,
    Span,
    Target,
    Week,
)
from facilitator.domain.kpis.measures import MEASURE_LABELS
from facilitator.domain.kpis.scorecard import KpiSeries, Reading, Scorecard, WindowReading
from facilitator.domain.kpis.signals import MAX_LIMIT_WEEKS
from facilitator.domain.people import PersonId

ReadingWithFiles = tuple[Reading, frozenset[str]]
"""A reading, and the files that its value was calculated from."""
_Sums = tuple[float, float | None]
"""The numerator and the denominator; None if there is no denominator."""


class _MatchingFacts(Struct, frozen=True):
    """The facts of a KPI's measures for some days, and what is missing."""

    facts: Mapping[Measure, Sequence[Fact]]
    missing: tuple[str, ...]
    is_partial: bool


class _CurrencyRates(Struct, frozen=True):
    """The rate of each currency, and the currency that the sums are converted to."""

    rate_of: Mapping[Currency | None, float]
    currency: Currency | None
    missing: tuple[str, ...]


def calculate(
    index: FactIndex,
    definition: KpiDefinition,
    marketplace: Marketplace,
    spans: Sequence[Span],
    among: Collection[Marketplace] | None = None,
    target: Target | None = None,
) -> ReadingWithFiles:
    """Return the value of a KPI for some days.

    `spans` is one span of days, or for a growth two, newest first. With `among`, the total is that
    of these marketplaces only. `target` tells whether there is an upper limit; without one, the
    definition does.
    """
    matches = [
        _matching_facts(index, definition, marketplace, spans, each, among) for each in spans
    ]
    rates = _currency_rates(matches, index.rates)
    missing = [
        "before:" * periods_ago + entry
        for periods_ago, each in enumerate(matches)
        for entry in each.missing
    ]
    reading = Reading(
        week_end=spans[0].end,
        value=None,
        missing=(*missing, *rates.missing),
        currency=rates.currency,
        is_partial=matches[0].is_partial,
    )
    if not rates.missing:
        complete = takewhile(lambda each: not each.missing, matches)
        sums = [_sums(definition, each, rates) for each in complete]
        reading = _with_value(reading, definition, sums, target)
    if reading.numerator is None:
        return reading, frozenset()
    sources = (fact.source for each in matches for facts in each.facts.values() for fact in facts)
    return reading, frozenset(file for file in sources if file)


def manual_value(
    index: FactIndex, definition: KpiDefinition, marketplace: Marketplace, span: Span
) -> ReadingWithFiles | None:
    """Return the value that the team records by hand under the KPI's id; None if there is none."""
    measure = Measure(definition.id)
    if measure in definition.measures:
        return None
    if facts := index.latest_facts_in(marketplace, measure, span):
        value = math.fsum(fact.amount for fact in facts)
        reading = Reading(week_end=span.end, value=value)
        return reading, frozenset(fact.source for fact in facts if fact.source)
    # Percentages of marketplaces cannot be added up to a total.
    if marketplace == ALL and index.marketplaces_with([measure], [span]):
        return Reading(week_end=span.end, value=None, missing=(f"{measure} in {ALL}",)), frozenset()
    return None


def with_growth(reading: Reading, definition: KpiDefinition, before: float) -> Reading:
    """Return the reading of a growth, given the numerator of the period before."""
    if reading.numerator is None:
        return reading
    if before == 0:
        return replace(reading, missing=_zero_divisors(definition.numerator, 1))
    value = definition.scale * (reading.numerator - before) / before
    return replace(reading, value=value, missing=(), denominator=before)


def _matching_facts(
    index: FactIndex,
    definition: KpiDefinition,
    marketplace: Marketplace,
    spans: Sequence[Span],
    span: Span,
    among: Collection[Marketplace] | None,
) -> _MatchingFacts:
    """Return the facts reported for the whole business, or else those of each marketplace.

    The total needs the marketplaces of the agenda, and any other that has facts in `spans`.
    """
    is_sum = definition.counting is Aggregation.SUM
    is_before = span != spans[0]  # growth against an incomplete week would be wrong
    look_up = (
        (index.complete_facts_in if is_before else index.facts_in)
        if is_sum
        else index.latest_facts_in
    )
    is_total = marketplace == ALL and among is None
    marketplaces = {marketplace}
    if marketplace == ALL:
        marketplaces = index.marketplaces_with(definition.measures, spans) | set(index.marketplaces)
        marketplaces = marketplaces if among is None else marketplaces.intersection(among)
    facts_of: dict[Measure, Sequence[Fact]] = {}
    missing: list[str] = []
    is_partial = False
    for measure in definition.measures:
        whole = look_up(ALL, measure, span) if is_total else ()
        found = {each: look_up(each, measure, span) for each in sorted(marketplaces)}
        facts = whole or [fact for each in found.values() for fact in each]
        used = {ALL} if whole else marketplaces
        if is_sum and index.has_straddling_facts(used, measure, span):
            missing.append(f"straddles:{measure}")
        elif not facts:
            missing.append(measure)
        elif is_total and not whole and not is_sum and not definition.denominator:
            missing.append(f"{measure} in {ALL}")  # percentages cannot be added up
        elif not whole:
            missing += [f"{measure} in {each}" for each in found if not found[each]]
        is_partial |= is_sum and index.lacks_days(used, measure, span)
        facts_of[measure] = facts
    return _MatchingFacts(facts_of, tuple(missing), is_partial)


def _currency_rates(matches: Sequence[_MatchingFacts], rates: Rates | None) -> _CurrencyRates:
    """Return the rate of each currency; if there is only one, no rates are needed."""
    currencies_of: dict[Measure, set[Currency | None]] = {}
    for each in matches:
        for measure, facts in each.facts.items():
            currencies_of.setdefault(measure, set()).update(fact.currency for fact in facts)
    unnamed = [
        f"currency:{name}"
        for name, found in currencies_of.items()
        if None in found and len(found) > 1
    ]
    currencies = sorted({each for found in currencies_of.values() for each in found if each})
    if len(currencies) < 2:
        return _CurrencyRates({}, currencies[0] if currencies else None, tuple(unnamed))
    rated = {each: rates.of(each) if rates else None for each in currencies}
    unrated = [f"rate:{each}" for each, rate in rated.items() if rate is None]
    rate_of: dict[Currency | None, float] = {
        e: rate for e, rate in rated.items() if rate is not None
    }
    return _CurrencyRates(rate_of, rates.base if rates else None, (*unnamed, *unrated))


def _with_value(
    reading: Reading, definition: KpiDefinition, sums: Sequence[_Sums], target: Target | None
) -> Reading:
    """Return the reading with its value and its sums, newest first.

    Divided by 0, it has no value; more than 0 divided by 0 is worse than any target with an upper
    limit.
    """
    if not sums:
        return reading
    if definition.growth:
        return _with_growth_of(reading, definition, sums)
    numerator, denominator = sums[0]
    reading = replace(reading, numerator=numerator, denominator=denominator)
    if denominator != 0:
        # Scale before dividing: 7 of 100 is then 7 %, not 7.000000000000001.
        divisor = 1.0 if denominator is None else denominator
        return replace(reading, value=definition.scale * numerator / divisor)
    if numerator > 0 and _has_upper_limit(definition, target):
        return replace(reading, is_worse_than_any_target=True)
    if numerator == 0:
        return replace(reading, missing=(f"nothing:{definition.measures[-1]}",))
    return replace(reading, missing=_zero_divisors(definition.denominator, 0))


def _with_growth_of(reading: Reading, definition: KpiDefinition, sums: Sequence[_Sums]) -> Reading:
    """Return the reading with the growth between two periods, if both are known."""
    levels: list[float] = []
    for periods_ago, (numerator, denominator) in enumerate(sums):
        if denominator == 0:
            return replace(reading, missing=_zero_divisors(definition.denominator, periods_ago))
        levels.append(numerator if denominator is None else numerator / denominator)
    reading = replace(reading, numerator=levels[0])
    if reading.is_partial:  # a part is not compared with a whole
        return replace(reading, missing=(*reading.missing, f"part:{definition.measures[0]}"))
    return with_growth(reading, definition, levels[1]) if len(levels) > 1 else reading


def _has_upper_limit(definition: KpiDefinition, target: Target | None) -> bool:
    if target is not None:
        return target.at_most is not None
    return definition.higher_is_better is False


def _zero_divisors(names: Sequence[str], periods_ago: int) -> tuple[str, ...]:
    return tuple(f"{'before:' * periods_ago}zero:{name.lstrip('-')}" for name in names)


def _sums(definition: KpiDefinition, matches: _MatchingFacts, rates: _CurrencyRates) -> _Sums:
    numerator = _sum(definition.numerator, matches, rates)
    if not definition.denominator:
        return numerator, None
    return numerator, _sum(definition.denominator, matches, rates)


def _sum(names: Sequence[str], matches: _MatchingFacts, rates: _CurrencyRates) -> float:
    """Return the sum of the measures; `fsum` makes it independent of the order of the facts."""
    return math.fsum(
        (-fact.amount if name.startswith("-") else fact.amount)
        * rates.rate_of.get(fact.currency, 1.0)
        for name in names
        for fact in matches.facts[Measure(name.lstrip("-"))]
    )


CALCULATED_WEEKS = MAX_LIMIT_WEEKS + 1
"""The week under review, and as many past weeks as signals use."""


def first_day_needed(definitions: Iterable[KpiDefinition], week: Week, weeks: int) -> date:
    """Return the first day whose facts are needed to calculate this many weeks."""
    oldest = week.back(weeks - 1)
    return min((each.spans(oldest)[-1].start for each in definitions), default=oldest.start)


def calculate_scorecard(
    data: PreparedData,
    definitions: Sequence[KpiDefinition],
    plans: Sequence[KpiPlan],
    *,
    week: Week,
    weeks: int = CALCULATED_WEEKS,
    marketplaces: Sequence[Marketplace],
    rates: Rates | None,
) -> Scorecard:
    """Calculate every KPI for `week` and the `weeks - 1` before it.

    `marketplaces` are those that the agenda expects; the total has no value if one of them is
    missing. A marketplace has a series of its own if it has facts of the KPI or a target in the
    agenda, or is one of the agenda's and the KPI is told by marketplace. A KPI without a value in
    any week is left out unless the agenda names it.
    """
    since = first_day_needed(definitions, week, weeks)
    cut = {each.file for each in data.sources if each.first_day and each.first_day < since}
    index = FactIndex.from_facts(data.facts, marketplaces, rates, cut)
    by_kpi = {plan.kpi: plan for plan in plans}
    weeks_shown = [week.back(back) for back in reversed(range(weeks))]
    included: list[KpiDefinition] = []
    series: list[KpiSeries] = []
    owners: list[tuple[KpiId, PersonId]] = []
    for definition in definitions:
        plan = by_kpi.get(definition.id) or KpiPlan(kpi=definition.id)
        kpi_series = tuple(_series_of_kpi(index, definition, plan, weeks_shown))
        if definition.id in by_kpi or any(each.has_values for each in kpi_series):
            included.append(definition)
            series += kpi_series
            if owner := plan.owner or definition.owner:
                owners.append((definition.id, owner))
    return Scorecard(
        week=week,
        definitions=tuple(included),
        series=tuple(series),
        owners=tuple(owners),
        sources=data.sources,
        problems=data.problems,
        disagreements=data.disagreements,
        rates=rates,
    )


def why_missing(entry: str) -> Message:
    """Return the meaning of an entry of `Reading.missing`, in words."""
    kind, _, rest = entry.rpartition(":")
    measure, _, marketplace = rest.partition(" in ")
    label = message(MEASURE_LABELS.get(measure, measure))
    if kind.startswith("before"):
        earlier = why_missing(entry.removeprefix("before:"))
        return message(N_("{reason} the week before"), reason=earlier)
    if kind == "rate":
        return message(N_("no exchange rate for {currency}"), currency=rest)
    if kind == "currency":
        return message(N_("amounts without a currency in {measure}"), measure=label)
    if kind == "straddles":
        return message(N_("no weekly {measure}"), measure=label)
    if kind == "part":
        return message(N_("{measure} of only a part of the week"), measure=label)
    if kind == "nothing":
        return message(N_("nothing to count"))
    if kind == "zero":
        return message(N_("{measure} came to 0"), measure=label)
    if marketplace == ALL:
        return message(N_("no data for {measure} of the whole business"), measure=label)
    if marketplace:
        return message(
            N_("no data for {measure} in {marketplace}"), measure=label, marketplace=marketplace
        )
    return message(N_("no data for {measure}"), measure=label)


def calculate_week(
    index: FactIndex,
    definition: KpiDefinition,
    marketplace: Marketplace,
    week: Week,
    among: Collection[Marketplace] | None = None,
    target: Target | None = None,
) -> ReadingWithFiles:
    """Return the value of a week from the reports, or else as recorded by hand.

    With `among`, the total is that of these marketplaces only; values by hand have no such total.
    """
    reported = calculate(index, definition, marketplace, definition.spans(week), among, target)
    if reported[0].is_known or among is not None:
        return reported
    by_hand = manual_value(index, definition, marketplace, Span(start=week.start, end=week.end))
    if by_hand and (by_hand[0].value is not None or reported[0].is_undelivered):
        return by_hand
    return reported


def _series_of_kpi(
    index: FactIndex, definition: KpiDefinition, plan: KpiPlan, weeks: Sequence[Week]
) -> Iterator[KpiSeries]:
    """Yield the total; if a rate is missing, one per currency; and each marketplace by name.

    A currency of one marketplace has no total: it would be that marketplace again.
    """
    total = _series(index, definition, plan, ALL, weeks)
    yield total
    entries = (entry for reading in total.readings for entry in reading.missing)
    if any(entry.startswith("rate:") for entry in entries):
        for currency, marketplaces in index.marketplaces_by_currency(definition.measures).items():
            if len(marketplaces) == 1:
                continue
            of_currency = _series(index, definition, plan, ALL, weeks, among=marketplaces)
            yield replace(of_currency, currency=currency)
    spans = [span for week in weeks for span in definition.spans(week)[:1]]
    with_facts = index.marketplaces_with((*definition.measures, Measure(definition.id)), spans)
    if with_facts:
        with_facts |= set(index.marketplaces)
    with_target = {each.marketplace for each in plan.by_marketplace}
    for marketplace in sorted((with_facts | with_target) - {ALL}):
        yield _series(index, definition, plan, marketplace, weeks)


def _series(
    index: FactIndex,
    definition: KpiDefinition,
    plan: KpiPlan,
    marketplace: Marketplace,
    weeks: Sequence[Week],
    among: Collection[Marketplace] | None = None,
) -> KpiSeries:
    target = plan.target_in(marketplace) or definition.target_in(marketplace)
    readings: list[Reading] = []
    files: set[str] = set()
    for week in weeks:
        reading, used = calculate_week(index, definition, marketplace, week, among, target)
        readings.append(reading)
        files |= used
    past = dropwhile(lambda each: each.is_undelivered, readings[:-1])
    series = KpiSeries(
        kpi=definition.id,
        marketplace=marketplace,
        readings=(*past, readings[-1]),
        target=target,
        sources=tuple(sorted(files)),
    )
    if among is not None or (found := _window_reading(index, definition, series)) is None:
        return series
    window, window_files = found
    return replace(series, window_reading=window, sources=tuple(sorted(files | window_files)))


def _window_reading(
    index: FactIndex, definition: KpiDefinition, series: KpiSeries
) -> tuple[WindowReading, frozenset[str]] | None:
    """Return what the newest export across the current week tells of its whole window.

    The files that it was calculated from come with it. Returns None if the week has a value or no
    such export, or if not all of the export's window is known.
    """
    reading = series.current
    is_across = any(entry.startswith("straddles:") for entry in reading.missing)
    if reading.is_known or not is_across or definition.growth:
        return None
    span = definition.spans(Week(end=reading.week_end))[0]
    for file in index.exports_across(series.marketplace, definition.measures, span):
        window_index, window = index.in_window_of(file, definition.measures)
        found, files = calculate(
            window_index, definition, series.marketplace, [window], target=series.target
        )
        if found.is_known and not found.is_partial and file in files:
            told = WindowReading(first_day=window.start, last_day=window.end, reading=found)
            return told, files
    return None
