"""The title bar of the lobby: program name, language and theme."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from facilitator.render.language import _, current_language


class TitleBar(Horizontal):
    """Shows the name of the program at the left; language and theme at the right."""

    DEFAULT_CSS = """
    TitleBar {
        height: 1;
        background: $panel;
        padding: 0 1;
        #name { width: 1fr; text-style: bold; }
        #corner { width: auto; color: $text-muted; }
    }
    """

    def compose(self) -> ComposeResult:
        """Yield the two parts."""
        yield Static(Content("Facilitator"), id="name")
        yield Static(id="corner")

    def on_mount(self) -> None:
        """Show the theme now and after each change of it."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.show())
        self.show()

    def show(self) -> None:
        """Show the language, and whether the theme is dark."""
        shade = _("dark") if self.app.current_theme.dark else _("light")
        self.query_one("#corner", Static).update(Content(f"{current_language().tag} · {shade}"))
