"""Sum the rows of a report by the cells that say when, where and what they are."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.adapters.reports.ad_products import AD_PRODUCT_COLUMN
from facilitator.adapters.reports.number_columns import (
    NumberColumns,
    parsed_columns,
    plain_columns,
)
from facilitator.adapters.reports.read import AMOUNT, ROW, TYPED, Table
from facilitator.adapters.reports.report_types import RANK, RATIO, CountMeasure, ReportType
from facilitator.adapters.reports.sniff import HeavyFileError
from facilitator.adapters.reports.validate import (
    PERHAPS_TOTAL,
    REASON,
    Check,
    RowChecks,
    find_totals,
    is_blank_row,
    row_checks,
)

if TYPE_CHECKING:
    import polars as pl

_MANY_GROUPS = 20_000
"""So many combinations of cells are looked at one by one within limits alone."""
SIGN = "sign"
"""The key with the money sign of a row."""
ROWS = "rows"
HELD = "+"
"""Put before a measure: how many rows have it."""
UPDATED = "last_updated"
"""The column with the moment at which a row was last changed."""


class Sums(Struct, frozen=True, eq=False):
    """The sums of a report, for each combination of its keys."""

    groups: "pl.DataFrame"
    """The keys; `reason`; `row`, the first row; `rows`; each measure, and how many rows have it."""
    keys: tuple[str, ...]
    measures: tuple[str, ...]
    numbers: NumberColumns
    checks: tuple[Check, ...]
    frame: "pl.LazyFrame"
    """All rows with their amounts and reasons, and the cells as they are."""

    def rows_of(self, groups: "pl.DataFrame", found: Sequence[str]) -> "pl.LazyFrame":
        """Return the rows of some groups, with the columns `found` of their group."""
        frame = self.frame
        if SIGN in self.keys:
            frame = frame.with_columns(self.numbers.money_sign().alias(SIGN))
        keys = [*self.keys, REASON]
        distinct = groups.lazy().select(*keys, *found).unique()
        return frame.join(distinct, on=keys, how="inner", nulls_equal=True)


def sum_rows(
    table: Table,
    kind: ReportType,
    dimensions: Sequence[str],
    *,
    sample: Sequence[str] = (),
    delimiter: str = "",
    duplicates: "pl.Series | None" = None,
    is_bounded: bool = True,
) -> Sums:
    """Return the sums of a report's rows; raises `HeavyFileError` unless `is_bounded`.

    `sample` are some of its cells of money. `duplicates` are the numbers of rows not to count.
    """
    numbers = plain_columns(table, kind, sample, delimiter)
    totals: list[int] | None = None
    while True:
        if numbers is None:
            numbers = parsed_columns(table, kind, delimiter, is_bounded=is_bounded)
        checks = row_checks(table, kind, numbers, dimensions, totals=totals, duplicates=duplicates)
        sums = _summed(table, kind, numbers, checks)
        if not is_bounded and sums.groups.height > _MANY_GROUPS:
            raise HeavyFileError
        if numbers.cells is None and _has_unread(sums):
            numbers = None
            continue
        perhaps = checks.index(PERHAPS_TOTAL)
        if perhaps is None or not (sums.groups[REASON] == perhaps).any():
            return sums
        names = [name for name, each in numbers.formats.items() if each not in (RANK, RATIO)]
        amounts = sums.frame.select(ROW, REASON, *(AMOUNT + name for name in names))
        totals = find_totals(amounts, names, checks.checks)


def _has_unread(sums: Sums) -> bool:
    unread = [at for at, each in enumerate(sums.checks) if each.column in sums.numbers.formats]
    return bool(sums.groups[REASON].is_in(unread).any())


def _summed(table: Table, kind: ReportType, numbers: NumberColumns, checks: RowChecks) -> Sums:
    import polars as pl

    amounts = [numbers.amount(name).alias(AMOUNT + name) for name in numbers.formats]
    keys = _group_keys(table, kind)
    figures = [name for name, each in numbers.formats.items() if each != RATIO]
    frame = table.frame.filter(~is_blank_row(table, (*keys, *figures))).with_columns(amounts)
    frame = frame.with_columns(checks.reason.alias(REASON))
    measures = measure_expressions(kind, numbers.formats)
    summed = frame
    if numbers.moneys:
        summed = summed.with_columns(numbers.money_sign().alias(SIGN))
        keys = (*keys, SIGN)
    rows = (ROW,) if kind.measure_column and ROW not in keys else ()
    groups = (
        summed.with_columns(each.alias(name) for name, each in measures.items())
        .group_by(*keys, *rows, REASON)
        .agg(
            *([] if rows else [pl.col(ROW).min()]),
            pl.len().alias(ROWS),
            *(pl.col(name).sum() for name in measures),
            *(pl.col(name).count().alias(HELD + name) for name in measures),
            *([pl.col(UPDATED).max()] if UPDATED in table.columns else []),
        )
        .collect(engine="streaming")
    )
    return Sums(
        groups=groups.sort(ROW),
        keys=keys,
        measures=tuple(measures),
        numbers=numbers,
        checks=checks.checks,
        frame=frame,
    )


def day_columns(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the columns that say the days of a row: one, or a first and a last."""
    held = set(columns)
    for names in (("day",), ("window",), ("first_day", "last_day"), ("week_end",)):
        if held.issuperset(names):
            return names
    return ()


def _group_keys(table: Table, kind: ReportType) -> tuple[str, ...]:
    """Return the columns whose cells say when, where and what the rows are."""
    names = (
        *day_columns(table.columns),
        "marketplace",
        "currency",
        AD_PRODUCT_COLUMN,
        *sorted(kind.worded),
    )
    return tuple(dict.fromkeys(name for name in names if name in table.columns))


def measure_expressions(kind: ReportType, held: Iterable[str]) -> "dict[str, pl.Expr]":
    """Return each measure of a row: a column, a product, a sum or a count."""
    import polars as pl

    held = set(held)

    def column(name: str) -> pl.Expr:
        return pl.col(AMOUNT + name)

    names = (*kind.measures, *((kind.naming.amount,) if kind.naming else ()))
    found = {name: column(name) for name in names if name in held}
    for name, product in kind.products.items():
        if held.issuperset(product.of):
            left, right = map(column, product.of)
            found[name] = left * right * product.scale
    for name, spans in kind.sums.items():
        if terms := _complete_terms(spans, held):
            parts = [-column(term[1:]) if term.startswith("-") else column(term) for term in terms]
            is_empty = pl.all_horizontal(each.is_null() for each in parts)
            found[name] = pl.when(~is_empty).then(pl.sum_horizontal(parts))
    for name, count in kind.counts.items():
        if not count.of or count.of in held:
            found[name] = _counted(count)
    together = [found[name] for name in kind.together if name in found]
    if together:
        is_whole = pl.all_horizontal(each.is_not_null() for each in together)
        is_kept = is_whole | pl.col(REASON).is_not_null()
        found |= {
            name: pl.when(is_kept).then(found[name]) for name in kind.together if name in found
        }
    return found


def _complete_terms(spans: Iterable[Iterable[tuple[str, ...]]], held: set[str]) -> tuple[str, ...]:
    """Of each span the first generation that is held completely; nothing if a span has none."""
    chosen: list[str] = []
    for generations in spans:
        whole = (each for each in generations if held.issuperset(n.lstrip("-") for n in each))
        complete = next(whole, None)
        if complete is None:
            return ()
        chosen += complete
    return tuple(chosen)


def _counted(count: CountMeasure) -> "pl.Expr":
    """One for each row that is counted; a cell without a number is not at most anything."""
    import polars as pl

    if not count.of:
        return pl.lit(1.0)
    is_counted = pl.col(AMOUNT + count.of).is_between(count.least, count.most)
    return is_counted.fill_null(value=False).cast(pl.Float64)


def first_cells(sums: Sums, wanted: Mapping[int, str]) -> dict[int, str]:
    """Return the cell of each row in its column, as written."""
    import polars as pl

    if not wanted:
        return {}
    columns = [
        pl.when(pl.col(name) != "")
        .then(pl.col(name))
        .otherwise(pl.col(name + TYPED).cast(pl.String))
        .alias(name)
        if name in sums.numbers.typed
        else pl.col(name)
        for name in sorted({*wanted.values()})
    ]
    rows = sums.frame.filter(pl.col(ROW).is_in(list(wanted))).select(ROW, *columns)
    cells = {row[ROW]: row for row in rows.collect(engine="streaming").to_dicts()}
    return {row: cells[row][name] or "" for row, name in wanted.items()}
