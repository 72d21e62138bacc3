"""SIGKILL at any moment loses no acknowledged step."""

import os
import random
import select
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from facilitator.adapters.in_memory import ManualClock, MemoryJournal, MemoryMinutes
from facilitator.adapters.journal_file import JournalFile
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.meeting import Meeting
from facilitator.domain.timekeeping import duration, read_clock
from facilitator.render.language import Language
from facilitator.session.session import MeetingSession
from tests.adapters.killed_process import run_steps

KILLS = 100
AT_ONCE = 2
AWAY = timedelta(minutes=37)
LONGEST = 0.15
"""Longest time to the kill in seconds; about as long as the whole meeting takes."""
SEED = 20261123

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")


def expected() -> tuple[tuple[MeetingEvent, ...], dict[int, Meeting], tuple[int, ...]]:
    """What an undisturbed meeting writes, where any number of events leads, and how many
    there are after each step.
    """
    journal = MemoryJournal()
    meetings = {len(journal.read()): meeting for meeting in run_steps(journal)}
    return journal.read(), meetings, tuple(meetings)


def start_process(path: Path) -> subprocess.Popen[bytes]:
    """Start a meeting in another process."""
    command = [sys.executable, "-m", "tests.adapters.killed_process", str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])


def acknowledged(child: subprocess.Popen[bytes], chance: random.Random) -> int:
    """Kill a child some time after its first step; return how many steps it acknowledged."""
    assert child.stdout is not None
    output = child.stdout.fileno()
    said = os.read(output, 16)
    assert said, "The child ended before its first step."
    select.select([], [], [], chance.uniform(0.0, LONGEST))
    child.send_signal(signal.SIGKILL)
    while more := os.read(output, 65536):
        said += more
    child.wait()
    child.stdout.close()
    return said.count(b"\n")


def resume_meeting(journal: JournalFile, clock: ManualClock) -> Meeting:
    """Return the meeting that the next start opens."""
    session = MeetingSession.open_existing(
        journal=journal,
        minutes=MemoryMinutes(),
        clock=clock,
        language_of=lambda _: Language(),
    )
    session.close_on_error(session.resume_clock)
    session.leave()
    return session.meeting


def test_no_acknowledged_step_is_lost_in_a_hundred_kills(tmp_path):
    chance = random.Random(SEED)
    events, meetings, sizes = expected()
    seen = set()
    for start in range(0, KILLS, AT_ONCE):
        paths = [tmp_path / f"{start + place}.jsonl" for place in range(AT_ONCE)]
        children = [start_process(path) for path in paths]
        for path, child in zip(paths, children, strict=True):
            steps = acknowledged(child, chance)
            seen.add(steps)
            journal = JournalFile(path)
            found = journal.read()
            assert found == events[: len(found)]
            assert sizes[steps - 1] <= len(found) <= sizes[min(steps, len(sizes) - 1)]
            before = meetings[len(found)]
            clock = ManualClock(before.seen_at + AWAY)
            after = resume_meeting(journal, clock)
            assert after.interrupted_time == before.interrupted_time + AWAY
            assert duration(after, clock.now()) == duration(before, before.seen_at)
            was, now = read_clock(before, before.seen_at), read_clock(after, clock.now())
            assert (now.item, now.elapsed) == (was.item, was.elapsed)
    assert len(seen) > KILLS // 20, "The kills should fall on different steps."
