"""From facts to the scorecard: every KPI, week by week, in total and per marketplace."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import dropwhile

from facilitator.domain.errors import N_, Message, message
from facilitator.domain.kpis.books import Books
from facilitator.domain.kpis.counting import Counted, counted, kept_by_hand
from facilitator.domain.kpis.facts import ALL, Marketplace, Measure, PreparedData
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, KpiPlan, Rates, Span, Week
from facilitator.domain.kpis.measures import MEASURE_LABELS
from facilitator.domain.kpis.scorecard import KpiSeries, Reading, Scorecard
from facilitator.domain.kpis.signals import LONGEST
from facilitator.domain.people import PersonId

COUNTED_WEEKS = LONGEST + 1
"""The week under review, and as many before it as signals look at."""


def first_day_needed(definitions: Iterable[KpiDefinition], week: Week, weeks: int) -> date:
    """The first day that counting so many weeks looks at."""
    oldest = week.back(weeks - 1)
    return min((each.spans(oldest)[-1].start for each in definitions), default=oldest.start)


def score(
    data: PreparedData,
    definitions: Sequence[KpiDefinition],
    plans: Sequence[KpiPlan],
    *,
    week: Week,
    weeks: int = COUNTED_WEEKS,
    marketplaces: Sequence[Marketplace],
    rates: Rates | None,
) -> Scorecard:
    """Count every KPI for `week` and the `weeks - 1` before it.

    `marketplaces` are the shops that the agenda expects; a total without one of them is
    not told. A shop has a row of its own where it has facts of the KPI, or a target in the
    agenda. A KPI that no week has a value of, and that the agenda does not name, is left out.
    """
    books = Books.of(data.facts, marketplaces, rates)
    by_kpi = {plan.kpi: plan for plan in plans}
    ends = [week.back(back) for back in reversed(range(weeks))]
    shown: list[KpiDefinition] = []
    series: list[KpiSeries] = []
    owners: list[tuple[KpiId, PersonId]] = []
    for definition in definitions:
        plan = by_kpi.get(definition.id) or KpiPlan(kpi=definition.id)
        rows = tuple(_rows(books, definition, plan, ends))
        if definition.id in by_kpi or any(row.is_told for row in rows):
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


def week_reading(
    books: Books,
    definition: KpiDefinition,
    where: Marketplace,
    week: Week,
    among: Collection[Marketplace] | None = None,
) -> Counted:
    """A week as the reports tell it, or else as the team keeps it by hand.

    `among` makes the total that of some shops, which nobody keeps by hand.
    """
    told = counted(books, definition, where, definition.spans(week), among)
    if told[0].value is not None or among is not None:
        return told
    by_hand = kept_by_hand(books, definition, where, Span(start=week.start, end=week.end))
    if by_hand and (by_hand[0].value is not None or told[0].is_undelivered):
        return by_hand
    return told


def _rows(
    books: Books, definition: KpiDefinition, plan: KpiPlan, weeks: Sequence[Week]
) -> Iterator[KpiSeries]:
    """The total; where a rate is lacking, that of each currency; and the shops by name."""
    total = _series(books, definition, plan, ALL, weeks)
    yield total
    entries = (entry for reading in total.readings for entry in reading.missing)
    if any(entry.startswith("rate:") for entry in entries):
        for currency, shops in books.by_currency(definition.measures).items():
            own = _series(books, definition, plan, ALL, weeks, among=shops)
            yield replace(own, currency=currency)
    spans = [span for week in weeks for span in definition.spans(week)[:1]]
    with_facts = books.holders((*definition.measures, Measure(definition.id)), spans)
    with_target = {own.marketplace for own in plan.by_marketplace}
    for shop in sorted((with_facts | with_target) - {ALL}):
        yield _series(books, definition, plan, shop, weeks)


def _series(
    books: Books,
    definition: KpiDefinition,
    plan: KpiPlan,
    where: Marketplace,
    weeks: Sequence[Week],
    among: Collection[Marketplace] | None = None,
) -> KpiSeries:
    readings: list[Reading] = []
    files: set[str] = set()
    for week in weeks:
        reading, used = week_reading(books, definition, where, week, among)
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
