"""The KPIs: first those off target with their causes, later the whole table."""

from collections.abc import Iterator

from facilitator.domain.kpi import KpiDefinition
from facilitator.domain.meeting import Meeting
from facilitator.domain.scorecard import KpiSeries, Scorecard, Status
from facilitator.domain.scoring import why_missing
from facilitator.render.language import Language
from facilitator.render.markdown import inline, table
from facilitator.render.sections.names import kpi_name, person_name, place_name


def off_target(meeting: Meeting, language: Language) -> str:
    """The KPIs that miss their target, each with what was said about it."""
    if meeting.scorecard is None or not meeting.scorecard.off_target:
        return ""
    lines = [
        line
        for definition in meeting.scorecard.definitions
        for line in _miss(meeting, meeting.scorecard, definition, language)
    ]
    return "## " + language.gettext("KPIs off target") + "\n\n" + "\n".join(lines)


def kpi_table(meeting: Meeting, language: Language) -> str:
    """Every KPI of the week, in total and per marketplace, and what was said of the others."""
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
    missed = {series.kpi for series in card.off_target}
    remarks = [
        f"- **{kpi_name(definition, language)}** · {cause}"
        for definition in card.definitions
        if definition.id not in missed
        for cause in _causes(meeting, definition, language)
    ]
    if remarks:
        blocks.append("\n".join(remarks))
    return "\n\n".join(blocks)


def _miss(
    meeting: Meeting, card: Scorecard, definition: KpiDefinition, language: Language
) -> Iterator[str]:
    _ = language.gettext
    missed = [each for each in card.of(definition.id) if each.status is Status.OFF_TARGET]
    if not missed:
        return
    figures = ", ".join(_figure(definition, each, language) for each in missed)
    owner = dict(card.owners).get(definition.id)
    who = f" · {person_name(meeting, owner)}" if owner else ""
    yield f"- **{kpi_name(definition, language)}** · {figures}{who}"
    causes = tuple(_causes(meeting, definition, language))
    yield from (f"  - {cause}" for cause in causes or (_("No cause given"),))


def _causes(meeting: Meeting, definition: KpiDefinition, language: Language) -> Iterator[str]:
    _ = language.gettext
    for cause in meeting.causes:
        if cause.kpi == definition.id:
            yield _("Cause ({where}): {text}").format(
                where=place_name(cause.marketplace, language), text=inline(cause.text)
            )


def _figure(definition: KpiDefinition, series: KpiSeries, language: Language) -> str:
    """`DE 35.1 % (target ≤ 25 %, +4.1 pp)`."""
    value = series.current.value
    if value is None or series.target is None:
        return ""
    told = language.gettext("target {target}").format(
        target=language.target(series.target, definition.unit)
    )
    if series.change is not None:
        told = f"{told}, {language.change(series.change, definition.unit, definition.decimals)}"
    number = language.value(value, definition.unit, definition.decimals)
    return f"{place_name(series.marketplace, language)} {number} ({told})"


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
    _ = language.gettext
    match series.status:
        case Status.ON_TARGET:
            return _("✓ on target")
        case Status.OFF_TARGET:
            return _("▲ off target")
        case Status.NO_TARGET:
            return _("no target")
        case Status.MISSING:
            reasons = (language.said(why_missing(each)) for each in series.current.missing)
            return _("missing: {reasons}").format(reasons=inline("; ".join(reasons)))
