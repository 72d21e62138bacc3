"""What a meeting settled, what it cost, and how much time was lost."""

from datetime import datetime, timedelta

from msgspec import Struct

from facilitator.domain.lost_time import LostTime
from facilitator.domain.meeting import Meeting
from facilitator.domain.timekeeping import ZERO, cost_so_far, duration

HOUR = timedelta(hours=1)
SHORTEST_FOR_HOURLY_RATE = timedelta(minutes=5)
"""Under this, a rate an hour says nothing: one decision in the first minute would be sixty."""


class MeetingValue(Struct, frozen=True, kw_only=True):
    """The time of one meeting, and what became of it."""

    time: timedelta
    cost: float
    """In the agenda's currency."""
    settled: int
    """Questions that it answered or dropped."""
    lost_times: tuple[LostTime, ...]

    @property
    def settled_per_hour(self) -> float | None:
        """None where too little time has passed to tell."""
        return self.settled / (self.time / HOUR) if self.time >= SHORTEST_FOR_HOURLY_RATE else None

    @property
    def lost(self) -> timedelta:
        """All the time that was lost."""
        return sum((each.time for each in self.lost_times), ZERO)

    @property
    def lost_cost(self) -> float:
        """What the lost time cost, as its share of the whole; the last minute counts as full."""
        return self.cost * min(self.lost / self.time, 1.0) if self.time else 0.0


def meeting_value(meeting: Meeting, now: datetime) -> MeetingValue:
    """What a meeting was worth until `now`."""
    rulings = (each.ruling for each in meeting.decisions)
    return MeetingValue(
        time=duration(meeting, now),
        cost=cost_so_far(meeting, now),
        settled=sum(each is not None and each.settles for each in rulings),
        lost_times=meeting.lost_times,
    )
