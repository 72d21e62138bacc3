"""The table of KPIs by marketplace, and the reallocation question drafted from it."""

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
from facilitator.render.scorecard import STATUS_MARKS, kpi_name, marketplace_name
from facilitator.render.signals import signal_explanation, signal_mark

FEE_KPIS = tuple(
    KpiId(each)
    for each in ("fba_fee_share", "referral_share", "vat_share", "storage_share", "tacos")
)
"""What a sale costs, as shares of its price; they stand together at the top."""


class MatrixCell(Struct, frozen=True, kw_only=True):
    """One figure of one marketplace."""

    value: str
    marks: str
    """The signs alone: there is no room for their words."""
    status: TargetStatus
    is_unusual: bool


class MatrixRow(Struct, frozen=True, kw_only=True):
    """One KPI in every marketplace; or a heading, which has no cells."""

    name: str
    kpi: KpiId | None = None
    cells: tuple[MatrixCell | None, ...] = ()
    """None where a marketplace has no such figure."""


class MarketplaceMatrix(Struct, frozen=True, kw_only=True):
    """The whole table."""

    places: tuple[Marketplace, ...] = ()
    """The columns: the total first."""
    rows: tuple[MatrixRow, ...] = ()


def marketplace_matrix(card: Scorecard, language: Language) -> MarketplaceMatrix:
    """The fees first, then all other KPIs that any marketplace has a figure of."""
    shops = sorted({each.marketplace for each in card.series} - {ALL})
    places = (ALL, *shops)
    told = {each.kpi for each in card.series if each.has_values}
    fees = [each for kpi in FEE_KPIS if (each := card.definition(kpi)) and kpi in told]
    others = [each for each in card.definitions if each.id in told and each not in fees]
    rows: list[MatrixRow] = []
    for heading, definitions in (
        (N_("Shares of the price"), fees),
        (N_("Everything else"), others),
    ):
        if definitions and fees:
            rows.append(MatrixRow(name=language.gettext(heading)))
        rows += [_matrix_row(card, each, places, language) for each in definitions]
    return MarketplaceMatrix(places=places, rows=tuple(rows))


def cell_details(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """What a cell has no room for: its target, its change, and why it is unusual."""
    return " · ".join(
        part
        for part in (
            f"{kpi_name(definition, language)} {marketplace_name(series.marketplace, language)}",
            _full_value(series, definition, language),
            signal_explanation(series.signal, definition, language) if series.signal else "",
            *(language.translate(why_missing(entry)) for entry in series.current.missing),
        )
        if part
    )


def draft_reallocation(card: Scorecard, language: Language) -> Decision | None:
    """The question whether to move budget or priority; None where no marketplace is off target."""
    figures = worst_series(card)
    if not figures:
        return None
    standing = best_marketplace(card)
    places = language.gettext(", ").join(dict.fromkeys(each.marketplace for each in figures))
    lines = list(_reallocation_lines(card, figures, language))
    if standing:
        lines.append(
            language.gettext(
                "Nearest to its targets: {marketplace}, off target in {missed} of {judged}."
            ).format(
                marketplace=standing.marketplace, missed=standing.missed, judged=standing.judged
            )
        )
    question = language.gettext(
        "Reallocate budget or priority between marketplaces: {places} off target"
    )
    return Decision(
        id=DecisionId("new"),
        question=question.format(places=places),
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
    value, signal = series.current.value, series.signal
    is_unusual = signal is not None and signal.is_unusual
    sign = STATUS_MARKS[series.status][:1] if series.status is TargetStatus.OFF_TARGET else ""
    return MatrixCell(
        value="–" if value is None else language.value(value, definition.unit, definition.decimals),
        marks=sign + (signal_mark(signal, language)[:1] if is_unusual else ""),
        status=series.status,
        is_unusual=is_unusual,
    )


def _reallocation_lines(
    card: Scorecard, figures: tuple[KpiSeries, ...], language: Language
) -> Iterator[str]:
    """Each KPI of these figures, in every marketplace; the targets that are missed."""
    for kpi in dict.fromkeys(each.kpi for each in figures):
        definition = card.definition(kpi)
        if definition is not None:
            told = language.gettext(", ").join(
                f"{each.marketplace} {_short_value(each, definition, language)}"
                for each in card.of(kpi)
                if each.marketplace != ALL and each.current.value is not None
            )
            name = kpi_name(definition, language)
            yield language.gettext("{name}: {text}").format(name=name, text=told)


def _short_value(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """`14.2 %`, `19.2 % ▲ (≤ 18 %)`."""
    value, target = series.current.value, series.target
    told = "" if value is None else language.value(value, definition.unit, definition.decimals)
    if series.status is not TargetStatus.OFF_TARGET or target is None:
        return told
    sign = STATUS_MARKS[TargetStatus.OFF_TARGET][:1]
    return f"{told} {sign} ({language.target(target, definition.unit)})"


def _full_value(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """`19.2 % ▲ off target (≤ 18 %), +0.4 pp`."""
    value, unit, decimals = series.current.value, definition.unit, definition.decimals
    parts = ["–" if value is None else language.value(value, unit, decimals)]
    if series.target:
        target = f"({language.target(series.target, unit)})"
        parts.append(f"{language.gettext(STATUS_MARKS[series.status])} {target}")
    if series.change is not None:
        parts.append(language.change(series.change, unit, decimals))
    return " ".join(part for part in parts if part)
