"""Every fact of a meeting, in the past tense. The journal is made of these and of nothing else."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from facilitator.domain.action import ActionId, ActionItem, ActionStatus
from facilitator.domain.agenda import Agenda, ItemId
from facilitator.domain.carried import Carried, Override
from facilitator.domain.decision import Decision, DecisionId, Ruling
from facilitator.domain.facts import ALL, Marketplace
from facilitator.domain.kpi import KpiId
from facilitator.domain.note import Note, NoteId, ParkedTopic, TopicId, TopicStatus
from facilitator.domain.people import PersonId
from facilitator.domain.scorecard import Scorecard


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
class NoteTaken:
    """Somebody's remark was written down."""

    at: datetime
    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteChanged:
    """A note was written anew; an empty text takes it away."""

    at: datetime
    note_id: NoteId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicParked:
    """A topic was put off."""

    at: datetime
    topic: ParkedTopic


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicClosed:
    """A parked topic was settled or dropped."""

    at: datetime
    topic_id: TopicId
    status: TopicStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class KpisLoaded:
    """The prepared reports were read; these are the week's figures."""

    at: datetime
    scorecard: Scorecard


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseGiven:
    """Somebody said why a KPI is where it is; an empty text takes it back."""

    at: datetime
    kpi: KpiId
    marketplace: Marketplace = ALL
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionProposed:
    """A new question came up."""

    at: datetime
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionChanged:
    """A question or its options were worded anew."""

    at: datetime
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRuled:
    """The room settled a question, put it off, or dropped it."""

    at: datetime
    decision_id: DecisionId
    ruling: Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionReopened:
    """A question that was settled today is open again."""

    at: datetime
    decision_id: DecisionId


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAdded:
    """Somebody promised something."""

    at: datetime
    action: ActionItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionChanged:
    """An action item was worded, dated or given anew."""

    at: datetime
    action: ActionItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionClosed:
    """An action item was done, or dropped."""

    at: datetime
    action_id: ActionId
    status: ActionStatus
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionReviewed:
    """An action item from an earlier meeting is not done and goes on."""

    at: datetime
    action_id: ActionId
    note: str = ""
    due: date | None = None
    """A new date, where one was promised."""


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


Bookkeeping = MeetingOpened | MeetingResumed | ClockTicked | KpisLoaded | DraftSaved | MeetingClosed
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
    | NoteTaken
    | NoteChanged
    | TopicParked
    | TopicClosed
    | CauseGiven
    | DecisionProposed
    | DecisionChanged
    | DecisionRuled
    | DecisionReopened
    | ActionAdded
    | ActionChanged
    | ActionClosed
    | ActionReviewed
    | OpenEndAccepted
)
"""What people do, and can take back."""

MeetingEvent = Bookkeeping | Step | StepUndone | StepRedone
