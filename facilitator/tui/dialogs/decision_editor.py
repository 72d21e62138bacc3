"""The form of a decision: the question, its kind and its options."""

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Label, Select

from facilitator.domain.decision import Decision, DecisionKind, Option, OptionId
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.people import Person, PersonId
from facilitator.render.language import _
from facilitator.tui.dialogs.field_parsers import DateParser, known_person, parse_date
from facilitator.tui.dialogs.form import Form, SaveDraft, discard_draft, window_title
from facilitator.tui.dialogs.proposal_fields import (
    KIND_LABELS,
    PROPOSAL_FIELDS,
    format_proposal,
    with_proposal,
)
from facilitator.tui.widgets.text_field import TextField

LETTERS = "ABCD"
"""Options that the editor has room for."""


class DecisionEditor(Form):
    """A question, the form of its kind, its background, options, and which is recommended."""

    def __init__(
        self,
        decision: Decision,
        *,
        is_new: bool,
        people: tuple[Person, ...],
        on_day: date,
        due_date: DateParser,
        submit: Callable[[Decision], object],
        about: str = "",
        keep: SaveDraft = discard_draft,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Edit `decision`, and hand it to `submit`; `about` names the KPI that it belongs to."""
        super().__init__(keep=keep, draft=draft)
        self._decision = decision
        self._is_new = is_new
        self._people = people
        self._on = on_day
        self._due_date = due_date
        self._submit = submit
        self._about = about

    def compose(self) -> ComposeResult:
        """A line a field."""
        decision = self._decision
        with VerticalScroll(classes="window") as window:
            title = _("New question") if self._is_new else decision.id
            window.border_title = window_title(title, self._about)
            yield Label(_("What is to be decided?"))
            yield TextField(decision.question, id="question")
            yield Label(_("Kind of question"))
            yield Select(
                [(Content(_(label)), kind) for kind, label in KIND_LABELS.items()],
                value=decision.kind,
                allow_blank=False,
                id="kind",
                compact=True,
            )
            known_lines = format_proposal(decision)
            for kind, name, label in PROPOSAL_FIELDS:
                yield Label(_(label), classes=f"of-kind {kind}")
                yield TextField(known_lines.get(name, ""), id=name, classes=f"of-kind {kind}")
            yield Label(_("Background"))
            yield TextField(decision.background, id="background")
            for place, letter in enumerate(LETTERS):
                known = decision.options[place] if place < len(decision.options) else None
                yield Label(
                    _("Option {letter} — title | cost | what it brings").format(letter=letter)
                )
                yield TextField(_format_option(known), id=f"option-{letter}")
            yield Label(_("Recommended option, and why — “B because …”"))
            yield TextField(_format_recommendation(decision), id="recommended")
            yield Label(_("Proposed by"))
            yield Select(
                [(Content(each.name), each.id) for each in self._people],
                value=known_person(decision.proposer, self._people) or Select.NULL,
                prompt=_("Select"),
                id="proposer",
                compact=True,
            )
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Show the lines of its kind, which an earlier draft may have begun."""
        super().on_mount()
        values = dict(self.fields())
        begun = next((kind for kind, name, _label in PROPOSAL_FIELDS if values[name]), None)
        if begun is not None:
            self.query_one("#kind", Select).value = begun
        self.show_kind()

    @on(Select.Changed, "#kind")
    def show_kind(self) -> None:
        """Ask only for what belongs to the kind that is chosen."""
        for each in self.query(".of-kind"):
            each.display = each.has_class(self._kind)

    @property
    def _kind(self) -> DecisionKind:
        return DecisionKind(str(self.query_one("#kind", Select).value))

    def _parse_date(self, text: str) -> date | None:
        return parse_date(text, self._on, self._due_date)

    def send(self) -> str:
        """Hand the question over."""
        values = dict(self.fields())
        options = tuple(
            _parse_option(letter, values[f"option-{letter}"])
            for letter in LETTERS
            if values[f"option-{letter}"].strip()
        )
        if not options and self._kind is not DecisionKind.CHOICE:
            options = (
                Option(id=OptionId("A"), title=_("Approve it")),
                Option(id=OptionId("B"), title=_("Leave things as they are")),
            )
        letter, _space, why = values["recommended"].strip().partition(" ")
        named = OptionId(letter.upper().rstrip(":,;.")) if letter else None
        options += self._decision.options[len(LETTERS) :]
        if named is not None and named not in {option.id for option in options}:
            raise RuleError(N_("Begin the recommendation with the letter of an option."))
        proposer = self.query_one("#proposer", Select).value
        edited = replace(
            self._decision,
            proposer=None if proposer is Select.NULL else PersonId(str(proposer)),
            question=values["question"],
            background=values["background"],
            options=options,
            recommended=named,
            why=why.strip(),
        )
        edited = with_proposal(edited, self._kind, values, self._parse_date)
        self._submit(edited)
        return edited.question


def _format_option(option: Option | None) -> str:
    if option is None:
        return ""
    parts = [option.title, option.cost, option.expected]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def _parse_option(letter: str, text: str) -> Option:
    title, cost, expected = ([part.strip() for part in text.split("|", 2)] + ["", ""])[:3]
    return Option(id=OptionId(letter), title=title, cost=cost, expected=expected)


def _format_recommendation(decision: Decision) -> str:
    return f"{decision.recommended} {decision.why}".strip() if decision.recommended else ""
