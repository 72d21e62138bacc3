"""Keep a SIGCONT that ends no suspension from starting a second reader of the keyboard."""

import asyncio
import signal
import sys
from types import FrameType
from typing import Any

from textual.app import App


def guard_resume(app: App[Any]) -> None:
    """Let the framework's driver resume only what it has suspended; call this once it runs.

    At every SIGCONT the driver enters the terminal again, as after the SIGTSTP that it handles. A
    SIGCONT may also end a SIGSTOP, or come alone, from a service manager; two readers would then
    take the keys by turns and put them out of order.
    """
    if sys.platform == "win32":
        return
    suspend, resume = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
    if not callable(suspend) or not callable(resume) or not sys.stdin.isatty():
        return
    loop = asyncio.get_running_loop()
    is_suspended = False

    def on_suspend(number: int, frame: FrameType | None) -> None:
        nonlocal is_suspended
        is_suspended = True
        suspend(number, frame)

    def on_resume(number: int, frame: FrameType | None) -> None:
        nonlocal is_suspended
        if is_suspended:
            is_suspended = False
            resume(number, frame)
        else:
            loop.call_soon_threadsafe(_enter_again, app)

    signal.signal(signal.SIGTSTP, on_suspend)
    signal.signal(signal.SIGCONT, on_resume)


def _enter_again(app: App[Any]) -> None:
    """Leave and enter the terminal where a shell has used it since the program was stopped."""
    import termios  # noqa: PLC0415  (not on Windows)

    try:
        _, _, _, local_modes, *_ = termios.tcgetattr(sys.stdin)
    except termios.error:  # the terminal is gone, which ends the program
        return
    if local_modes & termios.ICANON:  # lines are edited again, as at a prompt
        with app.suspend():
            pass
