"""The dark and the light theme, with enough contrast on every row."""

from dataclasses import replace

from textual.app import App
from textual.theme import BUILTIN_THEMES

DARK, LIGHT = "textual-dark", "textual-light"

READABLE = {
    DARK: {"block-cursor-background": "#004295"},
    LIGHT: {
        "block-cursor-background": "#9cc4e4",
        "text-warning": "#7a4a00",
        "text-success": "#1b6b34",
    },
}
"""What each theme does otherwise than the framework's, by variable."""


def make_readable(app: App[int]) -> None:
    """Have an app show both themes like that."""
    for name, variables in READABLE.items():
        theme = BUILTIN_THEMES[name]
        app.register_theme(replace(theme, variables=theme.variables | variables))
    app.stylesheet.set_variables(app.get_css_variables())  # it has those of the theme at the start


def change_theme(app: App[int]) -> None:
    """Change between the dark theme and the light one."""
    app.theme = DARK if app.theme == LIGHT else LIGHT
