"""The command `inspect`: what report files are, what is counted of them, and what is not."""

import argparse
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from msgspec.structs import replace

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.kpi_file import read_definitions
from facilitator.adapters.regular_file import is_file
from facilitator.adapters.reports import CUSTOM_REPORTS_FILE, FileReading, read_custom_reports
from facilitator.adapters.reports.inspection import DataFolder, inspect_file
from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.local_timezone import local_timezone
from facilitator.cli.output import diagnostic_fields, print_json, print_text
from facilitator.cli.review_week import review_week
from facilitator.cli.workspace import AGENDA_FILE
from facilitator.domain.agenda import DataPlan
from facilitator.domain.errors import N_, Diagnostic, said_of
from facilitator.domain.kpis.facts import LeftOutReason, PreparedData
from facilitator.domain.kpis.manual_values import MANUAL_KIND, identify_manual_values
from facilitator.domain.kpis.measures import MEASURE_LABELS
from facilitator.render.language import _, current_language
from facilitator.render.report_names import REPORT_NAMES

LOST = frozenset({"refused", "unplaced"})
"""Reasons that are faults: what is left out for them is missing from the KPIs."""
REASONS: Mapping[LeftOutReason, str] = {
    "refused": N_("refused"),
    "unplaced": N_("no marketplace or no week"),
    "total_row": N_("total row"),
    "duplicate": N_("in a newer file too"),
    "hidden_sheet": N_("hidden sheet"),
}
"""Why an amount is left out."""


def run_inspect(options: argparse.Namespace) -> int:
    """Print what each file is and contains.

    Return 1 where one cannot be used, or money of it is not counted because of a fault.
    """
    readings = [
        (path, reading) for path in options.files for reading in _read_report(path, options.week)
    ]
    if options.json:
        print_json([_reading_fields(path, reading) for path, reading in readings])
    else:
        for place, (path, reading) in enumerate(readings):
            if place:
                print_text()
            for line in _reading_lines(path, reading):
                print_text(line)
    return int(any(_is_unusable(each) or _has_lost_money(each) for _path, each in readings))


def _read_report(path: Path, week: date | None) -> Iterator[FileReading]:
    """Yield what a file, or each sheet of a workbook, contains, read as the meeting would.

    That is with the `reports.toml` of its agenda, where it has one, and beside the other files of
    its data folder. The name of the folder that the file is in may name its marketplace.
    """
    whole = path.resolve()
    home = _agenda_folder(whole) or whole.parent
    agenda = read_agenda(home / AGENDA_FILE)[0]
    plan = agenda.data if agenda else DataPlan()
    if week is not None:
        today = review_week(week, plan.week_ends_on).end + timedelta(days=1)
    else:
        now = SystemClock().now()
        today = agenda.latest_day_of(now) if agenda else now.astimezone(local_timezone()).date()
    data = (home / plan.folder).resolve()
    is_inside = agenda is not None and data in whole.parents
    folder = DataFolder(path=data, marketplaces=plan.marketplaces) if is_inside else None
    known, diagnostics = read_custom_reports(home / CUSTOM_REPORTS_FILE)
    for reading in inspect_file(whole, known, today, plan.week_ends_on, folder):
        unknown = _unknown_kpis(reading, home) if reading.source.kind == MANUAL_KIND else ()
        yield replace(reading, problems=(*diagnostics, *reading.problems, *unknown))


def _unknown_kpis(reading: FileReading, home: Path) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of KPIs in values by hand that no definition has."""
    agenda, _problems = read_agenda(home / AGENDA_FILE)
    people = [person.id for person in agenda.people] if agenda else []
    definitions, _problems = read_definitions(home, people)
    data = PreparedData(facts=reading.facts, sources=(reading.source,))
    return identify_manual_values(data, definitions).problems


def _agenda_folder(path: Path) -> Path | None:
    """Return the folder of the agenda whose data a file belongs to; None without one."""
    return next((up for up in path.parents if is_file(up / AGENDA_FILE)), None)


def _is_unusable(reading: FileReading) -> bool:
    return not reading.facts


def _has_lost_money(reading: FileReading) -> bool:
    """Return whether money was refused, or has no marketplace or no week."""
    return any(
        each.reason in LOST and each.currency and each.amount for each in reading.source.left_out
    )


def _reading_lines(path: Path, reading: FileReading) -> Iterator[str]:
    yield str(path)
    if reading.source.kind:
        yield from _content_lines(reading)
    if reading.unrecognised:
        yield _labelled_line(_("columns not recognised"), ", ".join(reading.unrecognised))
    for problem in reading.problems:
        yield f"  {_diagnostic_line(problem, reading)}"
    if reading.advice:
        yield "  " + _("{file} beside the agenda would need:").format(file=CUSTOM_REPORTS_FILE)
        yield from (f"    {line}".rstrip() for line in reading.advice.splitlines())


def _diagnostic_line(problem: Diagnostic, reading: FileReading) -> str:
    """Return a problem as a line; without the file's name where it is the file inspected."""
    if problem.file != reading.source.file:
        return problem.translate(_)
    mark = _("error") if problem.is_error else _("warning")
    place = problem.place(_)
    text = said_of(place, problem.explain(_), _) if place else problem.explain(_)
    return said_of(mark, text, _)


def _content_lines(reading: FileReading) -> Iterator[str]:
    source = reading.source
    name = _(REPORT_NAMES.get(source.kind, source.title))
    yield _labelled_line(_("report type"), f"{name} ({source.kind})")
    yield _labelled_line(_("file"), _file_format(reading))
    count = current_language().count
    yield "  " + _("rows: {read} read, {kept} sound, {refused} refused").format(
        read=count(source.rows_read),
        kept=count(source.rows_kept),
        refused=count(source.rows_refused),
    )
    if source.first_day and source.last_day:
        yield _labelled_line(_("days"), f"{source.first_day} – {source.last_day}")
    yield _labelled_line(_("marketplaces"), " ".join(source.marketplaces) or "–")
    if source.currencies:
        yield _labelled_line(_("currencies"), " ".join(source.currencies))
    for total in reading.totals:
        label = _(MEASURE_LABELS.get(total.measure, total.measure))
        unit = f" {total.currency}" if total.currency else ""
        where = _(", ").join((label, total.marketplace))
        yield _labelled_line(where, f"{_format_amount(total.amount)}{unit}")
    for left in source.left_out:
        label = _(MEASURE_LABELS.get(left.measure, left.measure))
        unit = f" {left.currency}" if left.currency else ""
        yield "  " + _("left out ({reason}): {measure} {amount}, rows: {rows}").format(
            reason=_(REASONS[left.reason]),
            measure=label,
            amount=f"{_format_amount(left.amount)}{unit}",
            rows=count(left.rows),
        )


def _labelled_line(label: str, text: str) -> str:
    return f"  {said_of(label, text, _)}"


def _file_format(reading: FileReading) -> str:
    """Return encoding, delimiter, sheet and header row, as far as they are known."""
    parts = [reading.encoding]
    if reading.delimiter:
        mark = _("tab") if reading.delimiter == "\t" else f"“{reading.delimiter}”"
        parts.append(_("columns separated by {mark}").format(mark=mark))
    if reading.sheet:
        parts.append(_("sheet “{sheet}”").format(sheet=reading.sheet))
    parts.append(_("header in row {row}").format(row=reading.header_row))
    return _(", ").join(filter(None, parts))


def _format_amount(amount: float) -> str:
    return f"{amount:,.0f}" if amount.is_integer() else f"{amount:,.2f}"


def _reading_fields(path: Path, reading: FileReading) -> dict[str, object]:
    source = reading.source
    return {
        "file": str(path),
        "usable": not _is_unusable(reading),
        "kind": source.kind,
        "title": source.title,
        "sha256": source.sha256,
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "sheet": reading.sheet,
        "header_row": reading.header_row,
        "attribution_days": reading.attribution_days,
        "rows_read": source.rows_read,
        "rows_kept": source.rows_kept,
        "rows_refused": source.rows_refused,
        "first_day": source.first_day,
        "last_day": source.last_day,
        "marketplaces": source.marketplaces,
        "currencies": source.currencies,
        "totals": reading.totals,
        "left_out": source.left_out,
        "unrecognised_columns": reading.unrecognised,
        "own_columns": reading.advice,
        "problems": [diagnostic_fields(problem) for problem in reading.problems],
    }
