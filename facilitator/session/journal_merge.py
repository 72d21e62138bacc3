"""Merge the steps of another copy of a journal into the meeting that goes on."""

from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.decision import Decision, DecisionId
from facilitator.domain.errors import N_, JournalError
from facilitator.domain.event_history import EventHistory
from facilitator.domain.events.actions import ActionAdded
from facilitator.domain.events.clock import ClockStep
from facilitator.domain.events.decisions import DecisionProposed
from facilitator.domain.events.meeting import MeetingEvent, Step
from facilitator.domain.events.notes import NoteTaken, TopicParked
from facilitator.domain.events.risks import RiskRaised
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import Note, NoteId, ParkedTopic, TopicId
from facilitator.domain.risk import Risk, RiskId
from facilitator.domain.rules.notes import take_note
from facilitator.render.language import Language
from facilitator.render.steps import step_text

ELSEWHERE = N_("From another copy of the journal: {what}")


class OtherStep(Struct, frozen=True, kw_only=True):
    """A step that another copy of the journal has."""

    step: Step
    text: str
    """What it did, in a few words."""


def take_over(meeting: Meeting, now: datetime, other: OtherStep) -> MeetingEvent:
    """Return the event that takes over a step: an entry with a new number, or a note of it.

    Raises RuleError where the meeting is closed.
    """
    said = take_note(meeting, now, other.text)
    numbers = meeting.numbers
    match other.step:
        case NoteTaken(note=note):
            note_id = NoteId(numbers.next_id(Note))
            return NoteTaken(at=now, note=replace(note, id=note_id, item_id=meeting.current))
        case ActionAdded(action=action):
            action_id = ActionId(numbers.next_id(ActionItem))
            return ActionAdded(at=now, action=replace(action, id=action_id))
        case DecisionProposed(decision=decision):
            decision_id = DecisionId(numbers.next_id(Decision))
            return DecisionProposed(at=now, decision=replace(decision, id=decision_id))
        case TopicParked(topic=topic):
            topic_id = TopicId(numbers.next_id(ParkedTopic))
            return TopicParked(at=now, topic=replace(topic, id=topic_id))
        case RiskRaised(risk=risk):
            return RiskRaised(at=now, risk=replace(risk, id=RiskId(numbers.next_id(Risk))))
        case _:
            return said


def steps_elsewhere(
    own: tuple[MeetingEvent, ...], other: tuple[MeetingEvent, ...], language: Language
) -> Iterator[OtherStep]:
    """Yield the steps of another copy that a journal does not have, without those of the clock."""
    common = sum(
        1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(own, other, strict=False))
    )
    history = EventHistory()
    for place, event in enumerate(other):
        try:
            meeting = history.add(event)
        except JournalError:  # damaged there: what does not fit is left out
            continue
        if place >= common and isinstance(event, Step) and not isinstance(event, ClockStep):
            what = step_text(event, meeting, language)
            text = language.gettext(ELSEWHERE).format(what=what)
            yield OtherStep(step=event, text=text)
