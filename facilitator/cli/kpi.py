"""`facilitator kpi`: the week's KPIs as a table, or as JSON for machines."""

import argparse
from dataclasses import asdict
from pathlib import Path

from rich.text import Text

from facilitator.cli.agendas import usable_agenda
from facilitator.cli.compose import desk
from facilitator.cli.kpi_causes import say_causes
from facilitator.cli.kpi_year import say_year
from facilitator.cli.output import complain, problem_fields, say, say_json
from facilitator.cli.tables import say_table
from facilitator.cli.workspace import find_agenda, workspace_of
from facilitator.domain.agenda import Agenda
from facilitator.domain.kpis.kpi import AgreedDefinition, Target, agreed_definition
from facilitator.domain.kpis.scorecard import KpiSeries, Limits, Scorecard, Signal, TargetStatus
from facilitator.domain.kpis.signals import MEAN_SCALE, MEDIAN_SCALE
from facilitator.domain.text import remove_unsafe_characters
from facilitator.render.kpi_detail import agreed_line
from facilitator.render.language import _, spoken
from facilitator.render.scorecard import KpiRow, kpi_name, kpi_rows, series_name
from facilitator.render.signal import why

STYLES = {
    TargetStatus.ON_TARGET: "green",
    TargetStatus.OFF_TARGET: "bold red",
    TargetStatus.NO_TARGET: "",
    TargetStatus.MISSING: "yellow",
}


def run(options: argparse.Namespace) -> int:
    """Print the figures; the exit code is 1 where a report could not be read."""
    file = find_agenda(options.agenda, Path.cwd())
    agenda = usable_agenda(file)
    if options.year:
        return say_year(workspace_of(file), agenda, as_json=options.json)
    if options.causes:
        say_causes(workspace_of(file), agenda, as_json=options.json)
        return 0
    laid = desk(workspace_of(file))
    scorecard = laid.load(agenda)
    agreed = laid.carried(agenda).definitions
    for problem in scorecard.problems:
        complain(problem.said(_))
    if options.json:
        say_json(_answer(agenda, scorecard, agreed))
    else:
        _print_table(agenda, scorecard)
        for definition in scorecard.definitions:
            if told := agreed_definition(agreed, definition.id):
                say(f"{kpi_name(definition, spoken())}: {agreed_line(told, spoken())}")
    return int(any(problem.is_error for problem in scorecard.problems))


def _print_table(agenda: Agenda, scorecard: Scorecard) -> None:
    language = spoken()
    week = language.days(scorecard.week.start, scorecard.week.end)
    say(_("{title}: KPIs of the week {week}").format(title=agenda.title, week=week))
    weeks = agenda.data.history_weeks
    heads = [
        _("KPI"),
        _("Actual"),
        _("Target"),
        _("Change"),
        _("{count} weeks").format(count=weeks),
        _("Status"),
        _("Signal"),
    ]
    say_table(heads, [_row(row) for row in kpi_rows(scorecard, language, weeks=weeks)])
    for series in scorecard.series:
        definition = scorecard.definition(series.kpi)
        if definition and series.signal and series.signal.is_unusual:
            name = series_name(series, definition, language)
            whole = name if series.is_total else f"{kpi_name(definition, language)}, {name}"
            say(f"{whole}: {why(series.signal, definition, language)}")


def _row(row: KpiRow) -> tuple[Text | str, ...]:
    name = row.name if row.is_total else f"  {row.name}"
    status = f"{row.mark}: {row.why}" if row.why else row.mark
    mark = Text(remove_unsafe_characters(status), style=STYLES[row.status])
    signal = Text(remove_unsafe_characters(row.signal), style="bold" if row.is_unusual else "")
    return name, row.actual, row.target, row.change, row.spark, mark, signal


def _answer(
    agenda: Agenda, scorecard: Scorecard, agreed: tuple[AgreedDefinition, ...]
) -> dict[str, object]:
    return {
        "title": agenda.title,
        "series": agenda.series,
        "week_start": scorecard.week.start,
        "week_end": scorecard.week.end,
        "kpis": [_series(each, scorecard) for each in scorecard.series],
        "definitions": [asdict(each) for each in agreed],
        "problems": [problem_fields(problem) for problem in scorecard.problems],
    }


def _series(series: KpiSeries, scorecard: Scorecard) -> dict[str, object]:
    definition = scorecard.definition(series.kpi)
    target, value = series.target, series.current.value
    return {
        "kpi": series.kpi,
        "name": kpi_name(definition, spoken()) if definition else series.kpi,
        "marketplace": series.marketplace,
        "of_currency": series.currency,
        "unit": definition.unit if definition else "",
        "value": value,
        "target": _target(target) if target else None,
        "attainment": target.attainment(value) if target and value is not None else None,
        "status": series.status,
        "change": series.change,
        "relative_change": series.relative_change,
        "missing": series.current.missing,
        "numerator": series.current.numerator,
        "denominator": series.current.denominator,
        "currency": series.current.currency,
        "is_partial": series.current.is_partial,
        "is_before_remembered": series.current.is_before_remembered,
        "is_red": series.is_red,
        "signal": _signal(series.signal) if series.signal else None,
        "owner": dict(scorecard.owners).get(series.kpi),
        "sources": series.sources,
        "history": [
            {
                "week_end": reading.week_end,
                "value": reading.value,
                "is_partial": reading.is_partial,
                "is_remembered": reading.is_remembered,
            }
            for reading in series.readings
        ],
    }


def _signal(signal: Signal) -> dict[str, object]:
    limits = signal.limits
    return {
        "is_unusual": signal.is_unusual,
        "is_good": signal.is_good,
        "outside": signal.outside,
        "drift": signal.drift,
        "swing": signal.swing,
        "is_small": signal.is_small,
        "rule": _rule(limits) if limits else None,
        "limits": [limits.lower, limits.centre, limits.upper] if limits else None,
        "is_provisional": limits.is_provisional if limits else None,
        "weeks": signal.points,
        "weeks_left_out": signal.left_out,
    }


def _rule(limits: Limits) -> str:
    if limits.is_by_mean:
        return f"median ± {MEAN_SCALE} × mean moving range"
    return f"median ± {MEDIAN_SCALE} × median moving range"


def _target(target: Target) -> dict[str, object]:
    return {"at_most": target.at_most, "at_least": target.at_least, "strict": target.strict}
