"""The command `kpi`: the week's KPIs, with `--year` the year, with `--causes` their causes."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.text import Text

from facilitator.adapters.scorecard_loader import load_definitions, load_six_twelve
from facilitator.cli.bootstrap import build_services
from facilitator.cli.console_table import print_table
from facilitator.cli.output import diagnostic_fields, print_json, print_message, print_text
from facilitator.cli.workspace import Workspace, find_agenda, load_agenda, workspace_of
from facilitator.domain.agenda import Agenda
from facilitator.domain.kpis.causes import CauseCount
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import AgreedDefinition, KpiId, Unit, agreed_definition
from facilitator.domain.kpis.measures import MEASURE_LABELS
from facilitator.domain.kpis.scorecard import (
    KpiSeries,
    Limits,
    Reading,
    Scorecard,
    Signal,
    TargetStatus,
)
from facilitator.domain.kpis.signals import MEAN_SCALE, MEDIAN_SCALE
from facilitator.domain.kpis.year_over_year import PeriodComparison, YearOverYear
from facilitator.domain.text import remove_unsafe_characters
from facilitator.render.kpi_details import agreed_definition_line
from facilitator.render.language import MINUS, MONTHS, _, current_language
from facilitator.render.scorecard import KpiRow, kpi_name, kpi_rows, series_name
from facilitator.render.signals import signal_explanation

YearRow = tuple[str, ...]


def _print_year(workspace: Workspace, agenda: Agenda, *, as_json: bool) -> int:
    """Print the year; the exit code is 1 where a report could not be read."""
    on = agenda.data_day_of(build_services(workspace).clock.now())
    counted, problems = load_six_twelve(agenda, on)
    for problem in problems:
        print_message(problem.translate(_))
    if as_json:
        print_json(
            {
                "title": agenda.title,
                "series": agenda.series,
                "kpis": [_year_fields(each) for each in counted],
                "problems": [diagnostic_fields(problem) for problem in problems],
            }
        )
    else:
        _print_year_tables(agenda, tuple(_totals_first(counted)))
    return int(any(problem.is_error for problem in problems))


def _totals_first(counted: Iterable[YearOverYear]) -> Iterator[YearOverYear]:
    """The totals; the shops only of a KPI that has none."""
    with_total = set()
    for each in counted:
        if each.marketplace == ALL:
            with_total.add(each.kpi.id)
        if each.marketplace == ALL or each.kpi.id not in with_total:
            yield each


def _print_year_tables(agenda: Agenda, counted: Sequence[YearOverYear]) -> None:
    if not counted:
        print_text(
            _("{title}: no report tells a figure of these months.").format(title=agenda.title)
        )
        return
    first = counted[0]
    week = current_language().days(first.weeks[-1].span.start, first.weeks[-1].span.end)
    print_text(
        _("{title}: the week {week} and the year so far").format(title=agenda.title, week=week)
    )
    yoy = _("on the year")
    heads = [
        _("KPI"), _("week"), _("on the week"), yoy, _("month so far"), yoy,
        _("quarter so far"), yoy, _("year so far"), yoy,
    ]  # fmt: skip
    print_table(heads, [_summary_row(each) for each in counted])
    print_text()
    ends = [f"{each.span.end:%m-%d}" for each in first.weeks]
    print_table(
        [_("Weeks that ended on"), *ends], _year_rows((each, each.weeks) for each in counted)
    )
    print_text()
    months = [_(MONTHS[each.span.end.month - 1]) for each in first.months]
    print_table([_("Months"), *months], _year_rows((each, each.months) for each in counted))


def _summary_row(told: YearOverYear) -> YearRow:
    now, before = told.weeks[-1].now, told.weeks[-2].now
    so_far = (told.month_to_date, told.quarter_to_date, told.year_to_date)
    return (
        _year_name(told),
        _format_value(told, now),
        _format_change(told, now, before),
        _format_change(told, now, told.weeks[-1].year_before),
        *(
            cell
            for each in so_far
            for cell in (
                _format_value(told, each.now),
                _format_change(told, each.now, each.year_before),
            )
        ),
    )


def _year_rows(rows: Iterable[tuple[YearOverYear, Sequence[PeriodComparison]]]) -> list[YearRow]:
    """Each KPI's figures, and below them those of the year before where there are any."""
    lines: list[YearRow] = []
    for told, spans in rows:
        lines.append((_year_name(told), *(_format_value(told, each.now) for each in spans)))
        if any(each.year_before.value is not None for each in spans):
            before = (_format_value(told, each.year_before) for each in spans)
            lines.append(("  " + _("year before"), *before))
    return lines


def _year_name(told: YearOverYear) -> str:
    name = kpi_name(told.kpi, current_language())
    if told.kpi.growth:
        name += ": " + ", ".join(_(MEASURE_LABELS.get(each, each)) for each in told.kpi.measures)
    return name if told.marketplace == ALL else f"{name} {told.marketplace}"


def _format_value(told: YearOverYear, reading: Reading) -> str:
    if reading.value is None:
        return "–"
    value = current_language().value(
        reading.value, told.base_definition.unit, told.base_definition.decimals
    )
    return f"{value} ½" if reading.is_partial else value


def _format_change(told: YearOverYear, now: Reading, before: Reading) -> str:
    """In percentage points for a percentage, in percent for everything else."""
    if now.value is None or before.value is None:
        return ""
    if told.base_definition.unit is Unit.PERCENT:
        return current_language().change(
            now.value - before.value, Unit.PERCENT, told.base_definition.decimals
        )
    if not before.value:
        return ""
    share = 100 * (now.value - before.value) / abs(before.value)
    return f"{MINUS if share < 0 else '+'}{current_language().value(abs(share), Unit.PERCENT)}"


def _year_fields(told: YearOverYear) -> dict[str, object]:
    return {
        "kpi": told.kpi.id,
        "name": kpi_name(told.kpi, current_language()),
        "marketplace": told.marketplace,
        "unit": told.base_definition.unit,
        "week_on_week": told.week_on_week,
        "weeks": [_span_fields(each) for each in told.weeks],
        "months": [_span_fields(each) for each in told.months],
        "month_to_date": _span_fields(told.month_to_date),
        "quarter_to_date": _span_fields(told.quarter_to_date),
        "year_to_date": _span_fields(told.year_to_date),
    }


def _span_fields(compared: PeriodComparison) -> dict[str, object]:
    return {
        "first_day": compared.span.start,
        "last_day": compared.span.end,
        "value": compared.now.value,
        "is_partial": compared.now.is_partial,
        "year_before": compared.year_before.value,
        "change": compared.change,
        "currency": compared.now.currency,
        "missing": compared.now.missing,
    }


def _print_causes(workspace: Workspace, agenda: Agenda, *, as_json: bool) -> None:
    """Print the causes of the last year: KPI by KPI in their order, the most named first."""
    definitions, _doubts = load_definitions(agenda)
    names = {each.id: kpi_name(each, current_language()) for each in definitions}
    causes = _sort_causes(build_services(workspace).carried(agenda).causes, tuple(names))
    if as_json:
        rows = [_cause_fields(each, names) for each in causes]
        print_json({"title": agenda.title, "series": agenda.series, "causes": rows})
    elif not causes:
        print_text(_("{title}: no meeting named a cause yet.").format(title=agenda.title))
    else:
        print_text(_("{title}: what the meetings put it down to").format(title=agenda.title))
        heads = [_("KPI"), _("Cause"), _("Meetings"), _("First on"), _("Last on")]
        print_table(heads, [_cause_row(each, names) for each in causes])


def _sort_causes(causes: Iterable[CauseCount], kpis: tuple[KpiId, ...]) -> list[CauseCount]:
    place = {kpi: at for at, kpi in enumerate(kpis)}
    return sorted(
        causes, key=lambda each: (place.get(each.kpi, len(place)), each.kpi, -each.times, each.text)
    )


def _cause_row(cause: CauseCount, names: dict[KpiId, str]) -> tuple[str, ...]:
    days = (cause.first_on, cause.last_on)
    name = names.get(cause.kpi, cause.kpi)
    return (name, cause.text, str(cause.times), *(day.isoformat() for day in days))


def _cause_fields(cause: CauseCount, names: dict[KpiId, str]) -> dict[str, object]:
    return {
        "kpi": cause.kpi,
        "name": names.get(cause.kpi, cause.kpi),
        "cause": cause.text,
        "times": cause.times,
        "first_on": cause.first_on,
        "last_on": cause.last_on,
    }


STATUS_STYLES = {
    TargetStatus.ON_TARGET: "green",
    TargetStatus.OFF_TARGET: "bold red",
    TargetStatus.NO_TARGET: "",
    TargetStatus.MISSING: "yellow",
}


def run_kpi(options: argparse.Namespace) -> int:
    """Print the figures; the exit code is 1 where a report could not be read."""
    file = find_agenda(options.agenda, Path.cwd())
    agenda = load_agenda(file)
    if options.year:
        return _print_year(workspace_of(file), agenda, as_json=options.json)
    if options.causes:
        _print_causes(workspace_of(file), agenda, as_json=options.json)
        return 0
    laid = build_services(workspace_of(file))
    scorecard = laid.load(agenda)
    agreed = laid.carried(agenda).definitions
    for problem in scorecard.problems:
        print_message(problem.translate(_))
    if options.json:
        print_json(_scorecard_fields(agenda, scorecard, agreed))
    else:
        _print_week(agenda, scorecard)
        for definition in scorecard.definitions:
            if told := agreed_definition(agreed, definition.id):
                language = current_language()
                line = agreed_definition_line(told, language)
                print_text(f"{kpi_name(definition, language)}: {line}")
    return int(any(problem.is_error for problem in scorecard.problems))


def _print_week(agenda: Agenda, scorecard: Scorecard) -> None:
    language = current_language()
    week = language.days(scorecard.week.start, scorecard.week.end)
    print_text(_("{title}: KPIs of the week {week}").format(title=agenda.title, week=week))
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
    print_table(heads, [_kpi_row(row) for row in kpi_rows(scorecard, language, weeks=weeks)])
    for series in scorecard.series:
        definition = scorecard.definition(series.kpi)
        if definition and series.signal and series.signal.is_unusual:
            name = series_name(series, definition, language)
            whole = name if series.is_total else f"{kpi_name(definition, language)}, {name}"
            print_text(f"{whole}: {signal_explanation(series.signal, definition, language)}")


def _kpi_row(row: KpiRow) -> tuple[Text | str, ...]:
    name = row.name if row.is_total else f"  {row.name}"
    status = f"{row.mark}: {row.why}" if row.why else row.mark
    mark = Text(remove_unsafe_characters(status), style=STATUS_STYLES[row.status])
    signal = Text(remove_unsafe_characters(row.signal), style="bold" if row.is_unusual else "")
    return name, row.actual, row.target, row.change, row.spark, mark, signal


def _scorecard_fields(
    agenda: Agenda, scorecard: Scorecard, agreed: tuple[AgreedDefinition, ...]
) -> dict[str, object]:
    return {
        "title": agenda.title,
        "series": agenda.series,
        "week_start": scorecard.week.start,
        "week_end": scorecard.week.end,
        "kpis": [_series_fields(each, scorecard) for each in scorecard.series],
        "definitions": agreed,
        "problems": [diagnostic_fields(problem) for problem in scorecard.problems],
    }


def _series_fields(series: KpiSeries, scorecard: Scorecard) -> dict[str, object]:
    definition = scorecard.definition(series.kpi)
    target, value = series.target, series.current.value
    return {
        "kpi": series.kpi,
        "name": kpi_name(definition, current_language()) if definition else series.kpi,
        "marketplace": series.marketplace,
        "of_currency": series.currency,
        "unit": definition.unit if definition else "",
        "value": value,
        "target": target,
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
        "signal": _signal_fields(series.signal) if series.signal else None,
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


def _signal_fields(signal: Signal) -> dict[str, object]:
    limits = signal.limits
    return {
        "is_unusual": signal.is_unusual,
        "is_good": signal.is_good,
        "outside": signal.outside,
        "drift": signal.drift,
        "swing": signal.swing,
        "is_small": signal.is_small,
        "rule": _limits_rule(limits) if limits else None,
        "limits": [limits.lower, limits.centre, limits.upper] if limits else None,
        "is_provisional": limits.is_provisional if limits else None,
        "weeks": signal.points,
        "weeks_left_out": signal.left_out,
    }


def _limits_rule(limits: Limits) -> str:
    if limits.is_by_mean:
        return f"median ± {MEAN_SCALE} × mean moving range"
    return f"median ± {MEDIAN_SCALE} × median moving range"
