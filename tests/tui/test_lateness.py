"""A late meeting on the screens: notices and options."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from facilitator.domain.agenda import Agenda
from facilitator.domain.rules import clock as clock_rules
from facilitator.tui.panes.clock_pane import ClockPane
from facilitator.tui.widgets.agenda_list import AgendaList
from facilitator.tui.widgets.status_line import DelayOptionsLine, StatusLine
from tests.environment import AppEnvironment
from tests.factories import agenda
from tests.tui.harness import NARROW, WIDE, MeetingUi
from tests.tui.test_clock_app import ClockUi as ClockRoom


def with_cuttable_listings() -> Agenda:
    prepared = agenda()
    items = (
        replace(each, may_be_cut=each.id == "listings", is_protected=each.id == "kpis")
        for each in prepared.items
    )
    return replace(prepared, items=tuple(items))


@pytest.fixture
def ui(tmp_path: Path) -> MeetingUi:
    return MeetingUi(AppEnvironment(tmp_path), prepared=with_cuttable_listings())


def shown(ui: MeetingUi) -> str:
    line = ui.screen.query_one(DelayOptionsLine)
    return str(line.content).replace("\N{NO-BREAK SPACE}", " ") if line.display else ""


def pass_time_on_screen(ui: MeetingUi, seconds: int) -> None:
    ui.pass_time(seconds)
    ui.screen.query_one(ClockPane).refresh_view()


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_time_is_taken_from_items_before_options_are_offered(
    ui: MeetingUi, size: tuple[int, int]
) -> None:
    async with ui.open(size):
        pass_time_on_screen(ui, 9 * 60)
        await ui.pilot.pause()

        lines = ui.screen.query_one(AgendaList).lines
        assert [line.detail for line in lines] == ["9/5", "10", "10", "10→6", "15", "10"]
        face = ui.screen.query_one(StatusLine).face
        assert face is not None
        assert face.pace == "on time, shortened by 4\N{NO-BREAK SPACE}min"
        assert shown(ui) == ""

        pass_time_on_screen(ui, 7 * 60)
        await ui.pilot.pause()

        assert shown(ui) == (
            "To end on time, drop 3 “Advertising” (10 min), or move D4 to next week · each extra "
            "minute costs ¥8.67, ¥17 in total"
        )
        assert ui.screen.query_one(DelayOptionsLine).region.bottom <= size[1]


async def test_lateness_is_notified_once(ui: MeetingUi) -> None:
    async with ui.open():
        for _look in range(3):
            pass_time_on_screen(ui, 16 * 60)
            await ui.pilot.pause()

        notices = [notice for notice in ui.notices if "The meeting will end" in notice]
        assert len(notices) == 1


async def test_skipping_the_proposed_item_ends_the_meeting_on_time(ui: MeetingUi) -> None:
    async with ui.open():
        pass_time_on_screen(ui, 16 * 60)
        await ui.press("0")
        ui.screen.query_one(AgendaList).highlighted = 2
        await ui.press("s")

        assert ui.meeting.items[2].state == "skipped"
        assert shown(ui) == ""


async def test_the_clock_in_a_second_terminal_shows_the_same() -> None:
    ui = ClockRoom(with_cuttable_listings())
    ui.harness.clock.advance(seconds=-20)
    ui.harness.step(clock_rules.start_next_item)
    async with ui.app.run_test(size=(80, 24)):
        ui.pass_time(minutes=5)
        assert not ui.app.screen.query_one("#delay-options").display

        for _minute in range(11):  # longer silences are the program's, not the room's
            ui.harness.clock.advance(seconds=40)
            ui.harness.step(clock_rules.tick_clock)
        ui.refresh_view()

        assert ui.said("delay-options").startswith("To end on time, drop 3 “Advertising”")
