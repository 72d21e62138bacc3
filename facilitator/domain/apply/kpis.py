"""Apply events about KPIs: answers, marked weeks, agreed definitions."""

from typing import assert_never

from msgspec.structs import replace

from facilitator.domain.apply.entries import add_entry, remove_entry
from facilitator.domain.entry_kinds import entries_in
from facilitator.domain.events.kpis import (
    CauseGiven,
    DefinitionAgreed,
    KpiAnswered,
    KpiStep,
    OccasionMarked,
)
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.kpis.occasion import occasion_on
from facilitator.domain.kpis.signals import add_signals
from facilitator.domain.meeting import Meeting


def apply_kpi(meeting: Meeting, event: KpiStep) -> Meeting:
    """Return the meeting after a step about a KPI."""
    match event:
        case KpiAnswered():
            return _apply_answer(meeting, event)
        case CauseGiven():
            return _apply_cause(meeting, event)
        case OccasionMarked():
            return _apply_occasion(meeting, event)
        case DefinitionAgreed(definition=agreed):
            others = (each for each in meeting.definitions if each.kpi != agreed.kpi)
            return replace(meeting, definitions=(*others, agreed))
        case _:
            assert_never(event)


def _apply_answer(meeting: Meeting, event: KpiAnswered) -> Meeting:
    """Replace the answer before, and the action item that went with it while that is open."""
    answer = event.answer
    before = meeting.answer(answer.kpi, answer.marketplace)
    old = meeting.action(before.action if before else None)
    if old is not None and old.is_open:
        meeting = remove_entry(meeting, old.id)
    meeting = add_entry(meeting, *entries_in(event))
    return _with_answer(meeting, answer.kpi, answer.marketplace, answer)


def _apply_cause(meeting: Meeting, event: CauseGiven) -> Meeting:
    """Take a cause from an older journal as an answer with one cause."""
    if not event.text:
        return _with_answer(meeting, event.kpi, event.marketplace)
    answer = KpiAnswer(
        kpi=event.kpi,
        marketplace=event.marketplace,
        verdict=Verdict.EXPLAINED,
        causes=(event.text,),
    )
    return _with_answer(meeting, event.kpi, event.marketplace, answer)


def _apply_occasion(meeting: Meeting, event: OccasionMarked) -> Meeting:
    """Mark the week and find the signals again: a marked week no longer shows what is usual."""
    mark = occasion_on(event.week_end, event.marketplace, event.what)
    others = tuple(each for each in meeting.occasions if replace(each, what=mark.what) != mark)
    marks = (*others, mark) if mark.what else others
    card = meeting.scorecard
    if card is not None:
        plan = meeting.agenda.data
        card = add_signals(card, plan.signals, plan.occasions + marks)
    return replace(meeting, occasions=marks, scorecard=card)


def _with_answer(
    meeting: Meeting, kpi: KpiId, marketplace: Marketplace, new: KpiAnswer | None = None
) -> Meeting:
    """Return the meeting with another answer for a KPI in a marketplace, or without one."""
    others = tuple(
        each for each in meeting.answers if (each.kpi, each.marketplace) != (kpi, marketplace)
    )
    return replace(meeting, answers=(*others, new) if new else others)
