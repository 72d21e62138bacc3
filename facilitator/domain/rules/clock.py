"""Rules on the clock: start, skip and drop items, change timeboxes, pause."""

from datetime import datetime, timedelta

from facilitator.domain.agenda import ItemId
from facilitator.domain.apply.clock import leave_running_item
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.clock import (
    ClockTicked,
    ItemDropped,
    ItemSkipped,
    ItemStarted,
    MeetingContinued,
    MeetingPaused,
    MeetingResumed,
    TimeboxChanged,
)
from facilitator.domain.meeting import ItemProgress, ItemState, Meeting
from facilitator.domain.replanning import SHORTEST_TIMEBOX
from facilitator.domain.rules.preconditions import must_be_open, must_be_running
from facilitator.domain.text import clean_line
from facilitator.domain.timekeeping import next_item, replanned_timeboxes

MAX_TIMEBOX = timedelta(hours=8)
MAX_RECORDER_CHANGE = timedelta(minutes=10)
"""A new recorder who takes longer has not just changed seats."""


def start_next_item(meeting: Meeting, now: datetime) -> ItemStarted:
    """Start the next item; the running one stops."""
    must_be_running(meeting)
    following = next_item(meeting)
    if following is None:
        raise RuleError(N_("That was the last item; close the meeting instead."))
    return _start_item(meeting, now, following.item.id)


def start_previous_item(meeting: Meeting, now: datetime) -> ItemStarted:
    """Start the item before the running one again."""
    must_be_running(meeting)
    places = [each.item.id for each in meeting.items]
    place = places.index(meeting.current) if meeting.current in places else len(places)
    if place == 0:
        raise RuleError(N_("This is the first item; there is none before it."))
    return start_item(meeting, now, places[place - 1])


def start_item(meeting: Meeting, now: datetime, item_id: ItemId) -> ItemStarted:
    """Go to any item of the agenda."""
    must_be_running(meeting)
    progress = _require_item(meeting, item_id)
    if progress.state is ItemState.RUNNING:
        raise RuleError(N_("“{title}” is already running."), title=progress.item.title)
    return _start_item(meeting, now, item_id)


def skip_item(meeting: Meeting, now: datetime, item_id: ItemId) -> ItemSkipped:
    """Leave an item that has not begun out for today."""
    must_be_running(meeting)
    progress = _require_item(meeting, item_id)
    if progress.state is not ItemState.PENDING:
        raise RuleError(
            N_("“{title}” has begun; only an item still to come can be skipped."),
            title=progress.item.title,
        )
    return ItemSkipped(at=now, item_id=item_id)


def drop_item(meeting: Meeting, now: datetime, item_id: ItemId, reason: str = "") -> ItemDropped:
    """Not carry an item over that was not reached."""
    must_be_open(meeting)
    progress = _require_item(meeting, item_id)
    if not progress.is_unreached:
        raise RuleError(
            N_("“{title}” was discussed; there is nothing to drop."), title=progress.item.title
        )
    return ItemDropped(at=now, item_id=item_id, reason=clean_line(reason))


def change_timebox(
    meeting: Meeting, now: datetime, by: timedelta, item_id: ItemId | None = None
) -> TimeboxChanged:
    """Give an item more time, or less; the running one unless another is named."""
    must_be_running(meeting)
    wanted = item_id or meeting.current
    if wanted is None:
        raise RuleError(N_("No item is running; go to one first."))
    progress = _require_item(meeting, wanted)
    changed = progress.timebox + by
    if changed < SHORTEST_TIMEBOX:
        raise RuleError(
            N_("“{title}” cannot have less than one minute."), title=progress.item.title
        )
    if changed > MAX_TIMEBOX:
        raise RuleError(N_("An item cannot have more than eight hours."))
    return TimeboxChanged(at=now, item_id=wanted, by=by)


def pause_or_continue(meeting: Meeting, now: datetime) -> MeetingPaused | MeetingContinued:
    """Stop the clock of the running item, or let it go on."""
    must_be_running(meeting)
    if meeting.current is None:
        raise RuleError(N_("No item is running; go to one first."))
    return MeetingContinued(at=now) if meeting.is_paused else MeetingPaused(at=now)


def resume_meeting(meeting: Meeting, now: datetime) -> MeetingResumed:
    """Come back: the time between is nobody's, unless the pen only changed hands meanwhile."""
    must_be_running(meeting)
    stopped_at = meeting.suspended_at or meeting.seen_at
    if meeting.is_recorder_changing and now - stopped_at <= MAX_RECORDER_CHANGE:
        stopped_at = now
    return MeetingResumed(at=now, stopped_at=stopped_at)


def tick_clock(meeting: Meeting, now: datetime) -> ClockTicked:
    """Note that the program still runs."""
    must_be_running(meeting)
    return ClockTicked(at=now)


def _start_item(meeting: Meeting, now: datetime, item_id: ItemId) -> ItemStarted:
    """An item begins with what the lateness of the room leaves it, once the running one stops."""
    left = leave_running_item(meeting, item_id, now)
    had = _require_item(left, item_id).timebox
    has = replanned_timeboxes(left, now).get(item_id, had)
    return ItemStarted(at=now, item_id=item_id, timebox=has if has < had else None)


def _require_item(meeting: Meeting, item_id: ItemId) -> ItemProgress:
    progress = meeting.item(item_id)
    if progress is None:
        raise RuleError(N_("This agenda has no such item."))
    return progress
