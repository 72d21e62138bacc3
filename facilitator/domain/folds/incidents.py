"""The fold of incidents: the same in their own journal and in that of a meeting."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from facilitator.domain.events.incidents import (
    IncidentDetected,
    IncidentEvent,
    IncidentNews,
    IncidentRecovered,
    IncidentReviewed,
    IncidentTold,
)
from facilitator.domain.folds.entries import exchanged, found
from facilitator.domain.incident import Incident, IncidentId

Incidents = tuple[Incident, ...]


def after(incidents: Incidents, event: IncidentEvent) -> Incidents:
    """The incidents as they stand after `event`."""
    match event:
        case IncidentDetected(incident=incident):
            return (*incidents, incident)
        case IncidentTold(recipient=recipient, told_at=told_at):
            old = _of(incidents, event.incident_id)
            return exchanged(incidents, replace(old, told=(*old.told, (recipient, told_at))))
        case IncidentRecovered(recovered_at=recovered_at, by_itself=by_itself):
            old = _of(incidents, event.incident_id)
            return exchanged(
                incidents,
                replace(old, recovered_at=recovered_at, recovered_by_itself=by_itself),
            )
        case IncidentReviewed(review=review):
            old = _of(incidents, event.incident_id)
            return exchanged(incidents, replace(old, review=review))
        case _:
            assert_never(event)


def missed(known: Incidents, latest: Incidents, now: datetime) -> Iterator[IncidentNews]:
    """What somebody who knows of incidents as in `known` has not heard of them yet."""
    for incident in latest:
        heard = incident_with(known, incident.id)
        if heard is None:
            yield IncidentDetected(at=now, incident=incident)
            continue
        for recipient in heard.untold:
            if told_at := incident.told_at(recipient):
                yield IncidentTold(
                    at=now, incident_id=incident.id, recipient=recipient, told_at=told_at
                )
        if incident.recovered_at and not heard.recovered_at:
            yield IncidentRecovered(
                at=now,
                incident_id=incident.id,
                recovered_at=incident.recovered_at,
                by_itself=incident.recovered_by_itself,
            )


def incident_with(incidents: Incidents, incident_id: IncidentId) -> Incident | None:
    """The incident with this id."""
    return next((each for each in incidents if each.id == incident_id), None)


def _of(incidents: Incidents, incident_id: IncidentId) -> Incident:
    return found(incident_with(incidents, incident_id), incident_id)
