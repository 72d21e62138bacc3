"""The least that Textual can do: the floors that the program's screens are measured against.

Run as `python bare_apps.py NAME`; each app is made of one widget.
"""

import sys

from textual.app import App, ComposeResult
from textual.widgets import Input, Static

READY = "bare and ready"


class BareStatic(App[None]):
    """A static text."""

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static(READY)


class BareTicking(App[None]):
    """A text that changes once a second."""

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static(READY)

    def on_mount(self) -> None:
        """Start the timer."""
        self._count = 0
        self.set_interval(1, self._tick)

    def _tick(self) -> None:
        self._count += 1
        self.query_one(Static).update(f"{READY} {self._count}")


class BareInput(App[None]):
    """A field to type in."""

    def compose(self) -> ComposeResult:
        """The field."""
        yield Input(placeholder=READY)


APPS = {"static": BareStatic, "ticking": BareTicking, "input": BareInput}

if __name__ == "__main__":
    APPS[sys.argv[1]]().run()
