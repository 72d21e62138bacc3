"""Run a program that may take no more time and memory than a file is worth.

Libraries that read files can end their process, or ask for gigabytes. In a process of its own
this costs the file, and nothing else.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from threading import Event, Thread

from msgspec import Struct

MOST_SECONDS = 20
"""The longest that one file may take."""
MOST_MEGABYTES = 400
"""The most memory that one file may take."""

_WATCHED_EVERY = 0.005
_LIBRARIES = 60
"""Megabytes of a process that are shared with others: the code of its libraries."""
_RESERVED = 2
"""How many times as much memory as it uses a process may reserve."""
_OWN_MEMORY = re.compile(r"^RssAnon:\s*(\d+) kB", re.MULTILINE)
_MEMORY_SIGNS = (b"memory allocation of", b"MemoryError", b"capacity overflow", b"out of memory")
"""What Python and Rust write before they end for want of memory."""
_SURROUNDINGS = {"POLARS_MAX_THREADS": "2", "RUST_BACKTRACE": "0"}


class Ending(StrEnum):
    """How a program ended."""

    DONE = "done"
    FAILED = "failed"
    """It stopped with an error, or was stopped by one."""
    TOO_MUCH_MEMORY = "too much memory"
    TOO_SLOW = "too slow"


class Run(Struct, frozen=True, kw_only=True):
    """What came of a program."""

    ending: Ending
    output: bytes = b""


def run_bounded(
    arguments: Sequence[str],
    request: bytes = b"",
    *,
    seconds: float = MOST_SECONDS,
    megabytes: int = MOST_MEGABYTES,
) -> Run:
    """Run Python with these arguments and `request` as input, within limits.

    The program calls `limit_memory`. Raises `OSError` if it cannot be started.
    """
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as output,
        tempfile.TemporaryFile() as errors,
    ):
        given.write(request)
        given.seek(0)
        with subprocess.Popen(  # noqa: S603  (our own program)
            [sys.executable, "-P", *arguments],
            stdin=given,
            stdout=output,
            stderr=errors,
            env=os.environ | _SURROUNDINGS,
        ) as program:
            try:
                ending = _watch(program, seconds, megabytes)
            finally:
                program.kill()
        if ending is Ending.DONE:
            output.seek(0)
            return Run(ending=ending, output=output.read())
        errors.seek(0)
        said = errors.read()
    if ending is Ending.FAILED and any(each in said for each in _MEMORY_SIGNS):
        ending = Ending.TOO_MUCH_MEMORY
    return Run(ending=ending)


def _watch(program: subprocess.Popen[bytes], seconds: float, megabytes: int) -> Ending:
    """Wait until a program ends or exceeds a limit; return which."""
    is_too_large = Event()
    has_ended = Event()

    def watch_memory() -> None:
        while not has_ended.wait(_WATCHED_EVERY):
            if _own_megabytes(program.pid) > megabytes - _LIBRARIES:
                is_too_large.set()
                program.kill()

    watch = Thread(target=watch_memory, daemon=True)
    watch.start()
    try:
        code = program.wait(seconds)
    except subprocess.TimeoutExpired:
        return Ending.TOO_SLOW
    finally:
        has_ended.set()
        watch.join()
    if is_too_large.is_set():
        return Ending.TOO_MUCH_MEMORY
    return Ending.FAILED if code else Ending.DONE


def _own_megabytes(process: int) -> int:
    """Return the memory that a process has for itself; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = _OWN_MEMORY.search(status)
    return int(found[1]) >> 10 if found else 0


def limit_memory(megabytes: int = MOST_MEGABYTES) -> None:
    """Let the system refuse this process more memory, where it can."""
    if sys.platform != "win32":
        import resource

        kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
        _, hard = resource.getrlimit(kind)
        limit = _RESERVED * megabytes << 20
        resource.setrlimit(kind, (limit if hard < 0 else min(limit, hard), hard))
