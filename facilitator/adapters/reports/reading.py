"""Read a report file: sum its rows to facts, and say what is wrong with it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.adapters.reports.aggregate import ROWS, UPDATED
from facilitator.adapters.reports.cells import printable
from facilitator.adapters.reports.days import read_day
from facilitator.adapters.reports.file_reading import FileReading, first_and_last_day, totals_of
from facilitator.adapters.reports.headers import HeaderMatch
from facilitator.adapters.reports.open_report import (
    NotRead,
    OpenReport,
    ReadingContext,
    name_of,
    opened,
)
from facilitator.adapters.reports.order_states import STATUS_COLUMN, has_pending
from facilitator.adapters.reports.report_facts import (
    fill_missing_days,
    left_out_of,
    reach_of,
    rows_failed,
)
from facilitator.adapters.reports.report_problems import report_problems
from facilitator.adapters.reports.sniff import (
    Fingerprint,
    Layout,
    UnreadableError,
    fingerprint,
    unreadable_message,
)
from facilitator.adapters.reports.suggested_config import suggest_config
from facilitator.domain.errors import Diagnostic
from facilitator.domain.kpis.facts import Fact, LeftOut, Measure, Source

if TYPE_CHECKING:
    import polars as pl


def read_all_reports(
    path: Path, context: ReadingContext, seen: Fingerprint | None = None
) -> tuple[FileReading, ...]:
    """Read a file; of a workbook with several reports return each, the best match first.

    `seen` is the file's fingerprint, where that was taken already. Raises `HeavyFileError` if
    reading it may take much, unless the context says that it is read within limits.
    """
    first = read_report(path, context, seen)
    return first, *(read_report(path, context, seen, part=each) for each in first.beside)


def read_report(
    path: Path,
    context: ReadingContext,
    seen: Fingerprint | None = None,
    *,
    part: str = "",
    duplicates: "pl.Series | None" = None,
) -> FileReading:
    """Read one report, without the `duplicates`, rows that a newer file has too."""
    name, sha256 = name_of(path, context.root), ""
    try:
        found = seen or fingerprint(path)
        sha256 = found.sha256
        with opened(path, context, found, part=part, duplicates=duplicates) as report:
            if isinstance(report, NotRead):
                return failed_reading(name, sha256, report)
            return _reading(report, path, context, found, part)
    except UnreadableError as error:
        return failed_reading(name, sha256, NotRead(said=error.message))
    except OSError as error:  # it may pass: not kept
        return failed_reading(name, "", NotRead(said=unreadable_message(error)))


def failed_reading(name: str, sha256: str, why: NotRead) -> FileReading:
    """Return the reading of a file without facts."""
    layout = why.layout
    return FileReading(
        source=Source(file=name, kind="", sha256=sha256),
        problems=(Diagnostic(file=name, message=why.said, hint=why.hint),),
        encoding=layout.encoding if layout else "",
        delimiter=layout.delimiter if layout else "",
        sheet=printable(layout.sheet) if layout else "",
        unrecognised=_unrecognised(layout) if layout else (),
        advice=suggest_config(layout.match, layout.header) if layout else "",
    )


def _reading(
    report: OpenReport,
    path: Path,
    context: ReadingContext,
    seen: Fingerprint,
    part: str,
) -> FileReading:
    layout = report.layout
    facts = _facts_in(report)
    source = _source(report, path, context, seen, facts)
    reach, places = reach_of(report.located)
    return FileReading(
        source=source,
        facts=facts,
        reach=reach,
        has_pending=_has_pending(report),
        places=places,
        problems=tuple(report_problems(report, path, facts, source, context.marketplaces)),
        totals=totals_of(facts),
        unrecognised=_unrecognised(layout),
        advice=suggest_config(report.match, layout.header),
        dimensions=report.match.dimensions,
        encoding=layout.encoding,
        delimiter=layout.delimiter,
        sheet=printable(layout.sheet),
        part=part or (layout.sheet if layout.beside else ""),
        beside=layout.beside,
        header_row=layout.header_row + 1,
        attribution_days=_attribution_days(report.match),
        unit=report.unit,
    )


def _facts_in(report: OpenReport) -> tuple[Fact, ...]:
    kind = report.kind
    facts = fill_missing_days(report.facts) if kind.lists_events else report.facts
    is_empty = report.sums.groups.is_empty() and not report.layout.is_cut
    return _nothing(report) if kind.may_be_empty and is_empty else facts


def _has_pending(report: OpenReport) -> bool:
    groups = report.sums.groups
    return STATUS_COLUMN in groups.columns and has_pending(groups[STATUS_COLUMN].unique())


def _source(
    report: OpenReport,
    path: Path,
    context: ReadingContext,
    seen: Fingerprint,
    facts: tuple[Fact, ...],
) -> Source:
    kind = report.kind
    is_cut = report.layout.is_cut
    rows = int(report.sums.groups[ROWS].sum()) + is_cut
    refused = rows_failed(report.located) + is_cut
    first_day, last_day = first_and_last_day(facts)
    return Source(
        file=report.name,
        kind=kind.id,
        title=kind.title,
        sha256=seen.sha256,
        first_day=first_day,
        last_day=last_day,
        rows_read=rows,
        rows_kept=rows - refused,
        rows_refused=refused,
        marketplaces=tuple(sorted({fact.marketplace for fact in facts})),
        currencies=tuple(sorted({fact.currency for fact in facts if fact.currency})),
        updated_on=_updated_on(report),
        left_out=(*left_out_of(report.sums, report.located, kind), *_hidden(report, path, context)),
    )


def _nothing(report: OpenReport) -> tuple[Fact, ...]:
    """Return the zeros of a file without rows whose name gives days and marketplace."""
    kind, metadata = report.kind, report.metadata
    place, window = metadata.marketplace, metadata.window
    if place is None or window is None or metadata.lacks:
        return ()
    first = window[0] if kind.lists_events else window[1]
    return tuple(
        Fact(
            day=date.fromordinal(day),
            marketplace=place,
            measure=Measure(name),
            amount=0.0,
            source=report.name,
        )
        for day in range(first.toordinal(), window[1].toordinal() + 1)
        for name in (*kind.measures, *kind.counts)
    )


def _updated_on(report: OpenReport) -> date | None:
    """Return the day on which the newest row was last changed."""
    groups = report.sums.groups
    if UPDATED not in groups.columns:
        return None
    cells = filter(None, groups[UPDATED].to_list())
    return max(filter(None, (read_day(cell, report.located.order) for cell in cells)), default=None)


def _hidden(report: OpenReport, path: Path, context: ReadingContext) -> Iterator[LeftOut]:
    """Yield the amounts in hidden sheets, which are not counted."""
    for sheet in report.layout.hidden:
        with opened(path, context, part=sheet) as hidden:
            if isinstance(hidden, OpenReport):
                facts = hidden.facts
                for each in totals_of(facts):
                    yield LeftOut(
                        measure=each.measure,
                        currency=each.currency,
                        amount=each.amount,
                        rows=sum(fact.rows for fact in facts if fact.measure == each.measure),
                        reason="hidden_sheet",
                    )


def _unrecognised(layout: Layout) -> tuple[str, ...]:
    cells = layout.match.unrecognised if layout.match else layout.header
    return tuple(printable(cell) for cell in cells if cell.strip())


def _attribution_days(match: HeaderMatch) -> int | None:
    windows = (each.heading.window for each in match.columns if each.name in match.kind.measures)
    return next((window for window in windows if window), None)
