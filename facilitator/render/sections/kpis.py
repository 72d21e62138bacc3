"""Minutes sections: answers for KPIs off target, agreed definitions, and the KPI table."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from facilitator.domain.kpi_answer import Verdict
from facilitator.domain.kpi_gate import is_off_target
from facilitator.domain.kpis.calculation import why_missing
from facilitator.domain.kpis.kpi import KpiDefinition
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard, TargetStatus
from facilitator.domain.meeting import Meeting
from facilitator.render.kpi_answers import answer_lines, value_with_marks
from facilitator.render.language import Language
from facilitator.render.markdown import inline, table
from facilitator.render.scorecard import (
    STATUS_MARKS,
    change_text,
    coverage_mark,
    division_by_zero,
    series_value,
    window_mark,
)
from facilitator.render.sections.labels import kpi_label, marketplace_label, person_label
from facilitator.render.signals import signal_explanation, signal_mark


def kpi_answers(meeting: Meeting, language: Language) -> str:
    """Return the KPIs off target or unusual with their answers, without those passed as normal."""
    if meeting.scorecard is None:
        return ""
    card = meeting.scorecard
    lines = [
        line
        for definition in _definitions_of(card, card.red)
        for line in _answer_section(meeting, card, definition, language)
    ]
    title = "## " + language.gettext("KPIs off target or unusual")
    return f"{title}\n\n" + "\n".join(lines) if lines else ""


def _definitions_of(card: Scorecard, series: Iterable[KpiSeries]) -> tuple[KpiDefinition, ...]:
    """Return the definition of each KPI once, in the order of the series."""
    kpis = dict.fromkeys(each.kpi for each in series)
    return tuple(known for kpi in kpis if (known := card.definition(kpi)) is not None)


def _answer_section(
    meeting: Meeting, card: Scorecard, definition: KpiDefinition, language: Language
) -> Iterator[str]:
    red = [each for each in card.red if each.kpi == definition.id]
    answers = [each for each in meeting.answers if each.kpi == definition.id]
    is_passed = any(each.verdict is Verdict.NORMAL for each in answers)
    if is_passed and not is_off_target(meeting, definition.id):
        return
    yield _kpi_line(meeting, definition, red, language)
    for series in red:
        if series.signal is not None and series.signal.is_unusual:
            where = marketplace_label(series.marketplace, language)
            explanation = inline(signal_explanation(series, definition, language))
            yield "  - " + language.gettext("{name}: {text}").format(name=where, text=explanation)
    for answer in answers:
        yield from (f"  - {inline(line)}" for line in answer_lines(meeting, answer, language))
    if not answers:
        yield "  - " + language.gettext("**Still open:** no answer yet")


def kpis_to_discuss(meeting: Meeting, language: Language) -> str:
    """Return the KPIs that need an answer, and those of exports that are not weekly."""
    card = meeting.scorecard
    if card is None:
        return ""
    shown = [*card.red, *(each for each in card.series if each.window_reading)]
    lines = [
        _kpi_line(meeting, known, [each for each in shown if each.kpi == known.id], language)
        for known in _definitions_of(card, shown)
    ]
    title = "## " + language.gettext("KPIs to discuss")
    return f"{title}\n\n" + "\n".join(lines) if lines else ""


def _kpi_line(
    meeting: Meeting, definition: KpiDefinition, shown: Sequence[KpiSeries], language: Language
) -> str:
    """Return the values of a KPI in a line, with who is responsible for it."""
    values = (
        marketplace_label(each.marketplace, language)
        + " "
        + value_with_marks(definition, each, language)
        for each in shown
    )
    parts = [f"- **{kpi_label(definition, language)}**", language.gettext(", ").join(values)]
    owners = dict(meeting.scorecard.owners) if meeting.scorecard else {}
    if owner := owners.get(definition.id):
        parts.append(person_label(meeting, owner))
    return " · ".join(parts)


def agreed_definitions(meeting: Meeting, language: Language) -> str:
    """Return the definitions agreed today; earlier ones are in the section of sources."""
    lines = []
    for agreed in meeting.definitions:
        known = meeting.definition(agreed.kpi)
        name = kpi_label(known, language) if known else inline(agreed.kpi)
        if agreed.agreed_on == meeting.date:
            lines.append(f"- **{name}** · {inline(agreed.text)}")
    title = "## " + language.gettext("Agreed definitions")
    return title + "\n\n" + "\n".join(lines) if lines else ""


def kpi_table(meeting: Meeting, language: Language) -> str:
    """Return the table of all KPIs by marketplace, then other answers and occasions."""
    if meeting.scorecard is None or not meeting.scorecard.series:
        return ""
    _ = language.gettext
    card = meeting.scorecard
    title = _("KPIs of the week {days}").format(days=language.days(card.week.start, card.week.end))
    head = (_("KPI"), _("Marketplace"), _("Value"), _("Target"), _("Change"), _("Status"))
    rows = [
        _kpi_row(definition, series, is_first=index == 0, language=language)
        for definition in card.definitions
        for index, series in enumerate(card.of(definition.id))
    ]
    blocks = [f"## {title}", table(head, rows, right=(2, 3, 4))]
    remarks = [*_other_answers(meeting, card, language), *_occasion_lines(card, language)]
    if remarks:
        blocks.append("\n".join(remarks))
    return "\n\n".join(blocks)


def _other_answers(meeting: Meeting, card: Scorecard, language: Language) -> Iterator[str]:
    """Yield the answers for KPIs that needed none."""
    red = {series.kpi for series in card.red}
    for answer in meeting.answers:
        definition = card.definition(answer.kpi)
        if definition is not None and answer.kpi not in red:
            for line in answer_lines(meeting, answer, language):
                yield f"- **{kpi_label(definition, language)}** · {inline(line)}"


def _occasion_lines(card: Scorecard, language: Language) -> Iterator[str]:
    """Yield the occasions of the weeks shown in the table."""
    _ = language.gettext
    first = min(each.week_end for series in card.series for each in series.readings)
    for each in card.occasions:
        if each.last_day > first - timedelta(days=7):
            where = _(", ").join(inline(place) for place in each.marketplaces)
            yield "- " + _("Exceptional days, {days} ({where}): {what}").format(
                days=language.days(each.first_day, each.last_day),
                where=where or _("total"),
                what=inline(each.what),
            )


def _kpi_row(
    definition: KpiDefinition, series: KpiSeries, *, is_first: bool, language: Language
) -> tuple[str, ...]:
    return (
        kpi_label(definition, language) if is_first else "",
        marketplace_label(series.marketplace, language),
        series_value(series, definition, language),
        language.target(series.target, definition.unit) if series.target else "",
        change_text(series, definition, language),
        _status_text(series, definition, language),
    )


def _status_text(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """Return how a value compares with its target and with past weeks."""
    unusual = series.signal is not None and series.signal.is_unusual
    is_worst = series.current.is_worse_than_any_target
    marks = (
        _target_mark(series, language),
        inline(language.translate(division_by_zero(series.current, definition)))
        if is_worst
        else "",
        signal_mark(series.signal, language) if unusual else "",
        coverage_mark(series.current, language),
    )
    return " · ".join(filter(None, marks))


def _target_mark(series: KpiSeries, language: Language) -> str:
    _ = language.gettext
    match series.status:
        case TargetStatus.ON_TARGET | TargetStatus.OFF_TARGET:
            return _(STATUS_MARKS[series.status])
        case TargetStatus.NO_TARGET:
            return _("no target")
        case TargetStatus.MISSING if series.window_reading is not None:
            return window_mark(series.window_reading, language)
        case TargetStatus.MISSING if series.current.is_nothing_to_count:
            return _("nothing to count")
        case TargetStatus.MISSING:
            reasons = (language.translate(why_missing(each)) for each in series.current.missing)
            return _("missing: {reasons}").format(reasons=inline("; ".join(reasons)))
