"""What the people thought of the meetings, over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from facilitator.domain.past.meetings import PastMeeting
from facilitator.domain.rating import GOOD_SCORE, average_score

LATE = 4
"""Meetings, counted from the newest that was rated, of which the low ratings are told."""
TOLD = 3
"""Low ratings that are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LowRating:
    """Somebody was not content."""

    date: date
    name: str
    score: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingTrend:
    """The ratings of all meetings."""

    average: float | None
    """Of the meetings' averages; None where nobody rated any."""
    by_meeting: tuple[float | None, ...]
    """The average of each, the oldest first; None where nobody rated it."""
    lowest: tuple[LowRating, ...]
    """Of late, the lowest first."""

    @property
    def rated(self) -> int:
        """The meetings that somebody rated."""
        return sum(each is not None for each in self.by_meeting)


def rating_trend(meetings: Sequence[PastMeeting]) -> RatingTrend:
    """How content the people were."""
    in_turn = sorted(meetings, key=lambda each: each.opened_at)
    averages = tuple(average_score(each.ratings) for each in in_turn)
    known = [each for each in averages if each is not None]
    late = [each for each in reversed(in_turn) if each.ratings][:LATE]
    low = [
        LowRating(
            date=meeting.date,
            name=meeting.name_of(each.person),
            score=each.score,
            reason=each.reason,
        )
        for meeting in late
        for each in meeting.ratings
        if each.score < GOOD_SCORE
    ]
    return RatingTrend(
        average=fmean(known) if known else None,
        by_meeting=averages,
        lowest=tuple(sorted(low, key=lambda each: each.score)[:TOLD]),
    )
