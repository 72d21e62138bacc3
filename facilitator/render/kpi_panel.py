"""The rows of the KPI panel: concerns first, the most urgent on top, then the rest by group."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.errors import N_
from facilitator.domain.kpi_gate import concerns, is_answered
from facilitator.domain.kpis.concerns import Concern
from facilitator.domain.kpis.facts import ALL, Currency, Marketplace
from facilitator.domain.kpis.kpi import KPI_GROUPS, KpiDefinition, KpiId
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard, TargetStatus
from facilitator.domain.meeting import Meeting
from facilitator.render.language import Language
from facilitator.render.scorecard import KpiRow, kpi_row

FOLDED, UNFOLDED = "▸", "▾"


class Heading(Struct, frozen=True, kw_only=True):
    """A row without a KPI: the name of a group, or what is folded."""

    text: str
    detail: str = ""
    is_fold: bool = False
    """Whether it opens and closes the rows below it."""


PanelRow = KpiRow | Heading
SeriesKey = tuple[KpiId, Marketplace, Currency | None]


def panel_rows(
    meeting: Meeting, language: Language, *, is_open: bool, weeks: int
) -> tuple[PanelRow, ...]:
    """Return the concerns, then in one row what is folded; if `is_open`, the rest by group.

    Without any concern nothing is folded.

    `weeks` is the number of weeks in the sparklines.
    """
    card = meeting.scorecard
    if card is None:
        return ()
    rows: list[PanelRow] = []
    shown: set[SeriesKey] = set()
    found = concerns(meeting)
    for concern in found:
        lines = tuple(_shown_series(card, concern))
        shown.update(map(_key, lines))
        rows += _concern_rows(card, concern, lines, is_answered(meeting, concern), language, weeks)
    concerned = {kpi for concern in found for kpi in concern.kpis}
    rest = [each for each in card.definitions if each.id not in concerned]
    if found and (rest or len(shown) < len(card.series)):
        rows.append(_fold(card, rest, language, is_open=is_open))
    if is_open or not found:
        rows += _rest_rows(card, shown, language, weeks)
    return tuple(rows)


def _shown_series(card: Scorecard, concern: Concern) -> Iterator[KpiSeries]:
    """Yield the rows of a concern: its KPI in the total and marketplaces; one for a linked KPI."""
    lead = concern.lead.kpi
    of_lead = [each for each in concern.series if each.kpi == lead]
    if not any(each.is_total for each in of_lead) and len(of_lead) > 1:
        of_lead = [each for each in (card.one(lead, ALL),) if each and _has_value(each)] + of_lead
    order = {id(each): place for place, each in enumerate(card.of(lead))}
    of_lead.sort(key=lambda each: order.get(id(each), 0))
    yield from (each for each in of_lead if not _is_sum_of_one(card, each, of_lead))
    for kpi in concern.kpis[1:]:
        yield next(each for each in concern.series if each.kpi == kpi)


def _is_sum_of_one(card: Scorecard, total: KpiSeries, shown: Sequence[KpiSeries]) -> bool:
    """Return whether a total only repeats the one marketplace that it sums, shown beside it."""
    if total.marketplace != ALL:
        return False
    shops = [e for e in card.of(total.kpi) if e.marketplace != ALL and _has_value(e)]
    return len(shops) == 1 and shops[0] in shown and shops[0].current == total.current


def _concern_rows(
    card: Scorecard,
    concern: Concern,
    lines: Sequence[KpiSeries],
    answered: bool,
    language: Language,
    weeks: int,
) -> Iterator[KpiRow]:
    for place, series in enumerate(lines):
        definition = card.definition(series.kpi)
        if definition is None:
            continue
        row = replace(
            kpi_row(series, definition, language, weeks),
            is_lead=place == 0,
            needs_answer=concern.needs_answer,
            is_answered=answered,
        )
        if series.kpi != concern.lead.kpi:
            row = replace(row, name=row.full_name, is_linked=True, is_total=False)
        elif place == 0:
            row = replace(row, name=row.full_name, is_total=True)
        yield row


def _fold(
    card: Scorecard, rest: Sequence[KpiDefinition], language: Language, *, is_open: bool
) -> Heading:
    """Return the row that says what is folded: `▸ 11 on target`, and how many have no figure."""
    known = [each for each in rest if any(map(_has_value, card.of(each.id)))]
    on_target = [each for each in known if _has_status(card, each.id, TargetStatus.ON_TARGET)]
    counts = (
        (N_("{count} on target"), len(on_target)),
        (N_("{count} without a target"), len(known) - len(on_target)),
        (N_("{count} without a figure"), len(rest) - len(known)),
    )
    texts = [language.gettext(text).format(count=count) for text, count in counts if count]
    text, *details = texts or [language.gettext(N_("other marketplaces"))]
    return Heading(
        text=f"{UNFOLDED if is_open else FOLDED} {text}",
        detail=" · ".join(details),
        is_fold=True,
    )


def _rest_rows(
    card: Scorecard, shown: set[SeriesKey], language: Language, weeks: int
) -> Iterator[PanelRow]:
    """Yield all that is not shown yet, under the names of the groups."""
    for group in KPI_GROUPS:
        rows = [
            row
            for definition in card.definitions
            if definition.group == group
            for row in _rows_of_rest(card, definition, shown, language, weeks)
        ]
        if rows:
            yield Heading(text=language.gettext(group).upper())
            yield from rows


def _rows_of_rest(
    card: Scorecard,
    definition: KpiDefinition,
    shown: set[SeriesKey],
    language: Language,
    weeks: int,
) -> Iterator[KpiRow]:
    all_of_it = card.of(definition.id)
    rest = [
        each
        for each in all_of_it
        if _key(each) not in shown and not _is_sum_of_one(card, each, all_of_it)
    ]
    # What has no figure comes last, with the reason.
    rest.sort(key=lambda each: each.marketplace != ALL and not _has_value(each))
    for place, series in enumerate(rest):
        row = kpi_row(series, definition, language, weeks)
        if place == 0:
            row = replace(row, name=row.full_name, is_total=True)
        yield row


def _key(series: KpiSeries) -> SeriesKey:
    return series.kpi, series.marketplace, series.currency


def _has_value(series: KpiSeries) -> bool:
    return series.status is not TargetStatus.MISSING or series.window_reading is not None


def _has_status(card: Scorecard, kpi: KpiId, status: TargetStatus) -> bool:
    return any(each.status is status for each in card.of(kpi))
