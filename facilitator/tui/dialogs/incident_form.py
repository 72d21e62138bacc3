"""The forms of an incident: its report and its review."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Label, Static

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
from facilitator.tui.dialogs.form import Form, SaveDraft, discard_draft
from facilitator.tui.widgets.radio import Radio, RadioGroup
from facilitator.tui.widgets.text_field import TextField


class IncidentForm(Form):
    """Asks for phenomenon, scope and first measures; the playbook of its kind stands beside."""

    def __init__(
        self,
        series: str,
        *,
        now: Callable[[], datetime],
        zone: tzinfo | None,
        submit: Callable[[Incident], object],
        keep: SaveDraft = discard_draft,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Report to `series`; `zone` is where the times that are typed are meant."""
        super().__init__(keep=keep, draft=draft)
        self._series = series
        self._now = now
        self._zone = zone
        self._submit = submit

    def compose(self) -> ComposeResult:
        """The kind and what to do first, then a line a question."""
        with VerticalScroll(classes="window", can_focus=False) as window:
            window.border_title = Content(_("Report an incident")).markup
            with RadioGroup(id="kind", compact=True):
                for kind, name in INCIDENT_KIND_NAMES.items():
                    yield Radio(
                        Content(_(name)), name=kind, value=kind is next(iter(INCIDENT_KIND_NAMES))
                    )
            yield Static(id="playbook")
            yield Label(_("What do you see?"))
            yield TextField(id="phenomenon")
            yield Label(_("How far does it reach: ASINs, marketplaces, orders?"))
            yield TextField(id="scope")
            yield Label(_("What did you do first?"))
            yield TextField(id="measures")
            yield Label(_("Found at — 10:05; empty for now"))
            yield TextField(id="at")
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin with the kind."""
        super().on_mount()
        self.show_playbook()
        self.query_one(RadioGroup).focus(scroll_visible=False)

    @on(RadioGroup.Changed)
    def show_playbook(self) -> None:
        """Show what to do first in a case of this kind."""
        steps = "\n".join(f"· {_(step)}" for step in PLAYBOOK[self._kind()])
        self.query_one("#playbook", Static).update(Content(steps))

    def send(self) -> str:
        """Hand the report over."""
        values, now = dict(self.fields()), self._now()
        self._submit(
            Incident(
                id=IncidentId(""),
                series=self._series,
                kind=self._kind(),
                phenomenon=values["phenomenon"],
                scope=values["scope"],
                measures=values["measures"],
                detected_at=parse_moment(values["at"], now, self._zone),
                reported_at=now,
            )
        )
        return values["phenomenon"]

    def _kind(self) -> IncidentKind:
        pressed = self.query_one(RadioGroup).pressed_button
        return IncidentKind(pressed.name) if pressed and pressed.name else IncidentKind.OTHER


class IncidentReviewForm(Form):
    """Asks what a review leaves: the cause, the loss, and what changes."""

    def __init__(
        self,
        incident: Incident,
        timeline: str,
        *,
        submit: Callable[[IncidentReview], object],
        keep: SaveDraft = discard_draft,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Review `incident`; `timeline` says how long it took until people knew."""
        super().__init__(keep=keep, draft=draft)
        self._incident = incident
        self._timeline = timeline
        self._submit = submit

    def compose(self) -> ComposeResult:
        """What happened, then a line a question."""
        incident, review = self._incident, self._incident.review
        with Vertical(classes="window") as window:
            title = _("Review of {id} · {kind}")
            kind = _(INCIDENT_KIND_NAMES[incident.kind])
            window.border_title = Content(title.format(id=incident.id, kind=kind)).markup
            yield Static(Content(f"{incident.phenomenon}\n{incident.scope}\n{self._timeline}"))
            yield Label(_("What caused it?"))
            yield TextField(review.cause if review else "", id="cause")
            yield Label(_("What did it cost, with the currency? “none” counts."))
            yield TextField(review.loss if review else "", id="loss")
            yield Label(_("What keeps it from happening again?"))
            yield TextField(review.lesson if review else "", id="lesson")
            yield Footer(show_command_palette=False, compact=True)

    def send(self) -> str:
        """Hand the review over."""
        values = dict(self.fields())
        self._submit(
            IncidentReview(cause=values["cause"], loss=values["loss"], lesson=values["lesson"])
        )
        return values["cause"]
