"""The people of a meeting and their duties."""

from enum import StrEnum
from typing import NewType

from msgspec import Struct

PersonId = NewType("PersonId", str)


class Duty(StrEnum):
    """A part that somebody plays in this meeting, beside the job they have."""

    FACILITATOR = "facilitator"
    TIMEKEEPER = "timekeeper"
    RECORDER = "recorder"
    DECIDER = "decider"


class Person(Struct, frozen=True, kw_only=True):
    """Someone who is invited."""

    id: PersonId
    name: str
    role: str = ""
    """Their job: operator, supervisor, finance, warehouse, boss…"""
    department: str = ""
    hourly_rate: float = 0.0
    """What an hour of theirs costs, in the agenda's currency."""
    duties: tuple[Duty, ...] = ()
    supervisor: PersonId | None = None
    """Who vets what they propose, and splits among them what was decided."""
