"""The forms of decisions: the editor, the ruling, and a person's position."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from msgspec import Struct
from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import RadioButton, Select, Static

from facilitator.domain.decision import (
    Decision,
    DecisionKind,
    Option,
    OptionId,
    Outcome,
    PositionKind,
)
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.people import Person, PersonId
from facilitator.render.decision import VIEW_NAMES
from facilitator.render.language import _
from facilitator.tui.dialogs.field_parsers import DateContext, person_choice, text_field
from facilitator.tui.dialogs.form import (
    Choice,
    Field,
    Form,
    FormHandler,
    Values,
    in_mode,
    side_by_side,
    window_title,
)
from facilitator.tui.dialogs.proposal_fields import KIND_LABELS, ProposalFields
from facilitator.tui.widgets.radio import Radio, RadioGroup

LETTERS = "ABCD"
"""The options that the editor has room for."""


class DecisionEditor(Form[Decision]):
    """Edits a question: its kind, proposal, background, options, and which is recommended."""

    def __init__(
        self,
        decision: Decision,
        *,
        is_new: bool,
        people: tuple[Person, ...],
        dates: DateContext,
        about: str = "",
        handler: FormHandler[Decision],
    ) -> None:
        """Edit `decision`; `about` names the KPI that it belongs to."""
        self._decision = decision
        self._question = text_field("question", _("What is to be decided?"), decision.question)
        self._kind = Choice(
            id="kind",
            label=_("Kind of question"),
            options=tuple((kind, _(label)) for kind, label in KIND_LABELS.items()),
            value=decision.kind,
            is_list=True,
        )
        self._proposal = ProposalFields(decision, dates)
        self._background = text_field("background", _("Background"), decision.background)
        self._options = [
            _option_field(letter, decision.options[place : place + 1])
            for place, letter in enumerate(LETTERS)
        ]
        self._recommended = Field(
            id="recommended",
            label=_("Recommended option, and why — “B because …”"),
            value=f"{decision.recommended} {decision.why}".strip() if decision.recommended else "",
            parse=_parse_recommendation,
        )
        self._proposer = person_choice("proposer", _("Proposed by"), decision.proposer, people)
        super().__init__(
            window_title(_("New question") if is_new else decision.id, about),
            self._question,
            self._kind,
            *self._proposal.groups,
            self._background,
            *self._options,
            self._recommended,
            self._proposer,
            handler=handler,
        )

    @property
    def mode(self) -> DecisionKind:
        """Ask only for what belongs to the kind that is chosen."""
        return self.chosen(self._kind) or DecisionKind.CHOICE

    def begin(self) -> None:
        """Choose the kind whose fields an earlier draft has begun."""
        begun = (self.modes[each.id] for each in self.text_fields if self.line_of(each).value)
        self.query_one("#kind", Select).value = DecisionKind(next(filter(None, begun), self.mode))
        self.show_fields()

    def build(self, values: Values) -> Decision:
        """Return the question as it was edited."""
        options = tuple(filter(None, (values[each] for each in self._options)))
        if not options and self.mode is not DecisionKind.CHOICE:
            options = (
                Option(id=OptionId("A"), title=_("Approve it")),
                Option(id=OptionId("B"), title=_("Leave things as they are")),
            )
        options += self._decision.options[len(LETTERS) :]
        recommended, why = values[self._recommended]
        if recommended is not None and recommended not in {option.id for option in options}:
            raise RuleError(N_("Begin the recommendation with the letter of an option."))
        edited = replace(
            self._decision,
            proposer=values[self._proposer],
            question=values[self._question],
            background=values[self._background],
            options=options,
            recommended=recommended,
            why=why,
        )
        return self._proposal.apply(edited, self.mode, values)


def _option_field(letter: str, known: tuple[Option, ...]) -> Field[Option | None]:
    """Return the field of an option: `title | cost | what it brings`."""
    texts = [" | ".join((each.title, each.cost, each.expected)).rstrip(" |") for each in known]
    return Field(
        id=f"option-{letter}",
        label=_("Option {letter} — title | cost | expected result").format(letter=letter),
        value="".join(texts),
        parse=partial(_parse_option, OptionId(letter)),
    )


def _parse_option(option_id: OptionId, text: str) -> Option | None:
    if not text.strip():
        return None
    title, cost, expected = ([part.strip() for part in text.split("|", 2)] + ["", ""])[:3]
    return Option(id=option_id, title=title, cost=cost, expected=expected)


def _parse_recommendation(text: str) -> tuple[OptionId | None, str]:
    """Return the option that a recommendation begins with, and the reason."""
    letter, _space, why = text.strip().partition(" ")
    return OptionId(letter.upper().rstrip(":,;.")) if letter else None, why.strip()


class RulingChoice(Struct, frozen=True, kw_only=True):
    """What is decided about a question."""

    outcome: Outcome
    option: OptionId | None = None
    until: date | None = None
    rationale: str = ""
    decider: PersonId | None = None
    amendment: str = ""
    outside_on: date | None = None
    review_on: date | None = None


class RulingDialog(Form[RulingChoice]):
    """Shows all that the decider needs, and asks for the ruling."""

    AUTO_FOCUS = ""

    BINDINGS = [
        Binding("f9", "recommended", N_("Take the recommendation"), id="ruling.recommended"),
    ]

    def __init__(
        self,
        decision: Decision,
        *,
        people: tuple[Person, ...],
        decider: PersonId | None,
        dates: DateContext,
        about: str = "",
        record: tuple[str, ...] = (),
        handler: FormHandler[RulingChoice],
    ) -> None:
        """Rule `decision`; `decider` is who decides unless another is chosen.

        `about` names the KPI that it was asked about; `record` is what was noted of it so far.
        """
        self._decision = decision
        self._record = record
        self._until: Field[date | None] = Field(
            id="until",
            label=_("Postpone until — empty for the next meeting"),
            parse=dates.parse,
        )
        self._rationale = text_field(
            "rationale", _("Reason — the team reads it in the minutes"), is_last=True
        )
        self._amendment = text_field("amendment", _("Amended — what is different"))
        self._review, self._outside = (
            Field(id=name, label=label, parse=dates.parse)
            for name, label in (
                ("review", _("Comes back for review on")),
                ("outside", _("Decided outside the meeting on")),
            )
        )
        self._decider = person_choice("decider", _("Decided by"), decider, people)
        super().__init__(
            window_title(decision.id, about),
            in_mode(Outcome.POSTPONED, self._until),
            self._rationale,
            side_by_side(self._amendment, self._review, self._outside, mode=Outcome.CHOSEN),
            self._decider,
            handler=handler,
            is_broad=True,
        )

    def compose_body(self) -> ComposeResult:
        """The question and its background, the options side by side, then the ruling."""
        decision = self._decision
        yield Static(Content(decision.question).stylize("bold"), classes="question")
        with Vertical(classes="known"):
            if decision.background:
                yield Static(Content(decision.background), classes="background")
            for line in self._record:
                yield Static(Content(line), classes="record")
        with Horizontal(classes="options"):
            for option in decision.options:
                yield Static(self._card(option), classes="option")
        if decision.why:
            why = _("Why {option}: {why}").format(option=decision.recommended, why=decision.why)
            yield Static(Content(why), classes="why")
        yield from self._outcomes()
        yield from super().compose_body()

    def _outcomes(self) -> ComposeResult:
        """All that may become of the question; an incomplete request is returned, if anything."""
        decision = self._decision
        with RadioGroup(id="outcome", compact=True):
            for option in decision.options:
                yield Radio(
                    self._title_of(option),
                    detail=Content(" · ").join(_cost_and_benefit(option)),
                    value=option.id == decision.recommended and not decision.is_incomplete,
                    name=f"option {option.id}",
                )
            yield Radio(Content(_("Postpone")), name=Outcome.POSTPONED)
            yield Radio(
                Content(_("Return to the proposer, with what is missing")),
                name=Outcome.RETURNED,
                value=decision.is_incomplete,
            )
            yield Radio(Content(_("Drop the question")), name=Outcome.DROPPED)

    def begin(self) -> None:
        """Begin with the options."""
        self.query_one(RadioGroup).focus(scroll_visible=False)  # the question stays in view

    def on_resize(self) -> None:
        """Arrange the dialog once the framework has set the classes for the terminal's size."""
        self.call_later(self._arrange_for_height)

    def _arrange_for_height(self) -> None:
        """Where few lines fit, show what leads up to the question below what rules it."""
        known = self.query_one(".known")
        above = "#decider" if self.has_class("-short") else ".question"
        self.query_one(".window").move_child(known, after=self.query_one(above))

    @property
    def _pressed(self) -> str:
        """The name of the outcome that is chosen."""
        pressed = self.query_one(RadioGroup).pressed_button
        return (pressed.name or "") if pressed else ""

    @property
    def mode(self) -> str:
        """Ask only for what belongs to the outcome that is chosen."""
        return Outcome.CHOSEN if self._pressed.startswith("option ") else self._pressed

    def action_recommended(self) -> None:
        """Take the recommendation as it is, with its reason."""
        if self._decision.recommended is None:
            self.notify(_("There is no recommended option."), severity="warning")
            return
        button = self._button(f"option {self._decision.recommended}")
        if button is not None:
            button.value = True
        self.call_later(self.save)  # once the group has learned of its button

    def _button(self, name: str) -> RadioButton | None:
        """Return the button of an outcome, or None where there is none of that name."""
        return next((each for each in self.query(RadioButton) if each.name == name), None)

    def build(self, values: Values) -> RulingChoice:
        """Return the ruling; raises RuleError where no outcome is chosen."""
        if not self.mode:
            raise RuleError(N_("Choose an option first, or postpone the question."))
        is_chosen = self.mode == Outcome.CHOSEN
        return RulingChoice(
            outcome=Outcome(self.mode),
            option=OptionId(self._pressed.removeprefix("option ")) if is_chosen else None,
            until=values.get(self._until),
            rationale=values[self._rationale],
            decider=values[self._decider],
            amendment=values.get(self._amendment) or "",
            outside_on=values.get(self._outside),
            review_on=values.get(self._review),
        )

    def _title_of(self, option: Option) -> Content:
        star = " ★" if option.id == self._decision.recommended else ""
        return Content(f"{option.id}{star}  {option.title}")

    def _card(self, option: Option) -> Content:
        title = self._title_of(option).stylize("bold")
        return Content("\n").join([title, *_cost_and_benefit(option)])


def _cost_and_benefit(option: Option) -> Iterator[Content]:
    """Return what an option costs, and what it brings."""
    if option.cost:
        yield Content(_("cost: {text}").format(text=option.cost))
    if option.expected:
        yield Content(_("expected: {text}").format(text=option.expected))


class Position(Struct, frozen=True, kw_only=True):
    """What a person says of a question."""

    person: PersonId
    view: PositionKind
    words: str


class PositionDialog(Form[Position]):
    """Asks for one person's position on a question, and for their words."""

    AUTO_FOCUS = "RadioGroup"

    def __init__(
        self,
        title: str,
        *,
        people: tuple[Person, ...],
        person: PersonId | None,
        view: PositionKind,
        handler: FormHandler[Position],
    ) -> None:
        """Ask about the question `title`; begin with a person and a position."""
        self._person = person_choice("person", _("Who?"), person, people)
        self._view = Choice(
            id="view",
            options=tuple((each, _(label)) for each, label in VIEW_NAMES.items()),
            value=view,
        )
        self._words = text_field("words", _("In their own words — goes into the minutes"))
        super().__init__(title, self._person, self._view, self._words, handler=handler)

    def build(self, values: Values) -> Position:
        """Return the position; raises RuleError where person or position is missing."""
        person, view = values[self._person], values[self._view]
        if person is None or view is None:
            raise RuleError(N_("Choose a person and their position."))
        return Position(person=person, view=view, words=values[self._words])
