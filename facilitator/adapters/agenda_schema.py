"""The tables and keys of an agenda file, as msgspec structs."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from facilitator.domain.agenda import ItemKind, Module
from facilitator.domain.errors import N_
from facilitator.domain.kpis.kpi import Aggregation, Unit
from facilitator.domain.people import Duty

SERIES_PATTERN = r"[A-Za-z0-9_-]{1,40}"
"""The name of a series; it becomes part of a path."""

Text = Annotated[str, Meta(min_length=1, description=N_("a text that is not empty"))]
Name = Annotated[
    str,
    Meta(
        pattern=r"^[\w.-]{1,40}\Z",
        description=N_("a short name of letters, digits, . - and _"),
    ),
]
PathName = Annotated[
    str,
    Meta(
        pattern=rf"^{SERIES_PATTERN}\Z",
        description=N_("a short name of A–Z, a–z, 0–9, - and _ (it becomes part of a path)"),
    ),
]
CapitalLetter = Annotated[
    str, Meta(pattern=r"^[A-Z]\Z", description=N_("a capital letter, A to Z"))
]
Minutes = Annotated[
    int, Meta(ge=1, le=480, description=N_("a whole number of minutes from 1 to 480"))
]
Weeks = Annotated[int, Meta(ge=1, le=104, description=N_("a whole number from 1 to 104"))]
Month = Annotated[int, Meta(ge=1, le=12, description=N_("a month from 1 to 12"))]
Percent = Annotated[float, Meta(ge=0, le=1000, description=N_("a number of percent, 0 or more"))]
Hours = Annotated[int, Meta(ge=0, le=720, description=N_("a whole number of hours up to 720"))]
Days = Annotated[int, Meta(ge=0, le=366, description=N_("a whole number of days up to 366"))]
HourlyRate = Annotated[float, Meta(ge=0, le=1e9, description=N_("a number that is not below 0"))]
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
        description=N_("a short name of a–z, 0–9 and _ that begins with a letter"),
    ),
]
MeasureTerms = Annotated[
    tuple[Annotated[str, Meta(pattern=r"^-?[a-z][a-z0-9_]*\Z")], ...],
    Meta(description=N_('a list of measures such as ["ad_spend"]')),
]
Scale = Annotated[float, Meta(gt=0, le=1e9, description=N_("a number above 0"))]
Decimals = Annotated[int, Meta(ge=0, le=6, description=N_("a whole number from 0 to 6"))]
KpiWeeks = Annotated[int, Meta(ge=1, le=26, description=N_("a whole number from 1 to 26"))]
MinimumAmount = Annotated[
    float, Meta(ge=0, le=1e12, description=N_("a number that is not below 0"))
]
RatesPerUnit = Annotated[
    dict[
        Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")],
        Annotated[float, Meta(gt=0, le=1e9)],
    ],
    Meta(description=N_("a rate above 0 for each currency code, such as GBP = 1.31")),
]
MarketplaceCode = Literal[
    "US", "CA", "MX", "BR", "UK", "DE", "FR", "IT", "ES", "NL", "SE", "PL", "BE", "IE", "TR",
    "AE", "SA", "EG", "ZA", "IN", "JP", "SG", "AU",
]  # fmt: skip
MarketplaceCodeOrAll = Literal["ALL", MarketplaceCode]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class _Table(Struct, forbid_unknown_fields=True):
    """A table in which an unknown key is a fault."""


class PersonTable(_Table):
    """One of `[[people]]`."""

    id: Name
    name: Text
    role: str = ""
    department: str = ""
    hourly_rate: HourlyRate = 0.0
    duties: tuple[Duty, ...] = ()
    supervisor: Name | None = None


class ItemTable(_Table):
    """One of `[[items]]`."""

    id: Name
    title: Text
    minutes: Minutes
    kind: ItemKind = ItemKind.TOPIC
    lead: Name | None = None
    module: Module | None = None
    question: str = ""
    protected: bool = False
    may_cut: bool = False
    sensitive: bool = False


class LimitsTable(_Table):
    """The keys of a target."""

    at_most: float | None = None
    at_least: float | None = None
    strict: bool = False


class MarketplaceTargetTable(LimitsTable, kw_only=True):
    """One of `[[kpis.marketplaces]]`."""

    marketplace: MarketplaceCodeOrAll


class KpiTable(LimitsTable, kw_only=True):
    """One of `[[kpis]]`."""

    id: Name
    owner: Name | None = None
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
    note: str = ""
    note_zh: str = ""


class DefinitionsTable(_Table):
    """A whole file of definitions."""

    kpis: tuple[DefinitionTable, ...] = ()


class OptionTable(_Table):
    """One of `[[decisions.options]]`."""

    id: CapitalLetter
    title: Text
    cost: str = ""
    expected: str = ""


class RequestTable(_Table):
    """`[decisions.request]`: a request for money. What it does not tell, the room asks for."""

    amount: Scale | None = None
    currency: CurrencyCode = "USD"
    share: Scale | None = None
    past_roi: float | None = None
    roi_file: str = ""
    uplift: float | None = None
    weeks: Weeks | None = None
    kpi_to: float | None = None


class ExperimentTable(_Table):
    """`[decisions.experiment]`."""

    variant: Text
    metric: str = ""
    until: date | None = None


class ReallocationTable(_Table):
    """`[decisions.reallocation]`: money moved between marketplaces."""

    source: MarketplaceCode
    target: MarketplaceCode
    amount: Text


class RiskTable(_Table):
    """`[decisions.risk]`."""

    threat: Text
    solution: Text


class DecisionTable(_Table):
    """One of `[[decisions]]`."""

    question: Text
    background: str = ""
    proposer: Name | None = None
    decider: Name | None = None
    recommended: Name | None = None
    why: str = ""
    proposed_on: date | None = None
    kpi: Name | None = None
    marketplace: MarketplaceCodeOrAll = "ALL"
    options: tuple[OptionTable, ...] = ()
    request: RequestTable | None = None
    experiment: ExperimentTable | None = None
    reallocation: ReallocationTable | None = None
    risk: RiskTable | None = None
    sensitive: bool = False


class ReportTable(_Table):
    """One of `[[data.reports]]`."""

    kind: Name
    required: bool = True
    marketplaces: tuple[MarketplaceCode, ...] = ()
    max_age_days: Days = 7


class RatesTable(_Table):
    """`[data.rates]`."""

    base: CurrencyCode
    on: date | None = None
    per_unit: RatesPerUnit = {}


class OccasionTable(_Table):
    """One of `[[data.occasions]]`."""

    first_day: date
    last_day: date
    what: Text
    marketplaces: tuple[MarketplaceCode, ...] = ()


class DataTable(_Table):
    """`[data]`."""

    folder: Text = "data"
    week_ends_on: Weekday = "sunday"
    timezone: Text | None = None
    year_starts_in: Month = 1
    history_weeks: Weeks = 13
    marketplaces: tuple[MarketplaceCode, ...] = ()
    reports: tuple[ReportTable, ...] = ()
    rates: RatesTable | None = None
    swing: Percent = 15.0
    disagreement: Percent = 5.0
    occasions: tuple[OccasionTable, ...] = ()


class AgendaTable(_Table):
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
    people: tuple[PersonTable, ...] = ()
    items: tuple[ItemTable, ...] = ()
    kpis: tuple[KpiTable, ...] = ()
    decisions: tuple[DecisionTable, ...] = ()
    data: DataTable = field(default_factory=DataTable)
