"""What a step did, in a few words: `A2 dropped`, `“KPIs” started`. Undo and redo name it so."""

from typing import assert_never

from facilitator.domain.action import ActionStatus, Recourse
from facilitator.domain.agenda import ItemId
from facilitator.domain.decision import DecisionId, Outcome, Ruling
from facilitator.domain.durations import MINUTE
from facilitator.domain.errors import N_
from facilitator.domain.events.actions import (
    ActionAccepted,
    ActionAdded,
    ActionChanged,
    ActionClosed,
    ActionReviewed,
    ActionRuled,
    ActionStatusChanged,
    ActionStep,
)
from facilitator.domain.events.clock import (
    ClockStep,
    ItemDropped,
    ItemSkipped,
    ItemStarted,
    MeetingContinued,
    MeetingPaused,
    TimeboxChanged,
)
from facilitator.domain.events.decisions import (
    BypassAccepted,
    DecisionChanged,
    DecisionProposed,
    DecisionReopened,
    DecisionRuled,
    DecisionStep,
    PositionTaken,
)
from facilitator.domain.events.focus import FocusAnswered, FocusReviewed
from facilitator.domain.events.incidents import IncidentReviewed
from facilitator.domain.events.kpis import (
    CauseGiven,
    DefinitionAgreed,
    KpiAnswered,
    KpiStep,
    OccasionMarked,
)
from facilitator.domain.events.meeting import (
    AttendanceTaken,
    MeetingRated,
    OpenPointAccepted,
    RecorderChanged,
    SensitivityMarked,
    Step,
    TimeLost,
)
from facilitator.domain.events.notes import (
    NoteChanged,
    NoteConverted,
    NoteStep,
    NoteTaken,
    TopicClosed,
    TopicParked,
)
from facilitator.domain.events.risks import (
    NoProblemSigned,
    RiskChanged,
    RiskClosed,
    RiskRaised,
    RiskStep,
)
from facilitator.domain.kpi_answer import Verdict
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import TopicStatus
from facilitator.domain.text import beginning
from facilitator.render.decision import VIEW_NAMES
from facilitator.render.kpi_answers import kpi_and_marketplace
from facilitator.render.language import Language

LONGEST_QUOTE = 40
"""The most characters of an entry that are quoted."""

STATUS_TEXTS = {
    ActionStatus.OPEN: N_("{id} not started after all"),
    ActionStatus.IN_PROGRESS: N_("{id} started"),
    ActionStatus.BLOCKED: N_("{id} blocked"),
    ActionStatus.DONE: N_("{id} done"),
    ActionStatus.DROPPED: N_("{id} dropped"),
}
RECOURSE_TEXTS = {
    Recourse.KILL: N_("{id} killed"),
    Recourse.SPLIT: N_("{id} split"),
    Recourse.HAND_OVER: N_("{id} handed over"),
    Recourse.NEW_DATE: N_("{id} got a new date"),
}
OUTCOME_TEXTS = {
    Outcome.CHOSEN: N_("{id} decided: {option}"),
    Outcome.POSTPONED: N_("{id} postponed"),
    Outcome.RETURNED: N_("{id} returned"),
    Outcome.DROPPED: N_("{id} dropped"),
}
TOPIC_TEXTS = {
    TopicStatus.PARKED: N_("{id} parked again"),
    TopicStatus.SETTLED: N_("{id} settled"),
    TopicStatus.DROPPED: N_("{id} dropped"),
}
VERDICT_TEXTS = {
    Verdict.EXPLAINED: N_("{kpi} answered"),
    Verdict.UNKNOWN: N_("{kpi}: cause to be found"),
    Verdict.NORMAL: N_("{kpi} passed as normal"),
    Verdict.PASSED: N_("{kpi} passed without an answer"),
}


def step_text(step: Step, meeting: Meeting, language: Language) -> str:
    """Return what a step did; `meeting` is the one after it, which knows the names."""
    _ = language.gettext
    match step:
        case IncidentReviewed(incident_id=incident_id):
            return _("Review of {id} written").format(id=incident_id)
        case RecorderChanged(to=to):
            return _("{name} became the recorder").format(name=meeting.name_of(to))
        case SensitivityMarked(id=entry_id, is_sensitive=is_sensitive):
            text = _("{id} marked as sensitive") if is_sensitive else _("{id} not sensitive")
            return text.format(id=entry_id)
        case FocusReviewed(review=review):
            return _("focus reviewed: {parked} parked, {killed} killed").format(
                parked=len(review.parked), killed=len(review.killed)
            )
        case FocusAnswered(text=text):
            return _("today's focus: {text}").format(text=_quote(text))
        case AttendanceTaken():
            return _("attendance taken")
        case OpenPointAccepted(more=more):
            count = 1 + len(more)
            return language.ngettext(
                "{count} point left open", "{count} points left open", count
            ).format(count=count)
        case TimeLost(lost=lost):
            return _("{minutes} min recorded as lost").format(minutes=round(lost.time / MINUTE))
        case MeetingRated():
            return _("meeting rated")
        case _:
            return _subject_text(step, meeting, language)


def _subject_text(
    step: ClockStep | NoteStep | KpiStep | DecisionStep | ActionStep | RiskStep,
    meeting: Meeting,
    language: Language,
) -> str:
    """Return what a step did to the clock, a KPI or an entry."""
    if isinstance(step, ActionStep):
        return _action_text(step, language)
    if isinstance(step, DecisionStep):
        return _decision_text(step, meeting, language)
    if isinstance(step, ClockStep):
        return _clock_text(step, meeting, language)
    if isinstance(step, NoteStep):
        return _note_text(step, language)
    if isinstance(step, KpiStep):
        return _kpi_text(step, meeting, language)
    return _risk_text(step, meeting, language)


def _action_text(step: ActionStep, language: Language) -> str:
    _ = language.gettext
    match step:
        case ActionAdded(action=action):
            return _added(action.id, action.title, language)
        case ActionChanged(action=action):
            return _("{id} changed").format(id=action.id)
        case ActionClosed(action_id=action_id, status=status):
            return _(STATUS_TEXTS[status]).format(id=action_id)
        case ActionStatusChanged(action_id=action_id, status=status):
            return _(STATUS_TEXTS[status]).format(id=action_id)
        case ActionReviewed(action_id=action_id):
            return _("{id} carried over").format(id=action_id)
        case ActionAccepted(action_id=action_id, by=by):
            text = _("{id} accepted") if by else _("{id} no longer accepted")
            return text.format(id=action_id)
        case ActionRuled(action_id=action_id, ruling=ruling):
            return _(RECOURSE_TEXTS[ruling.recourse]).format(id=action_id)
        case _:
            assert_never(step)


def _decision_text(step: DecisionStep, meeting: Meeting, language: Language) -> str:
    _ = language.gettext
    match step:
        case DecisionProposed(decision=decision):
            return _added(decision.id, decision.question, language)
        case DecisionChanged(decision=decision):
            return _("{id} changed").format(id=decision.id)
        case DecisionRuled(decision_id=decision_id, ruling=ruling):
            return _ruling_text(decision_id, ruling, meeting, language)
        case DecisionReopened(decision_id=decision_id):
            return _("{id} reopened").format(id=decision_id)
        case PositionTaken(decision_id=decision_id, stance=stance):
            return _("{id}: {name} {view}").format(
                id=decision_id, name=meeting.name_of(stance.person), view=_(VIEW_NAMES[stance.view])
            )
        case BypassAccepted(decision_id=decision_id):
            return _("{id}: bypass accepted").format(id=decision_id)
        case _:
            assert_never(step)


def _ruling_text(
    decision_id: DecisionId, ruling: Ruling, meeting: Meeting, language: Language
) -> str:
    decision = meeting.decision(decision_id)
    option = decision.option(ruling.option) if decision else None
    chosen = f"{option.id} · {_quote(option.title)}" if option else ruling.option
    return language.gettext(OUTCOME_TEXTS[ruling.outcome]).format(id=decision_id, option=chosen)


def _clock_text(step: ClockStep, meeting: Meeting, language: Language) -> str:
    _ = language.gettext
    match step:
        case ItemStarted(item_id=item_id):
            text = _("“{title}” started")
        case ItemSkipped(item_id=item_id):
            text = _("“{title}” skipped")
        case ItemDropped(item_id=item_id):
            text = _("“{title}” dropped")
        case TimeboxChanged(item_id=item_id, by=by):
            text = _("{minutes} min for “{title}”")
            minutes = f"{round(by / MINUTE):+d}".replace("-", "−")
            return text.format(minutes=minutes, title=_item_title(meeting, item_id))
        case MeetingPaused():
            return _("clock paused")
        case MeetingContinued():
            return _("clock continued")
        case _:
            assert_never(step)
    return text.format(title=_item_title(meeting, item_id))


def _note_text(step: NoteStep, language: Language) -> str:
    _ = language.gettext
    match step:
        case NoteTaken(note=note):
            return _("note: {text}").format(text=_quote(note.text))
        case NoteChanged(text=text):
            return (
                _("note changed: {text}").format(text=_quote(text)) if text else _("note removed")
            )
        case NoteConverted(action=action, decision=decision, topic=topic):
            made = action or decision or topic
            return _("note became {id}").format(id=made.id) if made else _("note turned back")
        case TopicParked(topic=topic):
            return _("{id} parked: {text}").format(id=topic.id, text=_quote(topic.text))
        case TopicClosed(topic_id=topic_id, status=status):
            return _(TOPIC_TEXTS[status]).format(id=topic_id)
        case _:
            assert_never(step)


def _kpi_text(step: KpiStep, meeting: Meeting, language: Language) -> str:
    _ = language.gettext
    match step:
        case KpiAnswered(answer=answer):
            kpi = _kpi(meeting, answer.kpi, answer.marketplace, language)
            return _(VERDICT_TEXTS[answer.verdict]).format(kpi=kpi)
        case CauseGiven(kpi=kpi_id, marketplace=marketplace):
            kpi = _kpi(meeting, kpi_id, marketplace, language)
            return _(VERDICT_TEXTS[Verdict.EXPLAINED]).format(kpi=kpi)
        case OccasionMarked(week_end=week_end, what=what):
            text = _("week to {day} marked") if what else _("week to {day} no longer marked")
            return text.format(day=language.day(week_end))
        case DefinitionAgreed(definition=definition):
            kpi = _kpi(meeting, definition.kpi, ALL, language)
            return _("{kpi}: definition agreed").format(kpi=kpi)
        case _:
            assert_never(step)


def _risk_text(step: RiskStep, meeting: Meeting, language: Language) -> str:
    _ = language.gettext
    match step:
        case RiskRaised(risk=risk):
            return _added(risk.id, risk.text, language)
        case RiskChanged(risk=risk):
            return _("{id} changed").format(id=risk.id)
        case RiskClosed(risk_id=risk_id):
            return _("{id} closed").format(id=risk_id)
        case NoProblemSigned(person=person, is_signed=is_signed):
            text = (
                _("{name} signed: no known problem")
                if is_signed
                else _("{name} withdrew the signature")
            )
            return text.format(name=meeting.name_of(person))
        case _:
            assert_never(step)


def _added(entry_id: str, text: str, language: Language) -> str:
    return language.gettext("{id} added: {text}").format(id=entry_id, text=_quote(text))


def _kpi(meeting: Meeting, kpi: KpiId, marketplace: Marketplace, language: Language) -> str:
    return kpi_and_marketplace(meeting.scorecard, kpi, marketplace, language)


def _item_title(meeting: Meeting, item_id: ItemId) -> str:
    progress = meeting.item(item_id)
    return progress.item.title if progress else item_id


def _quote(text: str) -> str:
    return beginning(text, LONGEST_QUOTE)
