"""Type entries into a meeting in a real terminal, at a speed, with stalls, and read the journal."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.keyboard.entries import Entry
from tests.terminal_emulator import TerminalEmulator

PATIENCE = 30.0
"""Seconds after the last key in which the last entry must be in the journal."""
UNTYPED = frozenset(
    {"MeetingOpened", "KpisLoaded", "DraftSaved", "ClockTicked", "IncidentDetected"}
)
"""Types of events that come without a key, or while somebody types."""
STALL_EVERY = 12
"""Keys between two stalls."""
Event = tuple[str, set[str]]
"""The type of an event, and its texts."""
SHARES_ONE_CORE = hasattr(os, "sched_setaffinity")


class Pace(NamedTuple):
    """How fast the keys come."""

    name: str
    rate: float = 0
    """Keys a second; 0 for each entry in one write."""
    stall: float = 0
    """Seconds for which another process takes the core away, again and again."""


PACES = (
    Pace("10 keys a second", 10),
    Pace("25 keys a second", 25),
    Pace("60 keys a second", 60),
    Pace("300 keys a second", 300),
    Pace("each entry in one write"),
    Pace("16 keys a second, stalls of 0.2 s", 16, 0.2),
    Pace("16 keys a second, stalls of 0.5 s", 16, 0.5),
    Pace("16 keys a second, stalls of 1 s", 16, 1),
)


class Hog:
    """A process that can take the core of another away for a while."""

    PROGRAM = """
import sys, time
for line in sys.stdin:
    ends = time.monotonic() + float(line)
    while time.monotonic() < ends:
        pass
"""

    def __init__(self, victim: int) -> None:
        """Share one core with the process `victim`, which is nice to this one."""
        core = min(os.sched_getaffinity(victim))
        os.sched_setaffinity(victim, {core})
        os.setpriority(os.PRIO_PROCESS, victim, 19)
        self._child = subprocess.Popen(
            [sys.executable, "-c", self.PROGRAM], stdin=subprocess.PIPE, text=True
        )
        os.sched_setaffinity(self._child.pid, {core})

    def stall(self, seconds: float) -> None:
        """Take the core away from now on."""
        assert self._child.stdin is not None
        self._child.stdin.write(f"{seconds}\n")
        self._child.stdin.flush()

    def stop(self) -> None:
        self._child.kill()
        self._child.communicate()


class Typed(NamedTuple):
    """What became of the entries of a pace."""

    pace: Pace
    total: int
    faults: tuple[str, ...]
    seconds: float


def type_entries(entries: Sequence[Entry], pace: Pace, folder: Path) -> Typed:
    """Hold the sample meeting, type the entries into it, and compare the journal with them."""
    with TerminalEmulator("demo", "--folder", folder / "demo", folder=folder) as screen:
        screen.wait_for_text("From last time").press("b").wait_for_text("Timekeeper")
        screen.wait_for_text("30.9")
        journal = max((folder / "demo" / "meetings").glob("*/journal.jsonl"))
        begun, begins = len(_events(journal)), time.monotonic()
        hog = Hog(screen.child.pid) if pace.stall and SHARES_ONE_CORE else None
        try:
            _type(screen, entries, pace, hog)
        finally:
            if hog is not None:
                hog.stop()
        faults = _faults(screen, entries, lambda: _events(journal)[begun:])
        return Typed(pace, len(entries), faults, time.monotonic() - begins)


def _type(screen: TerminalEmulator, entries: Sequence[Entry], pace: Pace, hog: Hog | None) -> None:
    typed = 0
    due = time.monotonic()
    for entry in entries:
        if not pace.rate:
            screen.type_at_once("".join(entry.keys))
            continue
        for key in entry.keys:
            screen.type_at_once(key)
            typed += 1
            if hog is not None and typed % STALL_EVERY == 0:
                hog.stall(pace.stall)
            due = max(due + 1 / pace.rate, time.monotonic() - 0.05)
            screen.read_until(due)


def _faults(
    screen: TerminalEmulator, entries: Sequence[Entry], events: Callable[[], list[Event]]
) -> tuple[str, ...]:
    ends = time.monotonic() + PATIENCE
    found = events()
    while len(found) < len(entries) and time.monotonic() < ends:
        before = len(found)
        screen.read_until(time.monotonic() + 0.3)
        found = events()
        if len(found) > before:
            ends = max(ends, time.monotonic() + PATIENCE)
    screen.read_until(time.monotonic() + 0.5)
    found = events()
    faults = []
    for place in range(max(len(found), len(entries))):
        wanted = entries[place] if place < len(entries) else None
        event, texts = found[place] if place < len(found) else ("nothing", set())
        if wanted is None or event != wanted.event or not texts.issuperset(wanted.texts):
            faults.append(
                f"{place + 1}: {wanted and (wanted.event, wanted.texts)}: {event} {texts}"
            )
    return tuple(faults)


def _events(journal: Path) -> list[Event]:
    """Return the type and the texts of each event that somebody typed."""
    lines = (json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines())
    return [
        (line["type"], set(_texts(line["fact"]))) for line in lines if line["type"] not in UNTYPED
    ]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
