"""A radio button that can be told from its neighbours without colour."""

from textual.widgets import RadioButton


class Radio(RadioButton):
    """Filled where it is chosen, hollow where it is not."""

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]  # noqa: N802  (Textual's name)
        """The sign between its brackets."""
        return "●" if self.value else " "
