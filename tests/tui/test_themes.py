"""The themes differ from the framework's from the first paint on."""

import pytest
from textual.app import App

from facilitator.tui.themes import DARK, READABLE, make_readable


def test_the_first_screen_is_readable_already() -> None:
    app: App[int] = App()
    make_readable(app)
    wanted = READABLE[DARK]["block-cursor-background"]
    assert app.theme_variables["block-cursor-background"] == wanted


def test_themes_with_unknown_colours_are_not_offered() -> None:
    app: App[int] = App()
    make_readable(app)
    assert "ansi-dark" not in app.available_themes
    assert "nord" in app.available_themes


def test_without_colours_the_row_of_the_cursor_is_dark_on_light(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app: App[int] = App()
    make_readable(app)
    assert app.theme_variables["block-cursor-background"] == "#d0d0d0"
