"""The people of a meeting and their duties."""

from enum import StrEnum
from typing import NewType

from msgspec import Struct

PersonId = NewType("PersonId", str)


class Duty(StrEnum):
    """A role that a person has in the meeting, beside their job."""

    FACILITATOR = "facilitator"
    TIMEKEEPER = "timekeeper"
    RECORDER = "recorder"
    DECIDER = "decider"


class Person(Struct, frozen=True, kw_only=True):
    """A person who is invited."""

    id: PersonId
    name: str
    role: str = ""
    """Their job: operator, supervisor, finance, warehouse, boss, …"""
    department: str = ""
    hourly_rate: float = 0.0
    """What an hour of their time costs, in the agenda's currency."""
    duties: tuple[Duty, ...] = ()
    supervisor: PersonId | None = None
    """The person who vets their proposals and delegates decisions to them."""
