"""The base class of panes: parts of the meeting screen that run rules."""

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from facilitator.domain.meeting import Meeting
from facilitator.domain.rules.entries import toggle_sensitivity
from facilitator.render.language import _
from facilitator.tui.controller import MeetingController
from facilitator.tui.widgets.entry_list import MARK_SENSITIVE, EntryList

CORNERS = 4
"""The cells of the two corners of a frame, and of the blanks beside what stands in it."""


def join_whole(hints: list[Content], width: int) -> Content:
    """Join hints with blanks; with an ellipsis, and without cutting one, where not all fit."""
    joined = Content(" ").join(hints)
    if joined.cell_length <= width:
        return joined
    fitting = hints[:-1]
    while fitting and Content(" ").join(fitting).cell_length > width - 2:
        fitting.pop()
    return Content(" ").join([*fitting, Content("…")])


class Pane(Vertical):
    """A part of the meeting screen that shows a slice of the meeting, and runs rules on it."""

    def __init__(self, controller: MeetingController, *, id: str) -> None:  # noqa: A002
        """Run rules with `controller`."""
        super().__init__(id=id)
        self.controller = controller

    @property
    def frame(self) -> Widget:
        """What has the border: the pane, unless a part of it has its own."""
        return self

    def on_descendant_focus(self) -> None:
        """Show in the frame what the keys of the focused list do; a click there does it, too."""
        focused = self.screen.focused
        own = type(focused).BINDINGS if focused is not None and focused is not self else ()
        hints = [
            Content.from_markup(
                f"[@click=focused.{each.action}]$hint[/]",
                hint=f"{self.app.get_key_display(each)} {_(each.description)}",
            )
            for each in own
            if isinstance(each, Binding) and each.id is not None and not each.show
        ]
        self.frame.border_subtitle = join_whole(hints, self.frame.size.width - CORNERS).markup

    def on_resize(self) -> None:
        """Show as many keys as there is room for now."""
        if self.has_focus_within:
            self.on_descendant_focus()

    def on_descendant_blur(self) -> None:
        """Take the keys out of the frame: another pane has them now."""
        self.frame.border_subtitle = ""

    def show(self, meeting: Meeting) -> None:
        """Show this pane's slice of the meeting."""
        raise NotImplementedError

    @on(EntryList.Requested)
    def entry_requested(self, asked: EntryList.Requested) -> None:
        """Mark an entry as sensitive or not; run any other command of the list."""
        if asked.command == MARK_SENSITIVE:
            self.controller.attempt(toggle_sensitivity, asked.id)
        else:
            self.run_command(asked.id, asked.command)

    def run_command(self, entry_id: str, command: str) -> None:
        """Do what a key of this pane's entry list asks for."""
        raise NotImplementedError
