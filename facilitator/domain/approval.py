"""Approval of a decision: proposal, vetting, ruling, action items, and bypasses."""

from enum import StrEnum

from msgspec import Struct

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision, Outcome
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import Person, PersonId


class BypassKind(StrEnum):
    """How a supervisor was left out."""

    UNVETTED = "unvetted"
    """What an operator proposed was ruled before the supervisor looked at it."""
    STRAIGHT = "straight"
    """What the decider wants went straight to an operator."""


class Bypass(Struct, frozen=True, kw_only=True):
    """A ruling past somebody."""

    way: BypassKind
    past: Person
    """The supervisor who was left out."""


def actions_of_decision(meeting: Meeting, decision: Decision) -> tuple[ActionItem, ...]:
    """The action items that carry a decision out."""
    return tuple(action for action in meeting.actions if action.decision == decision.id)


def decider_of(meeting: Meeting, decision: Decision) -> PersonId | None:
    """Who ruled a question, or is to rule it: its own decider, if still there, or the meeting's."""
    if decision.ruling and decision.ruling.decider:
        return decision.ruling.decider
    if meeting.person(decision.decider):
        return decision.decider
    return meeting.agenda.decider


def required_vetter(meeting: Meeting, decision: Decision) -> Person | None:
    """The supervisor between proposer and decider; None where nobody stands between them.

    What was settled before only comes back to see what came of it: nobody vets that again.
    """
    if decision.is_review:
        return None
    return _supervisor_between(meeting, decision.proposer, decider_of(meeting, decision))


def find_decision_bypass(meeting: Meeting, decision: Decision) -> Bypass | None:
    """How a decision of today passed a supervisor by; None where it did not, or that is settled."""
    ruling = decision.ruling
    if ruling is None or ruling.outcome is not Outcome.CHOSEN or decision.shortcut_reason:
        return None
    tasks = actions_of_decision(meeting, decision)
    splitting = {task.owner for task in tasks}
    vetter = required_vetter(meeting, decision)
    if vetter and decision.vetting is None and vetter.id not in splitting:
        return Bypass(way=BypassKind.UNVETTED, past=vetter)
    if ruling.decider is None or decision.proposer != ruling.decider:
        return None
    for task in tasks:
        passed = _supervisor_between(meeting, task.owner, ruling.decider)
        if passed and passed.id not in splitting:
            return Bypass(way=BypassKind.STRAIGHT, past=passed)
    return None


def find_action_bypass(meeting: Meeting, action: ActionItem) -> Bypass | None:
    """How a task that the decider gave without a decision passed a supervisor by; or None."""
    decider = meeting.agenda.decider
    if decider is None or action.given_by != decider:
        return None
    if action.decision or action.shortcut_reason or not action.is_open:
        return None
    passed = _supervisor_between(meeting, action.owner, decider)
    return Bypass(way=BypassKind.STRAIGHT, past=passed) if passed else None


def _supervisor_between(
    meeting: Meeting, person: PersonId | None, decider: PersonId | None
) -> Person | None:
    """The supervisor of a person, unless that is who decides, or the person decides."""
    who = meeting.person(person)
    if who is None or who.id == decider or who.supervisor in (None, who.id, decider):
        return None
    return meeting.person(who.supervisor)
