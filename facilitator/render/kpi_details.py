"""One KPI in detail as text: its weeks, formula, agreed definition, movers and files."""

from collections.abc import Iterator, Sequence

from facilitator.domain.errors import N_
from facilitator.domain.kpis.calculation import why_missing
from facilitator.domain.kpis.facts import ALL, Marketplace, Source
from facilitator.domain.kpis.kpi import AgreedDefinition, KpiDefinition, Week
from facilitator.domain.kpis.measures import MEASURE_LABELS
from facilitator.domain.kpis.movers import Mover, own_value
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.scorecard import KpiSeries, Reading
from facilitator.render.language import Language
from facilitator.render.report_names import report_name

DIMENSION_NAMES = {
    "campaign": N_("Campaigns"),
    "search_term": N_("Search terms"),
    "asin": N_("Products (ASIN)"),
    "sku": N_("Products (SKU)"),
}
"""What a `Contribution.dimension` is called."""
HASH_LENGTH = 12
"""Characters of a file's hash that are enough to tell it apart."""


def week_line(
    reading: Reading, definition: KpiDefinition, occasions: Sequence[Occasion], language: Language
) -> str:
    """One week: its value, the sums behind it, and what has to be known of it."""
    parts = [language.gettext("Week to {day}").format(day=language.day(reading.week_end))]
    parts += _reading_parts(reading, definition, language)
    parts += [each.what for each in occasions]
    return " · ".join(parts)


def reading_occasions(
    reading: Reading,
    definition: KpiDefinition,
    marketplace: Marketplace,
    occasions: Sequence[Occasion],
) -> tuple[Occasion, ...]:
    """What made a reading of a marketplace unlike the others, in any week it was counted from."""
    spans = definition.spans(Week(end=reading.week_end))
    return tuple(
        each for each in occasions if any(each.touches(span, marketplace) for span in spans)
    )


def formula_text(definition: KpiDefinition, language: Language) -> str:
    """What is divided by what, in words: `ad spend ÷ ad sales`."""
    parts = (definition.numerator, definition.denominator)
    return " ÷ ".join(_measures_text(names, language) for names in parts if names)


def agreed_definition_line(definition: AgreedDefinition, language: Language) -> str:
    """What the room agreed that a KPI means, and when: `Agreed Mon 16 Nov: …`."""
    return language.gettext("Agreed {day}: {text}").format(
        day=language.day(definition.agreed_on), text=definition.text
    )


def mover_row(
    mover: Mover, series: KpiSeries, definition: KpiDefinition, language: Language
) -> tuple[str, ...]:
    """A mover: its name, what it did to the KPI, its own value and sums, then and now."""
    weeks = (mover.before, mover.now)
    values = [own_value(each, definition) for each in weeks]
    said = [
        "–" if each is None else language.value(each, definition.unit, definition.decimals)
        for each in values
    ]
    is_divided = any(each.denominator for each in weeks)
    is_one_of_many = series.marketplace == ALL and mover.marketplace != ALL
    return (
        f"{mover.name} · {mover.marketplace}" if is_one_of_many else mover.name,
        language.change(mover.effect, definition.unit, definition.decimals),
        "" if values == [None, None] else " → ".join(said),
        " → ".join(
            _division_text(each.numerator, each.denominator if is_divided else None, language)
            for each in weeks
        ),
    )


def source_line(source: Source, language: Language) -> str:
    """A file: its days, the rows kept of those read, and how to recognise it again."""
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
    if reading.value is None:
        yield from (language.translate(why_missing(entry)) for entry in reading.missing)
        return
    yield language.value(reading.value, definition.unit, definition.decimals)
    if reading.numerator is not None:
        divided = _division_text(reading.numerator, reading.denominator, language)
        yield f"{divided} {reading.currency}" if reading.currency else divided
    if reading.is_partial:
        yield _("part of a week")
    if reading.is_remembered:
        yield _("as a past meeting saw it")


def _measures_text(names: Sequence[str], language: Language) -> str:
    """`orders`, `(orders − ad orders)`."""
    said = "".join(
        f"{' − ' if name.startswith('-') else ' + '}{_measure_label(name.lstrip('-'), language)}"
        for name in names
    ).removeprefix(" + ")
    return f"({said})" if len(names) > 1 else said.strip()


def _measure_label(measure: str, language: Language) -> str:
    return language.gettext(MEASURE_LABELS.get(measure, measure))


def _division_text(numerator: float, denominator: float | None, language: Language) -> str:
    """`1,556.65 ÷ 6,891.20`."""
    told = language.amount(numerator)
    return told if denominator is None else f"{told} ÷ {language.amount(denominator)}"
