"""Events about the clock: items started, skipped, paused, resumed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from facilitator.domain.agenda import ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingResumed:
    """The program came back after it had been gone; the time between is nobody's."""

    at: datetime
    stopped_at: datetime
    """The last moment it is known to have run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSuspended:
    """The room broke off, to go on later at the same place."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTicked:
    """The program still ran then: this bounds what a crash can leave uncounted."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStarted:
    """The room moved to an item; the one before it stopped."""

    at: datetime
    item_id: ItemId
    timebox: timedelta | None = None
    """What is left to it where time had to be taken; None where it keeps what it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSkipped:
    """The room left an item out for today."""

    at: datetime
    item_id: ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDropped:
    """An item that was not reached is not carried over either."""

    at: datetime
    item_id: ItemId
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeboxChanged:
    """An item was given more time, or less."""

    at: datetime
    item_id: ItemId
    by: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPaused:
    """The clock of the running item was stopped."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingContinued:
    """The clock of the running item went on."""

    at: datetime


ClockStep = (
    ItemStarted | ItemSkipped | ItemDropped | TimeboxChanged | MeetingPaused | MeetingContinued
)
