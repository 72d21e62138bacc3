"""The outside world, made up: for a rehearsal, which leaves nothing, and for tests."""

import errno
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from facilitator.adapters.atomic_file import refusal
from facilitator.domain.carried import Carried
from facilitator.domain.events import MeetingEvent
from facilitator.domain.meeting import Meeting
from facilitator.session.closing import Remainder, carry, remainder
from facilitator.session.stored import MeetingId


class HandClock:
    """A clock that stands still until somebody moves it."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """The moment it was moved to."""
        return self._now

    def advance(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> datetime:
        """Move it, and say what it shows then."""
        self._now += timedelta(hours=hours, minutes=minutes, seconds=seconds)
        return self._now


class MemoryJournal:
    """Keeps events as long as the program runs."""

    def __init__(self, events: Iterable[MeetingEvent] = ()) -> None:
        self._events = list(events)
        self._refusals = 0

    def read(self) -> tuple[MeetingEvent, ...]:
        """Everything written so far."""
        return tuple(self._events)

    def append(self, event: MeetingEvent) -> None:
        """Keep one more event; raises StorageError where it was told to refuse it."""
        if self._refusals:
            self._refusals -= 1
            raise refusal(Path("journal.jsonl"), OSError(errno.ENOSPC, "No space left"))
        self._events.append(event)

    def refuse(self, times: int = 1) -> None:
        """Refuse the next events, as a full disk does."""
        self._refusals = times

    def close(self) -> None:
        """Nothing to let go of."""


class MemoryMinutes:
    """Keeps the minutes as long as the program runs."""

    def __init__(self) -> None:
        self.text = ""
        """What was written last."""

    def write(self, text: str) -> Path:
        """Replace the minutes."""
        self.text = text
        return Path("minutes.md")


class MemoryLibrary:
    """Keeps what meetings left as long as the program runs."""

    def __init__(self) -> None:
        self._meetings: dict[MeetingId, Remainder] = {}

    def carried(self, series: str, on: date) -> Carried:
        """What a meeting of this series on the day `on` begins with."""
        known = [each for each in self._meetings.values() if each.series == series]
        if not known:
            return Carried()
        known.sort(key=lambda each: each.opened_at)
        latest_first = known[::-1]
        return carry(
            on,
            met_on=latest_first[0].date,
            numbers=(each.numbers for each in known),
            values=next((each.values for each in latest_first if each.values), ()),
            focus=next((each.focus for each in latest_first if each.focus), ""),
            actions={
                left.action.id: left.action for each in known for left in each.actions
            }.values(),
            decisions={left.id: left for each in known for left in each.decisions}.values(),
            topics={left.id: left for each in known for left in each.topics}.values(),
        )

    def record(self, meeting_id: MeetingId, meeting: Meeting) -> None:
        """Take a meeting in, or what became of it since."""
        self._meetings[meeting_id] = remainder(meeting)
