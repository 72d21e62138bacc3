"""Sums by the name of a campaign, product or search term, for some weeks."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.adapters.reports.aggregate import measure_expressions
from facilitator.adapters.reports.cells import plain_text, printable
from facilitator.adapters.reports.locate import CHECK, FIRST_DAY, LAST_DAY, MONEY, PLACE, PRODUCT
from facilitator.adapters.reports.open_report import OpenReport
from facilitator.adapters.reports.report_types import MONEY as MONEY_FORMAT
from facilitator.adapters.reports.report_types import ReportType
from facilitator.adapters.reports.selection import named_scales
from facilitator.domain.kpis.facts import Currency, Marketplace, Measure
from facilitator.domain.kpis.kpi import Week

if TYPE_CHECKING:
    import polars as pl

DIMENSIONS = ("campaign", "search_term", "advertised_product", "asin", "sku")
"""The columns whose cells are names, canonical."""

_LONGEST_NAME = 200
_WEEK = "week"
_SCALE = "scale of "


class Share(Struct, frozen=True, kw_only=True):
    """The key of a sum."""

    dimension: str
    name: str
    marketplace: Marketplace
    product: str
    """The ad product; empty if unknown."""
    measure: Measure
    currency: Currency | None
    day: int
    """The last day of the week, as an ordinal; if only one day of it counts, that day."""


def sums_by_name(
    report: OpenReport,
    dimensions: Collection[str],
    measures: Collection[Measure],
    weeks: Sequence[Week],
) -> dict[Share, float]:
    """Return the sums of the rows of some weeks by the names in some columns."""
    import polars as pl

    kind = report.kind
    found = measure_expressions(kind, report.sums.numbers.formats)
    if kind.naming is not None:
        amount = found[kind.naming.amount]
        found = {name: amount * pl.col(_SCALE + name) for name in kind.naming.measures}
    wanted = {name: each for name, each in found.items() if name in measures}
    if not wanted:
        return {}
    groups = _counted_groups(report, weeks)
    about = [PLACE, PRODUCT, MONEY, _WEEK]
    scales = [name for name in groups.columns if name.startswith(_SCALE)]
    rows = report.sums.rows_of(groups, [*about, *scales])
    frame = rows.with_columns(each.alias(name) for name, each in wanted.items())
    shares: dict[Share, float] = {}
    for dimension in sorted(dimensions):
        sums = (
            frame.group_by(dimension, *about)
            .agg(
                *(pl.col(name).sum() for name in wanted),
                *(pl.col(name).count().alias(f"+{name}") for name in wanted),
            )
            .collect(engine="streaming")
        )
        for row in sums.iter_rows(named=True):
            for name in wanted:
                if row[f"+{name}"] and (share := _share(dimension, row, name, kind)):
                    amount = row[name] / _with_vat(report, name, row[PLACE])
                    shares[share] = shares.get(share, 0.0) + amount
    return shares


def _counted_groups(report: OpenReport, weeks: Sequence[Week]) -> "pl.DataFrame":
    """Return what was found of the rows that are counted in one of the weeks."""
    import polars as pl

    kind = report.kind
    groups = report.located.groups.filter(pl.col(CHECK).is_null())
    booked = [
        _booked(first, last, weeks, is_snapshot=kind.is_snapshot)
        for first, last in groups.select(FIRST_DAY, LAST_DAY).iter_rows()
    ]
    scales = named_scales(kind.naming, groups) if kind.naming else []
    return groups.with_columns(
        pl.Series(_WEEK, booked, dtype=pl.Int64),
        *(each.alias(_SCALE + each.name) for each in scales),
    ).filter(pl.col(_WEEK) > 0)


def _booked(first: date, last: date, weeks: Sequence[Week], *, is_snapshot: bool) -> int:
    """Return the ordinal of the day that rows count on; 0 for rows of other weeks."""
    for week in weeks:
        if first in week and last in week:
            return (last if is_snapshot else week.end).toordinal()
    return 0


def _with_vat(report: OpenReport, name: str, place: str) -> float:
    return 1 + report.metadata.vat.get(place, 0) / 100 if name == "ad_spend" else 1.0


def _share(dimension: str, row: Mapping[str, object], name: str, kind: ReportType) -> Share | None:
    text = printable(plain_text(row[dimension]))[:_LONGEST_NAME]
    if not text:
        return None
    is_money = kind.numbers.get(name) == MONEY_FORMAT
    return Share(
        dimension=dimension,
        name=text,
        marketplace=Marketplace(str(row[PLACE])),
        product=str(row[PRODUCT]),
        measure=Measure(name),
        currency=Currency(str(row[MONEY])) if is_money and row[MONEY] else None,
        day=int(str(row[_WEEK])),
    )
