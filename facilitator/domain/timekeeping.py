"""Elapsed time, predicted end and cost of a meeting at a moment."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from facilitator.domain import replanning
from facilitator.domain.agenda import Item, ItemId
from facilitator.domain.durations import HOUR, NO_TIME
from facilitator.domain.meeting import ItemProgress, ItemState, Meeting
from facilitator.domain.replanning import ON_TIME_TOLERANCE, DelayOptions

NOTICE_LEVELS = (80, 100, 120)
"""The percentages of a timebox at which a notice is shown, once each."""
EARLIEST_START = HOUR
"""A meeting that begins earlier than this before its planned start has its own end."""


class ClockReading(Struct, frozen=True, kw_only=True):
    """The clock of a meeting at one moment."""

    item: Item | None
    """The running item; None between items and after the close."""
    next_item: Item | None
    """The item that would start next."""
    elapsed: timedelta
    """The time spent on the running item."""
    timebox: timedelta
    """The timebox of the running item."""
    is_paused: bool
    ends_at: datetime
    """The predicted end, with timeboxes shortened where they may be."""
    due_at: datetime
    """The planned end."""
    cost: float
    """The cost so far, in the agenda's currency."""
    taken: timedelta = NO_TIME
    """The time by which the timeboxes to come are shortened, to end on time."""
    delay_options: DelayOptions | None = None
    """What can be done if that is not enough; None if it is."""

    @property
    def remaining(self) -> timedelta:
        """What is left of the timebox; negative once it is exceeded."""
        return self.timebox - self.elapsed

    @property
    def is_over(self) -> bool:
        """Whether the timebox is exceeded."""
        return self.item is not None and self.remaining < NO_TIME

    @property
    def share(self) -> float:
        """The fraction of the timebox that is used: 1.0 when it ends."""
        return _share(self.elapsed, self.timebox)

    @property
    def level(self) -> int:
        """The highest notice level reached: 0, 80, 100 or 120 (percent)."""
        return notice_level(self.elapsed, self.timebox)

    @property
    def pace(self) -> timedelta:
        """The predicted delay of the end; negative if it is early."""
        return self.ends_at - self.due_at


def _share(elapsed: timedelta, timebox: timedelta) -> float:
    return elapsed / timebox if timebox else (1.0 if elapsed else 0.0)


def notice_level(elapsed: timedelta, timebox: timedelta) -> int:
    """Return the highest notice level that an item has reached: 0, 80, 100 or 120 (percent)."""
    percent = _share(elapsed, timebox) * 100
    return max((level for level in NOTICE_LEVELS if percent >= level), default=0)


def read_clock(meeting: Meeting, now: datetime) -> ClockReading:
    """Return the clock of a meeting at the moment `now`."""
    running = meeting.running
    elapsed = time_spent(meeting, running, now) if running else NO_TIME
    timebox = running.timebox if running else NO_TIME
    upcoming = next_item(meeting)
    boxes = replanned_timeboxes(meeting, now)
    pending = (each for each in meeting.items if each.item.id in boxes)
    left = _time_still_needed(meeting, now, boxes)
    ends_at = meeting.closed_at or now + sum(left.values(), NO_TIME)
    late = ends_at - due_at(meeting)
    is_late = late > ON_TIME_TOLERANCE and meeting.closed_at is None
    return ClockReading(
        item=running.item if running else None,
        next_item=upcoming.item if upcoming else None,
        elapsed=elapsed,
        timebox=timebox,
        is_paused=meeting.is_paused or meeting.suspended_at is not None,
        ends_at=ends_at,
        due_at=due_at(meeting),
        cost=cost_so_far(meeting, now),
        taken=sum((each.timebox - boxes[each.item.id] for each in pending), NO_TIME),
        delay_options=replanning.delay_options(meeting, late, left, cost_per_minute(meeting))
        if is_late
        else None,
    )


def time_spent(meeting: Meeting, progress: ItemProgress, now: datetime) -> timedelta:
    """Return the time spent on an item, including the time since it was started."""
    if progress.item.id != meeting.current or meeting.current_since is None:
        return progress.spent
    return progress.spent + max(now - meeting.current_since, NO_TIME)


def next_item(meeting: Meeting) -> ItemProgress | None:
    """Return the item that starts next: the first one not begun after the running one.

    After the last item, it is the first one not begun of the whole agenda; None if there is none.
    """
    ids = [each.item.id for each in meeting.items]
    start = ids.index(meeting.current) + 1 if meeting.current in ids else 0
    ordered = (*meeting.items[start:], *meeting.items[:start])
    return next((each for each in ordered if each.state is ItemState.PENDING), None)


def replanned_timeboxes(meeting: Meeting, now: datetime) -> dict[ItemId, timedelta]:
    """Return the timeboxes of the items not begun, shortened if the meeting is late.

    See `replanning.shorten_timeboxes`. The result is empty once the meeting is over, even while
    its minutes are reopened.
    """
    if meeting.closed_at is not None:
        return {}
    boxes = {each.item.id: each.timebox for each in meeting.items}
    late = now + sum(_time_still_needed(meeting, now, boxes).values(), NO_TIME) - due_at(meeting)
    return replanning.shorten_timeboxes(
        meeting.items, late if late > ON_TIME_TOLERANCE else NO_TIME
    )


def _time_still_needed(
    meeting: Meeting, now: datetime, boxes: Mapping[ItemId, timedelta]
) -> dict[ItemId, timedelta]:
    """Return the time that the running item and those not begun will need.

    `boxes` are the timeboxes of those not begun.
    """
    to_come = (ItemState.RUNNING, ItemState.PENDING)
    return {
        each.item.id: max(
            boxes.get(each.item.id, each.timebox) - time_spent(meeting, each, now), NO_TIME
        )
        for each in meeting.items
        if each.state in to_come
    }


def due_at(meeting: Meeting) -> datetime:
    """Return when the meeting should end.

    That is its planned end, or its own start plus the planned length if it was held at another
    time. Breaks move the end, except for the part before the planned start.
    """
    agenda = meeting.agenda
    planned = agenda.starts.astimezone(UTC)  # sums in local time are wrong when the clocks change
    is_as_planned = planned - EARLIEST_START <= meeting.opened_at < planned + agenda.length
    start = planned if is_as_planned else meeting.opened_at
    breaks = (gap.end - max(gap.start, start) for gap in meeting.interruptions if gap.is_break)
    return start + agenda.length + sum((max(each, NO_TIME) for each in breaks), NO_TIME)


def duration(meeting: Meeting, now: datetime) -> timedelta:
    """Return the duration so far, without interruptions; pauses are included."""
    until = meeting.closed_at or meeting.suspended_at or now
    return max(until - meeting.opened_at - meeting.interrupted_time, NO_TIME)


def cost_per_minute(meeting: Meeting) -> float:
    """Return the cost of a minute with the people present, in the agenda's currency."""
    return sum(person.hourly_rate for person in meeting.present) / 60


def cost_so_far(meeting: Meeting, now: datetime) -> float:
    """Return the cost so far of the people present, in the agenda's currency."""
    hours = duration(meeting, now) / HOUR
    return hours * sum(person.hourly_rate for person in meeting.present)
