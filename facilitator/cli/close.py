"""`facilitator close`: a forgotten meeting, closed at the last step taken in it."""

import argparse
from pathlib import Path

from facilitator.cli.compose import desk
from facilitator.cli.meetings import choose_meeting
from facilitator.cli.output import say
from facilitator.cli.workspace import workspace_at
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.render.language import _
from facilitator.session.desk import Desk
from facilitator.session.stored import MeetingId


def run(options: argparse.Namespace) -> int:
    """Close it; what it left open is told in its minutes, and carried over."""
    workspace = workspace_at(Path.cwd())
    at = desk(workspace)
    named = choose_meeting(workspace, options.meeting) if options.meeting else _forgotten(at)
    session = at.take_up(named)
    ending = session.or_leave(session.close_forgotten)
    path = session.or_leave(lambda: at.finish(session))
    zone = ending.agenda.starts.tzinfo
    told = _("Closed at its last step, {moment}. Its minutes: {path}")
    moment = f"{ending.closed_at.astimezone(zone):%Y-%m-%d %H:%M}" if ending.closed_at else ""
    say(told.format(moment=moment, path=path))
    return 0


def _forgotten(at: Desk) -> MeetingId:
    """The newest meeting that nobody closed; a reopened one only where there is no other."""
    found = min(at.resumable(), key=lambda each: each.is_reopened, default=None)
    if found is None:
        raise FacilitatorError(N_("No meeting is open; all of them were closed."))
    return found.id
