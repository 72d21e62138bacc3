"""No screen passes on what would steer the terminal, wherever it comes from."""

from pathlib import Path

from tests.environment import AppEnvironment
from tests.hostile_workspace import hostile_workspace
from tests.tui.harness import LobbyUi, press, wait_for_workers
from tests.unsafe_text import unsafe_characters


async def test_lobby_history_chain_and_incidents_show_texts_cleaned(tmp_path: Path) -> None:
    environment = AppEnvironment(hostile_workspace(tmp_path) / "meetings")
    screens = []
    async with LobbyUi(environment).open() as pilot:
        await wait_for_workers(pilot)
        for keys in ((), ("i",), ("escape",), ("h",), ("f",), ("slash", *"D1", "enter"), ("c",)):
            await press(pilot, *keys)
            await wait_for_workers(pilot)
            screens.append(pilot.app.export_screenshot())

    assert not unsafe_characters("".join(screens))
    assert "52;c" not in "".join(screens)
    assert sum("owned" in each for each in screens) > 3
