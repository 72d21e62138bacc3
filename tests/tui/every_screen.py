"""Opens every screen and dialog of the program, one after the other."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.screen import Screen

from facilitator.domain.rules import incidents
from facilitator.domain.rules.focus import answer_focus
from facilitator.render.language import Language
from facilitator.session.session import MeetingSession
from facilitator.tui.clock_app import ClockScreen
from facilitator.tui.dialogs.action_forms import ActionEditor, ActionRulingDialog, CarryOverForm
from facilitator.tui.dialogs.attendance import AttendanceDialog
from facilitator.tui.dialogs.decision_forms import DecisionEditor
from facilitator.tui.dialogs.focus_review import FocusReviewDialog
from facilitator.tui.dialogs.form import Form, SubmitDialog
from facilitator.tui.dialogs.hand_over import HandOverDialog
from facilitator.tui.dialogs.incident_dialogs import IncidentBoard, IncidentForm, IncidentReviewForm
from facilitator.tui.dialogs.kpi_answer import KpiAnswerDialog
from facilitator.tui.dialogs.kpi_view import KpiView
from facilitator.tui.dialogs.lost_time import LostTimeForm, ParkTopicForm
from facilitator.tui.dialogs.marketplace_matrix import MarketplaceMatrix
from facilitator.tui.dialogs.position_round import PositionRound
from facilitator.tui.dialogs.questions import Confirm, TextEntry
from facilitator.tui.dialogs.ratings import RatingsForm
from facilitator.tui.dialogs.read_back import ReadBackDialog
from facilitator.tui.dialogs.risk_dialogs import RiskBoard, RiskForm
from facilitator.tui.dialogs.ruling_dialog import RulingDialog
from facilitator.tui.i18n import Dialog, LocalizedScreen
from facilitator.tui.screens.history import HistoryScreen
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.screens.minutes import MinutesPreview
from facilitator.tui.screens.review import ReviewScreen
from tests.environment import AppEnvironment
from tests.factories import OPENED, agenda, carried, incident_draft, scorecard
from tests.library_meetings import library_of_meetings
from tests.tui.harness import LobbyUi, press, wait_for_workers

IN_LOBBY: dict[type[Screen[Any]], tuple[str, ...]] = {
    HistoryScreen: ("h",),
    IncidentBoard: ("i",),
    IncidentForm: ("i", "n"),
    CommandPalette: ("ctrl+p",),
}
IN_MEETING: dict[type[Screen[Any]], tuple[str, ...]] = {
    KpiView: ("1", "enter"),
    KpiAnswerDialog: ("1", "c"),
    MarketplaceMatrix: ("1", "s"),
    RulingDialog: ("2", "enter"),
    PositionRound: ("2", "v"),
    ActionRulingDialog: ("3", "end", "v"),
    CarryOverForm: ("3", "home", "w"),
    DecisionEditor: ("f7",),
    ActionEditor: ("f6",),
    ParkTopicForm: ("f8",),
    LostTimeForm: ("l",),
    TextEntry: ("g",),
    RiskBoard: ("exclamation_mark",),
    RiskForm: ("exclamation_mark", "n"),
    AttendanceDialog: ("r",),
    HandOverDialog: ("H",),
    MinutesPreview: ("m",),
    Confirm: ("z",),
    IncidentReviewForm: ("i", "v"),
    ReviewScreen: ("q",),
    ReadBackDialog: ("q", "t"),
    RatingsForm: ("q", "g"),
    FocusReviewDialog: ("q", "f"),
}
"""The keys that open each screen and dialog, from the lobby and from the meeting."""
NEVER_OPEN = {SubmitDialog, Form, ClockScreen}
"""What others are derived from, and the screen of the clock's own app."""


def screens_of_the_program() -> set[type[Screen[Any]]]:
    """Return every class of screens that this app opens, found through what they derive from."""
    found: set[type[Screen[Any]]] = set()
    bases: list[type[Screen[Any]]] = [LocalizedScreen, Dialog]
    while bases:
        bases += (derived := bases.pop().__subclasses__())
        found.update(derived)
    return found - NEVER_OPEN


async def open_every_screen(
    folder: Path, size: tuple[int, int]
) -> AsyncIterator[tuple[Pilot[int], Screen[Any]]]:
    """Open each screen and dialog, and close it again."""
    library_of_meetings(folder, weeks=1)
    environment = AppEnvironment(folder)
    environment.clock.advance(hours=24 * 7)
    found = OPENED - timedelta(minutes=90)
    environment.services.incidents.step(
        incidents.report_incident, found, incident_draft(detected_at=found)
    )
    async with LobbyUi(environment).open(size) as pilot:
        async for each in open_each(pilot, IN_LOBBY):
            yield each
        services = environment.services
        meeting_id, journal, minutes = services.archive.start("weekly", services.today(agenda()))
        session = MeetingSession.open(
            agenda(),
            carried(),
            journal=journal,
            minutes=minutes,
            clock=environment.clock,
            language=Language(),
            meeting_id=meeting_id,
        )
        session.step(answer_focus, "The slow stock in DE")
        meeting = MeetingScreen(environment.services, session, scorecard())
        await pilot.app.push_screen(meeting)
        await wait_for_workers(pilot)
        async for each in open_each(pilot, IN_MEETING):
            yield each


async def open_each(
    pilot: Pilot[int], screens: dict[type[Screen[Any]], tuple[str, ...]]
) -> AsyncIterator[tuple[Pilot[int], Screen[Any]]]:
    """Yield the screen that is open, then each of these."""
    base = pilot.app.screen
    yield pilot, base
    for screen, keys in screens.items():
        await press(pilot, *keys)
        shown = pilot.app.screen
        assert isinstance(shown, screen), f"{keys} opened {shown}, not {screen}"
        yield pilot, shown
        while pilot.app.screen is not base:
            await press(pilot, "escape")
