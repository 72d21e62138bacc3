"""Apply events about incidents, in their own journal and in a meeting's."""

from collections.abc import Iterator
from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from facilitator.domain.apply.entries import replaced, require_entry
from facilitator.domain.entry import find_entry
from facilitator.domain.events.incidents import (
    IncidentDetected,
    IncidentEvent,
    IncidentRecipientInformed,
    IncidentRecovered,
    IncidentReviewed,
    IncidentUpdate,
)
from facilitator.domain.incident import Incident

Incidents = tuple[Incident, ...]


def apply_incident(incidents: Incidents, event: IncidentEvent) -> Incidents:
    """Return the incidents as they are after `event`."""
    match event:
        case IncidentDetected(incident=incident):
            return (*incidents, incident)
        case IncidentRecipientInformed(recipient=recipient, told_at=told_at):
            old = require_entry(incidents, event.incident_id)
            return replaced(incidents, replace(old, told=(*old.told, (recipient, told_at))))
        case IncidentRecovered(recovered_at=recovered_at, by_itself=by_itself):
            old = require_entry(incidents, event.incident_id)
            return replaced(
                incidents, replace(old, recovered_at=recovered_at, recovered_by_itself=by_itself)
            )
        case IncidentReviewed(review=review):
            old = require_entry(incidents, event.incident_id)
            return replaced(incidents, replace(old, review=review))
        case _:
            assert_never(event)


def missed_updates(known: Incidents, latest: Incidents, now: datetime) -> Iterator[IncidentUpdate]:
    """Yield the events that lead from the incidents in `known` to those in `latest`."""
    for incident in latest:
        known_incident = find_entry(known, incident.id)
        if known_incident is None:
            yield IncidentDetected(at=now, incident=incident)
            continue
        for recipient in known_incident.not_informed:
            if told_at := incident.told_at(recipient):
                yield IncidentRecipientInformed(
                    at=now, incident_id=incident.id, recipient=recipient, told_at=told_at
                )
        if incident.recovered_at and not known_incident.recovered_at:
            yield IncidentRecovered(
                at=now,
                incident_id=incident.id,
                recovered_at=incident.recovered_at,
                by_itself=incident.recovered_by_itself,
            )
