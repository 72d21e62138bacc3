"""Calculating KPIs from facts: the value of any days, of a week, and a whole scorecard.

A value is calculated only where all that belongs to it was delivered. Where something is missing,
the reading lists what, as short entries that `why_missing` puts into words:

- `ad_spend`: no report has this measure for these days;
- `ad_spend in DE`: in the total, this marketplace lacks it while others have it;
- `straddles:ad_spend`: an amount of it belongs to these days in part, and cannot be split;
- `rate:GBP`: this currency would have to be added to another, and has no exchange rate;
- `currency:ad_spend`: some of its amounts have a currency and some have none;
- `zero:ad_clicks`: the value would be divided by zero;
- `before:` and one of these: it holds for the days before, which growth needs too.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import dropwhile, takewhile

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.errors import N_, Message, message
from facilitator.domain.kpis.fact_index import FactIndex
from facilitator.domain.kpis.facts import ALL, Currency, Fact, Marketplace, Measure, PreparedData
from facilitator.domain.kpis.kpi import (
    Aggregation,
    KpiDefinition,
    KpiId,
    KpiPlan,
    Rates,
    Span,
    Week,
)
from facilitator.domain.kpis.measures import MEASURE_LABELS
from facilitator.domain.kpis.scorecard import KpiSeries, Reading, Scorecard
from facilitator.domain.kpis.signals import MOST_WEEKS
from facilitator.domain.people import PersonId

ReadingWithFiles = tuple[Reading, frozenset[str]]
"""A reading, and the files that its value came from."""
_Sums = tuple[float, float | None]
"""Numerator and denominator."""


class _MatchingFacts(Struct, frozen=True):
    """What was delivered of a KPI's measures for some days, and what was not."""

    facts: Mapping[Measure, Sequence[Fact]]
    missing: tuple[str, ...]
    is_partial: bool


class _CurrencyRates(Struct, frozen=True):
    """What each currency counts for, and the one that the sums are then in."""

    rate_of: Mapping[Currency | None, float]
    currency: Currency | None
    missing: tuple[str, ...]


def calculate(
    index: FactIndex,
    definition: KpiDefinition,
    where: Marketplace,
    spans: Sequence[Span],
    among: Collection[Marketplace] | None = None,
) -> ReadingWithFiles:
    """What a KPI comes to in these days.

    A growth is given two spans, newest first. `among` makes the total that of some shops.
    """
    found = [_matching_facts(index, definition, where, spans, each, among) for each in spans]
    money = _currency_rates(found, index.rates)
    missing = [
        "before:" * earlier + entry for earlier, each in enumerate(found) for entry in each.missing
    ]
    reading = Reading(
        week_end=spans[0].end,
        value=None,
        missing=(*missing, *money.missing),
        currency=money.currency,
        is_partial=found[0].is_partial,
    )
    if not money.missing:
        whole = takewhile(lambda each: not each.missing, found)
        reading = _with_value(
            reading, definition, [_sums(definition, each, money) for each in whole]
        )
    if reading.numerator is None:
        return reading, frozenset()
    used = (fact.source for each in found for facts in each.facts.values() for fact in facts)
    return reading, frozenset(file for file in used if file)


def manual_value(
    index: FactIndex, definition: KpiDefinition, where: Marketplace, span: Span
) -> ReadingWithFiles | None:
    """The value itself, where the team keeps it under the KPI's own name; None where not."""
    name = Measure(definition.id)
    if name in definition.measures:
        return None
    if facts := index.latest_facts_in(where, name, span):
        value = math.fsum(fact.amount for fact in facts)
        reading = Reading(week_end=span.end, value=value)
        return reading, frozenset(fact.source for fact in facts if fact.source)
    if where == ALL and index.marketplaces_with(
        [name], [span]
    ):  # shares of shops cannot be added up
        return Reading(week_end=span.end, value=None, missing=(f"{name} in {ALL}",)), frozenset()
    return None


def with_growth(reading: Reading, definition: KpiDefinition, before: float) -> Reading:
    """A growth's reading, once it is known what its numerator was before."""
    if reading.numerator is None:
        return reading
    if before == 0:
        return replace(reading, missing=_zero_divisors(definition.numerator, 1))
    value = definition.scale * (reading.numerator - before) / before
    return replace(reading, value=value, missing=(), denominator=before)


def _matching_facts(
    index: FactIndex,
    definition: KpiDefinition,
    where: Marketplace,
    spans: Sequence[Span],
    span: Span,
    among: Collection[Marketplace] | None,
) -> _MatchingFacts:
    """What was told for the business as a whole, or else added up over every shop.

    The shops of a total are the agenda's, and any other that delivered something for `spans`.
    """
    is_sum = definition.counting is Aggregation.SUM
    is_before = span != spans[0]  # nothing has grown against a part of a week
    look_up = (
        (index.complete_facts_in if is_before else index.facts_in)
        if is_sum
        else index.latest_facts_in
    )
    is_total = where == ALL and among is None
    shops = {where}
    if where == ALL:
        shops = index.marketplaces_with(definition.measures, spans) | set(index.marketplaces)
        shops = shops if among is None else shops.intersection(among)
    found: dict[Measure, Sequence[Fact]] = {}
    missing: list[str] = []
    is_partial = False
    for measure in definition.measures:
        whole = look_up(ALL, measure, span) if is_total else ()
        by_shop = {shop: look_up(shop, measure, span) for shop in sorted(shops)}
        facts = whole or [fact for each in by_shop.values() for fact in each]
        lacking = [] if whole else [shop for shop, each in by_shop.items() if not each]
        if is_sum and index.has_straddling_facts({ALL} if whole else shops, measure, span):
            missing.append(f"straddles:{measure}")
        elif not facts:
            missing.append(measure)
        elif is_total and not whole and not is_sum and not definition.denominator:
            missing.append(f"{measure} in {ALL}")  # shares of shops cannot be added up
        else:
            missing += [f"{measure} in {shop}" for shop in lacking]
        is_partial |= is_sum and index.lacks_days({ALL} if whole else shops, measure, span)
        found[measure] = facts
    return _MatchingFacts(found, tuple(missing), is_partial)


def _currency_rates(found: Sequence[_MatchingFacts], rates: Rates | None) -> _CurrencyRates:
    """What each currency counts for; amounts of one currency need no rate."""
    held: dict[Measure, set[Currency | None]] = {}
    for each in found:
        for measure, facts in each.facts.items():
            held.setdefault(measure, set()).update(fact.currency for fact in facts)
    unnamed = [
        f"currency:{name}" for name, those in held.items() if None in those and len(those) > 1
    ]
    currencies = sorted({each for those in held.values() for each in those if each})
    if len(currencies) < 2:
        return _CurrencyRates({}, currencies[0] if currencies else None, tuple(unnamed))
    rated = {each: rates.of(each) if rates else None for each in currencies}
    unrated = [f"rate:{each}" for each, rate in rated.items() if rate is None]
    rate_of: dict[Currency | None, float] = {
        e: rate for e, rate in rated.items() if rate is not None
    }
    return _CurrencyRates(rate_of, rates.base if rates else None, (*unnamed, *unrated))


def _with_value(reading: Reading, definition: KpiDefinition, sums: Sequence[_Sums]) -> Reading:
    """The reading with its value, unless something is divided by 0."""
    if not sums:
        return reading
    for earlier, (_, bottom) in enumerate(sums):
        if bottom == 0:
            return replace(reading, missing=_zero_divisors(definition.denominator, earlier))
    top, bottom = sums[0]
    if definition.growth:
        levels = [top if bottom is None else top / bottom for top, bottom in sums]
        reading = replace(reading, numerator=levels[0])
        return with_growth(reading, definition, levels[1]) if len(levels) > 1 else reading
    # the scale comes before the division: 7 of 100 is 7 %, not 7.000000000000001
    value = definition.scale * top / (1.0 if bottom is None else bottom)
    return replace(reading, value=value, numerator=top, denominator=bottom)


def _zero_divisors(names: Sequence[str], earlier: int) -> tuple[str, ...]:
    return tuple(f"{'before:' * earlier}zero:{name.lstrip('-')}" for name in names)


def _sums(definition: KpiDefinition, delivery: _MatchingFacts, money: _CurrencyRates) -> _Sums:
    top = _sum(definition.numerator, delivery, money)
    return top, _sum(definition.denominator, delivery, money) if definition.denominator else None


def _sum(names: Sequence[str], delivery: _MatchingFacts, money: _CurrencyRates) -> float:
    """A sum that does not depend on the order of the facts."""
    return math.fsum(
        (-fact.amount if name.startswith("-") else fact.amount)
        * money.rate_of.get(fact.currency, 1.0)
        for name in names
        for fact in delivery.facts[Measure(name.lstrip("-"))]
    )


CALCULATED_WEEKS = MOST_WEEKS + 1
"""The week under review, and as many before it as signals look at."""


def first_day_needed(definitions: Iterable[KpiDefinition], week: Week, weeks: int) -> date:
    """The first day that counting so many weeks looks at."""
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
    """Count every KPI for `week` and the `weeks - 1` before it.

    `marketplaces` are the shops that the agenda expects; a total without one of them is
    not told. A shop has a row of its own where it has facts of the KPI, or a target in the
    agenda. A KPI that no week has a value of, and that the agenda does not name, is left out.
    """
    index = FactIndex.from_facts(data.facts, marketplaces, rates)
    by_kpi = {plan.kpi: plan for plan in plans}
    ends = [week.back(back) for back in reversed(range(weeks))]
    shown: list[KpiDefinition] = []
    series: list[KpiSeries] = []
    owners: list[tuple[KpiId, PersonId]] = []
    for definition in definitions:
        plan = by_kpi.get(definition.id) or KpiPlan(kpi=definition.id)
        rows = tuple(_series_of_kpi(index, definition, plan, ends))
        if definition.id in by_kpi or any(row.has_values for row in rows):
            shown.append(definition)
            series += rows
            if owner := plan.owner or definition.owner:
                owners.append((definition.id, owner))
    return Scorecard(
        week=week,
        definitions=tuple(shown),
        series=tuple(series),
        owners=tuple(owners),
        sources=data.sources,
        problems=data.problems,
        disagreements=data.disagreements,
        rates=rates,
    )


def why_missing(entry: str) -> Message:
    """What an entry of `Reading.missing` means, in words."""
    kind, _, rest = entry.rpartition(":")
    measure, _, marketplace = rest.partition(" in ")
    label = message(MEASURE_LABELS.get(measure, measure))
    if kind.startswith("before"):
        earlier = why_missing(entry.removeprefix("before:"))
        return message(N_("{reason} the week before"), reason=earlier)
    if kind == "rate":
        return message(N_("no rate for {currency}"), currency=rest)
    if kind == "currency":
        return message(N_("amounts without a currency among the {measure}"), measure=label)
    if kind == "straddles":
        return message(N_("{measure} told for days of two weeks at once"), measure=label)
    if kind == "zero":
        return message(N_("{measure} came to 0"), measure=label)
    if marketplace == ALL:
        return message(N_("no figure for {measure} of the whole business"), measure=label)
    if marketplace:
        return message(
            N_("no figure for {measure} in {marketplace}"), measure=label, marketplace=marketplace
        )
    return message(N_("no figure for {measure}"), measure=label)


def calculate_week(
    index: FactIndex,
    definition: KpiDefinition,
    where: Marketplace,
    week: Week,
    among: Collection[Marketplace] | None = None,
) -> ReadingWithFiles:
    """A week as the reports tell it, or else as the team keeps it by hand.

    `among` makes the total that of some shops, which nobody keeps by hand.
    """
    told = calculate(index, definition, where, definition.spans(week), among)
    if told[0].value is not None or among is not None:
        return told
    by_hand = manual_value(index, definition, where, Span(start=week.start, end=week.end))
    if by_hand and (by_hand[0].value is not None or told[0].is_undelivered):
        return by_hand
    return told


def _series_of_kpi(
    index: FactIndex, definition: KpiDefinition, plan: KpiPlan, weeks: Sequence[Week]
) -> Iterator[KpiSeries]:
    """The total; where a rate is lacking, that of each currency; and the shops by name."""
    total = _series(index, definition, plan, ALL, weeks)
    yield total
    entries = (entry for reading in total.readings for entry in reading.missing)
    if any(entry.startswith("rate:") for entry in entries):
        for currency, shops in index.marketplaces_by_currency(definition.measures).items():
            own = _series(index, definition, plan, ALL, weeks, among=shops)
            yield replace(own, currency=currency)
    spans = [span for week in weeks for span in definition.spans(week)[:1]]
    with_facts = index.marketplaces_with((*definition.measures, Measure(definition.id)), spans)
    with_target = {own.marketplace for own in plan.by_marketplace}
    for shop in sorted((with_facts | with_target) - {ALL}):
        yield _series(index, definition, plan, shop, weeks)


def _series(
    index: FactIndex,
    definition: KpiDefinition,
    plan: KpiPlan,
    where: Marketplace,
    weeks: Sequence[Week],
    among: Collection[Marketplace] | None = None,
) -> KpiSeries:
    readings: list[Reading] = []
    files: set[str] = set()
    for week in weeks:
        reading, used = calculate_week(index, definition, where, week, among)
        readings.append(reading)
        files |= used
    past = dropwhile(lambda each: each.is_undelivered, readings[:-1])
    return KpiSeries(
        kpi=definition.id,
        marketplace=where,
        readings=(*past, readings[-1]),
        target=plan.target_in(where) or definition.target_in(where),
        sources=tuple(sorted(files)),
    )
