"""Run the program in a pseudo-terminal, and read the screen through a terminal emulator."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyte

PATIENCE = 60.0
"""Seconds after which waiting for something fails."""
QUIET = 0.15
"""Seconds without output after which a key has had its effect."""
KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "f2": "\x1bOQ",
    "f6": "\x1b[17~",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
    "ctrl+s": "\x13",
}


class TerminalEmulator:
    """Runs `facilitator` with some arguments, and emulates its screen."""

    def __init__(
        self,
        *words: str | Path,
        folder: Path,
        columns: int = 120,
        rows: int = 40,
        program: tuple[str | Path, ...] = ("-m", "facilitator"),
        environment: Mapping[str, str] | None = None,
        ignores_hangup: bool = False,
        has_size: bool = True,
    ) -> None:
        self.output = bytearray()
        """All that was written to the terminal."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        if has_size:
            fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        outside = {"COLUMNS", "LINES", "LC_ALL", "LANGUAGE", "LC_MESSAGES"}
        self.child = subprocess.Popen(
            [sys.executable, *map(str, (*program, *words))],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder,
            start_new_session=True,
            env={
                **{name: value for name, value in os.environ.items() if name not in outside},
                "PYTHONPATH": str(Path(__file__).parents[1]),
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                **(environment or {}),
            },
            preexec_fn=_ignore_hangup if ignores_hangup else None,  # noqa: PLW1509  (no threads here)
        )
        os.close(slave)

    def __enter__(self) -> "TerminalEmulator":
        return self

    def __exit__(self, *_: object) -> None:
        if self.child.poll() is None:
            self.child.kill()
        self.child.wait()
        if self._master >= 0:
            os.close(self._master)

    def close(self) -> None:
        """Let the terminal go away, as closing its window does."""
        os.close(self._master)
        self._master = -1

    @property
    def text(self) -> str:
        """The text on the screen; a wide character fills two cells and appears once."""
        rows = self._screen.buffer
        return "\n".join(
            "".join(rows[y][x].data for x in range(self._screen.columns)).rstrip()
            for y in range(self._screen.lines)
        )

    @property
    def cursor(self) -> tuple[int, int]:
        """The column and the row of the terminal's cursor, where an input method opens."""
        return self._screen.cursor.x, self._screen.cursor.y

    @property
    def text_before_cursor(self) -> str:
        """The text that stands left of the cursor, in its row."""
        column, y = self.cursor
        return "".join(self._screen.buffer[y][x].data for x in range(column))

    @property
    def is_cursor_at_caret(self) -> bool:
        """Whether the cell of the cursor is dark on light, as the dark theme draws the caret."""
        x, y = self.cursor
        cell = self._screen.buffer[y][x]
        return cell.bg != "default" and cell.bg > cell.fg  # both hexadecimal greys

    def wait_for_text(self, wanted: str) -> "TerminalEmulator":
        """Wait until a text is on the screen."""
        return self.wait_until(lambda: wanted in self.text, f"{wanted!r} did not appear")

    def wait_until_gone(self, unwanted: str) -> "TerminalEmulator":
        """Wait until a text has gone from the screen."""
        return self.wait_until(lambda: unwanted not in self.text, f"{unwanted!r} did not go")

    def change(self, before: str) -> "TerminalEmulator":
        """Wait until the screen differs from `before`."""
        return self.wait_until(lambda: self.text != before, "nothing changed")

    def press(self, *keys: str) -> "TerminalEmulator":
        """Press keys by name or type a text; wait for the screen before the next."""
        for key in keys:
            os.write(self._master, KEYS.get(key, key).encode())
            while self._read(QUIET):
                pass
        return self

    def type_at_once(self, keys: str) -> None:
        """Write keys in one go, without waiting; what is painted meanwhile is read."""
        rest = keys.encode()
        while rest:
            self._read(0)
            if select.select([], [self._master], [], 0.1)[1]:
                rest = rest[os.write(self._master, rest[:1024]) :]

    def read_until(self, moment: float) -> None:
        """Read what is painted until a moment of `time.monotonic`."""
        while (left := moment - time.monotonic()) > 0:
            self._read(left)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as pulling at its corner does."""
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.child.send_signal(signal.SIGWINCH)

    @property
    def is_line_edited(self) -> bool:
        """Whether the terminal hands out whole lines, as at a prompt of a shell."""
        return bool(termios.tcgetattr(self._master)[3] & termios.ICANON)

    def edit_lines(self) -> None:
        """Let the terminal hand out whole lines, as a shell does when a program is stopped."""
        modes = termios.tcgetattr(self._master)
        modes[3] |= termios.ICANON | termios.ECHO
        termios.tcsetattr(self._master, termios.TCSANOW, modes)

    def crash(self) -> None:
        """Kill the program, as a power cut would."""
        self.child.send_signal(signal.SIGKILL)
        self.child.wait()

    def leave(self) -> int:
        """Wait for the program to exit; return its exit status."""
        ends = time.monotonic() + PATIENCE
        while self.child.poll() is None:
            if self._master < 0:
                time.sleep(0.01)
                assert time.monotonic() < ends, "it did not end"
                continue
            self._read(0.05)
            assert time.monotonic() < ends, f"it did not end:\n{self.text}"
        return self.child.returncode

    def wait_until(self, is_so: Callable[[], bool], complaint: str) -> "TerminalEmulator":
        """Wait until a condition holds; fail with `complaint` if it does not."""
        ends = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < ends, f"{complaint}:\n{self.text}"
            has_ended = self.child.poll() is not None
            if not self._read(0.1) and has_ended:
                assert is_so(), f"the program ended; {complaint}:\n{self.text}"
        return self

    def _read(self, timeout: float) -> bool:
        """Read what is painted within `timeout` seconds; return whether anything was."""
        if not select.select([self._master], [], [], timeout)[0]:
            return False
        try:
            content = os.read(self._master, 1 << 16)
        except OSError:  # the program has closed its terminal
            return False
        self._stream.feed(content)
        self.output += content
        return True


def _ignore_hangup() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
