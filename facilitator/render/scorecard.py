"""The scorecard as rows of text, and the names of KPIs and marketplaces."""

from collections.abc import Container, Iterator

from msgspec import Struct

from facilitator.domain.errors import N_
from facilitator.domain.kpis.calculation import why_missing
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard, TargetStatus
from facilitator.render.language import Language
from facilitator.render.signals import signal_mark
from facilitator.render.sparkline import sparkline

STATUS_MARKS = {
    TargetStatus.ON_TARGET: N_("✓ on target"),
    TargetStatus.OFF_TARGET: N_("▲ off target"),
    TargetStatus.NO_TARGET: "",
    TargetStatus.MISSING: N_("? no figure"),
}
"""The status in words: colour is never the only cue."""


class KpiRow(Struct, frozen=True, kw_only=True):
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
    """Against the target."""
    signal: str
    """Against its own past; empty where it is as usual."""
    status: TargetStatus
    is_total: bool
    is_red: bool
    """Whether it has to answer for itself."""
    is_unusual: bool
    is_good: bool
    """Whether what is unusual is good news."""
    is_answered: bool
    why: str = ""
    """Why there is no value."""


def kpi_rows(
    scorecard: Scorecard,
    language: Language,
    *,
    answered: Container[tuple[KpiId, Marketplace]] = (),
    every_marketplace: bool = True,
    weeks: int | None = None,
) -> tuple[KpiRow, ...]:
    """Every KPI in its fixed order.

    Without `every_marketplace` a marketplace has a row only where it is red, or where the
    total cannot be told. `weeks` is how many of them the line has room for.
    """
    return tuple(
        _kpi_row(series, definition, language, answered, weeks)
        for definition in scorecard.definitions
        for series in _visible_series(scorecard.of(definition.id), every_marketplace)
    )


def kpi_name(definition: KpiDefinition, language: Language) -> str:
    """A KPI's name in a language."""
    return (
        definition.name_zh
        if language.tag.startswith("zh") and definition.name_zh
        else definition.name
    )


def series_name(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """What a row is of: the KPI as a whole, the shops with one currency, or one shop."""
    if series.currency:
        return f"{marketplace_name(series.marketplace, language)} {series.currency}"
    if series.marketplace == ALL:
        return kpi_name(definition, language)
    return series.marketplace


def marketplace_name(marketplace: str, language: Language) -> str:
    """A marketplace as people say it; the whole business is the total."""
    return language.gettext(N_("total")) if marketplace == ALL else marketplace


def kpi_note(definition: KpiDefinition, language: Language) -> str:
    """How a KPI is counted, in words."""
    return (
        definition.note_zh
        if language.tag.startswith("zh") and definition.note_zh
        else definition.note
    )


def _visible_series(series: tuple[KpiSeries, ...], every_marketplace: bool) -> Iterator[KpiSeries]:
    total_is_known = any(
        each.marketplace == ALL and each.status is not TargetStatus.MISSING for each in series
    )
    for each in series:
        if each.marketplace == ALL or every_marketplace or each.is_red or not total_is_known:
            yield each


def _kpi_row(
    series: KpiSeries,
    definition: KpiDefinition,
    language: Language,
    answered: Container[tuple[KpiId, Marketplace]],
    weeks: int | None,
) -> KpiRow:
    reading, unit, decimals = series.current, definition.unit, definition.decimals
    return KpiRow(
        kpi=series.kpi,
        marketplace=series.marketplace,
        name=series_name(series, definition, language),
        actual="–" if reading.value is None else language.value(reading.value, unit, decimals),
        target=language.target(series.target, unit) if series.target else "",
        change="" if series.change is None else language.change(series.change, unit, decimals),
        spark=sparkline([each.value for each in series.readings], weeks),
        mark=language.gettext(STATUS_MARKS[series.status]),
        signal=signal_mark(series.signal, language),
        status=series.status,
        is_total=series.marketplace == ALL and not series.currency,
        is_red=series.is_red,
        is_unusual=bool(series.signal and series.signal.is_unusual),
        is_good=bool(series.signal and series.signal.is_good),
        is_answered=(series.kpi, series.marketplace) in answered,
        why=", ".join(language.translate(why_missing(entry)) for entry in reading.missing),
    )
