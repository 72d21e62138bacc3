"""Apply events about risks."""

from typing import assert_never

from msgspec.structs import replace

from facilitator.domain.apply.entries import add_entry, replace_entry, require_entry
from facilitator.domain.decision import DecisionId
from facilitator.domain.events.risks import (
    NoProblemSigned,
    RiskChanged,
    RiskClosed,
    RiskRaised,
    RiskStep,
)
from facilitator.domain.meeting import Meeting
from facilitator.domain.risk import RiskId, RiskState


def apply_risk(meeting: Meeting, event: RiskStep) -> Meeting:
    """Return the meeting with a new or changed risk, or with a signature given or taken back."""
    match event:
        case RiskRaised(risk=risk):
            return add_entry(meeting, risk)
        case RiskChanged(risk=risk):
            return replace_entry(meeting, risk)
        case RiskClosed(risk_id=risk_id, ended_by=ended_by):
            old = require_entry(meeting.risks, risk_id)
            return replace_entry(meeting, replace(old, state=RiskState.OVER, ended_by=ended_by))
        case NoProblemSigned(person=person, is_signed=is_signed):
            others = tuple(each for each in meeting.signed if each != person)
            return replace(meeting, signed=(*others, person) if is_signed else others)
        case _:
            assert_never(event)


def link_risk_to_decision(
    meeting: Meeting, risk_id: RiskId | None, decision: DecisionId
) -> Meeting:
    """Return the meeting once a risk became a decision; unchanged where `risk_id` is None."""
    if risk_id is None:
        return meeting
    risk = require_entry(meeting.risks, risk_id)
    return replace_entry(meeting, replace(risk, decision=decision))
