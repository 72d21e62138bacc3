"""Rules on decisions: propose, change, rule, postpone, return, drop, reopen."""

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from facilitator.domain.approval import decider_of
from facilitator.domain.decision import (
    Decision,
    DecisionId,
    Option,
    OptionId,
    Outcome,
    PositionKind,
    Ruling,
)
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.decisions import (
    DecisionChanged,
    DecisionProposed,
    DecisionReopened,
    DecisionRuled,
)
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.request_outcome import kpi_value
from facilitator.domain.rules.preconditions import must_be_open
from facilitator.domain.rules.proposals import validate_proposal
from facilitator.domain.text_input import MAX_LINE_LENGTH, clean_line, clean_text, require_line
from facilitator.domain.timekeeping import read_clock

ASK_QUESTION = N_("Write the question to be decided.")


def propose_decision(meeting: Meeting, now: datetime, draft: Decision) -> DecisionProposed:
    """Add a question to the queue; whatever id `draft` has, it gets the next free number."""
    must_be_open(meeting)
    decider = decider_of(meeting, draft)
    numbered = replace(
        _validate_decision(meeting, draft),
        id=DecisionId(meeting.numbers.next_id(Decision)),
        decider=decider,
        proposed_on=draft.proposed_on or meeting.date,
    )
    return DecisionProposed(at=now, decision=numbered)


def change_decision(meeting: Meeting, now: datetime, changed: Decision) -> DecisionChanged:
    """Change an open question or its options; a changed proposal must be vetted again."""
    must_be_open(meeting)
    old = _require_open_decision(meeting, changed.id)
    new = replace(_validate_decision(meeting, changed), is_sensitive=old.is_sensitive)
    if old.vetting and _vetted_content(old) != _vetted_content(new):
        others = tuple(each for each in new.stances if each.view is not PositionKind.VETTED)
        new = replace(new, stances=others, lapsed=old.vetting)
    return DecisionChanged(at=now, decision=new)


def choose_option(
    meeting: Meeting,
    now: datetime,
    decision_id: DecisionId,
    option_id: OptionId,
    rationale: str = "",
    decider: PersonId | None = None,
    *,
    amendment: str = "",
    outside_on: date | None = None,
    review_on: date | None = None,
    offered: tuple[Option, ...] = (),
) -> DecisionRuled:
    """Settle a question with one of its options, as it is or amended.

    A question without options is settled with one of those `offered`, which become its own. The
    recommended option needs no rationale: its own reason is used. A request that is granted
    comes back for review when its horizon ends, unless `review_on` names another day.
    `outside_on` is the day of a ruling that was made outside a meeting.
    """
    must_be_open(meeting)
    decision = _require_open_decision(meeting, decision_id)
    _must_be_complete(decision)
    offered = () if decision.options else offered
    if option_id not in {each.id for each in decision.options or offered}:
        raise RuleError(N_("“{question}” does not have that option."), question=decision.question)
    amendment = clean_line(amendment)
    reason = clean_text(rationale, MAX_LINE_LENGTH) or _given_reason(decision, option_id, amendment)
    if outside_on is not None and outside_on > meeting.date:
        raise RuleError(N_("The date of a decision outside the meeting must be today or earlier."))
    if review_on is not None and review_on <= meeting.date:
        raise RuleError(N_("The review date must be after today."))
    if decision.request and option_id == decision.requested_option and not decision.is_review:
        review_on = review_on or decision.request.review_on(meeting.date)
    ruling = Ruling(
        outcome=Outcome.CHOSEN,
        at=now,
        option=option_id,
        rationale=reason,
        amendment=amendment,
        outside_on=outside_on,
        review_on=review_on,
    )
    ruled = _rule_decision(meeting, decision, ruling, decider)
    return replace(ruled, options=offered)


def postpone_decision(
    meeting: Meeting,
    now: datetime,
    decision_id: DecisionId,
    reason: str,
    until: date | None = None,
    decider: PersonId | None = None,
) -> DecisionRuled:
    """Postpone a question to a day, or without one to the next meeting.

    If the meeting is late, the timebox for decisions shrinks by the share of this question.
    """
    must_be_open(meeting)
    decision = _require_open_decision(meeting, decision_id)
    _must_be_complete(decision)
    if until is not None and until <= meeting.date:
        raise RuleError(N_("A question can only be postponed to a day after today."))
    reason = require_line(reason, N_("Say why the question is postponed."))
    options = read_clock(meeting, now).delay_options
    frees = options.share if options else timedelta()
    ruling = Ruling(outcome=Outcome.POSTPONED, at=now, until=until, rationale=reason, frees=frees)
    return _rule_decision(meeting, decision, ruling, decider)


def return_decision(
    meeting: Meeting,
    now: datetime,
    decision_id: DecisionId,
    missing: str = "",
    decider: PersonId | None = None,
) -> DecisionRuled:
    """Return a question to its proposer, who brings what is missing to the next meeting.

    A reason is optional if the question is an incomplete request.
    """
    must_be_open(meeting)
    decision = _require_open_decision(meeting, decision_id)
    cleaned = clean_line(missing)
    if not cleaned and not decision.is_incomplete:
        raise RuleError(N_("Say what is missing. The proposer brings it next time."))
    ruling = Ruling(outcome=Outcome.RETURNED, at=now, rationale=cleaned)
    return _rule_decision(meeting, decision, ruling, decider)


def drop_decision(
    meeting: Meeting,
    now: datetime,
    decision_id: DecisionId,
    reason: str,
    decider: PersonId | None = None,
) -> DecisionRuled:
    """Drop a question for good, with the reason."""
    must_be_open(meeting)
    decision = _require_open_decision(meeting, decision_id)
    reason = require_line(reason, N_("Say why the question is dropped."))
    ruling = Ruling(outcome=Outcome.DROPPED, at=now, rationale=reason)
    return _rule_decision(meeting, decision, ruling, decider)


def reopen_decision(meeting: Meeting, now: datetime, decision_id: DecisionId) -> DecisionReopened:
    """Reopen a question that was ruled in this meeting."""
    must_be_open(meeting)
    decision = require_decision(meeting, decision_id)
    if decision.is_open:
        raise RuleError(N_("“{question}” is still open."), question=decision.question)
    return DecisionReopened(at=now, decision_id=decision_id)


def _given_reason(decision: Decision, option_id: OptionId, amendment: str) -> str:
    """Return the reason of the recommendation, if it is taken; raise RuleError otherwise."""
    if option_id != decision.recommended or amendment or not decision.why:
        raise RuleError(N_("Say why this option was chosen. The team reads it in the minutes."))
    return decision.why


def _rule_decision(
    meeting: Meeting, decision: Decision, ruling: Ruling, decider: PersonId | None
) -> DecisionRuled:
    decider_id = decider or decider_of(meeting, decision)
    if decider_id is not None and meeting.person(decider_id) is None:
        raise RuleError(N_("The decider must be one of the people of this meeting."))
    completed = replace(ruling, decider=decider_id, kpi_value=kpi_value(meeting, decision))
    return DecisionRuled(at=ruling.at, decision_id=decision.id, ruling=completed)


def _must_be_complete(decision: Decision) -> None:
    if decision.is_incomplete:
        raise RuleError(
            N_("{id} cannot be decided yet because its request lacks data. Return it or drop it."),
            id=decision.id,
        )


def _vetted_content(decision: Decision) -> tuple[object, ...]:
    """Return what a vetting applies to: the question, its options and its proposal."""
    forms = (decision.request, decision.experiment, decision.reallocation, decision.risk)
    return (decision.question, decision.options, *forms)


def _validate_decision(meeting: Meeting, draft: Decision) -> Decision:
    titled = [option for option in draft.options if clean_line(option.title)]
    letters = {option.id: OptionId(chr(ord("A") + index)) for index, option in enumerate(titled)}
    if len(titled) == 1:
        raise RuleError(N_("Give at least two options, or none to add them later."))
    if draft.recommended is not None and draft.recommended not in letters:
        raise RuleError(N_("The recommended option is not among the options."))
    options = tuple(
        Option(
            id=letters[option.id],
            title=clean_line(option.title),
            cost=clean_line(option.cost),
            expected=clean_line(option.expected),
        )
        for option in titled
    )
    for person_id in (draft.proposer, draft.decider):
        if person_id is not None and meeting.person(person_id) is None:
            raise RuleError(N_("Proposer and decider must be people of this meeting."))
    return replace(
        validate_proposal(draft),
        question=require_line(draft.question, ASK_QUESTION),
        background=clean_text(draft.background, MAX_LINE_LENGTH),
        why=clean_text(draft.why, MAX_LINE_LENGTH),
        options=options,
        recommended=letters[draft.recommended] if draft.recommended is not None else None,
    )


def require_decision(meeting: Meeting, decision_id: DecisionId) -> Decision:
    """Return the question with this id; raise RuleError if there is none."""
    decision = meeting.decision(decision_id)
    if decision is None:
        raise RuleError(N_("This meeting has no such question."))
    return decision


def _require_open_decision(meeting: Meeting, decision_id: DecisionId) -> Decision:
    decision = require_decision(meeting, decision_id)
    if not decision.is_open:
        raise RuleError(N_("“{question}” is already decided."), question=decision.question)
    return decision
