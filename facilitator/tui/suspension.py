"""Give the terminal to another program, such as an editor, and take it again."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from textual.app import App

from facilitator.domain.errors import FacilitatorError
from facilitator.tui.terminal_app import TerminalApp

Result = TypeVar("Result")


def run_outside(app: App[Any], call: Callable[[Callable[[], bool]], Result]) -> Result:
    """Return the result of `call`, which has the terminal for itself meanwhile.

    It gets a function that returns whether it should come to its end: a signal has come that ends
    the program, or the terminal is gone.

    A FacilitatorError of `call` is raised once the app has the terminal again: the framework
    takes it back only from what succeeds.
    """

    def is_ending() -> bool:
        return isinstance(app, TerminalApp) and bool(app.ending_code)

    failure: FacilitatorError | None = None
    with app.suspend(), _terminal_modes_kept():
        try:
            result = call(is_ending)
        except FacilitatorError as error:
            failure = error
    if failure is not None:
        raise failure
    return result


@contextmanager
def _terminal_modes_kept() -> Iterator[None]:
    """Restore the modes of the terminal, which a program that is killed leaves as it likes."""
    if sys.platform == "win32" or not sys.__stdin__ or not sys.__stdin__.isatty():
        yield
        return
    import termios  # noqa: PLC0415  (not on Windows)

    modes = termios.tcgetattr(sys.__stdin__)
    yield
    try:
        termios.tcsetattr(sys.__stdin__, termios.TCSADRAIN, modes)
    except termios.error:  # the terminal is gone, which ends the program
        return
