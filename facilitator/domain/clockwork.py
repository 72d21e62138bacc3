"""The clock's part of the fold: what starting, stopping and pausing make of the items."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from facilitator.domain.agenda import ItemId
from facilitator.domain.clock_events import (
    ClockStep,
    ItemDropped,
    ItemSkipped,
    ItemStarted,
    MeetingContinued,
    MeetingPaused,
    MeetingResumed,
    TimeboxChanged,
)
from facilitator.domain.entries import found
from facilitator.domain.meeting import ItemState, Meeting
from facilitator.domain.note import TopicStatus
from facilitator.domain.note_fold import no_longer_put_off


def timed(meeting: Meeting, event: ClockStep) -> Meeting:
    """The meeting after a step on its clock."""
    match event:
        case ItemStarted(at=at, item_id=item_id):
            return no_longer_put_off(move(meeting, item_id, at), item_id, TopicStatus.SETTLED)
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
    reason: str = "",
) -> Meeting:
    """The meeting with one item changed."""
    old = found(meeting.item(item_id), item_id)
    new = replace(
        old,
        state=old.state if state is None else state,
        spent=old.spent if spent is None else spent,
        adjusted=old.adjusted if adjusted is None else adjusted,
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
    """Go from the running item to another; one left by going back is still to come."""
    places = [each.item.id for each in meeting.items]
    goes_back = meeting.current in places and item_id in places[: places.index(meeting.current)]
    left = stop(meeting, at, ItemState.PENDING if goes_back else ItemState.DONE)
    return start(left, item_id, at)


def start(meeting: Meeting, item_id: ItemId, at: datetime) -> Meeting:
    """Let an item run."""
    started = with_item(meeting, item_id, state=ItemState.RUNNING)
    return replace(started, current=item_id, current_since=at, is_paused=False)


def resume(meeting: Meeting, event: MeetingResumed) -> Meeting:
    """Go on after the program was gone: the time between counts for nobody."""
    runs = meeting.current_since is not None
    banked = bank(meeting, event.stopped_at)
    return replace(
        banked,
        current_since=event.at if runs else None,
        lost=meeting.lost + max(event.at - event.stopped_at, timedelta()),
    )
