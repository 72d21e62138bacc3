"""Open points: what must be settled or accepted before a meeting closes."""

from collections.abc import Iterator
from enum import StrEnum
from functools import reduce

from msgspec import Struct

from facilitator.domain.action import ActionItem
from facilitator.domain.approval import find_action_bypass, find_decision_bypass
from facilitator.domain.errors import N_, Message, message
from facilitator.domain.kpi_gate import unanswered_series
from facilitator.domain.kpis.scorecard import TargetStatus
from facilitator.domain.meeting import Meeting
from facilitator.domain.risk_disclosure import silent_reporters
from facilitator.domain.wording.action_check import MissingDetail, check_wording
from facilitator.domain.wording.focus_relevance import needs_focus_review


class OpenPointSubject(StrEnum):
    """The kind of entry that an open point is about."""

    ITEM = "item"
    DECISION = "decision"
    ACTION = "action"
    KPI = "kpi"
    INCIDENT = "incident"
    FOCUS = "focus"
    REPORTER = "reporter"


class OpenPoint(Struct, frozen=True, kw_only=True):
    """Something that is still open before the meeting closes."""

    key: str
    """Identifies it in the journal: `decision:D3`, `action:A5:owner`, …"""
    subject: OpenPointSubject
    id: str
    """The id of the item, decision, action item, KPI, incident or person."""
    message: Message
    must_be_settled: bool = True
    """Whether it prevents closing; an item not reached is just carried over."""


OFF_TARGET_MESSAGE = N_("{name} in {marketplace} is off target and has no answer.")
BYPASS_MESSAGE = N_("{id} went past the supervisor {name}.")
UNUSUAL_MESSAGE = N_("{name} in {marketplace} is unusual and has no answer.")
FOCUS_CHANGED = OpenPoint(
    key="focus",
    subject=OpenPointSubject.FOCUS,
    id="",
    message=message(N_("The focus changed: what was promised and asked before was not looked at.")),
    must_be_settled=False,
)


def open_points(meeting: Meeting) -> tuple[OpenPoint, ...]:
    """Return all open points that were not accepted, in the order of the review."""
    accepted = {override.subject for override in meeting.accepted}
    return tuple(point for point in _all_points(meeting) if point.key not in accepted)


def _all_points(meeting: Meeting) -> Iterator[OpenPoint]:
    if needs_focus_review(meeting):
        yield FOCUS_CHANGED
    for progress in meeting.unreached:
        yield OpenPoint(
            key=f"item:{progress.item.id}",
            subject=OpenPointSubject.ITEM,
            id=progress.item.id,
            message=message(
                N_("“{title}” was not reached; it is carried over."), title=progress.item.title
            ),
            must_be_settled=False,
        )
    for decision in meeting.open_decisions:
        yield OpenPoint(
            key=f"decision:{decision.id}",
            subject=OpenPointSubject.DECISION,
            id=decision.id,
            message=message(
                N_("{id} “{question}” has no ruling."), id=decision.id, question=decision.question
            ),
        )
    yield from _bypasses(meeting)
    yield from _actions(meeting)
    yield from _kpis(meeting)
    for incident in meeting.incidents_to_review:
        yield OpenPoint(
            key=f"incident:{incident.id}",
            subject=OpenPointSubject.INCIDENT,
            id=incident.id,
            message=message(
                N_("{id} “{phenomenon}” was not reviewed."),
                id=incident.id,
                phenomenon=incident.phenomenon,
            ),
        )
    yield from _reporters(meeting)


def _reporters(meeting: Meeting) -> Iterator[OpenPoint]:
    for person in silent_reporters(meeting):
        yield OpenPoint(
            key=f"reporter:{person.id}",
            subject=OpenPointSubject.REPORTER,
            id=person.id,
            message=message(N_("{name} named no problem and signed nothing."), name=person.name),
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


def _actions(meeting: Meeting) -> Iterator[OpenPoint]:
    for action in meeting.open_actions:
        yield from _action_bypass(meeting, action)
        yield from _unclear_wording(meeting, action)
        lacks = (
            ("owner", action.owner is None, N_("{id} “{title}” has no owner.")),
            ("due", action.due is None, N_("{id} “{title}” has no due date.")),
            ("criterion", not action.criterion, N_("{id} “{title}” has no acceptance criterion.")),
            (
                "review",
                action.id in meeting.carried_actions
                and action.id not in meeting.reviewed
                and not action.needs_ruling,
                N_("{id} “{title}” from an earlier meeting was not reviewed."),
            ),
            (
                "ruling",
                action.needs_ruling,
                N_("{id} “{title}” keeps coming back: kill, split, hand over, or redate it."),
            ),
        )
        for name, is_lacking, text in lacks:
            if is_lacking:
                yield OpenPoint(
                    key=f"action:{action.id}:{name}",
                    subject=OpenPointSubject.ACTION,
                    id=action.id,
                    message=message(text, id=action.id, title=action.title),
                )


def _action_bypass(meeting: Meeting, action: ActionItem) -> Iterator[OpenPoint]:
    """Yield the open point for an action item that bypassed a supervisor."""
    bypass = find_action_bypass(meeting, action)
    if bypass is not None:
        yield OpenPoint(
            key=f"action:{action.id}:shortcut",
            subject=OpenPointSubject.ACTION,
            id=action.id,
            message=message(BYPASS_MESSAGE, id=action.id, name=bypass.supervisor.name),
            must_be_settled=False,
        )


def _unclear_wording(meeting: Meeting, action: ActionItem) -> Iterator[OpenPoint]:
    """Yield what is unclear in the wording of an action item added in this meeting.

    Empty fields have open points of their own.
    """
    if action.id in meeting.carried_actions:
        return
    values = {
        MissingDetail.OWNER: action.owner,
        MissingDetail.DUE: action.due,
        MissingDetail.CRITERION: action.criterion,
    }
    wording = check_wording(
        action.title, action.owner, action.due, action.criterion, on=meeting.date
    )
    unclear = [each.message for each in wording.findings if values.get(each.aspect, True)]
    if unclear:
        yield OpenPoint(
            key=f"action:{action.id}:wording",
            subject=OpenPointSubject.ACTION,
            id=action.id,
            message=message(
                N_("{id} “{title}”: {unclear}"),
                id=action.id,
                title=action.title,
                unclear=reduce(_join_messages, unclear),
            ),
        )


def _join_messages(first: Message, second: Message) -> Message:
    return message(N_("{said} {more}"), said=first, more=second)


def _kpis(meeting: Meeting) -> Iterator[OpenPoint]:
    if meeting.scorecard is None:
        return
    for series in unanswered_series(meeting):
        definition = meeting.scorecard.definition(series.kpi)
        yield OpenPoint(
            key=f"kpi:{series.kpi}:{series.marketplace}",
            subject=OpenPointSubject.KPI,
            id=series.kpi,
            message=message(
                OFF_TARGET_MESSAGE if series.status is TargetStatus.OFF_TARGET else UNUSUAL_MESSAGE,
                name=definition.name if definition else series.kpi,
                marketplace=series.marketplace,
            ),
        )
