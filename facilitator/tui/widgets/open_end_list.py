"""What is still open before the close; what must be settled first is marked."""

from dataclasses import dataclass

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from facilitator.domain.errors import N_
from facilitator.domain.open_ends import OpenEnd
from facilitator.render.language import _
from facilitator.render.markdown import one_line

MUST, MAY = "✗", "→"
"""Signs of what closing waits for, and of what is carried over by itself."""


class OpenEndList(OptionList):
    """Shows open ends; Enter settles one, and a key leaves it as it is with a reason."""

    ends: reactive[tuple[OpenEnd, ...]] = reactive((), init=False)

    BINDINGS = [
        Binding("enter", "select", N_("Settle"), id="review.settle"),
        Binding(
            "o",
            "accept",
            N_("Leave it open"),
            id="review.accept",
            tooltip=N_("With a reason, which the minutes keep"),
        ),
    ]

    @dataclass
    class Picked(Message):
        """One is to be settled."""

        end: OpenEnd

    @dataclass
    class AcceptAsked(Message):
        """One is to stay open, with a reason."""

        end: OpenEnd

    @property
    def end(self) -> OpenEnd | None:
        """The one under the cursor."""
        place = self.highlighted
        return self.ends[place] if place is not None and place < len(self.ends) else None

    def watch_ends(self, _before: object, ends: tuple[OpenEnd, ...]) -> None:
        """Show them, with the cursor where it was."""
        place = self.highlighted
        self.clear_options()
        self.add_options(Option(_prompt(end)) for end in ends)
        if ends:
            self.highlighted = min(place or 0, len(ends) - 1)

    def on_option_list_option_selected(self, selected: OptionList.OptionSelected) -> None:
        """Turn a list's word into this one's."""
        selected.stop()
        if self.end is not None:
            self.post_message(self.Picked(self.end))

    def action_accept(self) -> None:
        """Leave the one under the cursor as it is."""
        if self.end is not None:
            self.post_message(self.AcceptAsked(self.end))


def _prompt(end: OpenEnd) -> Content:
    said = one_line(end.says.said(_))
    if end.must_be_settled:
        return Content(f"{MUST} {said}")
    return Content(f"{MAY} {said}").stylize("dim")
