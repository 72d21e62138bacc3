"""The course of a meeting: its events in order, and the steps taken back among them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from facilitator.domain.errors import N_, JournalError
from facilitator.domain.events.clock import ClockTicked, MeetingResumed
from facilitator.domain.events.incidents import IncidentNews
from facilitator.domain.events.kpis import KpisLoaded
from facilitator.domain.events.life import MeetingReopened
from facilitator.domain.events.meeting import (
    MeetingEvent,
    MeetingOpened,
    Step,
    StepRedone,
    StepUndone,
)
from facilitator.domain.folds.meeting import apply, opened, take_back
from facilitator.domain.meeting import Meeting

_NOTED = ClockTicked | MeetingResumed | KpisLoaded | IncidentNews
"""What the program notes while nobody need be there."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A step, where it stands among the events, and the meeting that it was taken in."""

    step: Step
    index: int
    before: Meeting


class Course:
    """The events of one meeting, which of them still stand, and where they lead.

    A step taken back is left out in place, as if it had never been taken, so
    that time which was counted for an item by mistake goes to the right one.
    Undo and redo work on a stack: what came before a step never changes while
    the step can still be toggled, so only what came after it is folded again.
    """

    def __init__(self, events: Iterable[MeetingEvent] = ()) -> None:
        self._events: list[MeetingEvent] = []
        self._standing: list[_Taken] = []
        self._taken_back: list[_Taken] = []
        self._withdrawn: set[int] = set()
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
        return self._standing[-1].step if len(self._standing) > 1 else None

    @property
    def next_step(self) -> Step | None:
        """What would stand again next."""
        return self._taken_back[-1].step if self._taken_back else None

    @property
    def stepped_at(self) -> datetime:
        """When somebody last did something; what the program noted by itself does not count."""
        return max(event.at for event in self._events if not isinstance(event, _NOTED))

    def add(self, event: MeetingEvent) -> Meeting:
        """Go one event further; a course that cannot follow it stays where it is."""
        match event:
            case MeetingOpened() if not self._events:
                meeting = opened(event)
            case StepUndone():
                meeting = self._toggle(event, self._standing, self._taken_back)
            case StepRedone():
                meeting = self._toggle(event, self._taken_back, self._standing)
            case _:
                meeting = apply(self.meeting, event)
        if isinstance(event, MeetingReopened) and self.meeting.is_closed:
            # What was closed is changed, not taken back.
            del self._standing[1:]
            self._taken_back.clear()
        if isinstance(event, Step):
            self._standing.append(_Taken(event, len(self._events), self.meeting))
            self._taken_back.clear()
        self._events.append(event)
        self._meeting = meeting
        return meeting

    def _toggle(
        self, event: StepUndone | StepRedone, source: list[_Taken], goal: list[_Taken]
    ) -> Meeting:
        if not source:
            raise JournalError(N_("There is no step to take back or to repeat."))
        taken = source[-1]
        withdrawn = self._withdrawn ^ {taken.index}
        meeting = self._fold_from(taken, withdrawn)
        goal.append(source.pop())
        self._withdrawn = withdrawn
        return replace(meeting, seen_at=max(meeting.seen_at, event.at))

    def _fold_from(self, taken: _Taken, withdrawn: set[int]) -> Meeting:
        meeting = taken.before
        for index, event in enumerate(self._events[taken.index :], start=taken.index):
            if index in withdrawn and isinstance(event, Step):
                meeting = take_back(meeting, event)
            elif not isinstance(event, StepUndone | StepRedone):
                meeting = apply(meeting, event)
        return meeting


def replay(events: Iterable[MeetingEvent]) -> Meeting:
    """The meeting that a journal tells of."""
    return Course(events).meeting
