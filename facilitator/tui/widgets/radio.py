"""Radio buttons that are told apart without colour."""

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.widgets import RadioButton, RadioSet

BUTTON_WIDTH = 3
"""Cells that the sign and its brackets take."""


class Radio(RadioButton):
    """Filled where it is chosen, hollow where it is not; its label wraps under itself.

    `detail` stands below the label on a narrow terminal, where it has no place of its own.
    """

    def __init__(
        self, label: Content, *, name: str, value: bool = False, detail: Content | None = None
    ) -> None:
        """Offer `label`; `name` is what choosing it means."""
        super().__init__(label, value, name=name)
        self._detail = detail

    def render(self) -> Content:
        """The sign, and the words behind it."""
        drawn = super().render()
        lines = self._lines(drawn[BUTTON_WIDTH:].rstrip(), self.content_size.width)
        return drawn[:BUTTON_WIDTH] + Content("\n" + " " * (BUTTON_WIDTH + 1)).join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines that the words take."""
        return len(self._lines(Content(" ") + self.label, width))

    def _lines(self, label: Content, width: int) -> list[Content]:
        room = max(width - BUTTON_WIDTH - 1, 1)
        lines = [*label.wrap(room)]
        if self._detail and self.screen.has_class("-narrow"):
            lines += self._detail.wrap(room)
        return lines

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]  # noqa: N802  (Textual's name)
        """The sign between its brackets."""
        return "●" if self.value else " "


class RadioGroup(RadioSet):
    """A set in which the arrows choose, and Enter goes on to the next field."""

    BINDINGS = [Binding("enter", "app.focus_next", show=False)]

    def action_next_button(self) -> None:
        """Choose the one below; at first, stand on the one that is chosen already."""
        super().action_next_button()
        if self.has_focus:
            self.action_toggle_button()
        else:  # the framework looks for the first button before anybody chooses
            chosen = (place for place, each in enumerate(self.query(Radio)) if each.value)
            self._selected = next(chosen, self._selected)

    def action_previous_button(self) -> None:
        """Choose the one above."""
        super().action_previous_button()
        self.action_toggle_button()
