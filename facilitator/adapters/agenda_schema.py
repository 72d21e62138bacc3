"""The agenda file's tables and keys, as people write them."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from facilitator.domain.agenda import ItemKind, Module
from facilitator.domain.errors import N_
from facilitator.domain.people import Duty

SERIES = r"[A-Za-z0-9_-]{1,40}"
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
        pattern=rf"^{SERIES}\Z",
        description=N_("a short name of A–Z, a–z, 0–9, - and _ (it becomes part of a path)"),
    ),
]
Letter = Annotated[str, Meta(pattern=r"^[A-Z]\Z", description=N_("a capital letter, A to Z"))]
Minutes = Annotated[
    int, Meta(ge=1, le=480, description=N_("a whole number of minutes from 1 to 480"))
]
Weeks = Annotated[int, Meta(ge=1, le=104, description=N_("a whole number from 1 to 104"))]
Days = Annotated[int, Meta(ge=0, le=366, description=N_("a whole number of days up to 366"))]
Pay = Annotated[float, Meta(ge=0, le=1e9, description=N_("a number that is not below 0"))]
CurrencyCode = Annotated[
    str, Meta(pattern=r"^[A-Z]{3}\Z", description=N_("a currency code such as USD"))
]
PerUnit = Annotated[
    dict[
        Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")],
        Annotated[float, Meta(gt=0, le=1e9)],
    ],
    Meta(description=N_("a rate above 0 for each currency code, such as GBP = 1.31")),
]
Shop = Literal[
    "US", "CA", "MX", "BR", "UK", "DE", "FR", "IT", "ES", "NL", "SE", "PL", "BE", "IE", "TR",
    "AE", "SA", "EG", "ZA", "IN", "JP", "SG", "AU",
]  # fmt: skip
ShopOrAll = Literal["ALL", Shop]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class _Table(Struct, forbid_unknown_fields=True):
    """A table in which an unknown key is a fault."""


class PersonTable(_Table):
    """One of `[[people]]`."""

    id: Name
    name: Text
    role: str = ""
    department: str = ""
    hourly_rate: Pay = 0.0
    duties: tuple[Duty, ...] = ()


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


class ShopTargetTable(_Table):
    """One of `[[kpis.marketplaces]]`."""

    marketplace: ShopOrAll
    at_most: float | None = None
    at_least: float | None = None
    strict: bool = False


class KpiTable(_Table):
    """One of `[[kpis]]`."""

    id: Name
    at_most: float | None = None
    at_least: float | None = None
    strict: bool = False
    owner: Name | None = None
    marketplaces: tuple[ShopTargetTable, ...] = ()


class OptionTable(_Table):
    """One of `[[decisions.options]]`."""

    id: Letter
    title: Text
    cost: str = ""
    expected: str = ""


class DecisionTable(_Table):
    """One of `[[decisions]]`."""

    question: Text
    background: str = ""
    proposer: Name | None = None
    decider: Name | None = None
    recommended: Name | None = None
    why: str = ""
    proposed_on: date | None = None
    options: tuple[OptionTable, ...] = ()


class ReportTable(_Table):
    """One of `[[data.reports]]`."""

    kind: Name
    required: bool = True
    marketplaces: tuple[Shop, ...] = ()
    max_age_days: Days = 7


class RatesTable(_Table):
    """`[data.rates]`."""

    base: CurrencyCode
    on: date | None = None
    per_unit: PerUnit = {}


class DataTable(_Table):
    """`[data]`."""

    folder: Text = "data"
    week_ends_on: Weekday = "sunday"
    history_weeks: Weeks = 13
    marketplaces: tuple[Shop, ...] = ()
    reports: tuple[ReportTable, ...] = ()
    rates: RatesTable | None = None


class AgendaTable(_Table):
    """The whole file."""

    title: Text
    series: PathName
    starts: datetime
    timezone: Text
    minutes: Minutes
    language: Literal["en", "zh_CN"] = "en"
    currency: CurrencyCode = "CNY"
    people: tuple[PersonTable, ...] = ()
    items: tuple[ItemTable, ...] = ()
    kpis: tuple[KpiTable, ...] = ()
    decisions: tuple[DecisionTable, ...] = ()
    data: DataTable = field(default_factory=DataTable)
