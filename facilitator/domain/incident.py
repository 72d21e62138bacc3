"""Incidents between two meetings, and who must be informed within an hour."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, NewType

from msgspec import Struct

from facilitator.domain.entry import Entry, EntryKind
from facilitator.domain.errors import N_

IncidentId = NewType("IncidentId", str)
"""`I1`, `I2`… unique in a workspace and never used twice."""

INFORM_WITHIN = timedelta(hours=1)
"""From the moment an incident is found until supervisor and boss must both know of it."""


class IncidentKind(StrEnum):
    """What went wrong."""

    OUT_OF_STOCK = "out-of-stock"
    REVIEW_SPIKE = "review-spike"
    ADS_OUT_OF_CONTROL = "ads-out-of-control"
    OTHER = "other"


class Recipient(StrEnum):
    """Who must be informed within the hour."""

    SUPERVISOR = "supervisor"
    BOSS = "boss"


INCIDENT_KIND_NAMES = {
    IncidentKind.OUT_OF_STOCK: N_("Out of stock"),
    IncidentKind.REVIEW_SPIKE: N_("Review spike"),
    IncidentKind.ADS_OUT_OF_CONTROL: N_("Ads out of control"),
    IncidentKind.OTHER: N_("Other incident"),
}
RECIPIENT_NAMES = {
    Recipient.SUPERVISOR: N_("supervisor"),
    Recipient.BOSS: N_("boss"),
}
LATE_RECIPIENT = N_("{name} by {time}")
"""Who was told late, and by how much."""

PLAYBOOK = {
    IncidentKind.OUT_OF_STOCK: (
        N_("Lower or pause the ads before the last units are gone."),
        N_("Raise the price a little, so that the stock lasts longer."),
        N_("Find stock in transit or in other warehouses, and ask when it arrives."),
        N_("Get a quote for the fastest way: air, express, seller-fulfilled."),
    ),
    IncidentKind.REVIEW_SPIKE: (
        N_("Read reviews and returns. Is it one batch, one variation, one complaint?"),
        N_("Stop the ads for the ASIN while its rating is falling."),
        N_("Report reviews that break the rules, and answer the others."),
        N_("Have the batch in stock checked, and stop selling it if necessary."),
    ),
    IncidentKind.ADS_OUT_OF_CONTROL: (
        N_("Pause the campaign, or cut its daily budget."),
        N_("Read the change history. Who changed bids, budgets or rules?"),
        N_("Add irrelevant search terms that spent money as negative keywords."),
        N_("Save today's reports before they change."),
    ),
    IncidentKind.OTHER: (
        N_("Stop what makes it worse."),
        N_("Save evidence of the current state."),
        N_("Name one person in charge, and a time for the next update."),
    ),
}
"""What to do first, by kind."""


class IncidentReview(Struct, frozen=True, kw_only=True):
    """What a meeting made of an incident."""

    cause: str
    loss: str
    """In the team's words, with amount and currency; “none” where there was none."""
    lesson: str
    """What keeps it from happening again."""


class Incident(Entry, frozen=True, kw_only=True):
    """One incident, from the moment it was found to its review.

    It has a journal of its own, from which each meeting of its series gets what is to be reviewed.
    """

    entry_kind: ClassVar = EntryKind.INCIDENT
    letter: ClassVar = "I"
    list_name: ClassVar = "incidents"
    title_name: ClassVar = N_("Incident")
    short_name: ClassVar = N_("incident")
    is_from_meetings: ClassVar = False

    id: IncidentId
    series: str
    """The meetings that review it."""
    kind: IncidentKind
    phenomenon: str
    """What was seen."""
    scope: str
    """Which ASINs, marketplaces and orders it reaches."""
    measures: str
    """What was done first."""
    detected_at: datetime
    reported_at: datetime
    """When it was written down; that may be later."""
    told: tuple[tuple[Recipient, datetime], ...] = ()
    """Who was informed, and when."""
    recovered_at: datetime | None = None
    recovered_by_itself: bool = False
    """Nobody did anything; the review is due all the same."""
    review: IncidentReview | None = None

    @property
    def text(self) -> str:
        """What was seen."""
        return self.phenomenon

    @property
    def is_open(self) -> bool:
        """Whether no meeting has reviewed it yet."""
        return self.review is None

    @property
    def is_carried_over(self) -> bool:
        """Return False: its own journal passes it on, not a meeting."""
        return False

    @property
    def labels(self) -> tuple[str, ...]:
        """What went wrong."""
        return (INCIDENT_KIND_NAMES[self.kind],)

    @property
    def words(self) -> tuple[str, ...]:
        """Its scope, what was done first, and its review."""
        return self.scope, self.measures, *self.remarks

    @property
    def state_name(self) -> str:
        """Whether it was reviewed."""
        return N_("not reviewed yet") if self.review is None else N_("reviewed")

    @property
    def remarks(self) -> tuple[str, ...]:
        """Cause, loss and lesson, once it was reviewed."""
        review = self.review
        return (review.cause, review.loss, review.lesson) if review else ()

    @property
    def deadline(self) -> datetime:
        """When everybody must know of it."""
        return self.detected_at + INFORM_WITHIN

    @property
    def not_informed(self) -> tuple[Recipient, ...]:
        """Who still has to be informed."""
        told = dict(self.told)
        return tuple(each for each in Recipient if each not in told)

    def told_at(self, recipient: Recipient) -> datetime | None:
        """When a recipient was informed; None where they were not."""
        return dict(self.told).get(recipient)

    def time_to_inform(self, recipient: Recipient, now: datetime) -> timedelta:
        """The time from detection until a recipient was informed, or until `now`."""
        return (self.told_at(recipient) or now) - self.detected_at

    def is_late(self, recipient: Recipient, now: datetime) -> bool:
        """Whether the hour was over before a recipient was informed."""
        return self.time_to_inform(recipient, now) > INFORM_WITHIN

    @property
    def late_recipients(self) -> tuple[tuple[Recipient, timedelta], ...]:
        """Who was informed only after the hour was over, and by how much."""
        late = ((who, at - self.deadline) for who, at in self.told if at > self.deadline)
        return tuple(sorted(late, key=lambda each: list(Recipient).index(each[0])))


def most_urgent_incident(incidents: tuple[Incident, ...]) -> Incident | None:
    """Return the incident whose hour ends first, of those somebody has to be informed of."""
    running = (each for each in incidents if each.not_informed)
    return min(running, key=lambda each: each.deadline, default=None)
