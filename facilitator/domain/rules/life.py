"""Steps on a meeting's life: break off, close it long after, reopen it, hand the pen over."""

from datetime import date, datetime, timedelta

from facilitator.domain.carried import Numbers
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.clock import MeetingSuspended
from facilitator.domain.events.life import MeetingReopened, PenHandedOver
from facilitator.domain.events.meeting import MeetingClosed
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.rules.standing import must_be_open, must_be_under_way, required

LEFT_ALONE = timedelta(hours=2)
"""Without a step for so long, a meeting counts as forgotten."""


def suspend(meeting: Meeting, now: datetime) -> MeetingSuspended:
    """Break off, to go on later at the same place."""
    must_be_under_way(meeting)
    return MeetingSuspended(at=now)


def close_forgotten(meeting: Meeting, now: datetime, last_step_at: datetime) -> MeetingClosed:
    """End a meeting that nobody closed at the last step taken; what is open stays open."""
    if meeting.is_reopened:
        raise RuleError(N_("This meeting was closed before: resume it, and close it again there."))
    must_be_under_way(meeting)
    if now - last_step_at < LEFT_ALONE:
        raise RuleError(
            N_("Its last step was at {time}, less than two hours ago: resume it, then close it."),
            time=last_step_at.astimezone(meeting.agenda.starts.tzinfo).strftime("%H:%M"),
        )
    return MeetingClosed(at=last_step_at, noted_at=now)


def reopen(
    meeting: Meeting, now: datetime, reason: str, numbers: Numbers, met_since: date | None = None
) -> MeetingReopened:
    """Open closed minutes again; `numbers` are the next free ones of the series."""
    must_be_closed(meeting)
    why = required(reason, N_("Say why the minutes change; the new version tells it."))
    return MeetingReopened(at=now, reason=why, numbers=numbers, met_since=met_since)


def must_be_closed(meeting: Meeting) -> None:
    """Refuse to reopen what is open."""
    if not meeting.is_closed:
        raise RuleError(N_("This meeting is open: resume it from the lobby."))


def renumber(
    meeting: Meeting, now: datetime, numbers: Numbers, met_since: date | None = None
) -> MeetingReopened:
    """Go on with a reopened meeting, knowing what later meetings gave away meanwhile."""
    must_be_open(meeting)
    reason = meeting.versions[-1].reason
    return MeetingReopened(at=now, reason=reason, numbers=numbers, met_since=met_since)


def hand_over(
    meeting: Meeting, now: datetime, to: PersonId, *, lets_go: bool = False
) -> PenHandedOver:
    """Have somebody else record."""
    must_be_under_way(meeting)
    person = meeting.person(to)
    if person is None:
        raise RuleError(N_("Only somebody of this meeting can take the pen."))
    if person == meeting.recorder and not lets_go:
        raise RuleError(N_("{name} has the pen already."), name=person.name)
    return PenHandedOver(at=now, to=to, lets_go=lets_go)
