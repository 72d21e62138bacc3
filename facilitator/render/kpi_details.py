"""One KPI in detail as text: its weeks, formula, agreed definition, movers and files."""

from collections.abc import Iterator, Sequence

from facilitator.domain.errors import N_
from facilitator.domain.kpis.calculation import why_missing
from facilitator.domain.kpis.facts import ALL, Marketplace, Source
from facilitator.domain.kpis.kpi import AgreedDefinition, KpiDefinition, Week
from facilitator.domain.kpis.measures import MEASURE_LABELS
from facilitator.domain.kpis.movers import Mover, own_value
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.scorecard import KpiSeries, Reading, WindowReading
from facilitator.render.language import Language
from facilitator.render.report_names import report_name
from facilitator.render.scorecard import (
    division_by_zero,
    reading_text,
    value_text,
    window_days,
    window_mark,
)

DIMENSION_NAMES = {
    "campaign": N_("Campaigns"),
    "search_term": N_("Search terms"),
    "asin": N_("Products (ASIN)"),
    "sku": N_("Products (SKU)"),
}
"""The names of the dimensions of contributions."""
HASH_LENGTH = 12
"""The number of characters shown of a file's hash."""


def week_line(
    reading: Reading, definition: KpiDefinition, occasions: Sequence[Occasion], language: Language
) -> str:
    """Return one week: its value, the sums behind it, and its occasions."""
    parts = [language.gettext("Week to {day}").format(day=language.day(reading.week_end))]
    parts += _reading_parts(reading, definition, language)
    parts += [each.what for each in occasions]
    return " · ".join(parts)


def window_line(window: WindowReading, definition: KpiDefinition, language: Language) -> str:
    """Return a value that is not weekly: its days, value, and the sums behind it."""
    parts = [window_days(window, language), window_mark(window, language)]
    parts += _reading_parts(window.reading, definition, language)
    return " · ".join(parts)


def reading_occasions(
    reading: Reading,
    definition: KpiDefinition,
    marketplace: Marketplace,
    occasions: Sequence[Occasion],
) -> tuple[Occasion, ...]:
    """Return the occasions of any week that a reading covers, in a marketplace."""
    spans = definition.spans(Week(end=reading.week_end))
    return tuple(
        each for each in occasions if any(each.touches(span, marketplace) for span in spans)
    )


def formula_text(definition: KpiDefinition, language: Language) -> str:
    """Return the formula of a KPI in words: `ad spend ÷ ad sales`."""
    parts = (definition.numerator, definition.denominator)
    return " ÷ ".join(_measures_text(names, language) for names in parts if names)


def agreed_definition_line(definition: AgreedDefinition, language: Language) -> str:
    """Return the agreed definition of a KPI: `Agreed Mon 16 Nov: …`."""
    return language.gettext("Agreed on {day}: {text}").format(
        day=language.day(definition.agreed_on), text=definition.text
    )


def mover_row(
    mover: Mover, series: KpiSeries, definition: KpiDefinition, language: Language
) -> tuple[str, ...]:
    """Return a mover as a row: name, effect on the KPI, own value, and sums."""
    weeks = (mover.before, mover.now)
    values = [own_value(each, definition) for each in weeks]
    texts = [value_text(each, definition, language) for each in values]
    is_divided = any(each.denominator for each in weeks)
    is_one_of_many = series.marketplace == ALL and mover.marketplace != ALL
    return (
        f"{mover.name} · {mover.marketplace}" if is_one_of_many else mover.name,
        language.change(mover.effect, definition.unit, definition.decimals),
        "" if values == [None, None] else " → ".join(texts),
        " → ".join(
            _division_text(each.numerator, each.denominator if is_divided else None, language)
            for each in weeks
        ),
    )


def source_line(source: Source, language: Language) -> str:
    """Return a file as a line: type, days, rows kept of those read, and hash."""
    _ = language.gettext
    parts = [source.file, report_name(source, language)]
    if source.first_day and source.last_day:
        parts.append(language.days(source.first_day, source.last_day))
    parts.append(
        _("{kept} of {read} rows").format(
            kept=language.count(source.rows_kept), read=language.count(source.rows_read)
        )
    )
    if source.sha256:
        parts.append(f"sha256 {source.sha256[:HASH_LENGTH]}")
    return " · ".join(part for part in parts if part)


def _reading_parts(
    reading: Reading, definition: KpiDefinition, language: Language
) -> Iterator[str]:
    _ = language.gettext
    if not reading.is_known:
        yield from (language.translate(why_missing(entry)) for entry in reading.missing)
        return
    yield reading_text(reading, definition, language)
    if reading.is_worse_than_any_target:
        yield language.translate(division_by_zero(reading, definition))
    elif reading.numerator is not None:
        divided = _division_text(reading.numerator, reading.denominator, language)
        yield f"{divided} {reading.currency}" if reading.currency else divided
    if reading.is_partial:
        yield _("incomplete week")
    if reading.is_reduced:
        yield _("the report holds far less than the week before")
    if reading.is_remembered:
        yield _("as recorded at a past meeting")


def _measures_text(names: Sequence[str], language: Language) -> str:
    """Return measures as a sum: `orders`, `(orders − ad orders)`."""
    text = "".join(
        f"{' − ' if name.startswith('-') else ' + '}{_measure_label(name.lstrip('-'), language)}"
        for name in names
    ).removeprefix(" + ")
    return f"({text})" if len(names) > 1 else text.strip()


def _measure_label(measure: str, language: Language) -> str:
    return language.gettext(MEASURE_LABELS.get(measure, measure))


def _division_text(numerator: float, denominator: float | None, language: Language) -> str:
    """Return a division: `1,556.65 ÷ 6,891.20`; without a denominator only the numerator."""
    text = language.amount(numerator)
    return text if denominator is None else f"{text} ÷ {language.amount(denominator)}"
