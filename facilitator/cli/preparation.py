"""Before a meeting: `new` makes an agenda, `check` says whether it and its data are ready."""

import argparse
from datetime import datetime, time, timedelta
from pathlib import Path

from msgspec.structs import replace

from facilitator.adapters.agenda_file import create_agenda, read_agenda
from facilitator.adapters.atomic_file import make_folder
from facilitator.adapters.marketplace_codes import marketplace_code, marketplace_codes
from facilitator.adapters.meetings_folder import series_of_meetings
from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.bootstrap import build_services
from facilitator.cli.local_timezone import local_timezone
from facilitator.cli.output import print_text
from facilitator.cli.review_week import review_clock
from facilitator.cli.workspace import (
    AGENDA_FILE,
    Workspace,
    find_agenda,
    workspace_at,
    workspace_of,
)
from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import N_, Diagnostic, FacilitatorError, Severity, message, said_of
from facilitator.domain.working_days import NO_COUNTRY
from facilitator.render.language import _, current_language
from facilitator.session.readiness import readiness_checks
from facilitator.session.readiness_check import Readiness, ReadinessCheck
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
        taken=_known_series(workspace),
    )
    make_folder(home / "data")
    print_text(_("{file} was created.").format(file=file))
    print_text(
        _("Next: fill it in, put the exports into {folder}, then run:").format(folder=home / "data")
    )
    named = options.name if workspace == here else file
    print_text(f"  facilitator check {named}")
    print_text(f"  facilitator run {named}")
    return 0


def _known_series(workspace: Workspace) -> tuple[str, ...]:
    """Return the series of all agendas and meetings of a workspace."""
    agendas = (read_agenda(file)[0] for file in workspace.agenda_files())
    named = tuple(each.series for each in agendas if each is not None)
    return named + series_of_meetings(workspace.meetings)


def _marketplaces(listed: str) -> list[str]:
    """Return the codes in a list such as `US,CA`; raise FacilitatorError for an unknown one."""
    codes: list[str] = []
    for named in listed.replace(",", " ").split():
        code = marketplace_code(named.upper())
        if code is None:
            raise FacilitatorError(
                N_("Unknown marketplace “{name}”. Choose from these codes: {codes}."),
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
        _print_check(line.readiness, said_of(line.title.translate(_), line.translate(_), _))
    for problem in problems:
        state = Readiness.MISSING if problem.is_error else Readiness.WARNING
        _print_check(state, problem.translate(_))
    is_lacking = any(line.readiness is Readiness.MISSING for line in lines)
    return int(is_lacking or any(problem.is_error for problem in problems))


def _run_checks(
    services: Services, agenda: Agenda
) -> tuple[tuple[ReadinessCheck, ...], tuple[Diagnostic, ...]]:
    """Return the checks that the lobby shows; problems of reports and meetings by themselves."""
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
    found = scorecard.dearest_problems + services.archive.problems
    return lines, found + _check_country(services, agenda)


def _check_country(services: Services, agenda: Agenda) -> tuple[Diagnostic, ...]:
    """Return a warning where no holidays are known: every day would pass for a working day."""
    today = services.today(agenda)
    if not agenda.country or services.working_days(agenda.country, today) != NO_COUNTRY:
        return ()
    text = message(N_("No holidays are known for the country “{code}”."), code=agenda.country)
    return (Diagnostic(file=agenda.file, message=text, severity=Severity.WARNING),)


def _print_check(state: Readiness, text: str) -> None:
    print_text(f"{_(READINESS_MARKS[state])}  {text}")
