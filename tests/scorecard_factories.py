"""Factories of scorecards from a few numbers, with their signals."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, SignalRules, Target, Week
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.scorecard import KpiSeries, Reading, Scorecard
from facilitator.domain.kpis.signals import add_signals
from facilitator.domain.rules import meeting as meeting_rules
from tests.factories import ACOS, MeetingHarness, agenda, scorecard

DE, ROAS = Marketplace("DE"), KpiId("roas")

WEEK = Week(end=date(2026, 11, 22))
STEADY = (11.2, 11.9, 11.0, 12.1, 11.4, 10.8, 11.7, 11.5, 11.1, 12.0, 11.3, 11.6, 11.4)
"""Thirteen usual weeks; their limits are 9.2 and 13.6."""
UNUSUAL = (*STEADY, 8.0)
"""The same weeks, and one below the limits."""


def definition(kpi: str = "cvr", name: str = "Conversion", **more: object) -> KpiDefinition:
    """Return the definition of a percentage."""
    return KpiDefinition(
        id=KpiId(kpi),
        name=name,
        group="listing",
        numerator=("units_ordered",),
        denominator=("sessions",),
        scale=100.0,
        **more,  # type: ignore[arg-type]
    )


def series(
    kpi: str, marketplace: str, values: Sequence[float | None], target: Target | None = None
) -> KpiSeries:
    """Return a series up to the week under review, with a denominator of 1000 each."""
    last = len(values) - 1
    return KpiSeries(
        kpi=KpiId(kpi),
        marketplace=Marketplace(marketplace),
        readings=tuple(
            Reading(
                week_end=WEEK.back(last - place).end,
                value=value,
                missing=() if value is not None else ("sessions",),
                numerator=None if value is None else value * 10,
                denominator=None if value is None else 1000.0,
            )
            for place, value in enumerate(values)
        ),
        target=target,
        sources=("US/business-report.csv",),
    )


def make_scorecard(
    values: Mapping[str, Sequence[float | None]],
    *,
    kpi: KpiDefinition | None = None,
    target: Target | None = None,
    occasions: Sequence[Occasion] = (),
) -> Scorecard:
    """Return a scorecard of one KPI in several marketplaces, with signals."""
    chosen = kpi or definition()
    return merge_scorecards(
        Scorecard(
            week=WEEK,
            definitions=(chosen,),
            series=tuple(series(chosen.id, place, each, target) for place, each in values.items()),
        ),
        occasions=occasions,
    )


def merge_scorecards(*cards: Scorecard, occasions: Sequence[Occasion] = ()) -> Scorecard:
    """Return the KPIs of several scorecards in one, with signals."""
    whole = Scorecard(
        week=WEEK,
        definitions=tuple(each for card in cards for each in card.definitions),
        series=tuple(each for card in cards for each in card.series),
    )
    return add_signals(whole, SignalRules(), occasions)


def total_series(*values: float | None, **more: object) -> KpiSeries:
    """Return the series of the total of one KPI."""
    return make_scorecard({ALL: values}, **more).series[0]  # type: ignore[arg-type]


def occasion(weeks_back: int, what: str = "Prime Day") -> Occasion:
    """Return an occasion that lasts a whole week."""
    week = WEEK.back(weeks_back)
    return Occasion(first_day=week.start, last_day=week.end, what=what)


def shops_off_target(*shops: str) -> MeetingHarness:
    """Return a meeting whose ACoS is off target in some shops, and ROAS with it in the first."""
    card = scorecard()
    (acos,) = card.definitions
    roas = replace(acos, id=ROAS, name="ROAS", linked_to=ACOS)
    total, shop = card.series
    series = (
        replace(total, target=Target(at_most=40.0)),
        *(replace(shop, marketplace=Marketplace(each)) for each in shops),
        replace(shop, kpi=ROAS, marketplace=Marketplace(shops[0])),
    )
    harness = MeetingHarness(agenda())
    harness.step(meeting_rules.load_kpis, replace(card, definitions=(acos, roas), series=series))
    return harness
