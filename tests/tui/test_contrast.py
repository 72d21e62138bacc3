"""All text can be read: on every screen, in the dark and light, without colours, with sixteen."""

from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color as TextualColor
from textual.filter import Monochrome

from facilitator.tui.contrast import GRAPHIC, GRAPHICS, PALETTES, TEXT, ReadableText, contrast
from facilitator.tui.terminal_app import TerminalApp
from facilitator.tui.themes import DARK, LIGHT
from tests.tui.every_screen import open_every_screen, screens_of_the_program
from tests.tui.harness import WIDE

COLORS = st.builds(Color.from_rgb, *[st.integers(0, 255)] * 3)


def shown(color: Color, system: ColorSystem) -> list[ColorTriplet]:
    """Return what terminals show for a colour."""
    nearest = color.downgrade(system)
    if system is ColorSystem.STANDARD:
        assert nearest.number is not None
        return [each[nearest.number] for each in PALETTES]
    return [nearest.get_truecolor()]


@cache
def least_contrast(style: Style, system: ColorSystem) -> float:
    """Return the contrast of a text in the terminal that shows it worst."""
    assert style.color is not None
    assert style.bgcolor is not None
    return min(map(contrast, shown(style.color, system), shown(style.bgcolor, system)))


@pytest.mark.parametrize(
    "system", [ColorSystem.STANDARD, ColorSystem.EIGHT_BIT, ColorSystem.TRUECOLOR]
)
def test_any_text_on_any_ground_is_made_readable(system: ColorSystem) -> None:
    text = ReadableText(system)

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(COLORS, COLORS, st.booleans())
    def check(front: Color, ground: Color, is_reverse: bool) -> None:
        style = Style(color=front, bgcolor=ground, reverse=is_reverse)
        words, frame = text.apply([Segment("ACoS ▲", style), Segment("╭──", style)], BLACK)
        assert words.style
        assert frame.style
        assert least_contrast(words.style, system) >= TEXT
        assert least_contrast(frame.style, system) >= GRAPHICS

    check()


BLACK = TextualColor(0, 0, 0)


def test_readable_text_keeps_its_colour() -> None:
    style = Style.parse("bold #e0e0e0 on #121212")
    assert ReadableText(ColorSystem.TRUECOLOR).apply([Segment("30.9 %", style)], BLACK) == [
        Segment("30.9 %", style)
    ]


def unreadable(app: App[Any], system: ColorSystem) -> Iterator[str]:
    """Yield each text on the screen with less contrast than it needs."""
    painted = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    for text, style, _control in app.console.render(painted):  # type: ignore[arg-type]
        if style and style.color and style.bgcolor and text.strip():
            wanted = TEXT if text.strip(GRAPHIC) else GRAPHICS
            if least_contrast(style, system) < wanted:
                yield f"{type(app.screen).__name__}: “{text.strip()}”, {style}"


async def test_all_text_of_every_screen_is_readable(tmp_path: Path) -> None:
    opened, found = set(), list[str]()
    async for pilot, screen in open_every_screen(tmp_path, WIDE):
        app = pilot.app
        opened.add(type(screen))
        for theme in (app.theme, LIGHT if app.theme == DARK else DARK):  # one change a screen
            app.theme = theme
            await pilot.pause()
            found += unreadable(app, ColorSystem.TRUECOLOR)
            for added, system in (
                ([Monochrome()], ColorSystem.TRUECOLOR),  # NO_COLOR
                ([], ColorSystem.STANDARD),
            ):
                filters = [*app._filters, *added, ReadableText(system)]
                app.get_line_filters = partial(list, filters)  # type: ignore[method-assign]
                found += unreadable(app, system)
            del app.get_line_filters
    assert found == []
    assert screens_of_the_program() <= opened


def test_a_terminal_of_sixteen_colours_and_one_without_get_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    kinds = [type(each) for each in TerminalApp().get_line_filters()]
    assert kinds[-2:] == [Monochrome, ReadableText]
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.delenv("COLORTERM", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    app = TerminalApp()
    red = Style.parse("#b93c5b on #1e1e1e")
    (segment,) = app.get_line_filters()[-1].apply([Segment("31.2 %", red)], BLACK)
    assert segment.style
    assert least_contrast(segment.style, ColorSystem.STANDARD) >= TEXT
