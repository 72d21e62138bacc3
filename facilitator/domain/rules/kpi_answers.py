"""Rules on KPIs: answer for them, mark occasions, agree on definitions."""

from collections.abc import Iterable
from datetime import date, datetime

from msgspec.structs import replace

from facilitator.domain.action import ActionItem
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.kpis import DefinitionAgreed, KpiAnswered, OccasionMarked
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpi_gate import answer_to, concern_of
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import AgreedDefinition, KpiId, agreed_definition
from facilitator.domain.kpis.occasion import occasion_on
from facilitator.domain.meeting import Meeting
from facilitator.domain.rules.actions import with_next_number
from facilitator.domain.rules.preconditions import must_be_open
from facilitator.domain.rules.proposals import validate_experiment
from facilitator.domain.text_input import clean_line, require_line


def explain_kpi(meeting: Meeting, now: datetime, draft: KpiAnswer) -> KpiAnswered:
    """Record the causes of a KPI value, and what is proposed about it."""
    must_be_open(meeting)
    _must_be_known_kpi(meeting, draft.kpi, draft.marketplace)
    causes = _unique_causes(draft.causes)
    if not causes:
        raise RuleError(N_("Name at least one cause, or say who will find it and by when."))
    answer = KpiAnswer(
        kpi=draft.kpi,
        marketplace=draft.marketplace,
        verdict=Verdict.EXPLAINED,
        causes=causes,
        proposal=require_line(draft.proposal, N_("Write what you propose.")),
        experiment=validate_experiment(draft.experiment) if draft.experiment else None,
        evidence=clean_line(draft.evidence),
        is_alone=draft.is_alone,
    )
    return KpiAnswered(at=now, answer=answer)


def assign_cause_search(
    meeting: Meeting,
    now: datetime,
    kpi: KpiId,
    marketplace: Marketplace,
    draft: ActionItem,
    *,
    is_alone: bool = False,
) -> KpiAnswered:
    """Record that the cause is unknown; `draft` becomes the action item to find it.

    With `is_alone`, the answer is for this marketplace only.
    """
    must_be_open(meeting)
    _must_be_known_kpi(meeting, kpi, marketplace)
    if draft.owner is None:
        raise RuleError(N_("Name one person who will find the cause."))
    if draft.due is None:
        raise RuleError(N_("Enter the date by which the cause will be found."))
    if draft.due < meeting.date:
        raise RuleError(N_("The date for finding the cause must be today or later."))
    action = with_next_number(meeting, replace(draft, kpi=kpi, marketplace=marketplace))
    answer = KpiAnswer(
        kpi=kpi,
        marketplace=marketplace,
        verdict=Verdict.UNKNOWN,
        action=action.id,
        is_alone=is_alone,
    )
    return KpiAnswered(at=now, answer=answer, action=action)


def pass_kpi(
    meeting: Meeting, now: datetime, kpi: KpiId, marketplace: Marketplace, reason: str = ""
) -> KpiAnswered:
    """Pass a KPI without an answer if it is off target; otherwise accept it as normal.

    What is off target is passed only with a reason.
    """
    must_be_passable(meeting, kpi, marketplace)
    concern = concern_of(meeting, kpi)
    is_off_target = concern is not None and concern.needs_answer
    if is_off_target:
        require_line(reason, N_("Write why it is passed without an answer. The minutes print it."))
    answer = KpiAnswer(
        kpi=kpi,
        marketplace=marketplace,
        verdict=Verdict.PASSED if is_off_target else Verdict.NORMAL,
        reason=clean_line(reason),
    )
    return KpiAnswered(at=now, answer=answer)


def must_be_passable(meeting: Meeting, kpi: KpiId, marketplace: Marketplace) -> None:
    """Raise RuleError if a KPI has an answer, or needs none."""
    must_be_open(meeting)
    _must_be_known_kpi(meeting, kpi, marketplace)
    if answer_to(meeting, kpi, marketplace) is not None:
        raise RuleError(N_("This KPI already has an answer. Change the answer, or undo it."))
    if concern_of(meeting, kpi) is None:
        raise RuleError(N_("This KPI is neither off target nor unusual. No answer is needed."))


def must_be_one_of_several(meeting: Meeting, kpi: KpiId, marketplace: Marketplace) -> None:
    """Raise RuleError unless a marketplace can be split off from the others of its concern."""
    must_be_open(meeting)
    concern = concern_of(meeting, kpi)
    places = concern.marketplaces if concern else ()
    if marketplace == ALL or marketplace not in places or len(places) == 1:
        raise RuleError(
            N_("Only one of several marketplaces can have an answer of its own. Press c instead.")
        )


def mark_occasion(
    meeting: Meeting, now: datetime, week_end: date, marketplace: Marketplace, what: str
) -> OccasionMarked:
    """Mark a week as unlike others, such as a promotion; an empty text removes the mark."""
    must_be_open(meeting)
    cleaned = clean_line(what)
    unmarked = occasion_on(week_end, marketplace)
    if not cleaned and all(replace(each, what="") != unmarked for each in meeting.occasions):
        raise RuleError(
            N_(
                "No meeting has marked this week. Marks made in the agenda are changed in the "
                "agenda."
            )
        )
    return OccasionMarked(at=now, week_end=week_end, marketplace=marketplace, what=cleaned)


def _must_be_known_kpi(meeting: Meeting, kpi: KpiId, marketplace: Marketplace) -> None:
    if meeting.scorecard is None or meeting.scorecard.one(kpi, marketplace) is None:
        raise RuleError(N_("This meeting has no such KPI."))


def _unique_causes(causes: Iterable[str]) -> tuple[str, ...]:
    """Return the causes in the order given, without repetitions."""
    cleaned = (clean_line(cause) for cause in causes)
    return tuple({cause.casefold(): cause for cause in cleaned if cause}.values())


def agree_definition(meeting: Meeting, now: datetime, kpi: KpiId, text: str) -> DefinitionAgreed:
    """Record in one sentence what a KPI means."""
    must_be_open(meeting)
    if meeting.definition(kpi) is None:
        raise RuleError(N_("This meeting has no such KPI."))
    sentence = require_line(text, N_("Write in one sentence what was agreed."))
    current = agreed_definition(meeting.definitions, kpi)
    if current is not None and current.text == sentence:
        raise RuleError(N_("This is already the agreed definition."))
    agreed = AgreedDefinition(kpi=kpi, text=sentence, agreed_on=meeting.date)
    return DefinitionAgreed(at=now, definition=agreed)
