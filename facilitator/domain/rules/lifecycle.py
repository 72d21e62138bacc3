"""Rules on the life cycle: suspend, close a forgotten meeting, reopen, change the recorder."""

from datetime import date, datetime, timedelta

from facilitator.domain.carry_over import NextNumbers
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.clock import MeetingSuspended
from facilitator.domain.events.meeting import MeetingClosed, MeetingReopened, RecorderChanged
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.rules.preconditions import must_be_closed, must_be_open, must_be_running
from facilitator.domain.text_input import require_line

FORGOTTEN_AFTER = timedelta(hours=2)
"""A meeting without a step for this long can be closed as forgotten."""


def suspend_meeting(meeting: Meeting, now: datetime) -> MeetingSuspended:
    """Suspend the meeting, to be resumed later at the same item."""
    must_be_running(meeting)
    return MeetingSuspended(at=now)


def close_forgotten(meeting: Meeting, now: datetime, last_step_at: datetime) -> MeetingClosed:
    """Close a meeting that nobody closed as of its last step; open points stay open."""
    if meeting.is_reopened:
        raise RuleError(N_("This meeting was closed before. Resume it, and close it again there."))
    must_be_running(meeting)
    if now - last_step_at < FORGOTTEN_AFTER:
        raise RuleError(
            N_(
                "The last step was at {time}, less than two hours ago. Resume the meeting, then "
                "close it."
            ),
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
    """Reopen the minutes of a closed meeting; `numbers` are the next free of the series.

    `met_since` is the day of a later meeting that took over the open entries.
    """
    must_be_closed(meeting)
    reason = require_line(
        reason, N_("Say why the minutes change. The reason goes into the new version.")
    )
    return MeetingReopened(at=now, reason=reason, numbers=numbers, met_since=met_since)


def update_numbers(
    meeting: Meeting, now: datetime, numbers: NextNumbers, met_since: date | None = None
) -> MeetingReopened:
    """Take over the numbers that later meetings have used while this one was reopened."""
    must_be_open(meeting)
    reason = meeting.versions[-1].reason
    return MeetingReopened(at=now, reason=reason, numbers=numbers, met_since=met_since)


def change_recorder(
    meeting: Meeting, now: datetime, to: PersonId, *, lets_go: bool = False
) -> RecorderChanged:
    """Make another person the recorder."""
    must_be_running(meeting)
    person = meeting.person(to)
    if person is None:
        raise RuleError(N_("The recorder must be one of the people of this meeting."))
    if person == meeting.recorder and not lets_go:
        raise RuleError(N_("{name} is already the recorder."), name=person.name)
    return RecorderChanged(at=now, to=to, lets_go=lets_go)
