"""A meeting on a screen, with what a test needs to look at."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widgets import Input

from facilitator.adapters.in_memory import MemoryJournal, MemoryMinutes
from facilitator.domain.agenda import Agenda
from facilitator.domain.event_history import replay
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.meeting import Meeting
from facilitator.render.language import Language
from facilitator.session.session import MeetingSession
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.dialogs.form import Form
from facilitator.tui.screens.meeting import MeetingScreen
from tests.building import agenda, carried, scorecard
from tests.tui.desks import DeskTop

WIDE, NARROW = (120, 40), (80, 24)


class Room:
    """A meeting on a screen, with what a test needs to look at."""

    def __init__(
        self, top: DeskTop, card: Scorecard | None = None, prepared: Agenda | None = None
    ) -> None:
        self.clock = top.clock
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
        self.screen = MeetingScreen(top.desk, self.session, card or scorecard())
        self.app = FacilitatorApp(top.reception)
        self.pilot: Pilot[int]

    @property
    def meeting(self) -> Meeting:
        return self.session.meeting

    @property
    def notices(self) -> list[str]:
        return [each.message for each in self.app._notifications]

    def pass_time(self, seconds: int) -> None:
        """Let time pass with the program running: its pulse goes on."""
        while seconds > 0:
            self.clock.advance(seconds=min(seconds, 15))
            self.session.tick()
            seconds -= 15

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def dialog(self) -> Form:
        """The form that a key opens, once it is there."""
        for _ in range(200):
            if isinstance(self.app.screen, Form) and self.app.screen.is_mounted:
                return self.app.screen
            await self.pilot.pause()
        raise AssertionError("no form opened")

    async def write(self, text: str) -> None:
        await self.press(*text)

    @asynccontextmanager
    async def open(self, size: tuple[int, int] = WIDE) -> AsyncIterator["Room"]:
        async with self.app.run_test(size=size) as self.pilot:
            await self.app.push_screen(self.screen)
            await self.pilot.pause()
            yield self
        assert replay(self.journal.read()) == self.meeting


def fill(room: Room, **lines: str) -> None:
    """Write these texts into the lines of the dialog, by their names."""
    for name, text in lines.items():
        room.app.screen.query_one(f"#{name}", Input).value = text
