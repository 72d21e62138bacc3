"""`facilitator check`: is everything ready? The lobby's lines, for a terminal without screens."""

import argparse
from dataclasses import replace
from pathlib import Path

from facilitator.adapters.agenda_file import read_agenda
from facilitator.cli.compose import desk
from facilitator.cli.output import say
from facilitator.cli.workspace import find_agenda, workspace_of
from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import N_, Diagnostic, Severity, message
from facilitator.domain.working_days import NO_COUNTRY
from facilitator.render.language import _
from facilitator.session.desk import Desk
from facilitator.session.preflight import checks
from facilitator.session.readiness import Check, Readiness

MARKS = {
    Readiness.READY: N_("✓ ready"),
    Readiness.WARNING: N_("! warning"),
    Readiness.MISSING: N_("✗ not ready"),
    Readiness.WAITING: N_("… waiting"),
}
"""How a thing stands, as a sign and in words."""


def run(options: argparse.Namespace) -> int:
    """Print every line; the exit code is 1 where something is missing or wrong."""
    file = find_agenda(options.agenda, Path.cwd())
    agenda, problems = read_agenda(file)
    lines: tuple[Check, ...] = ()
    if agenda is not None:
        lines, found = _readiness(desk(workspace_of(file)), agenda)
        problems += found
    for line in lines:
        _print(line.readiness, f"{line.title.said(_)}: {line.said(_)}")
    for problem in problems:
        state = Readiness.MISSING if problem.is_error else Readiness.WARNING
        _print(state, problem.said(_))
    is_lacking = any(line.readiness is Readiness.MISSING for line in lines)
    return int(is_lacking or any(problem.is_error for problem in problems))


def _readiness(at: Desk, agenda: Agenda) -> tuple[tuple[Check, ...], tuple[Diagnostic, ...]]:
    """The lobby's lines, and beside them the reports' problems: here each of them is told."""
    scorecard = at.load(agenda)
    quiet = replace(scorecard, problems=())
    lines = checks(agenda, (), quiet, at.carried(agenda), at.today(agenda))
    return lines, scorecard.problems + _country(at, agenda)


def _country(at: Desk, agenda: Agenda) -> tuple[Diagnostic, ...]:
    """That nothing is known of a country: its due dates would look like working days in silence."""
    if not agenda.country or at.working_days(agenda.country, at.today(agenda)) != NO_COUNTRY:
        return ()
    told = message(N_("No holidays are known for the country “{code}”."), code=agenda.country)
    return (Diagnostic(file=agenda.file, message=told, severity=Severity.WARNING),)


def _print(state: Readiness, text: str) -> None:
    say(f"{_(MARKS[state])}  {text}")
