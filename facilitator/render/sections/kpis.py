"""The table of all KPIs, with what was said of those that are as they should be."""

from collections.abc import Iterator
from datetime import timedelta

from facilitator.domain.kpis.calculation import why_missing
from facilitator.domain.kpis.kpi import KpiDefinition
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard, TargetStatus
from facilitator.domain.meeting import Meeting
from facilitator.render.answer import answer_lines
from facilitator.render.language import Language
from facilitator.render.markdown import inline, table
from facilitator.render.sections.names import kpi_name, place_name
from facilitator.render.signal import mark


def kpi_table(meeting: Meeting, language: Language) -> str:
    """Every KPI of the week, in total and per marketplace, and the weeks that were not as usual."""
    if meeting.scorecard is None or not meeting.scorecard.series:
        return ""
    _ = language.gettext
    card = meeting.scorecard
    title = _("KPIs of the week {days}").format(days=language.days(card.week.start, card.week.end))
    head = (_("KPI"), _("Where"), _("Value"), _("Target"), _("Change"), _("Status"))
    rows = [
        _row(definition, series, is_first=place == 0, language=language)
        for definition in card.definitions
        for place, series in enumerate(card.of(definition.id))
    ]
    blocks = [f"## {title}", table(head, rows, right=(2, 3, 4))]
    remarks = [*_said(meeting, card, language), *_occasions(card, language)]
    if remarks:
        blocks.append("\n".join(remarks))
    return "\n\n".join(blocks)


def _said(meeting: Meeting, card: Scorecard, language: Language) -> Iterator[str]:
    """What was said of a KPI that had to answer for nothing."""
    red = {series.kpi for series in card.red}
    for answer in meeting.answers:
        definition = card.definition(answer.kpi)
        if definition is not None and answer.kpi not in red:
            for line in answer_lines(meeting, answer, language):
                yield f"- **{kpi_name(definition, language)}** · {inline(line)}"


def _occasions(card: Scorecard, language: Language) -> Iterator[str]:
    """The weeks that the usual ranges leave out, as far back as the table looks."""
    _ = language.gettext
    first = min(each.week_end for series in card.series for each in series.readings)
    for each in card.occasions:
        if each.last_day > first - timedelta(days=7):
            where = _(", ").join(inline(place) for place in each.marketplaces)
            yield "- " + _("Not as usual, {days} ({where}): {what}").format(
                days=language.days(each.first_day, each.last_day),
                where=where or _("total"),
                what=inline(each.what),
            )


def _row(
    definition: KpiDefinition, series: KpiSeries, *, is_first: bool, language: Language
) -> tuple[str, ...]:
    value, change, unit = series.current.value, series.change, definition.unit
    return (
        kpi_name(definition, language) if is_first else "",
        place_name(series.marketplace, language),
        "–" if value is None else language.value(value, unit, definition.decimals),
        language.target(series.target, unit) if series.target else "",
        "" if change is None else language.change(change, unit, definition.decimals),
        _status(series, language),
    )


def _status(series: KpiSeries, language: Language) -> str:
    """Against the target, and beside it against its own past."""
    unusual = series.signal is not None and series.signal.is_unusual
    marks = (_target_mark(series, language), mark(series.signal, language) if unusual else "")
    return " · ".join(filter(None, marks))


def _target_mark(series: KpiSeries, language: Language) -> str:
    _ = language.gettext
    match series.status:
        case TargetStatus.ON_TARGET:
            return _("✓ on target")
        case TargetStatus.OFF_TARGET:
            return _("▲ off target")
        case TargetStatus.NO_TARGET:
            return _("no target")
        case TargetStatus.MISSING:
            reasons = (language.said(why_missing(each)) for each in series.current.missing)
            return _("missing: {reasons}").format(reasons=inline("; ".join(reasons)))
