"""Concerns: what is off target or unusual, put together where one answer is for all of it."""

from collections.abc import Iterable
from enum import IntEnum

from msgspec import Struct

from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId, Target
from facilitator.domain.kpis.scorecard import KpiSeries, Reading, Scorecard, TargetStatus


class Urgency(IntEnum):
    """How much a concern matters; the lower, the more."""

    GETTING_WORSE = 0
    """Off target, and further from it than the week before."""
    OFF_TARGET = 1
    UNUSUAL = 2
    """On target or without one, and unusual for the worse, or in a way that cannot be judged."""
    BETTER = 3
    """Unusual for the better."""


class Concern(Struct, frozen=True, kw_only=True):
    """A KPI with its marketplaces, and the KPIs linked to it, that one answer is for."""

    series: tuple[KpiSeries, ...]
    """What is off target or unusual, first what the answer is recorded for."""
    urgency: Urgency

    @property
    def lead(self) -> KpiSeries:
        """The series that the answer is recorded for."""
        return self.series[0]

    @property
    def kpis(self) -> tuple[KpiId, ...]:
        """The KPIs, first that of the lead."""
        return tuple(dict.fromkeys(each.kpi for each in self.series))

    @property
    def marketplaces(self) -> tuple[Marketplace, ...]:
        """The marketplaces that it is about, without the total unless there is only that.

        If any is off target, those that are only unusual are not named.
        """
        worst = [each for each in self.series if _is_off_target(each)] or self.series
        places = tuple(dict.fromkeys(each.marketplace for each in worst))
        return tuple(each for each in places if each != ALL) or places

    @property
    def place(self) -> Marketplace:
        """The marketplace that the answer is recorded for: `ALL` for several of them."""
        return self.lead.marketplace if len(self.marketplaces) == 1 else ALL

    @property
    def needs_answer(self) -> bool:
        """Whether it is off target, so that the meeting must say why."""
        return self.urgency <= Urgency.OFF_TARGET


def find_concerns(card: Scorecard) -> tuple[Concern, ...]:
    """Return the concerns of the week, the most urgent first."""
    leaders = {each.id: leading_kpi(card, each.id) for each in card.definitions}
    by_leader: dict[KpiId, list[KpiSeries]] = {each: [] for each in leaders.values()}
    for series in card.series:
        if series.is_red and series.kpi in leaders:
            by_leader[leaders[series.kpi]].append(series)
    found = (_concern(leader, series) for leader, series in by_leader.items() if series)
    return tuple(sorted(found, key=_place_in_order))


def leading_kpi(card: Scorecard, kpi: KpiId) -> KpiId:
    """Return the KPI at the end of the links that begin at `kpi`; itself if it has none."""
    visited: list[KpiId] = []
    while kpi not in visited:
        visited.append(kpi)
        definition = card.definition(kpi)
        linked = definition.linked_to if definition else None
        if linked is None or card.definition(linked) is None:
            return kpi
        kpi = linked
    return min(visited)  # they link to each other in a circle


def _concern(leader: KpiId, series: Iterable[KpiSeries]) -> Concern:
    """Return a concern; what is good news is left out unless it is nothing else."""
    found = tuple(series)
    worse = tuple(each for each in found if _urgency(each) < Urgency.BETTER) or found
    ordered = sorted(
        worse,
        key=lambda each: (
            not each.current.is_worse_than_any_target,
            not _is_off_target(each),
            each.kpi != leader,
        ),
    )
    return Concern(series=tuple(ordered), urgency=min(map(_urgency, worse)))


def _place_in_order(concern: Concern) -> tuple[bool, Urgency]:
    return not concern.lead.current.is_worse_than_any_target, concern.urgency


def _urgency(series: KpiSeries) -> Urgency:
    if _is_off_target(series):
        return Urgency.GETTING_WORSE if is_getting_worse(series) else Urgency.OFF_TARGET
    is_good = series.signal is not None and series.signal.is_good
    return Urgency.BETTER if is_good else Urgency.UNUSUAL


def _is_off_target(series: KpiSeries) -> bool:
    return series.status is TargetStatus.OFF_TARGET


def is_getting_worse(series: KpiSeries) -> bool:
    """Return whether a series off target is further from its target than the week before."""
    if series.current.is_worse_than_any_target:
        return True
    if series.target is None or series.change is None:
        return False
    before, now = (_shortfall(each, series.target) for each in series.readings[-2:])
    return now > before


def _shortfall(reading: Reading, target: Target) -> float:
    """Return by how much a value misses its target; below 0 if it meets it."""
    value = reading.value or 0.0
    gaps = []
    if target.at_most is not None:
        gaps.append(value - target.at_most)
    if target.at_least is not None:
        gaps.append(target.at_least - value)
    return max(gaps, default=0.0)
