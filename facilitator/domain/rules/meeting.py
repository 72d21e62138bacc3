"""Rules on the meeting as a whole: open, attendance, lost time, rating, close."""

import math
from datetime import datetime, timedelta

from msgspec.structs import replace

from facilitator.domain.agenda import Agenda
from facilitator.domain.carry_over import CarryOver, Override
from facilitator.domain.durations import HOUR, MINUTE, NO_TIME
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.kpis import KpisLoaded
from facilitator.domain.events.meeting import (
    AttendanceTaken,
    DraftSaved,
    MeetingClosed,
    MeetingOpened,
    MeetingRated,
    OpenPointAccepted,
    StepRedone,
    StepUndone,
    TimeLost,
)
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.lost_time import LossCause, LostTime
from facilitator.domain.meeting import Meeting
from facilitator.domain.open_points import open_points
from facilitator.domain.people import PersonId
from facilitator.domain.rating import HIGHEST_SCORE, LOWEST_SCORE, Rating
from facilitator.domain.rules.preconditions import must_be_open, must_be_running
from facilitator.domain.text_input import clean_line, require_line
from facilitator.domain.timekeeping import duration


def open_meeting(
    now: datetime, agenda: Agenda, carried: CarryOver, overrides: tuple[Override, ...] = ()
) -> MeetingOpened:
    """Begin a meeting with an agenda and the entries carried over."""
    if not agenda.items:
        raise RuleError(N_("This agenda has no items. Add some before you begin."))
    cleaned = tuple(replace(each, reason=clean_line(each.reason)) for each in overrides)
    return MeetingOpened(at=now, agenda=agenda, carried=carried, overrides=cleaned)


def take_attendance(
    meeting: Meeting,
    now: datetime,
    absent: tuple[PersonId, ...],
    unread: tuple[PersonId, ...] | None = None,
) -> AttendanceTaken:
    """Record who is absent, and who of those present has not read the pre-read."""
    must_be_open(meeting)
    if any(meeting.person(person_id) is None for person_id in (*absent, *(unread or ()))):
        raise RuleError(N_("Only people of this meeting can be marked absent."))
    if unread is not None:
        unread = tuple(each for each in unread if each not in absent)
    return AttendanceTaken(at=now, absent=absent, unread=unread)


def load_kpis(meeting: Meeting, now: datetime, scorecard: Scorecard) -> KpisLoaded:
    """Record the scorecard of the week; only while the meeting runs."""
    must_be_running(meeting)
    return KpisLoaded(at=now, scorecard=scorecard)


def accept_open_point(
    meeting: Meeting, now: datetime, subject: str, reason: str
) -> OpenPointAccepted:
    """Leave a point open at the end, with the reason."""
    return accept_open_points(meeting, now, (subject,), reason)


def accept_open_points(
    meeting: Meeting, now: datetime, subjects: tuple[str, ...], reason: str
) -> OpenPointAccepted:
    """Leave several points open at the end, with one reason, in one step."""
    must_be_open(meeting)
    open_by_key = {point.key: point for point in open_points(meeting)}
    points = [open_by_key[each] for each in subjects if each in open_by_key]
    if not points or len(points) < len(subjects):
        raise RuleError(N_("This is no longer open."))
    if not all(point.may_be_accepted for point in points):
        raise RuleError(
            N_("What was typed would be lost. Save it, keep it as a note, or discard it.")
        )
    reason = require_line(reason, N_("Say why it stays open. The reason goes into the minutes."))
    override, *more = (Override(subject=each.key, reason=reason) for each in points)
    return OpenPointAccepted(at=now, override=override, more=tuple(more))


def close_meeting(meeting: Meeting, now: datetime) -> MeetingClosed:
    """Close the meeting; raise RuleError if a point is open that must be settled first."""
    must_be_open(meeting)
    blocking = [point for point in open_points(meeting) if point.must_be_settled]
    if blocking:
        raise RuleError(
            N_("Still open: {count}. Settle them, or say why they stay open."),
            count=len(blocking),
        )
    return MeetingClosed(at=now)


def undo_step(meeting: Meeting, now: datetime) -> StepUndone:
    """Undo the last step."""
    must_be_open(meeting)
    return StepUndone(at=now)


def redo_step(meeting: Meeting, now: datetime) -> StepRedone:
    """Redo the step that was undone last."""
    must_be_open(meeting)
    return StepRedone(at=now)


def rate_meeting(meeting: Meeting, now: datetime, ratings: tuple[Rating, ...]) -> MeetingRated:
    """Record the ratings of those present who gave one."""
    must_be_open(meeting)
    present = {person.id for person in meeting.present}
    if not present.issuperset(each.person for each in ratings):
        raise RuleError(N_("Only people who are present can rate the meeting."))
    rated = tuple(replace(each, reason=clean_line(each.reason)) for each in ratings)
    for each in rated:
        name = meeting.name_of(each.person)
        if not LOWEST_SCORE <= each.score <= HIGHEST_SCORE:
            raise RuleError(
                N_("{name}: the rating must be a number from {low} to {high}."),
                name=name,
                low=LOWEST_SCORE,
                high=HIGHEST_SCORE,
            )
    return MeetingRated(at=now, ratings=rated)


MAX_LOST_TIME = 8 * HOUR


def record_lost_time(
    meeting: Meeting, now: datetime, cause: LossCause, time: timedelta, about: str = ""
) -> TimeLost:
    """Record how much time was lost, and the cause."""
    must_be_open(meeting)
    if not time:
        raise RuleError(N_("Write how many minutes were lost."))
    must_fit_duration(meeting, now, time)
    lost = LostTime(
        cause=cause, time=time, about=clean_line(about), item_id=meeting.current, at=now
    )
    return TimeLost(at=now, lost=lost)


def must_fit_duration(meeting: Meeting, now: datetime, time: timedelta) -> None:
    """Refuse lost time if it would exceed the duration of the meeting so far.

    The duration is rounded up to whole minutes.
    """
    elapsed = math.ceil(duration(meeting, now) / MINUTE) * MINUTE
    already_lost = sum((each.time for each in meeting.lost_times), NO_TIME)
    if not NO_TIME <= time <= MAX_LOST_TIME or already_lost + time > elapsed:
        raise RuleError(
            N_(
                "The meeting has lasted {minutes} min so far, of which {lost} are already "
                "recorded as lost. Enter fewer minutes."
            ),
            minutes=elapsed // MINUTE,
            lost=already_lost // MINUTE,
        )


def save_draft(
    meeting: Meeting, now: datetime, form: str, fields: tuple[tuple[str, str], ...]
) -> DraftSaved:
    """Save the input of a form that was not submitted; no fields discard it."""
    must_be_open(meeting)
    return DraftSaved(at=now, form=form, fields=fields)
