"""Words that warn can be read: on every ground, and on the row that has the cursor."""

import pytest
from textual.app import App
from textual.color import Color

from facilitator.tui.themes import DARK, LIGHT, READABLE, make_readable

TEXT, BOLD = 4.5, 3.0
"""Contrast that WCAG 2.2 asks for: of text, and of bold or large text (1.4.3)."""


def luminance(color: Color) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Contrast as WCAG 2.2 defines it, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("words", ["text-warning", "text-error", "text-success"])
@pytest.mark.parametrize(
    ("ground", "wanted"),
    [("surface", TEXT), ("background", TEXT), ("block-cursor-background", BOLD)],
)
def test_warnings_are_readable(theme: str, words: str, ground: str, wanted: float) -> None:
    app: App[int] = App()
    make_readable(app)
    app.theme = theme
    variables = app.get_css_variables()
    assert contrast(Color.parse(variables[words]), Color.parse(variables[ground])) >= wanted


def test_the_first_screen_is_readable_already() -> None:
    app: App[int] = App()
    make_readable(app)
    wanted = READABLE[DARK]["block-cursor-background"]
    assert app.theme_variables["block-cursor-background"] == wanted
