"""SIGKILL at random moments of a meeting: what was acknowledged is there afterwards."""

import os
import random
import select
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults.forks import read_until_end, run_in_fork
from tests.faults.script import find_faults, hold_meeting

LONGEST = 30.0


def try_kills(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield the name of each try, and what was found; empty if nothing was lost."""
    chance = random.Random(seed)
    whole = _time_of_a_meeting()
    for number in range(count):
        moment = chance.uniform(0.0, whole)
        with tempfile.TemporaryDirectory() as folder:
            acknowledged = _hold_until(Path(folder), moment)
            yield (
                f"kill {number} after {moment * 1000:.0f} ms",
                run_in_fork(lambda: find_faults(Path(folder), acknowledged)),  # noqa: B023
            )


def _time_of_a_meeting() -> float:
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        _hold_until(Path(folder), LONGEST)
        return time.monotonic() - began


def _say(handle: int, said: str) -> None:
    os.write(handle, f"{said}\n".encode())


def _hold_until(folder: Path, moment: float) -> str:
    """Hold a meeting in a fork that is killed at a moment; return what it acknowledged."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        hold_meeting(folder, lambda said: _say(writes, said))
        os._exit(0)
    os.close(writes)
    ended = os.pidfd_open(child) if hasattr(os, "pidfd_open") else reads
    select.select([ended], [], [], moment)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    if ended != reads:
        os.close(ended)
    return read_until_end(reads, time.monotonic() + LONGEST)
