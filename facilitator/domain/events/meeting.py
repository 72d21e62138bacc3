"""Every fact of a meeting, in the past tense. The journal is made of these and of nothing else."""

from dataclasses import dataclass, field
from datetime import datetime

from facilitator.domain.agenda import Agenda
from facilitator.domain.carried import Carried, Override
from facilitator.domain.events.actions import ActionStep
from facilitator.domain.events.clock import (
    ClockStep,
    ClockTicked,
    MeetingResumed,
    MeetingSuspended,
)
from facilitator.domain.events.conduct import ConductStep
from facilitator.domain.events.decisions import DecisionStep
from facilitator.domain.events.discretion import SensitivityMarked
from facilitator.domain.events.focus import FocusReviewed
from facilitator.domain.events.incidents import IncidentNews, IncidentReviewed
from facilitator.domain.events.kpis import KpisLoaded, KpiStep
from facilitator.domain.events.life import MeetingReopened, PenHandedOver
from facilitator.domain.events.notes import NoteStep
from facilitator.domain.events.risks import RiskStep


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingOpened:
    """The people sat down with this agenda, and with what was carried over."""

    at: datetime
    agenda: Agenda
    carried: Carried = field(default_factory=Carried)
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
    | IncidentNews
    | MeetingClosed
    | MeetingReopened
)
"""What the program notes by itself, or what cannot be taken back."""

SubjectStep = (
    ClockStep
    | ConductStep
    | NoteStep
    | KpiStep
    | DecisionStep
    | ActionStep
    | RiskStep
    | FocusReviewed
    | SensitivityMarked
)
"""Steps that the fold of their subject understands."""

Step = SubjectStep | IncidentReviewed | PenHandedOver
"""What people do, and can take back."""

MeetingEvent = Bookkeeping | Step | StepUndone | StepRedone
