"""Risk disclosure: who must raise a risk or sign “no known problem”, and who did not."""

from facilitator.domain.agenda import ItemKind
from facilitator.domain.kpi_answer import Verdict
from facilitator.domain.kpi_gate import is_off_target
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import Duty, Person, PersonId
from facilitator.domain.risk import Risks

REPORTING_ITEM_KINDS = frozenset({ItemKind.TOPIC, ItemKind.KPI_REVIEW, ItemKind.ACTION_REVIEW})
"""The kinds of items whose lead reports to the meeting."""


def reporters(meeting: Meeting) -> tuple[Person, ...]:
    """Return who must raise a risk or sign: those present who report and are not the decider."""
    reporting = {each.item.lead for each in meeting.items if each.item.kind in REPORTING_ITEM_KINDS}
    reporting |= {plan.owner for plan in meeting.agenda.kpis}
    return tuple(
        each for each in meeting.present if each.id in reporting and Duty.DECIDER not in each.duties
    )


def risks_raised_by(meeting: Meeting, person: PersonId) -> Risks:
    """Return the risks that a person raised in this meeting, or whose state got worse."""
    return tuple(
        risk
        for risk in meeting.risks
        if (risk.is_new and risk.raised_by == person) or (risk.is_worse and risk.owner == person)
    )


def has_signed_no_problem(meeting: Meeting, person: PersonId) -> bool:
    """Return whether a person's “no known problem” is valid: they raised no risk since."""
    return person in meeting.signed and not risks_raised_by(meeting, person)


def silent_reporters(meeting: Meeting) -> tuple[Person, ...]:
    """Return the reporters who neither raised a risk nor signed “no known problem”."""
    return tuple(
        each
        for each in reporters(meeting)
        if each.id not in meeting.signed and not risks_raised_by(meeting, each.id)
    )


def reporters_to_ask(meeting: Meeting) -> tuple[Person, ...]:
    """Return the silent reporters, without the owners of KPIs that were explained when asked.

    They named no problem unasked, but they spoke of one.
    """
    owners = dict(meeting.scorecard.owners) if meeting.scorecard else {}
    spoke = {
        owners.get(each.kpi)
        for each in meeting.answers
        if each.verdict in (Verdict.EXPLAINED, Verdict.UNKNOWN) and is_off_target(meeting, each.kpi)
    }
    return tuple(each for each in silent_reporters(meeting) if each.id not in spoke)
