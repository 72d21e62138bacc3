"""Harnesses for screens.

`LobbyUi` is the app with the lobby, `MeetingUi` the app in a meeting; `StyledApp` is an empty app
to show one dialog in."""

import unicodedata
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from textual.app import App
from textual.content import Content
from textual.events import Key
from textual.keys import _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.widgets import Button, Input, Static

import facilitator.tui
from facilitator.adapters.in_memory import MemoryJournal, MemoryMinutes
from facilitator.domain.agenda import Agenda
from facilitator.domain.event_history import replay
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.meeting import Meeting
from facilitator.render.language import Language
from facilitator.session.session import MeetingSession
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.dialogs.form import Form
from facilitator.tui.key_queue import OrderedKeysApp
from facilitator.tui.screens.lobby import LobbyScreen
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.widgets.agenda_card import ReadinessLine, ReadinessList
from tests.environment import AppEnvironment
from tests.factories import agenda, carried, scorecard

Result = TypeVar("Result")
WIDE, NARROW = (120, 40), (80, 24)
"""Sizes of a terminal: columns and rows."""


class LobbyUi:
    """The app with the lobby open, and what it shows."""

    def __init__(self, environment: AppEnvironment, named: Path | None = None) -> None:
        self.environment = environment
        self.app = FacilitatorApp(environment.lobby_context, agenda=named)

    @property
    def screen(self) -> LobbyScreen:
        return next(each for each in self.app.screen_stack if isinstance(each, LobbyScreen))

    @property
    def meeting_screen(self) -> MeetingScreen:
        assert isinstance(self.app.screen, MeetingScreen)
        return self.app.screen

    def text(self, name: str) -> str:
        """Return the text of the part of this class; empty where it is hidden."""
        part = self.screen.query_one(f".{name}", Static)
        assert isinstance(part.content, Content | str)
        return str(part.content) if part.display else ""

    @property
    def lines(self) -> tuple[ReadinessLine, ...]:
        return self.screen.query_one(ReadinessList).lines

    def button(self, name: str) -> Button:
        return self.screen.query_one(f"#{name}", Button)

    @asynccontextmanager
    async def open(self, size: tuple[int, int] = WIDE) -> AsyncIterator[Pilot[int]]:
        """Start the app, and wait until the lobby is loaded."""
        async with self.app.run_test(size=size) as pilot:
            await wait_for_workers(pilot)
            yield pilot


async def wait_for_workers(pilot: Pilot[Result]) -> None:
    """Wait until all workers are done and their results are shown."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def wait_for_keys(pilot: Pilot[Result]) -> None:
    """Wait until each key that was pressed has been handled to its end."""
    app = pilot.app
    if isinstance(app, OrderedKeysApp):
        await pilot.pause()  # until the app has read all of them
        await wait_until(pilot, lambda: app.key_queue.is_empty)
        await pilot.pause()  # until what they did is shown


def press_at_once(app: App[Any], keys: Iterable[str]) -> None:
    """Press keys without waiting for what they do, as when somebody types fast."""
    for pressed in keys:
        key = _character_to_key(pressed) if len(pressed) == 1 else pressed
        try:
            character = unicodedata.lookup(_get_unicode_name_from_key(key))
        except KeyError:
            character = pressed if len(pressed) == 1 else ""
        event = Key(key, character or None)
        event.set_sender(app)
        app.post_message(event)


async def press(pilot: Pilot[Result], *keys: str) -> None:
    """Press keys one after the other, and wait until what they started is done and shown."""
    for key in keys:
        press_at_once(pilot.app, (key,))
        await wait_for_keys(pilot)
    await wait_for_workers(pilot)


async def wait_until(pilot: Pilot[Result], condition: Callable[[], bool]) -> None:
    """Wait until a condition holds, without pressing a key."""
    for _turn in range(2_000):
        if condition():
            return
        await pilot.pause()
    raise AssertionError("the condition never held")


class MeetingUi:
    """The app in a meeting, with a journal and minutes in memory."""

    def __init__(
        self,
        environment: AppEnvironment,
        card: Scorecard | None = None,
        prepared: Agenda | None = None,
    ) -> None:
        self.environment = environment
        self.clock = environment.clock
        self.journal = MemoryJournal()
        self.minutes = MemoryMinutes()
        self.session = MeetingSession.open(
            prepared or agenda(),
            carried(),
            journal=self.journal,
            minutes=self.minutes,
            clock=self.clock,
            language=Language(),
        )
        self.screen = MeetingScreen(environment.services, self.session, card or scorecard())
        self.app = FacilitatorApp(environment.lobby_context)
        self.pilot: Pilot[int]

    @property
    def meeting(self) -> Meeting:
        return self.session.meeting

    @property
    def notices(self) -> list[str]:
        return [each.message for each in self.app._notifications]

    @property
    def announced(self) -> list[str]:
        """The lines above the footer: what waits, then what the last step did."""
        return str(self.screen.announcements.content).split("\n")

    def pass_time(self, seconds: int) -> None:
        """Advance the clock while the program runs, with its ticks."""
        while seconds > 0:
            self.clock.advance(seconds=min(seconds, 15))
            self.session.tick()
            seconds -= 15

    async def press(self, *keys: str) -> None:
        """Press keys faster than they are handled; wait until what they started is shown."""
        press_at_once(self.app, keys)
        await wait_for_keys(self.pilot)

    async def dialog(self) -> Form[Any]:
        """The form that a key opens, once it is there."""
        for _ in range(200):
            if isinstance(self.app.screen, Form) and self.app.screen.is_mounted:
                return self.app.screen
            await self.pilot.pause()
        raise AssertionError("no form opened")

    async def write(self, text: str) -> None:
        """Press a key for each character."""
        await self.press(*text)

    @asynccontextmanager
    async def open(self, size: tuple[int, int] = WIDE) -> AsyncIterator["MeetingUi"]:
        """Start the app in the meeting; at the end its journal must give the same meeting."""
        async with self.app.run_test(size=size) as self.pilot:
            await self.app.push_screen(self.screen)
            await self.pilot.pause()
            yield self
        assert replay(self.journal.read()) == self.meeting


def fill_form(ui: MeetingUi, **lines: str) -> None:
    """Write these texts into the fields of the dialog, by their names."""
    for name, text in lines.items():
        ui.app.screen.query_one(f"#{name}", Input).value = text


class StyledApp(OrderedKeysApp[None]):
    """An empty app with the styles of ours, to show a dialog in."""

    CSS_PATH = Path(facilitator.tui.__file__).parent / "facilitator.tcss"
    HORIZONTAL_BREAKPOINTS = FacilitatorApp.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = FacilitatorApp.VERTICAL_BREAKPOINTS
