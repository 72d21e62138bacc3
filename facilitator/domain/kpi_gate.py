"""The KPI gate: red KPIs without an answer, and how often each cause was named."""

from msgspec.structs import replace

from facilitator.domain.kpis.causes import CauseCount, NamedCause, count_causes
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.kpis.scorecard import KpiSeries, TargetStatus
from facilitator.domain.meeting import Meeting


def unanswered_series(meeting: Meeting) -> tuple[KpiSeries, ...]:
    """Return the first red series of each KPI that has no answer.

    An answer for the total or for one marketplace is an answer for the KPI as a whole, because
    the participants discuss one KPI at a time.
    """
    if meeting.scorecard is None:
        return ()
    answered_kpis = {answer.kpi for answer in meeting.answers}
    first_by_kpi: dict[KpiId, KpiSeries] = {}
    for series in meeting.scorecard.red:
        if series.kpi not in answered_kpis:
            first_by_kpi.setdefault(series.kpi, series)
    return tuple(first_by_kpi.values())


def is_off_target(meeting: Meeting, kpi: KpiId) -> bool:
    """Return whether a KPI misses its target, in total or in a marketplace."""
    return meeting.scorecard is not None and any(
        series.status is TargetStatus.OFF_TARGET for series in meeting.scorecard.of(kpi)
    )


def past_cause_count(meeting: Meeting, kpi: KpiId, cause: str) -> CauseCount | None:
    """Return how often past meetings named a cause for a KPI; None if never."""
    for each in meeting.past_causes:
        if each.kpi == kpi and each.text.casefold() == cause.casefold():
            return each
    return None


def all_cause_counts(meeting: Meeting) -> tuple[CauseCount, ...]:
    """Return how often each cause was named for each KPI, this meeting included."""
    today = (
        NamedCause(kpi=answer.kpi, text=text, on=meeting.date)
        for answer in meeting.answers
        for text in answer.causes
    )
    counts = {(each.kpi, each.text.casefold()): each for each in meeting.past_causes}
    for each in count_causes(today):
        past = past_cause_count(meeting, each.kpi, each.text)
        counts[each.kpi, each.text.casefold()] = (
            replace(each, times=past.times + 1, first_on=past.first_on) if past else each
        )
    return tuple(counts.values())
