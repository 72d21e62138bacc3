"""The lobby screen: choose an agenda, see what is missing, begin, rehearse or resume."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Footer
from textual.worker import get_current_worker

from facilitator.domain.errors import N_, FacilitatorError
from facilitator.render.language import _
from facilitator.session.readiness_check import ReadinessCheck, blocking_checks
from facilitator.session.stored_meetings import PreparedAgenda, StoredMeeting
from facilitator.tui.i18n import LocalizedScreen
from facilitator.tui.screens.lobby_state import (
    RESUME_DAMAGED,
    AgendaReadiness,
    LobbyContext,
    Workspace,
    agenda_summary,
    load_readiness,
    load_workspace,
    meeting_left_text,
    override_dialog,
    resume_failure,
)
from facilitator.tui.widgets.agenda_card import AgendaCard
from facilitator.tui.widgets.entry_list import EntryList
from facilitator.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:  # a worker imports what a running meeting needs
    from collections.abc import Callable

    from facilitator.domain.agenda import Agenda
    from facilitator.domain.carry_over import CarryOver, Override
    from facilitator.domain.kpis.kpi import Week
    from facilitator.session.services import Services
    from facilitator.session.session import MeetingSession
    from facilitator.tui.screens.meeting import MeetingScreen


class LoadCancelled(Exception):  # noqa: N818  (no error)
    """Ends a load of which nobody needs the result: another agenda was chosen."""


class LobbyScreen(LocalizedScreen[None]):
    """Shows how ready the meeting of an agenda is; workers read files and reports."""

    CSS_PATH = "lobby.tcss"
    AUTO_FOCUS = ""
    HIDDEN_WHEN_NARROW = frozenset({"lobby.reload", "lobby.lists"})

    BINDINGS = [
        Binding("b", "begin", N_("Begin"), id="lobby.begin"),
        Binding("e", "rehearse", N_("Rehearse"), id="lobby.rehearse"),
        Binding("u", "resume", N_("Resume"), id="lobby.resume"),
        Binding(
            "c",
            "close_forgotten",
            N_("Close late"),
            id="lobby.close",
            tooltip=N_("Close a forgotten meeting as of its last step"),
        ),
        Binding("r", "reload", N_("Reload"), id="lobby.reload"),
        Binding("a", "app.focus('agendas')", N_("Agendas"), id="lobby.lists"),
    ]

    card = getters.query_one(AgendaCard)
    agendas = getters.query_one("#agendas", EntryList)
    meetings = getters.query_one("#meetings", EntryList)

    @dataclass
    class WorkspaceLoaded(Message):
        """Agendas and meetings were found."""

        workspace: Workspace
        services: Services | None
        """None until they are built."""

    @dataclass
    class ReadinessLoaded(Message):
        """More is known of how ready a meeting is."""

        readiness: AgendaReadiness

    def __init__(self, lobby_context: LobbyContext, *, agenda: Path | None = None) -> None:
        """Show `agenda` first, if it is given."""
        super().__init__()
        self._lobby_context, self._clock = lobby_context, lobby_context.clock
        self._built_services: Services | None = None
        self._wanted = agenda
        self._workspace: Workspace | None = None
        self._readiness: AgendaReadiness | None = None
        self._resumable: StoredMeeting | None = None
        self._resume_failure: ReadinessCheck | None = None
        self._notice = ""
        self._possible: tuple[bool, ...] | None = None
        self._painted = Event()
        self._pending_action: Callable[[], None] | None = None
        self._waiting_meeting: MeetingScreen | None = None

    def compose(self) -> ComposeResult:
        """Yield the parts, which are filled as files are read."""
        yield TitleBar()
        with Horizontal(id="main"):
            with Vertical(id="lists"):
                yield EntryList(id="agendas")
                yield EntryList(id="meetings")
            yield AgendaCard()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the default agenda, if there is one, and load everything."""
        self.agendas.border_title = _("Agendas")
        self.meetings.border_title = _("To resume")
        if default_agenda := self._lobby_context.default_agenda(self._wanted):
            self.show_workspace(self.WorkspaceLoaded(Workspace(agendas=(default_agenda,)), None))
        self._show()
        self._load_workspace()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim the keys of what is not possible now."""
        resumable = self._resumable if self._built_services else self.agenda
        needed = {"begin": self.agenda, "rehearse": self.agenda, "resume": resumable}
        if action == "close_forgotten":  # rarely needed, so it is hidden instead
            return self._is_forgotten
        if action in needed and needed[action] is None:
            return None
        return super().check_action(action, parameters)

    @property
    def agenda(self) -> Agenda | None:
        """The agenda that is chosen; None if it cannot be read."""
        return self._readiness.prepared.agenda if self._readiness else None

    @property
    def checks(self) -> tuple[ReadinessCheck, ...]:
        """The readiness checks of the agenda that is chosen."""
        return self._readiness.checks(self._clock.now()) if self._readiness else ()

    @property
    def _services(self) -> Services:
        assert self._built_services is not None  # noqa: S101  (actions wait until they are built)
        return self._built_services

    @property
    def _is_forgotten(self) -> bool:
        """Whether the meeting that can be resumed was never closed."""
        return self._resumable is not None and not self._resumable.is_reopened

    @work(thread=True, exclusive=True, group="workspace")
    def _load_workspace(self) -> None:
        worker = get_current_worker()
        is_shown = self._workspace is not None
        for workspace, services in load_workspace(
            self._lobby_context, self._painted, is_shown=is_shown
        ):
            if not worker.is_cancelled:
                self.post_message(self.WorkspaceLoaded(workspace, services))
        # Imported now, in this thread, so that nobody waits 70 ms for it when the meeting begins.
        import facilitator.tui.screens.meeting  # noqa: F401, PLC0415

    @work(thread=True, exclusive=True, group="readiness")
    def _load_readiness(self, prepared: PreparedAgenda, agenda: Agenda) -> None:
        worker = get_current_worker()

        def report(readiness: AgendaReadiness) -> None:
            if worker.is_cancelled:
                raise LoadCancelled
            self.post_message(self.ReadinessLoaded(readiness))

        with suppress(LoadCancelled):
            load_readiness(self._services, prepared, agenda, report)

    @on(WorkspaceLoaded)
    def show_workspace(self, loaded: WorkspaceLoaded) -> None:
        """Show the agendas and meetings that were found, then run an action that waits."""
        self._workspace = workspace = loaded.workspace
        self._built_services = loaded.services
        self._resumable = workspace.find_meeting(self._resumable)
        self._choose(workspace.find_agenda(self._wanted))
        if loaded.services is not None:
            self._focus_button()
            action, self._pending_action = self._pending_action, None
            if action is not None:
                action()
        self.call_after_refresh(self._painted.set)

    @on(ReadinessLoaded)
    def show_readiness(self, loaded: ReadinessLoaded) -> None:
        """Show how far the load is; pass its result to a meeting that waits for it."""
        readiness = loaded.readiness
        if self._readiness is None or readiness.prepared is not self._readiness.prepared:
            return
        self._readiness = readiness
        if self.is_current or readiness.progress is None:  # a meeting hides the progress
            self._show()
        meeting = self._waiting_meeting
        if meeting is not None and readiness.error is not None:
            meeting.call_later(meeting.show_status, readiness.error.translate(_))
        if meeting is not None and readiness.scorecard is not None:
            meeting.call_later(meeting.load_kpis, readiness.scorecard)
            self._waiting_meeting = None

    @on(EntryList.Picked, "#agendas")
    def choose_agenda(self, picked: EntryList.Picked) -> None:
        """Show another agenda."""
        for prepared in self._workspace.agendas if self._workspace else ():
            if str(prepared.file) == picked.id:
                self._choose(prepared)
                self.card.focus_first("begin")

    @on(EntryList.Picked, "#meetings")
    def choose_meeting(self, picked: EntryList.Picked) -> None:
        """Choose another meeting to resume."""
        for meeting in self._workspace.meetings if self._workspace else ():
            if meeting.id == picked.id:
                self._resumable, self._resume_failure = meeting, None
                self._show()
                self.card.focus_first("resume")

    def action_reload(self) -> None:
        """Read all files again."""
        self._resume_failure = None
        self._load_workspace()

    def on_controller_changed(self) -> None:
        """Read everything again, once an incident was reported."""
        self.action_reload()

    def action_begin(self) -> None:
        """Begin the meeting; ask for a reason first if something is missing."""
        if self._must_wait(self.action_begin):
            return
        if missing := blocking_checks(self.checks):
            self.attempt(lambda: self._ask_reason(missing))
        else:
            self._open_meeting(self.attempt(self._begin))

    def action_rehearse(self) -> None:
        """Begin a rehearsal, which writes nothing."""
        if not self._must_wait(self.action_rehearse):
            self._open_meeting(self.attempt(self._rehearse))

    def action_resume(self) -> None:
        """Resume the meeting that is chosen."""
        meeting = self._resumable
        if self._must_wait(self.action_resume) or meeting is None:
            return
        session = self.attempt(lambda: self._resume(meeting))
        if session is None:
            self._show()
        elif session.meeting.scorecard is None:
            agenda = session.meeting.agenda
            self._load(PreparedAgenda(file=Path(agenda.file), agenda=agenda))
        self._open_meeting(session)

    def action_close_forgotten(self) -> None:
        """Close the meeting that is chosen at its last step, after a confirmation."""
        meeting = self._resumable
        if meeting is not None and not self._must_wait(self.action_close_forgotten):
            from facilitator.tui.screens.lifecycle import ask_to_close  # noqa: PLC0415  (loads the rules)

            ask_to_close(self, self._services, meeting, self._meeting_left)

    def _prepared(self) -> tuple[Agenda, CarryOver, Week | None]:
        """Return what is shown; a meeting that begins reads all of it again."""
        readiness, agenda = self._readiness, self.agenda
        assert readiness and agenda  # noqa: S101, PT018  (ensured by `check_action`)
        return agenda, readiness.carried or self._services.carried(agenda), readiness.week

    def _begin(self, accepted: tuple[Override, ...] = ()) -> MeetingSession:
        agenda, carried, week = self._prepared()
        return self._services.begin(agenda, carried, accepted, week)

    def _rehearse(self) -> MeetingSession:
        return self._services.rehearse(*self._prepared())

    def _must_wait(self, action: Callable[[], None]) -> bool:
        """Return whether the services are still being built; if so, `action` follows them."""
        if self._built_services is None:
            self._pending_action = action
        return self._built_services is None

    def _resume(self, meeting: StoredMeeting) -> MeetingSession:
        """Return the session; accept damage of the journal if the screen shows that already."""
        failure = self._resume_failure
        is_accepted = failure is not None and failure.title == RESUME_DAMAGED
        try:
            return self._services.resume(meeting.id, accept_damage=is_accepted)
        except FacilitatorError as error:
            self._resume_failure = resume_failure(error)
            raise

    def _ask_reason(self, missing: tuple[ReadinessCheck, ...]) -> None:
        agenda, _carried, _week = self._prepared()
        begun: list[MeetingSession] = []

        def begin(accepted: tuple[Override, ...]) -> None:
            begun.append(self._begin(accepted))

        entry = override_dialog(missing, self._services.language_of(agenda.language), begin)
        self.app.push_screen(
            entry, lambda _reason: self._open_meeting(begun.pop() if begun else None)
        )

    def _open_meeting(self, session: MeetingSession | None) -> None:
        if session is None:
            return
        from facilitator.tui.screens.meeting import MeetingScreen  # noqa: PLC0415  (loads the rules)

        if session.opening is not None and session.opening.needs_figures:
            agenda = session.opening.agenda
            self._load(PreparedAgenda(file=Path(agenda.file), agenda=agenda))
        loaded = self._readiness.scorecard if self._readiness else None
        screen = MeetingScreen(self._services, session, loaded)  # a resumed one keeps its own
        self._waiting_meeting = None if loaded else screen
        self.app.push_screen(screen, lambda _result: self._meeting_left(session))

    def _meeting_left(self, session: MeetingSession) -> None:
        self._waiting_meeting = None
        self._notice = meeting_left_text(session)
        self.set_focus(None)  # Enter must not begin another
        self.action_reload()

    def _choose(self, prepared: PreparedAgenda | None) -> None:
        self._readiness = None
        if prepared is not None:
            self._load(prepared)
        self._show()

    def _load(self, prepared: PreparedAgenda) -> None:
        self._wanted = prepared.file
        error = self._workspace.error if self._workspace else None
        self._readiness = AgendaReadiness(prepared=prepared, error=error)
        if prepared.agenda is not None and self._built_services is not None:
            self._load_readiness(prepared, prepared.agenda)

    def _show(self) -> None:
        workspace, meeting, now = self._workspace, self._resumable, self._clock.now()
        if workspace is not None:
            chosen = self._readiness.prepared if self._readiness else None
            self.agendas.lines = workspace.agenda_lines(chosen)
            self.meetings.lines = workspace.meeting_lines(meeting, now)
            for each in (self.agendas, self.meetings):
                each.display = len(each.lines) > 1
            self.query_one("#lists").display = self.agendas.display or self.meetings.display
        failure = (self._resume_failure,) if self._resume_failure else ()
        self.card.card = agenda_summary(
            workspace,
            self._readiness,
            checks=(*failure, *self.checks),
            notice=self._notice,
            resume=workspace.resume_label(meeting, now) if workspace else "",
        )
        possible = (self.agenda is None, meeting is None, self._is_forgotten)
        if possible != self._possible:  # a new footer at each message would slow the load down
            self._possible = possible
            self.refresh_bindings()

    def _focus_button(self) -> None:
        if self._notice or (self.focused is not None and self.focused.focusable):
            return  # after a meeting, Enter must not begin another
        if self._workspace is not None:
            order = self._workspace.button_order(self._resumable, self._clock.now())
            self.card.focus_first(*order)
