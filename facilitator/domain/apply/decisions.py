"""Apply events about decisions."""

from typing import assert_never

from msgspec.structs import replace

from facilitator.domain.apply.clock import limit_timebox
from facilitator.domain.apply.entries import add_entry, replace_entry, require_entry
from facilitator.domain.apply.risks import link_risk_to_decision
from facilitator.domain.decision import DecisionId, Option, Outcome, Position, PositionKind, Ruling
from facilitator.domain.durations import NO_TIME
from facilitator.domain.events.decisions import (
    BypassAccepted,
    DecisionChanged,
    DecisionProposed,
    DecisionReopened,
    DecisionRuled,
    DecisionStep,
    PositionTaken,
)
from facilitator.domain.meeting import Meeting
from facilitator.domain.replanning import decisions_item
from facilitator.domain.request_outcome import is_request_fulfilled


def apply_decision(meeting: Meeting, event: DecisionStep) -> Meeting:
    """Return the meeting with a new decision, or with one changed, ruled or open again."""
    match event:
        case DecisionProposed(decision=decision, risk_id=risk_id):
            return add_entry(link_risk_to_decision(meeting, risk_id, decision.id), decision)
        case DecisionChanged(decision=decision):
            return replace_entry(meeting, decision)
        case DecisionRuled(decision_id=decision_id, ruling=ruling, options=options):
            return _rule(meeting, decision_id, ruling, options)
        case DecisionReopened(decision_id=decision_id):
            return _rule(meeting, decision_id, None)
        case PositionTaken(decision_id=decision_id, stance=stance):
            return _take_position(meeting, decision_id, stance)
        case BypassAccepted(decision_id=decision_id, reason=reason):
            decision = require_entry(meeting.decisions, decision_id)
            return replace_entry(meeting, replace(decision, shortcut_reason=reason))
        case _:
            assert_never(event)


def _rule(
    meeting: Meeting,
    decision_id: DecisionId,
    ruling: Ruling | None,
    offered: tuple[Option, ...] = (),
) -> Meeting:
    decision = require_entry(meeting.decisions, decision_id)
    decision = replace(decision, options=decision.options or offered)
    postponed = decision.times_postponed
    if ruling is not None and ruling.outcome is Outcome.POSTPONED:
        postponed += 1
    elif ruling is None and decision.ruling and decision.ruling.outcome is Outcome.POSTPONED:
        postponed -= 1
    if ruling is not None:
        day = ruling.outside_on or meeting.agenda.day_of(ruling.at)
        ruling = replace(ruling, on=day)
        ruling = replace(
            ruling, is_kept=is_request_fulfilled(meeting, replace(decision, ruling=ruling))
        )
    meeting = _with_freed_time(meeting, decision.ruling, ruling)
    ruled = replace(decision, ruling=ruling, times_postponed=postponed, shortcut_reason="")
    return replace_entry(meeting, ruled)


def _with_freed_time(meeting: Meeting, before: Ruling | None, after: Ruling | None) -> Meeting:
    """Take what a ruling frees from the item for decisions; give back what its last one freed."""
    progress = decisions_item(meeting)
    freed = (after.frees if after else NO_TIME) - (before.frees if before else NO_TIME)
    if progress is None or not freed:
        return meeting
    return limit_timebox(meeting, progress.item.id, progress.timebox - freed)


def _take_position(meeting: Meeting, decision_id: DecisionId, stance: Position) -> Meeting:
    decision = require_entry(meeting.decisions, decision_id)
    others = tuple(each for each in decision.stances if each.person != stance.person)
    lapsed = decision.lapsed
    if stance.view is PositionKind.VETTED or (lapsed and lapsed.person == stance.person):
        lapsed = None  # somebody looked again
    return replace_entry(meeting, replace(decision, stances=(*others, stance), lapsed=lapsed))
