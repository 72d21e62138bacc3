"""Run something in a fork, for a bounded time; return what it said."""

import os
import select
import signal
import time
import traceback
from collections.abc import Callable

LONGEST = 30.0
"""Seconds after which a fork counts as hanging."""


def run_in_fork(act: Callable[[], str]) -> str:
    """Return what `act` returns in a fork; a traceback where it raises, a word where it hangs."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        try:
            said = act()
        except BaseException:  # noqa: BLE001  (whatever it is, it is what the suite looks for)
            said = traceback.format_exc()
        os.write(writes, said.encode(errors="replace")[-60_000:])
        os._exit(0)
    os.close(writes)
    said = read_until_end(reads, time.monotonic() + LONGEST)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return said


def read_until_end(handle: int, until: float) -> str:
    """Return what comes through a pipe until its writer is gone."""
    content = b""
    with os.fdopen(handle, "rb", buffering=0) as pipe:
        while select.select([pipe], [], [], max(until - time.monotonic(), 0))[0]:
            if not (more := pipe.read(65_536)):
                return content.decode()
            content += more
    return f"It did not end within {LONGEST:.0f} s.\n{content.decode(errors='replace')}"
