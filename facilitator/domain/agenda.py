"""The agenda: the items, people, KPIs and data that were prepared for a meeting."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, NewType
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, field

from facilitator.domain.decision import Decision
from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import Currency, Marketplace
from facilitator.domain.kpis.kpi import KpiPlan, Rates, SignalRules, Week
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.people import Duty, Person, PersonId
from facilitator.domain.working_days import NO_COUNTRY, WorkingDays

ItemId = NewType("ItemId", str)


class ItemKind(StrEnum):
    """The purpose of an item; some kinds have a pane of their own."""

    OPENING = "opening"
    """The opening question to the decider, which sets the focus."""
    KPI_REVIEW = "kpi_review"
    TOPIC = "topic"
    DECISIONS = "decisions"
    ACTION_REVIEW = "action_review"
    BUFFER = "buffer"


class Module(StrEnum):
    """The three areas of the business that the team reviews every week."""

    ADVERTISING = "advertising"
    LISTINGS = "listings"
    SUPPLY_CHAIN = "supply_chain"


MODULE_NAMES = {
    Module.ADVERTISING: N_("advertising"),
    Module.LISTINGS: N_("listings"),
    Module.SUPPLY_CHAIN: N_("supply chain"),
}


class Item(Struct, frozen=True, kw_only=True):
    """An agenda item with its timebox."""

    id: ItemId
    title: str
    kind: ItemKind = ItemKind.TOPIC
    timebox: timedelta
    lead: PersonId | None = None
    module: Module | None = None
    question: str = ""
    """The question to be discussed; for the opening item, the opening question."""
    is_protected: bool = False
    """Whether its timebox is never shortened when the meeting runs late."""
    may_be_cut: bool = False
    """Whether its timebox may be shortened when the meeting runs late."""
    is_sensitive: bool = False
    """Whether its title and question appear only in the recorder's minutes."""


class ReportSlot(Struct, frozen=True, kw_only=True):
    """A report that should be in the data folder of the meeting."""

    kind: str
    """The report type, as recognised by its header: `search-term`, `business`, …"""
    is_required: bool = True
    marketplaces: tuple[Marketplace, ...] = ()
    """The marketplaces it must cover; empty for any."""
    max_age_days: Annotated[int, Meta(ge=0, le=3_660)] = 7
    """The most days that its last day may lie before the meeting."""


class DataPlan(Struct, frozen=True, kw_only=True):
    """Where the report data is, and how it is read and judged."""

    folder: str = "data"
    """The path of the data folder, relative to the agenda's folder."""
    week_ends_on: Annotated[int, Meta(ge=0, le=6)] = 6
    """The weekday of a week's last day: Monday 0 … Sunday 6."""
    timezone: str = ""
    """The IANA time zone that decides which day it is for the data; empty for the agenda's."""
    year_starts_in: Annotated[int, Meta(ge=1, le=12)] = 1
    """The first month of the business year: 1 … 12."""
    history_weeks: Annotated[int, Meta(ge=1, le=520)] = 13
    """The number of weeks shown."""
    marketplaces: tuple[Marketplace, ...] = ()
    reports: tuple[ReportSlot, ...] = ()
    rates: Rates | None = None
    signals: SignalRules = field(default_factory=SignalRules)
    occasions: tuple[Occasion, ...] = ()
    disagreement: float = 0.05
    """The difference between two reports that is reported, as a fraction: 0.05 is 5 %."""


class Agenda(Struct, frozen=True, kw_only=True):
    """One prepared meeting."""

    title: str
    series: str
    """The series of meetings it belongs to; part of file names."""
    starts: datetime
    """The planned start; aware, in the team's time zone."""
    length: timedelta
    """The planned duration."""
    language: str = "en"
    """The language of the minutes: `en` or `zh_CN`."""
    currency: Currency = Currency("CNY")
    """The currency of the hourly rates."""
    people: tuple[Person, ...] = ()
    items: tuple[Item, ...] = ()
    decisions: tuple[Decision, ...] = ()
    """The questions prepared for this meeting; without an id until the meeting numbers them."""
    kpis: tuple[KpiPlan, ...] = ()
    data: DataPlan = DataPlan()
    file: str = ""
    """The path of the file it was read from."""
    timezone: str = "UTC"
    """The IANA name of the team's time zone."""
    notice: timedelta = timedelta(hours=24)
    """How long before the start it should be sent; 0 if that does not matter."""
    sent_at: datetime | None = None
    """When it was first sent; None if it was not, or nobody recorded it."""
    country: str = ""
    """The ISO 3166 code of the country whose public holidays apply; empty for none."""
    working_days: WorkingDays = NO_COUNTRY
    """The working days of that country, as known when the meeting began."""

    @property
    def planned(self) -> timedelta:
        """The sum of all timeboxes."""
        return sum((item.timebox for item in self.items), timedelta())

    @property
    def buffer(self) -> timedelta:
        """The time without a subject; negative where the items take longer than the meeting."""
        subjects = (item.timebox for item in self.items if item.kind is not ItemKind.BUFFER)
        return self.length - sum(subjects, timedelta())

    @property
    def ends(self) -> datetime:
        """The planned end; computed in UTC, so that a change of the clocks does not move it."""
        return (self.starts.astimezone(UTC) + self.length).astimezone(self.starts.tzinfo)

    def day_of(self, moment: datetime) -> date:
        """Return the date of a moment in the team's time zone."""
        return moment.astimezone(self.starts.tzinfo).date()

    def data_day_of(self, moment: datetime) -> date:
        """Return the date of a moment in the time zone of the data.

        A week ends at midnight in the marketplaces, not in the team's time zone.
        """
        zone = self.data.timezone
        return moment.astimezone(ZoneInfo(zone)).date() if zone else self.day_of(moment)

    def meeting_day(self, today: date) -> date:
        """Return the planned day of the meeting, or today if that has passed."""
        return max(self.starts.date(), today)

    def latest_day_of(self, moment: datetime) -> date:
        """Return the later of a moment's dates: the team's, and that of the data.

        A marketplace whose day began already may report on it.
        """
        return max(self.day_of(moment), self.data_day_of(moment))

    def moment_after(self, week: Week) -> datetime:
        """Return the last moment that is the day after a week for the team and for the data."""
        day = week.end + timedelta(days=1)
        zones = (self.starts.tzinfo, ZoneInfo(self.data.timezone) if self.data.timezone else None)
        last = (datetime.combine(day, time.max, tzinfo=zone) for zone in zones if zone)
        return min(each.astimezone(UTC) for each in last)

    @property
    def hourly_cost(self) -> float:
        """The cost of an hour with everybody who is invited."""
        return sum(person.hourly_rate for person in self.people)

    def person(self, person_id: PersonId | None) -> Person | None:
        """Return the person with this id; None if there is none."""
        return next((person for person in self.people if person.id == person_id), None)

    def item(self, item_id: ItemId | None) -> Item | None:
        """Return the item with this id; None if there is none."""
        return next((item for item in self.items if item.id == item_id), None)

    @property
    def decider(self) -> PersonId | None:
        """The id of the person who has the last word; None if nobody has that duty."""
        person = self.with_duty(Duty.DECIDER)
        return person.id if person else None

    def with_duty(self, duty: Duty) -> Person | None:
        """Return the first person with a duty; None if there is none."""
        return next((person for person in self.people if duty in person.duties), None)
