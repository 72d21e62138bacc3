"""Sums by campaign, search term and product of the measures of a KPI, read on demand."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from math import fsum
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.adapters.reports.ad_products import UNSPECIFIED, comparable_products
from facilitator.adapters.reports.aggregate import measure_expressions
from facilitator.adapters.reports.cells import plain_text, printable
from facilitator.adapters.reports.deduplicate import account_of
from facilitator.adapters.reports.file_reading import FileReading
from facilitator.adapters.reports.folder import FolderReader
from facilitator.adapters.reports.locate import CHECK, FIRST_DAY, LAST_DAY, MONEY, PLACE, PRODUCT
from facilitator.adapters.reports.open_report import OpenReport
from facilitator.adapters.reports.report_types import MONEY as MONEY_FORMAT
from facilitator.adapters.reports.report_types import ReportType, ReportTypes, packaged_report_types
from facilitator.adapters.reports.selection import named_scales
from facilitator.domain.asin import asins_in
from facilitator.domain.kpis.facts import Contribution, Currency, Marketplace, Measure
from facilitator.domain.kpis.kpi import Week
from facilitator.domain.kpis.movers import ISSUE_DIMENSION, Breakdown

if TYPE_CHECKING:
    import polars as pl

_DIMENSIONS = ("campaign", "search_term", "advertised_product", "asin", "sku", ISSUE_DIMENSION)
"""The columns whose cells are names, canonical."""

_LONGEST_NAME = 200
_WEEK = "week"
_SCALE = "scale of "


class _Share(Struct, frozen=True, kw_only=True):
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


_Subject = tuple[str, Marketplace, Measure, str]
"""What several kinds may tell: an account's marketplace, a measure, a sort of name."""
_Best = dict[str, tuple[int, str]]
"""By product of advertising: the rank and id of the most complete kind."""
_Told = tuple[FileReading, ReportType, dict[_Share, float]]
"""A file, its kind, and what it says by name."""


def read_breakdown(
    folder: Path,
    marketplaces: Sequence[Marketplace],
    measures: Collection[Measure],
    weeks: Sequence[Week],
    known: ReportTypes | None = None,
    *,
    is_apart: bool = False,
) -> Breakdown:
    """Read the sums by name of `measures` in some weeks from the reports in a folder.

    Rows and report types count as they do for facts: each row once, and of several types with the
    same measure and dimension, the most complete one. If `is_apart`, each file is read in a
    process of its own. Raises `UnreadableError` if a file cannot be read again.
    """
    known = known or packaged_report_types()
    reader = FolderReader(folder, tuple(marketplaces), known, is_apart=is_apart)
    readings, _ = reader.read_all()
    told = _told(reader, readings, known, frozenset(measures), weeks)
    return Breakdown(
        contributions=tuple(sorted(_contributions(told, weeks), key=_order)),
        sources=tuple(reading.source for reading in readings),
    )


def _told(
    reader: FolderReader,
    readings: list[FileReading],
    known: ReportTypes,
    measures: Collection[Measure],
    weeks: Sequence[Week],
) -> list[_Told]:
    """Read the relevant files again, and sum them by name."""
    relevant = [
        (reading, kind, dimensions)
        for reading in readings
        if (kind := known.kind(reading.source.kind))
        and (dimensions := set(_DIMENSIONS).intersection((*reading.dimensions, *kind.states)))
        and _tells(reading, measures, weeks)
    ]
    if not relevant:
        return []
    duplicates = reader.find_duplicates(readings).left_out
    told: list[_Told] = []
    for reading, kind, dimensions in relevant:
        file = reading.source.file
        rows = duplicates[file]["row"] if file in duplicates else None
        with reader.open(reading, rows) as report:
            told.append((reading, kind, _sums_by_name(report, dimensions, measures, weeks)))
    return told


def _tells(reading: FileReading, measures: Collection[Measure], weeks: Sequence[Week]) -> bool:
    return any(
        fact.measure in measures and any(fact.day in week for week in weeks)
        for fact in reading.facts
    )


def _contributions(told: Sequence[_Told], weeks: Sequence[Week]) -> Iterator[Contribution]:
    """Return the sums of the most complete types; for stock, of the last day of a week."""
    best: dict[_Subject, _Best] = {}
    latest: dict[tuple[_Subject, str, Week], int] = {}
    for subject, kind, week, share, _ in _shares(told, weeks):
        of_product = best.setdefault(subject, {})
        known = of_product.get(share.product, _ranked(kind))
        of_product[share.product] = max(known, _ranked(kind))
        of = subject, kind.id, week
        latest[of] = max(latest.get(of, 0), share.day)
    amounts: dict[tuple[_Share, Week], list[float]] = {}
    for subject, kind, week, share, amount in _shares(told, weeks):
        is_best = _is_best(kind, share.product, best[subject])
        if is_best and latest[subject, kind.id, week] == share.day:
            amounts.setdefault((replace(share, product=UNSPECIFIED), week), []).append(amount)
    for (share, week), parts in amounts.items():
        yield Contribution(
            dimension=_dimension(share),
            name=share.name,
            marketplace=share.marketplace,
            measure=share.measure,
            week_end=week.end,
            amount=round(fsum(parts), 6),
            currency=share.currency,
        )


def _ranked(kind: ReportType) -> tuple[int, str]:
    return kind.rank, kind.id


def _is_best(kind: ReportType, product: str, best: _Best) -> bool:
    """Whether no better kind may tell the same of a product."""
    return all(
        best.get(each, _ranked(kind)) <= _ranked(kind) for each in comparable_products(product)
    )


def _order(each: Contribution) -> tuple[str, str, str, str, date, str]:
    currency = each.currency or ""
    return each.dimension, each.name, each.marketplace, each.measure, each.week_end, currency


def _shares(
    told: Sequence[_Told], weeks: Sequence[Week]
) -> Iterator[tuple[_Subject, ReportType, Week, _Share, float]]:
    for reading, kind, names in told:
        for share, amount in names.items():
            account = account_of(reading.source.file)
            subject = (account, share.marketplace, share.measure, _dimension(share))
            week = next(each for each in weeks if date.fromordinal(share.day) in each)
            yield subject, kind, week, share, amount


def _dimension(share: _Share) -> str:
    """What sort of name it is; an advertised product is told by its ASIN or by its SKU."""
    if share.dimension != "advertised_product":
        return share.dimension
    return "asin" if asins_in(share.name) == (share.name,) else "sku"


def _sums_by_name(
    report: OpenReport,
    dimensions: Collection[str],
    measures: Collection[Measure],
    weeks: Sequence[Week],
) -> dict[_Share, float]:
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
    shares: dict[_Share, float] = {}
    for dimension in sorted(set(dimensions).intersection(frame.collect_schema())):
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


def _share(dimension: str, row: Mapping[str, object], name: str, kind: ReportType) -> _Share | None:
    text = printable(plain_text(row[dimension]))[:_LONGEST_NAME]
    if not text:
        return None
    is_money = kind.numbers.get(name) == MONEY_FORMAT
    return _Share(
        dimension=dimension,
        name=text,
        marketplace=Marketplace(str(row[PLACE])),
        product=str(row[PRODUCT]),
        measure=Measure(name),
        currency=Currency(str(row[MONEY])) if is_money and row[MONEY] else None,
        day=int(str(row[_WEEK])),
    )
