"""Minutes section: all KPIs of the week by marketplace, and what the table cannot show."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from facilitator.domain.kpis.calculation import why_missing
from facilitator.domain.kpis.facts import ALL, Currency, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard, TargetStatus
from facilitator.domain.meeting import Meeting
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
from facilitator.render.sections.labels import kpi_label, marketplace_label
from facilitator.render.signals import signal_mark

_Column = tuple[Marketplace, Currency | None]


def kpi_table(meeting: Meeting, language: Language) -> str:
    """Return the table of all KPIs with a value, a legend of its signs, and remarks."""
    card = meeting.scorecard
    if card is None or not card.series:
        return ""
    _ = language.gettext
    title = _("KPIs of the week {days}").format(days=language.days(card.week.start, card.week.end))
    columns = _columns(card)
    names = (_column_name(each, language) for each in columns)
    rows = [_row(each, card, columns, language) for each in card.definitions if card.of(each.id)]
    blocks = [
        f"### {title}",
        table((_("KPI"), _("Target"), *names), rows, right=range(1, len(columns) + 1)),
        "\n".join(
            (
                *_legend(card, language),
                *_no_value_lines(card, language),
                *_occasion_lines(card, language),
            )
        ),
    ]
    return "\n\n".join(filter(None, blocks))


def _columns(card: Scorecard) -> list[_Column]:
    """Return the total, the totals of single currencies, and the marketplaces by name."""
    columns = {(each.marketplace, each.currency) for each in card.series}
    return sorted(columns, key=lambda each: (each[0] != ALL, each[0], each[1] or ""))


def _column_name(column: _Column, language: Language) -> str:
    marketplace, currency = column
    name = marketplace_label(marketplace, language)
    return f"{name} {inline(currency)}" if currency else name


def _row(
    definition: KpiDefinition, card: Scorecard, columns: Iterable[_Column], language: Language
) -> tuple[str, ...]:
    series = {(each.marketplace, each.currency): each for each in card.of(definition.id)}
    cells = (
        _cell(series[each], definition, language) if each in series else "" for each in columns
    )
    return kpi_label(definition, language), _targets(series.values(), definition, language), *cells


def _targets(series: Iterable[KpiSeries], definition: KpiDefinition, language: Language) -> str:
    """Return the target of a KPI; those of marketplaces where they differ."""
    places: dict[str, list[str]] = {}
    for each in series:
        if each.target is not None:
            target = language.target(each.target, definition.unit)
            places.setdefault(target, []).append(marketplace_label(each.marketplace, language))
    if len(places) < 2:
        return "".join(places)
    comma = language.gettext(", ")
    return language.join_clauses(
        f"{comma.join(names)} {target}" for target, names in places.items()
    )


def _cell(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """Return a value with its change and the signs of its marks: `31.2 % (+4.1 pp) ▲◆`."""
    value = series_value(series, definition, language)
    if series.change is not None:
        change = change_text(series, definition, language)
        value = language.gettext("{text} ({about})").format(text=value, about=change)
    return f"{value} {''.join(each[:1] for each in _marks(series, language))}".rstrip()


def _marks(series: KpiSeries, language: Language) -> Iterator[str]:
    """Yield each mark of a value as a sign and its words."""
    if series.status is TargetStatus.OFF_TARGET:
        yield language.gettext(STATUS_MARKS[series.status])
    if series.signal is not None and series.signal.is_unusual:
        yield signal_mark(series.signal, language)
    if mark := coverage_mark(series.current, language):
        yield mark


def _legend(card: Scorecard, language: Language) -> Iterator[str]:
    """Yield the signs of the table that need an explanation, in a line."""
    _ = language.gettext
    signs = {mark[:1] for each in card.series for mark in _marks(each, language)}
    meanings = (
        ("▲", _("▲ off target")),
        ("◆", _("◆ unusual")),
        ("◇", _("◇ unusual (few weeks)")),
        ("~", _("~ drift")),
        ("±", _("± changed much in a week")),
        ("½", _("½ incomplete week")),
        ("¼", _("¼ reduced report")),
    )
    if signs:
        yield "- " + " · ".join(text for sign, text in meanings if sign in signs)


def _no_value_lines(card: Scorecard, language: Language) -> Iterator[str]:
    """Yield each reason why values are missing, once, with the KPIs that it holds for."""
    _ = language.gettext
    by_reason: dict[str, list[str]] = {}
    for definition in card.definitions:
        for series in card.of(definition.id):
            if reason := _why_no_value(series, definition, language):
                name = kpi_label(definition, language)
                where = _column_name((series.marketplace, series.currency), language)
                about = _("{text} ({about})").format(text=name, about=where)
                by_reason.setdefault(reason, []).append(about)
    for reason, names in by_reason.items():
        yield "- " + _("{name}: {text}").format(name=_(", ").join(names), text=reason)


def _why_no_value(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """Return why a value is missing, not weekly, or worse than any target; empty for others."""
    _ = language.gettext
    if series.current.is_worse_than_any_target:
        return inline(language.translate(division_by_zero(series.current, definition)))
    if series.status is not TargetStatus.MISSING:
        return ""
    if series.window_reading is not None:
        return window_mark(series.window_reading, language)
    if series.current.is_nothing_to_count:
        return _("nothing to count")
    return inline("; ".join(language.translate(why_missing(e)) for e in series.current.missing))


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
