"""The themes, so that rows and warnings stand out; text itself is made readable by `contrast`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rich.color_triplet import ColorTriplet
from rich.terminal_theme import TerminalTheme
from textual.app import App
from textual.color import Color
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


RED, YELLOW = 1, 3
"""The places of what is off target, and of what is unusual, among the colours of a table."""


def _recolored(theme: TerminalTheme, variables: Mapping[str, str]) -> TerminalTheme:
    """Return the colours that tables use, with these for what is off target or unusual."""
    colors = [theme.ansi_colors[place] for place in range(16)]
    for place, name in ((RED, "text-error"), (YELLOW, "text-warning")):
        if name in variables:
            colors[place] = ColorTriplet(*Color.parse(variables[name]).rgb)
    return TerminalTheme(
        theme.background_color, theme.foreground_color, [*colors[:8]], [*colors[8:]]
    )


def make_readable(app: App[Any]) -> None:
    """Register the themes with these variables in an app."""
    for_terminal = _variables_for_terminal(app)
    for name, theme in BUILTIN_THEMES.items():
        if theme.ansi:  # colours of the terminal's own, whose contrast nobody knows
            app.unregister_theme(name)
            continue
        variables = theme.variables | READABLE.get(name, {}) | for_terminal.get(theme.dark, {})
        app.register_theme(replace(theme, variables=variables))
    if for_terminal:
        app.ansi_theme_dark = _recolored(app.ansi_theme_dark, for_terminal[True])
        app.ansi_theme_light = _recolored(app.ansi_theme_light, for_terminal[False])
    app.stylesheet.set_variables(app.get_css_variables())  # the stylesheet still has Textual's


def _variables_for_terminal(app: App[Any]) -> Mapping[bool, dict[str, str]]:
    """Return what dark and light themes need in this terminal; empty where it has all colours."""
    if app.no_color:
        return WITHOUT_COLORS
    return SIXTEEN_COLORS if app.console.color_system in ("standard", "windows") else {}


def change_theme(app: App[Any]) -> None:
    """Switch between the dark and the light theme."""
    app.theme = DARK if app.theme == LIGHT else LIGHT
