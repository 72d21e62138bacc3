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
    TargetStatus.MISSING: N_("? no data"),
}
"""The status as a sign and words, because colour must not be the only cue."""


class KpiRow(Struct, frozen=True, kw_only=True):
    """One row of the scorecard as text."""

    kpi: KpiId
    marketplace: Marketplace
    name: str
    """The name of the KPI, or for a marketplace its code."""
    actual: str
    target: str
    change: str
    spark: str
    mark: str
    """How the value compares with the target."""
    signal: str
    """How the value compares with past weeks; empty if it is not unusual."""
    status: TargetStatus
    is_total: bool
    is_red: bool
    """Whether it needs an answer."""
    is_unusual: bool
    is_good: bool
    """Whether an unusual value is good news."""
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
    """Return every series of the scorecard as a row, in the order of the definitions.

    Without `every_marketplace`, a marketplace has a row only if it is red or the total has no
    value. `weeks` is the number of weeks in the sparkline; None for all.
    """
    return tuple(
        _kpi_row(series, definition, language, answered, weeks)
        for definition in scorecard.definitions
        for series in _visible_series(scorecard.of(definition.id), every_marketplace)
    )


def kpi_name(definition: KpiDefinition, language: Language) -> str:
    """Return the name of a KPI in a language."""
    return (
        definition.name_zh
        if language.tag.startswith("zh") and definition.name_zh
        else definition.name
    )


def series_name(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """Return the name of a row: the KPI, the marketplaces with a currency, or a marketplace."""
    if series.currency:
        return f"{marketplace_name(series.marketplace, language)} {series.currency}"
    if series.marketplace == ALL:
        return kpi_name(definition, language)
    return series.marketplace


def marketplace_name(marketplace: str, language: Language) -> str:
    """Return the name of a marketplace; for the whole business `total`."""
    return language.gettext(N_("total")) if marketplace == ALL else marketplace


def value_text(value: float | None, definition: KpiDefinition, language: Language) -> str:
    """Return a value of a KPI with its unit: `31.2 %`; a dash if there is none."""
    return "–" if value is None else language.value(value, definition.unit, definition.decimals)


def change_text(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """Return the change against the week before: `+4.1 pp`; empty if it is not known."""
    if series.change is None:
        return ""
    return language.change(series.change, definition.unit, definition.decimals)


def kpi_note(definition: KpiDefinition, language: Language) -> str:
    """Return the definition of a KPI in words, in a language."""
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
    reading = series.current
    return KpiRow(
        kpi=series.kpi,
        marketplace=series.marketplace,
        name=series_name(series, definition, language),
        actual=value_text(reading.value, definition, language),
        target=language.target(series.target, definition.unit) if series.target else "",
        change=change_text(series, definition, language),
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
