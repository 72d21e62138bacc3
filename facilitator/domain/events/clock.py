"""Events about the clock: items started, skipped, dropped; pauses and interruptions."""

from datetime import datetime, timedelta

from msgspec import Struct

from facilitator.domain.agenda import ItemId


class MeetingResumed(Struct, frozen=True, kw_only=True):
    """The meeting was resumed; the time since `stopped_at` does not count."""

    at: datetime
    stopped_at: datetime
    """The last moment at which the program is known to have run."""


class MeetingSuspended(Struct, frozen=True, kw_only=True):
    """The meeting was suspended, to be resumed later at the same item."""

    at: datetime


class ClockTicked(Struct, frozen=True, kw_only=True):
    """The program was still running; a crash loses at most the time since the last tick."""

    at: datetime
    clock_set_by: timedelta = timedelta()
    """By how much somebody set the computer's clock since the tick before; `at` does not follow."""


class ItemStarted(Struct, frozen=True, kw_only=True):
    """An item was started; the one that ran before it stopped."""

    at: datetime
    item_id: ItemId
    timebox: timedelta | None = None
    """The shortened timebox, if the meeting is late; None if it keeps its timebox."""


class ItemSkipped(Struct, frozen=True, kw_only=True):
    """An item was left out of this meeting."""

    at: datetime
    item_id: ItemId


class ItemDropped(Struct, frozen=True, kw_only=True):
    """An item that was not reached was dropped, so that it is not carried over."""

    at: datetime
    item_id: ItemId
    reason: str = ""


class TimeboxChanged(Struct, frozen=True, kw_only=True):
    """The timebox of an item was lengthened or shortened."""

    at: datetime
    item_id: ItemId
    by: timedelta
    """The change; negative if it was shortened."""


class MeetingPaused(Struct, frozen=True, kw_only=True):
    """The clock of the running item was stopped."""

    at: datetime


class MeetingContinued(Struct, frozen=True, kw_only=True):
    """The clock of the running item was started again."""

    at: datetime


ClockStep = (
    ItemStarted | ItemSkipped | ItemDropped | TimeboxChanged | MeetingPaused | MeetingContinued
)
