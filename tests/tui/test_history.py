"""The history: past meetings, a search through all of them, and what each left."""

from pathlib import Path

import pytest
from textual.content import Content
from textual.pilot import Pilot

from facilitator.tui.screens.history import HistoryScreen
from facilitator.tui.screens.minutes import MinutesText
from tests.environment import AppEnvironment
from tests.library_meetings import library_of_meetings
from tests.tui.harness import NARROW, LobbyUi, press, wait_for_workers


@pytest.fixture
def environment(tmp_path: Path) -> AppEnvironment:
    """Return an environment with two meetings; only the newer one has its minutes."""
    library_of_meetings(tmp_path, weeks=2)
    (tmp_path / "2026-11-30-weekly" / "minutes.md").write_text(
        "# Weekly\n\nPromise of the 30th", encoding="utf-8"
    )
    return AppEnvironment(tmp_path)


async def open_history(pilot: Pilot[int]) -> HistoryScreen:
    await wait_for_workers(pilot)
    await press(pilot, "h")
    screen = pilot.app.screen
    assert isinstance(screen, HistoryScreen)
    return screen


def lines(screen: HistoryScreen) -> list[str]:
    prompts = [option.prompt for option in screen.found.options]
    assert all(isinstance(prompt, Content) for prompt in prompts)
    return [str(prompt) for prompt in prompts]


def text(screen: HistoryScreen) -> str:
    return screen.query_one(MinutesText).source


async def test_the_history_lists_meetings_with_the_minutes_of_the_newest(
    environment: AppEnvironment,
) -> None:
    async with LobbyUi(environment).open() as pilot:
        screen = await open_history(pilot)
        assert lines(screen) == [
            "2026-11-30 weekly · Weekly operations",
            "2026-11-23 weekly · Weekly operations",
        ]
        assert "Promise of the 30th" in text(screen)


async def test_a_key_shows_the_focus_of_each_week(environment: AppEnvironment) -> None:
    async with LobbyUi(environment).open() as pilot:
        screen = await open_history(pilot)
        await press(pilot, "f")
        assert "No meeting has answered the opening question yet." in text(screen)


async def test_missing_minutes_name_the_command_that_writes_them(
    environment: AppEnvironment,
) -> None:
    async with LobbyUi(environment).open() as pilot:
        screen = await open_history(pilot)
        await press(pilot, "down")
        assert "facilitator minutes 2026-11-23-weekly" in text(screen)


async def test_a_search_finds_in_all_meetings_and_leads_to_the_chain(
    environment: AppEnvironment,
) -> None:
    async with LobbyUi(environment).open() as pilot:
        screen = await open_history(pilot)
        await press(pilot, "slash", *"order 0", "enter")
        assert lines(screen) == ["2026-11-30 · A1 · Order 0"]
        await press(pilot, "c")
        assert "Action A1: Order 0" in text(screen)


async def test_a_search_without_hits_says_so(environment: AppEnvironment) -> None:
    async with LobbyUi(environment).open(NARROW) as pilot:
        screen = await open_history(pilot)
        await press(pilot, "slash", *"[zzz")
        assert lines(screen) == []
        assert text(screen) == "Nothing was found."


async def test_a_key_shows_statistics_and_escape_returns(environment: AppEnvironment) -> None:
    lobby = LobbyUi(environment)
    async with lobby.open() as pilot:
        screen = await open_history(pilot)
        await press(pilot, "t")
        assert "Action items completed" in text(screen)
        await pilot.press("escape")
        assert lobby.app.screen is lobby.screen
