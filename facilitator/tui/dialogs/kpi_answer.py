"""The form of a KPI answer: causes and a proposal, or who finds the cause by when."""

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Footer, Input, Label, Static

from facilitator.domain.action import ActionItem
from facilitator.domain.errors import N_
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpis.causes import CauseSuggestion
from facilitator.domain.people import Person
from facilitator.render.language import _
from facilitator.tui.dialogs.field_parsers import DateParser, date_label, parse_date, parse_person
from facilitator.tui.dialogs.form import REPLACED_CLASS, Form, SaveDraft, discard_draft
from facilitator.tui.dialogs.proposal_fields import format_experiment, parse_experiment
from facilitator.tui.widgets.cause_field import CauseField
from facilitator.tui.widgets.text_field import TextField


class KpiAnswerDialog(Form):
    """Takes causes with a proposal; one key turns to who finds the cause by when."""

    BINDINGS = [
        Binding(
            "f9",
            "turn",
            N_("Not known yet"),
            id="answer.unknown",
            tooltip=N_("Name who finds the cause, and by when"),
        ),
    ]

    def __init__(
        self,
        answer: KpiAnswer,
        *,
        title: str,
        standing: str,
        offered: tuple[CauseSuggestion, ...],
        investigation: ActionItem,
        people: tuple[Person, ...],
        on_day: date,
        due_date: DateParser,
        explain: Callable[[KpiAnswer], object],
        assign: Callable[[ActionItem], object],
        keep: SaveDraft = discard_draft,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Edit `answer`, or `investigation`: the action that finds a cause nobody knows."""
        super().__init__(keep=keep, draft=draft)
        self._answer = answer
        self._title = title
        self._standing = standing
        self._offered = offered
        self._investigation = investigation
        self._people = people
        self._on = on_day
        self._due_date = due_date
        self._explain = explain
        self._assign = assign

    def compose(self) -> ComposeResult:
        """Where the KPI stands, then the lines of one answer; those of the other are hidden."""
        answer, investigation = self._answer, self._investigation
        names = [each.name for each in self._people]
        owner = next((each.name for each in self._people if each.id == investigation.owner), "")
        with VerticalScroll(classes="window") as window:
            window.border_title = Content(self._title).markup
            yield Static(Content(self._standing), classes="standing")
            yield Label(
                _("Causes — one or more, parted by “;”, or chosen below with ↓ and Enter"),
                classes="explained",
            )
            yield CauseField(self._offered, answer.causes)
            yield Label(_("Proposal — what will change it?"), classes="explained")
            yield TextField(answer.proposal, id="proposal", classes="explained")
            yield Label(
                _("Tried out first? — variant | measured by | stop date"), classes="explained"
            )
            yield TextField(
                format_experiment(answer.experiment), id="experiment", classes="explained"
            )
            yield Label(_("Evidence — a figure, a link, a file"), classes="explained")
            yield TextField(answer.evidence, id="evidence", classes="explained")
            who = _("Who finds the cause — one of: {names}").format(names=", ".join(names))
            yield Label(who, classes="unknown", markup=False)
            suggest = SuggestFromList(names, case_sensitive=False)
            yield TextField(
                owner, id="owner", classes=f"unknown {REPLACED_CLASS}", suggester=suggest
            )
            yield Label("", id="due-label", classes="unknown", markup=False)
            due = investigation.due.isoformat() if investigation.due else ""
            yield TextField(due, id="due", classes=f"unknown {REPLACED_CLASS}")
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Open at what was answered before, or was being typed."""
        super().on_mount()
        values = dict(self.fields())
        was_unknown = self._answer.verdict is Verdict.UNKNOWN
        self._turn(is_unknown=was_unknown or bool(values["due"] and not values["causes"]))
        self.show_parsed_date()

    @on(Input.Changed, "#due")
    def show_parsed_date(self) -> None:
        """Say how the date is read."""
        label = _("Answer by — “fri”, “+3d”, “下周五”, 2026-11-27")
        text = self.query_one("#due", Input).value
        label_with_date = date_label(label, text, self._on, self._due_date)
        self.query_one("#due-label", Label).update(Content(label_with_date))

    def enter(self, line: Input) -> None:
        """Take the cause that was walked to; without one, leave the line."""
        field = self.query_one(CauseField)
        if line is not field.line or not field.insert_highlighted():
            super().enter(line)

    def action_turn(self) -> None:
        """Turn from causes to who finds them, and back."""
        self._turn(is_unknown=not self._is_unknown)

    def send(self) -> str:
        """Hand the answer over."""
        values = dict(self.fields())
        if self._is_unknown:
            owner = parse_person(values["owner"], self._people)
            due = self._parse_date(values["due"])
            self._assign(replace(self._investigation, owner=owner, due=due))
        else:
            answer = replace(
                self._answer,
                causes=self.query_one(CauseField).causes,
                proposal=values["proposal"],
                experiment=parse_experiment(values["experiment"], self._parse_date),
                evidence=values["evidence"],
            )
            self._explain(answer)
        return self._title

    @property
    def _is_unknown(self) -> bool:
        return self.has_class("-unknown")

    def _turn(self, *, is_unknown: bool) -> None:
        self.set_class(is_unknown, "-unknown")
        first = "#causes"
        if is_unknown:
            first = "#due" if self.query_one("#owner", Input).value else "#owner"
        self.query_one(first, Input).focus()

    def _parse_date(self, text: str) -> date | None:
        return parse_date(text, self._on, self._due_date)
