"""The answer for a KPI: why it is where it is and what is proposed, or who finds that out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

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
from facilitator.tui.dialogs.due import DueDate, due_label, read_due
from facilitator.tui.dialogs.form import REPLACED, Form, Keep, forget
from facilitator.tui.dialogs.forms_of_kinds import experiment_as_line, read_experiment
from facilitator.tui.dialogs.people import read_person
from facilitator.tui.widgets.cause_field import CauseField
from facilitator.tui.widgets.line import Line


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
        promised: ActionItem,
        people: tuple[Person, ...],
        on_day: date,
        due_date: DueDate,
        explain: Callable[[KpiAnswer], object],
        promise: Callable[[ActionItem], object],
        keep: Keep = forget,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Edit `answer`, or where the cause is not known, `promised`: the action that finds it."""
        super().__init__(keep=keep, draft=draft)
        self._answer = answer
        self._title = title
        self._standing = standing
        self._offered = offered
        self._promised = promised
        self._people = people
        self._on = on_day
        self._due_date = due_date
        self._explain = explain
        self._promise = promise

    def compose(self) -> ComposeResult:
        """Where the KPI stands, then the lines of one answer; those of the other are hidden."""
        answer, promised = self._answer, self._promised
        names = [each.name for each in self._people]
        owner = next((each.name for each in self._people if each.id == promised.owner), "")
        with VerticalScroll(classes="window") as window:
            window.border_title = Content(self._title).markup
            yield Static(Content(self._standing), classes="standing")
            yield Label(
                _("Causes — one or more, parted by “;”, or chosen below with ↓ and Enter"),
                classes="explained",
            )
            yield CauseField(self._offered, answer.causes)
            yield Label(_("Proposal — what will change it?"), classes="explained")
            yield Line(answer.proposal, id="proposal", classes="explained")
            yield Label(
                _("Tried out first? — variant | measured by | stop date"), classes="explained"
            )
            yield Line(experiment_as_line(answer.experiment), id="experiment", classes="explained")
            yield Label(_("Evidence — a figure, a link, a file"), classes="explained")
            yield Line(answer.evidence, id="evidence", classes="explained")
            who = _("Who finds the cause — one of: {names}").format(names=", ".join(names))
            yield Label(who, classes="unknown", markup=False)
            suggest = SuggestFromList(names, case_sensitive=False)
            yield Line(owner, id="owner", classes=f"unknown {REPLACED}", suggester=suggest)
            yield Label("", id="due-label", classes="unknown", markup=False)
            due = promised.due.isoformat() if promised.due else ""
            yield Line(due, id="due", classes=f"unknown {REPLACED}")
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Open at what was answered before, or was being typed."""
        super().on_mount()
        values = dict(self.fields())
        was_promised = self._answer.verdict is Verdict.UNKNOWN
        self._turn(is_unknown=was_promised or bool(values["due"] and not values["causes"]))
        self.read_date()

    @on(Input.Changed, "#due")
    def read_date(self) -> None:
        """Say how the date is read."""
        label = _("Answer by — “fri”, “+3d”, “下周五”, 2026-11-27")
        text = self.query_one("#due", Input).value
        told = due_label(label, text, self._on, self._due_date)
        self.query_one("#due-label", Label).update(Content(told))

    def enter(self, line: Input) -> None:
        """Take the cause that was walked to; without one, leave the line."""
        field = self.query_one(CauseField)
        if line is not field.line or not field.take_highlighted():
            super().enter(line)

    def action_turn(self) -> None:
        """Turn from causes to who finds them, and back."""
        self._turn(is_unknown=not self._is_unknown)

    def send(self) -> str:
        """Hand the answer over."""
        values = dict(self.fields())
        if self._is_unknown:
            owner = read_person(values["owner"], self._people)
            due = self._read_date(values["due"])
            self._promise(replace(self._promised, owner=owner, due=due))
        else:
            answer = replace(
                self._answer,
                causes=self.query_one(CauseField).causes,
                proposal=values["proposal"],
                experiment=read_experiment(values["experiment"], self._read_date),
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

    def _read_date(self, text: str) -> date | None:
        return read_due(text, self._on, self._due_date)
