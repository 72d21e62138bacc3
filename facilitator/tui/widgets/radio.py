"""Radio buttons whose state is visible without colour."""

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.widgets import RadioButton, RadioSet

BUTTON_WIDTH = 3
"""The cells of the sign with its brackets."""


class Radio(RadioButton):
    """A button with a filled sign when it is chosen; further lines of its label are indented.

    The details stand below it: one a line where it stands beside others, else in one paragraph.
    """

    def __init__(
        self, label: Content, *, name: str, value: bool = False, details: tuple[Content, ...] = ()
    ) -> None:
        """Make a button; `name` identifies it in its group."""
        super().__init__(label, value, name=name)
        self._details = details

    def render(self) -> Content:
        """Return the sign with the label behind it."""
        drawn = super().render()
        lines = self._lines(drawn[BUTTON_WIDTH:].rstrip(), self.content_size.width)
        return drawn[:BUTTON_WIDTH] + Content("\n" + " " * (BUTTON_WIDTH + 1)).join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines of the label."""
        return len(self._lines(Content(" ") + self.label, width))

    def _lines(self, label: Content, width: int) -> list[Content]:
        width = max(width - BUTTON_WIDTH - 1, 1)
        lines = [*label.wrap(width)]
        is_beside = self.parent is not None and self.parent.has_class("-beside")
        separator = Content("\n" if is_beside else " · ")
        if self._details:
            lines += separator.join(self._details).wrap(width)
        return lines

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]  # noqa: N802  (Textual's name)
        """The sign between the brackets."""
        return "●" if self.value else " "


class RadioGroup(RadioSet):
    """A group in which the arrow keys choose; Enter, space or a click leads to the next field."""

    BINDINGS = [Binding("enter,space", "choose", show=False)]

    def begin_at(self, name: str) -> None:
        """Put the cursor on the button of this name, without choosing it."""
        names = [each.name for each in self.query(Radio)]
        self._selected = names.index(name)

    def action_choose(self) -> None:
        """Choose the button under the cursor, and go to the next field."""
        if self._selected is not None and not self.query(Radio)[self._selected].value:
            self.action_toggle_button()
        self.screen.focus_next()

    def on_click(self) -> None:
        """Go to the next field once the click has chosen a button."""
        self.call_later(self.screen.focus_next)

    def action_next_button(self) -> None:
        """Choose the button below; at first, move the cursor to the one that is chosen."""
        super().action_next_button()
        if self.has_focus:
            self.action_toggle_button()
        else:  # the set selects its first button before it has the focus
            chosen = (place for place, each in enumerate(self.query(Radio)) if each.value)
            self._selected = next(chosen, self._selected)

    def action_previous_button(self) -> None:
        """Choose the button above."""
        super().action_previous_button()
        self.action_toggle_button()
