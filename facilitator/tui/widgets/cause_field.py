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
"""Parts one cause from the next."""
SEPARATOR = "; "


class CauseField(Vertical):
    """Takes several causes in one line; what is typed narrows the list under it."""

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
        """Begin with `causes`; `offered` are in the order in which they are shown."""
        super().__init__()
        self._offered = offered
        self._causes = causes
        self._shown: tuple[CauseSuggestion, ...] = ()

    def compose(self) -> ComposeResult:
        """The line over its list, which never takes the cursor."""
        yield TextField(SEPARATOR.join(self._causes), id="causes")
        yield Static(_("That is others’ doing: what is our own lever?"), classes="hint")
        choices = OptionList(markup=False)
        choices.can_focus = False
        yield choices

    def on_mount(self) -> None:
        """Offer everything at first."""
        self.hint()
        self.filter_choices()

    @property
    def causes(self) -> tuple[str, ...]:
        """What stands in the line, cause by cause."""
        causes = (each.strip() for each in SEPARATOR_PATTERN.split(self.line.value))
        return tuple(each for each in causes if each)

    @on(Input.Changed)
    def hint(self) -> None:
        """Ask softly for a lever of our own, where all that is named was done by others."""
        self.query_one(".hint").display = is_external_cause(self.line.value)

    @on(Input.Changed)
    def filter_choices(self) -> None:
        """Offer what fits what is being typed, and what is not chosen yet."""
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
        """Take the cause that was walked to, if there is one."""
        place = self.choices.highlighted
        if place is not None:
            self._insert(place)
        return place is not None

    @on(OptionList.OptionSelected)
    def insert_clicked(self, selected: OptionList.OptionSelected) -> None:
        """A click takes a cause as well."""
        selected.stop()
        self._insert(selected.option_index)
        self.line.focus()

    def action_move_highlight(self, by: int) -> None:
        """Walk the list with the cursor left in the line; above its first, it is left."""
        place = self.choices.highlighted
        if place is None:
            place = -1 if by > 0 else 0
        goal = min(place + by, len(self._shown) - 1)
        self.choices.highlighted = goal if goal >= 0 else None

    def _insert(self, place: int) -> None:
        """Put a cause in the place of what was being typed."""
        *chosen, _typed = SEPARATOR_PATTERN.split(self.line.value)
        causes = [each.strip() for each in chosen if each.strip()] + [self._shown[place].text]
        self.line.value = SEPARATOR.join(causes) + SEPARATOR
        self.line.cursor_position = len(self.line.value)


def _prompt(cause: CauseSuggestion) -> Content:
    count = Content(f"  ×{cause.times}").stylize("dim") if cause.times else Content("")
    return Content(cause.text) + count
