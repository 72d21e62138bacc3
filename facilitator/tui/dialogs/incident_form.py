"""The forms of an incident: its report and its review."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from textual import on
from textual.content import Content
from textual.widgets import Static

from facilitator.domain.incident import (
    INCIDENT_KIND_NAMES,
    PLAYBOOK,
    Incident,
    IncidentId,
    IncidentKind,
    IncidentReview,
)
from facilitator.domain.time_input import parse_moment
from facilitator.render.language import _
from facilitator.tui.dialogs.field_parsers import text_field
from facilitator.tui.dialogs.form import Choice, Field, Form, FormHandler, Values
from facilitator.tui.widgets.radio import RadioGroup


class IncidentForm(Form[Incident]):
    """Asks for phenomenon, scope and first measures; shows the playbook of the chosen kind."""

    AUTO_FOCUS = "RadioGroup"

    def __init__(
        self,
        series: str,
        *,
        now: Callable[[], datetime],
        zone: tzinfo | None,
        handler: FormHandler[Incident],
    ) -> None:
        """Report to `series`; `zone` is where the times that are typed are meant."""
        self._series = series
        self._now = now
        self._kind = Choice(
            id="kind",
            options=tuple((each, _(name)) for each, name in INCIDENT_KIND_NAMES.items()),
            value=next(iter(INCIDENT_KIND_NAMES)),
        )
        self._phenomenon = text_field("phenomenon", _("What do you see?"))
        self._scope = text_field("scope", _("How far does it reach: ASINs, marketplaces, orders?"))
        self._measures = text_field("measures", _("What did you do first?"))
        self._found_at: Field[datetime] = Field(
            id="at",
            label=_("Found at — 10:05; empty for now"),
            parse=lambda text: parse_moment(text, now(), zone),
        )
        super().__init__(
            _("Report an incident"),
            self._kind,
            Static(id="playbook"),
            self._phenomenon,
            self._scope,
            self._measures,
            self._found_at,
            handler=handler,
        )

    def begin(self) -> None:
        """Show the playbook of the first kind."""
        self.show_playbook()

    @on(RadioGroup.Changed)
    def show_playbook(self) -> None:
        """Show what to do first in a case of this kind."""
        kind = self.chosen(self._kind) or IncidentKind.OTHER
        steps = "\n".join(f"· {_(step)}" for step in PLAYBOOK[kind])
        self.query_one("#playbook", Static).update(Content(steps))

    def build(self, values: Values) -> Incident:
        """Return the incident, without the id that the rule gives it."""
        return Incident(
            id=IncidentId(""),
            series=self._series,
            kind=values[self._kind] or IncidentKind.OTHER,
            phenomenon=values[self._phenomenon],
            scope=values[self._scope],
            measures=values[self._measures],
            detected_at=values[self._found_at],
            reported_at=self._now(),
        )


class IncidentReviewForm(Form[IncidentReview]):
    """Asks for the cause of an incident, the loss, and what changes."""

    def __init__(
        self, incident: Incident, timeline: str, *, handler: FormHandler[IncidentReview]
    ) -> None:
        """Review `incident`; `timeline` says how long it took until people knew."""
        review = incident.review or IncidentReview(cause="", loss="", lesson="")
        summary = f"{incident.phenomenon}\n{incident.scope}\n{timeline}"
        self._cause = text_field("cause", _("What caused it?"), review.cause)
        self._loss = text_field(
            "loss", _("What did it cost, with the currency? “none” counts."), review.loss
        )
        self._lesson = text_field("lesson", _("What keeps it from happening again?"), review.lesson)
        title = _("Review of {id} · {kind}").format(
            id=incident.id, kind=_(INCIDENT_KIND_NAMES[incident.kind])
        )
        super().__init__(
            title,
            Static(Content(summary)),
            self._cause,
            self._loss,
            self._lesson,
            handler=handler,
        )

    def build(self, values: Values) -> IncidentReview:
        """Return the review."""
        return IncidentReview(
            cause=values[self._cause], loss=values[self._loss], lesson=values[self._lesson]
        )
