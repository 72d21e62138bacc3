"""Interruptions: stretches of a meeting that are not counted."""

from datetime import datetime, timedelta

from msgspec import Struct

SHORTEST_BREAK = timedelta(minutes=15)
"""From this length on the room did something else meanwhile, said or not."""


class Interruption(Struct, frozen=True, kw_only=True):
    """A stretch that counts for no item, for no length and for no cost."""

    start: datetime
    end: datetime
    is_suspension: bool = False
    """Whether somebody said so; otherwise the program was gone."""

    @property
    def length(self) -> timedelta:
        """How long it was."""
        return self.end - self.start

    @property
    def is_break(self) -> bool:
        """Whether the room went away and came back, so that the end moves by it."""
        return self.is_suspension or self.length >= SHORTEST_BREAK
