"""What minutes were lost to over the meetings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from facilitator.domain.kpis.facts import Currency
from facilitator.domain.lost_time import LossCause
from facilitator.domain.past.meetings import PastMeeting

ZERO = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wasted:
    """All the time that was lost to one cause."""

    cause: LossCause
    times: int
    time: timedelta
    share: float | None
    """Of the time of all meetings; None where that is nothing."""
    costs: tuple[tuple[Currency, float], ...]
    by_meeting: tuple[float, ...]
    """Minutes in each meeting; the oldest first."""


def wasted(meetings: Sequence[PastMeeting]) -> tuple[Wasted, ...]:
    """The causes that took any time; what took the most comes first."""
    found = (_wasted(cause, meetings) for cause in LossCause)
    return tuple(sorted((each for each in found if each.time), key=lambda each: -each.time))


def _wasted(cause: LossCause, meetings: Sequence[PastMeeting]) -> Wasted:
    in_turn = sorted(meetings, key=lambda each: each.opened_at)
    times = [_lost_in(each, cause) for each in in_turn]
    time, everything = sum(times, ZERO), sum((each.duration for each in meetings), ZERO)
    return Wasted(
        cause=cause,
        times=sum(lost.cause is cause for each in meetings for lost in each.waste),
        time=time,
        share=time / everything if everything else None,
        costs=tuple(_costs(cause, meetings)),
        by_meeting=tuple(each / timedelta(minutes=1) for each in times),
    )


def _costs(cause: LossCause, meetings: Sequence[PastMeeting]) -> Iterator[tuple[Currency, float]]:
    for currency in sorted({each.currency for each in meetings}):
        amount = sum(
            each.cost * (_lost_in(each, cause) / each.duration)
            for each in meetings
            if each.currency == currency and each.duration
        )
        if amount:
            yield currency, amount


def _lost_in(meeting: PastMeeting, cause: LossCause) -> timedelta:
    return sum((each.time for each in meeting.waste if each.cause is cause), ZERO)
