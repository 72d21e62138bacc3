"""Rules on the clock: start, skip and drop items, change timeboxes, pause, resume."""

from datetime import datetime, timedelta

from facilitator.domain.agenda import ItemId
from facilitator.domain.apply.clock import leave_running_item
from facilitator.domain.durations import NO_TIME
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
from facilitator.domain.text_input import clean_line
from facilitator.domain.timekeeping import next_item, replanned_timeboxes

MAX_TIMEBOX = timedelta(hours=8)
MAX_RECORDER_CHANGE = timedelta(minutes=10)
"""The longest time for which a change of the recorder does not stop the clock."""


def start_next_item(meeting: Meeting, now: datetime) -> ItemStarted:
    """Start the next item, which stops the running one."""
    must_be_running(meeting)
    upcoming = next_item(meeting)
    if upcoming is None:
        raise RuleError(N_("This is the last item. Close the meeting instead."))
    return _start_item(meeting, now, upcoming.item.id)


def start_previous_item(meeting: Meeting, now: datetime) -> ItemStarted:
    """Start the item before the running one again."""
    must_be_running(meeting)
    ids = [each.item.id for each in meeting.items]
    index = ids.index(meeting.current) if meeting.current in ids else len(ids)
    if index == 0:
        raise RuleError(N_("This is already the first item."))
    return start_item(meeting, now, ids[index - 1])


def start_item(meeting: Meeting, now: datetime, item_id: ItemId) -> ItemStarted:
    """Start any item of the agenda, which stops the running one."""
    must_be_running(meeting)
    progress = _require_item(meeting, item_id)
    if progress.state is ItemState.RUNNING:
        raise RuleError(N_("“{title}” is already running."), title=progress.item.title)
    return _start_item(meeting, now, item_id)


def skip_item(meeting: Meeting, now: datetime, item_id: ItemId) -> ItemSkipped:
    """Leave an item that has not begun out of this meeting."""
    must_be_running(meeting)
    progress = _require_item(meeting, item_id)
    if progress.state is not ItemState.PENDING:
        raise RuleError(
            N_("“{title}” has already started. Only later items can be skipped."),
            title=progress.item.title,
        )
    return ItemSkipped(at=now, item_id=item_id)


def drop_item(meeting: Meeting, now: datetime, item_id: ItemId, reason: str = "") -> ItemDropped:
    """Drop an item that was not reached, so that it is not carried over."""
    must_be_open(meeting)
    progress = _require_item(meeting, item_id)
    if not progress.is_unreached:
        raise RuleError(
            N_("“{title}” was already discussed and cannot be dropped."), title=progress.item.title
        )
    return ItemDropped(at=now, item_id=item_id, reason=clean_line(reason))


def change_timebox(
    meeting: Meeting, now: datetime, by: timedelta, item_id: ItemId | None = None
) -> TimeboxChanged:
    """Lengthen or shorten the timebox of an item; by default of the running one."""
    must_be_running(meeting)
    target_id = item_id or meeting.current
    if target_id is None:
        raise RuleError(N_("No item is running. Go to an item first."))
    progress = _require_item(meeting, target_id)
    timebox = progress.timebox + by
    if timebox < SHORTEST_TIMEBOX:
        raise RuleError(
            N_("“{title}” cannot have less than one minute."), title=progress.item.title
        )
    if timebox > MAX_TIMEBOX:
        raise RuleError(N_("An item cannot have more than eight hours."))
    return TimeboxChanged(at=now, item_id=target_id, by=by)


def pause_or_continue(meeting: Meeting, now: datetime) -> MeetingPaused | MeetingContinued:
    """Pause the clock of the running item, or continue it."""
    must_be_running(meeting)
    if meeting.current is None:
        raise RuleError(N_("No item is running. Go to an item first."))
    return MeetingContinued(at=now) if meeting.is_paused else MeetingPaused(at=now)


def resume_meeting(meeting: Meeting, now: datetime) -> MeetingResumed:
    """Resume an interrupted meeting; the time since it stopped does not count.

    Only a quick change of the recorder does not stop the clock.
    """
    must_be_running(meeting)
    stopped_at = meeting.suspended_at or meeting.seen_at
    if meeting.is_recorder_changing and now - stopped_at <= MAX_RECORDER_CHANGE:
        stopped_at = now
    return MeetingResumed(at=now, stopped_at=stopped_at)


def tick_clock(meeting: Meeting, now: datetime, clock_set_by: timedelta = NO_TIME) -> ClockTicked:
    """Record that the program is still running."""
    must_be_running(meeting)
    return ClockTicked(at=now, clock_set_by=clock_set_by)


def _start_item(meeting: Meeting, now: datetime, item_id: ItemId) -> ItemStarted:
    """Start an item with its timebox, shortened if the meeting is late without the running item."""
    stopped = leave_running_item(meeting, item_id, now)
    timebox = _require_item(stopped, item_id).timebox
    shortened = replanned_timeboxes(stopped, now).get(item_id, timebox)
    return ItemStarted(at=now, item_id=item_id, timebox=shortened if shortened < timebox else None)


def _require_item(meeting: Meeting, item_id: ItemId) -> ItemProgress:
    progress = meeting.item(item_id)
    if progress is None:
        raise RuleError(N_("This agenda has no such item."))
    return progress
