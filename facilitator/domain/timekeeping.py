"""What the clock says: always read off two moments, never counted in ticks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from facilitator.domain.agenda import Item
from facilitator.domain.meeting import ItemProgress, ItemState, Meeting

ZERO = timedelta()
NOTICE_LEVELS = (80, 100, 120)
"""Percent of a timebox at which the room is told, once each."""
EARLIEST_START = timedelta(hours=1)
"""How long before its planned start a meeting may begin and still be that meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockReading:
    """One look at the clock of a meeting."""

    item: Item | None
    """The running item; None between items and after the close."""
    next_item: Item | None
    elapsed: timedelta
    """Spent on the running item."""
    timebox: timedelta
    is_paused: bool
    ends_at: datetime
    """When the meeting will end at this rate."""
    due_at: datetime
    """When it should end."""
    cost: float
    """Spent so far, in the agenda's currency."""

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
    elapsed = spent_on(meeting, running, now) if running else ZERO
    timebox = running.timebox if running else ZERO
    following = next_item(meeting)
    return ClockReading(
        item=running.item if running else None,
        next_item=following.item if following else None,
        elapsed=elapsed,
        timebox=timebox,
        is_paused=meeting.is_paused,
        ends_at=meeting.closed_at or now + max(timebox - elapsed, ZERO) + still_planned(meeting),
        due_at=due_at(meeting),
        cost=cost(meeting, now),
    )


def spent_on(meeting: Meeting, progress: ItemProgress, now: datetime) -> timedelta:
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


def still_planned(meeting: Meeting) -> timedelta:
    """What is left of the timeboxes of the items still to come."""
    pending = (each for each in meeting.items if each.state is ItemState.PENDING)
    return sum((max(each.timebox - each.spent, ZERO) for each in pending), ZERO)


def due_at(meeting: Meeting) -> datetime:
    """When the meeting should end: as planned, unless it is held at quite another time."""
    agenda = meeting.agenda
    if agenda.starts - EARLIEST_START <= meeting.opened_at < agenda.ends:
        return agenda.ends
    return meeting.opened_at + agenda.length


def duration(meeting: Meeting, now: datetime) -> timedelta:
    """How long the room has sat, pauses included, without the time the program was gone."""
    return max((meeting.closed_at or now) - meeting.opened_at - meeting.lost, ZERO)


def cost(meeting: Meeting, now: datetime) -> float:
    """What the people present have cost so far, in the agenda's currency."""
    hours = duration(meeting, now) / timedelta(hours=1)
    return hours * sum(person.hourly_rate for person in meeting.present)
