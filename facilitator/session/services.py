"""Services: the ports, with the use cases of preparing, running and closing meetings.

The composition root builds them once; the screens get them and nothing else.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.agenda import Agenda
from facilitator.domain.apply.incidents import Incidents
from facilitator.domain.apply.meeting import apply_opened
from facilitator.domain.carry_over import CarryOver, NextNumbers, Override
from facilitator.domain.errors import N_, FacilitatorError, RuleError
from facilitator.domain.events.meeting import MeetingOpened
from facilitator.domain.kpis.calculation import CALCULATED_WEEKS
from facilitator.domain.kpis.facts import ProgressCallback
from facilitator.domain.kpis.past_values import with_past_values
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.kpis.signals import add_signals
from facilitator.domain.meeting import Meeting
from facilitator.domain.past.meetings import incident_reviews
from facilitator.domain.redaction import REDACTED_TEXT, redact
from facilitator.domain.rules import lifecycle, preconditions
from facilitator.domain.working_days import WorkingDays
from facilitator.render.language import Language
from facilitator.render.pre_read import render_pre_read
from facilitator.session.incidents import (
    IncidentLog,
    add_review_item,
    incidents_to_review,
    sign_reviews,
)
from facilitator.session.ports import Archive, Clock, Figures, Journal, Library, MinutesFile
from facilitator.session.readiness import report_check
from facilitator.session.session import MeetingSession
from facilitator.session.stored_meetings import MeetingId, StoredMeeting


class Services(Struct, frozen=True, kw_only=True):
    """The ports of this program, and the few things done with several of them at once."""

    clock: Clock
    archive: Archive
    library: Library
    incidents: IncidentLog
    figures: Figures
    language_of: Callable[[str], Language]
    """The language that an agenda asks its minutes in."""
    due_date: Callable[[str, date], date | None]
    """Reads a date in words."""
    working_days: Callable[[str, date], WorkingDays]
    """The working days of a country from a day on."""
    check_evidence: Callable[[str], None]
    """Raises RuleError for evidence that names a file of this machine which is not there."""
    edit: Callable[[str], str]
    """Has a long text written in the person's own editor; blocks until it is closed."""
    rehearsal_storage: Callable[[], tuple[Journal, MinutesFile]]
    """A journal and minutes that are kept in memory, for a rehearsal."""

    def today(self, agenda: Agenda) -> date:
        """The day it is for the people of this agenda."""
        return agenda.day_of(self.clock.now())

    def carried(self, agenda: Agenda) -> CarryOver:
        """What the meetings before left for this one; looking through the archive refreshes it."""
        self._finish_last_minutes(agenda.series)
        left = self.library.carried(agenda.series, self.today(agenda))
        return replace(left, incidents=self._incidents_to_review(agenda.series))

    def load(self, agenda: Agenda, progress: ProgressCallback | None = None) -> Scorecard:
        """Read the prepared reports, go on with what past meetings saw, and judge it all.

        Call it in a worker.
        """
        on = agenda.data_day_of(self.clock.now())
        occasions = (*agenda.data.occasions, *self.carried(agenda).occasions)
        past = self.library.past_values(agenda.series, on - timedelta(weeks=CALCULATED_WEEKS))
        card = self.figures.load(agenda, on, progress)
        return add_signals(with_past_values(card, past), agenda.data.signals, occasions)

    def resumable(self) -> tuple[StoredMeeting, ...]:
        """Meetings that were begun and never closed, or reopened, newest first.

        Once a later meeting of its series has begun, what a meeting left open has gone there;
        a reopened one was closed before, and waits for its new version all the same.
        """
        latest: set[str] = set()
        found = []
        for stored in self.archive.meetings():
            if stored.is_reopened or (stored.is_open and stored.series not in latest):
                found.append(stored)
            latest.add(stored.series)
        return tuple(found)

    def begin(
        self, agenda: Agenda, carried: CarryOver, overrides: tuple[Override, ...] = ()
    ) -> MeetingSession:
        """Sit down: the journal is made, the first item runs.

        Raises RuleError while a meeting of the series is under way, StorageError while one is
        being changed: two at a time would give the same numbers to different promises.
        """
        self._check_no_other_open(agenda)
        meeting_id, journal, minutes = self.archive.start(agenda.series, self.today(agenda))
        return self._open(agenda, carried, overrides, journal, minutes, meeting_id)

    def rehearse(self, agenda: Agenda, carried: CarryOver) -> MeetingSession:
        """The same, with nothing written anywhere."""
        return self._open(agenda, carried, (), *self.rehearsal_storage())

    def resume(self, meeting_id: MeetingId, *, accept_damage: bool = False) -> MeetingSession:
        """Go on with a meeting that was interrupted, without what is damaged of it if need be."""
        session = self.open_existing(meeting_id, accept_damage=accept_damage)
        session.close_on_error(lambda: self._resume_clock(session))
        return session

    def open_existing(
        self, meeting_id: MeetingId, *, accept_damage: bool = False
    ) -> MeetingSession:
        """Take the pen of a meeting that was begun before; its clock does not go on."""
        journal, minutes = self.archive.open(meeting_id, accept_damage=accept_damage)
        return MeetingSession.open_existing(
            journal=journal,
            minutes=minutes,
            clock=self.clock,
            language_of=self.language_of,
            meeting_id=meeting_id,
        )

    def reopen(self, meeting_id: MeetingId, reason: str) -> MeetingSession:
        """Open the minutes of a closed meeting again; the next close writes a new version.

        Raises RuleError while a meeting of its series is under way, StorageError while another
        one is being changed.
        """
        session = self.open_existing(meeting_id)
        numbers = session.close_on_error(lambda: self._next_numbers(session))
        if self.archive.is_draft(meeting_id):  # the program died after the close
            session.close_on_error(session.write_minutes)
        session.close_on_error(lambda: session.reopen(reason, numbers, self._met_since(session)))
        return session

    def check_reopenable(self, meeting_id: MeetingId) -> None:
        """Refuse what `reopen` would refuse, before anybody is asked for the reason."""
        session = self.open_existing(meeting_id)
        try:
            preconditions.must_be_closed(session.meeting)
            self._next_numbers(session)
        finally:
            session.leave()

    def finish(self, session: MeetingSession) -> Path:
        """After the close: bring minutes, library and incidents up to date; put the pen down.

        A rehearsal goes nowhere. Safe to call again where the disk refused.
        """
        path = session.write_minutes()
        if session.meeting_id is not None:
            self.library.record(session.meeting_id, session.meeting)
            sign_reviews(self.incidents, incident_reviews(session.meeting), self.clock.now())
        session.leave()
        return path

    def _resume_clock(self, session: MeetingSession) -> Meeting:
        if session.meeting.is_reopened:
            numbers = self._next_numbers(session)
            return session.step(lifecycle.update_numbers, numbers, self._met_since(session))
        return session.resume_clock()

    def _next_numbers(self, session: MeetingSession) -> NextNumbers:
        """What no meeting of the series has given away, for one that is being changed."""
        agenda = session.meeting.agenda
        self._check_no_other_open(agenda, besides=session.meeting_id)
        return self.library.carried(agenda.series, session.meeting.date).numbers

    def _met_since(self, session: MeetingSession) -> date | None:
        """The day of a later meeting of the series, which took over what was open."""
        agenda = session.meeting.agenda
        of_series = (e for e in self.archive.meetings() if e.series == agenda.series)
        newest = next(of_series, None)
        if newest is None or newest.id == session.meeting_id:
            return None
        return agenda.day_of(newest.opened_at)

    def _check_no_other_open(self, agenda: Agenda, besides: MeetingId | None = None) -> None:
        """No other meeting of the series is under way, nor at hand elsewhere to be changed."""
        for stored in self.resumable():
            if stored.series != agenda.series or stored.id == besides:
                continue
            if stored.is_reopened:
                self.archive.open(stored.id, accept_damage=True)[0].close()
            else:
                raise RuleError(
                    N_(
                        "The meeting begun at {time} is still open: resume it and close it, or "
                        "close it at its last step (key c in the lobby, `facilitator close`)."
                    ),
                    time=stored.opened_at.astimezone(agenda.starts.tzinfo).strftime("%m-%d %H:%M"),
                )

    def _finish_last_minutes(self, series: str) -> None:
        """A program that died after a close left its minutes a draft."""
        closed = (each for each in self.archive.meetings() if not each.is_open)
        of_series = (each for each in closed if each.series == series)
        last = max(of_series, key=lambda each: each.seen_at, default=None)
        if last is not None and self.archive.is_draft(last.id):
            with suppress(FacilitatorError):  # held elsewhere, or the disk refuses: next time
                session = self.open_existing(last.id)
                session.close_on_error(session.write_minutes)
                session.leave()

    def _incidents_to_review(self, series: str) -> Incidents:
        """The incidents that wait; a program that died after a close left its reviews unsigned."""
        if incidents_to_review(self.incidents, series):
            for meeting in self.library.past(series).meetings:
                if meeting.closed_at is not None and meeting.reviews:
                    sign_reviews(self.incidents, meeting.reviews, self.clock.now())
        return incidents_to_review(self.incidents, series)

    def _open(
        self,
        agenda: Agenda,
        carried: CarryOver,
        overrides: tuple[Override, ...],
        journal: Journal,
        minutes: MinutesFile,
        meeting_id: MeetingId | None = None,
    ) -> MeetingSession:
        language = self.language_of(agenda.language)
        days = self.working_days(agenda.country, self.today(agenda))
        return MeetingSession.open(
            add_review_item(replace(agenda, working_days=days), carried.incidents, language),
            carried,
            overrides=overrides,
            journal=journal,
            minutes=minutes,
            clock=self.clock,
            language=language,
            meeting_id=meeting_id,
        )


def build_pre_read(services: Services, agenda: Agenda, card: Scorecard) -> str:
    """The meeting as it will begin, with placeholders for what is sensitive."""
    carried = services.carried(agenda)
    language = services.language_of(agenda.language)
    agenda = add_review_item(agenda, carried.incidents, language)
    meeting = apply_opened(MeetingOpened(at=agenda.starts, agenda=agenda, carried=carried))
    copy = redact(replace(meeting, scorecard=card), language.gettext(REDACTED_TEXT))
    on = services.today(agenda)
    reports = (report_check(slot, card, on) for slot in agenda.data.reports)
    told = tuple((each.title, each.detail) for each in reports)
    return render_pre_read(copy, language, told)
