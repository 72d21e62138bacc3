"""The least that Textual can do: the floors that the program's screens are measured against.

Run as `python bare_apps.py NAME`; each app is made of one widget.
"""

import sys

from textual.app import App, ComposeResult
from textual.widgets import Input, Static

READY = "bare and ready"


class BareStatic(App[None]):
    """One text that stands still."""

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static(READY)


class BareTicking(App[None]):
    """One text that changes once a second."""

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static(READY)

    def on_mount(self) -> None:
        """Begin to count."""
        self._count = 0
        self.set_interval(1, self._tick)

    def _tick(self) -> None:
        self._count += 1
        self.query_one(Static).update(f"{READY} {self._count}")


class BareInput(App[None]):
    """One line to type on."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Input(placeholder=READY)


APPS = {"static": BareStatic, "ticking": BareTicking, "input": BareInput}

if __name__ == "__main__":
    APPS[sys.argv[1]]().run()
