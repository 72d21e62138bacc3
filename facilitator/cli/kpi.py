"""`facilitator kpi`: the week's KPIs as a table, or as JSON for machines."""

import argparse
from pathlib import Path

from rich.text import Text

from facilitator.adapters.agenda_file import read_agenda
from facilitator.cli.compose import desk
from facilitator.cli.output import complain, harmless, problem_fields, say, say_json
from facilitator.cli.tables import say_table
from facilitator.cli.workspace import find_agenda, workspace_of
from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.kpi import Target
from facilitator.domain.scorecard import KpiSeries, Scorecard, Status
from facilitator.render.language import _, spoken
from facilitator.render.scorecard import KpiRow, kpi_name, kpi_rows

STYLES = {
    Status.ON_TARGET: "green",
    Status.OFF_TARGET: "bold red",
    Status.NO_TARGET: "",
    Status.MISSING: "yellow",
}


def run(options: argparse.Namespace) -> int:
    """Print the figures; the exit code is 1 where a report could not be read."""
    file = find_agenda(options.agenda, Path.cwd())
    agenda, problems = read_agenda(file)
    for problem in problems:
        complain(problem.said(_))
    if agenda is None:
        raise FacilitatorError(N_("{file} cannot be used as it is."), file=file)
    scorecard = desk(workspace_of(file)).load(agenda)
    for problem in scorecard.problems:
        complain(problem.said(_))
    if options.json:
        say_json(_answer(agenda, scorecard))
    else:
        _print_table(agenda, scorecard)
    return int(any(problem.is_error for problem in scorecard.problems))


def _print_table(agenda: Agenda, scorecard: Scorecard) -> None:
    language = spoken()
    week = language.days(scorecard.week.start, scorecard.week.end)
    say(_("{title}: KPIs of the week {week}").format(title=agenda.title, week=week))
    heads = [
        _("KPI"),
        _("Actual"),
        _("Target"),
        _("Change"),
        _("{count} weeks").format(count=agenda.data.history_weeks),
        _("Status"),
    ]
    say_table(heads, [_row(row) for row in kpi_rows(scorecard, language)])


def _row(row: KpiRow) -> tuple[Text | str, ...]:
    name = row.name if row.is_total else f"  {row.name}"
    status = f"{row.mark}: {row.why}" if row.why else row.mark
    mark = Text(harmless(status), style=STYLES[row.status])
    return name, row.actual, row.target, row.change, row.spark, mark


def _answer(agenda: Agenda, scorecard: Scorecard) -> dict[str, object]:
    return {
        "title": agenda.title,
        "series": agenda.series,
        "week_start": scorecard.week.start,
        "week_end": scorecard.week.end,
        "kpis": [_series(each, scorecard) for each in scorecard.series],
        "problems": [problem_fields(problem) for problem in scorecard.problems],
    }


def _series(series: KpiSeries, scorecard: Scorecard) -> dict[str, object]:
    definition = scorecard.definition(series.kpi)
    target, value = series.target, series.current.value
    return {
        "kpi": series.kpi,
        "name": kpi_name(definition, spoken()) if definition else series.kpi,
        "marketplace": series.marketplace,
        "unit": definition.unit if definition else "",
        "value": value,
        "target": _target(target) if target else None,
        "attainment": target.attainment(value) if target and value is not None else None,
        "status": series.status,
        "change": series.change,
        "relative_change": series.relative_change,
        "missing": series.current.missing,
        "owner": dict(scorecard.owners).get(series.kpi),
        "sources": series.sources,
        "history": [
            {"week_end": reading.week_end, "value": reading.value} for reading in series.readings
        ],
    }


def _target(target: Target) -> dict[str, object]:
    return {"at_most": target.at_most, "at_least": target.at_least, "strict": target.strict}
