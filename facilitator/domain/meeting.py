"""The state of a meeting at one moment."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.agenda import Agenda, Item, ItemId, ItemKind
from facilitator.domain.carry_over import NextNumbers, Override, OverruledClose
from facilitator.domain.decision import Decision, DecisionId, Ruling
from facilitator.domain.entry import Entry, EntryT, find_entry
from facilitator.domain.entry_kinds import ENTRY_TYPES
from facilitator.domain.focus import FocusReview
from facilitator.domain.incident import Incident
from facilitator.domain.interruption import Interruption
from facilitator.domain.kpi_answer import KpiAnswer
from facilitator.domain.kpis.causes import CauseCount
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import AgreedDefinition, KpiDefinition, KpiId
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.scorecard import PastValue, Scorecard
from facilitator.domain.lost_time import LostTime
from facilitator.domain.note import Note, NoteId, ParkedTopic, TopicId
from facilitator.domain.people import Duty, Person, PersonId
from facilitator.domain.rating import Rating
from facilitator.domain.risk import Risk, RiskId
from facilitator.domain.track_record import TrackRecord


class ItemState(StrEnum):
    """Where an item stands."""

    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    SKIPPED = "skipped"
    DROPPED = "dropped"


class ItemProgress(Struct, frozen=True, kw_only=True):
    """An item, and what became of its time."""

    item: Item
    state: ItemState = ItemState.PENDING
    spent: timedelta = timedelta()
    """Time used up to the last stop; the running stretch is not in it."""
    adjusted: timedelta = timedelta()
    """What was added to its timebox by hand, or taken away."""
    taken: timedelta = timedelta()
    """What it gave up so that the meeting ends on time."""
    reason: str = ""
    """Why it was dropped."""

    @property
    def timebox(self) -> timedelta:
        """The time it has, as adapted and adjusted."""
        return max(self.item.timebox + self.adjusted - self.taken, timedelta())

    @property
    def is_unreached(self) -> bool:
        """Whether it was never started; a buffer does not count."""
        is_left = self.state in (ItemState.PENDING, ItemState.SKIPPED)
        return is_left and self.item.kind is not ItemKind.BUFFER


NOTE_LINE = "note"
"""The name of the draft of the line under the notes."""


class Draft(Struct, frozen=True, kw_only=True):
    """What stands in a form that nobody has submitted yet."""

    form: str
    """The name of the form; where it was left several times, with “~2” and so on behind it."""
    fields: tuple[tuple[str, str], ...]

    @property
    def form_name(self) -> str:
        """The name of the form alone."""
        return self.form.partition("~")[0]

    @property
    def text(self) -> str:
        """The first text that was typed."""
        return next((text for _field, text in self.fields if text), "")


class WithdrawnRuling(Struct, frozen=True, kw_only=True):
    """A ruling that was undone."""

    decision_id: DecisionId
    ruling: Ruling


class Version(Struct, frozen=True, kw_only=True):
    """What a meeting was when it was closed, before it was reopened."""

    reopened_at: datetime
    reason: str
    met_since: date | None = None
    """The day of a later meeting, whose state of what it took over counts."""
    meeting: "Meeting"


class Meeting(Struct, frozen=True, kw_only=True):
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
    interruptions: tuple[Interruption, ...] = ()
    """Stretches that are nobody's, oldest first."""
    clock_changes: tuple[tuple[datetime, timedelta], ...] = ()
    """When the computer's clock was set, and by how much; no time of the meeting follows it."""
    suspended_at: datetime | None = None
    """Since when it waits to be resumed, where somebody said so."""
    closed_at: datetime | None = None
    """When it ended; a reopened meeting ended all the same."""
    noted_at: datetime | None = None
    """When it was closed after all, where it had been forgotten."""
    reopened_at: datetime | None = None
    """Since when what was written is being changed; its clock stays as it was."""
    versions: tuple[Version, ...] = ()
    """The earlier ones, oldest first."""
    recorder_changes: tuple[tuple[datetime, PersonId], ...] = ()
    """Who became recorder, and when."""
    is_recorder_changing: bool = False
    """Whether the next recorder has yet to open the meeting in a terminal, while it goes on."""
    decisions: tuple[Decision, ...] = ()
    """Carried over first, then prepared, then proposed on the spot."""
    actions: tuple[ActionItem, ...] = ()
    """Carried over first, then new ones."""
    carried: tuple[Entry, ...] = ()
    """What it took over from earlier meetings, as it was when this one began."""
    overruled: tuple[OverruledClose, ...] = ()
    """Of those, what somebody closed since, without knowing what the meeting before said."""
    reviewed: tuple[ActionId, ...] = ()
    """Action items of earlier meetings that were reviewed."""
    notes: tuple[Note, ...] = ()
    topics: tuple[ParkedTopic, ...] = ()
    """The parking lot, with what earlier meetings left in it."""
    focus: str = ""
    past_focus: str = ""
    focus_reviews: tuple[FocusReview, ...] = ()
    """What a changed focus left of what was open."""
    past_values: tuple[PastValue, ...] = ()
    scorecard: Scorecard | None = None
    answers: tuple[KpiAnswer, ...] = ()
    """One for each KPI and marketplace that was answered for."""
    past_causes: tuple[CauseCount, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    """Weeks that this meeting or an earlier one marked as unlike the others."""
    risks: tuple[Risk, ...] = ()
    """The risk register: what earlier meetings left open, then what was named today."""
    signed: tuple[PersonId, ...] = ()
    """Who signed “no known problem”."""
    definitions: tuple[AgreedDefinition, ...] = ()
    """What this meeting or an earlier one agreed that KPIs mean, one a KPI."""
    records: tuple[TrackRecord, ...] = ()
    """What became of proposals, as the meeting began."""
    incidents: tuple[Incident, ...] = ()
    """Those that wait for their review, and those reported while it ran."""
    absent: tuple[PersonId, ...] | None = None
    """None until the roll was called."""
    unread: tuple[PersonId, ...] | None = None
    """Who came without having read the papers; None until somebody asked."""
    lost_times: tuple[LostTime, ...] = ()
    ratings: tuple[Rating, ...] | None = None
    """None until the people were asked."""
    overrides: tuple[Override, ...] = ()
    accepted: tuple[Override, ...] = ()
    """Open ends accepted at the close."""
    withdrawn: tuple[WithdrawnRuling, ...] = ()
    drafts: tuple[Draft, ...] = ()
    numbers: NextNumbers = field(default_factory=NextNumbers)

    @property
    def date(self) -> date:
        """The day it is held on, in the team's own time zone."""
        return self.agenda.day_of(self.opened_at)

    @property
    def is_closed(self) -> bool:
        """Whether it is over, and its minutes are final."""
        return self.closed_at is not None and not self.is_reopened

    @property
    def is_reopened(self) -> bool:
        """Whether it is over and its minutes are being changed."""
        return self.reopened_at is not None

    @property
    def recorder(self) -> Person | None:
        """The recorder: whoever took over last, otherwise the person with that duty."""
        if self.recorder_changes:
            return self.person(self.recorder_changes[-1][1])
        return self.agenda.with_duty(Duty.RECORDER)

    @property
    def interrupted_time(self) -> timedelta:
        """The time that is nobody's."""
        return sum((gap.length for gap in self.interruptions), timedelta())

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
    def carried_actions(self) -> tuple[ActionId, ...]:
        """Return the ids of the action items that earlier meetings left."""
        return tuple(each.id for each in self.carried if isinstance(each, ActionItem))

    @property
    def open_actions(self) -> tuple[ActionItem, ...]:
        """Action items that are not closed."""
        return tuple(action for action in self.actions if action.is_open)

    @property
    def parking_lot(self) -> tuple[ParkedTopic, ...]:
        """The topics that are not items of the agenda again, as those put off are."""
        return tuple(each for each in self.topics if self.item(each.item_id) is None)

    @property
    def unreached(self) -> tuple[ItemProgress, ...]:
        """Items that were never started."""
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

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return all entries, kind by kind in the order in which people read them."""
        return tuple(each for kind in ENTRY_TYPES for each in self.entries_of(kind))

    def entries_of(self, kind: type[EntryT]) -> tuple[EntryT, ...]:
        """Return the entries of one kind."""
        found: tuple[EntryT, ...] = getattr(self, kind.list_name)
        return found

    def with_entries(self, kind: type[EntryT], entries: Iterable[EntryT]) -> "Meeting":
        """Return the meeting with other entries of one kind."""
        lists: dict[str, Any] = {kind.list_name: tuple(entries)}
        return replace(self, **lists)

    def map_entries(self, change: Callable[[Entry], Entry]) -> "Meeting":
        """Return the meeting with each of its entries, of any kind, as `change` returns it."""
        lists: dict[str, Any] = {
            kind.list_name: tuple(map(change, self.entries_of(kind))) for kind in ENTRY_TYPES
        }
        return replace(self, **lists)

    def entry(self, entry_id: str | None) -> Entry | None:
        """Return the entry of any kind with this id."""
        return find_entry(self.entries, entry_id)

    def decision(self, decision_id: DecisionId | None) -> Decision | None:
        """Return the decision with this id."""
        return find_entry(self.decisions, decision_id)

    def action(self, action_id: ActionId | None) -> ActionItem | None:
        """Return the action item with this id."""
        return find_entry(self.actions, action_id)

    def note(self, note_id: NoteId | None) -> Note | None:
        """Return the note with this id."""
        return find_entry(self.notes, note_id)

    def topic(self, topic_id: TopicId | None) -> ParkedTopic | None:
        """Return the parked topic with this id."""
        return find_entry(self.topics, topic_id)

    def risk(self, risk_id: RiskId | None) -> Risk | None:
        """Return the risk with this id."""
        return find_entry(self.risks, risk_id)

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

    @property
    def left_drafts(self) -> tuple[Draft, ...]:
        """What forms were left with; not the line for notes, whose text is in plain sight."""
        return tuple(each for each in self.drafts if each.form != NOTE_LINE)

    def drafts_of(self, form: str) -> tuple[Draft, ...]:
        """What a form was left with, each time that it was; the newest comes last."""
        return tuple(each for each in self.drafts if each.form_name == form)

    def person(self, person_id: PersonId | None) -> Person | None:
        """The person with this id."""
        return self.agenda.person(person_id)

    def name_of(self, person_id: PersonId | None) -> str:
        """Somebody's name; the id of who is no longer invited, empty for nobody."""
        person = self.person(person_id)
        return person.name if person else person_id or ""

    def definition(self, kpi: KpiId | None) -> KpiDefinition | None:
        """How a KPI is counted; None where this meeting has no figures of it."""
        return self.scorecard.definition(kpi) if self.scorecard and kpi else None
