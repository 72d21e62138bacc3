"""Elapsed time, predicted end and cost of a meeting, from two moments."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from facilitator.domain import replanning
from facilitator.domain.agenda import Item, ItemId
from facilitator.domain.meeting import ItemProgress, ItemState, Meeting
from facilitator.domain.replanning import ON_TIME_TOLERANCE, DelayOptions

ZERO = timedelta()
NOTICE_LEVELS = (80, 100, 120)
"""Percent of a timebox at which the room is told, once each."""
EARLIEST_START = timedelta(hours=1)
"""How long before its planned start a meeting may begin and still be that meeting."""


class ClockReading(Struct, frozen=True, kw_only=True):
    """One look at the clock of a meeting."""

    item: Item | None
    """The running item; None between items and after the close."""
    next_item: Item | None
    elapsed: timedelta
    """Spent on the running item."""
    timebox: timedelta
    is_paused: bool
    ends_at: datetime
    """When the meeting will end at this rate, with time taken where it may be."""
    due_at: datetime
    """When it should end."""
    cost: float
    """Spent so far, in the agenda's currency."""
    taken: timedelta = ZERO
    """What the items still to come give up, so that it ends on time."""
    delay_options: DelayOptions | None = None
    """What the room could do where that is not enough."""

    @property
    def remaining(self) -> timedelta:
        """What is left of the timebox; negative once it runs over."""
        return self.timebox - self.elapsed

    @property
    def is_over(self) -> bool:
        """Whether the timebox is used up."""
        return self.item is not None and self.remaining < ZERO

    @property
    def share(self) -> float:
        """How much of the timebox is used: 1.0 when it ends."""
        return self.elapsed / self.timebox if self.timebox else (1.0 if self.elapsed else 0.0)

    @property
    def level(self) -> int:
        """The highest notice level reached: 0, 80, 100 or 120."""
        return max((level for level in NOTICE_LEVELS if self.share * 100 >= level), default=0)

    @property
    def pace(self) -> timedelta:
        """How much later than it should the meeting will end; negative when early."""
        return self.ends_at - self.due_at


def read_clock(meeting: Meeting, now: datetime) -> ClockReading:
    """Look at the clock of a meeting."""
    running = meeting.running
    elapsed = time_spent(meeting, running, now) if running else ZERO
    timebox = running.timebox if running else ZERO
    following = next_item(meeting)
    boxes = replanned_timeboxes(meeting, now)
    pending = (each for each in meeting.items if each.item.id in boxes)
    left = _time_still_needed(meeting, now, boxes)
    ends_at = meeting.closed_at or now + sum(left.values(), ZERO)
    late = ends_at - due_at(meeting)
    is_late = late > ON_TIME_TOLERANCE and meeting.closed_at is None
    return ClockReading(
        item=running.item if running else None,
        next_item=following.item if following else None,
        elapsed=elapsed,
        timebox=timebox,
        is_paused=meeting.is_paused or meeting.suspended_at is not None,
        ends_at=ends_at,
        due_at=due_at(meeting),
        cost=cost_so_far(meeting, now),
        taken=sum((each.timebox - boxes[each.item.id] for each in pending), ZERO),
        delay_options=replanning.delay_options(meeting, late, left, cost_per_minute(meeting))
        if is_late
        else None,
    )


def time_spent(meeting: Meeting, progress: ItemProgress, now: datetime) -> timedelta:
    """Time used for an item, the running stretch included."""
    if progress.item.id != meeting.current or meeting.current_since is None:
        return progress.spent
    return progress.spent + max(now - meeting.current_since, ZERO)


def next_item(meeting: Meeting) -> ItemProgress | None:
    """The item that moving on would start: the next pending one after the running, or before it."""
    places = [each.item.id for each in meeting.items]
    place = places.index(meeting.current) + 1 if meeting.current in places else 0
    in_turn = (*meeting.items[place:], *meeting.items[:place])
    return next((each for each in in_turn if each.state is ItemState.PENDING), None)


def replanned_timeboxes(meeting: Meeting, now: datetime) -> dict[ItemId, timedelta]:
    """The timeboxes of the items still to come, as the meeting would end on time with them.

    As far as time may be taken: see `replanning.adapted`. None is still to come once it is over,
    even while its minutes are being changed.
    """
    if meeting.closed_at is not None:
        return {}
    as_it_is = {each.item.id: each.timebox for each in meeting.items}
    late = now + sum(_time_still_needed(meeting, now, as_it_is).values(), ZERO) - due_at(meeting)
    return replanning.shorten_timeboxes(meeting.items, late if late > ON_TIME_TOLERANCE else ZERO)


def _time_still_needed(
    meeting: Meeting, now: datetime, boxes: Mapping[ItemId, timedelta]
) -> dict[ItemId, timedelta]:
    """What is left of the running timebox, and of those still to come as `boxes` has them."""
    to_come = (ItemState.RUNNING, ItemState.PENDING)
    return {
        each.item.id: max(
            boxes.get(each.item.id, each.timebox) - time_spent(meeting, each, now), ZERO
        )
        for each in meeting.items
        if each.state in to_come
    }


def due_at(meeting: Meeting) -> datetime:
    """When the meeting should end: as planned, unless it is held at quite another time.

    A break moves the end: a room that comes back after lunch is not late. One before the planned
    start does not.
    """
    agenda = meeting.agenda
    planned = agenda.starts.astimezone(UTC)  # where hours have no wall clock to jump with
    is_as_planned = planned - EARLIEST_START <= meeting.opened_at < planned + agenda.length
    begins = planned if is_as_planned else meeting.opened_at
    breaks = (gap.end - max(gap.start, begins) for gap in meeting.interruptions if gap.is_break)
    return begins + agenda.length + sum((max(each, ZERO) for each in breaks), ZERO)


def duration(meeting: Meeting, now: datetime) -> timedelta:
    """How long the room has sat, pauses included, without the time that is nobody's."""
    until = meeting.closed_at or meeting.suspended_at or now
    return max(until - meeting.opened_at - meeting.interrupted_time, ZERO)


def cost_per_minute(meeting: Meeting) -> float:
    """What a minute of the people present costs, in the agenda's currency."""
    return sum(person.hourly_rate for person in meeting.present) / 60


def cost_so_far(meeting: Meeting, now: datetime) -> float:
    """What the people present have cost so far, in the agenda's currency."""
    hours = duration(meeting, now) / timedelta(hours=1)
    return hours * sum(person.hourly_rate for person in meeting.present)
