"""The KPI gate: concerns without an answer, and how often each cause was named."""

from msgspec.structs import replace

from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpis.causes import CauseCount, NamedCause, count_causes
from facilitator.domain.kpis.concerns import Concern, Urgency, find_concerns, leading_kpi
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.kpis.scorecard import KpiSeries, TargetStatus
from facilitator.domain.meeting import Meeting


def concerns(meeting: Meeting) -> tuple[Concern, ...]:
    """Return what is off target or unusual, the most urgent first."""
    return find_concerns(meeting.scorecard) if meeting.scorecard else ()


def concern_of(meeting: Meeting, kpi: KpiId) -> Concern | None:
    """Return the concern that a KPI belongs to; None if it is neither off target nor unusual."""
    leader = _leader(meeting, kpi)
    return next((e for e in concerns(meeting) if _leader(meeting, e.lead.kpi) == leader), None)


def answers_to(meeting: Meeting, kpi: KpiId) -> tuple[KpiAnswer, ...]:
    """Return the answers for a KPI and those linked to it, the common one before single shops."""
    leader = _leader(meeting, kpi)
    given = (each for each in meeting.answers if _leader(meeting, each.kpi) == leader)
    return tuple(sorted(given, key=lambda each: each.is_alone))


def answer_to(meeting: Meeting, kpi: KpiId, marketplace: Marketplace) -> KpiAnswer | None:
    """Return the answer that is for a KPI in a marketplace: its own, or else the common one."""
    given = answers_to(meeting, kpi)
    own = (each for each in given if each.is_alone and each.marketplace == marketplace)
    return next(own, next((each for each in given if not each.is_alone), None))


def open_marketplaces(meeting: Meeting, concern: Concern) -> tuple[Marketplace, ...]:
    """Return the marketplaces of a concern that no answer of their own was split off for."""
    alone = {e.marketplace for e in answers_to(meeting, concern.lead.kpi) if e.is_alone}
    return tuple(each for each in concern.marketplaces if each not in alone)


def is_answered(meeting: Meeting, concern: Concern) -> bool:
    """Return whether a concern has its answer, or one for each of its marketplaces."""
    given = answers_to(meeting, concern.lead.kpi)
    is_common = any(not each.is_alone for each in given)
    return is_common or not open_marketplaces(meeting, concern)


def unanswered_concerns(meeting: Meeting) -> tuple[Concern, ...]:
    """Return the concerns that are off target and have no answer."""
    return tuple(
        each for each in concerns(meeting) if each.needs_answer and not is_answered(meeting, each)
    )


def unanswered_series(meeting: Meeting) -> tuple[KpiSeries, ...]:
    """Return the leading series of each concern that is off target and has no answer."""
    return tuple(each.lead for each in unanswered_concerns(meeting))


def unexplained_concerns(meeting: Meeting) -> tuple[Concern, ...]:
    """Return the concerns that are unusual for the worse and that nobody gave a reason for."""
    return tuple(
        each
        for each in concerns(meeting)
        if each.urgency is Urgency.UNUSUAL
        and not any(map(_gives_reason, answers_to(meeting, each.lead.kpi)))
    )


def is_off_target(meeting: Meeting, kpi: KpiId) -> bool:
    """Return whether a KPI misses its target, in total or in a marketplace."""
    return meeting.scorecard is not None and any(
        series.status is TargetStatus.OFF_TARGET for series in meeting.scorecard.of(kpi)
    )


def answer_marketplaces(meeting: Meeting, answer: KpiAnswer) -> tuple[Marketplace, ...]:
    """Return the marketplaces that an answer is for."""
    concern = None if answer.is_alone else concern_of(meeting, answer.kpi)
    is_whole = concern is not None and answer.marketplace in (ALL, concern.lead.marketplace)
    places = open_marketplaces(meeting, concern) if concern and is_whole else ()
    return places or (answer.marketplace,)


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


def _leader(meeting: Meeting, kpi: KpiId) -> KpiId:
    return leading_kpi(meeting.scorecard, kpi) if meeting.scorecard else kpi


def _gives_reason(answer: KpiAnswer) -> bool:
    return answer.verdict is not Verdict.NORMAL or bool(answer.reason)
