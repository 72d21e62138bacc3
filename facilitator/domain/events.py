"""Every fact of a meeting, in the past tense. The journal is made of these and of nothing else."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from facilitator.domain.action_events import ActionStep
from facilitator.domain.agenda import Agenda, ItemId
from facilitator.domain.carried import Carried, Override
from facilitator.domain.decision_events import DecisionStep
from facilitator.domain.incident_events import IncidentNews, IncidentReviewed
from facilitator.domain.kpi_events import KpisLoaded, KpiStep
from facilitator.domain.note_events import NoteStep
from facilitator.domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingOpened:
    """The people sat down with this agenda, and with what was carried over."""

    at: datetime
    agenda: Agenda
    carried: Carried = field(default_factory=Carried)
    overrides: tuple[Override, ...] = ()
    """What was missing when it began, with the reason to begin all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingResumed:
    """The program came back after it had been gone; the time between is nobody's."""

    at: datetime
    stopped_at: datetime
    """The last moment it is known to have run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTicked:
    """The program still ran then: this bounds what a crash can leave uncounted."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStarted:
    """The room moved to an item; the one before it stopped."""

    at: datetime
    item_id: ItemId


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceTaken:
    """The roll was called."""

    at: datetime
    absent: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FocusAnswered:
    """The opening question got its answer."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEndAccepted:
    """Something still open at the end was accepted as it is."""

    at: datetime
    override: Override


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSaved:
    """What stood in a form that nobody has submitted yet; no fields means that it is gone."""

    at: datetime
    form: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingClosed:
    """The meeting is over."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUndone:
    """The last step that still stood was taken back."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRedone:
    """The step taken back last stands again."""

    at: datetime


Bookkeeping = (
    MeetingOpened
    | MeetingResumed
    | ClockTicked
    | KpisLoaded
    | DraftSaved
    | IncidentNews
    | MeetingClosed
)
"""What the program notes by itself, or what cannot be taken back."""

Step = (
    ItemStarted
    | ItemSkipped
    | ItemDropped
    | TimeboxChanged
    | MeetingPaused
    | MeetingContinued
    | AttendanceTaken
    | FocusAnswered
    | OpenEndAccepted
    | NoteStep
    | KpiStep
    | DecisionStep
    | ActionStep
    | IncidentReviewed
)
"""What people do, and can take back."""

MeetingEvent = Bookkeeping | Step | StepUndone | StepRedone
