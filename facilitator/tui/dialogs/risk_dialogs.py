"""The dialogs of risks: the board of reporters and risks, and the form of a risk."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from facilitator.domain.errors import N_, RuleError
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.people import Person, PersonId
from facilitator.domain.risk import Risk, RiskId, RiskState
from facilitator.render.language import _, current_language
from facilitator.render.risk import state_text
from facilitator.tui.dialogs.field_parsers import (
    LinkOptions,
    kpi_field,
    marketplace_field,
    person_field,
    text_field,
)
from facilitator.tui.dialogs.form import Choice, Form, FormHandler, Values, side_by_side
from facilitator.tui.i18n import Dialog
from facilitator.tui.widgets.entry_list import HangingIndent


class RiskCommand(StrEnum):
    """What a key of the board asks for."""

    NAME = "name"
    EDIT = "edit"
    CONTROLLED = "controlled"
    WATCHED = "watched"
    OUT_OF_CONTROL = "out_of_control"
    OVER = "over"
    SIGN = "sign"
    DECIDE = "decide"
    ACT = "act"
    MARK = "mark"


class RiskBoardLine(Struct, frozen=True, kw_only=True):
    """One line of the board: a reporter, or a risk."""

    text: str
    detail: str
    """What is shown below while the cursor is on it."""
    person: PersonId | None = None
    risk: RiskId | None = None
    """Exactly one of these two is set."""
    state: RiskState | None = None
    """Of a risk."""

    @property
    def key(self) -> str:
        """The id of the line in the list."""
        return f"risk-{self.risk}" if self.risk else f"person-{self.person}"


STATE_STYLES = {
    RiskState.OUT_OF_CONTROL: "bold $text-error",
    RiskState.WATCHED: "$text-warning",
    RiskState.CONTROLLED: "",
    RiskState.OVER: "dim",
}


class RiskBoardHandler(Protocol):
    """What the board shows, and what its keys do."""

    def lines(self) -> tuple[RiskBoardLine, ...]:
        """Return the board as it stands."""

    def run_command(self, command: RiskCommand, line: RiskBoardLine | None) -> None:
        """Do what a key asks for, with the line under the cursor."""

    def undo_step(self) -> None:
        """Take the last step back."""


class RiskBoard(Dialog[None]):
    """Shows reporters and risks; its keys run commands with the line under the cursor."""

    BINDINGS = [
        Binding("n", "command('name')", N_("New"), id="risk.new", tooltip=N_("Name a problem")),
        Binding("enter", "command('edit')", N_("Edit"), id="risk.edit", show=False, priority=True),
        Binding("o", "command('out_of_control')", N_("Out of control"), id="risk.out-of-control",
                tooltip=N_("It is out of control")),
        Binding("w", "command('watched')", N_("Watch"), id="risk.watched",
                tooltip=N_("It needs watching")),
        Binding("c", "command('controlled')", N_("Under control"), id="risk.controlled",
                tooltip=N_("It is under control")),
        Binding("x", "command('over')", N_("Closed"), id="risk.over",
                tooltip=N_("It is solved (say how)")),
        Binding("s", "command('sign')", N_("Sign off"), id="risk.sign",
                tooltip=N_("Sign off “no known problem” for the selected person")),
        Binding("D", "command('decide')", N_("Question"), id="risk.decision",
                tooltip=N_("Make it a question")),
        Binding("A", "command('act')", N_("Action"), id="risk.action",
                tooltip=N_("Add an action item for it")),
        Binding("u,ctrl+z", "undo", N_("Undo"), id="risk.undo", show=False),
        Binding("S", "command('mark')", N_("Sensitive"), id="risk.sensitive", show=False,
                tooltip=N_("Copies that are sent show only a placeholder")),
    ]  # fmt: skip

    NARROW_LABELS = {
        "risk.out-of-control": N_("Out"),
        "risk.controlled": N_("Control"),
        "risk.sign": N_("Sign"),
    }

    def __init__(self, handler: RiskBoardHandler, *, at: PersonId | None = None) -> None:
        """Show the board, with the cursor at a person or at the top."""
        super().__init__()
        self.handler = handler
        self._initial_key = f"person-{at}" if at else ""
        self._lines: tuple[RiskBoardLine, ...] = ()

    def compose(self) -> ComposeResult:
        """The list over what is known of the line under the cursor."""
        with VerticalScroll(classes="window broad", can_focus=False) as window:
            window.border_title = Content(_("Problems and risks")).markup
            yield OptionList(markup=False)
            yield Static(id="detail")
            yield Footer(show_command_palette=False, compact=True)

    def on_screen_resume(self) -> None:
        """Show what a form over this window changed."""
        self.refresh_view()

    def refresh_view(self) -> None:
        """Show the board as it stands, with the cursor where it was."""
        lines = self.handler.lines()
        if lines == self._lines:
            return
        here = self._chosen
        wanted = here.key if here else self._initial_key
        self._lines = lines
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(_options(lines))
        places = {option.id: place for place, option in enumerate(listed.options)}
        listed.highlighted = places.get(wanted, 1 if lines else None)
        self.refresh_bindings()

    @on(OptionList.OptionHighlighted)
    def show_detail(self) -> None:
        """Show the details of the line under the cursor."""
        line = self._chosen
        self.query_one("#detail", Static).update(Content(line.detail if line else ""))
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def picked(self) -> None:
        """Edit the line that was clicked."""
        self.action_command(RiskCommand.EDIT)

    def action_command(self, command: str) -> None:
        """Run a command, and show what it changed."""
        self.handler.run_command(RiskCommand(command), self._chosen)
        self.refresh_view()

    def action_undo(self) -> None:
        """Take the last step back, and show the board as it was."""
        self.handler.undo_step()
        self.refresh_view()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what does nothing for the line under the cursor."""
        if action != "command" or RiskCommand.NAME in parameters:
            return True
        line = self._chosen
        if RiskCommand.SIGN in parameters:
            return True if line and line.person else None
        if RiskCommand.EDIT in parameters:
            return True if line else None
        if RiskCommand.MARK in parameters:
            return True if line and line.risk else None
        return True if line and line.state not in (None, RiskState.OVER) else None

    @property
    def _chosen(self) -> RiskBoardLine | None:
        """The line under the cursor."""
        option = self.query_one(OptionList).highlighted_option
        return next((each for each in self._lines if option and each.key == option.id), None)


def _options(lines: tuple[RiskBoardLine, ...]) -> Iterator[Option]:
    people = [each for each in lines if each.person]
    known = [each for each in lines if each.risk]
    for heading, group in (
        (_("Who reports a problem or signs off"), people),
        (_("Risk register"), known),
    ):
        if group:
            yield Option(Content(heading).stylize("bold dim"), disabled=True)
        for each in group:
            colour = STATE_STYLES[each.state] if each.state else ""
            yield Option(
                HangingIndent(Content("  "), Content(each.text).stylize(colour)), id=each.key
            )


class RiskForm(Form[Risk]):
    """Edits a risk; who named the problem is asked once, when it is new."""

    def __init__(
        self,
        risk: Risk,
        *,
        is_new: bool,
        people: tuple[Person, ...],
        links: LinkOptions,
        handler: FormHandler[Risk],
    ) -> None:
        """Edit `risk`; `links` holds the KPIs and marketplaces that it may be linked to."""
        self._risk = risk
        self._is_new = is_new
        self._text = text_field("text", _("What is the problem?"), risk.text)
        self._solution = text_field("solution", _("What do you propose? (optional)"), risk.solution)
        self._raiser = person_field("raiser", _("Who names it?"), people, risk.raised_by)
        self._owner = person_field("owner", _("Who owns it?"), people, risk.owner, is_last=True)
        self._state = Choice(
            id="state",
            label=_("What is its state?"),
            options=tuple(
                (each, state_text(each, current_language()))
                for each in RiskState
                if each is not RiskState.OVER
            ),
            value=risk.state,
            is_list=True,
        )
        self._kpi = kpi_field(_("Which KPI is it about?"), risk.kpi, links)
        self._marketplace = marketplace_field(risk.marketplace, links)
        super().__init__(
            _("Name a problem") if is_new else risk.id,
            self._text,
            self._solution,
            *((self._raiser,) if is_new else ()),
            self._owner,
            side_by_side(self._state, self._kpi, self._marketplace),
            handler=handler,
        )

    def build(self, values: Values) -> Risk:
        """Return the risk as it was edited; raises RuleError where nobody names it."""
        raiser = values[self._raiser] if self._is_new else self._risk.raised_by
        if raiser is None:
            raise RuleError(N_("Write who names it. Naming a problem earns credit."))
        kpi, marketplace = values[self._kpi], values[self._marketplace]
        return replace(
            self._risk,
            text=values[self._text],
            solution=values[self._solution],
            raised_by=raiser,
            owner=values[self._owner],
            state=values[self._state] or self._risk.state,
            kpi=KpiId(kpi) if kpi else None,
            marketplace=Marketplace(marketplace) if kpi and marketplace else ALL,
        )
