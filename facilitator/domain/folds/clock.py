"""The clock's part of the fold: what starting, stopping and pausing make of the items."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from facilitator.domain.agenda import ItemId
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
from facilitator.domain.folds.entries import found
from facilitator.domain.folds.notes import no_longer_put_off
from facilitator.domain.gap import Gap
from facilitator.domain.meeting import ItemState, Meeting
from facilitator.domain.note import TopicStatus


def timed(meeting: Meeting, event: ClockStep) -> Meeting:
    """The meeting after a step on its clock."""
    match event:
        case ItemStarted(at=at, item_id=item_id, timebox=timebox):
            moved = cut_to(move(meeting, item_id, at), item_id, timebox)
            return no_longer_put_off(moved, item_id, TopicStatus.SETTLED)
        case ItemSkipped(item_id=item_id):
            return with_item(meeting, item_id, state=ItemState.SKIPPED)
        case ItemDropped(item_id=item_id, reason=reason):
            dropped = with_item(meeting, item_id, state=ItemState.DROPPED, reason=reason)
            return no_longer_put_off(dropped, item_id, TopicStatus.DROPPED)
        case TimeboxChanged(item_id=item_id, by=by):
            adjusted = found(meeting.item(item_id), item_id).adjusted + by
            return with_item(meeting, item_id, adjusted=adjusted)
        case MeetingPaused(at=at):
            return replace(bank(meeting, at), is_paused=True)
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
    old = found(meeting.item(item_id), item_id)
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


def bank(meeting: Meeting, at: datetime) -> Meeting:
    """Count the running stretch up to `at`, and end it."""
    if meeting.current is None or meeting.current_since is None:
        return meeting
    stretch = max(at - meeting.current_since, timedelta())
    spent = found(meeting.running, meeting.current).spent + stretch
    return replace(with_item(meeting, meeting.current, spent=spent), current_since=None)


def stop(meeting: Meeting, at: datetime, state: ItemState = ItemState.DONE) -> Meeting:
    """End the running item."""
    if meeting.current is None:
        return meeting
    banked = with_item(bank(meeting, at), meeting.current, state=state)
    return replace(banked, current=None, is_paused=False)


def move(meeting: Meeting, item_id: ItemId, at: datetime) -> Meeting:
    """Go from the running item to another."""
    return start(leave(meeting, item_id, at), item_id, at)


def leave(meeting: Meeting, item_id: ItemId, at: datetime) -> Meeting:
    """Leave the running item for another; one left by going back is still to come."""
    places = [each.item.id for each in meeting.items]
    goes_back = meeting.current in places and item_id in places[: places.index(meeting.current)]
    return stop(meeting, at, ItemState.PENDING if goes_back else ItemState.DONE)


def cut_to(meeting: Meeting, item_id: ItemId, timebox: timedelta | None) -> Meeting:
    """Leave an item this much time; None takes nothing, and more gives back what was taken."""
    if timebox is None:
        return meeting
    progress = found(meeting.item(item_id), item_id)
    taken = progress.taken + progress.timebox - timebox
    return with_item(meeting, item_id, taken=max(taken, timedelta()))


def start(meeting: Meeting, item_id: ItemId, at: datetime) -> Meeting:
    """Let an item run."""
    started = with_item(meeting, item_id, state=ItemState.RUNNING)
    return replace(started, current=item_id, current_since=at, is_paused=False)


def end(meeting: Meeting, at: datetime) -> Meeting:
    """Stop for good; what was counted after `at`, by a program left alone, counts for nobody."""
    late = sum((gap.length for gap in meeting.gaps if gap.start >= at), timedelta())
    counted_to = meeting.current_since or meeting.suspended_at or at
    beyond = max(counted_to - at - late, timedelta())
    running = meeting.running
    if running is not None and not meeting.is_paused and beyond:
        spent = max(running.spent - beyond, timedelta())
        meeting = with_item(meeting, running.item.id, spent=spent)
    gaps = tuple(gap for gap in meeting.gaps if gap.start < at)
    return replace(stop(meeting, at), gaps=gaps, suspended_at=None)


def suspend(meeting: Meeting, at: datetime) -> Meeting:
    """Break off: what runs is counted up to now, and goes on when the meeting is resumed."""
    return replace(bank(meeting, at), suspended_at=at)


def resume(meeting: Meeting, event: MeetingResumed) -> Meeting:
    """Go on after a suspension, or after the program was gone: the time between is nobody's."""
    runs = meeting.current is not None and not meeting.is_paused
    was_suspended = meeting.suspended_at is not None
    gap = Gap(start=event.stopped_at, end=event.at, is_suspension=was_suspended)
    return replace(
        bank(meeting, event.stopped_at),
        current_since=event.at if runs else None,
        suspended_at=None,
        is_pen_free=False,
        gaps=(*meeting.gaps, gap) if gap.length > timedelta() else meeting.gaps,
    )
