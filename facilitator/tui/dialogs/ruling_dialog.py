"""The dialog in which a question is decided."""

from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.events import ScreenResume
from textual.widgets import Static

from facilitator.domain.decision import Decision, Option, OptionId, Outcome
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.people import Person, PersonId
from facilitator.render.language import _
from facilitator.tui.dialogs.field_parsers import (
    DateContext,
    date_field,
    person_choice,
    text_field,
)
from facilitator.tui.dialogs.form import (
    Form,
    FormHandler,
    Values,
    folded,
    in_mode,
    window_title,
)
from facilitator.tui.widgets.radio import Radio, RadioGroup

MAX_BESIDE = 4
"""The most options in a row."""
MIN_WIDTH = 27
"""The cells that an option needs to stand beside others; with fewer, they stand in a list."""


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


class RulingBrief(Struct, frozen=True, kw_only=True):
    """What is known of a question beside itself, line by line."""

    about: str = ""
    """The KPI that it was asked about."""
    shown: tuple[str, ...] = ()
    """The weeks of the KPI, the proposal, who reviewed it."""
    folded: tuple[str, ...] = ()
    """Everything else on record, such as the words of those who are for it."""


class RulingDialog(Form[RulingChoice]):
    """Shows all that the decider needs on one screen, and asks for the ruling.

    No option is chosen at first: the arrows or Enter choose one, and whatever is typed is the
    reason. So a reason against the recommendation never takes it.
    """

    AUTO_FOCUS = ""

    BINDINGS = [
        Binding("f9", "recommended", N_("Take the recommendation"), id="ruling.recommended"),
        Binding("f12", "round", N_("For or against"), id="ruling.round"),
    ]

    def __init__(
        self,
        decision: Decision,
        *,
        people: tuple[Person, ...],
        decider: PersonId | None,
        dates: DateContext,
        brief: Callable[[], RulingBrief],
        go_round: Callable[[], None],
        has_own_options: bool = True,
        handler: FormHandler[RulingChoice],
    ) -> None:
        """Rule `decision`; `decider` is who decides unless another is chosen.

        `brief` returns what is known of the question now; `go_round` asks those present where they
        stand. Where a question has no options of its own, `decision` has those offered instead.
        """
        self._decision = decision
        self._brief = brief
        self._go_round = go_round
        self._takes_recommendation = False
        self._postpone_label = _("Postpone") if has_own_options else _("Not now, it comes back")
        self._until = date_field("until", _("Postpone until — empty for the next meeting"), dates)
        reason = _("Reason — the team reads it in the minutes")
        self._rationale = text_field("rationale", reason, is_last=True)
        self._amendment = text_field("amendment", _("Amended — what is different"))
        self._review = date_field("review", _("Comes back for review on"), dates)
        self._outside = date_field("outside", _("Decided outside the meeting on"), dates)
        self._decider = person_choice("decider", _("Decided by"), decider, people)
        known = brief()
        super().__init__(
            window_title(decision.id, known.about),
            self._rationale,
            in_mode(Outcome.POSTPONED, self._until),
            folded(
                _("More: amended, review day, decided outside the meeting, by whom, who said what"),
                self._amendment,
                self._review,
                self._outside,
                self._decider,
                text="\n".join(known.folded),
            ),
            handler=handler,
            is_broad=True,
        )

    def compose_body(self) -> ComposeResult:
        """The question and what is known of it, the options side by side, then the ruling."""
        decision = self._decision
        yield Static(Content(decision.question).stylize("bold"), classes="question")
        with Vertical(classes="known"):
            yield Static(classes="brief")
            yield Static(Content(decision.background), classes="background")
        yield RadioGroup(*self._options(), *self._others(), id="outcome", compact=True)
        if decision.why:
            why = _("Why {option}: {why}").format(option=decision.recommended, why=decision.why)
            yield Static(Content(why), classes="why")
        yield from super().compose_body()

    def _options(self) -> Iterator[Radio]:
        for option in self._decision.options:
            star = " ★" if option.id == self._decision.recommended else ""
            yield Radio(
                Content(f"{option.id}{star}  {option.title}").stylize("bold"),
                details=tuple(_cost_and_benefit(option)),
                name=f"option {option.id}",
            )

    def _others(self) -> Iterator[Radio]:
        """What else may become of the question; an incomplete request is returned, if anything."""
        yield Radio(Content(self._postpone_label), name=Outcome.POSTPONED)
        yield Radio(
            Content(_("Return to the proposer")),
            name=Outcome.RETURNED,
            value=self._decision.is_incomplete,
        )
        yield Radio(Content(_("Drop the question")), name=Outcome.DROPPED)

    @on(ScreenResume)
    def show_brief(self) -> None:
        """Show what is known of the question, as it stands now."""
        self.query_one(".brief", Static).update(Content("\n".join(self._brief().shown)))

    def begin(self) -> None:
        """Begin at the recommendation."""
        group, decision = self.query_one(RadioGroup), self._decision
        if not decision.is_incomplete and decision.option(decision.recommended):
            group.begin_at(f"option {decision.recommended}")
        group.focus(scroll_visible=False)  # the question stays in view

    def save(self) -> None:
        """Decide; where nothing is chosen yet, go back to the options and say so."""
        if not self.mode:
            self.query_one(RadioGroup).focus()
        super().save()

    def on_resize(self) -> None:
        """Arrange the dialog once the framework has set the classes for the terminal's size."""
        self.call_later(self._arrange)

    def _arrange(self) -> None:
        """Put the options side by side where the terminal is wide enough."""
        group = self.query_one(RadioGroup)
        beside = min(max(len(self._decision.options), 1), MAX_BESIDE)
        group.set_class(self.app.size.width // beside >= MIN_WIDTH, "-beside")
        group.styles.grid_size_columns = beside
        self._move_known(after=".question")
        self.call_after_refresh(self._arrange_for_height)

    def _arrange_for_height(self) -> None:
        """Where few lines fit, show what leads up to the question below what rules it."""
        if self.query_one(".window").max_scroll_y:
            self._move_known(after="Collapsible")

    def _move_known(self, *, after: str) -> None:
        self.query_one(".window").move_child(self.query_one(".known"), after=self.query_one(after))

    @property
    def _pressed(self) -> str:
        """The name of the outcome that is chosen."""
        if self._takes_recommendation:
            return f"option {self._decision.recommended}"
        pressed = self.query_one(RadioGroup).pressed_button
        return (pressed.name or "") if pressed else ""

    @property
    def mode(self) -> str:
        """Ask only for what belongs to the outcome that is chosen."""
        return Outcome.CHOSEN if self._pressed.startswith("option ") else self._pressed

    def action_round(self) -> None:
        """Ask those present where they stand."""
        self.save_draft_now()
        self._go_round()

    def action_recommended(self) -> None:
        """Take the recommendation as it is, with its reason."""
        if self._decision.option(self._decision.recommended) is None:
            self.notify(_("There is no recommended option."), severity="warning")
            return
        self._takes_recommendation = True
        self.save()
        self._takes_recommendation = False

    def build(self, values: Values) -> RulingChoice:
        """Return the ruling; raises RuleError where no outcome is chosen."""
        if not self.mode:
            raise RuleError(
                N_("Nothing is chosen yet. Choose with the arrows and Enter, or press F9.")
            )
        is_chosen = self.mode == Outcome.CHOSEN
        return RulingChoice(
            outcome=Outcome(self.mode),
            option=OptionId(self._pressed.removeprefix("option ")) if is_chosen else None,
            until=values.get(self._until),
            rationale=values[self._rationale],
            decider=values[self._decider],
            amendment=values[self._amendment] if is_chosen else "",
            outside_on=values[self._outside],
            review_on=values[self._review],
        )


def _cost_and_benefit(option: Option) -> Iterator[Content]:
    """Return what an option costs, and what it brings."""
    if option.cost:
        yield Content(_("cost: {text}").format(text=option.cost))
    if option.expected:
        yield Content(_("expected: {text}").format(text=option.expected))
