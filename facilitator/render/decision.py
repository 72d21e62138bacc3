"""A decision as text: proposal, approval stages, positions, track record, past rulings."""

from collections.abc import Iterator

from facilitator.domain.approval import (
    Bypass,
    BypassKind,
    actions_of_decision,
    find_decision_bypass,
    is_proposer_missing,
    required_vetter,
)
from facilitator.domain.decision import Decision, Outcome, Position, PositionKind, Ruling
from facilitator.domain.errors import N_
from facilitator.domain.kpis.scorecard import TargetStatus
from facilitator.domain.meeting import Meeting
from facilitator.domain.proposal import Request, missing_values
from facilitator.domain.request_outcome import RequestOutcome, request_outcome
from facilitator.render.kpi_answers import (
    experiment_line,
    kpi_and_marketplace,
    value_with_marks,
)
from facilitator.render.language import Language
from facilitator.render.scorecard import marketplace_name, value_text
from facilitator.render.sparkline import sparkline

WEEKS_SHOWN = 13
"""The most weeks of the KPI of a question."""

COUNT_LABELS = {
    PositionKind.FOR: N_("for: {names}"),
    PositionKind.AGAINST: N_("against: {names}"),
    PositionKind.ABSTAINED: N_("abstaining: {names}"),
}
VIEW_NAMES = {
    PositionKind.VETTED: N_("reviewed it"),
    PositionKind.FOR: N_("is for it"),
    PositionKind.AGAINST: N_("is against it"),
    PositionKind.ABSTAINED: N_("abstains"),
}


def decision_lines(meeting: Meeting, decision: Decision, language: Language) -> Iterator[str]:
    """Yield everything recorded about a question except its options and its ruling."""
    yield from form_lines(decision, language)
    outcome = request_outcome(meeting, decision)
    if outcome and (line := request_outcome_line(outcome, language)):
        yield line
    if (decision.is_open or decision.is_review) and (
        line := track_record_line(meeting, decision, language)
    ):
        yield line
    for ruling in decision.past:
        yield past_ruling_line(meeting, decision, ruling, language)
    yield from position_lines(meeting, decision, language)
    if line := approval_line(meeting, decision, language):
        yield line


def brief_lines(meeting: Meeting, decision: Decision, language: Language) -> Iterator[str]:
    """Yield what the decider needs beside question and options, one line each.

    The KPI with its weeks, the proposal, what it promised, its last ruling, and who stands for it.
    """
    if line := kpi_weeks_line(meeting, decision, language):
        yield line
    yield from form_lines(decision, language)
    outcome = request_outcome(meeting, decision)
    if outcome and (line := request_outcome_line(outcome, language)):
        yield line
    if line := track_record_line(meeting, decision, language):
        yield line
    if decision.past:
        yield past_ruling_line(meeting, decision, decision.past[-1], language)
    if line := people_line(meeting, decision, language):
        yield line


def record_lines(meeting: Meeting, decision: Decision, language: Language) -> Iterator[str]:
    """Yield what else is on record: the rulings before the last, and who said what."""
    for ruling in decision.past[:-1]:
        yield past_ruling_line(meeting, decision, ruling, language)
    yield from position_lines(meeting, decision, language)


def form_lines(decision: Decision, language: Language) -> Iterator[str]:
    """Yield the proposal of a question, one line each; nothing for a plain choice."""
    _ = language.gettext
    if decision.request:
        yield from _request_lines(decision.request, language)
    elif decision.experiment:
        yield experiment_line(decision.experiment, language)
    elif decision.reallocation:
        moved = decision.reallocation
        yield _("Moves {amount} from {source} to {target}").format(
            amount=moved.amount,
            source=marketplace_name(moved.source, language),
            target=marketplace_name(moved.target, language),
        )
    elif decision.risk:
        yield _("Risk: {threat}").format(threat=decision.risk.threat)
        yield _("Proposed solution: {solution}").format(solution=decision.risk.solution)


def approval_line(meeting: Meeting, decision: Decision, language: Language) -> str:
    """Return who took each stage and when: `Stages: proposed by Li → vetted by Wang, 10:20`."""
    stages = (
        *_proposal_stage(meeting, decision, language),
        *_vetting_stage(meeting, decision, language),
        *_ruling_stage(meeting, decision, language),
        *_tasks_stage(meeting, decision, language),
    )
    if not stages:
        return ""
    return language.gettext("Stages: {stages}").format(stages=" → ".join(stages))


def position_lines(meeting: Meeting, decision: Decision, language: Language) -> Iterator[str]:
    """Yield the positions of people; a vetting only if it has a comment."""
    for position in decision.stances:
        if position.view is not PositionKind.VETTED or position.words:
            yield _position_line(meeting, position, language)


def decision_badges(meeting: Meeting, decision: Decision, language: Language) -> str:
    """Return the badges of a question in the queue, such as `figures missing`."""
    _ = language.gettext
    badges = []
    if decision.is_open:
        if decision.is_review:
            badges.append(_("review"))
        elif decision.past or decision.times_postponed:
            badges.append(_("came back"))
        if missing := missing_text(decision, language):
            badges.append(missing)
        if is_proposer_missing(meeting, decision):
            badges.append(_("proposed by whom?"))
        if decision.vetting:
            badges.append(_("reviewed by the supervisor"))
        elif decision.lapsed:
            badges.append(_("changed after the review"))
        elif required_vetter(meeting, decision):
            badges.append(_("awaiting the supervisor's review"))
    elif find_decision_bypass(meeting, decision):
        badges.append(_("! supervisor bypassed"))
    return " · ".join(badges)


def missing_text(decision: Decision, language: Language) -> str:
    """Return what a request lacks: `missing: past ROI, uplift`; empty if it lacks nothing."""
    _ = language.gettext
    names = map(_, missing_values(decision.request)) if decision.request else ()
    joined = _(", ").join(names)
    return _("missing: {what}").format(what=joined) if joined else ""


def kpi_weeks_line(meeting: Meeting, decision: Decision, language: Language) -> str:
    """Return the weeks of the KPI of a question, with its value and target; empty without one."""
    card = meeting.scorecard
    series = card.one(decision.kpi, decision.marketplace) if card and decision.kpi else None
    definition = meeting.definition(decision.kpi)
    if series is None or definition is None:
        return ""
    name = kpi_and_marketplace(card, series.kpi, series.marketplace, language)
    weeks = sparkline([each.value for each in series.readings], WEEKS_SHOWN)
    text = f"{name}  {weeks}  {value_with_marks(definition, series, language)}"
    if series.target is not None and series.status is not TargetStatus.OFF_TARGET:
        target = language.target(series.target, definition.unit)
        text += " · " + language.gettext("target {target}").format(target=target)
    return text


def people_line(meeting: Meeting, decision: Decision, language: Language) -> str:
    """Return who proposed a question, who vetted it, and how many are for it or against it."""
    _ = language.gettext
    parts = [
        *_proposal_stage(meeting, decision, language),
        *_vetting_stage(meeting, decision, language),
    ]
    if is_proposer_missing(meeting, decision):
        parts.insert(0, _("proposed by whom? The supervisor's review depends on it"))
    for view, label in COUNT_LABELS.items():
        positions = [each for each in decision.stances if each.view is view]
        if positions:
            names = (_name_and_objection(meeting, each) for each in positions)
            parts.append(_(label).format(names=_(", ").join(names)))
    return " · ".join(parts)


def _name_and_objection(meeting: Meeting, position: Position) -> str:
    name = meeting.name_of(position.person)
    is_objection = position.view is PositionKind.AGAINST and position.words
    return f"{name} “{position.words}”" if is_objection else name


def bypass_line(bypass: Bypass, language: Language) -> str:
    """Return which supervisor was bypassed, and how."""
    _ = language.gettext
    if bypass.kind is BypassKind.UNVETTED:
        text = _("Supervisor bypassed (越级): decided before {name} reviewed it")
    else:
        text = _("Supervisor bypassed (越级): tasks given directly to the team of {name}")
    return text.format(name=bypass.supervisor.name)


def lapsed_vetting_line(meeting: Meeting, decision: Decision, language: Language) -> str:
    """Return who must vet a question again after a change; empty if nobody must."""
    if decision.lapsed is None:
        return ""
    return language.gettext(
        "{id} was changed after the review. {name} has to review it again."
    ).format(id=decision.id, name=meeting.name_of(decision.lapsed.person))


def track_record_line(meeting: Meeting, decision: Decision, language: Language) -> str:
    """Return the track record of a request's proposer; empty if there is none."""
    record = next((each for each in meeting.records if each.person == decision.proposer), None)
    if decision.request is None or record is None or not record.judged:
        return ""
    return language.gettext("{name}: {kept} of {judged} expected results met so far").format(
        name=meeting.name_of(record.person), kept=record.kept, judged=record.judged
    )


def past_ruling_line(
    meeting: Meeting, decision: Decision, ruling: Ruling, language: Language
) -> str:
    """Return the ruling of an earlier meeting on a question."""
    _ = language.gettext
    day = language.day(ruling.on or meeting.agenda.day_of(ruling.at))
    match ruling.outcome:
        case Outcome.CHOSEN:
            text = _("Chosen on {day}: {option}")
        case Outcome.RETURNED:
            text = _("Returned on {day}, missing: {reason}")
        case Outcome.POSTPONED:
            text = _("Postponed on {day}: {reason}")
        case Outcome.DROPPED:
            text = _("Dropped on {day}: {reason}")
    reason = ruling.rationale or _("data for the request")
    option = decision.option(ruling.option)
    chosen = f"{option.id} · {option.title}" if option else ruling.option or ""
    return text.format(day=day, option=chosen, reason=reason)


def request_outcome_line(outcome: RequestOutcome, language: Language) -> str:
    """Return what a granted request promised and achieved; empty without a KPI value."""
    _ = language.gettext
    definition, promised = outcome.definition, outcome.request.kpi_to
    if definition is None or promised is None:
        return ""

    parts = [_("Expected: {value}").format(value=value_text(promised, definition, language))]
    if outcome.by:
        parts.append(_("by {day}").format(day=language.day(outcome.by)))
    parts.append(
        _("at approval: {value}").format(value=value_text(outcome.was, definition, language))
    )
    if outcome.got is not None:
        parts.append(
            _("actual: {value}").format(value=value_text(outcome.got, definition, language))
        )
    if outcome.is_kept is not None:
        parts.append(_("met") if outcome.is_kept else _("not met"))
    return " · ".join(parts)


def _request_lines(request: Request, language: Language) -> Iterator[str]:
    _ = language.gettext
    parts = []
    if request.amount is not None:
        parts.append(_("asks for {money}").format(money=_money(request, request.amount, language)))
    if request.share is not None:
        share = language.number(request.share)
        parts.append(_("{share} % of current spending").format(share=share))
    if request.past_roi is not None:
        parts.append(_("past ROI {roi}").format(roi=language.number(request.past_roi)))
    if request.roi_file:
        parts.append(request.roi_file)
    if parts:
        yield " · ".join(parts)
    if request.uplift is not None and request.weeks is not None:
        uplift = _money(request, request.uplift, language)
        expected = language.ngettext(
            "expects {money} within {weeks} week",
            "expects {money} within {weeks} weeks",
            request.weeks,
        )
        parts = [expected.format(money=uplift, weeks=request.weeks)]
        parts.append(_payback_text(request, language))
        yield " · ".join(parts)
    if missing := list(map(_, missing_values(request))):
        yield _("Missing: {what}").format(what=_(", ").join(missing))


def _payback_text(request: Request, language: Language) -> str:
    """Return in how many weeks a request pays back, of profit or, without a margin, of sales."""
    weeks = request.payback_weeks
    if weeks is None:
        return language.gettext("never pays back")
    shown = round(weeks, 1)
    if request.margin is None:
        text = language.ngettext(
            "payback: {weeks} week of sales",
            "payback: {weeks} weeks of sales",
            shown,
        )
    else:
        text = language.ngettext(
            "payback: {weeks} week of profit, at a margin of {margin} %",
            "payback: {weeks} weeks of profit, at a margin of {margin} %",
            shown,
        )
    return text.format(weeks=language.number(shown), margin=language.number(request.margin or 0))


def _money(request: Request, amount: float, language: Language) -> str:
    decimals = 0 if float(amount).is_integer() else 2
    return language.money(amount, request.currency, decimals)


def _position_line(meeting: Meeting, position: Position, language: Language) -> str:
    _ = language.gettext
    text = f"{meeting.name_of(position.person)} {_(VIEW_NAMES[position.view])}"
    return _("{said}: {words}").format(said=text, words=position.words) if position.words else text


def _proposal_stage(meeting: Meeting, decision: Decision, language: Language) -> Iterator[str]:
    _ = language.gettext
    if decision.proposer is None:
        return
    name = meeting.name_of(decision.proposer)
    if decision.proposed_on is None:
        yield _("proposed by {name}").format(name=name)
    else:
        day = language.day(decision.proposed_on)
        yield _("proposed by {name} on {day}").format(name=name, day=day)


def _vetting_stage(meeting: Meeting, decision: Decision, language: Language) -> Iterator[str]:
    _ = language.gettext
    if decision.vetting is not None:
        name = meeting.name_of(decision.vetting.person)
        day = meeting.agenda.day_of(decision.vetting.at)
        time = (
            language.clock_time(decision.vetting.at, meeting.agenda.starts.tzinfo)
            if day == meeting.date
            else language.day(day)
        )
        yield _("reviewed by {name}, {time}").format(name=name, time=time)
    elif decision.lapsed is not None:
        name = meeting.name_of(decision.lapsed.person)
        yield _("reviewed by {name}, then changed, to be reviewed again").format(name=name)
    elif required_vetter(meeting, decision):
        yield _("awaiting the supervisor's review")


def _ruling_stage(meeting: Meeting, decision: Decision, language: Language) -> Iterator[str]:
    _ = language.gettext
    ruling = decision.ruling
    if ruling is None:
        return
    on = ruling.outside_on or meeting.agenda.day_of(ruling.at)
    if ruling.outcome is Outcome.POSTPONED:
        text = _("put off by {name} at {time}") if ruling.decider else _("put off at {time}")
    elif on != meeting.date:  # outside the meeting, or after it was reopened
        text = _("decided by {name} on {day}") if ruling.decider else _("decided on {day}")
    else:
        text = _("decided by {name} at {time}") if ruling.decider else _("decided at {time}")
    said = text.format(
        name=meeting.name_of(ruling.decider),
        time=language.clock_time(ruling.at, meeting.agenda.starts.tzinfo),
        day=language.day(on),
    )
    waited = _days_to_ruling(decision, language)
    yield _("{text} ({about})").format(text=said, about=waited) if waited else said


def _days_to_ruling(decision: Decision, language: Language) -> str:
    """Return the time from the proposal to the ruling; empty if it is not known."""
    days = decision.days_to_ruling
    if days is None or decision.is_review:
        return ""
    text = language.ngettext("{days} day later", "{days} days later", days)
    return text.format(days=days) if days else language.gettext("the same day")


def _tasks_stage(meeting: Meeting, decision: Decision, language: Language) -> Iterator[str]:
    _ = language.gettext
    nobody = _("nobody")
    tasks = [
        f"{action.id} {meeting.name_of(action.owner) or nobody}"
        for action in actions_of_decision(meeting, decision)
    ]
    if tasks:
        yield _("tasks: {tasks}").format(tasks=_(", ").join(tasks))
    elif decision.ruling and decision.ruling.outcome is Outcome.CHOSEN:
        yield _("no tasks assigned yet")
