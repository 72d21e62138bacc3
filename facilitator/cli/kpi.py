"""The command `kpi`: the KPIs of the week, of the year (`--year`), or their causes (`--causes`)."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.text import Text

from facilitator.adapters.kpi_export import check_export_file, export_kpis
from facilitator.adapters.scorecard_loader import load_definitions, load_six_twelve
from facilitator.cli.bootstrap import build_services
from facilitator.cli.console_table import print_table
from facilitator.cli.output import (
    diagnostic_fields,
    print_diagnostics,
    print_json,
    print_message,
    print_text,
)
from facilitator.cli.review_week import review_clock
from facilitator.cli.workspace import find_agenda, load_agenda, workspace_of
from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import said_of
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
    WindowReading,
    difference,
)
from facilitator.domain.kpis.signals import MEAN_SCALE, MEDIAN_SCALE
from facilitator.domain.kpis.year_over_year import PeriodComparison, YearOverYear
from facilitator.domain.text import remove_unsafe_characters
from facilitator.render.kpi_details import agreed_definition_line
from facilitator.render.language import MINUS, MONTHS, _, current_language
from facilitator.render.scorecard import (
    NOT_COMPARABLE,
    KpiRow,
    kpi_name,
    kpi_rows,
    reading_text,
    series_name,
)
from facilitator.render.signals import full_explanation
from facilitator.session.services import Services

STATUS_STYLES = {
    TargetStatus.ON_TARGET: "green",
    TargetStatus.OFF_TARGET: "bold red",
    TargetStatus.NO_TARGET: "",
    TargetStatus.MISSING: "yellow",
}


def run_kpi(options: argparse.Namespace) -> int:
    """Print the KPIs of the week, or of the year, or their causes.

    Return the exit code: 1 where a report could not be read, else 0.
    """
    file = find_agenda(options.agenda, Path.cwd())
    agenda = load_agenda(file)
    workspace = workspace_of(file)
    if options.export:
        check_export_file(options.export, meetings=workspace.meetings, force=options.force)
    services = build_services(workspace, review_clock(options.week, agenda))
    if options.year:
        return _print_year(services, agenda, as_json=options.json)
    if options.causes:
        _print_causes(services, agenda, as_json=options.json)
        return 0
    scorecard = services.load(agenda)
    agreed = services.carried(agenda).definitions
    print_diagnostics(scorecard.dearest_problems)
    if options.export:
        export_kpis(
            scorecard,
            options.export,
            current_language(),
            meetings=workspace.meetings,
            force=options.force,
        )
        print_message(_("The weeks are in {file}.").format(file=options.export))
    if options.json:
        print_json(_scorecard_fields(agenda, scorecard, agreed))
    else:
        _print_week(agenda, scorecard)
        for definition in scorecard.definitions:
            if wording := agreed_definition(agreed, definition.id):
                language = current_language()
                line = agreed_definition_line(wording, language)
                print_text(said_of(kpi_name(definition, language), line, _))
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
        language.ngettext("{count} week", "{count} weeks", weeks).format(count=weeks),
        _("Status"),
        _("Signal"),
    ]
    print_table(heads, [_kpi_row(row) for row in kpi_rows(scorecard, language, weeks=weeks)])
    for series in scorecard.series:
        definition = scorecard.definition(series.kpi)
        if definition and series.signal and series.signal.is_unusual:
            name = series_name(series, definition, language)
            whole = name if series.is_total else f"{kpi_name(definition, language)}, {name}"
            print_text(said_of(whole, full_explanation(series, definition, language), _))


def _kpi_row(row: KpiRow) -> tuple[Text | str, ...]:
    name = row.name if row.is_total else f"  {row.name}"
    status = said_of(row.mark, row.why, _) if row.why else row.mark
    mark = Text(remove_unsafe_characters(status), style=STATUS_STYLES[row.status])
    marks = " ".join(filter(None, (row.signal, row.coverage)))
    signal = Text(remove_unsafe_characters(marks), style="bold" if row.is_unusual else "")
    return name, row.actual, row.target, row.change, row.days or row.spark, mark, signal


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
        "attainment": _attainment(series),
        "is_worse_than_any_target": series.current.is_worse_than_any_target,
        "status": series.status,
        "change": series.change,
        "relative_change": series.relative_change,
        "missing": series.current.missing,
        "numerator": series.current.numerator,
        "denominator": series.current.denominator,
        "currency": series.current.currency,
        "is_partial": series.current.is_partial,
        "is_reduced": series.current.is_reduced,
        "is_before_remembered": series.current.is_before_remembered,
        "is_red": series.is_red,
        "signal": _signal_fields(series.signal) if series.signal else None,
        "owner": dict(scorecard.owners).get(series.kpi),
        "sources": series.sources,
        "window": _window_fields(series.window_reading) if series.window_reading else None,
        "history": [
            {
                "week_end": reading.week_end,
                "value": reading.value,
                "is_partial": reading.is_partial,
                "is_worse_than_any_target": reading.is_worse_than_any_target,
                "is_remembered": reading.is_remembered,
            }
            for reading in series.readings
        ],
    }


def _attainment(series: KpiSeries) -> float | None:
    """Return the fraction of the target that is reached: 0 if it is worse than any target."""
    if series.target is None:
        return None
    if series.current.is_worse_than_any_target:
        return 0.0
    value = series.current.value
    return None if value is None else series.target.attainment(value)


def _window_fields(window: WindowReading) -> dict[str, object]:
    return {
        "first_day": window.first_day,
        "last_day": window.last_day,
        "days": window.days,
        "value": window.reading.value,
        "is_worse_than_any_target": window.reading.is_worse_than_any_target,
        "numerator": window.reading.numerator,
        "denominator": window.reading.denominator,
        "currency": window.reading.currency,
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


def _print_year(services: Services, agenda: Agenda, *, as_json: bool) -> int:
    """Print the year; return the exit code."""
    on = agenda.data_day_of(services.clock.now())
    counted, problems = load_six_twelve(agenda, on)
    print_diagnostics(problems)
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
    """Yield the totals; a KPI without a total is yielded by marketplace."""
    with_total = set()
    for each in counted:
        if each.marketplace == ALL:
            with_total.add(each.kpi.id)
        if each.marketplace == ALL or each.kpi.id not in with_total:
            yield each


def _print_year_tables(agenda: Agenda, counted: Sequence[YearOverYear]) -> None:
    if not counted:
        print_text(_("{title}: no report has data for these months.").format(title=agenda.title))
        return
    first = counted[0]
    week = current_language().days(first.weeks[-1].span.start, first.weeks[-1].span.end)
    print_text(
        _("{title}: the week {week} and the year so far").format(title=agenda.title, week=week)
    )
    yoy = _("vs. last year")
    heads = [
        _("KPI"), _("week"), _("vs. last week"), yoy, _("month so far"), yoy,
        _("quarter so far"), yoy, _("year so far"), yoy,
    ]  # fmt: skip
    print_table(heads, [_summary_row(each) for each in counted])
    print_text()
    ends = [f"{each.span.end:%m-%d}" for each in first.weeks]
    print_table([_("Week ending"), *ends], _year_rows((each, each.weeks) for each in counted))
    print_text()
    months = [_(MONTHS[each.span.end.month - 1]) for each in first.months]
    print_table([_("Months"), *months], _year_rows((each, each.months) for each in counted))


def _summary_row(year: YearOverYear) -> tuple[str, ...]:
    now, before = year.weeks[-1].now, year.weeks[-2].now
    so_far = (year.month_to_date, year.quarter_to_date, year.year_to_date)
    return (
        _year_name(year),
        _format_value(year, now),
        _format_change(year, now, before),
        _format_change(year, now, year.weeks[-1].year_before),
        *(
            cell
            for each in so_far
            for cell in (
                _format_value(year, each.now),
                _format_change(year, each.now, each.year_before),
            )
        ),
    )


def _year_rows(
    rows: Iterable[tuple[YearOverYear, Sequence[PeriodComparison]]],
) -> list[tuple[str, ...]]:
    """Return a row of values for each KPI, and one for the year before where it has any."""
    lines: list[tuple[str, ...]] = []
    for year, periods in rows:
        lines.append((_year_name(year), *(_format_value(year, each.now) for each in periods)))
        if any(each.year_before.is_known for each in periods):
            before = (_format_value(year, each.year_before) for each in periods)
            lines.append(("  " + _("year before"), *before))
    return lines


def _year_name(year: YearOverYear) -> str:
    name = kpi_name(year.kpi, current_language())
    if year.kpi.growth:
        name += ": " + ", ".join(_(MEASURE_LABELS.get(each, each)) for each in year.kpi.measures)
    return name if year.marketplace == ALL else f"{name} {year.marketplace}"


def _format_value(year: YearOverYear, reading: Reading) -> str:
    value = reading_text(reading, year.base_definition, current_language())
    return f"{value} ½" if reading.is_partial and reading.is_known else value


def _format_change(year: YearOverYear, now: Reading, before: Reading) -> str:
    """Return a change in percentage points for a percentage, in percent for everything else.

    It is a dash if the two cannot be compared.
    """
    change = difference(now, before)
    if change is None:
        return NOT_COMPARABLE if now.is_known and before.is_known else ""
    if year.base_definition.unit is Unit.PERCENT:
        return current_language().change(change, Unit.PERCENT, year.base_definition.decimals)
    if not before.value:
        return ""
    share = 100 * change / abs(before.value)
    return f"{MINUS if share < 0 else '+'}{current_language().value(abs(share), Unit.PERCENT)}"


def _year_fields(year: YearOverYear) -> dict[str, object]:
    return {
        "kpi": year.kpi.id,
        "name": kpi_name(year.kpi, current_language()),
        "marketplace": year.marketplace,
        "unit": year.base_definition.unit,
        "week_on_week": year.week_on_week,
        "weeks": [_period_fields(each) for each in year.weeks],
        "months": [_period_fields(each) for each in year.months],
        "month_to_date": _period_fields(year.month_to_date),
        "quarter_to_date": _period_fields(year.quarter_to_date),
        "year_to_date": _period_fields(year.year_to_date),
    }


def _period_fields(period: PeriodComparison) -> dict[str, object]:
    return {
        "first_day": period.span.start,
        "last_day": period.span.end,
        "value": period.now.value,
        "is_worse_than_any_target": period.now.is_worse_than_any_target,
        "is_partial": period.now.is_partial,
        "year_before": period.year_before.value,
        "change": period.change,
        "currency": period.now.currency,
        "missing": period.now.missing,
    }


def _print_causes(services: Services, agenda: Agenda, *, as_json: bool) -> None:
    """Print the causes named in the last year, by KPI, the most frequent first."""
    definitions, _problems = load_definitions(agenda)
    names = {each.id: kpi_name(each, current_language()) for each in definitions}
    causes = _sort_causes(services.carried(agenda).causes, tuple(names))
    if as_json:
        rows = [_cause_fields(each, names) for each in causes]
        print_json({"title": agenda.title, "series": agenda.series, "causes": rows})
    elif not causes:
        print_text(_("{title}: no meeting has recorded a cause yet.").format(title=agenda.title))
    else:
        print_text(_("{title}: causes recorded by the meetings").format(title=agenda.title))
        heads = [_("KPI"), _("Cause"), _("Meetings"), _("First seen"), _("Last seen")]
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
