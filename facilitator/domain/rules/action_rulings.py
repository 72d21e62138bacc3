"""The decider's ruling on a promise that keeps coming back: kill, split, hand over, new date."""

from dataclasses import replace
from datetime import date, datetime

from facilitator.domain.action import ActionId, ActionItem, ActionRuling, Recourse
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.actions import ActionRuled
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.rules.actions import numbered, open_action
from facilitator.domain.rules.standing import line, must_be_open, required

ASK_REASON = N_("Say why; the minutes keep the reason.")


def kill_action(meeting: Meeting, now: datetime, action_id: ActionId, reason: str) -> ActionRuled:
    """Nobody will do it."""
    return _ruled(meeting, now, action_id, Recourse.KILL, reason)


def split_action(
    meeting: Meeting, now: datetime, action_id: ActionId, reason: str, titles: tuple[str, ...]
) -> ActionRuled:
    """Smaller promises take its place, with its owner and its links; each asks for its own date."""
    ruled = _ruled(meeting, now, action_id, Recourse.SPLIT, reason)
    action = open_action(meeting, action_id)
    named = [title for each in titles if (title := line(each))]
    if len(named) < 2:
        raise RuleError(N_("Name at least two parts that {id} is split into."), id=action_id)
    first = meeting.numbers.action
    parts = (
        replace(
            numbered(meeting, _part(action, title)),
            id=ActionId(f"A{first + place}"),
        )
        for place, title in enumerate(named)
    )
    return replace(ruled, parts=tuple(parts))


def hand_over_action(
    meeting: Meeting, now: datetime, action_id: ActionId, reason: str, owner: PersonId | None
) -> ActionRuled:
    """Somebody else does it."""
    ruled = _ruled(meeting, now, action_id, Recourse.HAND_OVER, reason)
    if owner is None or meeting.person(owner) is None:
        raise RuleError(N_("Say whom it is handed over to: one person of this meeting."))
    if owner == open_action(meeting, action_id).owner:
        raise RuleError(N_("They own it already; hand it over to somebody else."))
    return replace(ruled, owner=owner)


def redate_action(
    meeting: Meeting, now: datetime, action_id: ActionId, reason: str, due: date | None
) -> ActionRuled:
    """Its owner gets a new date. The one promised first stays on record."""
    ruled = _ruled(meeting, now, action_id, Recourse.NEW_DATE, reason)
    if due is None or due < meeting.date:
        raise RuleError(N_("A new date lies today or later."))
    return replace(ruled, due=due)


def _ruled(
    meeting: Meeting, now: datetime, action_id: ActionId, recourse: Recourse, reason: str
) -> ActionRuled:
    must_be_open(meeting)
    action = open_action(meeting, action_id)
    ruling = ActionRuling(
        recourse=recourse,
        reason=required(reason, ASK_REASON),
        age=action.carried,
        decider=meeting.agenda.decider,
    )
    return ActionRuled(at=now, action_id=action.id, ruling=ruling)


def _part(action: ActionItem, title: str) -> ActionItem:
    return ActionItem(
        id=action.id,
        title=title,
        owner=action.owner,
        decision=action.decision,
        kpi=action.kpi,
        marketplace=action.marketplace,
        split_from=action.id,
    )
