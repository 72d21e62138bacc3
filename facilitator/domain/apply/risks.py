"""Apply events about risks."""

from typing import assert_never

from msgspec.structs import replace

from facilitator.domain.apply.entries import replace_entry, require_entry
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
    """The meeting with a risk more, with one that stands otherwise, or with a signature."""
    match event:
        case RiskRaised(risk=risk):
            return replace(meeting, risks=(*meeting.risks, risk))
        case RiskChanged(risk=risk):
            return replace(meeting, risks=replace_entry(meeting.risks, risk))
        case RiskClosed(risk_id=risk_id, ended_by=ended_by):
            old = require_entry(meeting.risk(risk_id), risk_id)
            over = replace(old, state=RiskState.OVER, ended_by=ended_by)
            return replace(meeting, risks=replace_entry(meeting.risks, over))
        case NoProblemSigned(person=person, is_signed=is_signed):
            others = tuple(each for each in meeting.signed if each != person)
            return replace(meeting, signed=(*others, person) if is_signed else others)
        case _:
            assert_never(event)


def link_risk_to_decision(
    meeting: Meeting, risk_id: RiskId | None, decision: DecisionId
) -> Meeting:
    """The meeting once a risk became a question; unchanged where the question is about none."""
    if risk_id is None:
        return meeting
    risk = replace(require_entry(meeting.risk(risk_id), risk_id), decision=decision)
    return replace(meeting, risks=replace_entry(meeting.risks, risk))
