"""What is to be said of a report: what is wrong with it, and what was decided."""

from collections.abc import Iterator
from pathlib import Path

from facilitator.adapters.reports.filename_metadata import (
    example_file_name,
    missing_metadata_diagnostics,
)
from facilitator.adapters.reports.locate import Located
from facilitator.adapters.reports.open_report import OpenReport
from facilitator.adapters.reports.place_evidence import (
    SAID_BY_CURRENCY,
    SAID_BY_ROW,
    marketplace_of_currency,
    weaker_sign_diagnostic,
)
from facilitator.adapters.reports.report_facts import row_diagnostics
from facilitator.adapters.reports.unknown_columns import misnamed_columns, missed_columns
from facilitator.domain.errors import N_, Diagnostic, message, warning
from facilitator.domain.kpis.facts import ALL, Fact, Marketplace, Source


def report_problems(
    report: OpenReport,
    path: Path,
    facts: tuple[Fact, ...],
    source: Source,
    wanted: tuple[Marketplace, ...],
) -> Iterator[Diagnostic]:
    """Yield what is wrong with a report, or to be known of it."""
    name = report.name
    for note in report.notes:
        yield warning(name, note)
    yield from missing_metadata_diagnostics(name, report.metadata)
    layout = report.layout
    if layout.match is not None and facts:
        place = report.metadata.marketplace
        yield from misnamed_columns(name, layout.header, layout.below, layout.match, place)
        yield from missed_columns(name, layout.match)
    yield from _place_problems(report, facts, wanted)
    for sheet in report.layout.hidden:
        yield warning(
            name,
            message(N_("The sheet “{sheet}” is hidden, so it is not counted."), sheet=sheet),
            message(N_("Unhide it if it is to be counted, or delete it.")),
        )
    if report.layout.is_cut:
        yield Diagnostic(
            file=name,
            message=message(
                N_("The file ends in the middle of its last row, so that row was not counted.")
            ),
            hint=message(N_("Download it again.")),
        )
    if report.located.doubts and facts:
        yield _order_doubt(name, report.located)
    yield from row_diagnostics(report.sums, report.located, report.kind, report.metadata, name)
    if not facts and not source.rows_refused:
        yield _no_data(report, path, source.rows_kept)


def _place_problems(
    report: OpenReport, facts: tuple[Fact, ...], wanted: tuple[Marketplace, ...]
) -> Iterator[Diagnostic]:
    """Warn where a weaker sign says another marketplace than the one that counts."""
    evidence = report.metadata.place
    own = sorted({fact.marketplace for fact in facts} - {ALL})
    if evidence.marketplace is None or evidence.said_by is None or not own:
        return
    yield from _other_money(report, facts, wanted)
    if evidence.marketplace not in own:
        yield weaker_sign_diagnostic(
            report.name, own[0], SAID_BY_ROW, evidence.marketplace, evidence.said_by
        )
        return
    for other, said_by in evidence.weaker:
        if other not in own:
            yield weaker_sign_diagnostic(
                report.name, evidence.marketplace, evidence.said_by, other, said_by
            )


def _other_money(
    report: OpenReport, facts: tuple[Fact, ...], wanted: tuple[Marketplace, ...]
) -> Iterator[Diagnostic]:
    """Warn where the money is that of another marketplace of the agenda alone."""
    evidence = report.metadata.place
    assert evidence.marketplace is not None and evidence.said_by is not None  # noqa: S101, PT018
    booked = {fact.currency for fact in facts if fact.marketplace == evidence.marketplace}
    for currency in sorted(each for each in booked if each):
        other = marketplace_of_currency((currency,), wanted)
        if "marketplace" not in report.table.columns and other not in (None, evidence.marketplace):
            yield weaker_sign_diagnostic(
                report.name, evidence.marketplace, evidence.said_by, other, SAID_BY_CURRENCY
            )


def _order_doubt(name: str, located: Located) -> Diagnostic:
    order = {
        "day-first": N_("Dates such as {cell} were read with the day first."),
        "month-first": N_("Dates such as {cell} were read with the month first."),
    }[located.order or "day-first"]
    return warning(
        name,
        message(order, cell=located.doubts[0]),
        message(N_("If that is wrong, export the report again with dates as 2026-11-22.")),
    )


def _no_data(report: OpenReport, path: Path, kept: int) -> Diagnostic:
    """Return the problem of a report without any figure."""
    if kept:
        return warning(
            report.name,
            message(N_("No row of the file contains data that can be counted.")),
            message(N_("Check that it is the complete report, exactly as downloaded.")),
        )
    if not report.kind.may_be_empty:
        said = message(N_("The file has a header but no rows. Download it again."))
        return Diagnostic(file=report.name, message=said)
    return warning(
        report.name,
        message(N_("The file has no rows, and its name does not say which days it covers.")),
        message(
            N_(
                "If there really was no data, put the days and the marketplace into its name: "
                "{name}."
            ),
            name=example_file_name(report.kind, path.suffix),
        ),
    )
