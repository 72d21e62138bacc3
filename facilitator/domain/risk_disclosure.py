"""Who must name a risk or sign “no known problem”, and who did neither."""

from facilitator.domain.agenda import ItemKind
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import Duty, Person, PersonId
from facilitator.domain.risk import Risks

REPORTING_ITEM_KINDS = frozenset({ItemKind.TOPIC, ItemKind.KPI_REVIEW, ItemKind.ACTION_REVIEW})
"""Items whose lead reports; the others are asked or ruled."""


def reporters(meeting: Meeting) -> tuple[Person, ...]:
    """Who has to name a problem or to sign: present, reporting, and not the decider."""
    reporting = {each.item.lead for each in meeting.items if each.item.kind in REPORTING_ITEM_KINDS}
    reporting |= {plan.owner for plan in meeting.agenda.kpis}
    return tuple(
        each for each in meeting.present if each.id in reporting and Duty.DECIDER not in each.duties
    )


def risks_raised_by(meeting: Meeting, person: PersonId) -> Risks:
    """What somebody named today: a problem, or that one they own stands worse."""
    return tuple(
        risk
        for risk in meeting.risks
        if (risk.is_new and risk.raised_by == person) or (risk.is_worse and risk.owner == person)
    )


def has_signed_no_problem(meeting: Meeting, person: PersonId) -> bool:
    """Whether “no known problem” of somebody stands; a problem named since outweighs it."""
    return person in meeting.signed and not risks_raised_by(meeting, person)


def silent_reporters(meeting: Meeting) -> tuple[Person, ...]:
    """Reporters who named no problem and signed nothing."""
    return tuple(
        each
        for each in reporters(meeting)
        if each.id not in meeting.signed and not risks_raised_by(meeting, each.id)
    )
