"""Ports: protocols of the clock, journal, minutes, library, figures and archive."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from facilitator.domain.agenda import Agenda
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.kpis.facts import ProgressCallback
from facilitator.domain.kpis.kpi import KpiDefinition, Week
from facilitator.domain.kpis.movers import Breakdown
from facilitator.domain.kpis.scorecard import PastValue, Scorecard
from facilitator.domain.meeting import Meeting
from facilitator.domain.past.meetings import Past
from facilitator.session.stored_meetings import MeetingId, StoredMeeting


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""


class Journal(Protocol):
    """Keeps the events of one meeting, in order. One writer at a time."""

    def read(self) -> tuple[MeetingEvent, ...]:
        """Everything written so far."""

    def append(self, event: MeetingEvent) -> None:
        """Write one more event; when this returns, it is safe.

        Raises StorageError, and leaves the journal as it was, where it cannot.
        """

    def close(self) -> None:
        """Let another writer have it."""


class MinutesFile(Protocol):
    """Where the minutes of one meeting are kept."""

    def write(self, text: str, complete: str = "") -> Path:
        """Replace the minutes as a whole; a reader sees the old text or the new, never half.

        `complete` is what the recorder keeps beside them, where they leave something out.
        """

    def keep(self, version: int, text: Callable[[], str]) -> Path:
        """Keep the minutes as they stand as those of a version, byte for byte.

        `text` makes them where they are gone; those of a version kept before stay as they are.
        """


class Library(Protocol):
    """What past meetings of all series left. Everything in it can be rebuilt from the journals."""

    def carried(self, series: str, on: date) -> CarryOver:
        """What a meeting of this series on the day `on` begins with."""

    def past_values(self, series: str, since: date) -> tuple[PastValue, ...]:
        """What its meetings saw of each KPI in the weeks that ended since a day.

        Where two meetings saw the same week, the later one has the last word.
        """

    def past(self, series: str | None = None) -> Past:
        """Everything that is remembered, of one series or of all."""

    def record(self, meeting_id: MeetingId, meeting: Meeting) -> None:
        """Take a meeting in, or what became of it since."""


class Figures(Protocol):
    """Reads an agenda's prepared reports. It may take seconds: call it in a worker."""

    def load(self, agenda: Agenda, on: date, progress: ProgressCallback | None = None) -> Scorecard:
        """The week's figures for a meeting on the day `on`."""

    def breakdown(self, agenda: Agenda, week: Week, definition: KpiDefinition) -> Breakdown:
        """What the reports say of a KPI's measures by name, for a week and the one before."""


class Archive(Protocol):
    """The meetings folder: finds meetings, opens their journals."""

    def meetings(self) -> Sequence[StoredMeeting]:
        """What is there, newest first."""

    def start(self, series: str, on: date) -> tuple[MeetingId, Journal, MinutesFile]:
        """Make the folder of a new meeting, and take its pen.

        Raises StorageError where the disk refuses.
        """

    def open(
        self, meeting_id: MeetingId, *, accept_damage: bool = False
    ) -> tuple[Journal, MinutesFile]:
        """Take the pen of a meeting that is under way.

        Raises StorageError where somebody else has it, JournalError where it is damaged,
        unless the damage is accepted: then what is whole before and after it counts.
        """

    def is_draft(self, meeting_id: MeetingId) -> bool:
        """Whether the minutes on disk are those of a meeting that was still open."""

    def minutes_of(self, meeting_id: MeetingId) -> str:
        """The minutes of a past meeting, as they were written.

        Raises StorageError where they are not there or cannot be read.
        """
