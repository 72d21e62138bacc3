"""The lobby screen: choose an agenda, see what is missing, begin, rehearse or resume."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Footer
from textual.worker import get_current_worker

from facilitator.domain.errors import N_
from facilitator.render.language import _
from facilitator.session.readiness import ReadinessCheck, blocking_checks
from facilitator.session.stored_meetings import PreparedAgenda
from facilitator.tui.i18n import LocalizedScreen
from facilitator.tui.lobby_context import LobbyContext
from facilitator.tui.screens.lobby_state import (
    AgendaReadiness,
    LoadCancelled,
    LobbyState,
    ReadinessLoaded,
    ResumeState,
    WorkspaceLoaded,
    agenda_summary,
    load_readiness,
    load_workspace,
    meeting_left_text,
    override_dialog,
)
from facilitator.tui.widgets.agenda_card import AgendaCard
from facilitator.tui.widgets.entry_list import EntryList
from facilitator.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:  # what a running meeting needs is loaded beside the screen
    from collections.abc import Callable

    from facilitator.domain.agenda import Agenda
    from facilitator.domain.carry_over import CarryOver, Override
    from facilitator.session.services import Services
    from facilitator.session.session import MeetingSession
    from facilitator.tui.screens.meeting import MeetingScreen


LOBBY_BINDINGS: list[BindingType] = [
    Binding("b", "begin", N_("Begin"), id="lobby.begin"),
    Binding("e", "rehearse", N_("Rehearse"), id="lobby.rehearse"),
    Binding("u", "resume", N_("Resume"), id="lobby.resume"),
    Binding(
        "c",
        "close_forgotten",
        N_("Close late"),
        id="lobby.close",
        tooltip=N_("Close a forgotten meeting at its last step"),
    ),
    Binding("r", "reload", N_("Read again"), id="lobby.reload"),
    Binding("a", "app.focus('agendas')", N_("Agendas"), id="lobby.lists"),
]


class LobbyScreen(LocalizedScreen[None]):
    """Shows one agenda's readiness; all reading goes on beside the screen."""

    CSS_PATH = "lobby.tcss"
    AUTO_FOCUS = ""

    HIDDEN_WHEN_NARROW = frozenset({"lobby.reload", "lobby.lists"})
    BINDINGS = LOBBY_BINDINGS

    card = getters.query_one(AgendaCard)
    agendas = getters.query_one("#agendas", EntryList)
    meetings = getters.query_one("#meetings", EntryList)

    def __init__(self, lobby_context: LobbyContext, *, agenda: Path | None = None) -> None:
        """Show what the reception has; `agenda` first, where one was named."""
        super().__init__()
        self._lobby_context, self._clock = lobby_context, lobby_context.clock
        self._built_services: Services | None = None
        self._wanted = agenda
        self._lobby_state: LobbyState | None = None
        self._readiness: AgendaReadiness | None = None
        self._resume_state = ResumeState()
        self._notice = ""
        self._possible: tuple[bool, ...] | None = None
        self._painted = Event()
        self._pending_action: Callable[[], None] | None = None
        self._waiting_meeting: MeetingScreen | None = None

    def compose(self) -> ComposeResult:
        """The frame, at once; what it holds comes as it is read."""
        yield TitleBar()
        with Horizontal(id="main"):
            with Vertical(id="lists"):
                yield EntryList(id="agendas")
                yield EntryList(id="meetings")
            yield AgendaCard()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Look through the folder."""
        self.agendas.border_title = _("Agendas")
        self.meetings.border_title = _("To resume")
        if default_agenda := self._lobby_context.default_agenda(self._wanted):
            self.show_workspace(WorkspaceLoaded(LobbyState(agendas=(default_agenda,)), None))
        self._show()
        self._load_workspace()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what is not possible."""
        resumable = self._resume_state.meeting if self._built_services else self.agenda
        needed = {"begin": self.agenda, "rehearse": self.agenda, "resume": resumable}
        if action == "close_forgotten":  # rarely of use: not even dimmed where it is of none
            return self._resume_state.is_unclosed
        if action in needed and needed[action] is None:
            return None
        return super().check_action(action, parameters)

    @property
    def agenda(self) -> Agenda | None:
        """The one chosen, where it could be read."""
        return self._readiness.prepared.agenda if self._readiness else None

    @property
    def checks(self) -> tuple[ReadinessCheck, ...]:
        """How ready the meeting is."""
        return self._readiness.checks(self._clock.now()) if self._readiness else ()

    @property
    def _services(self) -> Services:
        assert self._built_services is not None  # noqa: S101  (nothing that needs it is possible before)
        return self._built_services

    @work(thread=True, exclusive=True, group="survey")
    def _load_workspace(self) -> None:
        worker = get_current_worker()
        is_shown = self._lobby_state is not None
        for lobby_state, services in load_workspace(
            self._lobby_context, self._painted, is_shown=is_shown
        ):
            if not worker.is_cancelled:
                self.post_message(WorkspaceLoaded(lobby_state, services))
        # Imported now, in this thread, so that nobody waits 70 ms for it when the meeting begins.
        import facilitator.tui.screens.meeting  # noqa: F401, PLC0415

    @work(thread=True, exclusive=True, group="figures")
    def _load_readiness(self, prepared: PreparedAgenda, agenda: Agenda) -> None:
        worker = get_current_worker()

        def post_readiness(readiness: AgendaReadiness) -> None:
            if worker.is_cancelled:
                raise LoadCancelled
            self.post_message(ReadinessLoaded(readiness))

        with suppress(LoadCancelled):
            load_readiness(self._services, prepared, agenda, post_readiness)

    @on(WorkspaceLoaded)
    def show_workspace(self, surveyed: WorkspaceLoaded) -> None:
        """Show the agendas and meetings that were found."""
        self._lobby_state = lobby_state = surveyed.lobby_state
        self._built_services = surveyed.services
        self._resume_state.reselect(lobby_state)
        self._choose(lobby_state.agenda_at(self._wanted))
        if surveyed.services is not None:
            self._focus_button()
            action, self._pending_action = self._pending_action, None
            if action is not None:
                action()
        self.call_after_refresh(self._painted.set)

    @on(ReadinessLoaded)
    def show_readiness(self, learned: ReadinessLoaded) -> None:
        """Show how far the load has come, and hand its figures to a meeting that waits."""
        readiness = learned.readiness
        if self._readiness is None or readiness.prepared is not self._readiness.prepared:
            return
        self._readiness = readiness
        if self.is_current or readiness.progress is None:  # nobody sees a lobby under a meeting
            self._show()
        if self._waiting_meeting is not None and readiness.error is not None:
            self._waiting_meeting.call_later(
                self._waiting_meeting.show_status, readiness.error.translate(_)
            )
        if self._waiting_meeting is not None and readiness.scorecard is not None:
            self._waiting_meeting.call_later(
                self._waiting_meeting.load_kpis, readiness.scorecard
            )  # in its turn
            self._waiting_meeting = None

    @on(EntryList.Picked, "#agendas")
    def choose_agenda(self, picked: EntryList.Picked) -> None:
        """Show another agenda."""
        agendas = self._lobby_state.agendas if self._lobby_state else ()
        for prepared in agendas:
            if str(prepared.file) == picked.id:
                self._choose(prepared)
                self.card.focus_first("begin")

    @on(EntryList.Picked, "#meetings")
    def choose_meeting(self, picked: EntryList.Picked) -> None:
        """Choose another meeting to resume."""
        meetings = self._lobby_state.meetings if self._lobby_state else ()
        for meeting in meetings:
            if meeting.id == picked.id:
                self._resume_state.choose(meeting)
                self._show()
                self.card.focus_first("resume")

    def action_reload(self) -> None:
        """Read everything again."""
        self._resume_state.failure = None
        self._load_workspace()

    def action_begin(self) -> None:
        """Begin the meeting; where something is missing, ask for a reason first."""
        if self._must_wait(self.action_begin):
            return
        if missing := blocking_checks(self.checks):
            self.attempt(lambda: self._ask_reason(missing))
        else:
            self._open_meeting(self.attempt(lambda: self._services.begin(*self._prepared())))

    def action_rehearse(self) -> None:
        """Try the meeting out, with nothing written anywhere."""
        if not self._must_wait(self.action_rehearse):
            self._open_meeting(self.attempt(lambda: self._services.rehearse(*self._prepared())))

    def action_resume(self) -> None:
        """Go on with the meeting chosen."""
        meeting = self._resume_state.meeting
        if self._must_wait(self.action_resume) or meeting is None:
            return
        session = self.attempt(lambda: self._resume_state.resume(self._services, meeting))
        if session is None:
            self._show()
        elif session.meeting.scorecard is None:
            agenda = session.meeting.agenda
            self._load(PreparedAgenda(file=Path(agenda.file), agenda=agenda))
        self._open_meeting(session)

    def action_close_forgotten(self) -> None:
        """Close the meeting chosen at its last step, once somebody read what that means."""
        meeting = self._resume_state.meeting
        if meeting is not None and not self._must_wait(self.action_close_forgotten):
            from facilitator.tui.screens.lifecycle import ask_to_close  # noqa: PLC0415  (loads the rules)

            ask_to_close(self, self._services, meeting, self._meeting_left)

    def _prepared(self) -> tuple[Agenda, CarryOver]:
        readiness, agenda = self._readiness, self.agenda
        assert readiness and agenda  # noqa: S101, PT018  (`check_action` saw to it)
        return agenda, readiness.carried or self._services.carried(agenda)

    def _must_wait(self, action: Callable[[], None]) -> bool:
        """Whether the desk is still being laid; then the wish is granted once it is."""
        if self._built_services is None:
            self._pending_action = action
        return self._built_services is None

    def _ask_reason(self, missing: tuple[ReadinessCheck, ...]) -> None:
        agenda, carried = self._prepared()
        begun: list[MeetingSession] = []

        def begin(accepted: tuple[Override, ...]) -> None:
            begun.append(self._services.begin(agenda, carried, accepted))

        entry = override_dialog(missing, self._services.language_of(agenda.language), begin)
        self.app.push_screen(
            entry, lambda _reason: self._open_meeting(begun.pop() if begun else None)
        )

    def _open_meeting(self, session: MeetingSession | None) -> None:
        if session is None:
            return
        from facilitator.tui.screens.meeting import MeetingScreen  # noqa: PLC0415  (likewise)

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
        error = self._lobby_state.error if self._lobby_state else None
        self._readiness = AgendaReadiness(prepared=prepared, error=error)
        if prepared.agenda is not None and self._built_services is not None:
            self._load_readiness(prepared, prepared.agenda)

    def _show(self) -> None:
        lobby_state, now, meeting = self._lobby_state, self._clock.now(), self._resume_state.meeting
        if lobby_state is not None:
            chosen = self._readiness.prepared if self._readiness else None
            self.agendas.lines = lobby_state.agenda_lines(chosen)
            self.meetings.lines = lobby_state.meeting_lines(meeting, now)
            for each in (self.agendas, self.meetings):
                each.display = len(each.lines) > 1
            self.query_one("#lists").display = self.agendas.display or self.meetings.display
        failure = (self._resume_state.failure,) if self._resume_state.failure else ()
        self.card.card = agenda_summary(
            lobby_state,
            self._readiness,
            checks=(*failure, *self.checks),
            may_begin=self.agenda is not None,
            notice=self._notice,
            resume=lobby_state.resume_label(meeting, now) if lobby_state else "",
        )
        possible = (self.agenda is None, meeting is None, self._resume_state.is_unclosed)
        if possible != self._possible:  # a footer laid out anew at each step would cost the load
            self._possible = possible
            self.refresh_bindings()

    def _focus_button(self) -> None:
        if self._notice or (self.focused is not None and self.focused.focusable):
            return  # nor after a meeting
        if self._lobby_state is not None:
            now = self._clock.now()
            self.card.focus_first(*self._lobby_state.button_order(self._resume_state.meeting, now))
