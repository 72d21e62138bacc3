"""Facts: the amount of a measure in a marketplace and a window, and the report files behind it."""

from collections.abc import Callable
from datetime import date
from typing import Literal, NewType

from msgspec import Struct

from facilitator.domain.errors import Diagnostic

Measure = NewType("Measure", str)
"""The name of a quantity that reports count: `ad_spend`, `sessions`, `units_on_hand`, …"""

Marketplace = NewType("Marketplace", str)
"""The country code of a marketplace: US, UK, DE, JP, …"""

Currency = NewType("Currency", str)
"""An ISO 4217 code."""

ALL = Marketplace("ALL")
"""The marketplace of a value for the whole business."""


class Fact(Struct, frozen=True, kw_only=True):
    """The amount of a measure in a marketplace and a window, summed over the rows of a report."""

    day: date
    """The day; for an amount that covers several days, the last of them."""
    marketplace: Marketplace
    measure: Measure
    amount: float
    currency: Currency | None = None
    """The currency of an amount of money; None for other amounts."""
    source: str = ""
    """The file it was read from: a `Source.file`."""
    first_day: date | None = None
    """The first day, if the amount covers several days; otherwise None."""
    product: str = ""
    """The advertising product, if the report of ads distinguishes them."""
    rows: int = 0
    """The number of rows that it was summed over."""


class Contribution(Struct, frozen=True, kw_only=True):
    """The share of one campaign, product or search term in a measure in a week."""

    dimension: str
    """What `name` names: `campaign`, `search_term`, `asin`, `sku`, …"""
    name: str
    marketplace: Marketplace
    measure: Measure
    week_end: date
    """The last day of the week."""
    amount: float
    currency: Currency | None = None


LeftOutReason = Literal["refused", "unplaced", "total_row", "duplicate", "hidden_sheet"]
"""Why rows are not counted: a fault in the row; no shop or no week that they belong to; they are
totals of other rows; a newer file has them too; their sheet is hidden."""


class LeftOut(Struct, frozen=True, kw_only=True):
    """The amount of a measure in a file's rows that are not counted, for one reason."""

    measure: Measure
    currency: Currency | None = None
    amount: float
    rows: int
    reason: LeftOutReason


class Source(Struct, frozen=True, kw_only=True):
    """One report file: its type, its contents, and its hash."""

    file: str
    """The path relative to the data folder."""
    kind: str
    """The report type, such as `search-term`; empty if it was not recognised."""
    title: str = ""
    """The report's name as Amazon or the tool calls it."""
    sha256: str = ""
    first_day: date | None = None
    last_day: date | None = None
    rows_read: int = 0
    rows_kept: int = 0
    rows_refused: int = 0
    marketplaces: tuple[Marketplace, ...] = ()
    currencies: tuple[Currency, ...] = ()
    updated_on: date | None = None
    """The day on which the report says that it was made or last changed."""
    left_out: tuple[LeftOut, ...] = ()

    def is_about(self, start: date, end: date) -> bool:
        """Return whether it may cover any of these days; True if its days are not known."""
        if self.first_day is None or self.last_day is None:
            return True
        return self.first_day <= end and self.last_day >= start


class SourceTotal(Struct, frozen=True, kw_only=True):
    """The amount that the reports of one type add up to."""

    kind: str
    """The report type: a `Source.kind`."""
    files: tuple[str, ...]
    amount: float


class WeekDifference(Struct, frozen=True, kw_only=True):
    """What two report types say of one of the weeks in which they differ."""

    first_day: date
    last_day: date
    believed: float
    other: float


class Disagreement(Struct, frozen=True, kw_only=True):
    """Two report types with different amounts for the same days."""

    measure: Measure
    marketplace: Marketplace
    currency: Currency | None = None
    first_day: date
    last_day: date
    believed: SourceTotal
    """The amount that is used."""
    other: SourceTotal
    """The amount that is not used."""
    product: str = ""
    """The advertising product, if they differ in only one of several."""
    is_expected: bool = False
    """Whether the other report type always counts less, so that nothing is wrong."""
    weeks: tuple[WeekDifference, ...] = ()
    """The amounts of each week, oldest first, if they differ in several."""

    @property
    def is_netted(self) -> bool:
        """Whether differences of opposite sign make the sums look more alike than the weeks."""
        return len({each.believed > each.other for each in self.weeks}) > 1

    @property
    def difference(self) -> float:
        """How far the two are apart; over several weeks, the sum of each week's difference."""
        if self.weeks:
            return sum(abs(each.believed - each.other) for each in self.weeks)
        return abs(self.believed.amount - self.other.amount)


class PreparedData(Struct, frozen=True, kw_only=True):
    """Everything read from the reports in a data folder."""

    facts: tuple[Fact, ...] = ()
    sources: tuple[Source, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


class LoadProgress(Struct, frozen=True, kw_only=True):
    """The progress of reading the reports."""

    file: str
    """The file being read."""
    done: int
    """The bytes read so far, of all files together."""
    total: int
    """The bytes of all files together."""


ProgressCallback = Callable[[LoadProgress], None]
"""A function that is called with each step of a load, in the thread that loads."""
