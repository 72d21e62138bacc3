"""The marketplaces side by side: KPIs by rows, shops by columns, and the question they raise."""

from collections.abc import Iterator
from dataclasses import dataclass

from facilitator.domain.decision import Decision, DecisionId
from facilitator.domain.errors import N_
from facilitator.domain.kpis.calculation import why_missing
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId
from facilitator.domain.kpis.marketplace_ranking import best_marketplace, worst_series
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard, TargetStatus
from facilitator.render.language import Language
from facilitator.render.scorecard import MARKS, kpi_name, place_name
from facilitator.render.signal import mark, why

FEES = tuple(
    KpiId(each)
    for each in ("fba_fee_share", "referral_share", "vat_share", "storage_share", "tacos")
)
"""What a sale costs, as shares of its price; they stand together at the top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure of one marketplace."""

    value: str
    marks: str
    """The signs alone: there is no room for their words."""
    status: TargetStatus
    is_unusual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One KPI in every marketplace; or a heading, which has no cells."""

    name: str
    kpi: KpiId | None = None
    cells: tuple[Cell | None, ...] = ()
    """None where a marketplace has no such figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The whole table."""

    places: tuple[Marketplace, ...] = ()
    """The columns: the total first."""
    rows: tuple[MatrixRow, ...] = ()


def matrix(card: Scorecard, language: Language) -> Matrix:
    """The fees first, then all other KPIs that any marketplace has a figure of."""
    shops = sorted({each.marketplace for each in card.series} - {ALL})
    places = (ALL, *shops)
    told = {each.kpi for each in card.series if each.has_values}
    fees = [each for kpi in FEES if (each := card.definition(kpi)) and kpi in told]
    others = [each for each in card.definitions if each.id in told and each not in fees]
    rows: list[MatrixRow] = []
    for heading, definitions in (
        (N_("Shares of the price"), fees),
        (N_("Everything else"), others),
    ):
        if definitions and fees:
            rows.append(MatrixRow(name=language.gettext(heading)))
        rows += [_row(card, each, places, language) for each in definitions]
    return Matrix(places=places, rows=tuple(rows))


def cell_line(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """What a cell has no room for: its target, its change, and why it is unusual."""
    return " · ".join(
        part
        for part in (
            f"{kpi_name(definition, language)} {place_name(series.marketplace, language)}",
            _figure(series, definition, language),
            why(series.signal, definition, language) if series.signal else "",
            *(language.said(why_missing(entry)) for entry in series.current.missing),
        )
        if part
    )


def reallocation(card: Scorecard, language: Language) -> Decision | None:
    """The question whether to move budget or priority; None where no marketplace is off target."""
    figures = worst_series(card)
    if not figures:
        return None
    standing = best_marketplace(card)
    places = language.gettext(", ").join(dict.fromkeys(each.marketplace for each in figures))
    lines = list(_rows_of(card, figures, language))
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


def _row(
    card: Scorecard, definition: KpiDefinition, places: tuple[Marketplace, ...], language: Language
) -> MatrixRow:
    by_place = {each.marketplace: each for each in reversed(card.of(definition.id))}
    return MatrixRow(
        name=kpi_name(definition, language),
        kpi=definition.id,
        cells=tuple(
            _cell(by_place[place], definition, language) if place in by_place else None
            for place in places
        ),
    )


def _cell(series: KpiSeries, definition: KpiDefinition, language: Language) -> Cell:
    value, signal = series.current.value, series.signal
    is_unusual = signal is not None and signal.is_unusual
    sign = MARKS[series.status][:1] if series.status is TargetStatus.OFF_TARGET else ""
    return Cell(
        value="–" if value is None else language.value(value, definition.unit, definition.decimals),
        marks=sign + (mark(signal, language)[:1] if is_unusual else ""),
        status=series.status,
        is_unusual=is_unusual,
    )


def _rows_of(card: Scorecard, figures: tuple[KpiSeries, ...], language: Language) -> Iterator[str]:
    """Each KPI of these figures, in every marketplace; the targets that are missed."""
    for kpi in dict.fromkeys(each.kpi for each in figures):
        definition = card.definition(kpi)
        if definition is not None:
            told = language.gettext(", ").join(
                f"{each.marketplace} {_short(each, definition, language)}"
                for each in card.of(kpi)
                if each.marketplace != ALL and each.current.value is not None
            )
            name = kpi_name(definition, language)
            yield language.gettext("{name}: {text}").format(name=name, text=told)


def _short(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """`14.2 %`, `19.2 % ▲ (≤ 18 %)`."""
    value, target = series.current.value, series.target
    told = "" if value is None else language.value(value, definition.unit, definition.decimals)
    if series.status is not TargetStatus.OFF_TARGET or target is None:
        return told
    sign = MARKS[TargetStatus.OFF_TARGET][:1]
    return f"{told} {sign} ({language.target(target, definition.unit)})"


def _figure(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """`19.2 % ▲ off target (≤ 18 %), +0.4 pp`."""
    value, unit, decimals = series.current.value, definition.unit, definition.decimals
    parts = ["–" if value is None else language.value(value, unit, decimals)]
    if series.target:
        target = f"({language.target(series.target, unit)})"
        parts.append(f"{language.gettext(MARKS[series.status])} {target}")
    if series.change is not None:
        parts.append(language.change(series.change, unit, decimals))
    return " ".join(part for part in parts if part)
