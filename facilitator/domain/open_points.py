"""Open points: what must be settled or accepted before a meeting closes."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache, reduce

from msgspec import Struct

from facilitator.domain.action import ActionItem
from facilitator.domain.agenda import ItemKind
from facilitator.domain.approval import (
    actions_of_decision,
    find_action_bypass,
    find_decision_bypass,
)
from facilitator.domain.completeness import check_completeness
from facilitator.domain.decision import Decision, DecisionKind, Outcome
from facilitator.domain.errors import N_, Message, message
from facilitator.domain.kpi_gate import unanswered_series
from facilitator.domain.meeting import ItemState, Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.proposal import missing_values
from facilitator.domain.risk_disclosure import reporters_to_ask
from facilitator.domain.wording.action_check import Finding, MissingDetail, check_wording
from facilitator.domain.wording.focus_relevance import needs_focus_review
from facilitator.domain.wording.money import speaks_of_money


class OpenPointSubject(StrEnum):
    """The kind of entry that an open point is about."""

    ITEM = "item"
    DECISION = "decision"
    ACTION = "action"
    KPI = "kpi"
    INCIDENT = "incident"
    FOCUS = "focus"
    REPORTER = "reporter"
    OPENING = "opening"
    REPORT = "report"
    DRAFT = "draft"


class OpenPoint(Struct, frozen=True, kw_only=True):
    """Something that is still open before the meeting closes."""

    key: str
    """Identifies it in the journal: `decision:D3`, `action:A5:owner`, …"""
    subject: OpenPointSubject
    id: str
    """The id of the item, decision, action item, KPI, incident or person; the report's type, the
    name of the form."""
    message: Message
    must_be_settled: bool = True
    """Whether it prevents closing; an item not reached is just carried over."""

    @property
    def is_carried_over(self) -> bool:
        """Whether it comes back at the next meeting by itself."""
        return self.subject is OpenPointSubject.ITEM

    @property
    def may_be_accepted(self) -> bool:
        """Whether it may be left open with a reason; the text of a draft would be lost."""
        return self.subject is not OpenPointSubject.DRAFT


RATINGS_FORM = "ratings"
"""The name of the form of the ratings, for its draft."""
OFF_TARGET_MESSAGE = N_("{name} in {marketplace} is off target and has no answer.")
BYPASS_MESSAGE = N_("{id} bypassed the supervisor {name}.")
DRAFT_MESSAGE = N_("{form}: “{typed}” was typed, but not saved.")
REPORT_MESSAGE = N_("The report “{name}” is missing.")
FOCUS_CHANGED = OpenPoint(
    key="focus",
    subject=OpenPointSubject.FOCUS,
    id="",
    message=message(
        N_(
            "The focus changed, and earlier action items and questions have not been looked at "
            "again."
        )
    ),
    must_be_settled=False,
)


def open_points(meeting: Meeting) -> tuple[OpenPoint, ...]:
    """Return all open points that were not accepted, in the order of the review."""
    accepted = {override.subject for override in meeting.accepted}
    return tuple(point for point in _all_points(meeting) if point.key not in accepted)


def _all_points(meeting: Meeting) -> Iterator[OpenPoint]:
    yield from _drafts(meeting)
    yield from _opening_points(meeting)
    if needs_focus_review(meeting):
        yield FOCUS_CHANGED
    for progress in meeting.unreached:
        yield _point(
            OpenPointSubject.ITEM,
            progress.item.id,
            N_("“{title}” was not reached and is carried over."),
            must_be_settled=False,
            title=progress.item.title,
        )
    yield from _decision_points(meeting)
    yield from _all_action_points(meeting)
    yield from _kpi_points(meeting)
    for incident in meeting.incidents_to_review:
        yield _point(
            OpenPointSubject.INCIDENT,
            incident.id,
            N_("{id} “{phenomenon}” was not reviewed."),
            phenomenon=incident.phenomenon,
        )
    for person in reporters_to_ask(meeting):
        yield _point(
            OpenPointSubject.REPORTER,
            person.id,
            N_("{name} has neither named a problem nor signed off."),
            name=person.name,
        )
    for slot in check_completeness(meeting).missing_reports:
        yield _point(
            OpenPointSubject.REPORT,
            slot.kind,
            REPORT_MESSAGE,
            must_be_settled=False,
            name=slot.kind,
        )


def _decision_points(meeting: Meeting) -> Iterator[OpenPoint]:
    for decision in meeting.open_decisions:
        yield _point(
            OpenPointSubject.DECISION,
            decision.id,
            N_("{id} “{question}” has not been decided."),
            question=decision.question,
        )
    for decision in meeting.decisions:
        yield from _decision_flaws(meeting, decision)
    yield from _bypasses(meeting)


def _all_action_points(meeting: Meeting) -> Iterator[OpenPoint]:
    for action in meeting.actions:
        if action.is_done_without_evidence:
            text = N_("{id} “{title}” is done, but nothing shows it.")
            yield _action_point(action, "evidence", text, must_be_settled=False)
    for action in meeting.open_actions:
        yield from _action_points(meeting, action)


def _drafts(meeting: Meeting) -> Iterator[OpenPoint]:
    """Yield the forms that were left before they were saved; the close asks for ratings anyway."""
    for draft in meeting.drafts:
        if draft.form_name != RATINGS_FORM:
            yield _point(
                OpenPointSubject.DRAFT,
                draft.form,
                DRAFT_MESSAGE,
                form=draft.form,
                typed=next(text for _field, text in draft.fields if text),
            )


def _opening_points(meeting: Meeting) -> Iterator[OpenPoint]:
    """Yield the opening question if it was put, but its answer was not written down."""
    for progress in meeting.items:
        is_put = progress.state in (ItemState.RUNNING, ItemState.DONE)
        if progress.item.kind is ItemKind.OPENING and is_put and not meeting.focus:
            yield _point(
                OpenPointSubject.OPENING,
                progress.item.id,
                N_("The opening question has no answer: “{question}”"),
                must_be_settled=False,
                question=progress.item.question or progress.item.title,
            )
            return


def _decision_flaws(meeting: Meeting, decision: Decision) -> Iterator[OpenPoint]:
    """Yield what a question or its ruling lacks; closing does not wait for it."""
    if decision.is_open and decision.request is not None and decision.is_incomplete:
        missing = [message(each) for each in missing_values(decision.request)]
        yield _point(
            OpenPointSubject.DECISION,
            decision.id,
            N_("{id} “{question}” asks for money without figures. Missing: {what}"),
            aspect="figures",
            must_be_settled=False,
            question=decision.question,
            what=reduce(_join_names, missing),
        )
    is_choice = decision.is_open and decision.kind is DecisionKind.CHOICE
    if is_choice and speaks_of_money(decision.question):
        yield _point(
            OpenPointSubject.DECISION,
            decision.id,
            N_("{id} “{question}” speaks of money, but it is not a request with figures."),
            aspect="figures",
            must_be_settled=False,
            question=decision.question,
        )
    is_chosen = decision.ruling is not None and decision.ruling.outcome is Outcome.CHOSEN
    if is_chosen and not actions_of_decision(meeting, decision):
        yield _point(
            OpenPointSubject.DECISION,
            decision.id,
            N_("{id} “{question}” is decided, but no action item carries it out."),
            aspect="action",
            must_be_settled=False,
            question=decision.question,
        )


def _join_names(first: Message, second: Message) -> Message:
    return message(N_("{first}, {second}"), first=first, second=second)


def _point(
    subject: OpenPointSubject,
    entry_id: str,
    text: str,
    *,
    aspect: str = "",
    must_be_settled: bool = True,
    **values: object,
) -> OpenPoint:
    """Return an open point about an entry, or about one aspect of it."""
    return OpenPoint(
        key=":".join(filter(None, (subject, entry_id, aspect))),
        subject=subject,
        id=entry_id,
        message=message(text, id=entry_id, **values),
        must_be_settled=must_be_settled,
    )


def _bypasses(meeting: Meeting) -> Iterator[OpenPoint]:
    """Yield the rulings that bypassed a supervisor; closing does not wait for them."""
    for decision in meeting.decisions:
        bypass = find_decision_bypass(meeting, decision)
        if bypass is not None:
            yield OpenPoint(
                key=f"shortcut:{decision.id}",
                subject=OpenPointSubject.DECISION,
                id=decision.id,
                message=message(BYPASS_MESSAGE, id=decision.id, name=bypass.supervisor.name),
                must_be_settled=False,
            )


def _action_points(meeting: Meeting, action: ActionItem) -> Iterator[OpenPoint]:
    if bypass := find_action_bypass(meeting, action):
        yield _point(
            OpenPointSubject.ACTION,
            action.id,
            BYPASS_MESSAGE,
            aspect="shortcut",
            must_be_settled=False,
            name=bypass.supervisor.name,
        )
    if unclear := _unclear_wording(meeting, action):
        yield _action_point(action, "wording", N_("{id} “{title}”: {unclear}"), unclear=unclear)
    if action.owner is None:
        yield _action_point(action, "owner", N_("{id} “{title}” has no owner."))
    if action.due is None:
        yield _action_point(action, "due", N_("{id} “{title}” has no due date."))
    if not action.criterion:
        text = N_("{id} “{title}” has no acceptance criterion.")
        yield _action_point(action, "criterion", text)
    is_reviewed = action.id in meeting.reviewed or action.id not in meeting.carried_actions
    if action.needs_ruling:
        text = N_(
            "{id} “{title}” keeps coming back. Kill it, split it, hand it over, or set a new date."
        )
        yield _action_point(action, "ruling", text)
    elif not is_reviewed:
        text = N_("{id} “{title}” from an earlier meeting was not reviewed.")
        yield _action_point(action, "review", text)


def _action_point(
    action: ActionItem, aspect: str, text: str, *, must_be_settled: bool = True, **values: Message
) -> OpenPoint:
    return _point(
        OpenPointSubject.ACTION,
        action.id,
        text,
        aspect=aspect,
        must_be_settled=must_be_settled,
        title=action.title,
        **values,
    )


def _unclear_wording(meeting: Meeting, action: ActionItem) -> Message | None:
    """Return what is unclear in the wording of an action item added in this meeting.

    Empty fields have open points of their own.
    """
    if action.id in meeting.carried_actions:
        return None
    values = {
        MissingDetail.OWNER: action.owner,
        MissingDetail.DUE: action.due,
        MissingDetail.CRITERION: action.criterion,
    }
    findings = _wording_findings(
        action.title, action.owner, action.due, action.criterion, meeting.date
    )
    unclear = [each.message for each in findings if values.get(each.aspect, True)]
    return reduce(_join_messages, unclear) if unclear else None


@lru_cache(4_096)
def _wording_findings(
    title: str, owner: PersonId | None, due: date | None, criterion: str, on: date
) -> tuple[Finding, ...]:
    """Return what an action item lacks; remembered, because review and minutes ask at each step."""
    return check_wording(title, owner, due, criterion, on=on).findings


def _join_messages(first: Message, second: Message) -> Message:
    return message(N_("{said} {more}"), said=first, more=second)


def _kpi_points(meeting: Meeting) -> Iterator[OpenPoint]:
    if meeting.scorecard is None:
        return
    for series in unanswered_series(meeting):
        definition = meeting.scorecard.definition(series.kpi)
        yield _point(
            OpenPointSubject.KPI,
            series.kpi,
            OFF_TARGET_MESSAGE,
            aspect=series.marketplace,
            name=definition.name if definition else series.kpi,
            marketplace=series.marketplace,
        )
