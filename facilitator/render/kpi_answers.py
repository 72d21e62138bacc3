"""Answers for KPIs as text, and drafts of action items and questions about a KPI."""

from collections.abc import Iterator

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpi_gate import (
    all_cause_counts,
    answer_marketplaces,
    is_off_target,
    open_marketplaces,
    past_cause_count,
)
from facilitator.domain.kpis.concerns import Concern
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId
from facilitator.domain.kpis.scorecard import KpiSeries, Reading, Scorecard, TargetStatus
from facilitator.domain.meeting import Meeting
from facilitator.domain.proposal import Experiment
from facilitator.domain.risk import Risk
from facilitator.render.language import Language
from facilitator.render.scorecard import (
    change_text,
    coverage_mark,
    division_by_zero,
    kpi_name,
    marketplace_name,
    reading_text,
    series_value,
    window_mark,
)
from facilitator.render.signals import room_sentence, usual_range

HISTORY_WEEKS = 6
"""The number of past values in the background of a drafted question."""


def kpi_and_marketplace(
    scorecard: Scorecard | None, kpi: KpiId, marketplace: Marketplace, language: Language
) -> str:
    """Return the name of a KPI with its marketplace: `ACoS DE`; for the total `ACoS`."""
    definition = scorecard.definition(kpi) if scorecard else None
    name = kpi_name(definition, language) if definition else kpi
    return name if marketplace == ALL else f"{name} {marketplace}"


def linked_kpi(meeting: Meeting, entry: ActionItem | Decision | Risk, language: Language) -> str:
    """Return the KPI and marketplace that an entry is about: `ACoS DE`, or `DE`; empty if none."""
    if entry.kpi is None:
        return "" if entry.marketplace == ALL else entry.marketplace
    return kpi_and_marketplace(meeting.scorecard, entry.kpi, entry.marketplace, language)


def value_with_marks(definition: KpiDefinition, series: KpiSeries, language: Language) -> str:
    """Return a value with its change and marks: `35.1 % (+4.1 pp, ▲ target ≤ 25 %, ◆ high)`."""
    details = []
    if series.change is not None:
        details.append(change_text(series, definition, language))
    if series.status is TargetStatus.OFF_TARGET and series.target is not None:
        target = language.target(series.target, definition.unit)
        details.append("▲ " + language.gettext("target {target}").format(target=target))
    if series.is_red and (sentence := room_sentence(series, definition, language)):
        details.append(sentence)
    if mark := coverage_mark(series.current, language):
        details.append(mark)
    if series.current.is_worse_than_any_target:
        details.insert(0, language.translate(division_by_zero(series.current, definition)))
    if series.window_reading is not None:
        details.insert(0, window_mark(series.window_reading, language))
    value = series_value(series, definition, language)
    if not details:
        return value
    joined = language.join_clauses(details)
    return language.gettext("{value} ({details})").format(value=value, details=joined)


def concern_name(meeting: Meeting, concern: Concern, language: Language) -> str:
    """Return the KPIs of a concern and the marketplaces without an answer of their own.

    For example `ACoS, ROAS · DE`.
    """
    card = meeting.scorecard
    names = [kpi_and_marketplace(card, each, ALL, language) for each in concern.kpis]
    places = open_marketplaces(meeting, concern) or concern.marketplaces
    shops = [each for each in places if each != ALL]
    comma = language.gettext(", ")
    return " · ".join(filter(None, (comma.join(names), comma.join(shops))))


def standing_text(
    meeting: Meeting, concern: Concern | None, series: KpiSeries, language: Language
) -> str:
    """Return where a KPI stands in each marketplace of a concern, and what is linked to it."""
    shown = concern.series if concern else (series,)
    lead = [each for each in shown if each.kpi == series.kpi]
    linked = [
        next(each for each in shown if each.kpi == kpi)
        for kpi in dict.fromkeys(each.kpi for each in shown)
        if kpi != series.kpi
    ]
    lines = []
    for each in lead:
        if definition := meeting.definition(each.kpi):
            where = marketplace_name(each.marketplace, language)
            lines.append(f"{where} {value_with_marks(definition, each, language)}")
    others = [
        f"{kpi_and_marketplace(meeting.scorecard, each.kpi, each.marketplace, language)} "
        f"{series_value(each, definition, language)}"
        for each in linked
        if (definition := meeting.definition(each.kpi))
    ]
    if others:
        text = language.gettext("Says the same: {kpis}")
        lines.append(text.format(kpis=language.gettext(", ").join(others)))
    return "\n".join(lines)


def answer_lines(meeting: Meeting, answer: KpiAnswer, language: Language) -> Iterator[str]:
    """Yield the parts of an answer, one line each."""
    _ = language.gettext
    match answer.verdict:
        case Verdict.EXPLAINED:
            where = _(", ").join(
                marketplace_name(each, language) for each in answer_marketplaces(meeting, answer)
            )
            for text in cause_texts(meeting, answer, language):
                yield _("Cause ({where}): {text}").format(where=where, text=text)
            yield from proposal_lines(answer, language)
        case Verdict.UNKNOWN:
            yield unknown_cause_line(meeting, answer, language)
        case Verdict.PASSED:
            yield _("Passed without an answer: {reason}").format(reason=answer.reason)
        case Verdict.NORMAL if answer.reason:
            yield _("Accepted as normal variation: {reason}").format(reason=answer.reason)
        case Verdict.NORMAL if is_off_target(meeting, answer.kpi):
            yield _("Accepted as normal variation, although off target")
        case Verdict.NORMAL:
            yield _("Accepted as normal variation")


def cause_texts(meeting: Meeting, answer: KpiAnswer, language: Language) -> Iterator[str]:
    """Yield the causes of an answer, each with how often it was named so far."""
    _ = language.gettext
    for cause in answer.causes:
        past = past_cause_count(meeting, answer.kpi, cause)
        if past is None:
            yield cause
        else:
            about = _("named {count} times since {day}").format(
                count=past.times + 1, day=language.long_day(past.first_on)
            )
            yield _("{text} ({about})").format(text=cause, about=about)


def proposal_lines(answer: KpiAnswer, language: Language) -> Iterator[str]:
    """Yield what is proposed about a KPI, and the evidence for its causes, one line each."""
    _ = language.gettext
    if answer.proposal:
        yield _("Proposal: {text}").format(text=answer.proposal)
    if answer.experiment is not None:
        yield experiment_line(answer.experiment, language)
    if answer.evidence:
        yield _("Evidence: {text}").format(text=answer.evidence)


def experiment_line(experiment: Experiment, language: Language) -> str:
    """Return what an experiment varies, how it is measured, and until when."""
    _ = language.gettext
    parts = [_("Experiment: {variant}").format(variant=experiment.variant)]
    if experiment.metric:
        parts.append(_("measured by {metric}").format(metric=experiment.metric))
    if experiment.until is not None:
        parts.append(_("until {day}").format(day=language.day(experiment.until)))
    return " · ".join(parts)


def find_cause_action(about: str, language: Language) -> tuple[str, str]:
    """Return the title and the acceptance criterion of an action item to find a cause."""
    _ = language.gettext
    return (
        _("Find the cause: {kpi}").format(kpi=about),
        _("The cause of {kpi} is named, with figures").format(kpi=about),
    )


def kpi_question(about: str, language: Language) -> str:
    """Return a question about a KPI."""
    return language.gettext("{kpi}: what do we do about it?").format(kpi=about)


def question_background(meeting: Meeting, series: KpiSeries, language: Language) -> str:
    """Return the background of a question about a KPI, in one line."""
    definition = meeting.definition(series.kpi)
    if definition is None:
        return ""
    return " · ".join(_background_parts(meeting, series, definition, language))


def unknown_cause_line(meeting: Meeting, answer: KpiAnswer, language: Language) -> str:
    """Return that the cause is not known yet, and who is to find it by when."""
    _ = language.gettext
    action = meeting.action(answer.action)
    owner = meeting.person(action.owner) if action else None
    if action is None or action.due is None or owner is None:
        return _("Cause not known yet ({action})").format(action=answer.action)
    return _("Cause not known yet: {name} answers by {day} ({action})").format(
        name=owner.name, day=language.day(action.due), action=action.id
    )


def _background_parts(
    meeting: Meeting, series: KpiSeries, definition: KpiDefinition, language: Language
) -> Iterator[str]:
    _ = language.gettext
    values = [
        _past_value_text(each, definition, language) for each in series.readings[-HISTORY_WEEKS:]
    ]
    yield _("weeks to {day}: {values}").format(
        day=language.day(series.current.week_end), values=" → ".join(values)
    )
    if series.target is not None:
        yield _("target {target}").format(target=language.target(series.target, definition.unit))
    if series.signal is not None and series.signal.limits is not None:
        yield _("usually {range}").format(
            range=usual_range(series.signal.limits, definition, language)
        )
    causes = [
        _("{text} ({count}×)").format(text=each.text, count=each.times)
        for each in all_cause_counts(meeting)
        if each.kpi == series.kpi
    ]
    if causes:
        yield _("causes so far: {causes}").format(causes=", ".join(causes))
    if series.sources:
        yield _("from {files}").format(files=", ".join(_source_files(meeting, series, language)))


def _past_value_text(reading: Reading, definition: KpiDefinition, language: Language) -> str:
    """Return a value, with the sign of a week that is covered only in part."""
    value = reading_text(reading, definition, language)
    return f"{value} {coverage_mark(reading, language)[:1]}".rstrip()


def _source_files(meeting: Meeting, series: KpiSeries, language: Language) -> Iterator[str]:
    for file in series.sources:
        source = meeting.scorecard.source(file) if meeting.scorecard else None
        if source is not None and source.first_day and source.last_day:
            yield f"{file} ({language.days(source.first_day, source.last_day)})"
        else:
            yield file
