"""A text field of one line that keeps up with fast typing."""

from textual.events import Paste
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

DRAFT_DELAY = 0.8
"""Seconds between a change of a field and its draft in the journal."""


class TextField(Input):
    """An Input that does not lay out the whole screen at each letter.

    Textual lays out the screen when the virtual size of an Input changes. A field of one line
    never changes the layout, and on a full screen this costs more than the letter itself.
    """

    virtual_size = Reactive(Size(0, 0), layout=False)

    def on_paste(self, event: Paste) -> None:
        """Paste all lines as one; Textual would paste the first one only."""
        event.stop()
        event.prevent_default()
        lines = (line.strip() for line in event.text.splitlines())
        self.insert_text_at_cursor(" ".join(line for line in lines if line))
