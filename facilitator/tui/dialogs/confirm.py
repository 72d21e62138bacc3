"""A question that Enter answers with yes and Escape with no."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from facilitator.domain.errors import N_
from facilitator.tui.i18n import Dialog


class Confirm(Dialog[bool]):
    """Asks before something is done. Dismisses with True, or with None for Escape."""

    BINDINGS = [Binding("enter", "confirm", N_("Yes, go on"), id="confirm.yes", priority=True)]

    def __init__(self, title: str, question: str) -> None:
        """Ask `question` under `title`."""
        super().__init__()
        self._title = title
        self._question = question

    def compose(self) -> ComposeResult:
        """The question over the keys."""
        with Vertical(classes="window") as window:
            window.border_title = Content(self._title).markup
            yield Static(Content(self._question))
            yield Footer(show_command_palette=False, compact=True)

    def action_confirm(self) -> None:
        """Yes."""
        self.dismiss(result=True)
