"""The agenda: what was prepared for a meeting."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from facilitator.domain.decision import Decision
from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import Currency, Marketplace
from facilitator.domain.kpis.kpi import KpiPlan, Rates, SignalRules
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.people import Duty, Person, PersonId
from facilitator.domain.working_days import NO_COUNTRY, WorkingDays

ItemId = NewType("ItemId", str)


class ItemKind(StrEnum):
    """What an item is for; some kinds have a pane of their own."""

    OPENING = "opening"
    """The opening question to the decider."""
    KPI_REVIEW = "kpi_review"
    TOPIC = "topic"
    DECISIONS = "decisions"
    ACTION_REVIEW = "action_review"
    BUFFER = "buffer"


class Module(StrEnum):
    """The three parts that the team answers for every week."""

    ADVERTISING = "advertising"
    LISTINGS = "listings"
    SUPPLY_CHAIN = "supply_chain"


MODULE_NAMES = {
    Module.ADVERTISING: N_("advertising"),
    Module.LISTINGS: N_("listings"),
    Module.SUPPLY_CHAIN: N_("supply chain"),
}


class Item(Struct, frozen=True, kw_only=True):
    """A topic with the time that it was given."""

    id: ItemId
    title: str
    kind: ItemKind = ItemKind.TOPIC
    timebox: timedelta
    lead: PersonId | None = None
    module: Module | None = None
    question: str = ""
    """What is asked of the room; for the opening item, the opening question."""
    is_protected: bool = False
    """Its time is never taken for others."""
    may_be_cut: bool = False
    """The first to give up time when the meeting runs late."""
    is_sensitive: bool = False
    """Whether only the recorder's file tells what it is about."""


class ReportSlot(Struct, frozen=True, kw_only=True):
    """A report that the meeting wants in its data folder."""

    kind: str
    """As recognised by its header: `search-term`, `business`, `inventory-health`…"""
    is_required: bool = True
    marketplaces: tuple[Marketplace, ...] = ()
    """The marketplaces it must cover; empty for any."""
    max_age_days: int = 7
    """How many days before the meeting its last day may lie."""


class DataPlan(Struct, frozen=True, kw_only=True):
    """Where the numbers come from and how they are read."""

    folder: str = "data"
    """Relative to the agenda's folder."""
    week_ends_on: int = 6
    """Monday 0 … Sunday 6."""
    timezone: str = ""
    """IANA name of the zone whose day it is for the data; empty for the agenda's."""
    year_starts_in: int = 1
    """The month with which the business year begins."""
    history_weeks: int = 13
    """How many weeks are shown."""
    marketplaces: tuple[Marketplace, ...] = ()
    reports: tuple[ReportSlot, ...] = ()
    rates: Rates | None = None
    signals: SignalRules = field(default_factory=SignalRules)
    occasions: tuple[Occasion, ...] = ()
    disagreement: float = 0.05
    """By which share two reports of the same may differ before it is told."""


class Agenda(Struct, frozen=True, kw_only=True):
    """One prepared meeting."""

    title: str
    series: str
    """The line of meetings it belongs to; part of file names."""
    starts: datetime
    """Aware, in the team's time zone."""
    length: timedelta
    language: str = "en"
    """Of the minutes: `en` or `zh_CN`."""
    currency: Currency = Currency("CNY")
    """Of the hourly rates."""
    people: tuple[Person, ...] = ()
    items: tuple[Item, ...] = ()
    decisions: tuple[Decision, ...] = ()
    """Prepared for today, without ids yet where the meeting numbers them."""
    kpis: tuple[KpiPlan, ...] = ()
    data: DataPlan = DataPlan()
    file: str = ""
    """Where it was read from."""
    timezone: str = "UTC"
    """IANA name."""
    notice: timedelta = timedelta(hours=24)
    """How long before the meeting people should have it; none where that does not matter."""
    sent_at: datetime | None = None
    """When they got it; None where that is not known."""
    country: str = ""
    """ISO 3166 code of the country whose holidays its people have; empty for none."""
    working_days: WorkingDays = NO_COUNTRY
    """Of that country, as they were known when the meeting began."""

    @property
    def planned(self) -> timedelta:
        """What the items add up to."""
        return sum((item.timebox for item in self.items), timedelta())

    @property
    def ends(self) -> datetime:
        """When it should be over; it is as long on the night on which the clocks change."""
        return (self.starts.astimezone(UTC) + self.length).astimezone(self.starts.tzinfo)

    def day_of(self, moment: datetime) -> date:
        """The day that it is for its people at a moment."""
        return moment.astimezone(self.starts.tzinfo).date()

    def data_day_of(self, moment: datetime) -> date:
        """The day that it is for its data: a week is over where the shops are, not the team."""
        zone = self.data.timezone
        return moment.astimezone(ZoneInfo(zone)).date() if zone else self.day_of(moment)

    @property
    def hourly_cost(self) -> float:
        """What an hour with everybody costs."""
        return sum(person.hourly_rate for person in self.people)

    def person(self, person_id: PersonId | None) -> Person | None:
        """The person with this id."""
        return next((person for person in self.people if person.id == person_id), None)

    def item(self, item_id: ItemId | None) -> Item | None:
        """The item with this id."""
        return next((item for item in self.items if item.id == item_id), None)

    @property
    def decider(self) -> PersonId | None:
        """Who has the last word, where anybody has."""
        person = self.with_duty(Duty.DECIDER)
        return person.id if person else None

    def with_duty(self, duty: Duty) -> Person | None:
        """Who plays this part."""
        return next((person for person in self.people if duty in person.duties), None)
