"""Radio buttons whose state is visible without colour."""

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.widgets import RadioButton, RadioSet

BUTTON_WIDTH = 3
"""The cells of the sign with its brackets."""


class Radio(RadioButton):
    """A button with a filled sign when it is chosen; further lines of its label are indented.

    A narrow terminal, which has no other place for `detail`, shows it below the label.
    """

    def __init__(
        self, label: Content, *, name: str, value: bool = False, detail: Content | None = None
    ) -> None:
        """Make a button; `name` identifies it in its group."""
        super().__init__(label, value, name=name)
        self._detail = detail

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
        if self._detail and self.screen.has_class("-narrow"):
            lines += self._detail.wrap(width)
        return lines

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]  # noqa: N802  (Textual's name)
        """The sign between the brackets."""
        return "●" if self.value else " "


class RadioGroup(RadioSet):
    """A group in which the arrow keys choose, and Enter moves to the next field."""

    BINDINGS = [Binding("enter", "app.focus_next", show=False)]

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
