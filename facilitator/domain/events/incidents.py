"""Events about incidents, in their own journal and in that of a meeting."""

from datetime import datetime

from msgspec import Struct

from facilitator.domain.incident import Incident, IncidentId, IncidentReview, Recipient


class IncidentDetected(Struct, frozen=True, kw_only=True):
    """Something went wrong, and somebody reported it."""

    at: datetime
    incident: Incident


class IncidentRecipientInformed(Struct, frozen=True, kw_only=True):
    """Somebody who must know of an incident was told."""

    at: datetime
    incident_id: IncidentId
    recipient: Recipient
    told_at: datetime
    """When that was; it may be written down later."""


class IncidentRecovered(Struct, frozen=True, kw_only=True):
    """An incident is over; its review is still due."""

    at: datetime
    incident_id: IncidentId
    recovered_at: datetime
    by_itself: bool = False


class IncidentReviewed(Struct, frozen=True, kw_only=True):
    """A meeting reviewed an incident."""

    at: datetime
    incident_id: IncidentId
    review: IncidentReview


IncidentUpdate = IncidentDetected | IncidentRecipientInformed | IncidentRecovered
"""What happens outside a meeting; one under way hears of it and cannot take it back."""

IncidentEvent = IncidentUpdate | IncidentReviewed
