"""Minutes section: definitions of the KPIs, reports with their files, rates, and data remarks."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.errors import Diagnostic
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

_MAX_REMARKS = 8


def sources(meeting: Meeting, language: Language) -> str:
    """Return how each KPI is calculated and from which reports, and the reports themselves."""
    card = meeting.scorecard
    if card is None:
        return ""
    _ = language.gettext
    reports = _reports(card)
    definitions = [
        text
        for each in card.definitions
        for text in _definition_lines(meeting, card, each, reports, language)
    ]
    if any(each.signal and each.signal.limits for each in card.series):
        definitions.append(f"- {inline(usual_range_rule(language))}")
    blocks = []
    if definitions:
        blocks += ["### " + _("How the KPIs are calculated"), "\n".join(definitions)]
    if reports:
        blocks += ["### " + _("Reports"), _report_table(reports, language)]
    if card.rates and card.rates.per_unit:
        blocks.append(_rates_line(card.rates, language))
    if card.problems:
        blocks += ["### " + _("Notes on the data"), "\n".join(_remark_lines(card, language))]
    return "\n\n".join(blocks)


class _Report(Struct, frozen=True, kw_only=True):
    """The files of one type of report."""

    name: tuple[str, str]
    """The type and the title, of which a custom report needs both."""
    files: tuple[Source, ...]


def _reports(card: Scorecard) -> tuple[_Report, ...]:
    """Return the files by type of report, in the order of the files."""
    by_name: dict[tuple[str, str], list[Source]] = {}
    for source in card.sources:
        by_name.setdefault((source.kind, source.title), []).append(source)
    return tuple(_Report(name=name, files=tuple(files)) for name, files in by_name.items())


def _definition_lines(
    meeting: Meeting,
    card: Scorecard,
    definition: KpiDefinition,
    reports: Sequence[_Report],
    language: Language,
) -> Iterator[str]:
    """Yield the definition of a KPI, as agreed if it was, and the numbers of its reports."""
    _ = language.gettext
    agreed = agreed_definition(meeting.definitions, definition.id)
    used_files = {file for series in card.of(definition.id) for file in series.sources}
    numbers = [
        str(number)
        for number, report in enumerate(reports, start=1)
        if any(each.file in used_files for each in report.files)
    ]
    parts = [kpi_note_label(definition, language)]
    if agreed is not None:
        day = language.day(agreed.agreed_on)
        text = _("**agreed today:** {text}") if agreed.agreed_on == meeting.date else ""
        text = text or _("agreed on {day}: {text}")
        parts.append(text.format(day=day, text=inline(agreed.text)))
    if numbers:
        text = language.ngettext("report {numbers}", "reports {numbers}", len(numbers))
        parts.append(text.format(numbers=_(", ").join(numbers)))
    if any(parts) and card.of(definition.id):
        text = " · ".join(filter(None, parts))
        yield f"- **{kpi_label(definition, language)}** · {text}"


def _report_table(reports: Sequence[_Report], language: Language) -> str:
    """Return a row for each type of report, with all of its files and their checksums."""
    _ = language.gettext
    head = ("#", _("Report"), _("Days"), _("Rows"), _("Files (first digits of their SHA-256)"))
    rows = (
        (
            str(number),
            inline(report_name(report.files[0], language)),
            _covered_days(report.files, language),
            _row_count(report.files, language),
            _(", ").join(_file(each, language) for each in report.files),
        )
        for number, report in enumerate(reports, start=1)
    )
    return table(head, rows, right=(0, 3))


def _file(source: Source, language: Language) -> str:
    name, digits = inline(source.file), inline(source.sha256[:HASH_LENGTH])
    return language.gettext("{text} ({about})").format(text=name, about=digits) if digits else name


def _covered_days(files: Sequence[Source], language: Language) -> str:
    firsts = [each.first_day for each in files if each.first_day is not None]
    lasts = [each.last_day for each in files if each.last_day is not None]
    return language.days(min(firsts), max(lasts)) if firsts and lasts else "–"


def _row_count(files: Sequence[Source], language: Language) -> str:
    kept, read = sum(each.rows_kept for each in files), sum(each.rows_read for each in files)
    if kept == read:
        return language.count(kept)
    return language.gettext("{kept} of {read}").format(
        kept=language.count(kept), read=language.count(read)
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
    """Yield the remarks on the data; one that holds for several places is said once."""
    _ = language.gettext
    by_text: dict[str, list[str]] = {}
    for problem in card.problems:
        remark = replace(problem, amount=0.0).explain(_)
        by_text.setdefault(remark, []).append(_place(problem, language))
    for text, places in list(by_text.items())[:_MAX_REMARKS]:
        where = _(", ").join(dict.fromkeys(places))
        yield "- " + line(_("{name}: {text}").format(name=where, text=text))
    more = len(by_text) - _MAX_REMARKS
    if more > 0:
        yield "- " + _("and {count} more").format(count=more)


def _place(problem: Diagnostic, language: Language) -> str:
    """Return the place of a problem, with the money that is not counted because of it."""
    _, where = language.gettext, problem.where(language.gettext)
    if not round(problem.amount, 2):
        return where
    amount = _("{amount} not counted").format(
        amount=f"{problem.amount:,.2f} {problem.currency}".rstrip()
    )
    return _("{text} ({about})").format(text=where, about=amount)
