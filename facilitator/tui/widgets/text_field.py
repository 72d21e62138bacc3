"""A one-line text field that keeps up with fast typing."""

import asyncio

from textual.binding import Binding
from textual.events import Paste
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input

DRAFT_DELAY = 0.8
"""Seconds between a key and the moment when it is safe."""


async def wait_for_pending_keys(widget: Widget | None) -> None:
    """Let a widget read the keys that were sent to it; a priority binding overtakes them."""
    is_read = asyncio.Event()
    if widget is not None and widget.call_later(is_read.set):
        await is_read.wait()


class TextField(Input):
    """An Input that does not lay the whole screen out anew at each letter.

    Textual declares the size of what an Input scrolls as a reason for a new layout; a line of one
    row never changes the layout, and on a full screen that costs more than the letter itself.
    """

    virtual_size = Reactive(Size(0, 0), layout=False)

    # What is typed behind Enter must not get into what Enter sends.
    BINDINGS = [Binding("enter", "submit", show=False, priority=True)]

    async def action_submit(self) -> None:
        """Send what was typed before Enter."""
        await wait_for_pending_keys(self)
        await super().action_submit()

    def on_paste(self, event: Paste) -> None:
        """Take all lines of what is pasted, as one; the framework would keep the first alone."""
        event.stop()
        event.prevent_default()
        lines = (line.strip() for line in event.text.splitlines())
        self.insert_text_at_cursor(" ".join(line for line in lines if line))
