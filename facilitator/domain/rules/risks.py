"""Rules on risks: raise, change, close, and sign “no known problem”."""

from datetime import datetime

from msgspec.structs import replace

from facilitator.domain.decision import Decision
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.decisions import DecisionProposed
from facilitator.domain.events.risks import NoProblemSigned, RiskChanged, RiskClosed, RiskRaised
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.risk import Risk, RiskId, RiskState
from facilitator.domain.risk_disclosure import risks_raised_by
from facilitator.domain.rules.decisions import propose_decision
from facilitator.domain.rules.preconditions import must_be_open
from facilitator.domain.text_input import clean_line, require_line


def raise_risk(meeting: Meeting, now: datetime, draft: Risk) -> RiskRaised:
    """Add a risk to the register; whatever id `draft` has, it gets the next free number."""
    must_be_open(meeting)
    _must_be_invited(meeting, draft.raised_by)
    risk = replace(
        _validate_risk(meeting, draft, None),
        id=RiskId(meeting.numbers.next_id(Risk)),
        raised_on=meeting.date,
        left_as=None,
        carried=0,
    )
    return RiskRaised(at=now, risk=risk)


def change_risk(meeting: Meeting, now: datetime, changed: Risk) -> RiskChanged:
    """Change the text, solution, owner or state of a risk; its history is kept."""
    must_be_open(meeting)
    old = _require_open_risk(meeting, changed.id)
    risk = replace(
        _validate_risk(meeting, changed, old.owner),
        raised_by=old.raised_by,
        raised_on=old.raised_on,
        left_as=old.left_as,
        carried=old.carried,
        decision=old.decision,
        is_sensitive=old.is_sensitive,
    )
    return RiskChanged(at=now, risk=risk)


def set_risk_state(
    meeting: Meeting, now: datetime, risk_id: RiskId, state: RiskState
) -> RiskChanged:
    """Change the state of a risk."""
    must_be_open(meeting)
    risk = _require_open_risk(meeting, risk_id)
    return RiskChanged(at=now, risk=replace(risk, state=_require_open_state(state)))


def close_risk(meeting: Meeting, now: datetime, risk_id: RiskId, ended_by: str) -> RiskClosed:
    """Close a risk, with what ended it."""
    must_be_open(meeting)
    _require_open_risk(meeting, risk_id)
    cleaned = require_line(ended_by, N_("Say how it was solved. This goes into the minutes."))
    return RiskClosed(at=now, risk_id=risk_id, ended_by=cleaned)


def sign_no_problem(
    meeting: Meeting, now: datetime, person: PersonId, *, is_signed: bool = True
) -> NoProblemSigned:
    """Record that a person signs “no known problem”, or withdraws that.

    Raises RuleError if they raised a risk today.
    """
    must_be_open(meeting)
    _must_be_invited(meeting, person)
    raised = risks_raised_by(meeting, person)
    if is_signed and raised:
        raise RuleError(
            N_("{name} named {id} today, so no sign-off is needed."),
            name=meeting.name_of(person),
            id=raised[0].id,
        )
    return NoProblemSigned(at=now, person=person, is_signed=is_signed)


def propose_decision_on_risk(
    meeting: Meeting, now: datetime, draft: Decision, risk_id: RiskId
) -> DecisionProposed:
    """Propose a question about a risk; each of them refers to the other."""
    risk = _require_open_risk(meeting, risk_id)
    question = meeting.decision(risk.decision)
    if question is not None and question.is_open:
        raise RuleError(
            N_("There is already a question about {id}: {decision} has not been decided."),
            id=risk_id,
            decision=question.id,
        )
    return replace(propose_decision(meeting, now, draft), risk_id=risk_id)


def _validate_risk(meeting: Meeting, draft: Risk, owner: PersonId | None) -> Risk:
    """Return the risk cleaned; `owner` is its owner so far, who may have left the team."""
    if draft.owner not in (None, owner):
        _must_be_invited(meeting, draft.owner)
    return replace(
        draft,
        text=require_line(draft.text, N_("Write what the problem is.")),
        solution=clean_line(draft.solution),
        state=_require_open_state(draft.state),
        ended_by="",
    )


def _require_open_state(state: RiskState) -> RiskState:
    if state is RiskState.OVER:
        raise RuleError(N_("Say how it was solved. This goes into the minutes."))
    return state


def _must_be_invited(meeting: Meeting, person: PersonId) -> None:
    if meeting.person(person) is None:
        raise RuleError(N_("Name one of the people of this meeting."))


def _require_open_risk(meeting: Meeting, risk_id: RiskId) -> Risk:
    risk = meeting.risk(risk_id)
    if risk is None:
        raise RuleError(N_("There is no risk {id}."), id=risk_id)
    if not risk.is_open:
        raise RuleError(N_("{id} is closed. If the problem is back, name it again."), id=risk_id)
    return risk
