"""The meeting as it stands at one moment."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.agenda import Agenda, Item, ItemId, ItemKind
from facilitator.domain.answer import KpiAnswer
from facilitator.domain.carried import Numbers, Override, PastValue
from facilitator.domain.causes import CauseCount
from facilitator.domain.decision import Decision, DecisionId, Ruling
from facilitator.domain.facts import ALL, Marketplace
from facilitator.domain.incident import Incident
from facilitator.domain.kpi import KpiId
from facilitator.domain.note import Note, NoteId, ParkedTopic, TopicId
from facilitator.domain.occasion import Occasion
from facilitator.domain.people import Person, PersonId
from facilitator.domain.scorecard import Scorecard


class ItemState(StrEnum):
    """Where an item stands."""

    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    SKIPPED = "skipped"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemProgress:
    """An item, and what became of its time."""

    item: Item
    state: ItemState = ItemState.PENDING
    spent: timedelta = timedelta()
    """Time used up to the last stop; the running stretch is not in it."""
    adjusted: timedelta = timedelta()
    """What was added to its timebox, or taken away."""
    reason: str = ""
    """Why it was dropped."""

    @property
    def timebox(self) -> timedelta:
        """The time it has, as adjusted."""
        return max(self.item.timebox + self.adjusted, timedelta())

    @property
    def is_unreached(self) -> bool:
        """Whether the room never came to it; a buffer is there to be left out."""
        is_left = self.state in (ItemState.PENDING, ItemState.SKIPPED)
        return is_left and self.item.kind is not ItemKind.BUFFER


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What stands in a form that nobody has submitted yet."""

    form: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A ruling that the room took back."""

    decision_id: DecisionId
    ruling: Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Everything that is known of one meeting at one moment."""

    agenda: Agenda
    opened_at: datetime
    seen_at: datetime
    """The last moment that the journal knows of."""
    items: tuple[ItemProgress, ...]
    current: ItemId | None = None
    current_since: datetime | None = None
    """When the running stretch began; None while paused and between items."""
    is_paused: bool = False
    lost: timedelta = timedelta()
    """Time that the program was gone; it is nobody's."""
    closed_at: datetime | None = None
    decisions: tuple[Decision, ...] = ()
    """Carried over first, then prepared, then proposed on the spot."""
    actions: tuple[ActionItem, ...] = ()
    """Carried over first, then new ones."""
    carried_actions: tuple[ActionId, ...] = ()
    reviewed: tuple[ActionId, ...] = ()
    """Actions from earlier meetings that the room has looked at."""
    notes: tuple[Note, ...] = ()
    topics: tuple[ParkedTopic, ...] = ()
    """The parking lot, with what earlier meetings left in it."""
    focus: str = ""
    past_focus: str = ""
    past_values: tuple[PastValue, ...] = ()
    scorecard: Scorecard | None = None
    answers: tuple[KpiAnswer, ...] = ()
    """One for each KPI and marketplace that was answered for."""
    past_causes: tuple[CauseCount, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    """Weeks that this meeting or an earlier one marked as unlike the others."""
    incidents: tuple[Incident, ...] = ()
    """Those that wait for their review, and those reported while it ran."""
    absent: tuple[PersonId, ...] | None = None
    """None until the roll was called."""
    overrides: tuple[Override, ...] = ()
    accepted: tuple[Override, ...] = ()
    """Open ends accepted at the close."""
    withdrawn: tuple[Withdrawn, ...] = ()
    drafts: tuple[Draft, ...] = ()
    numbers: Numbers = field(default_factory=Numbers)

    @property
    def date(self) -> date:
        """The day it is held on, in the team's own time zone."""
        return self.agenda.day_of(self.opened_at)

    @property
    def is_closed(self) -> bool:
        """Whether it is over."""
        return self.closed_at is not None

    @property
    def running(self) -> ItemProgress | None:
        """The item that is on."""
        return self.item(self.current)

    @property
    def present(self) -> tuple[Person, ...]:
        """Who is here; everybody until the roll was called."""
        return tuple(each for each in self.agenda.people if each.id not in (self.absent or ()))

    @property
    def open_decisions(self) -> tuple[Decision, ...]:
        """Questions that wait for a ruling."""
        return tuple(decision for decision in self.decisions if decision.is_open)

    @property
    def open_actions(self) -> tuple[ActionItem, ...]:
        """Promises that somebody still has to keep."""
        return tuple(action for action in self.actions if action.is_open)

    @property
    def unreached(self) -> tuple[ItemProgress, ...]:
        """Items that the room never came to."""
        return tuple(progress for progress in self.items if progress.is_unreached)

    @property
    def incidents_to_review(self) -> tuple[Incident, ...]:
        """Those reported before it began; one that comes up meanwhile is for the next meeting."""
        return tuple(
            each
            for each in self.incidents
            if each.review is None and each.reported_at < self.opened_at
        )

    def item(self, item_id: ItemId | None) -> ItemProgress | None:
        """The item with this id."""
        return next((each for each in self.items if each.item.id == item_id), None)

    def decision(self, decision_id: DecisionId | None) -> Decision | None:
        """The decision with this id."""
        return next((each for each in self.decisions if each.id == decision_id), None)

    def action(self, action_id: ActionId | None) -> ActionItem | None:
        """The action item with this id."""
        return next((each for each in self.actions if each.id == action_id), None)

    def note(self, note_id: NoteId | None) -> Note | None:
        """The note with this id."""
        return next((each for each in self.notes if each.id == note_id), None)

    def topic(self, topic_id: TopicId | None) -> ParkedTopic | None:
        """The parked topic with this id."""
        return next((each for each in self.topics if each.id == topic_id), None)

    def answer(self, kpi: KpiId, marketplace: Marketplace = ALL) -> KpiAnswer | None:
        """What was said of a KPI in one marketplace."""
        return next((e for e in self.answers if (e.kpi, e.marketplace) == (kpi, marketplace)), None)

    def past_value(self, kpi: KpiId, marketplace: Marketplace = ALL) -> PastValue | None:
        """What the last meeting saw of a KPI."""
        return next(
            (e for e in self.past_values if (e.kpi, e.marketplace) == (kpi, marketplace)), None
        )

    def draft(self, form: str) -> dict[str, str]:
        """What stands unsubmitted in a form, by field."""
        return next((dict(each.fields) for each in self.drafts if each.form == form), {})

    def person(self, person_id: PersonId | None) -> Person | None:
        """The person with this id."""
        return self.agenda.person(person_id)
