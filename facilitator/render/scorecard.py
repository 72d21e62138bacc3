"""The scorecard as rows of text: one row a KPI, and one for each marketplace that matters."""

from collections.abc import Iterator
from dataclasses import dataclass

from facilitator.domain.errors import N_
from facilitator.domain.facts import ALL, Marketplace
from facilitator.domain.kpi import KpiDefinition, KpiId
from facilitator.domain.scorecard import KpiSeries, Scorecard, Status
from facilitator.domain.scoring import why_missing
from facilitator.render.language import Language
from facilitator.render.sparkline import sparkline

MARKS = {
    Status.ON_TARGET: N_("✓ on target"),
    Status.OFF_TARGET: N_("▲ off target"),
    Status.NO_TARGET: "",
    Status.MISSING: N_("? no figure"),
}
"""The status in words: colour is never the only cue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiRow:
    """One row, ready to show."""

    kpi: KpiId
    marketplace: Marketplace
    name: str
    """The KPI's name; for a marketplace, the marketplace."""
    actual: str
    target: str
    change: str
    spark: str
    mark: str
    status: Status
    is_total: bool
    why: str = ""
    """Why there is no value."""
    cause: str = ""


def kpi_rows(
    scorecard: Scorecard,
    language: Language,
    *,
    causes: dict[tuple[KpiId, Marketplace], str] | None = None,
    every_marketplace: bool = True,
    weeks: int | None = None,
) -> tuple[KpiRow, ...]:
    """Every KPI in its fixed order.

    Without `every_marketplace` a marketplace has a row only where it is off target, or
    where the total cannot be told.
    """
    causes = causes or {}
    return tuple(
        _row(series, definition, language, causes.get((series.kpi, series.marketplace), ""), weeks)
        for definition in scorecard.definitions
        for series in _shown(scorecard.of(definition.id), every_marketplace)
    )


def kpi_name(definition: KpiDefinition, language: Language) -> str:
    """A KPI's name in a language."""
    return (
        definition.name_zh
        if language.tag.startswith("zh") and definition.name_zh
        else definition.name
    )


def place_name(marketplace: str, language: Language) -> str:
    """A marketplace as people say it; the whole business is the total."""
    return language.gettext(N_("total")) if marketplace == ALL else marketplace


def kpi_note(definition: KpiDefinition, language: Language) -> str:
    """How a KPI is counted, in words."""
    return (
        definition.note_zh
        if language.tag.startswith("zh") and definition.note_zh
        else definition.note
    )


def _shown(series: tuple[KpiSeries, ...], every_marketplace: bool) -> Iterator[KpiSeries]:
    total_is_known = any(
        each.marketplace == ALL and each.status is not Status.MISSING for each in series
    )
    for each in series:
        is_off = each.status is Status.OFF_TARGET
        if each.marketplace == ALL or every_marketplace or is_off or not total_is_known:
            yield each


def _row(
    series: KpiSeries, definition: KpiDefinition, language: Language, cause: str, weeks: int | None
) -> KpiRow:
    reading, unit, decimals = series.current, definition.unit, definition.decimals
    is_total = series.marketplace == ALL
    return KpiRow(
        kpi=series.kpi,
        marketplace=series.marketplace,
        name=kpi_name(definition, language) if is_total else series.marketplace,
        actual="–" if reading.value is None else language.value(reading.value, unit, decimals),
        target=language.target(series.target, unit) if series.target else "",
        change="" if series.change is None else language.change(series.change, unit, decimals),
        spark=sparkline([each.value for each in series.readings], weeks),
        mark=language.gettext(MARKS[series.status]),
        status=series.status,
        is_total=is_total,
        why=", ".join(language.said(why_missing(entry)) for entry in reading.missing),
        cause=cause,
    )
