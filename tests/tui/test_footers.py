"""The keys that are told: none is cut off in a narrow terminal, none is lost."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Footer, Select
from textual.widgets._footer import FooterKey

from facilitator.adapters.catalogs import load_language
from facilitator.domain.rules import incidents
from facilitator.render.language import Language, speak
from facilitator.tui.dialogs.incident_board import IncidentBoard
from facilitator.tui.dialogs.risk_board import RiskBoard
from facilitator.tui.panes.pane import Pane
from facilitator.tui.screens.meeting import MeetingScreen
from tests.adapters.sittings import held
from tests.building import OPENED, agenda, incident
from tests.tui.desks import DeskTop, Lobby, prepared, settled, until
from tests.tui.rooms import NARROW, WIDE, Room


@pytest.fixture(params=["en", "zh_CN"], autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each test is held in both languages."""
    speak(load_language(request.param))
    yield request.param
    speak(Language())


@asynccontextmanager
async def lobby_at(folder: Path, size: tuple[int, int]) -> AsyncIterator[Pilot[int]]:
    """A lobby with an agenda, and meetings to look back on."""
    held(folder, weeks=1)
    async with Lobby(DeskTop(folder, prepared(agenda()))).app.run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot


def told(pilot: Pilot[int]) -> set[str]:
    """The keys of the footer; every one of them lies wholly on the screen."""
    footer = pilot.app.screen.query_one(Footer)
    keys = list(footer.query(FooterKey))
    assert keys
    assert all(footer.region.contains_region(key.region) for key in keys)
    return {key.key_display for key in keys}


async def test_a_narrow_lobby_tells_the_keys_needed_most(tmp_path: Path) -> None:
    async with lobby_at(tmp_path, NARROW) as pilot:
        assert told(pilot) == set("beuih?")
        assert pilot.app.screen.active_bindings["r"].enabled
        await pilot.press("h")
        await settled(pilot)
        assert {"esc", "/", "m", "c", "t", "f", "?"} == told(pilot)


async def test_keys_come_back_with_the_room_for_them(tmp_path: Path) -> None:
    async with lobby_at(tmp_path, NARROW) as pilot:
        await pilot.resize_terminal(*WIDE)
        await settled(pilot)
        assert told(pilot) == set("beuraih?")


@pytest.mark.parametrize("pane", "012345")
async def test_a_narrow_meeting_tells_its_keys_whole_in_every_pane(
    tmp_path: Path, pane: str
) -> None:
    async with Room(DeskTop(tmp_path)).open(NARROW) as room:
        await room.press(pane)
        assert {"n", "q", "?"} <= told(room.pilot)
        frames = (each for each in room.screen.query(Pane) if each.has_focus_within)
        for frame in frames:
            hint = Content.from_markup(str(frame.border_subtitle or ""))
            assert hint.cell_length <= frame.size.width - 2
        await room.press("escape", "q")
        await settled(room.pilot)
        assert {"x", "t", "esc", "?"} <= told(room.pilot)


async def test_a_narrow_incident_board_tells_its_keys_whole(tmp_path: Path) -> None:
    top = DeskTop(tmp_path, prepared(agenda()))
    top.desk.incidents.step(incidents.report_incident, OPENED, incident(detected_at=OPENED))
    lobby = Lobby(top)
    async with lobby.app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await pilot.press("b")
        await until(pilot, lambda: isinstance(lobby.app.screen, MeetingScreen))
        await pilot.press("i")
        await until(pilot, lambda: isinstance(lobby.app.screen, IncidentBoard))
        await settled(pilot)
        assert {"esc", "n", "v", "y"} <= told(pilot)


async def test_a_narrow_risk_board_tells_its_keys_whole(tmp_path: Path) -> None:
    async with Room(DeskTop(tmp_path)).open(NARROW) as room:
        await room.press("exclamation_mark")
        await until(room.pilot, lambda: isinstance(room.app.screen, RiskBoard))
        await settled(room.pilot)
        assert set("nowcxsda") | {"esc"} <= told(room.pilot)


async def test_nobody_chosen_yet_is_said_in_the_language_spoken(
    tmp_path: Path, language: str
) -> None:
    async with Room(DeskTop(tmp_path)).open() as room:
        await room.press("f7")
        form = await room.dialog()
        assert form.query_one("#proposer", Select).prompt == (
            "Select" if language == "en" else "选择"
        )


async def test_a_narrow_history_uses_the_whole_width(tmp_path: Path) -> None:
    async with lobby_at(tmp_path, NARROW) as pilot:
        await pilot.press("h")
        await settled(pilot)
        assert pilot.app.screen.query_one("#main").size.width == NARROW[0]
