"""The course of a meeting: its events in order, and the steps taken back among them."""

from collections.abc import Iterable
from dataclasses import replace

from facilitator.domain.errors import N_, JournalError
from facilitator.domain.events import MeetingEvent, MeetingOpened, Step, StepRedone, StepUndone
from facilitator.domain.fold import apply, opened, take_back
from facilitator.domain.meeting import Meeting


class Course:
    """The events of one meeting, which of them still stand, and where they lead.

    A step taken back is left out in place, as if it had never been taken, so
    that time which was counted for an item by mistake goes to the right one.
    """

    def __init__(self, events: Iterable[MeetingEvent] = ()) -> None:
        self._events: list[MeetingEvent] = []
        self._standing: list[int] = []
        self._taken_back: list[int] = []
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
        """What would be taken back next."""
        return self._step(self._standing)

    @property
    def next_step(self) -> Step | None:
        """What would stand again next."""
        return self._step(self._taken_back)

    def add(self, event: MeetingEvent) -> Meeting:
        """Go one event further."""
        match event:
            case MeetingOpened() if not self._events:
                meeting = opened(event)
            case StepUndone():
                meeting = self._toggle(event, self._standing, self._taken_back)
            case StepRedone():
                meeting = self._toggle(event, self._taken_back, self._standing)
            case _:
                meeting = apply(self.meeting, event)
        self._events.append(event)
        if isinstance(event, Step):
            self._standing.append(len(self._events) - 1)
            self._taken_back.clear()
        self._meeting = meeting
        return meeting

    def _step(self, indices: list[int]) -> Step | None:
        event = self._events[indices[-1]] if indices else None
        return event if isinstance(event, Step) else None

    def _toggle(
        self, event: StepUndone | StepRedone, source: list[int], goal: list[int]
    ) -> Meeting:
        if not source:
            raise JournalError(N_("There is no step to take back or to repeat."))
        index = source[-1]
        withdrawn = self._withdrawn ^ {index}
        meeting = self._fold(withdrawn)
        goal.append(source.pop())
        self._withdrawn = withdrawn
        return replace(meeting, seen_at=max(meeting.seen_at, event.at))

    def _fold(self, withdrawn: set[int]) -> Meeting:
        meeting: Meeting | None = None
        for index, event in enumerate(self._events):
            if meeting is None:
                assert isinstance(event, MeetingOpened)  # noqa: S101  (`add` saw to it)
                meeting = opened(event)
            elif index in withdrawn and isinstance(event, Step):
                meeting = take_back(meeting, event)
            elif not isinstance(event, StepUndone | StepRedone):
                meeting = apply(meeting, event)
        assert meeting is not None  # noqa: S101
        return meeting


def replay(events: Iterable[MeetingEvent]) -> Meeting:
    """The meeting that a journal tells of."""
    return Course(events).meeting
