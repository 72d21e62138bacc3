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
"""The variables in which each theme differs from Textual's."""


def make_readable(app: App[int]) -> None:
    """Register both themes, with these variables, in an app."""
    for name, variables in READABLE.items():
        theme = BUILTIN_THEMES[name]
        app.register_theme(replace(theme, variables=theme.variables | variables))
    app.stylesheet.set_variables(app.get_css_variables())  # the stylesheet still has Textual's


def change_theme(app: App[int]) -> None:
    """Switch between the dark and the light theme."""
    app.theme = DARK if app.theme == LIGHT else LIGHT
