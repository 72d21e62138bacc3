"""Approval of a decision: proposal, vetting, ruling, action items; and bypasses of it."""

from enum import StrEnum

from msgspec import Struct

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision, Outcome
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import Person, PersonId


class BypassKind(StrEnum):
    """The way in which a supervisor was bypassed."""

    UNVETTED = "unvetted"
    """The ruling was made before the supervisor of the proposer had vetted the question."""
    DIRECT = "direct"
    """The decider assigned the work to somebody without asking their supervisor."""


class Bypass(Struct, frozen=True, kw_only=True):
    """A ruling or an assignment that left out the supervisor."""

    kind: BypassKind
    supervisor: Person
    """The supervisor who was left out."""


def actions_of_decision(meeting: Meeting, decision: Decision) -> tuple[ActionItem, ...]:
    """Return the action items that carry out a decision."""
    return tuple(action for action in meeting.actions if action.decision == decision.id)


def decider_of(meeting: Meeting, decision: Decision) -> PersonId | None:
    """Return who ruled a question, or who is to rule it.

    That is its own decider if they are invited, otherwise the decider of the meeting.
    """
    if decision.ruling and decision.ruling.decider:
        return decision.ruling.decider
    if meeting.person(decision.decider):
        return decision.decider
    return meeting.agenda.decider


def likely_proposer(meeting: Meeting, kpi: KpiId | None = None) -> PersonId | None:
    """Return who proposes a new question, for all that is known; None if it has to be asked.

    That is the owner of the KPI that it is about, otherwise who leads the running item; never the
    decider, to whom questions are put.
    """
    owner = dict(meeting.scorecard.owners).get(kpi) if meeting.scorecard and kpi else None
    lead = meeting.running.item.lead if meeting.running else None
    person = meeting.person(owner) or meeting.person(lead)
    return person.id if person and person.id != meeting.agenda.decider else None


def is_proposer_missing(meeting: Meeting, decision: Decision) -> bool:
    """Return whether a supervisor may have to vet a question, but nobody is named as proposer."""
    has_supervisors = any(each.supervisor for each in meeting.agenda.people)
    return has_supervisors and decision.proposer is None and not decision.is_review


def possible_vetters(meeting: Meeting, decision: Decision) -> tuple[PersonId, ...]:
    """Return those who may vet a question: supervisors, or anybody where there are none.

    Neither the proposer nor the decider is among them.
    """
    supervisors = {each.supervisor for each in meeting.agenda.people} - {None}
    involved = (decision.proposer, decider_of(meeting, decision))
    return tuple(
        each.id
        for each in meeting.agenda.people
        if each.id not in involved and (not supervisors or each.id in supervisors)
    )


def required_vetter(meeting: Meeting, decision: Decision) -> Person | None:
    """Return the supervisor who must vet a question; None if nobody must.

    A decision that comes back for review needs no vetting.
    """
    if decision.is_review:
        return None
    return _supervisor_between(meeting, decision.proposer, decider_of(meeting, decision))


def find_decision_bypass(meeting: Meeting, decision: Decision) -> Bypass | None:
    """Return the bypass in a ruling of this meeting; None if there is none.

    Bypasses that were accepted are left out, and those whose supervisor owns one of the action
    items.
    """
    ruling = decision.ruling
    if ruling is None or ruling.outcome is not Outcome.CHOSEN or decision.shortcut_reason:
        return None
    tasks = actions_of_decision(meeting, decision)
    owners = {task.owner for task in tasks}
    vetter = required_vetter(meeting, decision)
    if vetter and decision.vetting is None and vetter.id not in owners:
        return Bypass(kind=BypassKind.UNVETTED, supervisor=vetter)
    if ruling.decider is None or decision.proposer != ruling.decider:
        return None
    for task in tasks:
        supervisor = _supervisor_between(meeting, task.owner, ruling.decider)
        if supervisor and supervisor.id not in owners:
            return Bypass(kind=BypassKind.DIRECT, supervisor=supervisor)
    return None


def find_action_bypass(meeting: Meeting, action: ActionItem) -> Bypass | None:
    """Return the bypass in an action item assigned by the decider; None if there is none.

    Action items that carry out a decision are judged with the decision.
    """
    decider = meeting.agenda.decider
    if decider is None or action.given_by != decider:
        return None
    if action.decision or action.shortcut_reason or not action.is_open:
        return None
    supervisor = _supervisor_between(meeting, action.owner, decider)
    return Bypass(kind=BypassKind.DIRECT, supervisor=supervisor) if supervisor else None


def supervisors_between(meeting: Meeting) -> dict[PersonId, Person]:
    """Return the supervisor of each person whom the decider could only give work past them."""
    decider = meeting.agenda.decider
    if decider is None:
        return {}
    found = ((each.id, _supervisor_between(meeting, each.id, decider)) for each in meeting.present)
    return {person_id: supervisor for person_id, supervisor in found if supervisor}


def _supervisor_between(
    meeting: Meeting, person: PersonId | None, decider: PersonId | None
) -> Person | None:
    """Return the supervisor of a person; None if they are, or the person is, the decider."""
    member = meeting.person(person)
    if member is None or member.id == decider or member.supervisor in (None, member.id, decider):
        return None
    return meeting.person(member.supervisor)
