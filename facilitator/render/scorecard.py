"""The scorecard as rows of text, and the names of KPIs and marketplaces."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from facilitator.domain.errors import N_, Message, message
from facilitator.domain.kpis.calculation import why_missing
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId
from facilitator.domain.kpis.measures import MEASURE_LABELS
from facilitator.domain.kpis.scorecard import (
    KpiSeries,
    Reading,
    Scorecard,
    TargetStatus,
    WindowReading,
)
from facilitator.render.language import Language
from facilitator.render.signals import room_sentence, signal_mark
from facilitator.render.sparkline import sparkline

STATUS_MARKS = {
    TargetStatus.ON_TARGET: N_("✓ on target"),
    TargetStatus.OFF_TARGET: N_("▲ off target"),
    TargetStatus.NO_TARGET: "",
    TargetStatus.MISSING: N_("? no data"),
}
"""The status as a sign and words, because colour must not be the only cue."""
INFINITE = "∞"
"""Stands for a value that is worse than any target."""
NOT_COMPARABLE = "–"
"""Stands for a change between weeks that cannot be compared."""


class KpiRow(Struct, frozen=True, kw_only=True):
    """One row of the scorecard as text."""

    kpi: KpiId
    marketplace: Marketplace
    name: str
    """The name of the KPI, or for a marketplace its code."""
    full_name: str = ""
    """The name of the KPI with its marketplace: `ACoS DE`; for the total `ACoS`."""
    actual: str
    target: str
    change: str
    spark: str
    mark: str
    """How the value compares with the target."""
    signal: str
    """How the value compares with past weeks; empty if it is not unusual."""
    coverage: str = ""
    """That the reports hold too little, unless the signal says so."""
    days: str = ""
    """The days of a value that is not weekly, which has no past weeks to show."""
    status: TargetStatus
    is_total: bool
    is_red: bool
    """Whether it is off target or unusual."""
    is_unusual: bool
    is_good: bool
    """Whether an unusual value is good news."""
    is_answered: bool = False
    is_linked: bool = False
    """Whether it says the same as the KPI above it."""
    is_lead: bool = False
    """Whether it is the first row of a concern."""
    needs_answer: bool = False
    """Whether it belongs to a concern that is off target."""
    sentence: str = ""
    """How the week compares with past weeks, for somebody who reads no statistics."""
    why: str = ""
    """Why there is no value, or why it is worse than any target."""


def kpi_rows(
    scorecard: Scorecard, language: Language, *, weeks: int | None = None
) -> tuple[KpiRow, ...]:
    """Return every series of the scorecard as a row, in the order of the definitions.

    `weeks` is the number of weeks in the sparkline; None for all.
    """
    return tuple(
        kpi_row(series, definition, language, weeks)
        for definition in scorecard.definitions
        for series in sorted(scorecard.of(definition.id), key=_place_among_marketplaces)
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


def full_name(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """Return the name of a KPI with its marketplace: `ACoS DE`; for a total `ACoS`."""
    place = series.currency or ("" if series.marketplace == ALL else series.marketplace)
    return f"{kpi_name(definition, language)} {place}".rstrip()


def marketplace_name(marketplace: str, language: Language) -> str:
    """Return the name of a marketplace; for the whole business `total`."""
    return language.gettext(N_("total")) if marketplace == ALL else marketplace


def value_text(value: float | None, definition: KpiDefinition, language: Language) -> str:
    """Return a value of a KPI with its unit: `31.2 %`; a dash if there is none."""
    return "–" if value is None else language.value(value, definition.unit, definition.decimals)


def reading_text(reading: Reading, definition: KpiDefinition, language: Language) -> str:
    """Return the value of a reading: `31.2 %`; `∞` if it is worse than any target."""
    if reading.is_worse_than_any_target:
        return INFINITE
    return value_text(reading.value, definition, language)


def series_value(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """Return the current value, or with its days the one that is not weekly."""
    if series.window_reading is None:
        return reading_text(series.current, definition, language)
    value = reading_text(series.window_reading.reading, definition, language)
    return f"{value} · {window_days(series.window_reading, language)}"


def window_days(window: WindowReading, language: Language) -> str:
    """Return the days of a value that is not weekly: `26 Oct – 22 Nov`."""
    return language.days(window.first_day, window.last_day)


def window_mark(window: WindowReading, language: Language) -> str:
    """Return that a value is not weekly: `28 days, not weekly`."""
    text = language.ngettext("{count} day, not weekly", "{count} days, not weekly", window.days)
    return text.format(count=window.days)


def change_text(series: KpiSeries, definition: KpiDefinition, language: Language) -> str:
    """Return the change against the week before: `+4.1 pp`; empty if one of them is not known.

    It is a dash if they cannot be compared, such as a part of a week with a whole one.
    """
    if series.change is not None:
        return language.change(series.change, definition.unit, definition.decimals)
    return NOT_COMPARABLE if series.is_incomparable else ""


def coverage_mark(reading: Reading, language: Language) -> str:
    """Return that the reports hold too little for a value; empty if they do not."""
    if not reading.is_known:
        return ""
    if reading.is_partial:
        return language.gettext(N_("½ incomplete week"))
    return language.gettext(N_("¼ reduced report")) if reading.is_reduced else ""


def status_mark(series: KpiSeries, language: Language) -> str:
    """Return how the value compares with its target; without a value, why there is none."""
    if series.window_reading is not None:
        return window_mark(series.window_reading, language)
    if series.current.is_nothing_to_count:
        return language.gettext(N_("– nothing to count"))
    if series.current.is_undelivered:
        return language.gettext(N_("? no report"))
    return language.gettext(STATUS_MARKS[series.status])


def division_by_zero(reading: Reading, definition: KpiDefinition) -> Message:
    """Return what was divided by zero: `no ad sales for €175 of ad spend`."""
    numerator, currency = reading.numerator or 0.0, reading.currency
    english = Language()
    if currency is None:
        text, amount = N_("no {denominator} for {amount} {numerator}"), english.amount(numerator)
    else:
        decimals = 0 if numerator.is_integer() else 2
        text = N_("no {denominator} for {amount} of {numerator}")
        amount = english.money(numerator, currency, decimals)
    return message(
        text,
        denominator=_sum_of_measures(definition.denominator),
        amount=amount,
        numerator=_sum_of_measures(definition.numerator),
    )


def _sum_of_measures(names: Sequence[str]) -> Message:
    """Return measures as a sum: `orders − ad orders`."""
    first, *others = names
    text = message(MEASURE_LABELS.get(first, first))
    for name in others:
        measure = name.removeprefix("-")
        sign = "−" if name.startswith("-") else "+"
        label = message(MEASURE_LABELS.get(measure, measure))
        text = message("{first} {sign} {other}", first=text, sign=sign, other=label)
    return text


def kpi_note(definition: KpiDefinition, language: Language) -> str:
    """Return the definition of a KPI in words, in a language."""
    return (
        definition.note_zh
        if language.tag.startswith("zh") and definition.note_zh
        else definition.note
    )


def _place_among_marketplaces(series: KpiSeries) -> tuple[bool, bool, bool]:
    """Return the order of a KPI's rows: the total, which has its name, totals, marketplaces.

    Among each, what is worse than any target comes first.
    """
    is_best = not series.current.is_worse_than_any_target
    return (series.marketplace != ALL, series.currency is not None, is_best)


def kpi_row(
    series: KpiSeries, definition: KpiDefinition, language: Language, weeks: int | None = None
) -> KpiRow:
    """Return a series as a row."""
    reading, window = series.current, series.window_reading
    is_said = series.signal is not None and series.signal.is_partial
    return KpiRow(
        kpi=series.kpi,
        marketplace=series.marketplace,
        name=series_name(series, definition, language),
        full_name=full_name(series, definition, language),
        actual=reading_text(window.reading if window else reading, definition, language),
        target=language.target(series.target, definition.unit) if series.target else "",
        change=change_text(series, definition, language),
        spark=_sparkline(series.readings, weeks),
        days=window_days(window, language) if window else "",
        mark=status_mark(series, language),
        signal=signal_mark(series.signal, language),
        coverage="" if is_said else coverage_mark(reading, language),
        status=series.status,
        is_total=series.marketplace == ALL and not series.currency,
        is_red=series.is_red,
        is_unusual=bool(series.signal and series.signal.is_unusual),
        is_good=bool(series.signal and series.signal.is_good),
        sentence=room_sentence(series, definition, language),
        why=", ".join(_reasons(series, definition, language)),
    )


def _sparkline(readings: Sequence[Reading], weeks: int | None) -> str:
    """Return the weeks as blocks; a week that is covered only in part is a gap."""
    blocks = sparkline([None if each.is_partial else each.value for each in readings], weeks)
    shown = readings[-len(blocks) :] if blocks else ()
    return "".join(
        INFINITE if each.is_worse_than_any_target else block
        for each, block in zip(shown, blocks, strict=True)
    )


def _reasons(series: KpiSeries, definition: KpiDefinition, language: Language) -> Iterator[str]:
    """Yield why there is no value or why it is worse than any; nothing if the mark says it."""
    reading = series.current
    if reading.is_worse_than_any_target:
        yield language.translate(division_by_zero(reading, definition))
    elif series.window_reading is None and not reading.is_nothing_to_count:
        yield from (language.translate(why_missing(entry)) for entry in reading.missing)
