"""Rules on approval: take a position, accept or correct a bypass."""

from datetime import datetime

from msgspec.structs import replace

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.approval import (
    decider_of,
    find_action_bypass,
    find_decision_bypass,
    possible_vetters,
)
from facilitator.domain.decision import DecisionId, Position, PositionKind
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.actions import ActionChanged
from facilitator.domain.events.decisions import BypassAccepted, PositionTaken
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import Person, PersonId
from facilitator.domain.rules.actions import require_action
from facilitator.domain.rules.decisions import require_decision
from facilitator.domain.rules.preconditions import must_be_open
from facilitator.domain.text_input import clean_line, require_line


def take_position(
    meeting: Meeting,
    now: datetime,
    decision_id: DecisionId,
    person: PersonId,
    view: PositionKind,
    words: str = "",
) -> PositionTaken:
    """Record the position of a person on a question: vetted, for, against, abstained.

    A supervisor vets before the ruling, and never their own proposal.
    """
    must_be_open(meeting)
    decision = require_decision(meeting, decision_id)
    if meeting.person(person) is None:
        raise RuleError(
            N_("The person who takes a position must be one of the people of this meeting.")
        )
    comment = clean_line(words)
    if view is PositionKind.VETTED:
        if not decision.is_open:
            raise RuleError(
                N_(
                    "This question is already decided. The supervisor's review comes before the "
                    "decision."
                )
            )
        if person in (decision.proposer, decider_of(meeting, decision)):
            raise RuleError(
                N_("Neither the proposer nor the decider can review a question as supervisor.")
            )
        if person not in possible_vetters(meeting, decision):
            raise RuleError(N_("Only a supervisor can review a question."))
    elif view is PositionKind.AGAINST and not comment:
        raise RuleError(N_("Say what the objection is. It goes into the minutes."))
    position = Position(person=person, view=view, at=now, words=comment)
    return PositionTaken(at=now, decision_id=decision_id, stance=position)


def accept_action_bypass(
    meeting: Meeting, now: datetime, action_id: ActionId, reason: str
) -> ActionChanged:
    """Accept that the decider assigned an action item past the supervisor, with the reason."""
    action, _supervisor = _require_action_bypass(meeting, action_id)
    reason = require_line(reason, N_("Say why the supervisor was bypassed."))
    return ActionChanged(at=now, action=replace(action, shortcut_reason=reason))


def direct_to_supervisor(meeting: Meeting, now: datetime, action_id: ActionId) -> ActionChanged:
    """Reassign such an action item to the supervisor, who will delegate it."""
    action, supervisor = _require_action_bypass(meeting, action_id)
    return ActionChanged(at=now, action=replace(action, owner=supervisor.id, taken_by=None))


def _require_action_bypass(meeting: Meeting, action_id: ActionId) -> tuple[ActionItem, Person]:
    """Return the action item and the bypassed supervisor; raise RuleError if none was."""
    must_be_open(meeting)
    action = require_action(meeting, action_id)
    bypass = find_action_bypass(meeting, action)
    if bypass is None:
        raise RuleError(N_("{id} did not bypass a supervisor."), id=action_id)
    return action, bypass.supervisor


def accept_decision_bypass(
    meeting: Meeting, now: datetime, decision_id: DecisionId, reason: str
) -> BypassAccepted:
    """Accept a ruling that bypassed the supervisor, with the reason."""
    must_be_open(meeting)
    decision = require_decision(meeting, decision_id)
    if find_decision_bypass(meeting, decision) is None:
        raise RuleError(N_("{id} did not bypass a supervisor."), id=decision_id)
    reason = require_line(reason, N_("Say why the supervisor was bypassed."))
    return BypassAccepted(at=now, decision_id=decision_id, reason=reason)
