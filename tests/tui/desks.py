"""A desk to test screens at: real journals in a folder, and everything else in memory."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Button, Static

from facilitator.adapters.due_dates import parse_due_date
from facilitator.adapters.evidence_file import check_evidence
from facilitator.adapters.holiday_calendar import working_days
from facilitator.adapters.in_memory import ManualClock, MemoryJournal, MemoryMinutes
from facilitator.adapters.incident_journal import IncidentJournal
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.meetings_folder import MeetingsFolder
from facilitator.domain.agenda import Agenda
from facilitator.domain.kpis.facts import LoadProgress, ProgressCallback
from facilitator.domain.kpis.kpi import KpiDefinition, Week
from facilitator.domain.kpis.movers import Breakdown
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.render.language import Language
from facilitator.session.desk import Desk
from facilitator.session.stored import PreparedAgenda
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.reception import Reception
from facilitator.tui.screens.lobby import LobbyScreen
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.widgets.readiness_list import ReadinessLine, ReadinessList
from tests.building import OPENED, agenda, scorecard

Result = TypeVar("Result")


class HeldFigures:
    """Figures that are told one file at a time; a load waits until it is let go."""

    def __init__(self, told: Scorecard | None = None) -> None:
        self.told = told or scorecard()
        self.moved = Breakdown()
        self.loads = 0
        self._may_end = threading.Event()
        self._may_end.set()
        self._has_begun = threading.Event()

    def hold(self) -> None:
        """Let loads begin and not end."""
        self._may_end.clear()

    def let_go(self) -> None:
        """Let them end."""
        self._may_end.set()

    async def begun(self) -> None:
        """Wait until a load has told its first step."""
        assert await asyncio.to_thread(self._has_begun.wait, 20)

    def load(
        self, _agenda: Agenda, _on: date, progress: ProgressCallback | None = None
    ) -> Scorecard:
        """The figures, once they may be told."""
        self.loads += 1
        if progress is not None:
            progress(LoadProgress(file="US/search-term.csv", done=43, total=100))
        self._has_begun.set()
        self._may_end.wait(timeout=20)
        return self.told

    def breakdown(self, _agenda: Agenda, _week: Week, _definition: KpiDefinition) -> Breakdown:
        """What moved a KPI, as `moved` says."""
        self._may_end.wait(timeout=20)
        return self.moved


class DeskTop:
    """A desk, and what lies on it for a test to look at."""

    def __init__(self, folder: Path, *agendas: PreparedAgenda) -> None:
        self.clock = ManualClock(OPENED)
        self.figures = HeldFigures()
        self.library = LibraryFile(folder / "library.json")
        self.agendas = list(agendas or [prepared(agenda())])
        self.minutes = MemoryMinutes()
        self.folder = folder
        self.desk = Desk(
            clock=self.clock,
            archive=MeetingsFolder(folder, self.library),
            library=self.library,
            incidents=IncidentJournal(folder),
            figures=self.figures,
            language_of=lambda _tag: Language(),
            due_date=parse_due_date,
            working_days=working_days,
            check_evidence=partial(check_evidence, folder),
            edit=lambda text: text,
            scratch=lambda: (MemoryJournal(), self.minutes),
        )
        self.reception = Reception(
            clock=self.clock,
            at_hand=lambda _named: None,
            agendas=self._agendas,
            lay_desk=lambda: self.desk,
        )

    def _agendas(self) -> Sequence[PreparedAgenda]:
        return tuple(self.agendas)


def prepared(read: Agenda) -> PreparedAgenda:
    """An agenda file without faults."""
    return PreparedAgenda(file=Path(f"agendas/{read.series}/agenda.toml"), agenda=read)


class Lobby:
    """The program with the lobby open, and what it shows."""

    def __init__(self, top: DeskTop, named: Path | None = None) -> None:
        self.top = top
        self.app = FacilitatorApp(top.reception, agenda=named)

    @property
    def screen(self) -> LobbyScreen:
        return next(each for each in self.app.screen_stack if isinstance(each, LobbyScreen))

    @property
    def meeting_screen(self) -> MeetingScreen:
        assert isinstance(self.app.screen, MeetingScreen)
        return self.app.screen

    def said(self, name: str) -> str:
        part = self.screen.query_one(f".{name}", Static)
        assert isinstance(part.content, Content | str)
        return str(part.content) if part.display else ""

    @property
    def lines(self) -> tuple[ReadinessLine, ...]:
        return self.screen.query_one(ReadinessList).lines

    def button(self, name: str) -> Button:
        return self.screen.query_one(f"#{name}", Button)


async def settled(pilot: Pilot[Result]) -> None:
    """Wait for what goes on beside the screen."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def until(pilot: Pilot[Result], condition: Callable[[], bool]) -> None:
    """Let the program go on by itself until something holds."""
    for _turn in range(2_000):
        if condition():
            return
        await pilot.pause()
    raise AssertionError("It never came to that.")
