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
"""Events that the program records without anybody present."""


class _StepTaken(Struct, frozen=True):
    """A step, its index among the events, and the meeting before it."""

    step: Step
    index: int
    before: Meeting


class EventHistory:
    """The events of one meeting, with undo and redo, and the meeting they result in.

    A step that is undone is left out in place, as if it had never been taken, because later
    events depend on it: if a person started an item by mistake, the time counted for it since
    then must go to the item that was really running. The meeting is therefore not restored from
    before the step, but computed again from there. Undo and redo are stacks, so the events before
    a step cannot change while it can be toggled, and only those after it are applied again.
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
        """The current meeting; raises JournalError if it was never opened."""
        if self._meeting is None:
            raise JournalError(N_("The journal does not begin with the opening of a meeting."))
        return self._meeting

    @property
    def last_step(self) -> Step | None:
        """The step that undo would undo; the start of the first item cannot be undone."""
        return self._done_steps[-1].step if len(self._done_steps) > 1 else None

    @property
    def step_count(self) -> int:
        """How many steps stand, those undone left out."""
        return len(self._done_steps)

    @property
    def next_step(self) -> Step | None:
        """The step that redo would redo."""
        return self._undone_steps[-1].step if self._undone_steps else None

    @property
    def last_step_at(self) -> datetime:
        """The time of the last event that a person caused."""
        return max(event.at for event in self._events if not isinstance(event, _AUTOMATIC_EVENTS))

    def add(self, event: MeetingEvent) -> Meeting:
        """Add an event and return the meeting after it.

        Raises JournalError, and changes nothing, if the event cannot follow those before it.
        """
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
            # The steps of the closed version stay: they are changed by new steps, not undone.
            del self._done_steps[1:]
            self._undone_steps.clear()
        if isinstance(event, Step):
            self._done_steps.append(_StepTaken(event, len(self._events), self.meeting))
            self._undone_steps.clear()
        self._events.append(event)
        self._meeting = meeting
        return meeting

    def _toggle(
        self, event: StepUndone | StepRedone, source: list[_StepTaken], target: list[_StepTaken]
    ) -> Meeting:
        """Undo or redo the last step of `source` by moving it to `target`."""
        if not source:
            raise JournalError(N_("There is no step to undo or redo."))
        taken = source[-1]
        undone_indexes = self._undone_indexes ^ {taken.index}
        meeting = self._fold_from(taken, undone_indexes)
        target.append(source.pop())
        self._undone_indexes = undone_indexes
        return replace(meeting, seen_at=max(meeting.seen_at, event.at))

    def _fold_from(self, taken: _StepTaken, undone_indexes: set[int]) -> Meeting:
        """Apply all events again from a step on, without those undone."""
        meeting = taken.before
        for index, event in enumerate(self._events[taken.index :], start=taken.index):
            if index in undone_indexes and isinstance(event, Step):
                meeting = apply_undone(meeting, event)
            elif not isinstance(event, StepUndone | StepRedone):
                meeting = apply(meeting, event)
        return meeting


def replay(events: Iterable[MeetingEvent]) -> Meeting:
    """Return the meeting that the events of a journal result in."""
    return EventHistory(events).meeting
