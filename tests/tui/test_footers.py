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
from facilitator.render.language import Language, set_language
from facilitator.tui.dialogs.incident_board import IncidentBoard
from facilitator.tui.dialogs.risk_board import RiskBoard
from facilitator.tui.panes.pane import Pane
from facilitator.tui.screens.meeting import MeetingScreen
from tests.environment import AppEnvironment, prepared_agenda
from tests.factories import OPENED, agenda, incident_draft
from tests.library_meetings import library_of_meetings
from tests.tui.harness import NARROW, WIDE, LobbyUi, MeetingUi, wait_for_workers, wait_until


@pytest.fixture(params=["en", "zh_CN"], autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each test is held in both languages."""
    set_language(load_language(request.param))
    yield request.param
    set_language(Language())


@asynccontextmanager
async def lobby_at(folder: Path, size: tuple[int, int]) -> AsyncIterator[Pilot[int]]:
    """A lobby with an agenda, and meetings to look back on."""
    library_of_meetings(folder, weeks=1)
    async with LobbyUi(AppEnvironment(folder, prepared_agenda(agenda()))).app.run_test(
        size=size
    ) as pilot:
        await wait_for_workers(pilot)
        yield pilot


def told(pilot: Pilot[int]) -> set[str]:
    """The keys of the footer; every one of them lies wholly on the screen."""
    footer = pilot.app.screen.query_one(Footer)
    keys = list(footer.query(FooterKey))
    assert keys
    assert all(footer.region.contains_region(key.region) for key in keys)
    return {key.key_display for key in keys}


async def test_a_narrow_lobby_shows_the_most_important_keys(tmp_path: Path) -> None:
    async with lobby_at(tmp_path, NARROW) as pilot:
        assert told(pilot) == set("beuih?")
        assert pilot.app.screen.active_bindings["r"].enabled
        await pilot.press("h")
        await wait_for_workers(pilot)
        assert {"esc", "/", "m", "c", "t", "f", "?"} == told(pilot)


async def test_keys_return_when_there_is_space(tmp_path: Path) -> None:
    async with lobby_at(tmp_path, NARROW) as pilot:
        await pilot.resize_terminal(*WIDE)
        await wait_for_workers(pilot)
        assert told(pilot) == set("beuraih?")


@pytest.mark.parametrize("pane", "012345")
async def test_no_key_is_cut_off_in_any_pane_of_a_narrow_meeting(tmp_path: Path, pane: str) -> None:
    async with MeetingUi(AppEnvironment(tmp_path)).open(NARROW) as ui:
        await ui.press(pane)
        assert {"n", "q", "?"} <= told(ui.pilot)
        frames = (each for each in ui.screen.query(Pane) if each.has_focus_within)
        for frame in frames:
            hint = Content.from_markup(str(frame.border_subtitle or ""))
            assert hint.cell_length <= frame.size.width - 2
        await ui.press("escape", "q")
        await wait_for_workers(ui.pilot)
        assert {"x", "t", "esc", "?"} <= told(ui.pilot)


async def test_no_key_of_a_narrow_incident_board_is_cut_off(tmp_path: Path) -> None:
    environment = AppEnvironment(tmp_path, prepared_agenda(agenda()))
    environment.services.incidents.step(
        incidents.report_incident, OPENED, incident_draft(detected_at=OPENED)
    )
    lobby = LobbyUi(environment)
    async with lobby.app.run_test(size=NARROW) as pilot:
        await wait_for_workers(pilot)
        await pilot.press("b")
        await wait_until(pilot, lambda: isinstance(lobby.app.screen, MeetingScreen))
        await pilot.press("i")
        await wait_until(pilot, lambda: isinstance(lobby.app.screen, IncidentBoard))
        await wait_for_workers(pilot)
        assert {"esc", "n", "v", "y"} <= told(pilot)


async def test_no_key_of_a_narrow_risk_board_is_cut_off(tmp_path: Path) -> None:
    async with MeetingUi(AppEnvironment(tmp_path)).open(NARROW) as ui:
        await ui.press("exclamation_mark")
        await wait_until(ui.pilot, lambda: isinstance(ui.app.screen, RiskBoard))
        await wait_for_workers(ui.pilot)
        assert set("nowcxsda") | {"esc"} <= told(ui.pilot)


async def test_the_placeholder_for_nobody_is_in_the_current_language(
    tmp_path: Path, language: str
) -> None:
    async with MeetingUi(AppEnvironment(tmp_path)).open() as ui:
        await ui.press("f7")
        form = await ui.dialog()
        assert form.query_one("#proposer", Select).prompt == (
            "Select" if language == "en" else "选择"
        )


async def test_a_narrow_history_uses_the_whole_width(tmp_path: Path) -> None:
    async with lobby_at(tmp_path, NARROW) as pilot:
        await pilot.press("h")
        await wait_for_workers(pilot)
        assert pilot.app.screen.query_one("#main").size.width == NARROW[0]
