"""Run mutated files in processes of their own, each file for a limited time."""

import os
import re
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from random import Random

from msgspec import Struct

from tests.fuzz.heavy import HEAVY
from tests.fuzz.mutators import MUTATORS, Mutation
from tests.fuzz.oracle import Outcome, Verdict, judge
from tests.fuzz.pairs import PAIRS, judge_pair
from tests.fuzz.seeds import Seed, load, usable

LIMIT = 20.0
"""Seconds for a file, as the program allows them."""
MORE = 10.0
"""Seconds for what the program does beside: it reads the seed, and compares."""
MOST_MEGABYTES = 400
"""The most memory for a file."""
_EVERY = 100
"""One input of so many costs much."""
NICE = 10


class Result(Struct, frozen=True, kw_only=True):
    """What came of one input."""

    key: str
    """Mutator, seed and number: all that is needed to make the input again."""
    verdict: Verdict


def key_of(number: int, start: int) -> str:
    """Return the key of an input: every mutator in turn, on a seed by chance."""
    names = [*MUTATORS, *PAIRS]
    mutator = names[number % len(names)]
    if number % _EVERY == 0:
        mutator = list(HEAVY)[number // _EVERY % len(HEAVY)]
    seed = Random(f"{start} {number}").choice(sorted(usable()))
    return f"{mutator}:{seed}:{start}.{number}"


def mutated(key: str) -> tuple[Seed, Mutation]:
    """Return the seed and the mutated file of a key."""
    mutator, name, _ = key.split(":")
    seed = load(name)
    if seed is None:
        raise ValueError(f"{name} is not read as a report.")
    return seed, (MUTATORS | HEAVY)[mutator](seed, Random(key))


def tried(key: str) -> Result:
    """Make an input, read it, and judge what was read; an exception is an outcome."""
    before = _reset_peak()
    try:
        verdict = judge_pair(key) if key.partition(":")[0] in PAIRS else judge(*mutated(key))
    except Exception:  # noqa: BLE001  (any of them is what is looked for)
        verdict = Verdict(outcome=Outcome.TRACEBACK, why=traceback.format_exc())
    taken = _megabytes("VmHWM") - before
    if taken > MOST_MEGABYTES:
        verdict = Verdict(outcome=Outcome.LARGE, why=f"{taken} MB")
    return Result(key=key, verdict=verdict)


def _reset_peak() -> int:
    """Forget the peak of memory of this process, and return what it takes now, in MB."""
    with suppress(OSError):  # other systems than Linux do not tell
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _megabytes("VmRSS")


def _megabytes(what: str) -> int:
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(rf"^{what}:\s*(\d+) kB", status, re.MULTILINE)
    return int(found[1]) >> 10 if found else 0


def run(keys: Iterator[str], workers: int, until: float) -> Iterator[Result]:
    """Yield the result of each key, in any order, until a moment of the monotonic clock."""
    crew = [_Worker() for _ in range(workers)]
    try:
        busy = {worker.connection: worker for worker in crew if worker.start_next(keys)}
        while busy:
            ready = wait(list(busy), timeout=1.0)
            late = [each for each in busy if each not in ready and busy[each].is_late()]
            for connection in (*ready, *late):
                worker = busy.pop(connection)  # type: ignore[call-overload]
                yield worker.result(is_late=connection in late)
                if time.monotonic() < until and worker.start_next(keys):
                    busy[worker.connection] = worker
    finally:
        for worker in crew:
            worker.stop()


class _Worker:
    """A process that tries one key after the other; it is replaced if it hangs or dies."""

    def __init__(self) -> None:
        self._start()
        self._key = ""
        self._begun = 0.0

    def _start(self) -> None:
        context = get_context("spawn")  # threads of the library that reads do not survive a fork
        self.connection, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other,), daemon=True)
        self._process.start()
        other.close()

    def start_next(self, keys: Iterator[str]) -> bool:
        """Begin with the next key; return whether there was one."""
        self._key = next(keys, "")
        self._begun = time.monotonic()
        if self._key:
            self.connection.send(self._key)
        return bool(self._key)

    def is_late(self) -> bool:
        """Return whether its file takes longer than any may."""
        return time.monotonic() - self._begun > LIMIT + MORE

    def result(self, *, is_late: bool) -> Result:
        """Return what came of its key."""
        if not is_late:
            try:
                found: Result = self.connection.recv()
                return found
            except EOFError:
                pass
        outcome = Outcome.HANG if is_late else Outcome.TRACEBACK
        self.stop()
        self._start()
        return Result(key=self._key, verdict=Verdict(outcome=outcome, why="the process ended"))

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self.connection.close()


def _serve(connection: Connection) -> None:
    os.nice(NICE)
    while True:
        try:
            key = connection.recv()
        except EOFError:
            return
        connection.send(tried(key))


def store(folder: Path, result: Result) -> None:
    """Write a failing input and what came of it."""
    mutator, name, number = result.key.split(":")
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{mutator}-{Path(name).stem}-{number}"
    if mutator not in PAIRS:
        seed, mutation = mutated(result.key)
        (folder / f"{stem}{seed.suffix}").write_bytes(mutation.content)
    said = f"{result.key}\n{result.verdict.outcome}\n{result.verdict.why}\n"
    (folder / f"{stem}.why").write_text(said, encoding="utf-8")
