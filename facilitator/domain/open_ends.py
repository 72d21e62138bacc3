"""What is still open before a meeting closes."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

from facilitator.domain.action import ActionItem
from facilitator.domain.bad_news import silent
from facilitator.domain.errors import N_, Message, message
from facilitator.domain.gate import unanswered
from facilitator.domain.kpis.scorecard import Status
from facilitator.domain.meeting import Meeting
from facilitator.domain.stages import handed_past, shortcut
from facilitator.domain.wording.checking import Aspect, check
from facilitator.domain.wording.serving import has_unserved


class Subject(StrEnum):
    """What kind of thing was left open."""

    ITEM = "item"
    DECISION = "decision"
    ACTION = "action"
    KPI = "kpi"
    INCIDENT = "incident"
    FOCUS = "focus"
    REPORTER = "reporter"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEnd:
    """One thing left open, and what closing would make of it."""

    key: str
    """Names it in the journal: `decision:D3`, `action:A5:owner`…"""
    subject: Subject
    id: str
    """Of the item, decision, action, KPI, incident or person."""
    says: Message
    must_be_settled: bool = True
    """Whether closing waits for it; an item not reached is simply carried over."""


OFF_TARGET = N_("{name} in {marketplace} is off target and has no answer.")
PASSED_BY = N_("{id} went past the supervisor {name}.")
UNUSUAL = N_("{name} in {marketplace} is unusual and has no answer.")
FOCUS_CHANGED = OpenEnd(
    key="focus",
    subject=Subject.FOCUS,
    id="",
    says=message(N_("The focus changed: what was promised and asked before was not looked at.")),
    must_be_settled=False,
)


def open_ends(meeting: Meeting) -> tuple[OpenEnd, ...]:
    """Everything still open and not yet accepted as it is, in the order of the review."""
    accepted = {override.subject for override in meeting.accepted}
    return tuple(end for end in _all(meeting) if end.key not in accepted)


def _all(meeting: Meeting) -> Iterator[OpenEnd]:
    if has_unserved(meeting):
        yield FOCUS_CHANGED
    for progress in meeting.unreached:
        yield OpenEnd(
            key=f"item:{progress.item.id}",
            subject=Subject.ITEM,
            id=progress.item.id,
            says=message(
                N_("“{title}” was not reached; it is carried over."), title=progress.item.title
            ),
            must_be_settled=False,
        )
    for decision in meeting.open_decisions:
        yield OpenEnd(
            key=f"decision:{decision.id}",
            subject=Subject.DECISION,
            id=decision.id,
            says=message(
                N_("{id} “{question}” has no ruling."), id=decision.id, question=decision.question
            ),
        )
    yield from _shortcuts(meeting)
    yield from _actions(meeting)
    yield from _kpis(meeting)
    for incident in meeting.incidents_to_review:
        yield OpenEnd(
            key=f"incident:{incident.id}",
            subject=Subject.INCIDENT,
            id=incident.id,
            says=message(
                N_("{id} “{phenomenon}” was not reviewed."),
                id=incident.id,
                phenomenon=incident.phenomenon,
            ),
        )
    yield from _reporters(meeting)


def _reporters(meeting: Meeting) -> Iterator[OpenEnd]:
    for person in silent(meeting):
        yield OpenEnd(
            key=f"reporter:{person.id}",
            subject=Subject.REPORTER,
            id=person.id,
            says=message(N_("{name} named no problem and signed nothing."), name=person.name),
        )


def _shortcuts(meeting: Meeting) -> Iterator[OpenEnd]:
    """Rulings past a supervisor; the minutes mark them where the room leaves them so."""
    for decision in meeting.decisions:
        passed = shortcut(meeting, decision)
        if passed is not None:
            yield OpenEnd(
                key=f"shortcut:{decision.id}",
                subject=Subject.DECISION,
                id=decision.id,
                says=message(PASSED_BY, id=decision.id, name=passed.past.name),
                must_be_settled=False,
            )


def _actions(meeting: Meeting) -> Iterator[OpenEnd]:
    for action in meeting.open_actions:
        yield from _handed_past(meeting, action)
        yield from _unclear(meeting, action)
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
                yield OpenEnd(
                    key=f"action:{action.id}:{name}",
                    subject=Subject.ACTION,
                    id=action.id,
                    says=message(text, id=action.id, title=action.title),
                )


def _handed_past(meeting: Meeting, action: ActionItem) -> Iterator[OpenEnd]:
    """A task that the decider gave past a supervisor."""
    passed = handed_past(meeting, action)
    if passed is not None:
        yield OpenEnd(
            key=f"action:{action.id}:shortcut",
            subject=Subject.ACTION,
            id=action.id,
            says=message(PASSED_BY, id=action.id, name=passed.past.name),
            must_be_settled=False,
        )


def _unclear(meeting: Meeting, action: ActionItem) -> Iterator[OpenEnd]:
    """A promise of today whose wording leaves something open; what is empty is asked for apart."""
    if action.id in meeting.carried_actions:
        return
    asked = {Aspect.OWNER: action.owner, Aspect.DUE: action.due, Aspect.CRITERION: action.criterion}
    written = check(action.title, action.owner, action.due, action.criterion, on=meeting.date)
    unclear = [each.says for each in written.findings if asked.get(each.aspect, True)]
    if unclear:
        yield OpenEnd(
            key=f"action:{action.id}:wording",
            subject=Subject.ACTION,
            id=action.id,
            says=message(
                N_("{id} “{title}”: {unclear}"),
                id=action.id,
                title=action.title,
                unclear=reduce(_and_then, unclear),
            ),
        )


def _and_then(said: Message, more: Message) -> Message:
    return message(N_("{said} {more}"), said=said, more=more)


def _kpis(meeting: Meeting) -> Iterator[OpenEnd]:
    if meeting.scorecard is None:
        return
    for series in unanswered(meeting):
        definition = meeting.scorecard.definition(series.kpi)
        yield OpenEnd(
            key=f"kpi:{series.kpi}:{series.marketplace}",
            subject=Subject.KPI,
            id=series.kpi,
            says=message(
                OFF_TARGET if series.status is Status.OFF_TARGET else UNUSUAL,
                name=definition.name if definition else series.kpi,
                marketplace=series.marketplace,
            ),
        )
