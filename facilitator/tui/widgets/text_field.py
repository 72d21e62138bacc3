"""A text field of one line that keeps up with fast typing."""

import asyncio

from textual.binding import Binding
from textual.events import Paste
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input

DRAFT_DELAY = 0.8
"""Seconds between a change of a field and its draft in the journal."""


async def wait_for_pending_keys(widget: Widget | None) -> None:
    """Wait until a widget has read the keys sent to it, which a priority binding overtakes."""
    is_read = asyncio.Event()
    if widget is not None and widget.call_later(is_read.set):
        await is_read.wait()


class TextField(Input):
    """An Input that does not lay out the whole screen at each letter.

    Textual lays out the screen when the virtual size of an Input changes. A field of one line
    never changes the layout, and on a full screen this costs more than the letter itself.
    """

    virtual_size = Reactive(Size(0, 0), layout=False)

    # With priority, so that keys typed after Enter are not submitted with it.
    BINDINGS = [Binding("enter", "submit", show=False, priority=True)]

    async def action_submit(self) -> None:
        """Submit what was typed before Enter."""
        await wait_for_pending_keys(self)
        await super().action_submit()

    def on_paste(self, event: Paste) -> None:
        """Paste all lines as one; Textual would paste the first one only."""
        event.stop()
        event.prevent_default()
        lines = (line.strip() for line in event.text.splitlines())
        self.insert_text_at_cursor(" ".join(line for line in lines if line))
