"""The themes, so that rows and warnings stand out; text itself is made readable by `contrast`."""

from dataclasses import replace
from typing import Any

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

WITHOUT_COLORS = {
    True: {
        "block-cursor-background": "#d0d0d0",
        "block-cursor-foreground": "#000000",
        "text-error": "#ffffff",
        "text-warning": "#ffffff",
    },
    False: {
        "block-cursor-background": "#303030",
        "block-cursor-foreground": "#ffffff",
        "text-error": "#000000",
        "text-warning": "#000000",
    },
}
"""Of dark and of light themes where NO_COLOR is set: what matters is not the paler text."""

SIXTEEN_COLORS = {
    True: {"text-error": "#ff5555", "text-warning": "#ffff55"},
    False: {
        "block-cursor-background": "#0000aa",
        "block-cursor-foreground": "#ffffff",
        "text-error": "#aa0000",
    },
}
"""Of dark and of light themes in a terminal of sixteen colours: what these can tell apart."""


def make_readable(app: App[Any]) -> None:
    """Register the themes with these variables in an app."""
    for name, theme in BUILTIN_THEMES.items():
        if theme.ansi:  # colours of the terminal's own, whose contrast nobody knows
            app.unregister_theme(name)
            continue
        variables = theme.variables | READABLE.get(name, {})
        if app.no_color:
            variables |= WITHOUT_COLORS[theme.dark]
        elif app.console.color_system in ("standard", "windows"):
            variables |= SIXTEEN_COLORS[theme.dark]
        app.register_theme(replace(theme, variables=variables))
    app.stylesheet.set_variables(app.get_css_variables())  # the stylesheet still has Textual's


def change_theme(app: App[Any]) -> None:
    """Switch between the dark and the light theme."""
    app.theme = DARK if app.theme == LIGHT else LIGHT
