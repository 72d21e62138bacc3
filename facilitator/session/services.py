"""Services: the ports, and the use cases of preparing, running and closing meetings.

They are built once, by `cli.bootstrap`; the screens get them and nothing else.
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
from facilitator.domain.kpis.kpi import Week, last_full_week
from facilitator.domain.kpis.past_values import with_past_values
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.kpis.signals import add_signals
from facilitator.domain.meeting import Meeting
from facilitator.domain.past.meetings import incident_reviews
from facilitator.domain.redaction import REDACTED_TEXT, redact
from facilitator.domain.rules import lifecycle, preconditions
from facilitator.domain.unfinished_week import UnfinishedWeek, ZoneOf, find_unfinished_week
from facilitator.domain.working_days import WorkingDays
from facilitator.render.language import Language
from facilitator.render.pre_read import render_pre_read
from facilitator.session.added_items import add_carried_items
from facilitator.session.incidents import (
    IncidentLog,
    incidents_to_review,
    sign_reviews,
)
from facilitator.session.opening import Opening, Shown, build_opening, closed_text
from facilitator.session.ports import (
    Archive,
    Clock,
    Edit,
    Journal,
    Library,
    MinutesFile,
    ScorecardLoader,
)
from facilitator.session.readiness import report_check
from facilitator.session.session import MeetingSession
from facilitator.session.stored_meetings import MeetingId, StoredMeeting


def _keep_agenda(agenda: Agenda) -> Agenda:
    return agenda


class Services(Struct, frozen=True, kw_only=True):
    """The ports of the program, and the use cases that need several of them."""

    clock: Clock
    archive: Archive
    library: Library
    incidents: IncidentLog
    scorecard_loader: ScorecardLoader
    language_of: Callable[[str], Language]
    """Returns the language for the language tag of an agenda."""
    due_dates: Callable[[str, date, WorkingDays], tuple[date, ...]]
    """Returns the dates that words such as “next fri” may mean, from a day on."""
    working_days: Callable[[str, date], WorkingDays]
    """Returns the working days of a country, from a day on."""
    check_evidence: Callable[[str], None]
    """Raises RuleError for evidence that names a missing local file."""
    edit: Edit
    zone_of: ZoneOf
    """Returns the name of a marketplace's time zone; None if it is not known."""
    rehearsal_storage: Callable[[], tuple[Journal, MinutesFile]]
    """Returns a journal and minutes in memory, for a rehearsal."""
    reread_agenda: Callable[[Agenda], Agenda] = _keep_agenda
    """Returns an agenda as its file has it now; raises FacilitatorError if it has errors."""

    def today(self, agenda: Agenda) -> date:
        """Return the current date in the time zone of an agenda."""
        return agenda.day_of(self.clock.now())

    def carried(self, agenda: Agenda) -> CarryOver:
        """Return the entries that past meetings left for the next one of a series.

        It also completes what a program that died after a close left unfinished.
        """
        self._finish_last_minutes(agenda.series)
        carried = self.library.carried(agenda.series, self.today(agenda))
        return replace(carried, incidents=self._incidents_to_review(agenda.series))

    def load(self, agenda: Agenda, progress: ProgressCallback | None = None) -> Scorecard:
        """Read the reports, and return the scorecard with past values and signals.

        It may take seconds, so it must be called in a worker.
        """
        now = self.clock.now()
        on = agenda.data_day_of(now)
        occasions = (*agenda.data.occasions, *self.carried(agenda).occasions)
        past = self.library.past_values(agenda.series, on - timedelta(weeks=CALCULATED_WEEKS))
        card = self.scorecard_loader.load(agenda, on, progress, agenda.latest_day_of(now))
        return add_signals(with_past_values(card, past), agenda.data.signals, occasions)

    def unfinished_week(self, agenda: Agenda, scorecard: Scorecard) -> UnfinishedWeek | None:
        """Return the last week if some marketplaces of an agenda are still in it; else None."""
        told = sorted({place for each in scorecard.sources for place in each.marketplaces})
        marketplaces = agenda.data.marketplaces or tuple(told)
        return find_unfinished_week(agenda, self.clock.now(), marketplaces, self.zone_of)

    def resumable(self) -> tuple[StoredMeeting, ...]:
        """Return the meetings that can be resumed, the newest first.

        Those are all reopened meetings, and the open meetings without a later meeting of their
        series, to which their open entries would have been carried over.
        """
        latest: set[str] = set()
        resumable = []
        for stored in self.archive.meetings():
            if stored.is_reopened or (stored.is_open and stored.series not in latest):
                resumable.append(stored)
            latest.add(stored.series)
        return tuple(resumable)

    def week_under_review(self, agenda: Agenda) -> Week:
        """Return the last full week, which a meeting that began now would review."""
        return last_full_week(agenda.data_day_of(self.clock.now()), agenda.data.week_ends_on)

    def begin(
        self,
        agenda: Agenda,
        carried: CarryOver,
        overrides: tuple[Override, ...] = (),
        week: Week | None = None,
    ) -> MeetingSession:
        """Begin a meeting: create its journal and start the first item.

        `agenda`, `carried` and `week` are what was shown before. All of it is read again now,
        while no other program begins a meeting; the opening of the session tells what is new.
        Raises RuleError while a meeting of the series is open, StorageError while one is being
        changed: two at a time would give the same numbers to different entries.
        """
        with self.archive.lock():
            opening = self._read_again(agenda, carried, week)
            series = opening.agenda.series
            self._check_no_other_open(opening.agenda)
            meeting_id, journal, minutes = self.archive.start(series, self.today(opening.agenda))
            return self._open(opening, overrides, journal, minutes, meeting_id)

    def rehearse(
        self, agenda: Agenda, carried: CarryOver, week: Week | None = None
    ) -> MeetingSession:
        """Begin a rehearsal, which writes nothing to disk, with what is known now."""
        opening = self._read_again(agenda, carried, week)
        return self._open(opening, (), *self.rehearsal_storage())

    def resume(self, meeting_id: MeetingId, *, accept_damage: bool = False) -> MeetingSession:
        """Resume an interrupted meeting.

        With `accept_damage`, without its damaged events, and with those that were recovered when
        another program replaced its journal.
        """
        session = self.open_existing(meeting_id, accept_damage=accept_damage)
        session.close_on_error(session.merge_journal)
        session.close_on_error(lambda: self._resume_clock(session))
        session.close_on_error(lambda: self._tell_closed(session))
        return session

    def open_existing(
        self, meeting_id: MeetingId, *, accept_damage: bool = False
    ) -> MeetingSession:
        """Open the journal of a meeting without starting its clock."""
        journal, minutes = self.archive.open(meeting_id, accept_damage=accept_damage)
        return MeetingSession.open_existing(
            journal=journal,
            minutes=minutes,
            clock=self.clock,
            language_of=self.language_of,
            meeting_id=meeting_id,
        )

    def reopen(self, meeting_id: MeetingId, reason: str) -> MeetingSession:
        """Reopen the minutes of a closed meeting; the next close writes a new version.

        Raises RuleError while a meeting of its series is open, StorageError while another one is
        being changed.
        """
        with self.archive.lock():
            session = self.open_existing(meeting_id)
            numbers = session.close_on_error(lambda: self._next_numbers(session))
            if self.archive.is_draft(meeting_id):  # the program died after the close
                session.close_on_error(session.write_minutes)
            session.close_on_error(
                lambda: session.reopen(reason, numbers, self._met_since(session))
            )
        session.close_on_error(lambda: self._tell_closed(session))
        return session

    def check_reopenable(self, meeting_id: MeetingId) -> None:
        """Raise the error that `reopen` would raise, before a reason is asked for."""
        session = self.open_existing(meeting_id)
        try:
            preconditions.must_be_closed(session.meeting)
            self._next_numbers(session)
        finally:
            session.leave()

    def finish(self, session: MeetingSession) -> Path:
        """Write minutes, library and incident reviews after the close; return the minutes' path.

        Steps that were recovered when another program replaced the journal are put back first. A
        rehearsal is not recorded. Safe to repeat if the disk refused.
        """
        session.merge_journal()
        path = session.write_minutes()
        if session.meeting_id is not None:
            self.library.record(session.meeting_id, session.meeting)
            sign_reviews(self.incidents, incident_reviews(session.meeting), self.clock.now())
        session.leave()
        return path

    def _resume_clock(self, session: MeetingSession) -> Meeting:
        if session.meeting.is_reopened:
            with self.archive.lock():
                numbers = self._next_numbers(session)
                return session.step(lifecycle.update_numbers, numbers, self._met_since(session))
        return session.resume_clock()

    def _tell_closed(self, session: MeetingSession) -> None:
        """Let a meeting that goes on tell which of its action items were closed meanwhile."""
        if session.meeting_id is None:
            return
        self.archive.meetings()
        agenda = session.meeting.agenda
        closes = self.library.closed_since(session.meeting_id)
        news = tuple(closed_text(each, agenda) for each in closes)
        session.opening = Opening(agenda=agenda, news=news)

    def _read_again(self, agenda: Agenda, carried: CarryOver, week: Week | None) -> Opening:
        """Return what a meeting that begins now begins with, and what is not as it was shown."""
        shown = Shown(agenda=agenda, carried=carried, week=week)
        agenda = self.reread_agenda(agenda)
        return build_opening(shown, agenda, self.carried(agenda), self.week_under_review(agenda))

    def _next_numbers(self, session: MeetingSession) -> NextNumbers:
        """Return the next free numbers of the series, for a meeting that is reopened."""
        agenda = session.meeting.agenda
        self._check_no_other_open(agenda, besides=session.meeting_id)
        return self.library.carried(agenda.series, session.meeting.date).numbers

    def _met_since(self, session: MeetingSession) -> date | None:
        """Return the day of a later meeting of the series; None if there is none."""
        agenda = session.meeting.agenda
        of_series = (e for e in self.archive.meetings() if e.series == agenda.series)
        newest = next(of_series, None)
        if newest is None or newest.id == session.meeting_id:
            return None
        return agenda.day_of(newest.opened_at)

    def _check_no_other_open(self, agenda: Agenda, besides: MeetingId | None = None) -> None:
        """Raise an error if another meeting of the series is open or being changed."""
        for stored in self.resumable():
            if stored.series != agenda.series or stored.id == besides:
                continue
            if stored.is_reopened:
                self.archive.open(stored.id, accept_damage=True)[0].close()
            else:
                raise RuleError(
                    N_(
                        "The meeting that began at {time} is still open. Resume it and close it, "
                        "or close it as of its last step (press c in the lobby, or run "
                        "`facilitator close`)."
                    ),
                    time=stored.opened_at.astimezone(agenda.starts.tzinfo).strftime("%m-%d %H:%M"),
                )

    def _finish_last_minutes(self, series: str) -> None:
        """Write the final minutes of the last meeting if they are still a draft.

        That happens if the program dies after a close.
        """
        closed = (each for each in self.archive.meetings() if not each.is_open)
        of_series = (each for each in closed if each.series == series)
        last = max(of_series, key=lambda each: each.seen_at, default=None)
        if last is not None and self.archive.is_draft(last.id):
            # It may be open in another program, or the disk may be full: try again next time.
            with suppress(FacilitatorError):
                session = self.open_existing(last.id)
                session.close_on_error(session.write_minutes)
                session.leave()

    def _incidents_to_review(self, series: str) -> Incidents:
        """Return the incidents to review, after copying reviews that were not.

        That happens if the program dies after a close.
        """
        if incidents_to_review(self.incidents, series):
            for meeting in self.library.past(series).meetings:
                if meeting.closed_at is not None and meeting.reviews:
                    # The disk may be full, or a line damaged: try again next time.
                    with suppress(FacilitatorError):
                        sign_reviews(self.incidents, meeting.reviews, self.clock.now())
        return incidents_to_review(self.incidents, series)

    def _open(
        self,
        opening: Opening,
        overrides: tuple[Override, ...],
        journal: Journal,
        minutes: MinutesFile,
        meeting_id: MeetingId | None = None,
    ) -> MeetingSession:
        agenda, carried = opening.agenda, opening.carried
        language = self.language_of(agenda.language)
        days = self.working_days(agenda.country, self.today(agenda))
        session = MeetingSession.open(
            add_carried_items(replace(agenda, working_days=days), carried, language),
            carried,
            overrides=overrides,
            journal=journal,
            minutes=minutes,
            clock=self.clock,
            language=language,
            meeting_id=meeting_id,
        )
        session.opening = opening
        return session


def build_pre_read(services: Services, agenda: Agenda, card: Scorecard) -> str:
    """Return the pre-read of a meeting, with placeholders for what is sensitive."""
    carried = services.carried(agenda)
    language = services.language_of(agenda.language)
    agenda = add_carried_items(agenda, carried, language)
    meeting = apply_opened(MeetingOpened(at=agenda.starts, agenda=agenda, carried=carried))
    redacted = redact(replace(meeting, scorecard=card), language.gettext(REDACTED_TEXT))
    day = agenda.meeting_day(services.today(agenda))
    reports = (report_check(slot, card, day) for slot in agenda.data.reports)
    report_lines = tuple((each.title, each.detail) for each in reports)
    return render_pre_read(redacted, language, report_lines)
