"""In-memory clock, journal, minutes and library, for rehearsals and tests."""

import errno
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from facilitator.adapters.atomic_file import write_error
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.decision import Decision
from facilitator.domain.events.actions import ActionClosed
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.kpis.scorecard import PastValue
from facilitator.domain.meeting import Meeting
from facilitator.domain.past.meetings import Past, PastEntry, build_past
from facilitator.domain.track_record import proposal_result
from facilitator.session.carry_over import (
    MeetingResult,
    build_carry_over,
    latest_values,
    meeting_result,
)
from facilitator.session.stored_meetings import MeetingId


class ManualClock:
    """A clock that stands still until somebody moves it."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self.set_by = timedelta()
        """How far the computer's clock was set ahead of this one."""

    def now(self) -> datetime:
        """The moment it was moved to."""
        return self._now

    def ahead(self) -> timedelta:
        """How far the computer's clock is ahead of this one."""
        return self.set_by

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
        """Keep one more event; raises StorageError where `refuse` said so."""
        if self._refusals:
            self._refusals -= 1
            raise write_error(Path("journal.jsonl"), OSError(errno.ENOSPC, "No space left"))
        self._events.append(event)

    @property
    def line_count(self) -> int:
        """How many events there are."""
        return len(self._events)

    @property
    def recovered(self) -> Path | None:
        """Nowhere: nobody else can change it."""
        return None

    def other_events(self) -> tuple[MeetingEvent, ...]:
        """There is no other copy."""
        return ()

    def put_back(self) -> Path | None:
        """Nothing to put back."""
        return None

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
        self.complete = ""
        """What only the recorder has of it."""
        self.versions: dict[int, str] = {}
        """The minutes of earlier versions."""
        self.kept: Path | None = None
        """None: nobody else writes them."""

    def write(self, text: str, complete: str = "") -> Path:
        """Replace the minutes."""
        self.text, self.complete = text, complete
        return Path("minutes.md")

    def keep_version(self, version: int, text: Callable[[], str]) -> Path:
        """Keep them as those of a version."""
        self.versions.setdefault(version, self.text or text())
        return Path(f"minutes-v{version}.md")


class MemoryLibrary:
    """Keeps what meetings left as long as the program runs."""

    def __init__(self) -> None:
        self._meetings: dict[MeetingId, MeetingResult] = {}

    def carried(self, series: str, on: date) -> CarryOver:
        """What a meeting of this series on the day `on` begins with."""
        known = self._of(series)
        if not known:
            return CarryOver()
        latest_first = known[::-1]
        entries = {left.id: left for each in known for left in each.entries}.values()
        decisions = tuple(each for each in entries if isinstance(each, Decision))
        return build_carry_over(
            on,
            met_on=latest_first[0].date,
            numbers=(each.numbers for each in known),
            values=next((each.values for each in latest_first if each.values), ()),
            causes=(cause for each in known for cause in each.causes),
            occasions=latest_first[0].occasions,
            definitions=(agreed for each in known for agreed in each.definitions),
            spent=(each.past.items for each in latest_first if each.closed_at),
            focus=next((each.focus for each in latest_first if each.focus), ""),
            entries=entries,
            decisions=decisions,
            proposals=filter(None, map(proposal_result, decisions)),
        )

    def past_values(self, series: str, since: date) -> tuple[PastValue, ...]:
        """What the meetings of a series saw of each KPI in the weeks that ended since a day."""
        return latest_values((value for each in self._of(series) for value in each.values), since)

    def past(self, series: str | None = None) -> Past:
        """Everything that is remembered, of one series or of all."""
        by_age = sorted(self._meetings.items(), key=lambda each: each[1].opened_at)
        left = {key: each for key, each in by_age if series in (None, each.series)}
        meetings = {key: replace(each.past, id=key) for key, each in left.items()}
        history = (
            PastEntry(meeting=meetings[key], entry=entry)
            for key, each in left.items()
            for entry in each.changed_entries
        )
        held = (
            PastEntry(meeting=meetings[key], entry=entry)
            for key, each in left.items()
            for entry in each.entries
            if entry.is_carried_over
        )
        return build_past(tuple(meetings.values()), history, held)

    def closed_since(self, _meeting_id: MeetingId) -> tuple[ActionClosed, ...]:
        """Nothing is closed between its meetings."""
        return ()

    def record(self, meeting_id: MeetingId, meeting: Meeting) -> None:
        """Take a meeting in, or what became of it since."""
        self._meetings[meeting_id] = meeting_result(meeting)

    def _of(self, series: str) -> list[MeetingResult]:
        """The meetings of a series, oldest first."""
        known = [each for each in self._meetings.values() if each.series == series]
        return sorted(known, key=lambda each: each.opened_at)
