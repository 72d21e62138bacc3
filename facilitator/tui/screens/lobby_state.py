"""What the lobby knows, and the text that it shows of it.

A worker first loads the `Workspace`: the agendas, and the meetings that can be resumed. Another
one then loads the readiness of the agenda that was chosen. Modules that only a meeting needs are
imported in the functions that use them, to keep them off the way to the first screen.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.errors import (
    N_,
    Diagnostic,
    FacilitatorError,
    JournalError,
    Message,
    message,
    said_of,
)
from facilitator.domain.kpis.kpi import Unit
from facilitator.domain.text import one_line
from facilitator.render.language import Language, _, current_language
from facilitator.session.readiness import readiness_checks
from facilitator.session.readiness_check import Readiness, ReadinessCheck
from facilitator.session.stored_meetings import PreparedAgenda, StoredMeeting
from facilitator.tui.widgets.agenda_card import AgendaSummary, ReadinessLine
from facilitator.tui.widgets.entry_list import EntryLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime, tzinfo
    from pathlib import Path
    from threading import Event

    from facilitator.domain.agenda import Agenda
    from facilitator.domain.carry_over import CarryOver, Override
    from facilitator.domain.errors import Diagnostic
    from facilitator.domain.kpis.facts import LoadProgress
    from facilitator.domain.kpis.kpi import Week
    from facilitator.domain.kpis.scorecard import Scorecard
    from facilitator.domain.unfinished_week import UnfinishedWeek
    from facilitator.session.ports import Clock
    from facilitator.session.services import Services
    from facilitator.session.session import MeetingSession
    from facilitator.tui.dialogs.questions import TextEntry

FIRST_PAINT_TIMEOUT = 1.0
"""Seconds that loading waits for the first paint at most."""
PROGRESS_STEP = 5
"""Per cent between two messages about how far the reports are read."""
RESUME_DAMAGED = message(N_("Press u again to continue without the damaged part"))
"""The title of the check that a damaged journal leads to; resuming again accepts the damage."""


class LobbyContext(Struct, frozen=True, kw_only=True):
    """What the lobby needs from the command that opens it."""

    clock: Clock
    default_agenda: Callable[[Path | None], PreparedAgenda | None]
    """Returns the agenda that was named, or the only one there is, for the first paint."""
    agendas: Callable[[], Sequence[PreparedAgenda]]
    """Reads all agenda files again."""
    build_services: Callable[[], Services]
    """Returns the services, the same ones each time. Takes long; for a worker."""


class Workspace(Struct, frozen=True, kw_only=True):
    """The agendas and the meetings that were found."""

    agendas: tuple[PreparedAgenda, ...] = ()
    meetings: tuple[StoredMeeting, ...] = ()
    """Meetings that can be resumed, newest first."""
    error: Message | None = None
    """Why they could not be read."""

    def find_agenda(self, file: Path | None) -> PreparedAgenda | None:
        """Return the agenda in `file`, or else the first one."""
        same = (each for each in self.agendas if file and each.file.resolve() == file.resolve())
        return next(same, next(iter(self.agendas), None))

    def find_meeting(self, meeting: StoredMeeting | None) -> StoredMeeting | None:
        """Return the same meeting as it was found now, or else the newest."""
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
                f"{self._format_time(each, each.opened_at, now)}{_state_suffix(each)} "
                f"{one_line(each.title)}",
                is_chosen=each is chosen,
            )
            for each in self.meetings
        )

    def resume_label(self, meeting: StoredMeeting | None, now: datetime) -> str:
        """Return the label of the button that resumes `meeting`; empty without a meeting."""
        if meeting is None:
            return ""
        if meeting.suspended_at is not None and not meeting.is_reopened:
            time = self._format_time(meeting, meeting.suspended_at, now)
            return _("Resume (suspended at {time})").format(time=time)
        time = self._format_time(meeting, meeting.opened_at, now)
        if meeting.is_reopened:
            return _("Change the meeting of {time}").format(time=time)
        return _("Resume the meeting of {time}").format(time=time)

    def button_order(self, meeting: StoredMeeting | None, now: datetime) -> tuple[str, str]:
        """Return which button has the focus, if possible: resume a meeting of today, or begin."""
        if meeting is not None and not meeting.is_reopened:
            zone = self._zone(meeting)
            if _local_day(meeting.opened_at, zone) == _local_day(now, zone):
                return "resume", "begin"
        return "begin", "resume"

    def _format_time(self, meeting: StoredMeeting, moment: datetime, now: datetime) -> str:
        """Return the time of `moment`, after its day unless that is today."""
        zone = self._zone(meeting)
        time = current_language().clock_time(moment.astimezone(zone))
        day = _local_day(moment, zone)
        return time if day == _local_day(now, zone) else f"{current_language().day(day)} {time}"

    def _zone(self, meeting: StoredMeeting) -> tzinfo | None:
        """Return the time zone of the meeting's series; None, the local one, if unknown."""
        agendas = (prepared.agenda for prepared in self.agendas)
        zones = (each.starts.tzinfo for each in agendas if each and each.series == meeting.series)
        return next(zones, None)


def _choice_line(id: str, text: str, *, is_chosen: bool) -> EntryLine:  # noqa: A002
    mark = "▶ " if is_chosen else "  "
    return EntryLine(id=id, mark=mark, text=text, is_current=is_chosen)


def agenda_title(prepared: PreparedAgenda) -> str:
    """Return the title of an agenda, or its file if it cannot be read."""
    name = prepared.agenda.title if prepared.agenda else ""
    return one_line(name or str(prepared.file))


def _state_suffix(meeting: StoredMeeting) -> str:
    if meeting.is_reopened:
        return " · " + _("reopened")
    return " · " + _("suspended") if meeting.suspended_at else ""


def _local_day(moment: datetime, zone: tzinfo | None) -> date:
    return moment.astimezone(zone).date()


def load_workspace(
    context: LobbyContext, painted: Event, *, is_shown: bool
) -> Iterator[tuple[Workspace, Services | None]]:
    """Yield the workspace as far as it is known, with the services once they are built.

    Building them takes a processor that the first paint needs, so it waits until `painted` is
    set; `is_shown` tells that an agenda is to be painted already. For a worker.
    """
    if is_shown:
        painted.wait(FIRST_PAINT_TIMEOUT)
    agendas: tuple[PreparedAgenda, ...] = ()
    try:
        agendas = tuple(context.agendas())
        if not painted.is_set():
            yield Workspace(agendas=agendas), None
            painted.wait(FIRST_PAINT_TIMEOUT)
        services = context.build_services()
        yield Workspace(agendas=agendas, meetings=services.resumable()), services
    except FacilitatorError as error:
        yield Workspace(agendas=agendas, error=error.message), None


class AgendaReadiness(Struct, frozen=True, kw_only=True):
    """One agenda, and what is known so far of how ready its meeting is."""

    prepared: PreparedAgenda
    carried: CarryOver | None = None
    """None until the library is read."""
    stored: tuple[Diagnostic, ...] = ()
    """What is wrong with the meetings before."""
    week: Week | None = None
    """The week whose figures are read; None until they are asked for."""
    scorecard: Scorecard | None = None
    """None until the reports are read."""
    unfinished: UnfinishedWeek | None = None
    """The last week, if it was not over in all marketplaces when the reports were read."""
    progress: LoadProgress | None = None
    error: Message | None = None
    """Why library or reports cannot be read."""

    @property
    def is_loading(self) -> bool:
        """Whether more will be known."""
        return self.prepared.agenda is not None and self.scorecard is None and self.error is None

    def checks(self, now: datetime) -> tuple[ReadinessCheck, ...]:
        """Return the checks on the day of `now`."""
        agenda = self.prepared.agenda
        day = agenda.day_of(now) if agenda else now.date()
        checks = readiness_checks(
            agenda,
            self.prepared.problems,
            self.scorecard,
            self.carried,
            day,
            self.unfinished,
            language=current_language(),
            stored=self.stored,
        )
        if self.error is None:
            return checks
        known = tuple(each for each in checks if each.readiness is not Readiness.WAITING)
        return (*known, _failed_check(message(N_("Reports")), self.error))


def load_readiness(
    services: Services,
    prepared: PreparedAgenda,
    agenda: Agenda,
    report: Callable[[AgendaReadiness], None],
) -> None:
    """Read library and reports; call `report` with each state of it. For a worker.

    An exception that `report` raises ends the load.
    """
    readiness = AgendaReadiness(prepared=prepared)
    try:
        carried = services.carried(agenda)
        readiness = replace(
            readiness,
            carried=carried,
            stored=(*services.archive.problems, *services.incidents.problems),
            week=services.week_under_review(agenda),
        )
        report(readiness)
        text = ""

        def report_progress(progress: LoadProgress) -> None:
            nonlocal text
            line = progress_text(progress)
            if line != text:
                text = line
                report(replace(readiness, progress=progress))

        scorecard = services.load(agenda, report_progress)
        unfinished = services.unfinished_week(agenda, scorecard)
        report(replace(readiness, scorecard=scorecard, unfinished=unfinished))
    except FacilitatorError as error:
        report(replace(readiness, error=error.message))


def resume_failure(error: FacilitatorError) -> ReadinessCheck:
    """Return the check that says why a meeting could not be resumed."""
    is_damaged = isinstance(error, JournalError)
    return _failed_check(RESUME_DAMAGED if is_damaged else message(N_("Resume")), error.message)


def _failed_check(title: Message, detail: Message) -> ReadinessCheck:
    return ReadinessCheck(readiness=Readiness.MISSING, title=title, detail=detail)


def readiness_line(check: ReadinessCheck, shown: str = "") -> ReadinessLine:
    """Return the line that shows a check, in the language of the screen.

    The file `shown` is named beside it already, so the line says only the place in it.
    """
    detail, problem = check.translate(_), check.diagnostic
    if problem is not None and problem.file == shown:
        place, text = problem.place(_), problem.explain(_)
        detail = said_of(place, text, _) if place else text
    return ReadinessLine(
        status=check.readiness.value,
        title=one_line(check.title.translate(_)),
        detail=one_line(detail),
    )


def agenda_summary(
    workspace: Workspace | None,
    readiness: AgendaReadiness | None,
    *,
    checks: tuple[ReadinessCheck, ...],
    notice: str,
    resume: str,
) -> AgendaSummary:
    """Return the summary of the agenda that is chosen, or one that says why there is none."""
    shown = str(readiness.prepared.file) if readiness else ""
    first = sorted(checks, key=lambda check: check.readiness is not Readiness.MISSING)
    lines = tuple(readiness_line(check, shown) for check in first)
    if readiness is None:
        facts = _no_agenda_text(workspace)
        return AgendaSummary(facts=facts, notice=notice, lines=lines, resume=resume)
    agenda = readiness.prepared.agenda
    faulty = _("This agenda has errors. Correct them, then press r.")
    return AgendaSummary(
        title=agenda_title(readiness.prepared),
        file=one_line(str(readiness.prepared.file)),
        facts=_agenda_facts(agenda) if agenda else faulty,
        notice=one_line(notice),
        lines=lines,
        progress=progress_text(readiness.progress) if readiness.is_loading else "",
        may_begin=agenda is not None,
        resume=resume,
    )


def _no_agenda_text(workspace: Workspace | None) -> str:
    if workspace is None:
        return _("Reading the agendas…")
    if workspace.error is not None:
        return one_line(workspace.error.translate(_))
    return _(
        "There is no agenda here yet. Leave with ctrl+q, then run `facilitator new weekly` to "
        "make one and fill it in, or `facilitator demo` to see a complete meeting."
    )


def _agenda_facts(agenda: Agenda) -> str:
    """Return when the meeting is, how long, with how many people and at what cost."""
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
    """Return which report is being read and how far, in steps of `PROGRESS_STEP` per cent."""
    if progress is None:
        return _("Reading the reports…")
    share = 100 * progress.done // max(progress.total, 1) // PROGRESS_STEP * PROGRESS_STEP
    text = current_language().value(min(share, 100), Unit.PERCENT, 0)
    return _("Reading {file} · {share}").format(file=one_line(progress.file), share=text)


def override_dialog(
    missing: tuple[ReadinessCheck, ...],
    language: Language,
    begin: Callable[[tuple[Override, ...]], object],
) -> TextEntry:
    """Return a dialog that asks why the meeting begins although something is missing.

    `language` is the language of the minutes, which keep the reason; `begin` gets it for each
    thing that is missing.
    """
    from facilitator.tui.dialogs.form import FormHandler  # noqa: PLC0415  (only for a meeting)
    from facilitator.tui.dialogs.questions import TextEntry  # noqa: PLC0415  (only for a meeting)

    lines = [readiness_line(check) for check in missing]
    why = _("Why start anyway? The reason goes into the minutes.")
    question = "\n".join([*(f"✗ {line.title}: {line.detail}" for line in lines), why])

    def submit(reason: str) -> None:
        begin(tuple(_override(check, reason, language) for check in missing))

    handler = FormHandler(submit=submit)
    title = current_language().ngettext(
        "{count} thing is missing", "{count} things are missing", len(missing)
    )
    return TextEntry(title.format(count=len(missing)), question=question, handler=handler)


def _override(check: ReadinessCheck, reason: str, language: Language) -> Override:
    from facilitator.domain.carry_over import Override  # noqa: PLC0415  (only for a meeting)

    translate = language.gettext
    subject = said_of(check.title.translate(translate), check.translate(translate), translate)
    return Override(subject=one_line(subject), reason=reason)


def meeting_left_text(session: MeetingSession) -> str:
    """Return what became of a meeting whose screen was left."""
    if session.meeting_id is None:
        return _("That was a rehearsal. Nothing was saved.")
    meeting = session.meeting
    if meeting.is_recorder_changing and meeting.recorder:
        text = _(
            "{name} is now the recorder. Open the program on the other computer within ten "
            "minutes, and resume."
        )
        return text.format(name=meeting.recorder.name)
    if meeting.suspended_at is not None:
        return _("The meeting is suspended. Press u to continue.")
    if meeting.is_reopened:
        return _("The minutes are still open. Press u to continue changing them.")
    if not meeting.is_closed:
        return _("The meeting is still open. You can resume it at any time.")
    return _("The meeting is closed. Minutes: {path}").format(path=session.minutes_path)
