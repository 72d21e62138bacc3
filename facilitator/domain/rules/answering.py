"""Steps at the red gate: explain a KPI, promise its cause, pass it, mark a week."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from facilitator.domain.action import ActionItem
from facilitator.domain.answer import KpiAnswer, Verdict
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.kpis import KpiAnswered, OccasionMarked
from facilitator.domain.gate import unanswered
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.kpis.occasion import occasion_on
from facilitator.domain.meeting import Meeting
from facilitator.domain.rules.actions import numbered
from facilitator.domain.rules.forms import cleaned_experiment
from facilitator.domain.rules.standing import line, must_be_open, required


def explain(meeting: Meeting, now: datetime, draft: KpiAnswer) -> KpiAnswered:
    """Say why a KPI is where it is, and what is proposed about it."""
    must_be_open(meeting)
    _must_be_known(meeting, draft.kpi, draft.marketplace)
    causes = _once_each(draft.causes)
    if not causes:
        raise RuleError(N_("Name at least one cause, or say who finds it out by when."))
    answer = KpiAnswer(
        kpi=draft.kpi,
        marketplace=draft.marketplace,
        verdict=Verdict.EXPLAINED,
        causes=causes,
        proposal=required(draft.proposal, N_("Write what is proposed about it.")),
        experiment=cleaned_experiment(draft.experiment) if draft.experiment else None,
        evidence=line(draft.evidence),
    )
    return KpiAnswered(at=now, answer=answer)


def promise_answer(
    meeting: Meeting, now: datetime, kpi: KpiId, marketplace: Marketplace, draft: ActionItem
) -> KpiAnswered:
    """Say that nobody knows yet, and who finds it out by when: `draft` becomes an action item."""
    must_be_open(meeting)
    _must_be_known(meeting, kpi, marketplace)
    if draft.owner is None:
        raise RuleError(N_("Name the one person who finds the cause."))
    if draft.due is None:
        raise RuleError(N_("Say by which day the cause is found."))
    if draft.due < meeting.date:
        raise RuleError(N_("The day by which the cause is found lies today or later."))
    action = numbered(meeting, replace(draft, kpi=kpi, marketplace=marketplace))
    answer = KpiAnswer(kpi=kpi, marketplace=marketplace, verdict=Verdict.UNKNOWN, action=action.id)
    return KpiAnswered(at=now, answer=answer, action=action)


def pass_as_normal(
    meeting: Meeting, now: datetime, kpi: KpiId, marketplace: Marketplace
) -> KpiAnswered:
    """Pass a red KPI as the usual to and fro."""
    must_be_open(meeting)
    _must_be_known(meeting, kpi, marketplace)
    if any(each.kpi == kpi for each in meeting.answers):
        raise RuleError(N_("It is answered already; change the answer, or undo it."))
    if kpi not in {series.kpi for series in unanswered(meeting)}:
        raise RuleError(N_("It is neither off target nor unusual: nothing has to be answered."))
    answer = KpiAnswer(kpi=kpi, marketplace=marketplace, verdict=Verdict.NORMAL)
    return KpiAnswered(at=now, answer=answer)


def mark_occasion(
    meeting: Meeting, now: datetime, week_end: date, marketplace: Marketplace, what: str
) -> OccasionMarked:
    """Mark a week as unlike the others, in the team's words; no words take the mark back."""
    must_be_open(meeting)
    told = line(what)
    mark = occasion_on(week_end, marketplace)
    if not told and all(replace(each, what="") != mark for each in meeting.occasions):
        raise RuleError(
            N_("No meeting marked this week there; what the agenda marks is changed in the agenda.")
        )
    return OccasionMarked(at=now, week_end=week_end, marketplace=marketplace, what=told)


def _must_be_known(meeting: Meeting, kpi: KpiId, marketplace: Marketplace) -> None:
    if meeting.scorecard is None or meeting.scorecard.one(kpi, marketplace) is None:
        raise RuleError(N_("This meeting has no such KPI."))


def _once_each(causes: Iterable[str]) -> tuple[str, ...]:
    """In the order given, and no cause twice."""
    told = (line(cause) for cause in causes)
    return tuple({cause.casefold(): cause for cause in told if cause}.values())
