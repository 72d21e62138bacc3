"""The table of KPIs by marketplace, and the draft of a reallocation question."""

from collections.abc import Iterator

from msgspec import Struct

from facilitator.domain.decision import Decision, DecisionId
from facilitator.domain.errors import N_
from facilitator.domain.kpis.calculation import why_missing
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId
from facilitator.domain.kpis.marketplace_ranking import best_marketplace, worst_series
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard, TargetStatus
from facilitator.render.language import Language
from facilitator.render.scorecard import (
    STATUS_MARKS,
    change_text,
    coverage_mark,
    division_by_zero,
    kpi_name,
    marketplace_name,
    reading_text,
)
from facilitator.render.signals import room_sentence, signal_mark

FEE_KPIS = tuple(
    KpiId(each)
    for each in ("fba_fee_share", "referral_share", "vat_share", "storage_share", "tacos")
)
"""The costs of a sale, as percentages of its price; they are shown first."""


class MatrixCell(Struct, frozen=True, kw_only=True):
    """The value of a KPI in a marketplace."""

    value: str
    marks: str
    """The signs of the marks, without their words, to save space."""
    status: TargetStatus
    is_unusual: bool


class MatrixRow(Struct, frozen=True, kw_only=True):
    """One KPI in every marketplace; or a heading, which has no cells."""

    name: str
    kpi: KpiId | None = None
    cells: tuple[MatrixCell | None, ...] = ()
    """None for a marketplace without this KPI."""


class MarketplaceMatrix(Struct, frozen=True, kw_only=True):
    """The table of all KPIs by marketplace."""

    places: tuple[Marketplace, ...] = ()
    """The columns, the total first."""
    rows: tuple[MatrixRow, ...] = ()


def marketplace_matrix(card: Scorecard, language: Language) -> MarketplaceMatrix:
    """Return the table: the fees first, then all other KPIs that have a value."""
    marketplaces = sorted({each.marketplace for each in card.series} - {ALL})
    places = (ALL, *marketplaces)
    with_values = {each.kpi for each in card.series if each.has_values}
    fees = [each for kpi in FEE_KPIS if (each := card.definition(kpi)) and kpi in with_values]
    others = [each for each in card.definitions if each.id in with_values and each not in fees]
    rows: list[MatrixRow] = []
    for heading, definitions in (
        (N_("As a share of the price"), fees),
        (N_("Other KPIs"), others),
    ):
        if definitions and fees:
            rows.append(MatrixRow(name=language.gettext(heading)))
        rows += [_matrix_row(card, each, places, language) for each in definitions]
    return MarketplaceMatrix(places=places, rows=tuple(rows))


def cell_details(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """Return a cell in words: its value, target and change, and why it is unusual."""
    return " · ".join(
        part
        for part in (
            f"{kpi_name(definition, language)} {marketplace_name(series.marketplace, language)}",
            _full_value(series, definition, language),
            room_sentence(series, definition, language),
            language.translate(division_by_zero(series.current, definition))
            if series.current.is_worse_than_any_target
            else "",
            coverage_mark(series.current, language),
            *(language.translate(why_missing(entry)) for entry in series.current.missing),
        )
        if part
    )


def draft_reallocation(card: Scorecard, language: Language) -> Decision | None:
    """Return a question whether to reallocate budget; None if no marketplace is off target."""
    worst = worst_series(card)
    if not worst:
        return None
    best = best_marketplace(card)
    names = language.gettext(", ").join(dict.fromkeys(each.marketplace for each in worst))
    lines = list(_reallocation_lines(card, worst, language))
    if best:
        lines.append(
            language.gettext(
                "Closest to its targets: {marketplace}, off target in {missed} of {judged} KPIs."
            ).format(marketplace=best.marketplace, missed=best.missed, judged=best.judged)
        )
    question = language.gettext(
        "Reallocate budget or priority between marketplaces: {places} off target"
    )
    return Decision(
        id=DecisionId("new"),
        question=question.format(places=names),
        background="\n".join(lines),
    )


def _matrix_row(
    card: Scorecard, definition: KpiDefinition, places: tuple[Marketplace, ...], language: Language
) -> MatrixRow:
    by_place = {each.marketplace: each for each in reversed(card.of(definition.id))}
    return MatrixRow(
        name=kpi_name(definition, language),
        kpi=definition.id,
        cells=tuple(
            _matrix_cell(by_place[place], definition, language) if place in by_place else None
            for place in places
        ),
    )


def _matrix_cell(series: KpiSeries, definition: KpiDefinition, language: Language) -> MatrixCell:
    signal = series.signal
    is_unusual = signal is not None and signal.is_unusual
    sign = STATUS_MARKS[series.status][:1] if series.status is TargetStatus.OFF_TARGET else ""
    return MatrixCell(
        value=reading_text(series.current, definition, language),
        marks=sign
        + (signal_mark(signal, language)[:1] if is_unusual else "")
        + coverage_mark(series.current, language)[:1],
        status=series.status,
        is_unusual=is_unusual,
    )


def _reallocation_lines(
    card: Scorecard, worst: tuple[KpiSeries, ...], language: Language
) -> Iterator[str]:
    """Yield each KPI of the series with its values in all marketplaces."""
    for kpi in dict.fromkeys(each.kpi for each in worst):
        definition = card.definition(kpi)
        if definition is not None:
            values = language.gettext(", ").join(
                f"{each.marketplace} {_short_value(each, definition, language)}"
                for each in card.of(kpi)
                if each.marketplace != ALL and each.current.is_known
            )
            name = kpi_name(definition, language)
            yield language.gettext("{name}: {text}").format(name=name, text=values)


def _short_value(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """Return a value, with its target if it is missed: `14.2 %`, `19.2 % ▲ (≤ 18 %)`."""
    text = reading_text(series.current, definition, language)
    if series.status is not TargetStatus.OFF_TARGET or series.target is None:
        return text
    sign = STATUS_MARKS[TargetStatus.OFF_TARGET][:1]
    return f"{text} {sign} ({language.target(series.target, definition.unit)})"


def _full_value(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """Return a value with target and change: `19.2 % ▲ off target (≤ 18 %), +0.4 pp`."""
    parts = [reading_text(series.current, definition, language)]
    if series.target:
        target = f"({language.target(series.target, definition.unit)})"
        parts.append(f"{language.gettext(STATUS_MARKS[series.status])} {target}")
    if series.change is not None:
        parts.append(change_text(series, definition, language))
    return " ".join(part for part in parts if part)
