"""Events about incidents, in their own journal and in that of a meeting."""

from dataclasses import dataclass
from datetime import datetime

from facilitator.domain.incident import Incident, IncidentId, IncidentReview, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentDetected:
    """Something went wrong, and somebody reported it."""

    at: datetime
    incident: Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRecipientInformed:
    """Somebody who must know of an incident was told."""

    at: datetime
    incident_id: IncidentId
    recipient: Recipient
    told_at: datetime
    """When that was; it may be written down later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRecovered:
    """An incident is over; its review is still due."""

    at: datetime
    incident_id: IncidentId
    recovered_at: datetime
    by_itself: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReviewed:
    """A meeting reviewed an incident."""

    at: datetime
    incident_id: IncidentId
    review: IncidentReview


IncidentUpdate = IncidentDetected | IncidentRecipientInformed | IncidentRecovered
"""What happens outside a meeting; one under way hears of it and cannot take it back."""

IncidentEvent = IncidentUpdate | IncidentReviewed
