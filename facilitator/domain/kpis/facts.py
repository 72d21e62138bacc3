"""Facts: the amount of a measure on a day in a marketplace, and the report files behind it."""

from collections.abc import Callable
from datetime import date
from typing import NewType

from msgspec import Struct

from facilitator.domain.errors import Diagnostic

Measure = NewType("Measure", str)
"""What is counted, by its canonical name: `ad_spend`, `sessions`, `units_on_hand`…"""

Marketplace = NewType("Marketplace", str)
"""A shop's country as teams write it: US, UK, DE, JP…"""

Currency = NewType("Currency", str)
"""An ISO 4217 code."""

ALL = Marketplace("ALL")
"""The marketplace of a figure that is told for the whole business."""


class Fact(Struct, frozen=True, kw_only=True):
    """How much of a measure a day had in a marketplace, summed over a report's rows."""

    day: date
    marketplace: Marketplace
    measure: Measure
    amount: float
    currency: Currency | None = None
    """Set for money only."""
    source: str = ""
    """The file that said so: a `Source.file`."""
    first_day: date | None = None
    """Where the amount covers several days: the first of them; `day` is then the last."""
    product: str = ""
    """Of ads, where the report tells: the one product of advertising that it is about."""


class Contribution(Struct, frozen=True, kw_only=True):
    """What one campaign, product or search term had of a measure in a week."""

    dimension: str
    """What kind of thing it is: `campaign`, `search_term`, `asin`, `sku`…"""
    name: str
    marketplace: Marketplace
    measure: Measure
    week_end: date
    amount: float
    currency: Currency | None = None


class Source(Struct, frozen=True, kw_only=True):
    """One report file: what it is, what it held, and how to recognise it again."""

    file: str
    """Relative to the data folder."""
    kind: str
    """The report's kind, such as `search-term`; empty where nobody knows it."""
    title: str = ""
    """The report's name as Amazon or the tool writes it."""
    sha256: str = ""
    first_day: date | None = None
    last_day: date | None = None
    rows_read: int = 0
    rows_kept: int = 0
    rows_refused: int = 0
    marketplaces: tuple[Marketplace, ...] = ()
    currencies: tuple[Currency, ...] = ()

    def is_about(self, first: date, last: date) -> bool:
        """Whether it tells of any of these days; where nobody knows its days, it may."""
        if self.first_day is None or self.last_day is None:
            return True
        return self.first_day <= last and self.last_day >= first


class SourceTotal(Struct, frozen=True, kw_only=True):
    """What the reports of one kind say together."""

    kind: str
    """A `Source.kind`."""
    files: tuple[str, ...]
    amount: float


class Disagreement(Struct, frozen=True, kw_only=True):
    """Two kinds of reports that do not say the same of the same days."""

    measure: Measure
    marketplace: Marketplace
    currency: Currency | None = None
    first_day: date
    last_day: date
    believed: SourceTotal
    other: SourceTotal
    product: str = ""
    """Of ads, where several products are told apart: the one that they differ about."""
    is_expected: bool = False
    """Whether the other kind leaves some out by its nature, so that less is nothing wrong."""


class PreparedData(Struct, frozen=True, kw_only=True):
    """All that the reports of a data folder said."""

    facts: tuple[Fact, ...] = ()
    sources: tuple[Source, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


class LoadProgress(Struct, frozen=True, kw_only=True):
    """How far a load has come."""

    file: str
    """The one being read."""
    done: int
    """Bytes read of all files together."""
    total: int


ProgressCallback = Callable[[LoadProgress], None]
"""Told of each step of a load, from the thread that loads."""
