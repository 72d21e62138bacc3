"""A text field of one line that keeps up with fast typing."""

from typing import Any

from textual.events import Paste
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from facilitator.domain.text import remove_unsafe_characters

LINE_SIGN = "↵"
"""Stands in a field of one line where a line of its text ends."""
DRAFT_DELAY = 0.8
"""Seconds between a change of a field and its draft in the journal."""


class TextField(Input):
    """An Input that does not lay out the whole screen at each letter.

    Textual lays out the screen when the virtual size of an Input changes. A field of one line
    never changes the layout, and on a full screen this costs more than the letter itself.
    """

    virtual_size = Reactive(Size(0, 0), layout=False)

    LINE_SIGN = " "
    """What stands between two lines that are pasted."""

    def __init__(self, value: str = "", *, select_on_focus: bool = False, **settings: Any) -> None:
        """Begin with `value`; the rest is as Input has it.

        The framework selects the text whenever the field gets the focus, so that the next letter
        wipes it out; here only where that is wanted.
        """
        super().__init__(value, select_on_focus=select_on_focus, **settings)

    def on_paste(self, event: Paste) -> None:
        """Paste all lines as one; Textual would paste the first one only."""
        event.stop()
        event.prevent_default()
        lines = (line.strip() for line in remove_unsafe_characters(event.text).splitlines())
        self.insert_text_at_cursor(self.LINE_SIGN.join(line for line in lines if line))


class TextLinesField(TextField):
    """A text field of one line whose text may have several: a sign shows where each ends."""

    LINE_SIGN = LINE_SIGN  # its lines stay lines


def show_line_ends(text: str) -> str:
    """Return a text of several lines as a field of one line shows it."""
    return text.replace("\n", LINE_SIGN)


def read_line_ends(text: str) -> str:
    """Return the text of several lines that a field of one line shows."""
    return text.replace(LINE_SIGN, "\n")
