"""Steps on decisions: propose a question, rule it, put it off, open it again."""

from dataclasses import replace
from datetime import date, datetime

from facilitator.domain.decision import (
    Decision,
    DecisionId,
    Option,
    OptionId,
    Outcome,
    Ruling,
)
from facilitator.domain.decision_events import (
    DecisionChanged,
    DecisionProposed,
    DecisionReopened,
    DecisionRuled,
)
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import Duty, PersonId
from facilitator.domain.rules.standing import LONGEST_LINE, line, must_be_open, plain, required

ASK_QUESTION = N_("Write the question that is to be decided.")


def propose_decision(meeting: Meeting, now: datetime, draft: Decision) -> DecisionProposed:
    """Put a new question on the queue; whatever id `draft` has, it gets the next free one."""
    must_be_open(meeting)
    decider = draft.decider or _decider(meeting)
    numbered = replace(
        _cleaned(meeting, draft),
        id=DecisionId(f"D{meeting.numbers.decision}"),
        decider=decider,
        proposed_on=draft.proposed_on or meeting.date,
    )
    return DecisionProposed(at=now, decision=numbered)


def change_decision(meeting: Meeting, now: datetime, changed: Decision) -> DecisionChanged:
    """Word an open question or its options anew."""
    must_be_open(meeting)
    _open_decision(meeting, changed.id)
    return DecisionChanged(at=now, decision=_cleaned(meeting, changed))


def take_option(
    meeting: Meeting,
    now: datetime,
    decision_id: DecisionId,
    option_id: OptionId,
    rationale: str = "",
    decider: PersonId | None = None,
) -> DecisionRuled:
    """Settle a question with one of its options.

    The recommended option needs no rationale of its own: it brings its why.
    """
    must_be_open(meeting)
    decision = _open_decision(meeting, decision_id)
    if decision.option(option_id) is None:
        raise RuleError(N_("“{question}” does not offer that option."), question=decision.question)
    reason = plain(rationale, LONGEST_LINE)
    if not reason and option_id == decision.recommended:
        reason = decision.why
    if not reason:
        raise RuleError(N_("Say why this option was chosen; the team reads it in the minutes."))
    return _ruled(meeting, now, decision, Outcome.CHOSEN, reason, decider, option=option_id)


def postpone_decision(
    meeting: Meeting,
    now: datetime,
    decision_id: DecisionId,
    reason: str,
    until: date | None = None,
    decider: PersonId | None = None,
) -> DecisionRuled:
    """Put a question off, to a day or (without one) to the next meeting."""
    must_be_open(meeting)
    decision = _open_decision(meeting, decision_id)
    if until is not None and until <= meeting.date:
        raise RuleError(N_("A question is put off to a day after today."))
    why = required(reason, N_("Say why the question is put off."))
    return _ruled(meeting, now, decision, Outcome.POSTPONED, why, decider, until=until)


def drop_decision(
    meeting: Meeting,
    now: datetime,
    decision_id: DecisionId,
    reason: str,
    decider: PersonId | None = None,
) -> DecisionRuled:
    """Take a question off the table for good."""
    must_be_open(meeting)
    decision = _open_decision(meeting, decision_id)
    why = required(reason, N_("Say why the question is dropped."))
    return _ruled(meeting, now, decision, Outcome.DROPPED, why, decider)


def reopen_decision(meeting: Meeting, now: datetime, decision_id: DecisionId) -> DecisionReopened:
    """Open a question again that was ruled today."""
    must_be_open(meeting)
    decision = _decision(meeting, decision_id)
    if decision.is_open:
        raise RuleError(N_("“{question}” is still open."), question=decision.question)
    return DecisionReopened(at=now, decision_id=decision_id)


def _ruled(
    meeting: Meeting,
    now: datetime,
    decision: Decision,
    outcome: Outcome,
    reason: str,
    decider: PersonId | None,
    *,
    option: OptionId | None = None,
    until: date | None = None,
) -> DecisionRuled:
    who = decider or decision.decider or _decider(meeting)
    if who is not None and meeting.person(who) is None:
        raise RuleError(N_("Whoever decides must be one of the people of this meeting."))
    ruling = Ruling(
        outcome=outcome, at=now, option=option, until=until, rationale=reason, decider=who
    )
    return DecisionRuled(at=now, decision_id=decision.id, ruling=ruling)


def _cleaned(meeting: Meeting, draft: Decision) -> Decision:
    named = [option for option in draft.options if line(option.title)]
    letters = {option.id: OptionId(chr(ord("A") + place)) for place, option in enumerate(named)}
    if len(named) == 1:
        raise RuleError(N_("One option is no choice: give at least two, or none to settle later."))
    if draft.recommended is not None and draft.recommended not in letters:
        raise RuleError(N_("The recommended option is not among the options."))
    options = tuple(
        Option(
            id=letters[option.id],
            title=line(option.title),
            cost=line(option.cost),
            expected=line(option.expected),
        )
        for option in named
    )
    for who in (draft.proposer, draft.decider):
        if who is not None and meeting.person(who) is None:
            raise RuleError(N_("Proposer and decider must be people of this meeting."))
    return replace(
        draft,
        question=required(draft.question, ASK_QUESTION),
        background=plain(draft.background, LONGEST_LINE),
        why=plain(draft.why, LONGEST_LINE),
        options=options,
        recommended=letters[draft.recommended] if draft.recommended is not None else None,
    )


def _decider(meeting: Meeting) -> PersonId | None:
    person = meeting.agenda.with_duty(Duty.DECIDER)
    return person.id if person else None


def _decision(meeting: Meeting, decision_id: DecisionId) -> Decision:
    decision = meeting.decision(decision_id)
    if decision is None:
        raise RuleError(N_("This meeting has no such question."))
    return decision


def _open_decision(meeting: Meeting, decision_id: DecisionId) -> Decision:
    decision = _decision(meeting, decision_id)
    if not decision.is_open:
        raise RuleError(N_("“{question}” is already settled."), question=decision.question)
    return decision
