"""Apply events about the clock: start, stop and pause items."""

from datetime import datetime, timedelta
from typing import assert_never

from msgspec.structs import replace

from facilitator.domain.agenda import ItemId
from facilitator.domain.apply.entries import require_found
from facilitator.domain.apply.notes import unpark_item
from facilitator.domain.events.clock import (
    ClockStep,
    ItemDropped,
    ItemSkipped,
    ItemStarted,
    MeetingContinued,
    MeetingPaused,
    MeetingResumed,
    TimeboxChanged,
)
from facilitator.domain.interruption import Interruption
from facilitator.domain.meeting import ItemState, Meeting
from facilitator.domain.note import TopicStatus


def apply_clock(meeting: Meeting, event: ClockStep) -> Meeting:
    """The meeting after a step on its clock."""
    match event:
        case ItemStarted(at=at, item_id=item_id, timebox=timebox):
            moved = limit_timebox(switch_to_item(meeting, item_id, at), item_id, timebox)
            return unpark_item(moved, item_id, TopicStatus.SETTLED)
        case ItemSkipped(item_id=item_id):
            return with_item(meeting, item_id, state=ItemState.SKIPPED)
        case ItemDropped(item_id=item_id, reason=reason):
            dropped = with_item(meeting, item_id, state=ItemState.DROPPED, reason=reason)
            return unpark_item(dropped, item_id, TopicStatus.DROPPED)
        case TimeboxChanged(item_id=item_id, by=by):
            adjusted = require_found(meeting.item(item_id), item_id).adjusted + by
            return with_item(meeting, item_id, adjusted=adjusted)
        case MeetingPaused(at=at):
            return replace(count_running_time(meeting, at), is_paused=True)
        case MeetingContinued(at=at):
            return replace(meeting, is_paused=False, current_since=at)
        case _:
            assert_never(event)


def with_item(
    meeting: Meeting,
    item_id: ItemId,
    *,
    state: ItemState | None = None,
    spent: timedelta | None = None,
    adjusted: timedelta | None = None,
    taken: timedelta | None = None,
    reason: str = "",
) -> Meeting:
    """The meeting with one item changed."""
    old = require_found(meeting.item(item_id), item_id)
    new = replace(
        old,
        state=old.state if state is None else state,
        spent=old.spent if spent is None else spent,
        adjusted=old.adjusted if adjusted is None else adjusted,
        taken=old.taken if taken is None else taken,
        reason=reason or old.reason,
    )
    items = tuple(new if each.item.id == item_id else each for each in meeting.items)
    return replace(meeting, items=items)


def count_running_time(meeting: Meeting, at: datetime) -> Meeting:
    """Count the running stretch up to `at`, and end it."""
    if meeting.current is None or meeting.current_since is None:
        return meeting
    stretch = max(at - meeting.current_since, timedelta())
    spent = require_found(meeting.running, meeting.current).spent + stretch
    return replace(with_item(meeting, meeting.current, spent=spent), current_since=None)


def stop_running_item(meeting: Meeting, at: datetime, state: ItemState = ItemState.DONE) -> Meeting:
    """End the running item."""
    if meeting.current is None:
        return meeting
    banked = with_item(count_running_time(meeting, at), meeting.current, state=state)
    return replace(banked, current=None, is_paused=False)


def switch_to_item(meeting: Meeting, item_id: ItemId, at: datetime) -> Meeting:
    """Go from the running item to another."""
    return run_item(leave_running_item(meeting, item_id, at), item_id, at)


def leave_running_item(meeting: Meeting, item_id: ItemId, at: datetime) -> Meeting:
    """Leave the running item for another; one left by going back is still to come."""
    places = [each.item.id for each in meeting.items]
    goes_back = meeting.current in places and item_id in places[: places.index(meeting.current)]
    return stop_running_item(meeting, at, ItemState.PENDING if goes_back else ItemState.DONE)


def limit_timebox(meeting: Meeting, item_id: ItemId, timebox: timedelta | None) -> Meeting:
    """Leave an item this much time; None takes nothing, and more gives back what was taken."""
    if timebox is None:
        return meeting
    progress = require_found(meeting.item(item_id), item_id)
    taken = progress.taken + progress.timebox - timebox
    return with_item(meeting, item_id, taken=max(taken, timedelta()))


def run_item(meeting: Meeting, item_id: ItemId, at: datetime) -> Meeting:
    """Let an item run."""
    started = with_item(meeting, item_id, state=ItemState.RUNNING)
    return replace(started, current=item_id, current_since=at, is_paused=False)


def stop_for_good(meeting: Meeting, at: datetime) -> Meeting:
    """Stop for good; what was counted after `at`, by a program left alone, counts for nobody."""
    late = sum((each.length for each in meeting.interruptions if each.start >= at), timedelta())
    counted_to = meeting.current_since or meeting.suspended_at or at
    beyond = max(counted_to - at - late, timedelta())
    running = meeting.running
    if running is not None and not meeting.is_paused and beyond:
        spent = max(running.spent - beyond, timedelta())
        meeting = with_item(meeting, running.item.id, spent=spent)
    before = tuple(each for each in meeting.interruptions if each.start < at)
    return replace(stop_running_item(meeting, at), interruptions=before, suspended_at=None)


def apply_suspended(meeting: Meeting, at: datetime) -> Meeting:
    """Break off: what runs is counted up to now, and goes on when the meeting is resumed."""
    return replace(count_running_time(meeting, at), suspended_at=at)


def apply_resumed(meeting: Meeting, event: MeetingResumed) -> Meeting:
    """Go on after a suspension, or after the program was gone: the time between is nobody's."""
    runs = meeting.current is not None and not meeting.is_paused
    was_suspended = meeting.suspended_at is not None
    interruption = Interruption(start=event.stopped_at, end=event.at, is_suspension=was_suspended)
    added = (interruption,) if interruption.length > timedelta() else ()
    return replace(
        count_running_time(meeting, event.stopped_at),
        current_since=event.at if runs else None,
        suspended_at=None,
        is_recorder_changing=False,
        interruptions=meeting.interruptions + added,
    )
