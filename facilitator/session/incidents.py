"""Incidents across meetings: the port of their journal, and their review in a meeting."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from msgspec.structs import replace

from facilitator.domain.agenda import Agenda, Item, ItemId, ItemKind
from facilitator.domain.apply.incidents import Incidents
from facilitator.domain.errors import N_, Diagnostic, RuleError
from facilitator.domain.events.incidents import IncidentEvent
from facilitator.domain.incident import IncidentId, IncidentReview
from facilitator.domain.rules import incidents as rules
from facilitator.render.language import Language

P = ParamSpec("P")
IncidentEventT = TypeVar("IncidentEventT", bound=IncidentEvent)
IncidentRule = Callable[Concatenate[Incidents, datetime, P], IncidentEventT]
"""A function that validates a command about the incidents of a workspace."""

REVIEW_TIME = timedelta(minutes=5)
"""The time planned for the review of one incident."""
REVIEW_ITEM = ItemId("incident-review")
"""The id of the item that is added for the review."""


class IncidentLog(Protocol):
    """The journal of the incidents of a workspace; several programs may write to it in turn."""

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Damaged lines that the last call of `incidents` left out."""

    def incidents(self) -> Incidents:
        """Return all incidents; raise FacilitatorError if the journal cannot be read."""

    def step(
        self,
        rule: IncidentRule[P, IncidentEventT],
        now: datetime,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> IncidentEventT:
        """Apply a rule and append its event, with no other writer in between.

        Raises RuleError if the rule refuses, StorageError if the event cannot be written.
        """

    def write_notice(self, incident_id: IncidentId, text: str) -> Path:
        """Write the notice of an incident to a file of its own; return its path."""


def incidents_of_series(incidents: Incidents, series: str | None) -> Incidents:
    """Return the incidents of a series; without one, all incidents."""
    return tuple(each for each in incidents if series in (None, each.series))


def incidents_to_review(log: IncidentLog, series: str) -> Incidents:
    """Return the incidents that the next meeting of a series must review."""
    return tuple(each for each in log.incidents() if each.review is None and each.series == series)


def add_review_item(agenda: Agenda, incidents: Incidents, language: Language) -> Agenda:
    """Return the agenda with an item for the review, protected and after the opening.

    Returns the agenda itself if there is nothing to review, or the item is already there.
    """
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
    """Copy the reviews of closed meetings to the incidents' journal; safe to repeat."""
    for incident in log.incidents() if reviews else ():
        if incident.review is None and incident.id in reviews:
            with suppress(RuleError):  # another program copied it just now
                log.step(rules.record_incident_review, now, incident.id, reviews[incident.id])
