"""Bad news counts: who reports to the meeting, and who of them named no problem and signed nothing.

A reporter leads an item, or answers for a KPI; what they say of it is worth little until they
have said what is wrong, or put their name to it that nothing is.
"""

from facilitator.domain.agenda import ItemKind
from facilitator.domain.known_risk import Risks
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import Duty, Person, PersonId

REPORTED = frozenset({ItemKind.TOPIC, ItemKind.KPI_REVIEW, ItemKind.ACTION_REVIEW})
"""Items whose lead reports; the others are asked or ruled."""


def reporters(meeting: Meeting) -> tuple[Person, ...]:
    """Who has to name a problem or to sign: present, reporting, and not the decider."""
    reporting = {each.item.lead for each in meeting.items if each.item.kind in REPORTED}
    reporting |= {plan.owner for plan in meeting.agenda.kpis}
    return tuple(
        each for each in meeting.present if each.id in reporting and Duty.DECIDER not in each.duties
    )


def named_by(meeting: Meeting, person: PersonId) -> Risks:
    """What somebody named today: a problem, or that one they own stands worse."""
    return tuple(
        risk
        for risk in meeting.risks
        if (risk.is_new and risk.raised_by == person) or (risk.is_worse and risk.owner == person)
    )


def has_signed(meeting: Meeting, person: PersonId) -> bool:
    """Whether “no known problem” of somebody stands; a problem named since outweighs it."""
    return person in meeting.signed and not named_by(meeting, person)


def silent(meeting: Meeting) -> tuple[Person, ...]:
    """Reporters who named no problem and signed nothing."""
    return tuple(
        each
        for each in reporters(meeting)
        if each.id not in meeting.signed and not named_by(meeting, each.id)
    )
