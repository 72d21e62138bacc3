"""Events about the meeting as a whole, and the union of all events."""

from dataclasses import dataclass, field
from datetime import date, datetime

from facilitator.domain.agenda import Agenda
from facilitator.domain.carry_over import CarryOver, NextNumbers, Override
from facilitator.domain.events.actions import ActionStep
from facilitator.domain.events.clock import (
    ClockStep,
    ClockTicked,
    MeetingResumed,
    MeetingSuspended,
)
from facilitator.domain.events.decisions import DecisionStep
from facilitator.domain.events.focus import FocusAnswered, FocusReviewed
from facilitator.domain.events.incidents import IncidentReviewed, IncidentUpdate
from facilitator.domain.events.kpis import KpisLoaded, KpiStep
from facilitator.domain.events.notes import NoteStep
from facilitator.domain.events.risks import RiskStep
from facilitator.domain.lost_time import LostTime
from facilitator.domain.people import PersonId
from facilitator.domain.rating import Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceTaken:
    """The roll was called."""

    at: datetime
    absent: tuple[PersonId, ...] = ()
    unread: tuple[PersonId, ...] | None = None
    """Who had not read the papers; None where nobody asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPointAccepted:
    """Something still open at the end was accepted as it is."""

    at: datetime
    override: Override


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLost:
    """Minutes were lost to something other than a topic that was parked."""

    at: datetime
    lost: LostTime


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRated:
    """The people were asked what they thought of the meeting."""

    at: datetime
    ratings: tuple[Rating, ...] = ()
    """One for each who gave one."""


WholeMeetingStep = AttendanceTaken | FocusAnswered | OpenPointAccepted | TimeLost | MeetingRated


@dataclass(frozen=True, slots=True, kw_only=True)
class RecorderChanged:
    """Somebody else records from now on."""

    at: datetime
    to: PersonId
    lets_go: bool = False
    """Whether they go on in a terminal of their own: the room goes on while they open it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingReopened:
    """Closed minutes were opened again, to be changed into a new version.

    Told once more of a meeting that is open again already, it only brings the numbers up to date.
    """

    at: datetime
    reason: str
    numbers: NextNumbers
    """The next free ones of the series: what later meetings gave away is not given again."""
    met_since: date | None = None
    """The day of the series' latest meeting, where that went on with what was left open here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityMarked:
    """An entry of the meeting was marked as sensitive, or no longer is."""

    at: datetime
    id: str
    is_sensitive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingOpened:
    """The people sat down with this agenda, and with what was carried over."""

    at: datetime
    agenda: Agenda
    carried: CarryOver = field(default_factory=CarryOver)
    overrides: tuple[Override, ...] = ()
    """What was missing when it began, with the reason to begin all the same."""


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
    noted_at: datetime | None = None
    """When it was said, where the meeting had been forgotten: `at` is its last step then."""


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
    | MeetingSuspended
    | ClockTicked
    | KpisLoaded
    | DraftSaved
    | IncidentUpdate
    | MeetingClosed
    | MeetingReopened
)
"""What the program notes by itself, or what cannot be taken back."""

SubjectStep = (
    ClockStep
    | WholeMeetingStep
    | NoteStep
    | KpiStep
    | DecisionStep
    | ActionStep
    | RiskStep
    | FocusReviewed
    | SensitivityMarked
)
"""Steps that the fold of their subject understands."""

Step = SubjectStep | IncidentReviewed | RecorderChanged
"""What people do, and can take back."""

MeetingEvent = Bookkeeping | Step | StepUndone | StepRedone
