"""A field for causes with a list of suggestions, the most frequent first."""

import re

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from facilitator.domain.errors import N_
from facilitator.domain.kpis.causes import CauseSuggestion
from facilitator.domain.wording.external_causes import is_external_cause
from facilitator.render.language import _
from facilitator.tui.widgets.text_field import TextField

SEPARATOR_PATTERN = re.compile("[;；]")
"""Separates causes."""
SEPARATOR = "; "


class CauseField(Vertical):
    """A field for several causes, over a list of those that match what is typed."""

    BINDINGS = [
        Binding(
            "down", "move_highlight(1)", N_("Choose"), id="cause.next", show=False, priority=True
        ),
        Binding(
            "up",
            "move_highlight(-1)",
            N_("Back up"),
            id="cause.previous",
            show=False,
            priority=True,
        ),
    ]

    line = getters.query_one(TextField)
    choices = getters.query_one(OptionList)

    def __init__(self, offered: tuple[CauseSuggestion, ...], causes: tuple[str, ...] = ()) -> None:
        """Begin with `causes`; suggest `offered`, in this order."""
        super().__init__()
        self._offered = offered
        self._causes = causes
        self._shown: tuple[CauseSuggestion, ...] = ()

    def compose(self) -> ComposeResult:
        """Yield the field, a hint, and the list, which never has the focus."""
        yield TextField(SEPARATOR.join(self._causes), id="causes")
        yield Static(_("That is outside our control. What can we do ourselves?"), classes="hint")
        choices = OptionList(markup=False)
        choices.can_focus = False
        yield choices

    def on_mount(self) -> None:
        """Show all suggestions."""
        self.hint()
        self.filter_choices()

    @on(Input.Changed)
    def hint(self) -> None:
        """Show the hint if every cause named is somebody else's doing."""
        self.query_one(".hint").display = is_external_cause(self.line.value)

    @on(Input.Changed)
    def filter_choices(self) -> None:
        """Suggest causes that match the text being typed and are not in the field yet."""
        *chosen, typed = SEPARATOR_PATTERN.split(self.line.value)
        taken = {each.strip().casefold() for each in chosen}
        wanted = typed.strip().casefold()
        self._shown = tuple(
            each
            for each in self._offered
            if wanted in each.text.casefold() and each.text.casefold() not in taken | {wanted}
        )
        self.choices.clear_options()
        self.choices.add_options(Option(_prompt(each)) for each in self._shown)
        self.choices.highlighted = None

    def insert_highlighted(self) -> bool:
        """Insert the highlighted cause; return whether there was one."""
        place = self.choices.highlighted
        if place is not None:
            self._insert(place)
        return place is not None

    @on(OptionList.OptionSelected)
    def insert_clicked(self, selected: OptionList.OptionSelected) -> None:
        """Insert the cause that was clicked."""
        selected.stop()
        self._insert(selected.option_index)
        self.line.focus()

    def action_move_highlight(self, by: int) -> None:
        """Move the highlight in the list; above the first cause there is none."""
        place = self.choices.highlighted
        if place is None:
            place = -1 if by > 0 else 0
        goal = min(place + by, len(self._shown) - 1)
        self.choices.highlighted = goal if goal >= 0 else None

    def _insert(self, place: int) -> None:
        """Replace the text being typed by a cause."""
        *chosen, _typed = SEPARATOR_PATTERN.split(self.line.value)
        causes = [each.strip() for each in chosen if each.strip()] + [self._shown[place].text]
        self.line.value = SEPARATOR.join(causes) + SEPARATOR
        self.line.cursor_position = len(self.line.value)


def split_causes(text: str) -> tuple[str, ...]:
    """Return the causes that stand in a line."""
    causes = (each.strip() for each in SEPARATOR_PATTERN.split(text))
    return tuple(each for each in causes if each)


def _prompt(cause: CauseSuggestion) -> Content:
    count = Content(f"  ×{cause.times}").stylize("dim") if cause.times else Content("")
    return Content(cause.text) + count
