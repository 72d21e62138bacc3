"""The dialogs of incidents: the board, the report and the review."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Protocol

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, OptionList, Static

from facilitator.domain.errors import N_
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
from facilitator.tui.i18n import Dialog
from facilitator.tui.widgets.radio import RadioGroup


class IncidentCommand(StrEnum):
    """What a key of the board asks for."""

    REPORT = "report"
    SUPERVISOR = "supervisor"
    BOSS = "boss"
    OVER = "over"
    BY_ITSELF = "by-itself"
    REVIEW = "review"
    COPY = "copy"


class IncidentLine(Struct, frozen=True, kw_only=True):
    """One incident as the board shows it."""

    id: IncidentId
    line: str
    is_late: bool
    notice: str


class IncidentBoardHandler(Protocol):
    """What the board shows, and what its keys do."""

    def lines(self) -> tuple[IncidentLine, ...]:
        """Return the incidents as the board shows them now."""

    def run_command(self, command: IncidentCommand, incident_id: IncidentId) -> None:
        """Do what a key asks for, with the incident under the cursor."""


class IncidentBoard(Dialog[None]):
    """Shows incidents; its keys run commands with the one under the cursor, and it stays open."""

    BINDINGS = [
        Binding("n", "command('report')", N_("New"), id="incident.new"),
        Binding(
            "s",
            "command('supervisor')",
            N_("Supervisor"),
            id="incident.supervisor",
            tooltip=N_("The supervisor was told"),
        ),
        Binding(
            "b",
            "command('boss')",
            N_("Boss"),
            id="incident.boss",
            tooltip=N_("The boss was told"),
        ),
        Binding("o", "command('over')", N_("Ended"), id="incident.over"),
        Binding(
            "r",
            "command('by-itself')",
            N_("Recovered"),
            id="incident.by-itself",
            tooltip=N_("It recovered by itself (the review is still needed)"),
        ),
        Binding("v", "command('review')", N_("Review"), id="incident.review"),
        Binding(
            "y", "command('copy')", N_("Copy"), id="incident.copy", tooltip=N_("Copy the notice")
        ),
    ]

    def __init__(self, handler: IncidentBoardHandler, *, may_review: bool) -> None:
        """Show what `handler` tells; a review needs a meeting."""
        super().__init__()
        self.handler = handler
        self._lines: tuple[IncidentLine, ...] = ()
        self._may_review = may_review

    def compose(self) -> ComposeResult:
        """The list over the notice of the one under the cursor, and what was done last."""
        with VerticalScroll(classes="window", can_focus=False) as window:
            window.border_title = Content(_("Incidents to be reviewed")).markup
            yield OptionList(markup=False)
            yield Static(id="notice")
            yield Static(id="done")
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Refresh the clocks each second."""
        self.set_interval(1, self.refresh_view)

    def on_screen_resume(self) -> None:
        """Show what a form over this window changed; close where nothing waits any more."""
        self.refresh_view()
        if not self._lines:
            self.dismiss(None)

    def refresh_view(self) -> None:
        """Show the incidents as they are now; the cursor stays on the same one."""
        before, self._lines = self._lines, self.handler.lines()
        listed = self.query_one(OptionList)
        if [each.id for each in before] == [each.id for each in self._lines]:
            for place, (old, new) in enumerate(zip(before, self._lines, strict=True)):
                if old != new:
                    listed.replace_option_prompt_at_index(place, _prompt(new))
            return
        here = listed.highlighted
        chosen = {before[here].id} if here is not None else set()
        listed.clear_options()
        listed.add_options(_prompt(each) for each in self._lines)
        places = [place for place, each in enumerate(self._lines) if each.id in chosen]
        listed.highlighted = (*places, 0)[0] if self._lines else None

    def show_done(self, text: str) -> None:
        """Say what a key did, below the notice."""
        self.query_one("#done", Static).update(Content(text))

    @on(OptionList.OptionHighlighted)
    def show_notice(self) -> None:
        """Show the notice of the incident under the cursor."""
        line = self._chosen
        self.query_one("#notice", Static).update(Content(line.notice if line else ""))

    def action_command(self, command: str) -> None:
        """Run a command, and show what it changed."""
        if line := self._chosen:
            self.handler.run_command(IncidentCommand(command), line.id)
            self.refresh_view()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the review where there is no meeting."""
        if action == "command" and parameters == (IncidentCommand.REVIEW.value,):
            return self._may_review
        return True

    @property
    def _chosen(self) -> IncidentLine | None:
        """The line under the cursor."""
        place = self.query_one(OptionList).highlighted
        return self._lines[place] if place is not None and place < len(self._lines) else None


def _prompt(line: IncidentLine) -> Content:
    return Content(line.line).stylize("bold $text-error" if line.is_late else "")


class IncidentForm(Form[Incident]):
    """Asks for phenomenon, scope and first measures; shows the playbook of the chosen kind."""

    AUTO_FOCUS = "#phenomenon"  # where typing begins, and an input method looks for the caret

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
        self._scope = text_field("scope", _("What is affected: ASINs, marketplaces, orders?"))
        self._measures = text_field("measures", _("What did you do first?"))
        self._found_at: Field[datetime] = Field(
            id="at",
            label=_("Found at — such as 10:05, empty means now"),
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
            "loss", _("What did it cost, with the currency? “None” is an answer too."), review.loss
        )
        self._lesson = text_field(
            "lesson", _("What will prevent it from happening again?"), review.lesson
        )
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
