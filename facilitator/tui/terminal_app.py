"""The base class of both apps: what they need of a terminal."""

import sys
from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

from rich.console import COLOR_SYSTEMS
from textual.driver import Driver
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Input

from facilitator.tui.contrast import ReadableText
from facilitator.tui.key_queue import OrderedKeysApp
from facilitator.tui.line_breaks import break_between_wide_characters
from facilitator.tui.resume_guard import guard_resume
from facilitator.tui.themes import change_theme, make_readable

KEY_WAIT = 0.05
"""Seconds for which an app that is ended waits for keys that are still being handled."""
KEY_WAITS = 10
"""How often it waits so."""


@runtime_checkable
class DraftKeeper(Protocol):
    """A screen in which text is typed."""

    is_mounted: bool

    def save_draft_now(self) -> None:
        """Save what was typed and not saved yet."""


class TerminalApp(OrderedKeysApp[int]):
    """An app with readable colours, whose terminal cursor is where text is typed."""

    ending_code = 0
    """The exit code with which a signal, or the loss of the terminal, ends it; 0 while it runs."""
    _waits_for_keys = KEY_WAITS

    def __init__(self) -> None:
        """Make the themes readable, and lines of Chinese break as they should."""
        super().__init__()
        break_between_wide_characters()
        make_readable(self)
        system = COLOR_SYSTEMS[self.console.color_system or "truecolor"]
        self._readable_text = ReadableText(system)

    def on_mount(self) -> None:
        """Let the program be stopped and continued."""
        guard_resume(self)

    def get_driver_class(self) -> type[Driver]:
        """The framework's driver; on Unix it also ends the app with its terminal."""
        chosen = super().get_driver_class()
        if sys.platform == "win32":
            return chosen
        from facilitator.tui.terminal_driver import TerminalDriver  # noqa: PLC0415  (not on Windows)

        return TerminalDriver if issubclass(TerminalDriver, chosen) else chosen

    def end(self) -> None:
        """Save what is typed, once the keys that came have had their effect; then exit."""
        if not self.key_queue.is_empty and self._waits_for_keys:
            self._waits_for_keys -= 1
            self.set_timer(KEY_WAIT, self.end)
            return
        self._save_drafts()
        self.exit(return_code=self.ending_code)

    async def action_quit(self) -> None:
        """Save what is typed, and exit."""
        self._save_drafts()
        self.exit()

    def _save_drafts(self) -> None:
        for screen in reversed(self.screen_stack):
            if isinstance(screen, DraftKeeper) and screen.is_mounted:
                screen.save_draft_now()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters of the framework, then the one that makes all text readable."""
        return (*super().get_line_filters(), self._readable_text)

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        """Read the styles of a screen that is opened for the first time.

        Textual would parse those of all screens again, which takes 0.1 seconds.
        """
        new = [path for path in screen.css_path if not self.stylesheet.has_source(str(path), "")]
        for path in new:
            self.stylesheet.read(path)
        if new:
            self.stylesheet.parse()
            self.stylesheet.update(self)
        super()._load_screen_css(screen)

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor goes, and with it the window of an input method.

        Textual reads this at each paint. What its fields set is ignored: they do so before they
        have a place on the screen, not when they are scrolled or shown again, and a cell too far
        right at the end of the text.
        """
        focused = self.focused
        if isinstance(focused, Input):
            return focused.cursor_screen_offset - Offset(int(focused.cursor_at_end), 0)
        return focused.content_region.offset if focused else Offset()

    @cursor_position.setter
    def cursor_position(self, _offset: Offset) -> None:
        """Ignore it, as said above."""

    def action_toggle_theme(self) -> None:
        """Switch between the dark and the light theme."""
        change_theme(self)
