"""The list of open points before the close; blocking ones are marked."""

from dataclasses import dataclass

from msgspec import Struct
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from facilitator.domain.errors import N_
from facilitator.domain.open_points import OpenPoint

BLOCKING_MARK, CARRIED_MARK = "✗", "→"
"""Signs of what closing waits for, and of what is carried over by itself."""


class OpenPointLine(Struct, frozen=True, kw_only=True):
    """One open end, and the sentence that tells it."""

    end: OpenPoint
    text: str


class OpenPointList(OptionList):
    """Shows open ends; Enter settles one, and a key leaves it as it is with a reason."""

    lines: reactive[tuple[OpenPointLine, ...]] = reactive((), init=False)

    BINDINGS = [
        Binding("enter", "select", N_("Settle"), id="review.settle"),
        Binding(
            "o",
            "accept",
            N_("Leave open"),
            id="review.accept",
            tooltip=N_("With a reason, which the minutes keep"),
        ),
        Binding(
            "O",
            "accept_all",
            N_("Leave all open"),
            id="review.accept-all",
            tooltip=N_("One reason for everything that must be settled"),
        ),
    ]

    @dataclass
    class Picked(Message):
        """One is to be settled."""

        end: OpenPoint

    @dataclass
    class AcceptRequested(Message):
        """These are to stay open, with a reason."""

        lines: tuple[OpenPointLine, ...]

    @property
    def line(self) -> OpenPointLine | None:
        """The one under the cursor."""
        place = self.highlighted
        return self.lines[place] if place is not None and place < len(self.lines) else None

    def watch_lines(self, _before: object, lines: tuple[OpenPointLine, ...]) -> None:
        """Show them, with the cursor where it was: what was settled there has gone."""
        place = self.highlighted
        self.clear_options()
        self.add_options(Option(_prompt(line)) for line in lines)
        if lines:
            self.highlighted = min(place or 0, len(lines) - 1)

    def on_option_list_option_selected(self, selected: OptionList.OptionSelected) -> None:
        """Turn a list's word into this one's."""
        selected.stop()
        if self.line is not None:
            self.post_message(self.Picked(self.line.end))

    def action_accept(self) -> None:
        """Leave the one under the cursor as it is."""
        if self.line is not None:
            self.post_message(self.AcceptRequested((self.line,)))

    def action_accept_all(self) -> None:
        """Leave everything as it is that closing waits for."""
        blocking = tuple(line for line in self.lines if line.end.must_be_settled)
        if blocking:
            self.post_message(self.AcceptRequested(blocking))


def _prompt(line: OpenPointLine) -> Content:
    if line.end.must_be_settled:
        return Content(f"{BLOCKING_MARK} {line.text}")
    return Content(f"{CARRIED_MARK} {line.text}").stylize("dim")
