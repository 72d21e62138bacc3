"""Events about the clock: items started, skipped, paused, resumed."""

from datetime import datetime, timedelta

from msgspec import Struct

from facilitator.domain.agenda import ItemId


class MeetingResumed(Struct, frozen=True, kw_only=True):
    """The program came back after it had been gone; the time between is nobody's."""

    at: datetime
    stopped_at: datetime
    """The last moment it is known to have run."""


class MeetingSuspended(Struct, frozen=True, kw_only=True):
    """The room broke off, to go on later at the same place."""

    at: datetime


class ClockTicked(Struct, frozen=True, kw_only=True):
    """The program still ran then: this bounds what a crash can leave uncounted."""

    at: datetime


class ItemStarted(Struct, frozen=True, kw_only=True):
    """The room moved to an item; the one before it stopped."""

    at: datetime
    item_id: ItemId
    timebox: timedelta | None = None
    """What is left to it where time had to be taken; None where it keeps what it has."""


class ItemSkipped(Struct, frozen=True, kw_only=True):
    """The room left an item out for today."""

    at: datetime
    item_id: ItemId


class ItemDropped(Struct, frozen=True, kw_only=True):
    """An item that was not reached is not carried over either."""

    at: datetime
    item_id: ItemId
    reason: str = ""


class TimeboxChanged(Struct, frozen=True, kw_only=True):
    """An item was given more time, or less."""

    at: datetime
    item_id: ItemId
    by: timedelta


class MeetingPaused(Struct, frozen=True, kw_only=True):
    """The clock of the running item was stopped."""

    at: datetime


class MeetingContinued(Struct, frozen=True, kw_only=True):
    """The clock of the running item went on."""

    at: datetime


ClockStep = (
    ItemStarted | ItemSkipped | ItemDropped | TimeboxChanged | MeetingPaused | MeetingContinued
)
