"""The form of a KPI answer: causes and a proposal, or who finds the cause by when."""

from typing import Any

from msgspec.structs import replace
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from facilitator.domain.action import ActionItem
from facilitator.domain.errors import N_
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpis.causes import CauseSuggestion
from facilitator.domain.people import Person
from facilitator.render.language import _
from facilitator.tui.dialogs.field_parsers import (
    DateContext,
    date_field,
    person_field,
    text_field,
)
from facilitator.tui.dialogs.form import Field, Form, FormHandler, Values, in_mode
from facilitator.tui.dialogs.proposal_fields import experiment_field
from facilitator.tui.widgets.cause_field import CauseField, split_causes

EXPLAINED, UNKNOWN = Verdict.EXPLAINED, Verdict.UNKNOWN
"""The modes of the form."""


class KpiAnswerDialog(Form[KpiAnswer | ActionItem]):
    """Asks for causes with a proposal; one key turns to who finds the cause by when.

    Submits the answer, or the action item that finds a cause nobody knows.
    """

    AUTO_FOCUS = ""

    BINDINGS = [
        Binding(
            "f9",
            "turn",
            N_("Not known yet"),
            id="answer.unknown",
            tooltip=N_("Name who will find the cause, and by when"),
        ),
    ]

    _mode: Verdict = EXPLAINED

    def __init__(
        self,
        answer: KpiAnswer,
        *,
        title: str,
        standing: str,
        offered: tuple[CauseSuggestion, ...],
        investigation: ActionItem,
        people: tuple[Person, ...],
        dates: DateContext,
        handler: FormHandler[KpiAnswer | ActionItem],
    ) -> None:
        """Edit `answer`, or `investigation`; `standing` says where the KPI is."""
        self._answer, self._investigation, self._offered = answer, investigation, offered
        self._causes = Field(
            id="causes",
            label=_("Causes — one or more, separated by “;”, or choose below with ↓ and Enter"),
            parse=split_causes,
        )
        self._proposal = text_field(
            "proposal", _("Proposal — what will change it?"), answer.proposal
        )
        self._experiment = experiment_field(
            "experiment",
            _("Test it first? — variant | measured by | stop date"),
            answer.experiment,
            dates,
        )
        self._evidence = text_field(
            "evidence", _("Evidence — a number, a link, a file"), answer.evidence
        )
        self._owner = person_field(
            "owner", _("Who finds the cause — one of: {names}"), people, investigation.owner
        )
        self._due = date_field(
            "due", _("Answer by — “fri”, “next fri”, “+3d”, 2026-11-27"), dates, investigation.due
        )
        super().__init__(
            title,
            Static(Content(standing), classes="standing"),
            Static(_("What happened · what of it is ours · what we do · what we need"), id="cue"),
            in_mode(EXPLAINED, self._causes, self._proposal, self._experiment, self._evidence),
            in_mode(UNKNOWN, self._owner, self._due),
            handler=handler,
        )

    def field_widget(self, declared: Field[Any]) -> Widget:
        """Return a line with suggestions for the causes."""
        if declared is self._causes:
            return CauseField(self._offered, self._answer.causes)
        return super().field_widget(declared)

    @property
    def mode(self) -> Verdict:
        """Which of the two answers is given."""
        return self._mode

    def begin(self) -> None:
        """Begin with the answer that was given before, or was being typed."""
        has_begun = self.line_of(self._due).value and not self.line_of(self._causes).value
        self._turn(UNKNOWN if has_begun or self._answer.verdict is UNKNOWN else EXPLAINED)

    def enter(self, line: Input) -> None:
        """Insert the highlighted cause; without one, leave the line."""
        field = self.query_one(CauseField)
        if line is not field.line or not field.insert_highlighted():
            super().enter(line)

    def action_turn(self) -> None:
        """Turn from causes to who finds them, and back."""
        self._turn(EXPLAINED if self._mode is UNKNOWN else UNKNOWN)

    def build(self, values: Values) -> KpiAnswer | ActionItem:
        """Return the answer, or the action item that finds the cause."""
        if self._mode is UNKNOWN:
            return replace(self._investigation, owner=values[self._owner], due=values[self._due])
        return replace(
            self._answer,
            causes=values[self._causes],
            proposal=values[self._proposal],
            experiment=values[self._experiment],
            evidence=values[self._evidence],
        )

    def _turn(self, mode: Verdict) -> None:
        self._mode = mode
        self.show_fields()
        first: Field[Any] = self._causes
        if mode is UNKNOWN:
            first = self._due if self.line_of(self._owner).value else self._owner
        self.line_of(first).focus()
