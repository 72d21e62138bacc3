"""Ratings of a meeting by its people, from 1 to 10."""

from collections.abc import Sequence
from statistics import fmean
from typing import Annotated

from msgspec import Meta, Struct

from facilitator.domain.people import PersonId

LOWEST_SCORE, HIGHEST_SCORE = 1, 10
GOOD_SCORE = 8
"""A lower score may have a reason."""


class Rating(Struct, frozen=True, kw_only=True):
    """The rating that one person gave."""

    person: PersonId
    score: Annotated[int, Meta(ge=LOWEST_SCORE, le=HIGHEST_SCORE)]
    """From 1 to 10."""
    reason: str = ""


def average_score(ratings: Sequence[Rating]) -> float | None:
    """Return the mean score; None if nobody rated."""
    return fmean(each.score for each in ratings) if ratings else None
