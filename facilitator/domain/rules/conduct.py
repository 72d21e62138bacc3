"""Steps on the meeting as a whole: open it, call the roll, take the figures in, close it."""

from dataclasses import replace
from datetime import datetime

from facilitator.domain.agenda import Agenda
from facilitator.domain.carried import Carried, Override
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.conduct import AttendanceTaken, OpenEndAccepted
from facilitator.domain.events.kpis import KpisLoaded
from facilitator.domain.events.meeting import (
    MeetingClosed,
    MeetingOpened,
    StepRedone,
    StepUndone,
)
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.meeting import Meeting
from facilitator.domain.open_ends import open_ends
from facilitator.domain.people import PersonId
from facilitator.domain.rules.standing import line, must_be_open, must_be_under_way, required


def open_meeting(
    now: datetime, agenda: Agenda, carried: Carried, overrides: tuple[Override, ...] = ()
) -> MeetingOpened:
    """Sit down with an agenda and with what the meetings before left."""
    if not agenda.items:
        raise RuleError(N_("This agenda has no items; add some before you begin."))
    kept = tuple(replace(each, reason=line(each.reason)) for each in overrides)
    return MeetingOpened(at=now, agenda=agenda, carried=carried, overrides=kept)


def take_attendance(
    meeting: Meeting,
    now: datetime,
    absent: tuple[PersonId, ...],
    unread: tuple[PersonId, ...] | None = None,
) -> AttendanceTaken:
    """Call the roll, and ask who of those present has not read the papers."""
    must_be_open(meeting)
    if any(meeting.person(person_id) is None for person_id in (*absent, *(unread or ()))):
        raise RuleError(N_("Only people of this meeting can be marked absent."))
    if unread is not None:
        unread = tuple(each for each in unread if each not in absent)
    return AttendanceTaken(at=now, absent=absent, unread=unread)


def take_figures(meeting: Meeting, now: datetime, scorecard: Scorecard) -> KpisLoaded:
    """Take the week's figures into the meeting, once they are read; not once it is over."""
    must_be_under_way(meeting)
    return KpisLoaded(at=now, scorecard=scorecard)


def accept_open_end(meeting: Meeting, now: datetime, subject: str, reason: str) -> OpenEndAccepted:
    """Leave something open at the end, and say why."""
    must_be_open(meeting)
    if subject not in {end.key for end in open_ends(meeting)}:
        raise RuleError(N_("That is not open any more."))
    why = required(reason, N_("Say why it stays open; the minutes keep the reason."))
    return OpenEndAccepted(at=now, override=Override(subject=subject, reason=why))


def close_meeting(meeting: Meeting, now: datetime) -> MeetingClosed:
    """End the meeting. What must not stay open is settled or accepted first."""
    must_be_open(meeting)
    blocking = [end for end in open_ends(meeting) if end.must_be_settled]
    if blocking:
        raise RuleError(
            N_("{count} things are still open; settle them, or say why they stay open."),
            count=len(blocking),
        )
    return MeetingClosed(at=now)


def undo_step(meeting: Meeting, now: datetime) -> StepUndone:
    """Take the last step back."""
    must_be_open(meeting)
    return StepUndone(at=now)


def redo_step(meeting: Meeting, now: datetime) -> StepRedone:
    """Let the step taken back last stand again."""
    must_be_open(meeting)
    return StepRedone(at=now)
