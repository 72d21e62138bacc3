"""Incidents across meetings: the port to their journal, and their review in a meeting."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from msgspec.structs import replace

from facilitator.domain.agenda import Agenda, Item, ItemId, ItemKind
from facilitator.domain.apply.incidents import Incidents
from facilitator.domain.errors import N_
from facilitator.domain.events.incidents import IncidentEvent
from facilitator.domain.incident import IncidentId, IncidentReview
from facilitator.domain.rules import incidents as rules
from facilitator.render.language import Language

P = ParamSpec("P")
IncidentEventT = TypeVar("IncidentEventT", bound=IncidentEvent)
IncidentRule = Callable[Concatenate[Incidents, datetime, P], IncidentEventT]
"""Checks one step on the incidents of a workspace, and names the fact."""

REVIEW_TIME = timedelta(minutes=5)
"""What the review of one incident is given."""
REVIEW_ITEM = ItemId("incident-review")


class IncidentLog(Protocol):
    """The incidents of a workspace. Any program may write in its turn."""

    def incidents(self) -> Incidents:
        """As they stand; raises FacilitatorError where their journal cannot be read."""

    def step(
        self,
        rule: IncidentRule[P, IncidentEventT],
        now: datetime,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> IncidentEventT:
        """Check the rule and write the fact, with nobody writing in between.

        Raises RuleError where it is not possible, StorageError where the disk refuses.
        """

    def write_notice(self, incident_id: IncidentId, text: str) -> Path:
        """Keep the notice of an incident in a file of its own; returns where."""


def incidents_of_series(incidents: Incidents, series: str | None) -> Incidents:
    """The incidents that the meetings of a series review; without one, all of them."""
    return tuple(each for each in incidents if series in (None, each.series))


def incidents_to_review(log: IncidentLog, series: str) -> Incidents:
    """The incidents that the next meeting of a series has to review."""
    return tuple(each for each in log.incidents() if each.review is None and each.series == series)


def add_review_item(agenda: Agenda, incidents: Incidents, language: Language) -> Agenda:
    """The agenda with an item for the review, after the opening; its time is protected."""
    if not incidents or agenda.item(REVIEW_ITEM) is not None:
        return agenda
    title = language.gettext(N_("Incident review: {ids}"))
    item = Item(
        id=REVIEW_ITEM,
        title=title.format(ids=", ".join(each.id for each in incidents)),
        timebox=REVIEW_TIME * len(incidents),
        is_protected=True,
    )
    opening = sum(each.kind is ItemKind.OPENING for each in agenda.items[:1])
    return replace(agenda, items=(*agenda.items[:opening], item, *agenda.items[opening:]))


def sign_reviews(
    log: IncidentLog, reviews: Mapping[IncidentId, IncidentReview], now: datetime
) -> None:
    """Write what closed meetings made of incidents into their journal; safe to repeat."""
    for incident in log.incidents() if reviews else ():
        if incident.review is None and incident.id in reviews:
            log.step(rules.record_incident_review, now, incident.id, reviews[incident.id])
