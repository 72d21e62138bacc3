"""The decision queue: questions that wait, and what became of them."""

from dataclasses import dataclass

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from facilitator.domain.decision import Decision, DecisionId, Outcome
from facilitator.domain.errors import N_
from facilitator.render.language import _
from facilitator.tui.widgets.cursor import cursor_after


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """One question, ready to show."""

    decision: Decision
    about: str = ""
    """The KPI that it was asked about."""


class DecisionQueue(OptionList):
    """Shows decisions; Enter opens one for its ruling."""

    lines_shown: reactive[tuple[DecisionLine, ...]] = reactive((), init=False)

    BINDINGS = [
        Binding("enter", "select", N_("Rule"), id="decision.rule", show=False),
        Binding(
            "y",
            "recommended",
            N_("Take ★"),
            id="decision.recommended",
            show=False,
            tooltip=N_("Rule the question as recommended, at once"),
        ),
        Binding("f", "follow", N_("Action from it"), id="decision.action", show=False),
        Binding("e", "edit", N_("Edit"), id="decision.edit", show=False),
        Binding("o", "reopen", N_("Reopen"), id="decision.reopen", show=False),
    ]

    @dataclass
    class Picked(Message):
        """A question is to be ruled."""

        decision_id: DecisionId

    @dataclass
    class RecommendationTaken(Message):
        """The recommended option is to be the ruling."""

        decision_id: DecisionId

    @dataclass
    class EditAsked(Message):
        """A question is to be worded anew."""

        decision_id: DecisionId

    @dataclass
    class ReopenAsked(Message):
        """A ruling of today is to be taken back."""

        decision_id: DecisionId

    @dataclass
    class ActionAsked(Message):
        """Somebody is to carry the decision out."""

        decision_id: DecisionId

    @property
    def decision(self) -> Decision | None:
        """The one under the cursor."""
        place, lines = self.highlighted, self.lines_shown
        return lines[place].decision if place is not None and place < len(lines) else None

    def watch_lines_shown(
        self, before: tuple[DecisionLine, ...], lines: tuple[DecisionLine, ...]
    ) -> None:
        """Show them, with the cursor on a new one or where it was."""
        ids = [each.decision.id for each in lines]
        place = cursor_after([each.decision.id for each in before], ids, self.highlighted)
        self.clear_options()
        self.add_options(Option(_prompt(each), id=each.decision.id) for each in lines)
        self.highlighted = place

    def on_option_list_option_selected(self, selected: OptionList.OptionSelected) -> None:
        """Turn a list's word into the queue's."""
        selected.stop()
        if self.decision is not None:
            self.post_message(self.Picked(self.decision.id))

    def action_recommended(self) -> None:
        """Take the recommendation of the one under the cursor."""
        if self.decision is not None:
            self.post_message(self.RecommendationTaken(self.decision.id))

    def action_edit(self) -> None:
        """Word the one under the cursor anew."""
        if self.decision is not None:
            self.post_message(self.EditAsked(self.decision.id))

    def action_reopen(self) -> None:
        """Open the one under the cursor again."""
        if self.decision is not None:
            self.post_message(self.ReopenAsked(self.decision.id))

    def action_follow(self) -> None:
        """Add an action item that carries the one under the cursor out."""
        if self.decision is not None:
            self.post_message(self.ActionAsked(self.decision.id))


def _prompt(line: DecisionLine) -> Content:
    decision = line.decision
    head = f"{decision.id} {decision.question}"
    if decision.ruling is None:
        star = f"  ★{decision.recommended}" if decision.recommended else ""
        came_back = "  " + _("came back") if decision.times_postponed else ""
        about = Content(f"  → {line.about}" if line.about else "").stylize("dim")
        return Content(f"? {head}{star}{came_back}") + about
    match decision.ruling.outcome:
        case Outcome.CHOSEN:
            chosen = decision.chosen
            told = f"  → {chosen.id} {chosen.title}" if chosen else ""
            return Content(f"✓ {head}{told}").stylize("dim")
        case Outcome.POSTPONED:
            until = decision.ruling.until
            day = until.isoformat() if until else _("next meeting")
            return Content(f"↷ {head}  → {day}").stylize("dim")
        case Outcome.DROPPED:
            return Content(f"✗ {head}  " + _("dropped")).stylize("dim")
