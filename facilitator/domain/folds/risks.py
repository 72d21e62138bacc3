"""The fold's part for bad news: the risk register, and who signed that nothing is known."""

from dataclasses import replace
from typing import assert_never

from facilitator.domain.decision import DecisionId
from facilitator.domain.events.risks import (
    NoProblemSigned,
    RiskChanged,
    RiskClosed,
    RiskNamed,
    RiskStep,
)
from facilitator.domain.folds.entries import exchanged, found
from facilitator.domain.known_risk import RiskId, RiskState
from facilitator.domain.meeting import Meeting


def told_of(meeting: Meeting, event: RiskStep) -> Meeting:
    """The meeting with a risk more, with one that stands otherwise, or with a signature."""
    match event:
        case RiskNamed(risk=risk):
            return replace(meeting, risks=(*meeting.risks, risk))
        case RiskChanged(risk=risk):
            return replace(meeting, risks=exchanged(meeting.risks, risk))
        case RiskClosed(risk_id=risk_id, ended_by=ended_by):
            old = found(meeting.risk(risk_id), risk_id)
            over = replace(old, state=RiskState.OVER, ended_by=ended_by)
            return replace(meeting, risks=exchanged(meeting.risks, over))
        case NoProblemSigned(person=person, is_signed=is_signed):
            others = tuple(each for each in meeting.signed if each != person)
            return replace(meeting, signed=(*others, person) if is_signed else others)
        case _:
            assert_never(event)


def asked_about(meeting: Meeting, risk_id: RiskId | None, decision: DecisionId) -> Meeting:
    """The meeting once a risk became a question; unchanged where the question is about none."""
    if risk_id is None:
        return meeting
    risk = replace(found(meeting.risk(risk_id), risk_id), decision=decision)
    return replace(meeting, risks=exchanged(meeting.risks, risk))
