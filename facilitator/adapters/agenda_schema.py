"""The tables and keys of agenda files and KPI files, and what each key may hold.

A table that says what a value of the domain says is decoded straight into it. The structs here
are the tables that differ from the domain: by the name of a key, a unit, or their nesting.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal, NewType

from msgspec import Meta, Struct, field

from facilitator.domain.agenda import ItemKind, Module
from facilitator.domain.decision import Option, OptionId
from facilitator.domain.errors import N_
from facilitator.domain.file_name import SERIES_PATTERN
from facilitator.domain.kpis.facts import ALL, Currency, Marketplace
from facilitator.domain.kpis.kpi import Aggregation, KpiId, Unit
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.people import Person, PersonId
from facilitator.domain.proposal import Experiment, Reallocation, Request, RiskProposal

Text = Annotated[str, Meta(min_length=1, description=N_("a text (not empty)"))]
Name = Annotated[
    str,
    Meta(
        pattern=r"^[\w.-]{1,40}\Z",
        description=N_("a short name of letters, digits, “.”, “-” and “_”"),
    ),
]
PathName = Annotated[
    str,
    Meta(
        pattern=rf"^{SERIES_PATTERN}\Z",
        description=N_("a short name of A–Z, a–z, 0–9, “-” and “_” (it becomes part of a path)"),
    ),
]
CapitalLetter = Annotated[
    str, Meta(pattern=r"^[A-Z]\Z", description=N_("a capital letter from A to Z"))
]
Minutes = Annotated[
    int, Meta(ge=1, le=480, description=N_("a whole number of minutes from 1 to 480"))
]
Weeks = Annotated[int, Meta(ge=1, le=104, description=N_("a whole number from 1 to 104"))]
Month = Annotated[int, Meta(ge=1, le=12, description=N_("a month from 1 to 12"))]
Percent = Annotated[float, Meta(ge=0, le=1000, description=N_("a percentage of 0 or more"))]
Hours = Annotated[int, Meta(ge=0, le=720, description=N_("a whole number of hours, at most 720"))]
Days = Annotated[int, Meta(ge=0, le=366, description=N_("a whole number of days, at most 366"))]
HourlyRate = Annotated[float, Meta(ge=0, le=1e9, description=N_("a number of 0 or more"))]
CurrencyCode = Annotated[
    str, Meta(pattern=r"^[A-Z]{3}\Z", description=N_("a currency code such as USD"))
]
CountryCode = Annotated[
    str, Meta(pattern=r"^([A-Z]{2})?\Z", description=N_("a country code such as CN"))
]
MeasureName = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_]{0,39}\Z",
        description=N_("a short name of a–z, 0–9 and “_” that begins with a letter"),
    ),
]
MeasureTerms = Annotated[
    tuple[Annotated[str, Meta(pattern=r"^-?[a-z][a-z0-9_]*\Z")], ...],
    Meta(description=N_('a list of measures such as ["ad_spend"]')),
]
Scale = Annotated[float, Meta(gt=0, le=1e9, description=N_("a number above 0"))]
Margin = Annotated[float, Meta(gt=0, le=100, description=N_("a percentage above 0, at most 100"))]
Decimals = Annotated[int, Meta(ge=0, le=6, description=N_("a whole number from 0 to 6"))]
KpiWeeks = Annotated[int, Meta(ge=1, le=26, description=N_("a whole number from 1 to 26"))]
MinimumAmount = Annotated[float, Meta(ge=0, le=1e12, description=N_("a number of 0 or more"))]
RatesPerUnit = Annotated[
    dict[
        Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")],
        Annotated[float, Meta(gt=0, le=1e9)],
    ],
    Meta(description=N_("a rate above 0 for each currency code, such as GBP = 1.31")),
]
MarketplaceOrAll = NewType("MarketplaceOrAll", str)
"""A marketplace, or the whole business."""
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


FIELD_TYPES: Mapping[object, object] = {
    PersonId: Name,
    KpiId: Name,
    OptionId: CapitalLetter,
    Currency: CurrencyCode,
    (Person, "name"): Text,
    (Person, "hourly_rate"): HourlyRate,
    (Option, "title"): Text,
    (Request, "amount"): Scale,
    (Request, "share"): Scale,
    (Request, "weeks"): Weeks,
    (Request, "margin"): Margin,
    (Experiment, "variant"): Text,
    (Reallocation, "amount"): Text,
    (RiskProposal, "threat"): Text,
    (RiskProposal, "solution"): Text,
    (Occasion, "what"): Text,
}
"""What a file may say of a value of the domain: by its type, and by its class and field.

The domain's own annotations hold no such limits, since the journals of earlier versions are
decoded by them. A field with the type `Text` must be given, whether or not it has a default.
"""


class ItemTable(Struct):
    """One of `[[items]]`."""

    id: Name
    title: Text
    minutes: Minutes
    kind: ItemKind = ItemKind.TOPIC
    lead: PersonId | None = None
    module: Module | None = None
    question: str = ""
    protected: bool = False
    may_cut: bool = False
    sensitive: bool = False


class LimitsTable(Struct):
    """The keys of a target."""

    at_most: float | None = None
    at_least: float | None = None
    strict: bool = False


class MarketplaceTargetTable(LimitsTable, kw_only=True):
    """One of `[[kpis.marketplaces]]`."""

    marketplace: MarketplaceOrAll


class KpiTable(LimitsTable, kw_only=True):
    """One of `[[kpis]]`."""

    id: Name
    owner: PersonId | None = None
    marketplaces: tuple[MarketplaceTargetTable, ...] = ()


class DefinitionTable(KpiTable, kw_only=True):
    """One of `[[kpis]]` in a file of definitions: the same, and how it is counted."""

    id: MeasureName
    name: Text
    name_zh: str = ""
    group: Text
    numerator: MeasureTerms
    denominator: MeasureTerms = ()
    counting: Aggregation = Aggregation.SUM
    scale: Scale = 1.0
    growth: bool = False
    unit: Unit = Unit.PERCENT
    decimals: Decimals = 1
    higher_is_better: bool | None = None
    weeks: KpiWeeks = 1
    smallest: MinimumAmount = 0.0
    linked_to: KpiId | None = None
    note: str = ""
    note_zh: str = ""


class DefinitionsTable(Struct):
    """A whole file of definitions."""

    kpis: tuple[DefinitionTable, ...] = ()


class DecisionTable(Struct):
    """One of `[[decisions]]`."""

    question: Text
    background: str = ""
    proposer: PersonId | None = None
    decider: PersonId | None = None
    recommended: Name | None = None
    why: str = ""
    proposed_on: date | None = None
    kpi: KpiId | None = None
    marketplace: MarketplaceOrAll = MarketplaceOrAll(ALL)
    options: tuple[Option, ...] = ()
    request: Request | None = None
    experiment: Experiment | None = None
    reallocation: Reallocation | None = None
    risk: RiskProposal | None = None
    sensitive: bool = False


class ReportTable(Struct):
    """One of `[[data.reports]]`."""

    kind: Name
    required: bool = True
    marketplaces: tuple[Marketplace, ...] = ()
    max_age_days: Days = 7


class RatesTable(Struct):
    """`[data.rates]`."""

    base: CurrencyCode
    on: date | None = None
    per_unit: RatesPerUnit = {}


class DataTable(Struct):
    """`[data]`."""

    folder: Text = "data"
    week_ends_on: Weekday = "sunday"
    timezone: Text | None = None
    year_starts_in: Month = 1
    history_weeks: Weeks = 13
    marketplaces: tuple[Marketplace, ...] = ()
    reports: tuple[ReportTable, ...] = ()
    rates: RatesTable | None = None
    swing: Percent = 15.0
    disagreement: Percent = 5.0
    occasions: tuple[Occasion, ...] = ()


class AgendaTable(Struct):
    """The whole file."""

    title: Text
    series: PathName
    starts: datetime
    timezone: Text
    minutes: Minutes
    notice_hours: Hours = 24
    language: Literal["en", "zh_CN"] = "en"
    currency: CurrencyCode = "CNY"
    country: CountryCode = ""
    people: tuple[Person, ...] = ()
    items: tuple[ItemTable, ...] = ()
    kpis: tuple[KpiTable, ...] = ()
    decisions: tuple[DecisionTable, ...] = ()
    data: DataTable = field(default_factory=DataTable)
