"""The clock, its notices and the minutes on disk while another screen is over the meeting's."""

from datetime import timedelta
from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import Static
from textual.widgets._toast import Toast

from facilitator.domain.lost_time import LossCause
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.panes.clock_pane import ClockPane
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.screens.review import ReviewScreen
from facilitator.tui.widgets.status_line import StatusLine, TopClock
from facilitator.tui.widgets.timekeeper import Timekeeper
from tests.environment import AppEnvironment
from tests.tui.harness import NARROW, WIDE, MeetingUi, press, wait_for_workers, wait_until


def pass_time(ui: MeetingUi, seconds: int) -> None:
    ui.pass_time(seconds)
    ui.screen.query_one(ClockPane).refresh_view()


def toasts(ui: MeetingUi) -> int:
    """Return how many notices about the first item stand on the screen that is shown."""
    shown = ui.app.screen.query(Toast)
    return len([each for each in shown if "Opening question" in each._notification.message])


def clock_text(ui: MeetingUi, part: str) -> str:
    """Return a part of the clock at the top of the screen that is shown."""
    shown = ui.app.screen.query_one(TopClock).query_one(f".{part}", Static).content
    assert isinstance(shown, Content | str)
    return str(shown)


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("key", ["a", "d", "k", "l", "r", "H", "m", "q", "ctrl+p"])
async def test_the_countdown_is_seen_above_every_dialog_and_in_review(
    ui: MeetingUi, key: str, size: tuple[int, int]
) -> None:
    async with ui.open(size):
        await ui.press(key)
        await wait_for_workers(ui.pilot)
        pass_time(ui, 12)
        await ui.pilot.pause()

        assert ui.app.screen is not ui.screen
        assert clock_text(ui, "digits") == "4:48"
        assert "Opening question" in clock_text(ui, "title")
        assert ui.app.screen.query_one(TopClock).region == (0, 0, size[0], 1)


async def test_the_clock_goes_on_in_its_own_place_once_the_dialog_is_left(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("a")
        pass_time(ui, 12)
        await ui.press("escape")

        face = ui.screen.query_one(Timekeeper).face
        assert face is not None
        assert face.digits == "4:48"
        assert not ui.screen.query(TopClock)


async def test_what_a_dialog_covers_is_painted_once_a_minute_only(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("a")
        await ui.pilot.pause()
        covered = ui.screen.query_one(StatusLine)
        before = covered.face
        pass_time(ui, 15)
        assert covered.face is before

        pass_time(ui, 60)
        assert covered.face is not before


async def test_a_dialog_over_a_dialog_has_the_countdown_and_so_has_the_first_again(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.press("q")
        await wait_for_workers(ui.pilot)
        await ui.press("g")
        pass_time(ui, 12)
        assert clock_text(ui, "digits") == "4:48"

        await ui.press("escape")
        assert isinstance(ui.app.screen, ReviewScreen)
        assert clock_text(ui, "digits") == "4:48"


async def test_each_notice_appears_once_and_over_the_dialog(ui: MeetingUi) -> None:
    async with ui.app.run_test(size=WIDE, notifications=True) as ui.pilot:
        await ui.app.push_screen(ui.screen)
        await ui.press("a")
        for seconds in (240, 60, 60, 6):
            pass_time(ui, seconds)
            await ui.pilot.pause()

        await wait_until(ui.pilot, lambda: toasts(ui) == 3)


async def test_an_item_over_its_time_before_the_program_was_restarted_is_not_notified_again(
    tmp_path: Path,
) -> None:
    ui = MeetingUi(AppEnvironment(tmp_path))
    ui.pass_time(400)
    ui.session.step(clock_rules.start_next_item)
    ui.screen = MeetingScreen(ui.environment.services, ui.session)
    async with ui.open():
        ui.session.step(clock_rules.start_previous_item)
        pass_time(ui, 15)

        assert not [each for each in ui.notices if "Opening question" in each]


async def test_the_lobby_has_no_countdown_after_the_meeting_was_left(tmp_path: Path) -> None:
    environment = AppEnvironment(tmp_path)
    app = FacilitatorApp(environment.lobby_context)
    async with app.run_test(size=WIDE) as pilot:
        await wait_for_workers(pilot)
        lobby = app.screen
        await press(pilot, "b")
        assert lobby is not app.screen
        await press(pilot, "z", "enter")

        assert lobby is app.screen
        assert not lobby.query(TopClock)


@pytest.mark.parametrize("key", ["a", "q", "m"])
async def test_the_minutes_on_disk_follow_each_step_while_another_screen_is_open(
    ui: MeetingUi, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facilitator.tui.screens.minutes.WRITE_DELAY", 0.001)
    async with ui.open():
        await ui.press(key)
        ui.session.step(note_rules.take_note, "The first step")
        await wait_until(ui.pilot, lambda: "The first step" in ui.minutes.text)
        ui.session.step(note_rules.take_note, "The second step")
        await wait_until(ui.pilot, lambda: "The second step" in ui.minutes.text)


async def test_a_draft_and_a_tick_write_no_minutes(ui: MeetingUi) -> None:
    changes: list[str] = []
    ui.session.on_change = lambda: changes.append("changed")
    ui.session.step(meeting_rules.save_draft, "action:new", (("title", "Order"),))
    ui.pass_time(120)
    ui.session.tick()
    assert not changes

    ui.session.step(meeting_rules.record_lost_time, LossCause.OFF_TOPIC, timedelta(minutes=1))
    assert changes == ["changed"]
