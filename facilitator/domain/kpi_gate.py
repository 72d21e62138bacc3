"""The KPI gate: which red KPIs have no answer, and the causes named so far."""

from msgspec.structs import replace

from facilitator.domain.kpis.causes import CauseCount, NamedCause, count_causes
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.kpis.scorecard import KpiSeries, TargetStatus
from facilitator.domain.meeting import Meeting


def unanswered_series(meeting: Meeting) -> tuple[KpiSeries, ...]:
    """The first red series of each KPI that nobody answered for.

    An answer for the total, or for a marketplace, answers for that KPI as a whole:
    the room speaks of one number at a time.
    """
    if meeting.scorecard is None:
        return ()
    answered_for = {answer.kpi for answer in meeting.answers}
    first: dict[KpiId, KpiSeries] = {}
    for series in meeting.scorecard.red:
        if series.kpi not in answered_for:
            first.setdefault(series.kpi, series)
    return tuple(first.values())


def is_off_target(meeting: Meeting, kpi: KpiId) -> bool:
    """Whether a KPI misses its target, in total or in some marketplace."""
    return meeting.scorecard is not None and any(
        series.status is TargetStatus.OFF_TARGET for series in meeting.scorecard.of(kpi)
    )


def past_cause_count(meeting: Meeting, kpi: KpiId, cause: str) -> CauseCount | None:
    """How often past meetings named a cause for a KPI."""
    for each in meeting.past_causes:
        if each.kpi == kpi and each.text.casefold() == cause.casefold():
            return each
    return None


def all_cause_counts(meeting: Meeting) -> tuple[CauseCount, ...]:
    """What KPIs were put down to in the meetings so far, this one counted in."""
    today = (
        NamedCause(kpi=answer.kpi, text=text, on=meeting.date)
        for answer in meeting.answers
        for text in answer.causes
    )
    counts = {(each.kpi, each.text.casefold()): each for each in meeting.past_causes}
    for each in count_causes(today):
        before = past_cause_count(meeting, each.kpi, each.text)
        counts[each.kpi, each.text.casefold()] = (
            replace(each, times=before.times + 1, first_on=before.first_on) if before else each
        )
    return tuple(counts.values())
