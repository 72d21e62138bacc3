"""Begin, suspend, hand over, close and reopen two meetings, killed at each fsync.

Run as `python -m tests.adapters.killed_lifecycle FOLDER`. A fork for each fsync runs in a folder of
its own, named by the number of fsyncs it saw, until one comes to the end."""

import os
import signal
import sys
import traceback
from itertools import count
from pathlib import Path

from msgspec.structs import replace

from facilitator.adapters.publication_file import write_publication
from facilitator.domain.action import ActionId
from facilitator.domain.people import PersonId
from facilitator.domain.publication import Publication
from facilitator.domain.rules import actions, lifecycle
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import entries as entry_rules
from facilitator.session.session import MeetingSession
from facilitator.session.stored_meetings import MeetingId
from tests.environment import AppEnvironment
from tests.factories import STARTS, action_draft, close_meeting

FIRST, SECOND = MeetingId("2026-11-23-weekly"), MeetingId("2026-11-30-weekly")
MARKER = "XYZZY"
ACKNOWLEDGED = "acknowledged"
"""A file with a line for each acknowledged step: the meeting, and the time of its last step."""


def run_lifecycle(folder: Path) -> None:
    """Take two meetings through everything that can happen to a meeting."""
    acknowledged = os.open(folder / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    environment = AppEnvironment(folder)
    services, clock = environment.services, environment.clock

    def acknowledge(session: MeetingSession) -> MeetingSession:
        os.write(
            acknowledged, f"{session.meeting_id} {session.meeting.seen_at.isoformat()}\n".encode()
        )
        return session

    write_publication(folder / "agenda.toml", Publication(starts=STARTS, sent_at=STARTS), "Read\n")
    session = acknowledge(environment.begin())
    clock.advance(minutes=1)
    secret = action_draft(MARKER)
    session.step(actions.add_action, secret)
    session.step(entry_rules.toggle_sensitivity, "A1")
    acknowledge(session).write_minutes()
    session.step(lifecycle.suspend_meeting)
    acknowledge(session).leave()
    clock.advance(minutes=20)
    session = acknowledge(services.resume(FIRST))
    session.step(clock_rules.start_next_item)
    session.step(lifecycle.change_recorder, PersonId("jun"), lets_go=True)
    acknowledge(session).leave()
    clock.advance(minutes=2)
    session = acknowledge(services.resume(FIRST))
    session.write_minutes()
    close_meeting(session)
    services.finish(acknowledge(session))
    clock.advance(hours=24 * 7)
    session = acknowledge(environment.begin())
    session.write_minutes()
    session.leave()
    clock.advance(hours=30)
    session = services.open_existing(SECOND)
    session.close_forgotten()
    services.finish(acknowledge(session))
    session = acknowledge(services.reopen(FIRST, "A slip"))
    session.step(actions.change_action, replace(secret, id=ActionId("A1"), title=f"{MARKER} too"))
    acknowledge(session).leave()
    session = acknowledge(services.resume(FIRST))
    session.write_minutes()
    close_meeting(session)
    services.finish(acknowledge(session))


def is_killed_at_sync(place: int, folder: Path) -> bool:
    """Run in a fork that is killed at a sync; return whether it was, before the end."""
    folder.mkdir()
    child = os.fork()
    if not child:
        syncs, sync = count(), os.fsync

        def die(handle: int) -> None:
            if next(syncs) == place:
                os.kill(os.getpid(), signal.SIGKILL)
            sync(handle)

        setattr(os, "fsync", die)  # noqa: B010
        try:
            run_lifecycle(folder)
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        sys.exit(1)
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    for number in count():
        if not is_killed_at_sync(number, Path(sys.argv[1], f"{number}")):
            break
