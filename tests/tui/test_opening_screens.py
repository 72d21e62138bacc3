"""What opening a screen costs: only its own styles are read, and garbage waits for a pause."""

import gc
from collections import Counter
from collections.abc import Iterator

import pytest
from textual.css import stylesheet

from facilitator.tui.app import FacilitatorApp
from tests.environment import AppEnvironment
from tests.tui.harness import MeetingUi, wait_for_workers


@pytest.fixture
def collections(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Return a list that grows with each look at the old objects, which are always many."""
    found: list[int] = []
    thresholds = gc.get_threshold()
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(gc, "collect", lambda: found.append(1))
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 100))
    gc.disable()
    yield found
    gc.enable()
    gc.set_threshold(*thresholds)


async def test_the_styles_of_other_screens_are_not_read_again(
    ui: MeetingUi, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[object] = Counter()
    parse = stylesheet.parse  # type: ignore[attr-defined]

    def counted(scope: str, css: str, read_from: object, **how: object) -> object:
        read[read_from] += 1
        return parse(scope, css, read_from, **how)  # type: ignore[arg-type]

    async with ui.open():
        monkeypatch.setattr(stylesheet, "parse", counted)
        await ui.press("m")
        await wait_for_workers(ui.pilot)

        assert any("minutes_preview.tcss" in str(each) for each in read)
        assert not any("meeting.tcss" in str(each) for each in read)
        assert set(read.values()) == {1}


async def test_a_theme_can_be_changed_after_a_screen_was_opened(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("m")
        await wait_for_workers(ui.pilot)
        before = ui.app.screen.query_one(".window").styles.background
        ui.app.action_toggle_theme()
        await wait_for_workers(ui.pilot)

        assert ui.app.screen.query_one(".window").styles.background != before


async def test_old_objects_are_looked_at_only_in_a_pause(
    environment: AppEnvironment, collections: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facilitator.tui.app.GARBAGE_INTERVAL", 3600.0)
    app = FacilitatorApp(environment.lobby_context)
    async with app.run_test() as pilot:
        await pilot.press("tab")
        app._collect_garbage()
        assert collections == []
        app._collect_garbage()
        assert collections == [1]
