"""The terminal: asked for before anything is drawn on it."""

from __future__ import annotations

import gc
import importlib
import sys
from typing import TYPE_CHECKING, cast

from facilitator.domain.errors import N_, FacilitatorError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from facilitator.adapters.journal_reader import JournalFollower
    from facilitator.cli.workspace import Workspace


def must_be_terminal() -> None:
    """Refuse to draw where nobody could see it or press a key: in a pipe, in a job."""
    for stream in (sys.__stdin__, sys.__stderr__):
        if stream is None or not stream.isatty():
            raise FacilitatorError(
                N_(
                    "This needs a terminal. Without one, `facilitator check`, `kpi`, `minutes` "
                    "and `actions` do their work."
                )
            )


def open_screens(workspace: Workspace, agenda: Path | None = None) -> int:
    """Open the lobby, with this agenda on top where one is named; returns the exit code.

    What is made until the first paint stays: looking for waste in it would take a tenth of the
    time. The program itself begins to, once it is painted.
    """
    must_be_terminal()
    gc.disable()
    try:
        screens = importlib.import_module("facilitator.cli.screens")
        return cast("int", screens.show(workspace, agenda))
    finally:
        gc.enable()


def open_clock(find: Callable[[], JournalFollower | None]) -> int:
    """Show the clock of what `find` finds, and nothing else; returns the exit code."""
    must_be_terminal()
    pane = importlib.import_module("facilitator.cli.clock_pane")
    return cast("int", pane.show(find))
