"""The session of a meeting under way: the only writer of its journal."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from facilitator.domain.agenda import Agenda
from facilitator.domain.carry_over import CarryOver, NextNumbers, Override
from facilitator.domain.errors import N_, FacilitatorError, RuleError
from facilitator.domain.event_history import EventHistory
from facilitator.domain.events.meeting import MeetingClosed, MeetingEvent, Step
from facilitator.domain.meeting import Meeting
from facilitator.domain.redaction import contains_sensitive
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import lifecycle
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes, render_redacted_minutes
from facilitator.session.ports import Clock, Journal, MinutesFile
from facilitator.session.stored_meetings import MeetingId

P = ParamSpec("P")
StepResult = TypeVar("StepResult")
Rule = Callable[Concatenate[Meeting, datetime, P], MeetingEvent]
"""Checks one step and names the fact."""

SLEEP_THRESHOLD = timedelta(seconds=90)
"""Ticks come far more often than that: a longer gap means that the machine slept."""


class MeetingSession:
    """Checks, writes, then believes: what it shows is never ahead of what is on disk."""

    def __init__(
        self,
        *,
        history: EventHistory,
        journal: Journal,
        minutes: MinutesFile,
        clock: Clock,
        language: Language,
        meeting_id: MeetingId | None = None,
    ) -> None:
        self.meeting_id = meeting_id
        """The name of its folder; None for a rehearsal, which leaves nothing."""
        self.minutes_path: Path | None = None
        """Where the minutes were written last."""
        self._history = history
        self._journal = journal
        self._minutes = minutes
        self._clock = clock
        self._language = language

    @classmethod
    def open(
        cls,
        agenda: Agenda,
        carried: CarryOver,
        *,
        overrides: tuple[Override, ...] = (),
        journal: Journal,
        minutes: MinutesFile,
        clock: Clock,
        language: Language,
        meeting_id: MeetingId | None = None,
    ) -> "MeetingSession":
        """Begin a meeting; its first item starts at once."""
        try:
            event = meeting_rules.open_meeting(clock.now(), agenda, carried, overrides)
            journal.append(event)
            session = cls(
                history=EventHistory([event]),
                journal=journal,
                minutes=minutes,
                clock=clock,
                language=language,
                meeting_id=meeting_id,
            )
            session.step(clock_rules.start_next_item)
        except FacilitatorError:
            journal.close()
            raise
        return session

    @classmethod
    def open_existing(
        cls,
        *,
        journal: Journal,
        minutes: MinutesFile,
        clock: Clock,
        language_of: Callable[[str], Language],
        meeting_id: MeetingId | None = None,
    ) -> "MeetingSession":
        """Take the pen of a meeting that was begun before; nothing is written yet."""
        try:
            history = EventHistory(journal.read())
            return cls(
                history=history,
                journal=journal,
                minutes=minutes,
                clock=clock,
                language=language_of(history.meeting.agenda.language),
                meeting_id=meeting_id,
            )
        except FacilitatorError:
            journal.close()
            raise

    @property
    def meeting(self) -> Meeting:
        """The meeting as it stands."""
        return self._history.meeting

    @property
    def last_step(self) -> Step | None:
        """What undo would take back."""
        return self._history.last_step

    @property
    def next_step(self) -> Step | None:
        """What redo would repeat."""
        return self._history.next_step

    @property
    def now(self) -> datetime:
        """This moment; never before the last thing that was written."""
        return max(self._clock.now(), self.meeting.seen_at)

    def step(self, rule: Rule[P], *args: P.args, **kwargs: P.kwargs) -> Meeting:
        """Take one step: check the rule, write the fact, then believe it.

        The order matters. If the journal cannot be written the meeting does
        not move, so what is on screen is never ahead of what is on disk.
        """
        self._resume_after_sleep()
        return self._write(rule(self.meeting, self.now, *args, **kwargs))

    def undo(self) -> Meeting:
        """Take the last step back."""
        if self.last_step is None:
            raise RuleError(N_("There is nothing to undo."))
        self._resume_after_sleep()
        return self._write(meeting_rules.undo_step(self.meeting, self.now))

    def redo(self) -> Meeting:
        """Repeat the step that was taken back last."""
        if self.next_step is None:
            raise RuleError(N_("There is nothing to redo."))
        self._resume_after_sleep()
        return self._write(meeting_rules.redo_step(self.meeting, self.now))

    def tick(self) -> Meeting:
        """Note that the program still runs, so that a crash costs a few seconds only."""
        return self.step(clock_rules.tick_clock) if self._is_counting else self.meeting

    def keep_clock_running(self) -> Meeting:
        """Note that the room went on while the program could not tick: an editor had the screen."""
        if not self._is_counting:
            return self.meeting
        return self._write(clock_rules.tick_clock(self.meeting, self.now))

    def resume_clock(self) -> Meeting:
        """Let the clock of a meeting that was taken up run again: the time between is nobody's."""
        return self._write(clock_rules.resume_meeting(self.meeting, self.now))

    def forgotten(self) -> MeetingClosed:
        """How a meeting that was taken up ends if it is closed at its last step.

        Raises RuleError where it is not forgotten.
        """
        return lifecycle.close_forgotten(self.meeting, self.now, self._history.last_step_at)

    def close_forgotten(self) -> Meeting:
        """Close a meeting that was taken up at the last step taken in it."""
        return self._write(self.forgotten())

    def reopen(self, reason: str, numbers: NextNumbers, met_since: date | None = None) -> Meeting:
        """Open closed minutes again; as they stand they stay beside the new ones."""
        event = lifecycle.reopen_meeting(self.meeting, self.now, reason, numbers, met_since)
        self._minutes.keep(len(self.meeting.versions) + 1, self.minutes_text)
        return self._write(event)

    def write_minutes(self) -> Path:
        """Bring the minutes on disk up to date. Safe to call from a worker."""
        meeting, now = self.meeting, self.now  # one moment for both files
        complete = ""
        if contains_sensitive(meeting):
            complete = render_minutes(meeting, self._language, now)
        text = render_redacted_minutes(meeting, self._language, now)
        self.minutes_path = self._minutes.write(text, complete)
        return self.minutes_path

    def minutes_text(self) -> str:
        """The minutes as they stand and can be sent, in the agenda's language."""
        return render_redacted_minutes(self.meeting, self._language, self.now)

    def leave(self) -> None:
        """Put the pen down."""
        self._journal.close()

    def close_on_error(self, step: Callable[[], StepResult]) -> StepResult:
        """Take a step, or put the pen down where it cannot be taken."""
        try:
            return step()
        except FacilitatorError:
            self.leave()
            raise

    def _resume_after_sleep(self) -> None:
        """After a long silence the machine slept; that time is nobody's, as after a crash."""
        if self._is_counting and self.now - self.meeting.seen_at > SLEEP_THRESHOLD:
            self._write(clock_rules.resume_meeting(self.meeting, self.now))

    @property
    def _is_counting(self) -> bool:
        """Whether time passes for the meeting: neither when it is over nor while suspended."""
        return self.meeting.closed_at is None and self.meeting.suspended_at is None

    def _write(self, event: MeetingEvent) -> Meeting:
        self._journal.append(event)
        return self._history.add(event)
