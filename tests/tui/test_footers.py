"""The keys in the footer: none is cut off in a narrow terminal, none is lost."""

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
from facilitator.tui.dialogs.incident_dialogs import IncidentBoard
from facilitator.tui.dialogs.risk_dialogs import RiskBoard
from facilitator.tui.panes.pane import Pane, join_whole
from facilitator.tui.screens.meeting import MeetingScreen
from tests.environment import AppEnvironment, prepared_agenda
from tests.factories import OPENED, agenda, incident_draft
from tests.library_meetings import library_of_meetings
from tests.tui.harness import NARROW, WIDE, LobbyUi, MeetingUi, press, wait_for_workers, wait_until


@pytest.fixture(params=["en", "zh_CN"], autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Run each test in both languages."""
    set_language(load_language(request.param))
    yield request.param
    set_language(Language())


@asynccontextmanager
async def lobby_at(folder: Path, size: tuple[int, int]) -> AsyncIterator[Pilot[int]]:
    """Open a lobby with an agenda and one past meeting."""
    library_of_meetings(folder, weeks=1)
    async with LobbyUi(AppEnvironment(folder)).open(size) as pilot:
        yield pilot


def footer_keys(pilot: Pilot[int]) -> set[str]:
    """Return the keys of the footer, and check that each is wholly visible."""
    footer = pilot.app.screen.query_one(Footer)
    keys = list(footer.query(FooterKey))
    assert keys
    assert all(footer.region.contains_region(key.region) for key in keys)
    return {key.key_display for key in keys}


@pytest.fixture
def help_key(language: str) -> str:
    """The key of the help as a footer names it: letters and signs open a Chinese input method."""
    return "?" if language == "en" else "f1"


async def test_a_narrow_lobby_shows_the_most_important_keys(tmp_path: Path, help_key: str) -> None:
    async with lobby_at(tmp_path, NARROW) as pilot:
        assert footer_keys(pilot) == {*"beuih", help_key}
        assert pilot.app.screen.active_bindings["r"].enabled
        await press(pilot, "h")
        assert {"esc", "/", "m", "c", "t", "f", help_key} == footer_keys(pilot)


async def test_keys_return_when_there_is_space(tmp_path: Path, help_key: str) -> None:
    async with lobby_at(tmp_path, NARROW) as pilot:
        await pilot.resize_terminal(*WIDE)
        await wait_for_workers(pilot)
        assert footer_keys(pilot) == {*"beuraih", help_key}


async def test_no_key_is_cut_off_in_any_pane_of_a_narrow_meeting(
    tmp_path: Path, language: str, help_key: str
) -> None:
    shown = {"n", "q"} if language == "en" else {"f2", "f10"}
    async with MeetingUi(AppEnvironment(tmp_path)).open(NARROW) as ui:
        for pane in "012345":
            await ui.press(pane)
            assert {*shown, help_key} <= footer_keys(ui.pilot), pane
            frames = (each for each in ui.screen.query(Pane) if each.has_focus_within)
            for frame in frames:
                hint = Content.from_markup(str(frame.border_subtitle or ""))
                assert hint.cell_length <= frame.size.width - 2, pane
            await press(ui.pilot, "escape", "q")
            assert {"x", "t", "esc", help_key} <= footer_keys(ui.pilot), pane
            await press(ui.pilot, "escape")
            assert ui.app.screen is ui.screen


async def test_no_key_of_a_narrow_incident_board_is_cut_off(tmp_path: Path) -> None:
    environment = AppEnvironment(tmp_path, prepared_agenda(agenda()))
    environment.services.incidents.step(
        incidents.report_incident, OPENED, incident_draft(detected_at=OPENED)
    )
    lobby = LobbyUi(environment)
    async with lobby.open(NARROW) as pilot:
        await pilot.press("b")
        await wait_until(pilot, lambda: isinstance(lobby.app.screen, MeetingScreen))
        await pilot.press("i")
        await wait_until(pilot, lambda: isinstance(lobby.app.screen, IncidentBoard))
        await wait_for_workers(pilot)
        assert {"esc", "n", "v", "y"} <= footer_keys(pilot)


async def test_no_key_of_a_narrow_risk_board_is_cut_off(tmp_path: Path) -> None:
    async with MeetingUi(AppEnvironment(tmp_path)).open(NARROW) as ui:
        await ui.press("exclamation_mark")
        await wait_until(ui.pilot, lambda: isinstance(ui.app.screen, RiskBoard))
        await wait_for_workers(ui.pilot)
        assert set("nowcxsDA") | {"esc"} <= footer_keys(ui.pilot)


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
        await press(pilot, "h")
        assert pilot.app.screen.query_one("#main").size.width == NARROW[0]


async def test_a_key_in_a_frame_can_be_clicked(tmp_path: Path) -> None:
    async with MeetingUi(AppEnvironment(tmp_path)).open() as ui:
        await ui.press("3")
        frame = next(each for each in ui.screen.query(Pane) if each.has_focus_within)
        row = frame.region.bottom - 1
        hints = (
            column
            for column in range(frame.region.x, frame.region.right)
            if "@click" in ui.screen.get_style_at(column, row).meta
        )
        await ui.pilot.click(offset=(next(hints), row))
        await ui.dialog()


def test_a_key_that_does_not_fit_in_a_frame_is_left_out_whole() -> None:
    hints = [Content("⏎ Open"), Content("x 完成"), Content("w Carry")]
    assert str(join_whole(hints, 21)) == "⏎ Open x 完成 w Carry"
    assert str(join_whole(hints, 20)) == "⏎ Open x 完成 …"
    assert str(join_whole(hints, 14)) == "⏎ Open …"
