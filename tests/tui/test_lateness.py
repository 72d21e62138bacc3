"""A late meeting on the screens: what is told, where, and how often."""

from dataclasses import replace
from pathlib import Path

import pytest

from facilitator.domain.agenda import Agenda
from facilitator.domain.rules import clock as clock_rules
from facilitator.tui.panes.clock_pane import ClockPane
from facilitator.tui.widgets.agenda_list import AgendaList
from facilitator.tui.widgets.status_line import ReliefLine, StatusLine
from tests.building import agenda
from tests.tui.desks import DeskTop
from tests.tui.rooms import NARROW, WIDE, Room
from tests.tui.test_clock_app import Room as ClockRoom


def with_cuttable_listings() -> Agenda:
    prepared = agenda()
    items = (
        replace(each, may_be_cut=each.id == "listings", is_protected=each.id == "kpis")
        for each in prepared.items
    )
    return replace(prepared, items=tuple(items))


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(DeskTop(tmp_path), prepared=with_cuttable_listings())


def shown(room: Room) -> str:
    line = room.screen.query_one(ReliefLine)
    return str(line.content).replace("\N{NO-BREAK SPACE}", " ") if line.display else ""


def look_after(room: Room, seconds: int) -> None:
    room.pass_time(seconds)
    room.screen.query_one(ClockPane).look()


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_time_is_taken_before_the_room_is_asked_to_choose(
    room: Room, size: tuple[int, int]
) -> None:
    async with room.open(size):
        look_after(room, 9 * 60)
        await room.pilot.pause()

        lines = room.screen.query_one(AgendaList).lines
        assert [line.minutes for line in lines] == ["9/5", "10", "10", "10→6", "15", "10"]
        face = room.screen.query_one(StatusLine).face
        assert face is not None
        assert face.pace == "on time, 4\N{NO-BREAK SPACE}min cut"
        assert shown(room) == ""

        look_after(room, 7 * 60)
        await room.pilot.pause()

        assert shown(room) == (
            "To end on time: drop 3 “Advertising” (10 min), or move D4 to next week · "
            "a minute over costs ¥ 8.67, ¥ 17 in all"
        )
        assert room.screen.query_one(ReliefLine).region.bottom <= size[1]


async def test_lateness_is_told_once(room: Room) -> None:
    async with room.open():
        for _look in range(3):
            look_after(room, 16 * 60)
            await room.pilot.pause()

        told = [notice for notice in room.notices if "The meeting will end" in notice]
        assert len(told) == 1


async def test_skipping_what_is_proposed_ends_the_meeting_on_time(room: Room) -> None:
    async with room.open():
        look_after(room, 16 * 60)
        await room.press("0")
        room.screen.query_one(AgendaList).highlighted = 2
        await room.press("s")

        assert room.meeting.items[2].state == "skipped"
        assert shown(room) == ""


async def test_the_clock_of_a_second_terminal_says_the_same() -> None:
    room = ClockRoom(with_cuttable_listings())
    room.table.clock.advance(seconds=-20)
    room.table.step(clock_rules.start_next_item)
    async with room.app.run_test(size=(80, 24)):
        room.pass_time(minutes=5)
        assert not room.app.screen.query_one("#relief").display

        for _minute in range(11):  # longer silences are the program's, not the room's
            room.table.clock.advance(seconds=40)
            room.table.step(clock_rules.tick_clock)
        room.look()

        assert room.said("relief").startswith("To end on time: drop 3 “Advertising”")
