"""What the time of a meeting brought, what it cost, and what of it was lost."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from facilitator.domain.meeting import Meeting
from facilitator.domain.timekeeping import ZERO, cost, duration
from facilitator.domain.waste import LostTime

HOUR = timedelta(hours=1)
TELLING = timedelta(minutes=5)
"""Under this, a rate an hour says nothing: one decision in the first minute would be sixty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """The time of one meeting, and what became of it."""

    time: timedelta
    cost: float
    """In the agenda's currency."""
    settled: int
    """Questions that it answered or dropped."""
    waste: tuple[LostTime, ...]

    @property
    def settled_per_hour(self) -> float | None:
        """None where too little time has passed to tell."""
        return self.settled / (self.time / HOUR) if self.time >= TELLING else None

    @property
    def lost(self) -> timedelta:
        """All the time that was lost."""
        return sum((each.time for each in self.waste), ZERO)

    @property
    def lost_cost(self) -> float:
        """What the lost time cost, as its share of the whole; the last minute counts as full."""
        return self.cost * min(self.lost / self.time, 1.0) if self.time else 0.0


def worth(meeting: Meeting, now: datetime) -> Worth:
    """What a meeting was worth until `now`."""
    rulings = (each.ruling for each in meeting.decisions)
    return Worth(
        time=duration(meeting, now),
        cost=cost(meeting, now),
        settled=sum(each is not None and each.settles for each in rulings),
        waste=meeting.waste,
    )
