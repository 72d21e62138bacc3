"""What there is to see of a KPI at one moment of the meeting, and its parts as they are shown."""

from dataclasses import dataclass

from rich.console import RenderableType
from textual.content import Content

from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import AgreedDefinition, KpiDefinition, Week
from facilitator.domain.kpis.scorecard import KpiSeries, PastValue, Reading, Scorecard
from facilitator.render.kpi_details import agreed_definition_line, formula_text, source_line
from facilitator.render.language import _, current_language
from facilitator.render.scorecard import kpi_note, kpi_rows, marketplace_name
from facilitator.tui.widgets.grid import grid
from facilitator.tui.widgets.kpi_panel import status_text


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiSight:
    """All that the view shows of a KPI at one moment of the meeting."""

    scorecard: Scorecard
    definition: KpiDefinition
    series: KpiSeries
    """The one looked at, among those of its KPI."""
    owner: str = ""
    past: PastValue | None = None
    """As the last meeting saw it."""
    agreed: AgreedDefinition | None = None
    """What it means, where the room agreed on that."""
    said: tuple[str, ...] = ()
    """What the room said of it, a line each."""


def marketplaces_of(sight: KpiSight) -> RenderableType:
    """Its marketplaces side by side."""
    language = current_language()
    rows = [
        (
            marketplace_name(ALL, language) if row.is_total else row.name,
            row.actual,
            row.target,
            row.change,
            status_text(row),
        )
        for row in kpi_rows(sight.scorecard, language)
        if row.kpi == sight.definition.id
    ]
    return grid(rows, right=(1, 2, 3))


def definition_of(sight: KpiSight) -> Content:
    """How it is counted, what was agreed on that, and who answers for it."""
    language, definition = current_language(), sight.definition
    lines = [kpi_note(definition, language), formula_text(definition, language)]
    if sight.agreed:
        lines.append(agreed_definition_line(sight.agreed, language))
    if sight.owner:
        lines.append(_("Answers for it: {name}").format(name=sight.owner))
    if sight.past and sight.past.value is not None:
        value = language.value(sight.past.value, definition.unit, definition.decimals)
        day = language.day(sight.past.week_end)
        lines.append(_("At the last meeting: {value}, week to {day}").format(value=value, day=day))
    return Content("\n".join(line for line in lines if line))


def sources_of(sight: KpiSight, reading: Reading) -> Content:
    """The files that tell of the days of a reading, and where figures are lacking."""
    language, card = current_language(), sight.scorecard
    spans = sight.definition.spans(Week(end=reading.week_end))
    files = (card.source(file) for file in sight.series.sources)
    lines = [
        source_line(file, language)
        for file in files
        if file and any(file.is_about(span.start, span.end) for span in spans)
    ]
    lines += [
        f"? {row.name}: {row.why}"
        for row in kpi_rows(card, language)
        if row.kpi == sight.definition.id and row.why
    ]
    return Content("\n".join(lines))
