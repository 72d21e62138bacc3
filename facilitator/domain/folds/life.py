"""The fold's part for a meeting's life: closed, reopened, the pen in other hands."""

from dataclasses import replace

from facilitator.domain.carried import highest
from facilitator.domain.events.life import MeetingReopened, PenHandedOver
from facilitator.domain.events.meeting import MeetingClosed
from facilitator.domain.folds.clock import end
from facilitator.domain.meeting import Meeting, Version


def closed(meeting: Meeting, event: MeetingClosed) -> Meeting:
    """The meeting once it is over; one that was reopened keeps the times of its first close."""
    if meeting.is_reopened:
        return replace(meeting, reopened_at=None)
    return replace(end(meeting, event.at), closed_at=event.at, noted_at=event.noted_at)


def reopened(meeting: Meeting, event: MeetingReopened) -> Meeting:
    """The meeting open for changes, with what it was before among its versions."""
    numbers = highest((meeting.numbers, event.numbers))
    if meeting.is_reopened:
        *earlier, last = meeting.versions
        last = replace(last, met_since=event.met_since)
        return replace(meeting, numbers=numbers, versions=(*earlier, last))
    version = Version(
        reopened_at=event.at, reason=event.reason, met_since=event.met_since, meeting=meeting
    )
    versions = (*meeting.versions, version)
    return replace(meeting, reopened_at=event.at, versions=versions, numbers=numbers)


def handed_over(meeting: Meeting, event: PenHandedOver) -> Meeting:
    """The meeting with somebody else as its recorder."""
    pens = (*meeting.pens, (event.at, event.to))
    return replace(meeting, pens=pens, is_pen_free=event.lets_go)
