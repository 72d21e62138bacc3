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
    """Attendance was taken."""

    at: datetime
    absent: tuple[PersonId, ...] = ()
    unread: tuple[PersonId, ...] | None = None
    """Those present who had not read the pre-read; None if nobody asked."""


class OpenPointAccepted(Struct, frozen=True, kw_only=True):
    """One open point was left open at the end, or several at once, with one reason."""

    at: datetime
    override: Override
    more: tuple[Override, ...] = ()
    """The others, where there are several."""


class TimeLost(Struct, frozen=True, kw_only=True):
    """Time was recorded as lost, other than for a parked topic."""

    at: datetime
    lost: LostTime


class MeetingRated(Struct, frozen=True, kw_only=True):
    """The meeting was rated by the people present."""

    at: datetime
    ratings: tuple[Rating, ...] = ()
    """One for each person who gave one."""


WholeMeetingStep = AttendanceTaken | FocusAnswered | OpenPointAccepted | TimeLost | MeetingRated


class RecorderChanged(Struct, frozen=True, kw_only=True):
    """Another person became the recorder."""

    at: datetime
    to: PersonId
    lets_go: bool = False
    """Whether they record in another terminal; until it is open, the clock runs on."""


class MeetingReopened(Struct, frozen=True, kw_only=True):
    """The minutes of a closed meeting were reopened, to be changed into a new version.

    For a meeting that is already reopened, it only brings the numbers up to date.
    """

    at: datetime
    reason: str
    numbers: NextNumbers
    """The next free numbers of the series, so that no number is used twice."""
    met_since: date | None = None
    """The day of the latest meeting of the series that took over the open entries, if any."""


class SensitivityMarked(Struct, frozen=True, kw_only=True):
    """An entry was marked as sensitive, or the mark was removed."""

    at: datetime
    id: str
    is_sensitive: bool


class MeetingOpened(Struct, frozen=True, kw_only=True):
    """The meeting began with this agenda and the entries carried over."""

    at: datetime
    agenda: Agenda
    carried: CarryOver = field(default_factory=CarryOver)
    overrides: tuple[Override, ...] = ()
    """The readiness checks that failed, each with the reason to begin all the same."""


class DraftSaved(Struct, frozen=True, kw_only=True):
    """The input of a form was saved before it was submitted; no fields: it was discarded."""

    at: datetime
    form: str
    fields: tuple[tuple[str, str], ...] = ()


class MeetingClosed(Struct, frozen=True, kw_only=True):
    """The meeting was closed."""

    at: datetime
    noted_at: datetime | None = None
    """When a forgotten meeting was closed; `at` is then the time of its last step."""


class StepUndone(Struct, frozen=True, kw_only=True):
    """The last step was undone."""

    at: datetime


class StepRedone(Struct, frozen=True, kw_only=True):
    """The step that was undone last was redone."""

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
"""Events that the program records by itself, or that cannot be undone."""

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
"""The steps that are applied by the modules of their subjects."""

Step = SubjectStep | IncidentReviewed | RecorderChanged
"""Everything that a person does in a meeting and can undo."""

MeetingEvent = Bookkeeping | Step | StepUndone | StepRedone
"""Every event that the journal of a meeting can hold."""
