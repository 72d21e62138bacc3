"""State and wording of the lobby: agendas, meetings to resume, readiness checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from textual.message import Message

from facilitator.domain.errors import N_, FacilitatorError, JournalError, message
from facilitator.domain.errors import Message as Sentence
from facilitator.domain.kpis.kpi import Unit
from facilitator.domain.text import one_line
from facilitator.render.language import Language, _, current_language
from facilitator.session import readiness
from facilitator.session.readiness import Readiness, ReadinessCheck
from facilitator.session.stored_meetings import PreparedAgenda, StoredMeeting
from facilitator.tui.lobby_context import LobbyContext
from facilitator.tui.widgets.agenda_card import AgendaSummary
from facilitator.tui.widgets.entry_list import EntryLine
from facilitator.tui.widgets.readiness_list import ReadinessLine

if TYPE_CHECKING:  # what a running meeting needs is loaded beside the screen
    from collections.abc import Callable, Iterator
    from datetime import date, datetime, tzinfo
    from pathlib import Path
    from threading import Event

    from facilitator.domain.agenda import Agenda
    from facilitator.domain.carry_over import CarryOver, Override
    from facilitator.domain.kpis.facts import LoadProgress
    from facilitator.domain.kpis.scorecard import Scorecard
    from facilitator.session.readiness import ReadinessCheck
    from facilitator.session.services import Services
    from facilitator.session.session import MeetingSession
    from facilitator.session.stored_meetings import StoredMeeting
    from facilitator.tui.dialogs.text_entry import TextEntry


class LobbyState(Struct, frozen=True, kw_only=True):
    """What lies in the folder: agendas, and meetings that were begun and never closed."""

    agendas: tuple[PreparedAgenda, ...] = ()
    meetings: tuple[StoredMeeting, ...] = ()
    error: Sentence | None = None
    """Why it could not be read."""

    def agenda_at(self, file: Path | None) -> PreparedAgenda | None:
        """The agenda of this file; the first one where it is not there."""
        named = (each for each in self.agendas if file and each.file.resolve() == file.resolve())
        return next(named, next(iter(self.agendas), None))

    def find_meeting(self, meeting: StoredMeeting | None) -> StoredMeeting | None:
        """The same meeting as it is found now, or else the newest."""
        same = (each for each in self.meetings if meeting and each.id == meeting.id)
        return next(same, next(iter(self.meetings), None))

    def agenda_lines(self, chosen: PreparedAgenda | None) -> tuple[EntryLine, ...]:
        """Return a line for each agenda; its id is the path of the file."""
        return tuple(
            _choice_line(str(each.file), agenda_title(each), is_chosen=each is chosen)
            for each in self.agendas
        )

    def meeting_lines(self, chosen: StoredMeeting | None, now: datetime) -> tuple[EntryLine, ...]:
        """Return a line for each meeting that can be resumed."""
        return tuple(
            _choice_line(
                each.id,
                f"{self.start_time(each, now)}{_state_suffix(each)} {one_line(each.title)}",
                is_chosen=each is chosen,
            )
            for each in self.meetings
        )

    def resume_label(self, meeting: StoredMeeting | None, now: datetime) -> str:
        """What the button says that resumes a meeting; empty where there is none."""
        if meeting is None:
            return ""
        time = self.start_time(meeting, now)
        if meeting.is_reopened:
            return _("Change the meeting of {time}").format(time=time)
        if meeting.suspended_at is None:
            return _("Resume the meeting of {time}").format(time=time)
        since = self._format_moment(meeting, meeting.suspended_at, now)
        return _("Resume (suspended at {time})").format(time=since)

    def start_time(self, meeting: StoredMeeting, now: datetime) -> str:
        """When a meeting was begun: the time, with its day unless that is today."""
        return self._format_moment(meeting, meeting.opened_at, now)

    def button_order(self, meeting: StoredMeeting | None, now: datetime) -> tuple[str, str]:
        """What Enter does first: go on with a meeting of today, or else begin."""
        zone = self._zone(meeting) if meeting else None
        is_under_way = meeting is not None and not meeting.is_reopened
        if (
            meeting
            and is_under_way
            and _local_day(meeting.opened_at, zone) == _local_day(now, zone)
        ):
            return "resume", "begin"
        return "begin", "resume"

    def _format_moment(self, meeting: StoredMeeting, moment: datetime, now: datetime) -> str:
        zone = self._zone(meeting)
        time = current_language().clock_time(moment.astimezone(zone))
        day = _local_day(moment, zone)
        return time if day == _local_day(now, zone) else f"{current_language().day(day)} {time}"

    def _zone(self, meeting: StoredMeeting) -> tzinfo | None:
        """Where its series meets; the reader's own where nobody says."""
        agendas = (prepared.agenda for prepared in self.agendas)
        zones = (each.starts.tzinfo for each in agendas if each and each.series == meeting.series)
        return next(zones, None)


def _choice_line(id: str, text: str, *, is_chosen: bool) -> EntryLine:  # noqa: A002
    mark = "▶ " if is_chosen else "  "
    return EntryLine(id=id, mark=mark, text=text, is_current=is_chosen)


def agenda_title(prepared: PreparedAgenda) -> str:
    """What an agenda is called: by its file where it cannot be read."""
    name = prepared.agenda.title if prepared.agenda else ""
    return one_line(name or str(prepared.file))


def _state_suffix(meeting: StoredMeeting) -> str:
    if meeting.is_reopened:
        return " · " + _("reopened")
    return " · " + _("suspended") if meeting.suspended_at else ""


def _local_day(moment: datetime, zone: tzinfo | None) -> date:
    return moment.astimezone(zone).date()


RESUME_DAMAGED = message(N_("Press u again to go on without what is damaged"))


def failure_check(name: str, detail: Sentence) -> ReadinessCheck:
    """A line for something that went wrong."""
    return ReadinessCheck(readiness=Readiness.MISSING, title=message(name), detail=detail)


def resume_failure(error: FacilitatorError) -> ReadinessCheck:
    """Why a meeting is not resumed; a damaged one may be, once that was read."""
    if isinstance(error, JournalError):
        return ReadinessCheck(
            readiness=Readiness.MISSING, title=RESUME_DAMAGED, detail=error.message
        )
    return failure_check(N_("Resume"), error.message)


def accepts_damage(last: ReadinessCheck | None) -> bool:
    """Whether somebody was told of the damage, and asks again."""
    return last is not None and last.title == RESUME_DAMAGED


class ResumeState:
    """Which meeting is chosen, and why it could not be opened, if so."""

    def __init__(self) -> None:
        self.meeting: StoredMeeting | None = None
        self.failure: ReadinessCheck | None = None

    @property
    def is_unclosed(self) -> bool:
        """Whether nobody has ever closed it."""
        return self.meeting is not None and not self.meeting.is_reopened

    def choose(self, meeting: StoredMeeting) -> None:
        """Have another meeting gone on with."""
        self.meeting, self.failure = meeting, None

    def reselect(self, lobby_state: LobbyState) -> None:
        """Keep to the same meeting, as it is found now."""
        self.meeting = lobby_state.find_meeting(self.meeting)

    def resume(self, services: Services, meeting: StoredMeeting) -> MeetingSession:
        """Go on with it; a refusal is remembered, and accepted when asked once more."""
        try:
            return services.resume(meeting.id, accept_damage=accepts_damage(self.failure))
        except FacilitatorError as error:
            self.failure = resume_failure(error)
            raise


class AgendaReadiness(Struct, frozen=True, kw_only=True):
    """One agenda, and what is known of its meeting so far."""

    prepared: PreparedAgenda
    carried: CarryOver | None = None
    """None until the library was read."""
    scorecard: Scorecard | None = None
    """None until the reports are read."""
    progress: LoadProgress | None = None
    error: Sentence | None = None
    """Why library or reports cannot be read."""

    @property
    def is_loading(self) -> bool:
        """Whether more is to come."""
        return self.prepared.agenda is not None and self.scorecard is None and self.error is None

    def checks(self, now: datetime) -> tuple[ReadinessCheck, ...]:
        """Everything worth knowing on the day that it is now."""
        agenda = self.prepared.agenda
        lines = readiness.readiness_checks(
            agenda,
            self.prepared.problems,
            self.scorecard,
            self.carried,
            agenda.day_of(now) if agenda else now.date(),
        )
        if self.error is None:
            return lines
        known = tuple(line for line in lines if line.readiness is not Readiness.WAITING)
        return (*known, failure_check(N_("Reports"), self.error))


@dataclass
class WorkspaceLoaded(Message):
    """The folder was looked through."""

    lobby_state: LobbyState
    services: Services | None
    """None while it is being laid."""


@dataclass
class ReadinessLoaded(Message):
    """A load came further."""

    readiness: AgendaReadiness


PROGRESS_STEP = 5
"""Per cent between two lines that tell how far the reports are read."""
FIRST_PAINT_TIMEOUT = 1.0
"""Seconds that the desk waits for the first paint at the most."""


class LoadCancelled(Exception):  # noqa: N818  (no error: another agenda was chosen, or somebody left)
    """Nobody waits for this load any more."""


def load_workspace(
    lobby_context: LobbyContext, painted: Event, *, is_shown: bool
) -> Iterator[tuple[LobbyState, Services | None]]:
    """Look through the folder, and lay the desk once an agenda is `painted`. For a worker."""
    if is_shown:
        painted.wait(FIRST_PAINT_TIMEOUT)
    agendas: tuple[PreparedAgenda, ...] = ()
    try:
        agendas = tuple(lobby_context.agendas())
        if not painted.is_set():
            yield LobbyState(agendas=agendas), None
            painted.wait(FIRST_PAINT_TIMEOUT)
        services = lobby_context.build_services()
        yield LobbyState(agendas=agendas, meetings=services.resumable()), services
    except FacilitatorError as error:
        yield LobbyState(agendas=agendas, error=error.message), None


def load_readiness(
    services: Services,
    prepared: PreparedAgenda,
    agenda: Agenda,
    report: Callable[[AgendaReadiness], None],
) -> None:
    """Read library and reports, and tell each step; `report` may end it. Call it in a worker."""
    readiness = AgendaReadiness(prepared=prepared)
    try:
        readiness = replace(readiness, carried=services.carried(agenda))
        report(readiness)
        text = ""

        def report_progress(progress: LoadProgress) -> None:
            nonlocal text
            line = progress_text(progress)
            if line != text:
                text = line
                report(replace(readiness, progress=progress))

        scorecard = services.load(agenda, report_progress)
        report(replace(readiness, scorecard=scorecard))
    except FacilitatorError as error:
        report(replace(readiness, error=error.message))


def readiness_line(check: ReadinessCheck) -> ReadinessLine:
    """A line of the list, in the language spoken; names of files stay harmless."""
    return ReadinessLine(
        status=check.readiness.value,
        title=one_line(check.title.translate(_)),
        detail=one_line(check.translate(_)),
    )


def override_dialog(
    missing: tuple[ReadinessCheck, ...],
    language: Language,
    begin: Callable[[tuple[Override, ...]], object],
) -> TextEntry:
    """Ask why the meeting begins although something is missing; `language` is the minutes'."""
    from facilitator.tui.dialogs.text_entry import TextEntry  # noqa: PLC0415  (likewise)

    lines = [readiness_line(check) for check in missing]
    why = _("Why does the meeting begin all the same? The minutes keep the reason.")
    question = "\n".join([*(f"✗ {line.title}: {line.detail}" for line in lines), why])

    def submit(reason: str) -> None:
        begin(tuple(_override(check, reason, language) for check in missing))

    return TextEntry(_("Something is missing"), question=question, submit=submit)


def _override(check: ReadinessCheck, reason: str, language: Language) -> Override:
    from facilitator.domain.carry_over import Override  # noqa: PLC0415  (likewise)

    said = f"{language.translate(check.title)}: {check.translate(language.gettext)}"
    return Override(subject=one_line(said), reason=reason)


def meeting_left_text(session: MeetingSession) -> str:
    """What the lobby says when a meeting was left."""
    if session.meeting_id is None:
        return _("That was a rehearsal; nothing was written.")
    meeting = session.meeting
    if meeting.is_recorder_changing and meeting.recorder:
        text = _("{name} records now: open the program there within ten minutes, and resume.")
        return text.format(name=meeting.recorder.name)
    if meeting.suspended_at is not None:
        return _("The meeting is suspended; u goes on where it stopped.")
    if meeting.is_reopened:
        return _("The minutes are still open; u goes on changing them.")
    if not meeting.is_closed:
        return _("The meeting is still open; resume it when you like.")
    return _("The meeting is closed. Its minutes: {path}").format(path=session.minutes_path)


def agenda_summary(
    lobby_state: LobbyState | None,
    readiness: AgendaReadiness | None,
    *,
    checks: tuple[ReadinessCheck, ...],
    may_begin: bool,
    notice: str,
    resume: str,
) -> AgendaSummary:
    """What the lobby shows of the agenda chosen, or why there is none."""
    lines = tuple(readiness_line(check) for check in checks)
    if readiness is None:
        return AgendaSummary(
            facts=_no_agenda_text(lobby_state), notice=notice, lines=lines, resume=resume
        )
    agenda = readiness.prepared.agenda
    return AgendaSummary(
        title=agenda_title(readiness.prepared),
        file=one_line(str(readiness.prepared.file)),
        facts=_agenda_facts(agenda)
        if agenda
        else _("This agenda has faults. Mend them, then press r."),
        notice=one_line(notice),
        lines=lines,
        progress=progress_text(readiness.progress) if readiness.is_loading else "",
        may_begin=may_begin,
        resume=resume,
    )


def _no_agenda_text(lobby_state: LobbyState | None) -> str:
    if lobby_state is None:
        return _("Reading the agendas…")
    if lobby_state.error is not None:
        return one_line(lobby_state.error.translate(_))
    return _(
        "There is no agenda here yet. Leave with ctrl+q, then run `facilitator new weekly` to "
        "make one and fill it in, or `facilitator demo` to see a complete meeting."
    )


def _agenda_facts(agenda: Agenda) -> str:
    language = current_language()
    cost = agenda.hourly_cost * (agenda.length / timedelta(hours=1))
    people = language.ngettext("{count} person", "{count} people", len(agenda.people))
    text = [
        f"{language.day(agenda.starts.date())} {agenda.starts:%H:%M}",
        language.minutes(agenda.length),
        people.format(count=len(agenda.people)),
    ]
    if cost:
        text.append(_("about {cost}").format(cost=language.money(cost, agenda.currency)))
    return " · ".join(text)


def progress_text(progress: LoadProgress | None) -> str:
    """How far the reports are read."""
    if progress is None:
        return _("Reading the reports…")
    share = 100 * progress.done // max(progress.total, 1) // PROGRESS_STEP * PROGRESS_STEP
    text = current_language().value(min(share, 100), Unit.PERCENT, 0)
    return _("Reading {file} · {share}").format(file=one_line(progress.file), share=text)
