"""Minutes section: definitions of the KPIs, report files, rates, and data remarks."""

from collections.abc import Iterator

from facilitator.domain.kpis.facts import Source
from facilitator.domain.kpis.kpi import KpiDefinition, Rates, agreed_definition
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.meeting import Meeting
from facilitator.render.kpi_details import HASH_LENGTH
from facilitator.render.language import Language
from facilitator.render.markdown import inline, line, table
from facilitator.render.report_names import report_name
from facilitator.render.sections.labels import kpi_label, kpi_note_label
from facilitator.render.signals import usual_range_rule

_MAX_REMARKS = 12


def sources(meeting: Meeting, language: Language) -> str:
    """Return how each KPI is calculated and from which files, and the files themselves."""
    card = meeting.scorecard
    if card is None:
        return ""
    _ = language.gettext
    definitions = [
        text for each in card.definitions for text in _definition_lines(meeting, each, language)
    ]
    blocks = []
    if any(each.signal and each.signal.limits for each in card.series):
        definitions.append(f"- {inline(usual_range_rule(language))}")
    if definitions:
        blocks += ["### " + _("How the KPIs are calculated"), "\n".join(definitions)]
    if card.sources:
        blocks += ["### " + _("Sources"), _file_table(card, language)]
    if card.rates and card.rates.per_unit:
        blocks.append(_rates_line(card.rates, language))
    if card.problems:
        blocks += ["### " + _("Notes on the data"), "\n".join(_remark_lines(card, language))]
    return "\n\n".join(blocks)


def _definition_lines(
    meeting: Meeting, definition: KpiDefinition, language: Language
) -> Iterator[str]:
    """Yield the definition of a KPI, as agreed if it was, and the numbers of its files."""
    card = meeting.scorecard
    if card is None:
        return
    _ = language.gettext
    agreed = agreed_definition(meeting.definitions, definition.id)
    used_files = {file for series in card.of(definition.id) for file in series.sources}
    numbers = [
        str(number) for number, each in enumerate(card.sources, start=1) if each.file in used_files
    ]
    parts = [kpi_note_label(definition, language)]
    if agreed is not None and agreed.agreed_on != meeting.date:  # today's have their own section
        day = language.day(agreed.agreed_on)
        parts.append(_("Agreed on {day}: {text}").format(day=day, text=inline(agreed.text)))
    if numbers:
        parts.append(_("files: {numbers}").format(numbers=_(", ").join(numbers)))
    if any(parts) and card.of(definition.id):
        text = " · ".join(filter(None, parts))
        yield f"- **{kpi_label(definition, language)}** · {text}"


def _file_table(card: Scorecard, language: Language) -> str:
    _ = language.gettext
    head = ("#", _("File"), _("Report"), _("Days"), _("Rows"), "sha256")
    rows = (
        (
            str(number),
            inline(source.file),
            inline(report_name(source, language)),
            _covered_days(source, language),
            _row_count(source, language),
            inline(source.sha256[:HASH_LENGTH]),
        )
        for number, source in enumerate(card.sources, start=1)
    )
    return table(head, rows, right=(0, 4))


def _covered_days(source: Source, language: Language) -> str:
    if source.first_day is None or source.last_day is None:
        return "–"
    return language.days(source.first_day, source.last_day)


def _row_count(source: Source, language: Language) -> str:
    kept = language.count(source.rows_kept)
    if source.rows_kept == source.rows_read:
        return kept
    return language.gettext("{kept} of {read}").format(
        kept=kept, read=language.count(source.rows_read)
    )


def _rates_line(rates: Rates, language: Language) -> str:
    _ = language.gettext
    rates_text = _(", ").join(
        f"1 {inline(currency)} = {rate:g} {inline(rates.base)}" for currency, rate in rates.per_unit
    )
    if rates.on is None:
        return _("Exchange rates: {rates}").format(rates=rates_text)
    return _("Exchange rates of {day}: {rates}").format(
        day=language.long_day(rates.on), rates=rates_text
    )


def _remark_lines(card: Scorecard, language: Language) -> Iterator[str]:
    for problem in card.problems[:_MAX_REMARKS]:
        yield f"- {line(problem.translate(language.gettext))}"
    more = len(card.problems) - _MAX_REMARKS
    if more > 0:
        yield "- " + language.gettext("and {count} more").format(count=more)
