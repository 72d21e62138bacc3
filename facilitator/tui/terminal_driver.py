"""The framework's driver, for a terminal that may go away and a program that signals may end."""

import os
import signal
import sys
from collections.abc import Callable
from contextvars import copy_context
from threading import Event, Thread, Timer, main_thread
from types import FrameType
from typing import IO, Any, Protocol, cast

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

ENDING_SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
EDITOR_SIGNALS = (signal.SIGINT, signal.SIGQUIT)
"""The signals that keys send; while an editor has the terminal, they are meant for it."""
SIGNAL_EXIT = 128
"""What shells add to the number of a signal, for the exit code of a program that it ended."""
WATCH_INTERVAL = 0.2
"""Seconds between two looks whether the terminal is still there."""
SAVE_TIME = 5.0
"""Seconds after which the program ends at the latest, should a disk or a terminal block it."""
WORKER_TIME = 0.3
"""Seconds that workers have to end once all is saved, such as one that reads reports."""


class EndableApp(Protocol):
    """An app that saves what is typed when it is ended from outside."""

    ending_code: int
    """The exit code with which it is being ended; 0 while it is not."""

    def end(self) -> None:
        """Save what is typed, and exit with `ending_code`."""


class TerminalOutput:
    """Writes to a terminal until it is gone, and raises no error afterwards.

    The framework's writer is a thread. An error would end it in silence, and whoever writes next
    would wait for it for ever.
    """

    def __init__(self, file: IO[str], is_lost: Event) -> None:
        """Write to `file`; set `is_lost` when that fails."""
        self._file = file
        self._is_lost = is_lost

    def fileno(self) -> int:
        """Return the file descriptor of the terminal."""
        return self._file.fileno()

    def write(self, text: str) -> None:
        """Write a text, or note that the terminal is gone."""
        self._try(lambda: self._file.write(text))

    def flush(self) -> None:
        """Send what was written."""
        self._try(self._file.flush)

    def _try(self, step: Callable[[], object]) -> None:
        if self._is_lost.is_set():
            return
        try:
            step()
        except OSError:
            self._is_lost.set()


class TerminalDriver(LinuxDriver):
    """Ends its app when its terminal goes away, or at a signal; nothing that was typed is lost.

    The framework's driver would go on reading a terminal that is gone, in a loop, and the meeting
    would stay locked; and signals would end the program without restoring the terminal.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        """Watch the terminal, and handle signals except SIGHUP where it was ignored before."""
        super().__init__(app, **options)
        # Of a terminal without a size, the framework would take two sizes by turns, for ever.
        self._size = self._size or self._get_terminal_size()
        self._endable_app = cast("EndableApp", app)
        self._context = copy_context()
        self._is_lost = Event()
        self._file = cast("Any", TerminalOutput(cast("Any", self._file), self._is_lost))
        for number in ENDING_SIGNALS:
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._on_signal)
        if os.isatty(self.fileno):
            Thread(target=self._watch_terminal, name="terminal-watch", daemon=True).start()

    def start_application_mode(self) -> None:
        """Enter the terminal, unless the app is being ended."""
        if not self._endable_app.ending_code:
            super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        """Leave the terminal, unless it has been left: a shell may be using it."""
        if self._is_in_terminal:
            super().stop_application_mode()

    def disable_input(self) -> None:
        """Stop reading keys, unless the terminal has been left."""
        if self._is_in_terminal:
            super().disable_input()

    def write(self, data: str) -> None:
        """Write to the terminal, unless it has been left: nobody would take the text."""
        if self._is_in_terminal:
            super().write(data)

    @property
    def _is_in_terminal(self) -> bool:
        return self._writer_thread is not None and self._writer_thread.is_alive()

    def run_input_thread(self) -> None:
        """Read keys until the app leaves the terminal, or the terminal is gone."""
        try:
            super().run_input_thread()
        except OSError:
            self._is_lost.set()

    def close(self) -> None:
        """Send all output; an app that is being ended does not wait for its workers then."""
        super().close()
        if self._endable_app.ending_code and self._auto_restart:
            _exit_after(WORKER_TIME, self._endable_app.ending_code)

    def _watch_terminal(self) -> None:
        """Wait until the terminal is gone, then end the program as at the signal of its loss.

        The signal goes to the main thread, which may be waiting for an editor; SIGHUP would not
        do, as it may be ignored.
        """
        while os.isatty(self.fileno) and not self._is_lost.wait(WATCH_INTERVAL):
            pass
        self._is_lost.set()
        self.exit_event.set()  # the framework would read in a loop
        thread = main_thread().ident
        if thread is not None:
            signal.pthread_kill(thread, signal.SIGTERM)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        is_outside = not self._auto_restart
        if is_outside and number in EDITOR_SIGNALS:
            return
        code = SIGNAL_EXIT + (signal.SIGHUP if self._is_lost.is_set() else number)
        if self._loop.is_closed():
            sys.exit(code)
        if self._endable_app.ending_code:
            return
        self._endable_app.ending_code = code
        _exit_after(SAVE_TIME, code)
        self._loop.call_soon_threadsafe(self._endable_app.end, context=self._context)


def _exit_after(seconds: float, code: int) -> None:
    """End the program after some seconds, whatever its threads still do."""
    timer = Timer(seconds, os._exit, (code,))
    timer.daemon = True
    timer.start()
