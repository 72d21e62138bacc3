"""Before a meeting: `new` makes an agenda, `check` and `inspect` check it and its reports."""

import argparse
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

from msgspec.structs import replace

from facilitator.adapters.agenda_file import create_agenda, read_agenda
from facilitator.adapters.kpi_file import read_definitions
from facilitator.adapters.marketplace_codes import marketplace_code, marketplace_codes
from facilitator.adapters.reports import (
    CUSTOM_REPORTS_FILE,
    FileReading,
    read_custom_reports,
    read_tables,
)
from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.bootstrap import build_services
from facilitator.cli.local_timezone import local_timezone
from facilitator.cli.output import diagnostic_fields, print_json, print_text
from facilitator.cli.review_week import review_clock, review_week
from facilitator.cli.workspace import (
    AGENDA_FILE,
    Workspace,
    find_agenda,
    workspace_at,
    workspace_of,
)
from facilitator.domain.agenda import Agenda, DataPlan
from facilitator.domain.errors import N_, Diagnostic, FacilitatorError, Severity, message
from facilitator.domain.kpis.facts import PreparedData
from facilitator.domain.kpis.manual_values import MANUAL_KIND, identify_manual_values
from facilitator.domain.kpis.measures import MEASURE_LABELS
from facilitator.domain.working_days import NO_COUNTRY
from facilitator.render.language import _, current_language
from facilitator.render.report_names import REPORT_NAMES
from facilitator.session.readiness import Readiness, ReadinessCheck, readiness_checks
from facilitator.session.services import Services

DEFAULT_START = time(10)


def run_new(options: argparse.Namespace) -> int:
    """Write a commented agenda, and print what to do next; return the exit code 0."""
    here = workspace_at(Path.cwd())
    workspace = Workspace(options.folder.absolute()) if options.folder else here
    home = workspace.agendas / options.name
    file = home / AGENDA_FILE
    create_agenda(
        file,
        title="",
        series=options.name,
        starts=_next_monday(),
        language=current_language().tag,
        marketplaces=_marketplaces(options.marketplaces),
    )
    (home / "data").mkdir(exist_ok=True)
    print_text(_("{file} was created.").format(file=file))
    print_text(
        _("Next: fill it in, put the exports into {folder}, then run:").format(folder=home / "data")
    )
    named = options.name if workspace == here else file
    print_text(f"  facilitator check {named}")
    print_text(f"  facilitator run {named}")
    return 0


def _marketplaces(listed: str) -> list[str]:
    """Return the codes in a list such as `US,CA`; raise FacilitatorError for an unknown one."""
    codes: list[str] = []
    for named in listed.replace(",", " ").split():
        code = marketplace_code(named.upper())
        if code is None:
            raise FacilitatorError(
                N_("Unknown marketplace “{name}”. Use some of these codes: {codes}."),
                name=named,
                codes=", ".join(marketplace_codes()),
            )
        codes.append(code)
    return list(dict.fromkeys(codes))


def _next_monday() -> datetime:
    zone = local_timezone()
    now = SystemClock().now().astimezone(zone)
    monday = now.date() + timedelta(days=7 - now.weekday())
    return datetime.combine(monday, DEFAULT_START, tzinfo=zone)


READINESS_MARKS = {
    Readiness.READY: N_("✓ ready"),
    Readiness.WARNING: N_("! warning"),
    Readiness.MISSING: N_("✗ not ready"),
    Readiness.WAITING: N_("… waiting"),
}
"""Each state as a sign and a word."""


def run_check(options: argparse.Namespace) -> int:
    """Print what is ready and what is not; return 1 where something is missing or wrong."""
    file = find_agenda(options.agenda, Path.cwd())
    agenda, problems = read_agenda(file)
    lines: tuple[ReadinessCheck, ...] = ()
    if agenda is not None:
        clock = review_clock(options.week, agenda)
        lines, found = _run_checks(build_services(workspace_of(file), clock), agenda)
        problems += found
    for line in lines:
        _print_check(line.readiness, f"{line.title.translate(_)}: {line.translate(_)}")
    for problem in problems:
        state = Readiness.MISSING if problem.is_error else Readiness.WARNING
        _print_check(state, problem.translate(_))
    is_lacking = any(line.readiness is Readiness.MISSING for line in lines)
    return int(is_lacking or any(problem.is_error for problem in problems))


def _run_checks(
    services: Services, agenda: Agenda
) -> tuple[tuple[ReadinessCheck, ...], tuple[Diagnostic, ...]]:
    """Return the checks that the lobby shows, and every problem of the reports by itself."""
    scorecard = services.load(agenda)
    without_problems = replace(scorecard, problems=())
    lines = readiness_checks(
        agenda,
        (),
        without_problems,
        services.carried(agenda),
        services.today(agenda),
        services.unfinished_week(agenda, scorecard),
        language=current_language(),
    )
    return lines, scorecard.dearest_problems + _check_country(services, agenda)


def _check_country(services: Services, agenda: Agenda) -> tuple[Diagnostic, ...]:
    """Return a warning where no holidays are known: every day would pass for a working day."""
    today = services.today(agenda)
    if not agenda.country or services.working_days(agenda.country, today) != NO_COUNTRY:
        return ()
    text = message(N_("No holidays are known for the country “{code}”."), code=agenda.country)
    return (Diagnostic(file=agenda.file, message=text, severity=Severity.WARNING),)


def _print_check(state: Readiness, text: str) -> None:
    print_text(f"{_(READINESS_MARKS[state])}  {text}")


def run_inspect(options: argparse.Namespace) -> int:
    """Print what each file is and contains; return 1 where one cannot be used."""
    for path in options.files:
        if options.week is not None:
            review_week(options.week, _week_ends_on(path))
    readings = [(path, reading) for path in options.files for reading in _read_report(path)]
    if options.json:
        print_json([_reading_fields(path, reading) for path, reading in readings])
    else:
        for place, (path, reading) in enumerate(readings):
            if place:
                print_text()
            for line in _reading_lines(path, reading):
                print_text(line)
    return int(any(_is_unusable(reading) for _path, reading in readings))


def _read_report(path: Path) -> Iterator[FileReading]:
    """Yield what a file, or each sheet of a workbook, contains, read as the meeting would.

    That is with the `reports.toml` of its agenda, where it has one. The name of the folder that
    the file is in may name its marketplace.
    """
    whole = path.absolute()
    home = _agenda_folder(path) or whole.parent
    known, diagnostics = read_custom_reports(home / CUSTOM_REPORTS_FILE)
    for reading in read_tables(whole, whole.parent.parent, (), known):
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
    return next((up for up in path.absolute().parents if (up / AGENDA_FILE).is_file()), None)


def _week_ends_on(path: Path) -> int:
    """Return the weekday on which weeks end in the agenda above a file; Sunday without one."""
    home = _agenda_folder(path)
    agenda = read_agenda(home / AGENDA_FILE)[0] if home else None
    return (agenda.data if agenda else DataPlan()).week_ends_on


def _is_unusable(reading: FileReading) -> bool:
    return not reading.facts


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
    where = f"{place}: " if place else ""
    return f"{mark}: {where}{problem.explain(_)}"


def _content_lines(reading: FileReading) -> Iterator[str]:
    source = reading.source
    name = _(REPORT_NAMES.get(source.kind, source.title))
    yield _labelled_line(_("report type"), f"{name} ({source.kind})")
    yield _labelled_line(_("file"), _file_format(reading))
    count = current_language().count
    yield "  " + _("rows: {read} read, {kept} used, {refused} rejected").format(
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
        yield f"  {label}, {total.marketplace}: {_format_amount(total.amount)}{unit}"


def _labelled_line(label: str, text: str) -> str:
    return f"  {label}: {text}"


def _file_format(reading: FileReading) -> str:
    """Return encoding, delimiter, sheet and header row, as far as they are known."""
    parts = [reading.encoding]
    if reading.delimiter:
        mark = _("tab") if reading.delimiter == "\t" else f"“{reading.delimiter}”"
        parts.append(_("columns separated by {mark}").format(mark=mark))
    if reading.sheet:
        parts.append(_("sheet “{sheet}”").format(sheet=reading.sheet))
    parts.append(_("header in row {row}").format(row=reading.header_row))
    return ", ".join(filter(None, parts))


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
        "unrecognised_columns": reading.unrecognised,
        "own_columns": reading.advice,
        "problems": [diagnostic_fields(problem) for problem in reading.problems],
    }
