"""`facilitator kpi --year`: six weeks and twelve months of each KPI beside the year before."""

from collections.abc import Iterable, Iterator, Sequence

from facilitator.adapters.scorecard_loader import load_six_twelve
from facilitator.cli.compose import desk
from facilitator.cli.output import complain, problem_fields, say, say_json
from facilitator.cli.tables import say_table
from facilitator.cli.workspace import Workspace
from facilitator.domain.agenda import Agenda
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import Unit
from facilitator.domain.kpis.measures import MEASURE_LABELS
from facilitator.domain.kpis.scorecard import Reading
from facilitator.domain.kpis.year_over_year import PeriodComparison, YearOverYear
from facilitator.render.language import MINUS, MONTHS, _, spoken
from facilitator.render.scorecard import kpi_name

Row = tuple[str, ...]


def say_year(workspace: Workspace, agenda: Agenda, *, as_json: bool) -> int:
    """Print the year; the exit code is 1 where a report could not be read."""
    on = agenda.data_day_of(desk(workspace).clock.now())
    counted, problems = load_six_twelve(agenda, on)
    for problem in problems:
        complain(problem.said(_))
    if as_json:
        say_json(
            {
                "title": agenda.title,
                "series": agenda.series,
                "kpis": [_fields(each) for each in counted],
                "problems": [problem_fields(problem) for problem in problems],
            }
        )
    else:
        _print_tables(agenda, tuple(_shown(counted)))
    return int(any(problem.is_error for problem in problems))


def _shown(counted: Iterable[YearOverYear]) -> Iterator[YearOverYear]:
    """The totals; the shops only of a KPI that has none."""
    with_total = set()
    for each in counted:
        if each.marketplace == ALL:
            with_total.add(each.kpi.id)
        if each.marketplace == ALL or each.kpi.id not in with_total:
            yield each


def _print_tables(agenda: Agenda, counted: Sequence[YearOverYear]) -> None:
    if not counted:
        say(_("{title}: no report tells a figure of these months.").format(title=agenda.title))
        return
    first = counted[0]
    week = spoken().days(first.weeks[-1].span.start, first.weeks[-1].span.end)
    say(_("{title}: the week {week} and the year so far").format(title=agenda.title, week=week))
    yoy = _("on the year")
    heads = [
        _("KPI"), _("week"), _("on the week"), yoy, _("month so far"), yoy,
        _("quarter so far"), yoy, _("year so far"), yoy,
    ]  # fmt: skip
    say_table(heads, [_box(each) for each in counted])
    say()
    ends = [f"{each.span.end:%m-%d}" for each in first.weeks]
    say_table([_("Weeks that ended on"), *ends], _lines((each, each.weeks) for each in counted))
    say()
    months = [_(MONTHS[each.span.end.month - 1]) for each in first.months]
    say_table([_("Months"), *months], _lines((each, each.months) for each in counted))


def _box(told: YearOverYear) -> Row:
    now, before = told.weeks[-1].now, told.weeks[-2].now
    so_far = (told.month_to_date, told.quarter_to_date, told.year_to_date)
    return (
        _name(told),
        _value(told, now),
        _change(told, now, before),
        _change(told, now, told.weeks[-1].year_before),
        *(
            cell
            for each in so_far
            for cell in (_value(told, each.now), _change(told, each.now, each.year_before))
        ),
    )


def _lines(rows: Iterable[tuple[YearOverYear, Sequence[PeriodComparison]]]) -> list[Row]:
    """Each KPI's figures, and below them those of the year before where there are any."""
    lines: list[Row] = []
    for told, spans in rows:
        lines.append((_name(told), *(_value(told, each.now) for each in spans)))
        if any(each.year_before.value is not None for each in spans):
            before = (_value(told, each.year_before) for each in spans)
            lines.append(("  " + _("year before"), *before))
    return lines


def _name(told: YearOverYear) -> str:
    name = kpi_name(told.kpi, spoken())
    if told.kpi.growth:
        name += ": " + ", ".join(_(MEASURE_LABELS.get(each, each)) for each in told.kpi.measures)
    return name if told.marketplace == ALL else f"{name} {told.marketplace}"


def _value(told: YearOverYear, reading: Reading) -> str:
    if reading.value is None:
        return "–"
    value = spoken().value(reading.value, told.base_definition.unit, told.base_definition.decimals)
    return f"{value} ½" if reading.is_partial else value


def _change(told: YearOverYear, now: Reading, before: Reading) -> str:
    """In percentage points for a percentage, in percent for everything else."""
    if now.value is None or before.value is None:
        return ""
    if told.base_definition.unit is Unit.PERCENT:
        return spoken().change(
            now.value - before.value, Unit.PERCENT, told.base_definition.decimals
        )
    if not before.value:
        return ""
    share = 100 * (now.value - before.value) / abs(before.value)
    return f"{MINUS if share < 0 else '+'}{spoken().value(abs(share), Unit.PERCENT)}"


def _fields(told: YearOverYear) -> dict[str, object]:
    return {
        "kpi": told.kpi.id,
        "name": kpi_name(told.kpi, spoken()),
        "marketplace": told.marketplace,
        "unit": told.base_definition.unit,
        "week_on_week": told.week_on_week,
        "weeks": [_span(each) for each in told.weeks],
        "months": [_span(each) for each in told.months],
        "month_to_date": _span(told.month_to_date),
        "quarter_to_date": _span(told.quarter_to_date),
        "year_to_date": _span(told.year_to_date),
    }


def _span(compared: PeriodComparison) -> dict[str, object]:
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
