"""The fold's part for decisions."""

from dataclasses import replace
from typing import assert_never

from facilitator.domain.decision import DecisionId, Outcome, Ruling, Stance, View
from facilitator.domain.events.decisions import (
    DecisionChanged,
    DecisionProposed,
    DecisionReopened,
    DecisionRuled,
    DecisionStep,
    ShortcutAccepted,
    StanceTaken,
)
from facilitator.domain.folds.clock import cut_to
from facilitator.domain.folds.entries import exchanged, found
from facilitator.domain.folds.risks import asked_about
from facilitator.domain.meeting import Meeting
from facilitator.domain.promise import promise_kept
from facilitator.domain.replanning import ZERO, decisions_item


def decided(meeting: Meeting, event: DecisionStep) -> Meeting:
    """The meeting with a question more, or with one of them worded anew, ruled or open again."""
    match event:
        case DecisionProposed(decision=decision, risk_id=risk_id):
            asked = asked_about(meeting, risk_id, decision.id)
            return replace(asked, decisions=(*meeting.decisions, decision))
        case DecisionChanged(decision=decision):
            return replace(meeting, decisions=exchanged(meeting.decisions, decision))
        case DecisionRuled(decision_id=decision_id, ruling=ruling):
            return _rule(meeting, decision_id, ruling)
        case DecisionReopened(decision_id=decision_id):
            return _rule(meeting, decision_id, None)
        case StanceTaken(decision_id=decision_id, stance=stance):
            return _hear(meeting, decision_id, stance)
        case ShortcutAccepted(decision_id=decision_id, reason=reason):
            decision = found(meeting.decision(decision_id), decision_id)
            accepted = replace(decision, shortcut_reason=reason)
            return replace(meeting, decisions=exchanged(meeting.decisions, accepted))
        case _:
            assert_never(event)


def _rule(meeting: Meeting, decision_id: DecisionId, ruling: Ruling | None) -> Meeting:
    decision = found(meeting.decision(decision_id), decision_id)
    postponed = decision.times_postponed
    if ruling is not None and ruling.outcome is Outcome.POSTPONED:
        postponed += 1
    elif ruling is None and decision.ruling and decision.ruling.outcome is Outcome.POSTPONED:
        postponed -= 1
    if ruling is not None:
        day = ruling.outside_on or meeting.agenda.day_of(ruling.at)
        ruling = replace(ruling, on=day)
        ruling = replace(ruling, is_kept=promise_kept(meeting, replace(decision, ruling=ruling)))
    meeting = _freed(meeting, decision.ruling, ruling)
    ruled = replace(decision, ruling=ruling, times_postponed=postponed, shortcut_reason="")
    return replace(meeting, decisions=exchanged(meeting.decisions, ruled))


def _freed(meeting: Meeting, before: Ruling | None, after: Ruling | None) -> Meeting:
    """The item for decisions gives up what a ruling frees, and gets back what one before it did."""
    progress = decisions_item(meeting)
    freed = (after.frees if after else ZERO) - (before.frees if before else ZERO)
    if progress is None or not freed:
        return meeting
    return cut_to(meeting, progress.item.id, progress.timebox - freed)


def _hear(meeting: Meeting, decision_id: DecisionId, stance: Stance) -> Meeting:
    decision = found(meeting.decision(decision_id), decision_id)
    others = tuple(each for each in decision.stances if each.person != stance.person)
    lapsed = decision.lapsed
    if stance.view is View.VETTED or (lapsed and lapsed.person == stance.person):
        lapsed = None  # somebody looked again
    heard = replace(decision, stances=(*others, stance), lapsed=lapsed)
    return replace(meeting, decisions=exchanged(meeting.decisions, heard))
