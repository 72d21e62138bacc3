"""Rules on incidents: report, inform, recover, review.

The first three are about the incidents of a workspace, and need no meeting.
"""

from datetime import datetime

from msgspec.structs import replace

from facilitator.domain.apply.incidents import Incidents
from facilitator.domain.entry import find_entry
from facilitator.domain.errors import N_, RuleError, message
from facilitator.domain.events.incidents import (
    IncidentDetected,
    IncidentRecipientInformed,
    IncidentRecovered,
    IncidentReviewed,
    IncidentUpdate,
)
from facilitator.domain.incident import (
    RECIPIENT_NAMES,
    Incident,
    IncidentId,
    IncidentReview,
    Recipient,
)
from facilitator.domain.meeting import Meeting
from facilitator.domain.rules.preconditions import must_be_open
from facilitator.domain.text_input import require_line


def report_incident(incidents: Incidents, now: datetime, draft: Incident) -> IncidentDetected:
    """Report an incident; whatever id `draft` has, it gets the next free number."""
    _must_be_past(draft.detected_at, now)
    incident = replace(
        draft,
        id=IncidentId(f"I{len(incidents) + 1}"),
        reported_at=now,
        phenomenon=require_line(draft.phenomenon, N_("Write what was seen.")),
        scope=require_line(draft.scope, N_("Write what is affected: ASINs, marketplaces, orders.")),
        measures=require_line(
            draft.measures, N_("Write what was done first. “Nothing yet” is an answer too.")
        ),
    )
    return IncidentDetected(at=now, incident=incident)


def record_recipient_informed(
    incidents: Incidents,
    now: datetime,
    incident_id: IncidentId,
    recipient: Recipient,
    told_at: datetime | None = None,
) -> IncidentRecipientInformed:
    """Record that the supervisor or the boss was told, now or at `told_at`."""
    incident = _require_incident(incidents, incident_id)
    if recipient not in incident.not_informed:
        raise RuleError(
            N_("{id}: the {recipient} has already been told."),
            id=incident_id,
            recipient=message(RECIPIENT_NAMES[recipient]),
        )
    at = told_at or now
    _must_be_since(incident, at, now)
    return IncidentRecipientInformed(
        at=now, incident_id=incident_id, recipient=recipient, told_at=at
    )


def recover_incident(
    incidents: Incidents,
    now: datetime,
    incident_id: IncidentId,
    recovered_at: datetime | None = None,
    *,
    by_itself: bool = False,
) -> IncidentRecovered:
    """Record that an incident is over, now or at `recovered_at`.

    The time until everybody was told is still measured, and the review stays due.
    """
    incident = _require_incident(incidents, incident_id)
    if incident.recovered_at is not None:
        raise RuleError(N_("{id} has already ended."), id=incident_id)
    at = recovered_at or now
    _must_be_since(incident, at, now)
    return IncidentRecovered(at=now, incident_id=incident_id, recovered_at=at, by_itself=by_itself)


def receive_incident_update(
    meeting: Meeting, _now: datetime, update: IncidentUpdate
) -> IncidentUpdate:
    """Copy an event of the incidents' own journal into a meeting under way."""
    must_be_open(meeting)
    if not isinstance(update, IncidentDetected):
        _require_incident(meeting.incidents, update.incident_id)
    return update


def review_incident(
    meeting: Meeting, now: datetime, incident_id: IncidentId, draft: IncidentReview
) -> IncidentReviewed:
    """Review an incident; a second review replaces the first."""
    must_be_open(meeting)
    _require_incident(meeting.incidents, incident_id)
    answers = IncidentReview(
        cause=require_line(draft.cause, N_("Write what caused it.")),
        loss=require_line(
            draft.loss, N_("Write what it cost, with the currency. “None” is an answer too.")
        ),
        lesson=require_line(draft.lesson, N_("Write what will prevent it from happening again.")),
    )
    return IncidentReviewed(at=now, incident_id=incident_id, review=answers)


def record_incident_review(
    incidents: Incidents, now: datetime, incident_id: IncidentId, answers: IncidentReview
) -> IncidentReviewed:
    """Copy the review of a closed meeting into the incidents' own journal."""
    if _require_incident(incidents, incident_id).review is not None:
        raise RuleError(N_("{id} has already been reviewed."), id=incident_id)
    return IncidentReviewed(at=now, incident_id=incident_id, review=answers)


def _require_incident(incidents: Incidents, incident_id: IncidentId) -> Incident:
    incident = find_entry(incidents, incident_id)
    if incident is None:
        raise RuleError(
            N_("There is no incident {id}. `facilitator incident` lists them."), id=incident_id
        )
    return incident


def _must_be_past(moment: datetime, now: datetime) -> None:
    if moment > now:
        raise RuleError(N_("This time is in the future. Enter a time that has passed."))


def _must_be_since(incident: Incident, moment: datetime, now: datetime) -> None:
    _must_be_past(moment, now)
    if moment < incident.detected_at:
        raise RuleError(N_("{id} was found later than this time."), id=incident.id)
