"""What a meeting settled, what it cost, and how much time it lost."""

from datetime import datetime, timedelta

from msgspec import Struct

from facilitator.domain.durations import HOUR, MINUTE, NO_TIME
from facilitator.domain.lost_time import LostTime
from facilitator.domain.meeting import Meeting
from facilitator.domain.timekeeping import cost_so_far, duration

SHORTEST_FOR_HOURLY_RATE = 5 * MINUTE
"""The shortest duration for which a rate per hour is meaningful."""


class MeetingValue(Struct, frozen=True, kw_only=True):
    """The duration and cost of one meeting, and what it settled."""

    time: timedelta
    cost: float
    """In the agenda's currency."""
    settled: int
    """The number of questions that it answered or dropped."""
    lost_times: tuple[LostTime, ...]

    @property
    def settled_per_hour(self) -> float | None:
        """Questions settled per hour; None for a meeting under five minutes."""
        return self.settled / (self.time / HOUR) if self.time >= SHORTEST_FOR_HOURLY_RATE else None

    @property
    def lost(self) -> timedelta:
        """The sum of the lost time."""
        return sum((each.time for each in self.lost_times), NO_TIME)

    @property
    def lost_cost(self) -> float:
        """The cost of the lost time: its fraction of the duration, at most 1, times the cost."""
        return self.cost * min(self.lost / self.time, 1.0) if self.time else 0.0


def meeting_value(meeting: Meeting, now: datetime) -> MeetingValue:
    """Return what a meeting settled, cost and lost until `now`."""
    rulings = (each.ruling for each in meeting.decisions)
    return MeetingValue(
        time=duration(meeting, now),
        cost=cost_so_far(meeting, now),
        settled=sum(each is not None and each.settles for each in rulings),
        lost_times=meeting.lost_times,
    )
