"""The events of a meeting in order, with undo and redo."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.apply.meeting import apply, apply_opened, apply_undone
from facilitator.domain.errors import N_, JournalError
from facilitator.domain.events.clock import ClockTicked, MeetingResumed
from facilitator.domain.events.incidents import IncidentUpdate
from facilitator.domain.events.kpis import KpisLoaded
from facilitator.domain.events.meeting import (
    MeetingEvent,
    MeetingOpened,
    MeetingReopened,
    Step,
    StepRedone,
    StepUndone,
)
from facilitator.domain.meeting import Meeting

_AUTOMATIC_EVENTS = ClockTicked | MeetingResumed | KpisLoaded | IncidentUpdate
"""What the program notes while nobody need be there."""


class _StepTaken(Struct, frozen=True):
    """A step, where it stands among the events, and the meeting that it was taken in."""

    step: Step
    index: int
    before: Meeting


class EventHistory:
    """The events of one meeting, which of them still stand, and where they lead.

    A step taken back is left out in place, as if it had never been taken, so
    that time which was counted for an item by mistake goes to the right one.
    Undo and redo work on a stack: what came before a step never changes while
    the step can still be toggled, so only what came after it is folded again.
    """

    def __init__(self, events: Iterable[MeetingEvent] = ()) -> None:
        self._events: list[MeetingEvent] = []
        self._done_steps: list[_StepTaken] = []
        self._undone_steps: list[_StepTaken] = []
        self._undone_indexes: set[int] = set()
        self._meeting: Meeting | None = None
        for event in events:
            self.add(event)

    @property
    def meeting(self) -> Meeting:
        """Where the events lead."""
        if self._meeting is None:
            raise JournalError(N_("The journal does not begin with the opening of a meeting."))
        return self._meeting

    @property
    def last_step(self) -> Step | None:
        """What would be taken back next; never the first item's start, which is the beginning."""
        return self._done_steps[-1].step if len(self._done_steps) > 1 else None

    @property
    def next_step(self) -> Step | None:
        """What would stand again next."""
        return self._undone_steps[-1].step if self._undone_steps else None

    @property
    def last_step_at(self) -> datetime:
        """When somebody last did something; what the program noted by itself does not count."""
        return max(event.at for event in self._events if not isinstance(event, _AUTOMATIC_EVENTS))

    def add(self, event: MeetingEvent) -> Meeting:
        """Go one event further; a course that cannot follow it stays where it is."""
        match event:
            case MeetingOpened() if not self._events:
                meeting = apply_opened(event)
            case StepUndone():
                meeting = self._toggle(event, self._done_steps, self._undone_steps)
            case StepRedone():
                meeting = self._toggle(event, self._undone_steps, self._done_steps)
            case _:
                meeting = apply(self.meeting, event)
        if isinstance(event, MeetingReopened) and self.meeting.is_closed:
            # What was closed is changed, not taken back.
            del self._done_steps[1:]
            self._undone_steps.clear()
        if isinstance(event, Step):
            self._done_steps.append(_StepTaken(event, len(self._events), self.meeting))
            self._undone_steps.clear()
        self._events.append(event)
        self._meeting = meeting
        return meeting

    def _toggle(
        self, event: StepUndone | StepRedone, source: list[_StepTaken], goal: list[_StepTaken]
    ) -> Meeting:
        if not source:
            raise JournalError(N_("There is no step to take back or to repeat."))
        taken = source[-1]
        withdrawn = self._undone_indexes ^ {taken.index}
        meeting = self._fold_from(taken, withdrawn)
        goal.append(source.pop())
        self._undone_indexes = withdrawn
        return replace(meeting, seen_at=max(meeting.seen_at, event.at))

    def _fold_from(self, taken: _StepTaken, withdrawn: set[int]) -> Meeting:
        meeting = taken.before
        for index, event in enumerate(self._events[taken.index :], start=taken.index):
            if index in withdrawn and isinstance(event, Step):
                meeting = apply_undone(meeting, event)
            elif not isinstance(event, StepUndone | StepRedone):
                meeting = apply(meeting, event)
        return meeting


def replay(events: Iterable[MeetingEvent]) -> Meeting:
    """The meeting that a journal tells of."""
    return EventHistory(events).meeting
