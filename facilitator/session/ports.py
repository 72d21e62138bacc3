"""Ports: protocols of the clock, journal, minutes, library, scorecard loader and archive."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from facilitator.domain.agenda import Agenda
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.errors import Diagnostic, Message
from facilitator.domain.events.actions import ActionClosed
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.kpis.facts import ProgressCallback
from facilitator.domain.kpis.kpi import KpiDefinition, Week
from facilitator.domain.kpis.movers import Breakdown
from facilitator.domain.kpis.scorecard import PastValue, Scorecard
from facilitator.domain.meeting import Meeting
from facilitator.domain.past.meetings import Past
from facilitator.session.stored_meetings import MeetingId, StoredMeeting


class EditedText(Struct, frozen=True):
    """A text that comes back from an editor."""

    text: str
    """As it was saved last; as it was before where the editor left none that can be read."""
    problem: Message | None = None
    """What went wrong; the text is then not meant to be final."""


Edit = Callable[[str, Callable[[], bool]], EditedText]
"""Opens a text in the person's own editor; blocks until that is closed.

It stops the editor once the function that it gets says that the program is to end.
"""


class Clock(Protocol):
    """The source of the current time."""

    def now(self) -> datetime:
        """Return the current time; aware, in UTC. It never goes back, nor jumps."""

    def ahead(self) -> timedelta:
        """Return how far the computer's own clock is ahead, because somebody set it."""


class Journal(Protocol):
    """The events of one meeting in order, with one writer at a time."""

    def read(self) -> tuple[MeetingEvent, ...]:
        """Return all events."""

    def append(self, event: MeetingEvent) -> None:
        """Append an event; it is on disk when this returns.

        Raises StorageError, and leaves the journal unchanged, if it cannot be written.
        """

    @property
    def line_count(self) -> int:
        """How many lines it has."""

    @property
    def recovered(self) -> Path | None:
        """Where steps go since another program changed the journal; None while it is intact."""

    def other_events(self) -> tuple[MeetingEvent, ...]:
        """Return the events of the copy that took the place of the journal, if it can be read."""

    def put_back(self) -> Path | None:
        """Make the recovered steps the journal again; return where the other copy was moved.

        Raises StorageError if that fails.
        """

    def close(self) -> None:
        """Close the journal, so that another program can write to it."""


class MinutesFile(Protocol):
    """The minutes of one meeting on disk."""

    @property
    def kept(self) -> Path | None:
        """Where minutes were kept that held more than the journal; None where none did."""

    def write(self, text: str, complete: str = "") -> Path:
        """Replace the minutes atomically, and return their path.

        `complete` are the recorder's minutes; empty if `text` leaves nothing out.
        """

    def keep_version(self, version: int, text: Callable[[], str]) -> Path:
        """Copy the current minutes to those of a version, unchanged; return their path.

        `text` makes them if they are missing. The minutes of an existing version are not replaced.
        """


class Library(Protocol):
    """An index of past meetings of all series, which can be rebuilt from the journals."""

    def carried(self, series: str, on: date) -> CarryOver:
        """Return the entries that a meeting of a series begins with on the day `on`."""

    def past_values(self, series: str, since: date) -> tuple[PastValue, ...]:
        """Return the KPI values that the meetings of a series saw, by week, since a day.

        For a week that two meetings saw, it is the value of the later one.
        """

    def past(self, series: str | None = None) -> Past:
        """Return everything about the past meetings of a series, or of all series."""

    def closed_since(self, meeting_id: MeetingId) -> tuple[ActionClosed, ...]:
        """Return how action items were closed since a meeting that has them as open."""

    def record(self, meeting_id: MeetingId, meeting: Meeting) -> None:
        """Add a meeting, or replace what was recorded of it."""


class ScorecardLoader(Protocol):
    """Loads an agenda's reports; it may take seconds, so it must be called in a worker."""

    def load(
        self,
        agenda: Agenda,
        on: date,
        progress: ProgressCallback | None = None,
        today: date | None = None,
    ) -> Scorecard:
        """Return the scorecard of the last full week before the day `on`.

        Rows of days after `today` are left out; it is `on` unless it is given.
        """

    def breakdown(self, agenda: Agenda, week: Week, definition: KpiDefinition) -> Breakdown:
        """Return the contributions to a KPI's measures, for a week and the one before."""


class Archive(Protocol):
    """The folder of all meetings."""

    problems: tuple[Diagnostic, ...]
    """What was wrong with the stored meetings when `meetings` was called last."""

    def meetings(self) -> Sequence[StoredMeeting]:
        """Return all stored meetings, the newest first.

        Raises StorageError where they cannot be read.
        """

    def lock(self) -> AbstractContextManager[None]:
        """Hold the lock of the workspace, so that no other program begins or reopens a meeting.

        Entering it raises StorageError if another program does not let go of it.
        """

    def start(self, series: str, on: date) -> tuple[MeetingId, Journal, MinutesFile]:
        """Create the folder of a new meeting, and open its journal.

        Raises StorageError if it cannot be created.
        """

    def open(
        self, meeting_id: MeetingId, *, accept_damage: bool = False
    ) -> tuple[Journal, MinutesFile]:
        """Open the journal of a meeting for writing.

        Raises StorageError if another program has it open, JournalError if it is damaged or was
        replaced by another program. With `accept_damage`, all events that can be read are used,
        and those recovered when it was replaced.
        """

    def is_draft(self, meeting_id: MeetingId) -> bool:
        """Return whether there are only minutes from while the meeting was open, or none."""

    def minutes_of(self, meeting_id: MeetingId) -> str:
        """Return the minutes of a past meeting.

        Raises StorageError if they are missing or cannot be read.
        """
