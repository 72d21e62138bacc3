"""The stages of a decision: proposed, vetted by the supervisor, ruled, broken down to persons.

A ruling that leaves the supervisor out is a shortcut (越级): the meeting marks it, until it goes
to the supervisor as a direction to break down, or is accepted as it is, with a reason.
"""

from dataclasses import dataclass
from enum import StrEnum

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision, Outcome
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import Person, PersonId


class Way(StrEnum):
    """How a supervisor was left out."""

    UNVETTED = "unvetted"
    """What an operator proposed was ruled before the supervisor looked at it."""
    STRAIGHT = "straight"
    """What the decider wants went straight to an operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """A ruling past somebody."""

    way: Way
    past: Person
    """The supervisor who was left out."""


def broken_down(meeting: Meeting, decision: Decision) -> tuple[ActionItem, ...]:
    """The action items that carry a decision out."""
    return tuple(action for action in meeting.actions if action.decision == decision.id)


def decider_of(meeting: Meeting, decision: Decision) -> PersonId | None:
    """Who ruled a question, or is to rule it: its own decider, if still there, or the meeting's."""
    if decision.ruling and decision.ruling.decider:
        return decision.ruling.decider
    if meeting.person(decision.decider):
        return decision.decider
    return meeting.agenda.decider


def must_vet(meeting: Meeting, decision: Decision) -> Person | None:
    """The supervisor between proposer and decider; None where nobody stands between them.

    What was settled before only comes back to see what came of it: nobody vets that again.
    """
    if decision.is_review:
        return None
    return _between(meeting, decision.proposer, decider_of(meeting, decision))


def shortcut(meeting: Meeting, decision: Decision) -> Shortcut | None:
    """How a decision of today passed a supervisor by; None where it did not, or that is settled."""
    ruling = decision.ruling
    if ruling is None or ruling.outcome is not Outcome.CHOSEN or decision.shortcut_reason:
        return None
    tasks = broken_down(meeting, decision)
    splitting = {task.owner for task in tasks}
    vetter = must_vet(meeting, decision)
    if vetter and decision.vetting is None and vetter.id not in splitting:
        return Shortcut(way=Way.UNVETTED, past=vetter)
    if ruling.decider is None or decision.proposer != ruling.decider:
        return None
    for task in tasks:
        passed = _between(meeting, task.owner, ruling.decider)
        if passed and passed.id not in splitting:
            return Shortcut(way=Way.STRAIGHT, past=passed)
    return None


def handed_past(meeting: Meeting, action: ActionItem) -> Shortcut | None:
    """How a task that the decider gave without a decision passed a supervisor by; or None."""
    decider = meeting.agenda.decider
    if decider is None or action.given_by != decider:
        return None
    if action.decision or action.shortcut_reason or not action.is_open:
        return None
    passed = _between(meeting, action.owner, decider)
    return Shortcut(way=Way.STRAIGHT, past=passed) if passed else None


def _between(meeting: Meeting, person: PersonId | None, decider: PersonId | None) -> Person | None:
    """The supervisor of a person, unless that is who decides, or the person decides."""
    who = meeting.person(person)
    if who is None or who.id == decider or who.supervisor in (None, who.id, decider):
        return None
    return meeting.person(who.supervisor)
