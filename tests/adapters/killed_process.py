"""Hold a meeting in a process that a test kills.

Run as `python -m tests.adapters.killed_process JOURNAL`. It prints how many steps were taken. Its
clock moves by hand, so that a test knows what must be on disk after any number of steps."""

import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from facilitator.adapters.in_memory import ManualClock, MemoryMinutes
from facilitator.adapters.journal_file import JournalFile
from facilitator.domain.decision import DecisionId, OptionId
from facilitator.domain.meeting import Meeting
from facilitator.domain.rules import actions, decisions
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.render.language import Language
from facilitator.session.ports import Journal
from facilitator.session.session import MeetingSession
from tests.factories import OPENED, action_draft, agenda, carried, scorecard


def run_steps(journal: Journal) -> Iterator[Meeting]:
    """Hold a meeting of some two hundred steps; yield the meeting after each."""
    clock = ManualClock(OPENED)
    session = MeetingSession.open(
        agenda(),
        carried(),
        journal=journal,
        minutes=MemoryMinutes(),
        clock=clock,
        language=Language(),
    )
    yield session.meeting
    yield session.step(meeting_rules.load_kpis, scorecard())
    yield session.step(decisions.choose_option, DecisionId("D3"), OptionId("A"))
    for number in range(30):
        clock.advance(seconds=7)
        yield session.tick()
        yield session.step(note_rules.take_note, f"Remark {number}: " + "long text " * number)
        yield session.step(
            actions.add_action,
            action_draft(f"Order {number}"),
        )
        clock.advance(seconds=8)
        yield session.undo()
        yield session.redo() if number % 2 else session.step(clock_rules.pause_or_continue)
        if number % 9 == 8:
            yield session.step(clock_rules.start_next_item)
        yield session.step(clock_rules.change_timebox, timedelta(minutes=1 if number % 2 else -1))


if __name__ == "__main__":
    for count, _ in enumerate(run_steps(JournalFile(Path(sys.argv[1]))), start=1):
        os.write(1, f"{count}\n".encode())
