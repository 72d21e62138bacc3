"""The Textual application: the lobby, the meeting, the review, and global keys."""

import gc
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.command import CommandPalette
from textual.events import Event, Key
from textual.notifications import Notify
from textual.screen import Screen

from facilitator.domain.errors import N_
from facilitator.render.language import _
from facilitator.tui.escape_key import separate_escape
from facilitator.tui.i18n import LocalizedScreen
from facilitator.tui.palette import KeyCommands
from facilitator.tui.screens.lobby import LobbyScreen
from facilitator.tui.screens.lobby_state import LobbyContext
from facilitator.tui.terminal_app import TerminalApp

GARBAGE_INTERVAL = 3.0
"""Seconds without a key before garbage is looked for."""
OFTEN, SELDOM = 10, 500
"""After how many collections of young objects the old ones are looked at: in a pause, at last."""


class FacilitatorApp(TerminalApp):
    """Runs the weekly meeting in a terminal."""

    TITLE = "Facilitator"
    CSS_PATH = ["facilitator.tcss", "screens/lobby.tcss"]  # a default screen loads none itself
    COMMANDS = App.COMMANDS | {lambda: KeyCommands}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide"), (180, "-broad")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (36, "-tall")]

    BINDINGS = [
        Binding(
            "ctrl+q",
            "quit",
            N_("Leave"),
            id="app.quit",
            priority=True,
            show=False,
            tooltip=N_("Everything is saved. The meeting can continue where it stopped."),
        ),
        Binding("question_mark,f1", "help", N_("Help"), id="app.help", key_display="?"),
        Binding("i", "incident", N_("Incident"), id="app.incident"),
        Binding("h", "history", N_("History"), id="app.history"),
        Binding("ctrl+t", "toggle_theme", N_("Light or dark"), id="app.light", show=False),
    ]

    def __init__(self, lobby_context: LobbyContext, *, agenda: Path | None = None) -> None:
        """Open the lobby with `agenda` chosen, if it is given."""
        super().__init__()
        separate_escape()
        self._lobby_context = lobby_context
        self._agenda = agenda
        self._is_quiet = True

    def get_default_screen(self) -> Screen[None]:
        """Return the lobby, so that no blank screen comes before it."""
        return LobbyScreen(self._lobby_context, agenda=self._agenda)

    async def deliver(self, event: Event) -> None:
        """Hand an event to the widget that has the focus, unless it is a note typed elsewhere."""
        self._is_quiet = False
        screens = (each for each in self.screen_stack if isinstance(each, LocalizedScreen))
        if isinstance(event, Key) and any(each.takes_stray_key(event) for each in screens):
            return
        await super().deliver(event)

    def on_ready(self) -> None:
        """Turn garbage collection on, for the objects that are made from now on.

        Old objects are looked at while nobody types: in a long meeting that takes 0.2 seconds.
        """
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
            young, middle, _old = gc.get_threshold()
            gc.set_threshold(young, middle, SELDOM)
            self.set_interval(GARBAGE_INTERVAL, self._collect_garbage)

    def _collect_garbage(self) -> None:
        """Look at old objects, where many were made and no key came since the last time."""
        if self._is_quiet and gc.get_count()[2] >= OFTEN:
            gc.collect()
        self._is_quiet = True

    def on_notify(self, event: Notify) -> None:
        """Give equal notifications the same identity, so that each is shown once at a time."""
        notification = event.notification
        notification.identity = sha256(
            f"{notification.severity} {notification.message}".encode()
        ).hexdigest()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave incidents and history to the lobby; a meeting has its own key for incidents."""
        if action == "incident":
            return isinstance(self.screen, LobbyScreen) and (self.screen.agenda is not None or None)
        return action != "history" or isinstance(self.screen, LobbyScreen)

    def action_history(self) -> None:
        """Open the history of past meetings."""
        from facilitator.tui.screens.history import HistoryScreen  # noqa: PLC0415  (40 ms, when wanted)

        lobby = self.screen

        def history_left(was_reopened: bool | None) -> None:
            if was_reopened and isinstance(lobby, LobbyScreen):
                lobby.action_reload()

        self.push_screen(HistoryScreen(self._lobby_context.build_services), history_left)

    def action_incident(self) -> None:
        """Open the incidents of the chosen agenda, outside a meeting."""
        from facilitator.tui.panes.incident_controller import (  # noqa: PLC0415  (when wanted)
            IncidentController,
        )

        lobby = self.screen
        if isinstance(lobby, LobbyScreen) and lobby.agenda is not None:
            services = self._lobby_context.build_services()  # its modules were loaded for the lobby
            IncidentController(lobby, services, lobby.agenda).open()

    def action_command_palette(self) -> None:
        """Open the palette, which finds every command by name."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("Search for commands…")))

    def action_help(self) -> None:
        """Show or hide the panel with the keys that work now."""
        if self.screen.query("HelpPanel"):
            self.action_hide_help_panel()
        else:
            self.action_show_help_panel()

    def action_show_help_panel(self) -> None:
        """Show the keys that work now, by task."""
        from facilitator.tui.widgets.key_help import KeyHelpPanel  # noqa: PLC0415  (when wanted)

        if not self.screen.query("HelpPanel"):
            self.screen.mount(KeyHelpPanel())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield the commands that every Textual program has, translated."""
        yield SystemCommand(_("Theme"), _("Choose other colours"), self.action_change_theme)
        toggle = self.action_toggle_theme
        yield SystemCommand(_("Light or dark"), _("Change between the two"), toggle)
        yield SystemCommand(_("Help"), _("Show the keys that work now"), self.action_help)
        yield SystemCommand(_("Leave"), _("Everything is saved"), self.action_quit)
