"""Interruptions: periods of a meeting that do not count."""

from datetime import datetime, timedelta

from msgspec import Struct

SHORTEST_BREAK = timedelta(minutes=15)
"""A gap of this length or more is a break even if nobody suspended the meeting."""


class Interruption(Struct, frozen=True, kw_only=True):
    """A period that counts for no item, no duration and no cost."""

    start: datetime
    end: datetime
    is_suspension: bool = False
    """Whether somebody suspended the meeting; otherwise the program had stopped."""

    @property
    def length(self) -> timedelta:
        """Its duration."""
        return self.end - self.start

    @property
    def is_break(self) -> bool:
        """Whether the participants took a break, which moves the end of the meeting."""
        return self.is_suspension or self.length >= SHORTEST_BREAK
