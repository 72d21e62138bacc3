"""The session of an open meeting, which is the only writer of its journal."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

from facilitator.domain.agenda import Agenda
from facilitator.domain.carry_over import CarryOver, NextNumbers, Override
from facilitator.domain.errors import N_, FacilitatorError, RuleError
from facilitator.domain.event_history import EventHistory
from facilitator.domain.events.clock import ClockTicked
from facilitator.domain.events.meeting import DraftSaved, MeetingClosed, MeetingEvent, Step
from facilitator.domain.meeting import Meeting
from facilitator.domain.redaction import contains_sensitive
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import lifecycle
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes, render_redacted_minutes
from facilitator.session.journal_merge import steps_elsewhere, take_over
from facilitator.session.opening import Opening
from facilitator.session.ports import Clock, Journal, MinutesFile
from facilitator.session.stored_meetings import MeetingId

P = ParamSpec("P")
StepResult = TypeVar("StepResult")
Rule = Callable[Concatenate[Meeting, datetime, P], MeetingEvent]
"""A function that validates a command and returns its event."""

CLOCK_TOLERANCE = timedelta(seconds=5)
"""By how much the computer's clock may be corrected without a word."""
SLEEP_THRESHOLD = timedelta(seconds=90)
"""A longer time than this without a tick means that the computer was asleep."""


def do_nothing() -> None:
    """Do nothing: nobody wants to know of changes."""


class MeetingSession:
    """Runs a meeting: validates commands, writes their events, and applies them.

    An event is written before it is applied, so what is on screen is never ahead of the disk.
    """

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
        self.opening: Opening | None = None
        """What it began with; None if it was begun before."""
        self.on_change: Callable[[], object] = do_nothing
        """Called after each event that the minutes may show."""
        self._writing_minutes = Lock()
        self._history = history
        self._journal = journal
        self._minutes = minutes
        self._clock = clock
        self._language = language
        # A meeting that goes on with a clock that was set back counts on from its last event.
        self._ahead = max(history.meeting.seen_at - clock.now(), timedelta())
        self._clock_told = timedelta()

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
        """Begin a meeting, and start its first item."""
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
        """Open a meeting that was begun before; nothing is written yet."""
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
        """The current meeting."""
        return self._history.meeting

    @property
    def last_step(self) -> Step | None:
        """The step that undo would undo."""
        return self._history.last_step

    @property
    def step_count(self) -> int:
        """How many steps stand, those undone left out."""
        return self._history.step_count

    @property
    def next_step(self) -> Step | None:
        """The step that redo would redo."""
        return self._history.next_step

    @property
    def now(self) -> datetime:
        """The current time; never before the last event."""
        return max(self._clock.now() + self._ahead, self.meeting.seen_at)

    def step(self, rule: Rule[P], *args: P.args, **kwargs: P.kwargs) -> Meeting:
        """Validate a command, append its event to the journal, then apply it.

        The order matters: if the journal cannot be written, the meeting does not change. Raises
        RuleError if the rule refuses, StorageError if the event cannot be written.
        """
        self._resume_after_sleep()
        return self._write(rule(self.meeting, self.now, *args, **kwargs))

    def undo(self) -> Meeting:
        """Undo the last step; raise RuleError if there is none."""
        if self.last_step is None:
            raise RuleError(N_("There is nothing to undo."))
        self._resume_after_sleep()
        return self._write(meeting_rules.undo_step(self.meeting, self.now))

    def redo(self) -> Meeting:
        """Redo the step that was undone last; raise RuleError if there is none."""
        if self.next_step is None:
            raise RuleError(N_("There is nothing to redo."))
        self._resume_after_sleep()
        return self._write(meeting_rules.redo_step(self.meeting, self.now))

    def tick(self) -> Meeting:
        """Record that the program is running, so that a crash loses only a few seconds.

        What somebody set the computer's clock by is noted with it, once.
        """
        if not self._is_counting:
            return self.meeting
        set_by = self._clock.ahead() - self._ahead - self._clock_told
        if abs(set_by) <= CLOCK_TOLERANCE:
            return self.step(clock_rules.tick_clock)
        meeting = self.step(clock_rules.tick_clock, set_by)
        self._clock_told += set_by
        self.on_change()
        return meeting

    def keep_clock_running(self) -> Meeting:
        """Count the time in which the program could not tick: an editor was open."""
        if not self._is_counting:
            return self.meeting
        return self._write(clock_rules.tick_clock(self.meeting, self.now))

    def resume_clock(self) -> Meeting:
        """Resume an interrupted meeting; the time since it stopped does not count."""
        return self._write(clock_rules.resume_meeting(self.meeting, self.now))

    def forgotten_close(self) -> MeetingClosed:
        """Return the event that `close_forgotten` would write.

        Raises RuleError if the meeting is not forgotten.
        """
        return lifecycle.close_forgotten(self.meeting, self.now, self._history.last_step_at)

    def close_forgotten(self) -> Meeting:
        """Close a forgotten meeting as of its last step."""
        return self._write(self.forgotten_close())

    def reopen(self, reason: str, numbers: NextNumbers, met_since: date | None = None) -> Meeting:
        """Reopen the minutes of a closed meeting; the current ones are kept beside the new."""
        event = lifecycle.reopen_meeting(self.meeting, self.now, reason, numbers, met_since)
        self._minutes.keep_version(len(self.meeting.versions) + 1, self.minutes_text)
        return self._write(event)

    @property
    def recovered(self) -> Path | None:
        """Where steps go since another program changed the journal; None while it is intact."""
        return self._journal.recovered

    @property
    def minutes_kept(self) -> Path | None:
        """Where minutes were kept that held more than the journal; None where none did."""
        return self._minutes.kept

    def merge_journal(self) -> Path | None:
        """Make the recovered steps the journal again, with what the other copy has besides.

        Return where the other copy was moved; None where the journal is intact, or there is no
        other copy. Raises StorageError where that fails; the steps stay where they are.
        """
        if self.recovered is None:
            return None
        if self.meeting.closed_at is None:
            others = steps_elsewhere(
                self._journal.read(), self._journal.other_events(), self._language
            )
            for each in others:
                self.step(take_over, each)
        return self._journal.put_back()

    def write_minutes(self) -> Path:
        """Write the minutes to disk, and return their path; safe in a worker."""
        with self._writing_minutes:  # older minutes are never written over newer ones
            lines = self._journal.line_count  # before the meeting, which a step may change now
            meeting, now = self.meeting, self.now  # one moment for both files
            complete = ""
            if contains_sensitive(meeting):
                complete = render_minutes(meeting, self._language, now, lines)
            text = render_redacted_minutes(meeting, self._language, now, lines)
            self.minutes_path = self._minutes.write(text, complete)
            return self.minutes_path

    def minutes_text(self) -> str:
        """Return the minutes to be sent, in the agenda's language."""
        lines = self._journal.line_count
        return render_redacted_minutes(self.meeting, self._language, self.now, lines)

    def leave(self) -> None:
        """Close the journal, so that another program can open the meeting."""
        self._journal.close()

    def close_on_error(self, step: Callable[[], StepResult]) -> StepResult:
        """Call `step`; if it raises FacilitatorError, close the journal first."""
        try:
            return step()
        except FacilitatorError:
            self.leave()
            raise

    def _resume_after_sleep(self) -> None:
        """Exclude the time in which the computer slept, as after a crash."""
        if self._is_counting and self.now - self.meeting.seen_at > SLEEP_THRESHOLD:
            self._write(clock_rules.resume_meeting(self.meeting, self.now))

    @property
    def _is_counting(self) -> bool:
        """Whether time counts: the meeting is neither over nor suspended."""
        return self.meeting.closed_at is None and self.meeting.suspended_at is None

    def _write(self, event: MeetingEvent) -> Meeting:
        self._journal.append(event)
        meeting = self._history.add(event)
        if not isinstance(event, ClockTicked | DraftSaved):
            self.on_change()
        return meeting
