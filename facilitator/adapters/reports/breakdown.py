"""Sums by campaign, search term and product of the measures of a KPI, read on demand."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from math import fsum
from pathlib import Path

from msgspec.structs import replace

from facilitator.adapters.reports.ad_products import UNSPECIFIED, comparable_products
from facilitator.adapters.reports.deduplicate import account_of
from facilitator.adapters.reports.file_reading import FileReading
from facilitator.adapters.reports.folder import FolderReader
from facilitator.adapters.reports.report_types import ReportType, ReportTypes, packaged_report_types
from facilitator.adapters.reports.sums_by_name import DIMENSIONS, Share, sums_by_name
from facilitator.domain.asin import asins_in
from facilitator.domain.kpis.facts import Contribution, Marketplace, Measure
from facilitator.domain.kpis.kpi import Week
from facilitator.domain.kpis.movers import Breakdown

_Subject = tuple[str, Marketplace, Measure, str]
"""What several kinds may tell: an account's marketplace, a measure, a sort of name."""
_Best = dict[str, tuple[int, str]]
"""By product of advertising: the rank and id of the most complete kind."""
_Told = tuple[FileReading, ReportType, dict[Share, float]]
"""A file, its kind, and what it says by name."""


def read_breakdown(
    folder: Path,
    marketplaces: Sequence[Marketplace],
    measures: Collection[Measure],
    weeks: Sequence[Week],
    known: ReportTypes | None = None,
) -> Breakdown:
    """Read the sums by name of `measures` in some weeks from the reports in a folder.

    Rows and report types count as they do for facts: each row once, and of several types with the
    same measure and dimension, the most complete one.
    """
    known = known or packaged_report_types()
    reader = FolderReader(folder, tuple(marketplaces), known)
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
        and (dimensions := set(DIMENSIONS).intersection(reading.dimensions))
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
            told.append((reading, kind, sums_by_name(report, dimensions, measures, weeks)))
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
    amounts: dict[tuple[Share, Week], list[float]] = {}
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
) -> Iterator[tuple[_Subject, ReportType, Week, Share, float]]:
    for reading, kind, names in told:
        for share, amount in names.items():
            account = account_of(reading.source.file)
            subject = (account, share.marketplace, share.measure, _dimension(share))
            week = next(each for each in weeks if date.fromordinal(share.day) in each)
            yield subject, kind, week, share, amount


def _dimension(share: Share) -> str:
    """What sort of name it is; an advertised product is told by its ASIN or by its SKU."""
    if share.dimension != "advertised_product":
        return share.dimension
    return "asin" if asins_in(share.name) == (share.name,) else "sku"
