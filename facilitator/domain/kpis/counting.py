"""Counting a KPI: what any days of the books come to, in a shop or in total.

A figure is told only where all that belongs to it was delivered. Where something is
missing the reading says what, as short entries that `scoring.why_missing` turns into words:

- `ad_spend`: nobody delivered this measure for these days;
- `ad_spend in DE`: in the total, this shop lacks it while others have it;
- `straddles:ad_spend`: an amount of it belongs to these days in part, and cannot be split;
- `rate:GBP`: this currency would have to be added to another, and has no rate;
- `currency:ad_spend`: some of its amounts have a currency and some have none;
- `zero:ad_clicks`: the value would be divided by nothing;
- `before:` and one of these: it holds for the days before, which growth needs too.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from facilitator.domain.kpis.books import Books
from facilitator.domain.kpis.facts import ALL, Currency, Fact, Marketplace, Measure
from facilitator.domain.kpis.kpi import Counting, KpiDefinition, Rates, Span
from facilitator.domain.kpis.scorecard import Reading

Counted = tuple[Reading, frozenset[str]]
"""A reading, and the files that its value came from."""
_Sums = tuple[float, float | None]
"""Numerator and denominator."""


@dataclass(frozen=True, slots=True)
class _Delivery:
    """What was delivered of a KPI's measures for some days, and what was not."""

    facts: Mapping[Measure, Sequence[Fact]]
    missing: tuple[str, ...]
    is_partial: bool


@dataclass(frozen=True, slots=True)
class _Money:
    """What each currency counts for, and the one that the sums are then in."""

    worth: Mapping[Currency | None, float]
    currency: Currency | None
    missing: tuple[str, ...]


def counted(
    books: Books,
    definition: KpiDefinition,
    where: Marketplace,
    spans: Sequence[Span],
    among: Collection[Marketplace] | None = None,
) -> Counted:
    """What a KPI comes to in these days.

    A growth is given two spans, newest first. `among` makes the total that of some shops.
    """
    found = [_delivered(books, definition, where, spans, each, among) for each in spans]
    money = _money(found, books.rates)
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
        reading = _divided(reading, definition, [_sums(definition, each, money) for each in whole])
    if reading.numerator is None:
        return reading, frozenset()
    used = (fact.source for each in found for facts in each.facts.values() for fact in facts)
    return reading, frozenset(file for file in used if file)


def kept_by_hand(
    books: Books, definition: KpiDefinition, where: Marketplace, span: Span
) -> Counted | None:
    """The value itself, where the team keeps it under the KPI's own name; None where not."""
    name = Measure(definition.id)
    if name in definition.measures:
        return None
    if facts := books.latest(where, name, span):
        value = math.fsum(fact.amount for fact in facts)
        reading = Reading(week_end=span.end, value=value)
        return reading, frozenset(fact.source for fact in facts if fact.source)
    if where == ALL and books.holders([name], [span]):  # shares of shops cannot be added up
        return Reading(week_end=span.end, value=None, missing=(f"{name} in {ALL}",)), frozenset()
    return None


def grown(reading: Reading, definition: KpiDefinition, before: float) -> Reading:
    """A growth's reading, once it is known what its numerator was before."""
    if reading.numerator is None:
        return reading
    if before == 0:
        return replace(reading, missing=_zero(definition.numerator, 1))
    value = definition.scale * (reading.numerator - before) / before
    return replace(reading, value=value, missing=(), denominator=before)


def _delivered(
    books: Books,
    definition: KpiDefinition,
    where: Marketplace,
    spans: Sequence[Span],
    span: Span,
    among: Collection[Marketplace] | None,
) -> _Delivery:
    """What was told for the business as a whole, or else added up over every shop.

    The shops of a total are the agenda's, and any other that delivered something for `spans`.
    """
    is_sum = definition.counting is Counting.SUM
    is_before = span != spans[0]  # nothing has grown against a part of a week
    look_up = (books.whole if is_before else books.told) if is_sum else books.latest
    is_total = where == ALL and among is None
    shops = {where}
    if where == ALL:
        shops = books.holders(definition.measures, spans) | set(books.shops)
        shops = shops if among is None else shops.intersection(among)
    found: dict[Measure, Sequence[Fact]] = {}
    missing: list[str] = []
    is_partial = False
    for measure in definition.measures:
        whole = look_up(ALL, measure, span) if is_total else ()
        by_shop = {shop: look_up(shop, measure, span) for shop in sorted(shops)}
        facts = whole or [fact for each in by_shop.values() for fact in each]
        lacking = [] if whole else [shop for shop, each in by_shop.items() if not each]
        if is_sum and books.straddles({ALL} if whole else shops, measure, span):
            missing.append(f"straddles:{measure}")
        elif not facts:
            missing.append(measure)
        elif is_total and not whole and not is_sum and not definition.denominator:
            missing.append(f"{measure} in {ALL}")  # shares of shops cannot be added up
        else:
            missing += [f"{measure} in {shop}" for shop in lacking]
        is_partial |= is_sum and books.lacks_days({ALL} if whole else shops, measure, span)
        found[measure] = facts
    return _Delivery(found, tuple(missing), is_partial)


def _money(found: Sequence[_Delivery], rates: Rates | None) -> _Money:
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
        return _Money({}, currencies[0] if currencies else None, tuple(unnamed))
    rated = {each: rates.of(each) if rates else None for each in currencies}
    unrated = [f"rate:{each}" for each, rate in rated.items() if rate is None]
    worth: dict[Currency | None, float] = {e: rate for e, rate in rated.items() if rate is not None}
    return _Money(worth, rates.base if rates else None, (*unnamed, *unrated))


def _divided(reading: Reading, definition: KpiDefinition, sums: Sequence[_Sums]) -> Reading:
    """The reading with its value, unless something is divided by 0."""
    if not sums:
        return reading
    for earlier, (_, bottom) in enumerate(sums):
        if bottom == 0:
            return replace(reading, missing=_zero(definition.denominator, earlier))
    top, bottom = sums[0]
    if definition.growth:
        levels = [top if bottom is None else top / bottom for top, bottom in sums]
        reading = replace(reading, numerator=levels[0])
        return grown(reading, definition, levels[1]) if len(levels) > 1 else reading
    # the scale comes before the division: 7 of 100 is 7 %, not 7.000000000000001
    value = definition.scale * top / (1.0 if bottom is None else bottom)
    return replace(reading, value=value, numerator=top, denominator=bottom)


def _zero(names: Sequence[str], earlier: int) -> tuple[str, ...]:
    return tuple(f"{'before:' * earlier}zero:{name.lstrip('-')}" for name in names)


def _sums(definition: KpiDefinition, delivery: _Delivery, money: _Money) -> _Sums:
    top = _sum(definition.numerator, delivery, money)
    return top, _sum(definition.denominator, delivery, money) if definition.denominator else None


def _sum(names: Sequence[str], delivery: _Delivery, money: _Money) -> float:
    """A sum that does not depend on the order of the facts."""
    return math.fsum(
        (-fact.amount if name.startswith("-") else fact.amount)
        * money.worth.get(fact.currency, 1.0)
        for name in names
        for fact in delivery.facts[Measure(name.lstrip("-"))]
    )
