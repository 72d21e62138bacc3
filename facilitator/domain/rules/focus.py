"""Rules on the focus: answer the opening question, review what is open."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec.structs import replace

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.decisions import DecisionRuled
from facilitator.domain.events.focus import FocusAnswered, FocusReviewed
from facilitator.domain.events.notes import TopicParked
from facilitator.domain.focus import FocusReview, has_focus_changed
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import ParkedTopic, TopicId
from facilitator.domain.redaction import sensitive_ids
from facilitator.domain.rules.actions import drop_action
from facilitator.domain.rules.decisions import drop_decision, postpone_decision, return_decision
from facilitator.domain.rules.notes import park_topic
from facilitator.domain.rules.preconditions import must_be_open
from facilitator.domain.text import beginning
from facilitator.domain.text_input import clean_text, require_line
from facilitator.domain.wording.focus_relevance import entries_to_review


def review_focus(
    meeting: Meeting,
    now: datetime,
    *,
    parked: Iterable[str] = (),
    killed: Iterable[str] = (),
    reason: str = "",
) -> FocusReviewed:
    """Review the open entries after the focus changed: park or kill some, keep the rest.

    A parked action item becomes a topic, a parked question comes back at the next meeting.
    `reason` is required for killed entries. Raises RuleError if the focus did not change.
    """
    must_be_open(meeting)
    if not has_focus_changed(meeting.past_focus, meeting.focus):
        raise RuleError(N_("The focus has not changed. There is nothing to review."))
    killed = tuple(killed)
    parked = tuple(each for each in parked if each not in killed)
    reason = require_line(reason, N_("Say why. It goes into the minutes.")) if killed else ""
    entries = entries_to_review(meeting)
    entry_ids = {each.id for each in entries}
    if unknown := next((each for each in (*parked, *killed) if each not in entry_ids), None):
        raise RuleError(N_("{id} is no longer open, or was not open last time."), id=unknown)
    actions = [each for each in entries if isinstance(each, ActionItem)]
    parked_actions = [each for each in actions if each.id in parked]
    topics = tuple(
        _park_action(meeting, now, each, offset) for offset, each in enumerate(parked_actions)
    )
    pairs = zip(parked_actions, topics, strict=True)
    evidence = {each.id: f"→ {parked_as.topic.id}" for each, parked_as in pairs}
    evidence |= {each.id: reason for each in actions if each.id in killed}
    return FocusReviewed(
        at=now,
        review=FocusReview(
            focus=meeting.focus,
            kept=tuple(each.id for each in entries if each.id not in (*parked, *killed)),
            parked=parked,
            killed=killed,
            reason=reason,
        ),
        closed=tuple(drop_action(meeting, now, each, text) for each, text in evidence.items()),
        topics=topics,
        ruled=tuple(_rule_questions(meeting, now, parked, killed, reason)),
    )


def _rule_questions(
    meeting: Meeting, now: datetime, parked: Sequence[str], killed: Sequence[str], reason: str
) -> Iterator[DecisionRuled]:
    """Yield the rulings on the parked and the killed questions."""
    questions = [each for each in entries_to_review(meeting) if isinstance(each, Decision)]
    for question in questions:
        if question.id in parked:
            yield _postpone_to_next(meeting, now, question)
    for question in questions:
        if question.id in killed:
            yield drop_decision(meeting, now, question.id, reason, meeting.agenda.decider)


def _park_action(meeting: Meeting, now: datetime, action: ActionItem, offset: int) -> TopicParked:
    parked = park_topic(meeting, now, action.title)
    number = TopicId(meeting.numbers.next_id(ParkedTopic, offset))
    is_sensitive = parked.topic.is_sensitive or action.id in sensitive_ids(meeting)
    return replace(parked, topic=replace(parked.topic, id=number, is_sensitive=is_sensitive))


def _postpone_to_next(meeting: Meeting, now: datetime, decision: Decision) -> DecisionRuled:
    """Postpone a question to the next meeting; return it if its request is incomplete."""
    decider = meeting.agenda.decider
    reason = " → ".join(beginning(each, 200) for each in (meeting.past_focus, meeting.focus))
    if decision.is_incomplete:
        return return_decision(meeting, now, decision.id, reason, decider)
    return postpone_decision(meeting, now, decision.id, reason, decider=decider)


def answer_focus(meeting: Meeting, now: datetime, text: str) -> FocusAnswered:
    """Record the answer to the opening question."""
    must_be_open(meeting)
    return FocusAnswered(at=now, text=clean_text(text))
