"""The fold's part for the room as a whole: who came, what matters, what stays open."""

from dataclasses import replace
from typing import assert_never

from facilitator.domain.events.conduct import (
    AttendanceTaken,
    ConductStep,
    FocusAnswered,
    MeetingRated,
    OpenEndAccepted,
    TimeLost,
)
from facilitator.domain.meeting import Meeting


def conducted(meeting: Meeting, event: ConductStep) -> Meeting:
    """The meeting after a step of the room as a whole."""
    match event:
        case AttendanceTaken(absent=absent, unread=unread):
            return replace(meeting, absent=absent, unread=unread)
        case FocusAnswered(text=text):
            return replace(meeting, focus=text)
        case OpenEndAccepted(override=override):
            return replace(meeting, accepted=(*meeting.accepted, override))
        case TimeLost(lost=lost):
            return replace(meeting, waste=(*meeting.waste, lost))
        case MeetingRated(ratings=ratings):
            return replace(meeting, ratings=ratings)
        case _:
            assert_never(event)
