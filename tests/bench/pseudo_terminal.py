"""A program in a pseudo-terminal, whose output is read as it comes."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
COLUMNS, LINES = 120, 40
PATIENCE = 60.0
"""Seconds after which a program that does not paint has failed."""

_SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[@-Z=>])"
)
_PARTIAL = re.compile(rb"\x1b[^\x1b]*\Z")
_CPU_CLOCK = 2
"""Return the clock of a process with all its threads: `clock_getcpuclockid`, which Python lacks."""


class UnpaintedError(Exception):
    """A program did not paint an expected text."""


class Terminal:
    """Runs a Python program in a terminal of 120 × 40 cells."""

    def __init__(self, words: Sequence[str | Path], *, folder: Path) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._painted = bytearray()
        self._seen = 0
        self._rest = b""
        self.started = time.perf_counter()
        self._child = subprocess.Popen(
            [sys.executable, *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder,
            env=environment(),
            start_new_session=True,
            preexec_fn=_own_terminal,  # noqa: PLW1509  (no threads here)
        )
        os.close(slave)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._child.kill()
        self._child.wait()
        os.close(self._master)

    def press(self, keys: str) -> float:
        """Type keys; return the time after that."""
        now = time.perf_counter()
        os.write(self._master, keys.encode())
        return now

    def wait_for(self, text: str, timeout: float = PATIENCE) -> float:
        """Read until a text is painted after the last wait; return the time of that."""
        wanted = text.encode()
        ends = time.perf_counter() + timeout
        while (place := self._painted.find(wanted, self._seen)) < 0:
            left = ends - time.perf_counter()
            if left <= 0 or not self._read(left):
                last = self._painted[-400:].decode(errors="replace")
                raise UnpaintedError(f"{text!r} was not painted; the last was: {last!r}")
        self._seen = place + len(wanted)
        return time.perf_counter()

    def has_painted(self, text: str) -> bool:
        """Return whether a text was painted so far."""
        return text.encode() in self._painted

    def rest(self, seconds: float) -> None:
        """Read whatever is painted for some seconds."""
        ends = time.perf_counter() + seconds
        while (left := ends - time.perf_counter()) > 0:
            self._read(left)

    def cpu_seconds(self) -> float:
        """The CPU seconds of the program so far."""
        return time.clock_gettime((~self._child.pid << 3) | _CPU_CLOCK)

    def libraries(self) -> str:
        """Return the binary libraries that are loaded now; the program is stopped meanwhile."""
        os.kill(self._child.pid, signal.SIGSTOP)
        try:
            return Path(f"/proc/{self._child.pid}/maps").read_text(encoding="utf-8")
        finally:
            os.kill(self._child.pid, signal.SIGCONT)

    def _read(self, timeout: float) -> bool:
        if not select.select([self._master], [], [], timeout)[0]:
            return False
        try:
            content = os.read(self._master, 1 << 16)
        except OSError:  # the program has ended
            return False
        content = self._rest + content
        partial = _PARTIAL.search(content)
        self._rest = partial[0] if partial and not _SEQUENCE.match(partial[0]) else b""
        whole = content[: len(content) - len(self._rest)]
        self._painted += _SEQUENCE.sub(b"", whole)
        return True


def _own_terminal() -> None:
    """Make the program end with its terminal, even if this process is killed."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def environment() -> dict[str, str]:
    """Return the same environment for every measured program."""
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LC_ALL": "C.UTF-8",
    }
