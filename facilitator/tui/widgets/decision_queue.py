"""The list of decisions: open questions and rulings."""

from dataclasses import dataclass

from msgspec import Struct
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from facilitator.domain.decision import Decision, DecisionId, Outcome
from facilitator.domain.errors import N_
from facilitator.domain.people import PersonId
from facilitator.render.language import _
from facilitator.tui.widgets.entry_list import EntryList, cursor_after, sensitive_prefix
from facilitator.tui.widgets.hanging_indent import HangingIndent


class DecisionLine(Struct, frozen=True, kw_only=True):
    """One question, ready to show."""

    decision: Decision
    about: str = ""
    """The KPI that it was asked about."""
    badges: str = ""
    """What it lacks, or whom its ruling passed by."""


class DecisionQueue(EntryList):
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
        Binding("f", "add_action", N_("To action"), id="decision.action", show=False),
        Binding("e", "edit", N_("Edit"), id="decision.edit", show=False),
        Binding(
            "v",
            "position",
            N_("Vet/stance"),
            id="decision.stance",
            show=False,
            tooltip=N_("Put on the record who vetted the question, who is for it or against it"),
        ),
        Binding(
            "w",
            "bypass",
            N_("Past supervisor"),
            id="decision.shortcut",
            show=False,
            tooltip=N_("Hand a ruling past the supervisor to them, or accept it with a reason"),
        ),
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
    class EditRequested(Message):
        """A question is to be worded anew."""

        decision_id: DecisionId

    @dataclass
    class ReopenRequested(Message):
        """A ruling of today is to be taken back."""

        decision_id: DecisionId

    @dataclass
    class ActionRequested(Message):
        """Somebody is to carry the decision out."""

        decision_id: DecisionId
        owner: PersonId | None = None
        """Who is to have it, where that is known."""

    @dataclass
    class PositionRequested(Message):
        """Somebody takes a stance on a question."""

        decision_id: DecisionId

    @dataclass
    class BypassRequested(Message):
        """A ruling past the supervisor is to be put right."""

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
            self.post_message(self.EditRequested(self.decision.id))

    def action_reopen(self) -> None:
        """Open the one under the cursor again."""
        if self.decision is not None:
            self.post_message(self.ReopenRequested(self.decision.id))

    def action_position(self) -> None:
        """Put a stance on the record."""
        if self.decision is not None:
            self.post_message(self.PositionRequested(self.decision.id))

    def action_bypass(self) -> None:
        """Put a ruling past the supervisor right."""
        if self.decision is not None:
            self.post_message(self.BypassRequested(self.decision.id))

    def action_add_action(self) -> None:
        """Add an action item that carries the one under the cursor out."""
        if self.decision is not None:
            self.post_message(self.ActionRequested(self.decision.id))


def _prompt(line: DecisionLine) -> HangingIndent:
    decision = line.decision
    mark, suffix, colour = _mark_text_colour(decision)
    question = f"{sensitive_prefix(is_sensitive=decision.is_sensitive)}{decision.question}{suffix}"
    words = Content(question).stylize(colour)
    if line.badges and (not decision.ruling or decision.ruling.outcome is Outcome.CHOSEN):
        words += Content(f"  {line.badges}")
    if line.about and decision.ruling is None:
        words += Content(f"  → {line.about}").stylize("dim")
    return HangingIndent(Content(f"{mark} {decision.id} ").stylize(colour), words)


def _mark_text_colour(decision: Decision) -> tuple[str, str, str]:
    """The mark of a question, what became of it, and the colour."""
    if decision.ruling is None:
        return "?", f"  ★{decision.recommended}" if decision.recommended else "", ""
    match decision.ruling.outcome:
        case Outcome.CHOSEN:
            chosen = decision.chosen
            return "✓", f"  → {chosen.id} {chosen.title}" if chosen else "", "dim"
        case Outcome.POSTPONED:
            until = decision.ruling.until
            day = until.isoformat() if until else _("next meeting")
            return "↷", f"  → {day}", "dim"
        case Outcome.RETURNED:
            return "↩", "  " + _("returned"), "dim"
        case Outcome.DROPPED:
            return "✗", "  " + _("dropped"), "dim"
