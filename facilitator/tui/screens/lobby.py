"""The lobby: which agenda, is everything ready; begin, rehearse or resume."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Footer
from textual.worker import get_current_worker

from facilitator.render.language import _
from facilitator.session.readiness import ReadinessCheck, blocking_checks
from facilitator.session.stored_meetings import PreparedAgenda
from facilitator.tui.reception import Reception
from facilitator.tui.screens.house import House
from facilitator.tui.screens.lobby_keys import LOBBY_KEYS
from facilitator.tui.screens.outlook import (
    Abandoned,
    Learned,
    Outlook,
    Surveyed,
    ask_reason,
    card,
    farewell,
    look_into,
    survey,
)
from facilitator.tui.screens.resumption import Resumption
from facilitator.tui.spoken import SpokenScreen
from facilitator.tui.widgets.agenda_card import AgendaCard
from facilitator.tui.widgets.choice_list import ChoiceList
from facilitator.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:  # what a running meeting needs is loaded beside the screen
    from collections.abc import Callable

    from facilitator.domain.agenda import Agenda
    from facilitator.domain.carry_over import CarryOver, Override
    from facilitator.session.services import Services
    from facilitator.session.session import MeetingSession
    from facilitator.tui.screens.meeting import MeetingScreen


class LobbyScreen(SpokenScreen[None]):
    """Shows one agenda's readiness; all reading goes on beside the screen."""

    CSS_PATH = "lobby.tcss"
    AUTO_FOCUS = ""

    SPARED = frozenset({"lobby.reload", "lobby.lists"})
    BINDINGS = LOBBY_KEYS

    card = getters.query_one(AgendaCard)
    agendas = getters.query_one("#agendas", ChoiceList)
    meetings = getters.query_one("#meetings", ChoiceList)

    def __init__(self, reception: Reception, *, agenda: Path | None = None) -> None:
        """Show what the reception has; `agenda` first, where one was named."""
        super().__init__()
        self._reception, self._clock = reception, reception.clock
        self._laid: Services | None = None
        self._wanted = agenda
        self._house: House | None = None
        self._outlook: Outlook | None = None
        self._resumption = Resumption()
        self._notice = ""
        self._possible: tuple[bool, ...] | None = None
        self._painted = Event()
        self._wish: Callable[[], None] | None = None
        self._waiting: MeetingScreen | None = None

    def compose(self) -> ComposeResult:
        """The frame, at once; what it holds comes as it is read."""
        yield TitleBar()
        with Horizontal(id="main"):
            with Vertical(id="lists"):
                yield ChoiceList(id="agendas")
                yield ChoiceList(id="meetings")
            yield AgendaCard()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Look through the folder."""
        self.agendas.border_title = _("Agendas")
        self.meetings.border_title = _("To resume")
        if at_hand := self._reception.at_hand(self._wanted):
            self.take_house(Surveyed(House(agendas=(at_hand,)), None))
        self._show()
        self._survey()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what is not possible."""
        resumable = self._resumption.meeting if self._laid else self.agenda
        needed = {"begin": self.agenda, "rehearse": self.agenda, "resume": resumable}
        if action == "close_forgotten":  # rarely of use: not even dimmed where it is of none
            return self._resumption.may_be_forgotten
        if action in needed and needed[action] is None:
            return None
        return super().check_action(action, parameters)

    @property
    def agenda(self) -> Agenda | None:
        """The one chosen, where it could be read."""
        return self._outlook.prepared.agenda if self._outlook else None

    @property
    def checks(self) -> tuple[ReadinessCheck, ...]:
        """How ready the meeting is."""
        return self._outlook.checks(self._clock.now()) if self._outlook else ()

    @property
    def _services(self) -> Services:
        assert self._laid is not None  # noqa: S101  (nothing that needs it is possible before)
        return self._laid

    @work(thread=True, exclusive=True, group="survey")
    def _survey(self) -> None:
        worker = get_current_worker()
        is_shown = self._house is not None
        for house, services in survey(self._reception, self._painted, is_shown=is_shown):
            if not worker.is_cancelled:
                self.post_message(Surveyed(house, services))
        import_module("facilitator.tui.screens.meeting")  # 70 ms that nobody need wait for later

    @work(thread=True, exclusive=True, group="figures")
    def _look_into(self, prepared: PreparedAgenda, agenda: Agenda) -> None:
        worker = get_current_worker()

        def tell_screen(outlook: Outlook) -> None:
            if worker.is_cancelled:
                raise Abandoned
            self.post_message(Learned(outlook))

        with suppress(Abandoned):
            look_into(self._services, prepared, agenda, tell_screen)

    @on(Surveyed)
    def take_house(self, surveyed: Surveyed) -> None:
        """Show the agendas and meetings that were found."""
        self._house = house = surveyed.house
        self._laid = surveyed.services
        self._resumption.find_again(house)
        self._choose(house.agenda_at(self._wanted))
        if surveyed.services is not None:
            self._focus_button()
            wish, self._wish = self._wish, None
            if wish is not None:
                wish()
        self.call_after_refresh(self._painted.set)

    @on(Learned)
    def take_outlook(self, learned: Learned) -> None:
        """Show how far the load has come, and hand its figures to a meeting that waits."""
        outlook = learned.outlook
        if self._outlook is None or outlook.prepared is not self._outlook.prepared:
            return
        self._outlook = outlook
        if self.is_current or outlook.progress is None:  # nobody sees a lobby under a meeting
            self._show()
        if self._waiting is not None and outlook.trouble is not None:
            self._waiting.call_later(self._waiting.tell_news, outlook.trouble.translate(_))
        if self._waiting is not None and outlook.scorecard is not None:
            self._waiting.call_later(self._waiting.take_figures, outlook.scorecard)  # in its turn
            self._waiting = None

    @on(ChoiceList.Chosen)
    def choose(self, chosen: ChoiceList.Chosen) -> None:
        """Look at another agenda, or have another meeting resumed."""
        if self._house is not None and chosen.choice_list is self.agendas:
            self._choose(self._house.agendas[chosen.place])
            self.card.focus_first("begin")
        elif self._house is not None:
            self._resumption.choose(self._house.meetings[chosen.place])
            self._show()
            self.card.focus_first("resume")

    def action_reload(self) -> None:
        """Read everything again."""
        self._resumption.refused = None
        self._survey()

    def action_begin(self) -> None:
        """Begin the meeting; where something is missing, ask for a reason first."""
        if self._must_wait(self.action_begin):
            return
        if missing := blocking_checks(self.checks):
            self.attempt(lambda: self._ask_reason(missing))
        else:
            self._enter(self.attempt(lambda: self._services.begin(*self._prepared())))

    def action_rehearse(self) -> None:
        """Try the meeting out, with nothing written anywhere."""
        if not self._must_wait(self.action_rehearse):
            self._enter(self.attempt(lambda: self._services.rehearse(*self._prepared())))

    def action_resume(self) -> None:
        """Go on with the meeting chosen."""
        meeting = self._resumption.meeting
        if self._must_wait(self.action_resume) or meeting is None:
            return
        session = self.attempt(lambda: self._resumption.resume(self._services, meeting))
        if session is None:
            self._show()
        elif session.meeting.scorecard is None:
            agenda = session.meeting.agenda
            self._load(PreparedAgenda(file=Path(agenda.file), agenda=agenda))
        self._enter(session)

    def action_close_forgotten(self) -> None:
        """Close the meeting chosen at its last step, once somebody read what that means."""
        meeting = self._resumption.meeting
        if meeting is not None and not self._must_wait(self.action_close_forgotten):
            forgotten = import_module("facilitator.tui.screens.forgotten")  # likewise
            forgotten.ask_to_close(self, self._services, meeting, self._leave)

    def _prepared(self) -> tuple[Agenda, CarryOver]:
        outlook, agenda = self._outlook, self.agenda
        assert outlook and agenda  # noqa: S101, PT018  (`check_action` saw to it)
        return agenda, outlook.carried or self._services.carried(agenda)

    def _must_wait(self, wish: Callable[[], None]) -> bool:
        """Whether the desk is still being laid; then the wish is granted once it is."""
        if self._laid is None:
            self._wish = wish
        return self._laid is None

    def _ask_reason(self, missing: tuple[ReadinessCheck, ...]) -> None:
        agenda, carried = self._prepared()
        begun: list[MeetingSession] = []

        def begin(accepted: tuple[Override, ...]) -> None:
            begun.append(self._services.begin(agenda, carried, accepted))

        entry = ask_reason(missing, self._services.language_of(agenda.language), begin)
        self.app.push_screen(entry, lambda _reason: self._enter(begun.pop() if begun else None))

    def _enter(self, session: MeetingSession | None) -> None:
        if session is None:
            return
        from facilitator.tui.screens.meeting import MeetingScreen  # noqa: PLC0415  (likewise)

        loaded = self._outlook.scorecard if self._outlook else None
        screen = MeetingScreen(self._services, session, loaded)  # a resumed one keeps its own
        self._waiting = None if loaded else screen
        self.app.push_screen(screen, lambda _result: self._leave(session))

    def _leave(self, session: MeetingSession) -> None:
        self._waiting = None
        self._notice = farewell(session)
        self.set_focus(None)  # Enter must not begin another
        self.action_reload()

    def _choose(self, prepared: PreparedAgenda | None) -> None:
        self._outlook = None
        if prepared is not None:
            self._load(prepared)
        self._show()

    def _load(self, prepared: PreparedAgenda) -> None:
        self._wanted = prepared.file
        trouble = self._house.trouble if self._house else None
        self._outlook = Outlook(prepared=prepared, trouble=trouble)
        if prepared.agenda is not None and self._laid is not None:
            self._look_into(prepared, prepared.agenda)

    def _show(self) -> None:
        house, now, meeting = self._house, self._clock.now(), self._resumption.meeting
        if house is not None:
            chosen = self._outlook.prepared if self._outlook else None
            self.agendas.choices = house.agenda_choices(chosen)
            self.meetings.choices = house.meeting_choices(meeting, now)
            self.query_one("#lists").display = self.agendas.display or self.meetings.display
        refused = (self._resumption.refused,) if self._resumption.refused else ()
        self.card.card = card(
            house,
            self._outlook,
            checks=(*refused, *self.checks),
            may_begin=self.agenda is not None,
            notice=self._notice,
            resume=house.resume_label(meeting, now) if house else "",
        )
        possible = (self.agenda is None, meeting is None, self._resumption.may_be_forgotten)
        if possible != self._possible:  # a footer laid out anew at each step would cost the load
            self._possible = possible
            self.refresh_bindings()

    def _focus_button(self) -> None:
        if self._notice or (self.focused is not None and self.focused.focusable):
            return  # nor after a meeting
        if self._house is not None:
            now = self._clock.now()
            self.card.focus_first(*self._house.buttons(self._resumption.meeting, now))
