"""The red gate: which KPIs still have to answer, and what an answer makes of the meeting."""

from dataclasses import replace
from datetime import date
from typing import assert_never

from facilitator.domain.answer import KpiAnswer, Verdict
from facilitator.domain.causes import CauseCount, NamedCause, count_causes
from facilitator.domain.facts import ALL, Marketplace
from facilitator.domain.judging import judged
from facilitator.domain.kpi import KpiId, Week
from facilitator.domain.kpi_events import (
    CauseGiven,
    DefinitionAgreed,
    KpiAnswered,
    KpiStep,
    OccasionMarked,
)
from facilitator.domain.meeting import Meeting
from facilitator.domain.occasion import Occasion
from facilitator.domain.scorecard import KpiSeries, Status


def unanswered(meeting: Meeting) -> tuple[KpiSeries, ...]:
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
        series.status is Status.OFF_TARGET for series in meeting.scorecard.of(kpi)
    )


def named_before(meeting: Meeting, kpi: KpiId, cause: str) -> CauseCount | None:
    """How often past meetings named a cause for a KPI."""
    for each in meeting.past_causes:
        if each.kpi == kpi and each.text.casefold() == cause.casefold():
            return each
    return None


def vocabulary(meeting: Meeting) -> tuple[CauseCount, ...]:
    """What KPIs were put down to in the meetings so far, this one counted in."""
    today = (
        NamedCause(kpi=answer.kpi, text=text, on=meeting.date)
        for answer in meeting.answers
        for text in answer.causes
    )
    counts = {(each.kpi, each.text.casefold()): each for each in meeting.past_causes}
    for each in count_causes(today):
        before = named_before(meeting, each.kpi, each.text)
        counts[each.kpi, each.text.casefold()] = (
            replace(each, times=before.times + 1, first_on=before.first_on) if before else each
        )
    return tuple(counts.values())


def answered(meeting: Meeting, event: KpiStep) -> Meeting:
    """The fold's part for KPIs: what an answer or a mark makes of the meeting."""
    match event:
        case KpiAnswered():
            return _answered(meeting, event)
        case CauseGiven():
            return _caused(meeting, event)
        case OccasionMarked():
            return _marked(meeting, event)
        case DefinitionAgreed(definition=agreed):
            others = (each for each in meeting.definitions if each.kpi != agreed.kpi)
            return replace(meeting, definitions=(*others, agreed))
        case _:
            assert_never(event)


def _answered(meeting: Meeting, event: KpiAnswered) -> Meeting:
    """An answer takes the place of the one before, and of the promise that went with it."""
    answer = event.answer
    before = meeting.answer(answer.kpi, answer.marketplace)
    promised = before.action if before else None
    actions = tuple(each for each in meeting.actions if each.id != promised or not each.is_open)
    return replace(
        _with_answer(meeting, answer.kpi, answer.marketplace, answer),
        actions=(*actions, event.action) if event.action else actions,
    )


def _caused(meeting: Meeting, event: CauseGiven) -> Meeting:
    """A cause from an older journal is an answer with one cause."""
    if not event.text:
        return _with_answer(meeting, event.kpi, event.marketplace)
    answer = KpiAnswer(
        kpi=event.kpi,
        marketplace=event.marketplace,
        verdict=Verdict.EXPLAINED,
        causes=(event.text,),
    )
    return _with_answer(meeting, event.kpi, event.marketplace, answer)


def _marked(meeting: Meeting, event: OccasionMarked) -> Meeting:
    """A marked week says nothing of the usual any more: the figures are judged again."""
    mark = occasion_on(event.week_end, event.marketplace, event.what)
    others = tuple(each for each in meeting.occasions if replace(each, what=mark.what) != mark)
    marks = (*others, mark) if mark.what else others
    card = meeting.scorecard
    if card is not None:
        plan = meeting.agenda.data
        card = judged(card, plan.signals, plan.occasions + marks)
    return replace(meeting, occasions=marks, scorecard=card)


def occasion_on(week_end: date, marketplace: Marketplace, what: str = "") -> Occasion:
    """A week as an occasion; marked in the total, it is one in every marketplace."""
    week = Week(end=week_end)
    return Occasion(
        first_day=week.start,
        last_day=week.end,
        what=what,
        marketplaces=() if marketplace == ALL else (marketplace,),
    )


def _with_answer(
    meeting: Meeting, kpi: KpiId, marketplace: Marketplace, new: KpiAnswer | None = None
) -> Meeting:
    """The meeting with a new answer for a place, or with none there any more."""
    others = tuple(
        each for each in meeting.answers if (each.kpi, each.marketplace) != (kpi, marketplace)
    )
    return replace(meeting, answers=(*others, new) if new else others)
