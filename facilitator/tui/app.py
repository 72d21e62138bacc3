"""The Textual application: the lobby, the meeting, the review, and global keys."""

import gc
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.command import CommandPalette
from textual.events import Key
from textual.notifications import Notify
from textual.screen import Screen
from textual.widgets import Input

from facilitator.domain.errors import N_
from facilitator.render.language import _
from facilitator.tui.line_breaks import break_between_wide_characters
from facilitator.tui.palette import KeyCommands
from facilitator.tui.screens.lobby import LobbyScreen
from facilitator.tui.screens.lobby_state import LobbyContext
from facilitator.tui.themes import change_theme, make_readable


class FacilitatorApp(App[int]):
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
            tooltip=N_("Nothing needs saving: the meeting goes on where it stopped"),
        ),
        Binding("question_mark", "help", N_("Help"), id="app.help", key_display="?"),
        Binding("f1", "help", N_("Help"), id="app.help-typing", show=False),
        Binding("i", "incident", N_("Incident"), id="app.incident"),
        Binding("h", "history", N_("History"), id="app.history"),
        Binding("ctrl+t", "toggle_theme", N_("Light or dark"), id="app.light", show=False),
    ]

    def __init__(self, lobby_context: LobbyContext, *, agenda: Path | None = None) -> None:
        """Show what the reception has; `agenda` first, where one was named."""
        super().__init__()
        make_readable(self)
        self._lobby_context = lobby_context
        self._agenda = agenda

    def get_default_screen(self) -> Screen[None]:
        """The lobby: there is no blank screen before it."""
        return LobbyScreen(self._lobby_context, agenda=self._agenda)

    def on_mount(self) -> None:
        """Teach the lines where to break, once the first screen is up."""
        self.call_after_refresh(break_between_wide_characters)

    def on_ready(self) -> None:
        """The first screen stands: from now on, waste is looked for among what is newer."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    def on_notify(self, event: Notify) -> None:
        """A sentence that still stands on the screen is not put there again."""
        notification = event.notification
        notification.identity = sha256(
            f"{notification.severity} {notification.message}".encode()
        ).hexdigest()

    def on_key(self, event: Key) -> None:
        """A key that nobody took, and that whoever has the focus now would take, is late.

        It was on its way to the list that had the focus before a key opened a line or a form;
        without this, letters typed or pasted in one go would be lost.
        """
        target = self.focused or self.screen
        fills_a_form = event.is_printable and event.key != "space" and self.screen.query(Input)
        if self.focused is None and not fills_a_form:
            return
        if self.focused is None or target.check_consume_key(event.key, event.character):
            event.prevent_default()
            target.post_message(Key(event.key, event.character))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A meeting has incidents of its own; looking back begins in the lobby too."""
        if action == "incident":
            return isinstance(self.screen, LobbyScreen) and (self.screen.agenda is not None or None)
        return action != "history" or isinstance(self.screen, LobbyScreen)

    def action_history(self) -> None:
        """Look back on past meetings."""
        from facilitator.tui.screens.history import HistoryScreen  # noqa: PLC0415  (40 ms, when wanted)

        lobby = self.screen

        def history_left(was_reopened: bool | None) -> None:
            if was_reopened and isinstance(lobby, LobbyScreen):
                lobby.action_reload()

        self.push_screen(HistoryScreen(self._lobby_context.build_services), history_left)

    @work(thread=True, exclusive=True)
    def action_incident(self) -> None:
        """Report an incident without a meeting, or tell how one stands."""
        from facilitator.tui.panes.incident_controller import (  # noqa: PLC0415  (when wanted)
            IncidentController,
        )

        services = self._lobby_context.build_services()

        def open_incidents() -> None:
            if isinstance(lobby := self.screen, LobbyScreen) and lobby.agenda is not None:
                controller = IncidentController(
                    lobby, services, lobby.agenda, changed=lobby.action_reload
                )
                controller.open()

        self.call_from_thread(open_incidents)

    def action_toggle_theme(self) -> None:
        """Change between the dark theme and the light one."""
        change_theme(self)

    def action_command_palette(self) -> None:
        """Every command by name."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("Search for commands…")))

    def action_help(self) -> None:
        """Show or hide the keys that work now."""
        if self.screen.query("HelpPanel"):
            self.action_hide_help_panel()
        else:
            self.action_show_help_panel()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What every Textual program offers, in the language spoken."""
        yield SystemCommand(_("Theme"), _("Choose other colours"), self.action_change_theme)
        toggle = self.action_toggle_theme
        yield SystemCommand(_("Light or dark"), _("Change between the two"), toggle)
        yield SystemCommand(_("Help"), _("Show the keys that work now"), self.action_help)
        yield SystemCommand(_("Leave"), _("Nothing needs saving"), self.action_quit)
