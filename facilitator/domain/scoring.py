"""From facts to readings: every KPI, week by week, in total and per marketplace.

A figure is told only where all that belongs to it was delivered. Where something is
missing the reading says what, as short entries that `why_missing` turns into words:

- `ad_spend`: nobody delivered this measure for the week;
- `ad_spend in DE`: in the total, this shop lacks it while others have it;
- `rate:GBP`: this currency would have to be added to another, and has no rate;
- `currency:ad_spend`: some of its amounts have a currency and some have none;
- `zero:ad_clicks`: the value would be divided by nothing;
- `before:` and one of these: it holds for the week before, which growth needs too.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from facilitator.domain.errors import N_, Message, message
from facilitator.domain.facts import ALL, Currency, Fact, Marketplace, Measure, PreparedData
from facilitator.domain.kpi import Counting, KpiDefinition, KpiPlan, Rates, Week
from facilitator.domain.measures import MEASURE_LABELS
from facilitator.domain.scorecard import KpiSeries, Reading, Scorecard

_Found = Mapping[Measure, Sequence[Fact]]
_Worth = Mapping[Currency | None, float]


def score(
    data: PreparedData,
    definitions: Sequence[KpiDefinition],
    plans: Sequence[KpiPlan],
    *,
    week: Week,
    weeks: int,
    marketplaces: Sequence[Marketplace],
    rates: Rates | None,
) -> Scorecard:
    """Count every KPI for `week` and the `weeks - 1` before it.

    `marketplaces` are the shops that the agenda expects; a total without one of them is
    not told. A shop has a row of its own where it has facts of the KPI, or a target.
    """
    books = _Books.of(data.facts, week, weeks, shops=tuple(marketplaces), rates=rates)
    by_kpi = {plan.kpi: plan for plan in plans}
    series: list[KpiSeries] = []
    for definition in definitions:
        plan = by_kpi.get(definition.id) or KpiPlan(kpi=definition.id)
        with_target = {own.marketplace for own in plan.by_marketplace}
        rows = sorted((books.shops_with(definition) | with_target) - {ALL})
        series += [books.series(definition, plan, where) for where in (ALL, *rows)]
    return Scorecard(
        week=week,
        definitions=tuple(definitions),
        series=tuple(series),
        owners=tuple((plan.kpi, plan.owner) for plan in plans if plan.owner is not None),
        sources=data.sources,
        problems=data.problems,
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
    if kind == "zero":
        return message(N_("{measure} came to 0"), measure=label)
    if marketplace == ALL:
        return message(N_("no figure for {measure} of the whole business"), measure=label)
    if marketplace:
        return message(
            N_("no figure for {measure} in {marketplace}"), measure=label, marketplace=marketplace
        )
    return message(N_("no figure for {measure}"), measure=label)


@dataclass(frozen=True, slots=True)
class _Books:
    """The facts, laid out by shop, measure and week."""

    cells: Mapping[tuple[Marketplace, Measure, int], Sequence[Fact]]
    """By marketplace, measure, and how many weeks before the one under review."""
    holders: Mapping[Measure, set[Marketplace]]
    """Who has facts of a measure in any of these weeks."""
    week: Week
    weeks: int
    shops: tuple[Marketplace, ...]
    rates: Rates | None

    @classmethod
    def of(
        cls,
        facts: Iterable[Fact],
        week: Week,
        weeks: int,
        *,
        shops: tuple[Marketplace, ...],
        rates: Rates | None,
    ) -> "_Books":
        cells: dict[tuple[Marketplace, Measure, int], list[Fact]] = {}
        holders: dict[Measure, set[Marketplace]] = {}
        for fact in facts:
            back = (week.end - fact.day).days // 7
            if 0 <= back <= weeks:  # one more than is shown: the first growth needs it
                cells.setdefault((fact.marketplace, fact.measure, back), []).append(fact)
                holders.setdefault(fact.measure, set()).add(fact.marketplace)
        return cls(cells, holders, week, weeks, shops, rates)

    def shops_with(self, definition: KpiDefinition) -> set[Marketplace]:
        return self._holders_in(definition.measures, range(self.weeks))

    def series(self, definition: KpiDefinition, plan: KpiPlan, where: Marketplace) -> KpiSeries:
        readings: list[Reading] = []
        files: set[str] = set()
        for back in reversed(range(self.weeks)):
            reading, used = self._reading(definition, where, back)
            readings.append(reading)
            files |= used
        return KpiSeries(
            kpi=definition.id,
            marketplace=where,
            readings=tuple(readings),
            target=plan.target_in(where),
            sources=tuple(sorted(files)),
        )

    def _reading(
        self, definition: KpiDefinition, where: Marketplace, back: int
    ) -> tuple[Reading, set[str]]:
        end = self.week.back(back).end
        backs = (back, back + 1) if definition.growth else (back,)
        shops = self._expected(definition, backs) if where == ALL else ()
        weeks: list[_Found] = []
        missing: list[str] = []
        for earlier, week in enumerate(backs):
            if where == ALL:
                found, lacking = self._total(definition, shops, week)
            else:
                found, lacking = self._shop(definition, where, week)
            weeks.append(found)
            missing += ["before:" * earlier + entry for entry in lacking]
        worth, unknown = self._worth(weeks)
        missing += unknown
        if missing:
            return Reading(week_end=end, value=None, missing=tuple(missing)), set()
        value, zero = _value(definition, weeks, worth)
        if value is None:
            return Reading(week_end=end, value=None, missing=zero), set()
        used = (fact.source for found in weeks for facts in found.values() for fact in facts)
        return Reading(week_end=end, value=value), {file for file in used if file}

    def _shop(
        self, definition: KpiDefinition, shop: Marketplace, back: int
    ) -> tuple[_Found, list[str]]:
        """What one shop delivered for a week, and what it did not."""
        found = {
            measure: self._facts(definition, shop, measure, back) for measure in definition.measures
        }
        return found, [measure for measure, facts in found.items() if not facts]

    def _total(
        self, definition: KpiDefinition, shops: Sequence[Marketplace], back: int
    ) -> tuple[_Found, list[str]]:
        """What the business delivered: told as a whole, or else added up over every shop."""
        kept_by_hand = not definition.denominator and definition.counting is Counting.LATEST
        found: dict[Measure, Sequence[Fact]] = {}
        missing: list[str] = []
        for measure in dict.fromkeys(definition.measures):
            whole = self._facts(definition, ALL, measure, back)
            by_shop = {shop: self._facts(definition, shop, measure, back) for shop in shops}
            lacking = [shop for shop, facts in by_shop.items() if not facts]
            if whole:
                found[measure] = whole
            elif len(lacking) == len(shops):
                missing.append(measure)
            elif kept_by_hand:  # shares of shops cannot be added up
                missing.append(f"{measure} in {ALL}")
            elif lacking:
                missing += [f"{measure} in {shop}" for shop in lacking]
            else:
                found[measure] = [fact for facts in by_shop.values() for fact in facts]
        return found, missing

    def _expected(self, definition: KpiDefinition, backs: Sequence[int]) -> list[Marketplace]:
        """The agenda's shops, and any other that delivered something for these weeks."""
        return sorted((self._holders_in(definition.measures, backs) | set(self.shops)) - {ALL})

    def _holders_in(self, measures: Sequence[Measure], backs: Iterable[int]) -> set[Marketplace]:
        """Who delivered any of the measures for any of these weeks."""
        return {
            shop
            for measure in measures
            for shop in self.holders.get(measure, ())
            if any((shop, measure, back) in self.cells for back in backs)
        }

    def _facts(
        self, definition: KpiDefinition, where: Marketplace, measure: Measure, back: int
    ) -> Sequence[Fact]:
        facts = self.cells.get((where, measure, back), ())
        if not facts or definition.counting is Counting.SUM:
            return facts
        last = max(fact.day for fact in facts)
        return [fact for fact in facts if fact.day == last]

    def _worth(self, weeks: Sequence[_Found]) -> tuple[_Worth, list[str]]:
        """What each currency counts for; amounts of one currency need no rate."""
        by_measure: dict[Measure, set[Currency | None]] = {}
        for found in weeks:
            for measure, facts in found.items():
                by_measure.setdefault(measure, set()).update(fact.currency for fact in facts)
        unnamed = [
            f"currency:{name}"
            for name, held in by_measure.items()
            if None in held and len(held) > 1
        ]
        currencies = sorted({each for held in by_measure.values() for each in held if each})
        if len(currencies) < 2:
            return {}, unnamed
        rated = {each: self.rates.of(each) if self.rates else None for each in currencies}
        worth: _Worth = {each: rate for each, rate in rated.items() if rate is not None}
        return worth, unnamed + [f"rate:{each}" for each in currencies if each not in worth]


def _value(
    definition: KpiDefinition, weeks: Sequence[_Found], worth: _Worth
) -> tuple[float | None, tuple[str, ...]]:
    ratios: list[float] = []
    for earlier, found in enumerate(weeks):
        top = _sum(definition.numerator, found, worth)
        bottom = _sum(definition.denominator, found, worth) if definition.denominator else 1.0
        if bottom == 0:
            return None, _zero(definition.denominator, earlier)
        ratios.append(definition.scale * top / bottom)  # 7 of 100 is 7 %, not 7.000000000000001
    if not definition.growth:
        return ratios[0], ()
    now, before = ratios
    if before == 0:
        return None, _zero(definition.numerator, 1)
    return definition.scale * (now - before) / before, ()


def _zero(names: Sequence[str], earlier: int) -> tuple[str, ...]:
    return tuple(f"{'before:' * earlier}zero:{name.lstrip('-')}" for name in names)


def _sum(names: Sequence[str], found: _Found, worth: _Worth) -> float:
    """A sum that does not depend on the order of the facts."""
    return math.fsum(
        (-fact.amount if name.startswith("-") else fact.amount) * worth.get(fact.currency, 1.0)
        for name in names
        for fact in found[Measure(name.lstrip("-"))]
    )
