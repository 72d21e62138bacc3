"""The list of incidents that wait for a review, with their clocks and notices."""

from enum import StrEnum
from typing import Protocol

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, OptionList, Static

from facilitator.domain.apply.incidents import Incidents
from facilitator.domain.errors import N_
from facilitator.domain.incident import Incident, IncidentId
from facilitator.render.language import _
from facilitator.tui.i18n import Dialog


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
    """What the board shows."""

    def line(self, incident: Incident) -> IncidentLine:
        """Return an incident as the board shows it now."""


class IncidentBoard(Dialog[tuple[IncidentCommand, IncidentId]]):
    """Shows incidents; dismisses with what a key asks for, and with the incident."""

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
            "f",
            "command('by-itself')",
            N_("Itself"),
            id="incident.by-itself",
            tooltip=N_("It recovered by itself; the review is due all the same"),
        ),
        Binding("v", "command('review')", N_("Review"), id="incident.review"),
        Binding("y", "command('copy')", N_("Copy"), id="incident.copy", tooltip=N_("The notice")),
    ]

    def __init__(
        self, incidents: Incidents, handler: IncidentBoardHandler, *, may_review: bool
    ) -> None:
        """Show `incidents`, in this order; a review needs a meeting."""
        super().__init__()
        self._incidents = incidents
        self.handler = handler
        self._lines = self._read_lines()
        self._may_review = may_review

    def compose(self) -> ComposeResult:
        """The list over the notice of the one under the cursor."""
        with VerticalScroll(classes="window", can_focus=False) as window:
            window.border_title = Content(_("Incidents to be reviewed")).markup
            yield OptionList(markup=False)
            yield Static(id="notice")
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Show the incidents, and refresh their clocks each second."""
        listed = self.query_one(OptionList)
        listed.add_options(_prompt(each) for each in self._lines)
        listed.highlighted = 0
        self.set_interval(1, self.refresh_view)

    def refresh_view(self) -> None:
        """Show the clocks that moved, once a second."""
        before, self._lines = self._lines, self._read_lines()
        listed = self.query_one(OptionList)
        for place, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            if old != new:
                listed.replace_option_prompt_at_index(place, _prompt(new))

    def _read_lines(self) -> tuple[IncidentLine, ...]:
        return tuple(self.handler.line(each) for each in self._incidents)

    @on(OptionList.OptionHighlighted)
    def show_notice(self, highlighted: OptionList.OptionHighlighted) -> None:
        """Show the notice of the incident under the cursor."""
        notice = self._lines[highlighted.option_index].notice
        self.query_one("#notice", Static).update(Content(notice))

    def action_command(self, command: str) -> None:
        """Dismiss with what the key asks for."""
        place = self.query_one(OptionList).highlighted or 0
        self.dismiss((IncidentCommand(command), self._lines[place].id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the review where there is no meeting."""
        if action == "command" and parameters == (IncidentCommand.REVIEW.value,):
            return self._may_review
        return True


def _prompt(line: IncidentLine) -> Content:
    return Content(line.line).stylize("bold $text-error" if line.is_late else "")
