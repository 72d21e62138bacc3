"""Radio buttons that can be told from their neighbours without colour."""

from textual.binding import Binding
from textual.widgets import RadioButton, RadioSet


class Radio(RadioButton):
    """Filled where it is chosen, hollow where it is not."""

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]  # noqa: N802  (Textual's name)
        """The sign between its brackets."""
        return "●" if self.value else " "


class Choices(RadioSet):
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
