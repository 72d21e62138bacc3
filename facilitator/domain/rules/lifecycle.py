"""Rules on the life cycle: suspend, reopen, close a forgotten meeting."""

from datetime import date, datetime, timedelta

from facilitator.domain.carry_over import NextNumbers
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.clock import MeetingSuspended
from facilitator.domain.events.meeting import MeetingClosed, MeetingReopened, RecorderChanged
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.rules.preconditions import must_be_closed, must_be_open, must_be_running
from facilitator.domain.text import require_line

FORGOTTEN_AFTER = timedelta(hours=2)
"""Without a step for so long, a meeting counts as forgotten."""


def suspend_meeting(meeting: Meeting, now: datetime) -> MeetingSuspended:
    """Break off, to go on later at the same place."""
    must_be_running(meeting)
    return MeetingSuspended(at=now)


def close_forgotten(meeting: Meeting, now: datetime, last_step_at: datetime) -> MeetingClosed:
    """End a meeting that nobody closed at the last step taken; what is open stays open."""
    if meeting.is_reopened:
        raise RuleError(N_("This meeting was closed before: resume it, and close it again there."))
    must_be_running(meeting)
    if now - last_step_at < FORGOTTEN_AFTER:
        raise RuleError(
            N_("Its last step was at {time}, less than two hours ago: resume it, then close it."),
            time=last_step_at.astimezone(meeting.agenda.starts.tzinfo).strftime("%H:%M"),
        )
    return MeetingClosed(at=last_step_at, noted_at=now)


def reopen_meeting(
    meeting: Meeting,
    now: datetime,
    reason: str,
    numbers: NextNumbers,
    met_since: date | None = None,
) -> MeetingReopened:
    """Open closed minutes again; `numbers` are the next free ones of the series."""
    must_be_closed(meeting)
    why = require_line(reason, N_("Say why the minutes change; the new version tells it."))
    return MeetingReopened(at=now, reason=why, numbers=numbers, met_since=met_since)


def update_numbers(
    meeting: Meeting, now: datetime, numbers: NextNumbers, met_since: date | None = None
) -> MeetingReopened:
    """Go on with a reopened meeting, knowing what later meetings gave away meanwhile."""
    must_be_open(meeting)
    reason = meeting.versions[-1].reason
    return MeetingReopened(at=now, reason=reason, numbers=numbers, met_since=met_since)


def change_recorder(
    meeting: Meeting, now: datetime, to: PersonId, *, lets_go: bool = False
) -> RecorderChanged:
    """Have somebody else record."""
    must_be_running(meeting)
    person = meeting.person(to)
    if person is None:
        raise RuleError(N_("Only somebody of this meeting can take the pen."))
    if person == meeting.recorder and not lets_go:
        raise RuleError(N_("{name} has the pen already."), name=person.name)
    return RecorderChanged(at=now, to=to, lets_go=lets_go)
