"""Turn the sums of a report into facts, amounts that are left out, and diagnostics."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from facilitator.adapters.reports.aggregate import HELD, ROWS, Sums, first_cells
from facilitator.adapters.reports.cells import plain_text, printable, shown
from facilitator.adapters.reports.days import DaySpan
from facilitator.adapters.reports.filename_metadata import FileMetadata
from facilitator.adapters.reports.locate import (
    CHECK,
    FIRST_DAY,
    LAST_DAY,
    MONEY,
    PLACE,
    PRODUCT,
    Located,
    located_checks,
)
from facilitator.adapters.reports.read import ROW
from facilitator.adapters.reports.report_types import MONEY as MONEY_FORMAT
from facilitator.adapters.reports.report_types import ReportType
from facilitator.adapters.reports.selection import named_scales
from facilitator.adapters.reports.validate import Check
from facilitator.domain.errors import N_, Diagnostic, message
from facilitator.domain.kpis.facts import (
    Currency,
    Fact,
    LeftOut,
    LeftOutReason,
    Marketplace,
    Measure,
)

if TYPE_CHECKING:
    import polars as pl

_LONGEST_GAP = 366
"""Days."""
_DECIMALS = 6
"""Decimals of sums; rounded, so that the order of rows does not change their last bits."""
_WHERE = (PLACE, PRODUCT, FIRST_DAY, LAST_DAY, MONEY)

_NO_NAME = Check(said=N_("The row does not say which KPI it is."))
_SAME_NAME = Check(
    said=N_("The KPI “{cell}” already has a value for this week and marketplace."),
    hint=message(N_("Keep one of the two rows.")),
)


def name_measures(sums: Sums, located: Located, kind: ReportType) -> tuple[Sums, Located]:
    """Return the groups with the measures that their cells name as columns of their own."""
    if kind.measure_column:
        return sums, _without_doubles(located, kind)
    if kind.naming is None:
        return sums, located
    import polars as pl

    groups = located.groups
    amount = kind.naming.amount
    columns: list[pl.Expr | pl.Series] = []
    for scale in named_scales(kind.naming, groups):
        columns.append((groups[amount] * scale).fill_null(0.0).alias(scale.name))
        held = pl.when(scale.is_not_null()).then(pl.col(HELD + amount)).otherwise(0)
        columns.append(held.alias(HELD + scale.name))
    named = replace(located, groups=groups.with_columns(columns))
    return replace(sums, measures=tuple(kind.naming.measures)), named


def _without_doubles(located: Located, kind: ReportType) -> Located:
    """Where rows name their measure, refuse those without one, and all but the first of a name."""
    import polars as pl

    seen: set[tuple[object, ...]] = set()
    failed: list[int | None] = []
    nameless = len(located.checks)
    for row in located.groups.iter_rows(named=True):
        name = _measure_name(row[kind.measure_column])
        said = row[PLACE], row[LAST_DAY], name
        if row[CHECK] is not None:
            failed.append(row[CHECK])
        elif not name:
            failed.append(nameless)
        else:
            failed.append(nameless + 1 if said in seen else None)
            seen.add(said)
    column = pl.Series(CHECK, failed, dtype=pl.Int64)
    titled = [replace(each, column=kind.measure_column) for each in (_NO_NAME, _SAME_NAME)]
    return replace(
        located, groups=located.groups.with_columns(column), checks=(*located.checks, *titled)
    )


def _measure_name(cell: str) -> str:
    """Return the measure that a cell names."""
    return shown(plain_text(cell))


def facts_of(
    sums: Sums, located: Located, kind: ReportType, metadata: FileMetadata, file: str
) -> tuple[Fact, ...]:
    """Return the sums of the rows that are counted, by days, marketplace, product and measure."""
    import polars as pl

    counted = located.groups.filter(pl.col(CHECK).is_null())
    keys = [*_WHERE, *([kind.measure_column] if kind.measure_column else [])]
    rows = (
        counted.group_by(keys)
        .agg(
            pl.col(ROWS).sum(),
            *(pl.col(name).sum() for name in sums.measures),
            *(pl.col(HELD + name).sum() for name in sums.measures),
        )
        .iter_rows(named=True)
    )
    facts = [
        fact
        for row in rows
        for name in sums.measures
        if (fact := _fact(row, name, kind, metadata, file)) is not None
    ]
    return tuple(sorted(facts, key=_order))


def _fact(
    row: dict[str, object], name: str, kind: ReportType, metadata: FileMetadata, file: str
) -> Fact | None:
    amount, first, last, place = row[name], row[FIRST_DAY], row[LAST_DAY], row[PLACE]
    assert isinstance(amount, float) and isinstance(first, date) and isinstance(last, date)  # noqa: S101, PT018
    if not row[HELD + name]:
        return None
    if name == "ad_spend" and (vat := metadata.vat.get(str(place))):
        amount /= 1 + vat / 100
    is_money = kind.numbers.get(name) == MONEY_FORMAT
    said = _measure_name(str(row[kind.measure_column])) if kind.measure_column else name
    return Fact(
        day=last,
        marketplace=Marketplace(str(place)),
        measure=Measure(said),
        amount=round(amount, _DECIMALS),
        currency=Currency(str(row[MONEY])) if is_money and row[MONEY] else None,
        source=file,
        first_day=first if first < last else None,
        product=str(row[PRODUCT]),
        rows=int(str(row[ROWS])),
    )


def _order(fact: Fact) -> tuple[date, date, str, str, str, str]:
    first = fact.first_day or fact.day
    return fact.day, first, fact.marketplace, fact.measure, fact.currency or "", fact.product


def fill_missing_days(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts of a report of events, with zeros for the days between them.

    The days of a gap of more than a year stay without: a date beside it is a mistake.
    """
    told = {(fact.day, fact.marketplace, fact.measure) for fact in facts}
    samples = {(fact.marketplace, fact.measure): fact for fact in facts}
    days = sorted({fact.day for fact in facts})
    between = [
        first + timedelta(days=count)
        for first, last in pairwise(days)
        if (last - first).days <= _LONGEST_GAP
        for count in range((last - first).days)
    ]
    quiet = [
        replace(sample, day=day, amount=0.0, first_day=None, rows=0)
        for day in (*between, *days[-1:])
        for (marketplace, measure), sample in samples.items()
        if (day, marketplace, measure) not in told
    ]
    return tuple(sorted((*facts, *quiet), key=lambda each: (each.day, each.marketplace)))


def left_out_of(sums: Sums, located: Located, kind: ReportType) -> tuple[LeftOut, ...]:
    """Return the amounts of the rows that are not counted, by measure, currency and reason."""
    found: dict[tuple[str, str, LeftOutReason], list[float]] = {}
    for row in _failed(located).iter_rows(named=True):
        reason = located.checks[row[CHECK]].reason
        for name in sums.measures:
            if row[HELD + name]:
                money = row[MONEY] if kind.numbers.get(name) == MONEY_FORMAT else None
                held = found.setdefault((name, money or "", reason), [0.0, 0])
                held[0] += row[name]
                held[1] += row[ROWS]
    return tuple(
        LeftOut(
            measure=Measure(name),
            currency=Currency(money) if money else None,
            amount=round(amount, _DECIMALS),
            rows=int(rows),
            reason=reason,
        )
        for (name, money, reason), (amount, rows) in sorted(found.items())
    )


def _failed(located: Located) -> "pl.DataFrame":
    return located.groups.filter(~located.is_sound)


def reach_of(located: Located) -> tuple[DaySpan | None, tuple[Marketplace, ...]]:
    """Return the days and the marketplaces of the sound rows, also of those passed over."""
    import polars as pl

    is_dated = pl.col(FIRST_DAY).is_not_null() & pl.col(LAST_DAY).is_not_null()
    groups = located.groups.filter(located.is_sound & is_dated)
    if groups.is_empty():
        return None, ()
    span = min(groups[FIRST_DAY].to_list()), max(groups[LAST_DAY].to_list())
    return span, tuple(sorted(map(Marketplace, groups[PLACE].drop_nulls().unique())))


def rows_failed(located: Located) -> int:
    """Return how many rows are not counted, those that are passed over apart."""
    return int(_failed(located)[ROWS].sum())


def row_diagnostics(
    sums: Sums, located: Located, kind: ReportType, metadata: FileMetadata, file: str
) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each reason why rows are not counted, in the order of the rows."""
    import polars as pl

    failed = _failed(located)
    found = []
    for index, check in located_checks(located):
        groups = failed.filter(pl.col(CHECK) == index)
        if len(groups):
            found.append((int(str(groups[ROW].min())), check, groups))
    held = set(sums.frame.collect_schema().names())
    cells = first_cells(
        sums, {row: check.column for row, check, _ in found if check.column in held}
    )
    for row, check, groups in sorted(found, key=lambda each: each[0]):
        amount, currency = 0.0, ""
        if check.reason != "total_row":  # which loses no money
            amount, currency = _dearest(groups, sums.measures, kind)
        yield Diagnostic(
            file=file,
            row=row,
            rows=int(groups[ROWS].sum()),
            column=printable(metadata.titles.get(check.column, "")),
            message=message(check.said, cell=shown(cells.get(row, ""))),
            hint=check.hint,
            severity=check.severity,
            amount=amount,
            currency=currency,
        )


def _dearest(
    groups: "pl.DataFrame", measures: Sequence[str], kind: ReportType
) -> tuple[float, str]:
    """Return the largest amount of money in some rows, and its currency."""
    import polars as pl

    moneys = [name for name in measures if kind.numbers.get(name) == MONEY_FORMAT]
    sums = groups.group_by(MONEY).agg(pl.col(name).sum() for name in moneys)
    amounts = (
        (round(abs(row[name]), 2), row[MONEY] or "")
        for row in sums.iter_rows(named=True)
        for name in moneys
    )
    return max(amounts, default=(0.0, ""))
