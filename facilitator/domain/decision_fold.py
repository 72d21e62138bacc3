"""The fold's part for decisions."""

from dataclasses import replace
from typing import assert_never

from facilitator.domain.decision import DecisionId, Outcome, Ruling
from facilitator.domain.decision_events import (
    DecisionChanged,
    DecisionProposed,
    DecisionReopened,
    DecisionRuled,
    DecisionStep,
)
from facilitator.domain.entries import exchanged, found
from facilitator.domain.meeting import Meeting


def decided(meeting: Meeting, event: DecisionStep) -> Meeting:
    """The meeting with a question more, or with one of them worded anew, ruled or open again."""
    match event:
        case DecisionProposed(decision=decision):
            return replace(meeting, decisions=(*meeting.decisions, decision))
        case DecisionChanged(decision=decision):
            return replace(meeting, decisions=exchanged(meeting.decisions, decision))
        case DecisionRuled(decision_id=decision_id, ruling=ruling):
            return _rule(meeting, decision_id, ruling)
        case DecisionReopened(decision_id=decision_id):
            return _rule(meeting, decision_id, None)
        case _:
            assert_never(event)


def _rule(meeting: Meeting, decision_id: DecisionId, ruling: Ruling | None) -> Meeting:
    decision = found(meeting.decision(decision_id), decision_id)
    postponed = decision.times_postponed
    if ruling is not None and ruling.outcome is Outcome.POSTPONED:
        postponed += 1
    elif ruling is None and decision.ruling and decision.ruling.outcome is Outcome.POSTPONED:
        postponed -= 1
    ruled = replace(decision, ruling=ruling, times_postponed=postponed)
    return replace(meeting, decisions=exchanged(meeting.decisions, ruled))
