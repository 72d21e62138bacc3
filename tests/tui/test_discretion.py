"""What is sensitive, on the screens: the key, the sign, and the minutes as they are sent."""

from dataclasses import replace

import pytest
from textual.widgets import Markdown, OptionList

from facilitator.domain.note import NoteId
from facilitator.domain.rules import clock as clock_rules
from facilitator.tui.widgets.action_table import ActionTable
from facilitator.tui.widgets.decision_queue import DecisionQueue
from facilitator.tui.widgets.notes_panel import NoteList
from facilitator.tui.widgets.parking_lot import ParkingLot
from tests.building import agenda
from tests.tui.rooms import Room
from tests.tui.test_clock_app import Room as ClockRoom


async def room_text(room: Room) -> str:
    """The minutes on the screen, once they are made."""
    for _ in range(200):
        await room.app.workers.wait_for_complete()
        await room.pilot.pause()
        if text := room.app.screen.query_one(Markdown).source:
            return text
    raise AssertionError("no minutes were shown")


@pytest.mark.parametrize(
    ("pane", "kind"), [("2", DecisionQueue), ("3", ActionTable), ("5", ParkingLot)]
)
async def test_one_key_marks_an_entry_and_takes_the_mark_off(
    room: Room, pane: str, kind: type[OptionList]
) -> None:
    async with room.open():
        entries = room.screen.query_one(kind)
        await room.press(pane, "S")
        assert "[S] " in str(entries.get_option_at_index(0).prompt)

        await room.press("S")
        assert "[S]" not in str(entries.get_option_at_index(0).prompt)


async def test_a_note_is_marked_with_the_same_key(room: Room) -> None:
    async with room.open():
        await room.press("t")
        await room.write("Two leave")
        await room.press("enter", "escape", "4", "S")

        note = room.meeting.note(NoteId("N1"))
        assert note is not None
        assert note.is_sensitive
        assert "[S] " in str(room.screen.query_one(NoteList).get_option_at_index(0).prompt)


async def test_the_preview_is_the_copy_and_says_where_the_rest_is(room: Room) -> None:
    async with room.open():
        await room.press("2", "S", "m")
        text = await room_text(room)

        assert "minutes-recorder.md" in text
        assert "(sensitive: left out of this copy)" in text
        assert room.meeting.decisions[0].question not in text


async def test_the_minutes_on_disk_are_the_copy_and_the_recorder_has_all(room: Room) -> None:
    async with room.open():
        await room.press("2", "S")
        room.session.write_minutes()

        question = room.meeting.decisions[0].question
        assert question not in room.minutes.text
        assert question in room.minutes.complete


async def test_the_clock_pane_names_no_sensitive_item() -> None:
    items = tuple(replace(each, is_sensitive=True) for each in agenda().items)
    room = ClockRoom(replace(agenda(), items=items))
    async with room.app.run_test(size=(80, 24)):
        room.table.step(clock_rules.start_next_item)
        room.pass_time(minutes=1)

        assert "sensitive" in room.said("title")
        assert "sensitive" in room.said("next")
