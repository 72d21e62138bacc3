"""The result of reading a report file."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from facilitator.adapters.reports.time_units import TimeUnit
from facilitator.domain.errors import Diagnostic
from facilitator.domain.kpis.facts import (
    Currency,
    Fact,
    LeftOutReason,
    Marketplace,
    Measure,
    Source,
)
from facilitator.domain.kpis.unplaced import left_out_as


class Total(Struct, frozen=True, kw_only=True):
    """The sum of a measure in a marketplace over a whole file."""

    measure: Measure
    marketplace: Marketplace
    currency: Currency | None = None
    amount: float


class FileReading(Struct, frozen=True, kw_only=True):
    """The result of reading a report file, or one report of a workbook with several."""

    source: Source
    facts: tuple[Fact, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    totals: tuple[Total, ...] = ()
    unrecognised: tuple[str, ...] = ()
    """Header cells that the report type, or the nearest one, does not know."""
    advice: str = ""
    """Lines for the team's own `reports.toml` that would make more of the file known."""
    dimensions: tuple[str, ...] = ()
    """The columns that say what a row is about."""
    has_pending: bool = False
    """Whether some of its orders may have no price yet."""
    reach: tuple[date, date] | None = None
    """The first and the last day of its sound rows, those that are passed over among them."""
    places: tuple[Marketplace, ...] = ()
    """The marketplaces of these rows."""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    """Of a workbook: the sheet that was read."""
    part: str = ""
    """Of a workbook that holds several reports: that sheet's name as it is in the workbook."""
    beside: tuple[str, ...] = ()
    """Of a workbook: the other sheets that hold reports."""
    unit: TimeUnit = TimeUnit.DAY
    """The period that the one date of each row stands for."""
    header_row: int | None = None
    """As a person counts, from 1."""
    attribution_days: int | None = None
    """How many days after a click a sale still counts as the ad's."""


def totals_of(facts: Sequence[Fact]) -> tuple[Total, ...]:
    """Return the sums of a file's facts, by measure, marketplace and currency."""
    sums: dict[tuple[Measure, Marketplace, Currency | None], float] = {}
    for fact in facts:
        key = (fact.measure, fact.marketplace, fact.currency)
        sums[key] = sums.get(key, 0.0) + fact.amount
    return tuple(
        Total(measure=measure, marketplace=place, currency=currency, amount=round(amount, 6))
        for (measure, place, currency), amount in sorted(
            sums.items(), key=lambda each: (each[0][0], each[0][1], each[0][2] or "")
        )
    )


def first_and_last_day(facts: Sequence[Fact]) -> tuple[date | None, date | None]:
    """Return the first and the last day that facts tell; None if there are none."""
    first = min((fact.first_day or fact.day for fact in facts), default=None)
    return first, max((fact.day for fact in facts), default=None)


def without_facts(
    reading: FileReading, facts: Iterable[Fact], reason: LeftOutReason
) -> FileReading:
    """Return a reading without some of its facts, whose amounts are left out."""
    dropped = list(facts)
    gone = set(map(id, dropped))
    kept = tuple(fact for fact in reading.facts if id(fact) not in gone)
    first_day, last_day = first_and_last_day(kept)
    source = replace(
        reading.source,
        first_day=first_day,
        last_day=last_day,
        marketplaces=tuple(sorted({fact.marketplace for fact in kept})),
        left_out=(*reading.source.left_out, *left_out_as(reason, dropped)),
    )
    return replace(reading, facts=kept, source=source)
