"""Events about the meeting as a whole, and the union of all events."""

from datetime import date, datetime

from msgspec import Struct, field

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


class AttendanceTaken(Struct, frozen=True, kw_only=True):
    """The roll was called."""

    at: datetime
    absent: tuple[PersonId, ...] = ()
    unread: tuple[PersonId, ...] | None = None
    """Who had not read the papers; None where nobody asked."""


class OpenPointAccepted(Struct, frozen=True, kw_only=True):
    """Something still open at the end was accepted as it is."""

    at: datetime
    override: Override


class TimeLost(Struct, frozen=True, kw_only=True):
    """Minutes were lost to something other than a topic that was parked."""

    at: datetime
    lost: LostTime


class MeetingRated(Struct, frozen=True, kw_only=True):
    """The people were asked what they thought of the meeting."""

    at: datetime
    ratings: tuple[Rating, ...] = ()
    """One for each who gave one."""


WholeMeetingStep = AttendanceTaken | FocusAnswered | OpenPointAccepted | TimeLost | MeetingRated


class RecorderChanged(Struct, frozen=True, kw_only=True):
    """Somebody else records from now on."""

    at: datetime
    to: PersonId
    lets_go: bool = False
    """Whether they go on in a terminal of their own: the room goes on while they open it."""


class MeetingReopened(Struct, frozen=True, kw_only=True):
    """Closed minutes were opened again, to be changed into a new version.

    Told once more of a meeting that is open again already, it only brings the numbers up to date.
    """

    at: datetime
    reason: str
    numbers: NextNumbers
    """The next free ones of the series: what later meetings gave away is not given again."""
    met_since: date | None = None
    """The day of the series' latest meeting, where that went on with what was left open here."""


class SensitivityMarked(Struct, frozen=True, kw_only=True):
    """An entry of the meeting was marked as sensitive, or no longer is."""

    at: datetime
    id: str
    is_sensitive: bool


class MeetingOpened(Struct, frozen=True, kw_only=True):
    """The people sat down with this agenda, and with what was carried over."""

    at: datetime
    agenda: Agenda
    carried: CarryOver = field(default_factory=CarryOver)
    overrides: tuple[Override, ...] = ()
    """What was missing when it began, with the reason to begin all the same."""


class DraftSaved(Struct, frozen=True, kw_only=True):
    """What stood in a form that nobody has submitted yet; no fields means that it is gone."""

    at: datetime
    form: str
    fields: tuple[tuple[str, str], ...] = ()


class MeetingClosed(Struct, frozen=True, kw_only=True):
    """The meeting is over."""

    at: datetime
    noted_at: datetime | None = None
    """When it was said, where the meeting had been forgotten: `at` is its last step then."""


class StepUndone(Struct, frozen=True, kw_only=True):
    """The last step that still stood was taken back."""

    at: datetime


class StepRedone(Struct, frozen=True, kw_only=True):
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
