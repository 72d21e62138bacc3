"""The title bar of the lobby: program name, language and theme."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from facilitator.render.language import _, current_language


class TitleBar(Horizontal):
    """Follows the theme."""

    def compose(self) -> ComposeResult:
        """Two halves."""
        yield Static(Content("Facilitator"), id="name")
        yield Static(id="corner")

    def on_mount(self) -> None:
        """Show the theme, now and whenever it changes."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.show())
        self.show()

    def show(self) -> None:
        """Say which language is spoken and whether the theme is dark."""
        shade = _("dark") if self.app.current_theme.dark else _("light")
        self.query_one("#corner", Static).update(Content(f"{current_language().tag} · {shade}"))
