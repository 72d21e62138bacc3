"""`facilitator reopen`: closed minutes, opened again to become a new version."""

import argparse
from pathlib import Path

from facilitator.cli.compose import desk
from facilitator.cli.meetings import choose_meeting
from facilitator.cli.output import say
from facilitator.cli.workspace import workspace_at
from facilitator.render.language import _


def run(options: argparse.Namespace) -> int:
    """Reopen them, and say where they are changed."""
    workspace = workspace_at(Path.cwd())
    session = desk(workspace).reopen(choose_meeting(workspace, options.meeting), options.reason)
    session.leave()
    told = _(
        "Version {number} is open: change it in the lobby of `facilitator` (key u), then close it. "
        "The minutes of version {before} stay in minutes-v{before}.md."
    )
    number = len(session.meeting.versions) + 1
    say(told.format(number=number, before=number - 1))
    return 0
