"""Events about incidents, in the incidents' own journal and in the journal of a meeting."""

from datetime import datetime

from msgspec import Struct

from facilitator.domain.incident import Incident, IncidentId, IncidentReview, Recipient


class IncidentDetected(Struct, frozen=True, kw_only=True):
    """An incident was reported."""

    at: datetime
    incident: Incident


class IncidentRecipientInformed(Struct, frozen=True, kw_only=True):
    """One of the people who must know of an incident was told of it."""

    at: datetime
    incident_id: IncidentId
    recipient: Recipient
    told_at: datetime
    """When they were told; may be earlier than `at`, when it was recorded."""


class IncidentRecovered(Struct, frozen=True, kw_only=True):
    """An incident was over; its review is still due."""

    at: datetime
    incident_id: IncidentId
    recovered_at: datetime
    by_itself: bool = False


class IncidentReviewed(Struct, frozen=True, kw_only=True):
    """An incident was reviewed in a meeting."""

    at: datetime
    incident_id: IncidentId
    review: IncidentReview


IncidentUpdate = IncidentDetected | IncidentRecipientInformed | IncidentRecovered
"""Events outside a meeting; a meeting under way copies them, and undo skips them."""

IncidentEvent = IncidentUpdate | IncidentReviewed
