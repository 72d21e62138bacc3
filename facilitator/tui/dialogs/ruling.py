"""The form of a ruling: the options side by side, and what was decided."""

from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Footer, Input, Label, RadioButton, Select, Static

from facilitator.domain.decision import Decision, Option, OptionId, Outcome
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.people import Person, PersonId
from facilitator.render.language import _
from facilitator.tui.dialogs.field_parsers import DateParser, known_person, parse_date
from facilitator.tui.dialogs.form import Form, SaveDraft, discard_draft, window_title
from facilitator.tui.widgets.radio import Radio, RadioGroup
from facilitator.tui.widgets.text_field import TextField

OPTION_FIELDS = (
    ("amendment", N_("Amended — what is different")),
    ("review", N_("Comes back for review on")),
    ("outside", N_("Decided outside the meeting on")),
)
"""What may be added where an option is chosen: id of the field, label."""


class RulingChoice(Struct, frozen=True, kw_only=True):
    """What the room wants to become of a question."""

    outcome: Outcome
    option: OptionId | None = None
    until: date | None = None
    rationale: str = ""
    decider: PersonId | None = None
    amendment: str = ""
    outside_on: date | None = None
    review_on: date | None = None


class RulingDialog(Form):
    """Shows all that the decider needs, and takes the ruling."""

    SUBMIT_FIELD = "rationale"

    BINDINGS = [
        Binding("f9", "recommended", N_("Take the recommendation"), id="ruling.recommended"),
    ]

    def __init__(
        self,
        decision: Decision,
        *,
        people: tuple[Person, ...],
        decider: PersonId | None,
        on_day: date,
        due_date: DateParser,
        submit: Callable[[RulingChoice], object],
        about: str = "",
        record: tuple[str, ...] = (),
        keep: SaveDraft = discard_draft,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Rule `decision`; `decider` is who decides unless another is chosen.

        `about` names the KPI that it was asked about; `record` is what stands of it so far.
        """
        super().__init__(keep=keep, draft=draft)
        self._decision = decision
        self._people = people
        self._decider = decider
        self._on = on_day
        self._due_date = due_date
        self._submit = submit
        self._about = about
        self._record = record

    def compose(self) -> ComposeResult:
        """The question and its background, the options side by side, then the ruling."""
        decision = self._decision
        with VerticalScroll(classes="window broad") as window:
            window.border_title = window_title(decision.id, self._about)
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
            yield Label(_("Put off until — empty for the next meeting"), classes="until")
            yield TextField("", id="until", classes="until")
            yield Label(_("Reason — the team reads it in the minutes"))
            yield TextField("", id="rationale")
            with Horizontal(classes="chosen"):
                for name, label in OPTION_FIELDS:
                    with Vertical():
                        yield Label(_(label))
                        yield TextField("", id=name)
            with Vertical(classes="decider"):
                yield Label(_("Decided by"))
                yield Select(
                    [(Content(each.name), each.id) for each in self._people],
                    value=known_person(self._decider, self._people) or Select.NULL,
                    prompt=_("Select"),
                    id="decider",
                    compact=True,
                )
            yield Footer(show_command_palette=False, compact=True)

    def _outcomes(self) -> ComposeResult:
        """All that may become of the question; an incomplete request is returned, if anything."""
        decision = self._decision
        with RadioGroup(id="outcome", compact=True):
            for option in decision.options:
                yield Radio(
                    self._title(option),
                    detail=Content(" · ").join(_cost_and_benefit(option)),
                    value=option.id == decision.recommended and not decision.is_incomplete,
                    name=f"option {option.id}",
                )
            yield Radio(Content(_("Put off")), name=Outcome.POSTPONED)
            yield Radio(
                Content(_("Return to the proposer, with what is missing")),
                name=Outcome.RETURNED,
                value=decision.is_incomplete,
            )
            yield Radio(Content(_("Drop the question")), name=Outcome.DROPPED)

    def on_mount(self) -> None:
        """Begin with the options."""
        super().on_mount()
        self._show_fields()
        self.query_one(RadioGroup).focus(scroll_visible=False)  # the question stays in view

    def on_resize(self) -> None:
        """Lay the dialog out, once the framework has told it how small the terminal is."""
        self.call_later(self._arrange_for_height)

    @on(RadioGroup.Changed)
    def show_fields(self) -> None:
        """Ask only for what belongs to the ruling that is chosen."""
        self._show_fields()

    def on_key(self, event: Key) -> None:
        """An option's letter chooses it, while no text is being written."""
        if isinstance(self.focused, Input):
            return
        chosen = f"option {(event.character or '').upper()}"
        for button in self.query(RadioButton):
            if button.name == chosen:
                event.stop()
                event.prevent_default()  # the letter is no text for a field
                button.value = True

    def action_recommended(self) -> None:
        """Take the recommendation as it is, with its why."""
        if self._decision.recommended is None:
            self.notify(_("Nobody recommended an option."), severity="warning")
            return
        name = f"option {self._decision.recommended}"
        for button in self.query(RadioButton):
            if button.name == name:
                button.value = True
        self.save()

    def send(self) -> str:
        """Hand the wish over."""
        pressed = self.query_one(RadioGroup).pressed_button
        if pressed is None or pressed.name is None:
            raise RuleError(N_("Choose an option first, or put the question off."))
        values = dict(self.fields())
        chosen = self.query_one("#decider", Select).value
        decider = PersonId(str(chosen)) if chosen is not Select.NULL else None
        is_chosen = pressed.name.startswith("option ")
        choice = RulingChoice(
            outcome=Outcome.CHOSEN if is_chosen else Outcome(pressed.name),
            rationale=values["rationale"],
            decider=decider,
        )
        if is_chosen:
            choice = replace(
                choice,
                option=OptionId(pressed.name.removeprefix("option ")),
                amendment=values["amendment"],
                outside_on=self._parse_date(values["outside"]),
                review_on=self._parse_date(values["review"]),
            )
        elif choice.outcome is Outcome.POSTPONED:
            choice = replace(choice, until=self._parse_date(values["until"]))
        self._submit(choice)
        return str(choice.outcome)

    def _parse_date(self, text: str) -> date | None:
        return parse_date(text, self._on, self._due_date)

    def _arrange_for_height(self) -> None:
        """Where few lines fit, what leads up to the question stands below what rules it."""
        known = self.query_one(".known")
        above = ".decider" if self.has_class("-short") else ".question"
        self.query_one(".window").move_child(known, after=self.query_one(above))

    def _show_fields(self) -> None:
        pressed = self.query_one(RadioGroup).pressed_button
        outcome = pressed.name if pressed is not None else None
        self.set_class(outcome == Outcome.POSTPONED, "-put-off")
        self.set_class((outcome or "").startswith("option "), "-chosen")

    def _title(self, option: Option) -> Content:
        star = " ★" if option.id == self._decision.recommended else ""
        return Content(f"{option.id}{star}  {option.title}")

    def _card(self, option: Option) -> Content:
        return Content("\n").join([self._title(option).stylize("bold"), *_cost_and_benefit(option)])


def _cost_and_benefit(option: Option) -> Iterator[Content]:
    """What an option costs, and what it brings."""
    if option.cost:
        yield Content(_("costs: {text}").format(text=option.cost))
    if option.expected:
        yield Content(_("brings: {text}").format(text=option.expected))
