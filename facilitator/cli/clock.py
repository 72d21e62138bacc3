"""`facilitator clock`: the timekeeper's pane, following a meeting that runs elsewhere."""

import argparse
from functools import partial
from pathlib import Path

from facilitator.adapters.journal_reader import JournalFollower, find_journals, read_journal
from facilitator.cli.meetings import choose_meeting, journal_of
from facilitator.cli.terminal import open_clock
from facilitator.cli.workspace import workspace_at
from facilitator.domain.events.meeting import MeetingClosed


def run(options: argparse.Namespace) -> int:
    """Follow the meeting that is named, or else whichever is under way."""
    workspace = workspace_at(Path.cwd())
    if options.meeting is None:
        return open_clock(partial(follow_running, workspace.meetings))
    journal = journal_of(workspace, choose_meeting(workspace, options.meeting))
    return open_clock(partial(JournalFollower, journal))


def follow_running(meetings: Path) -> JournalFollower | None:
    """Follow the journal that was written last, unless its meeting is over."""
    paths = [journal.path for journal in find_journals(meetings)]
    if not paths:
        return None
    newest = max(paths, key=lambda path: path.stat().st_mtime_ns)
    is_over = any(isinstance(event, MeetingClosed) for event in read_journal(newest).events)
    return None if is_over else JournalFollower(newest)
