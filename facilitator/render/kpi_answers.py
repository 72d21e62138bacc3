"""Answers for KPIs as text, and drafts of actions and questions about a KPI."""

from collections.abc import Iterator

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpi_gate import all_cause_counts, is_off_target, past_cause_count
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId
from facilitator.domain.kpis.scorecard import KpiSeries, Reading, Scorecard, TargetStatus
from facilitator.domain.meeting import Meeting
from facilitator.domain.proposal import Experiment
from facilitator.domain.risk import Risk
from facilitator.render.language import Language
from facilitator.render.scorecard import kpi_name, marketplace_name
from facilitator.render.signals import signal_mark, usual_range

HISTORY_WEEKS = 6
"""How far back the history of a drafted question goes."""


def kpi_and_marketplace(
    scorecard: Scorecard | None, kpi: KpiId, marketplace: Marketplace, language: Language
) -> str:
    """A KPI and where: `ACoS DE`, for the total `ACoS`."""
    definition = scorecard.definition(kpi) if scorecard else None
    name = kpi_name(definition, language) if definition else kpi
    return name if marketplace == ALL else f"{name} {marketplace}"


def linked_kpi(meeting: Meeting, owned: ActionItem | Decision | Risk, language: Language) -> str:
    """What something was taken down for: `ACoS DE`, or `DE` alone; empty for no place either."""
    if owned.kpi is None:
        return "" if owned.marketplace == ALL else owned.marketplace
    return kpi_and_marketplace(meeting.scorecard, owned.kpi, owned.marketplace, language)


def value_with_marks(definition: KpiDefinition, series: KpiSeries, language: Language) -> str:
    """A value with both its marks: `35.1 % (+4.1 pp, ▲ target ≤ 25 %, ◆ high)`."""
    told = []
    if series.change is not None:
        told.append(language.change(series.change, definition.unit, definition.decimals))
    if series.status is TargetStatus.OFF_TARGET and series.target is not None:
        target = language.target(series.target, definition.unit)
        told.append("▲ " + language.gettext("target {target}").format(target=target))
    if series.signal is not None and series.signal.is_unusual:
        told.append(signal_mark(series.signal, language))
    value = _reading_value(series.current, definition, language)
    if not told:
        return value
    details = language.gettext(", ").join(told)
    return language.gettext("{value} ({details})").format(value=value, details=details)


def answer_lines(meeting: Meeting, answer: KpiAnswer, language: Language) -> Iterator[str]:
    """Every part of an answer, a line each."""
    _ = language.gettext
    match answer.verdict:
        case Verdict.EXPLAINED:
            yield from _explanation_lines(meeting, answer, language)
        case Verdict.UNKNOWN:
            yield _unknown_cause_line(meeting, answer, language)
        case Verdict.NORMAL if is_off_target(meeting, answer.kpi):
            yield _("Passed as normal variation, although off target")
        case Verdict.NORMAL:
            yield _("Passed as normal variation")


def experiment_line(tried: Experiment, language: Language) -> str:
    """What is tried out, by what it is measured, and until when."""
    _ = language.gettext
    parts = [_("Experiment: {variant}").format(variant=tried.variant)]
    if tried.metric:
        parts.append(_("measured by {metric}").format(metric=tried.metric))
    if tried.until is not None:
        parts.append(_("until {day}").format(day=language.day(tried.until)))
    return " · ".join(parts)


def find_cause_action(about: str, language: Language) -> tuple[str, str]:
    """What is to be done, and how we know that it is done, where nobody knows a cause."""
    _ = language.gettext
    return (
        _("Find the cause: {kpi}").format(kpi=about),
        _("The cause of {kpi} is named, with figures").format(kpi=about),
    )


def kpi_question(about: str, language: Language) -> str:
    """A question for the room about a KPI."""
    return language.gettext("{kpi}: what do we do about it?").format(kpi=about)


def question_background(meeting: Meeting, series: KpiSeries, language: Language) -> str:
    """What whoever decides about a KPI has to know of it, in one line."""
    definition = meeting.definition(series.kpi)
    if definition is None:
        return ""
    return language.gettext("; ").join(_background_parts(meeting, series, definition, language))


def _explanation_lines(meeting: Meeting, answer: KpiAnswer, language: Language) -> Iterator[str]:
    _ = language.gettext
    where = marketplace_name(answer.marketplace, language)
    for cause in answer.causes:
        told = _("Cause ({where}): {text}").format(where=where, text=cause)
        before = past_cause_count(meeting, answer.kpi, cause)
        if before is not None:
            told += " · " + _("named {count} times since {day}").format(
                count=before.times + 1, day=language.long_day(before.first_on)
            )
        yield told
    if answer.proposal:
        yield _("Proposal: {text}").format(text=answer.proposal)
    if answer.experiment is not None:
        yield experiment_line(answer.experiment, language)
    if answer.evidence:
        yield _("Evidence: {text}").format(text=answer.evidence)


def _unknown_cause_line(meeting: Meeting, answer: KpiAnswer, language: Language) -> str:
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
        _reading_value(each, definition, language) for each in series.readings[-HISTORY_WEEKS:]
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


def _reading_value(reading: Reading, definition: KpiDefinition, language: Language) -> str:
    if reading.value is None:
        return "–"
    return language.value(reading.value, definition.unit, definition.decimals)


def _source_files(meeting: Meeting, series: KpiSeries, language: Language) -> Iterator[str]:
    for file in series.sources:
        source = meeting.scorecard.source(file) if meeting.scorecard else None
        if source is not None and source.first_day and source.last_day:
            yield f"{file} ({language.days(source.first_day, source.last_day)})"
        else:
            yield file
