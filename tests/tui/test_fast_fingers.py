"""Keys that arrive in a burst: each belongs where a slow hand would have put it."""

import pytest
from textual.widgets import Input, OptionList

from facilitator.domain.decision import PositionKind
from facilitator.tui.dialogs.action_editor import ActionEditor
from facilitator.tui.widgets.action_table import ActionTable
from facilitator.tui.widgets.notes_panel import NotesPanel
from facilitator.tui.widgets.radio import Choices
from tests.tui.rooms import NARROW, Room


async def burst(room: Room, *keys: str) -> None:
    """Keys faster than any of them can be shown."""
    for key in keys:
        room.app.simulate_key(key)
    await room.pilot.pause()
    await room.pilot.pause()


def values(room: Room, *fields: str) -> list[str]:
    return [room.app.screen.query_one(f"#{field}", Input).value for field in fields]


@pytest.mark.parametrize("leads_on", ["enter", "tab"])
async def test_each_line_of_a_form_gets_its_own_text(room: Room, leads_on: str) -> None:
    async with room.open(NARROW):
        await room.press("3", "a")
        await room.dialog()
        await burst(room, *"Lower", leads_on, *"Tom", leads_on, *"fri", leads_on, *"42")
        assert values(room, "title", "owner", "due", "criterion") == ["Lower", "Tom", "fri", "42"]
        await burst(room, "shift+tab", *"sat")
        assert values(room, "due", "criterion") == ["sat", "42"]


async def test_what_was_typed_just_before_saving_is_saved(room: Room) -> None:
    async with room.open(NARROW):
        await room.press("3", "a")
        await room.dialog()
        await burst(room, *"Lower bids", "ctrl+s")
        assert room.meeting.actions[-1].title == "Lower bids"


async def test_what_was_typed_just_before_escape_is_there_again(room: Room) -> None:
    async with room.open(NARROW):
        await room.press("3", "a")
        await room.dialog()
        await burst(room, *"Lower bids", "escape")
        assert not isinstance(room.app.screen, ActionEditor)
        await room.press("a")
        await room.dialog()
        assert values(room, "title") == ["Lower bids"]


async def test_the_second_of_two_notes_typed_in_one_breath_is_whole(room: Room) -> None:
    async with room.open(NARROW):
        await room.press("t")
        await burst(room, *"one", "enter", *"two")
        assert room.screen.query_one(NotesPanel).line.value == "two"
        await burst(room, "enter")
        assert [each.text for each in room.meeting.notes][-2:] == ["one", "two"]


async def test_an_arrow_chooses_and_enter_goes_on_to_the_line_below(room: Room) -> None:
    async with room.open(NARROW):
        await room.press("2", "v")
        form = await room.dialog()
        before = form.query_one(Choices).pressed_index
        assert form.query_one(Choices)._selected == before
        await room.press("down", "enter")
        chosen = form.query_one(Choices).pressed_button
        assert chosen is not None
        assert list(PositionKind)[before + 1] == chosen.name
        assert form.focused is form.query_one("#words")


async def test_another_owner_takes_the_place_of_the_one_proposed(room: Room) -> None:
    async with room.open(NARROW):
        await room.press("3", "enter")
        await room.dialog()
        assert values(room, "owner") != [""]
        await room.press("tab")
        await room.write("Tom")
        assert values(room, "owner") == ["Tom"]


async def test_wrapped_lines_of_a_promise_hang_under_its_title(room: Room) -> None:
    async with room.open(NARROW):
        await room.press("3", "a")
        await room.dialog()
        await room.write("Renegotiate " + "the carrier's rates " * 6)
        await room.press("ctrl+s")
        table: OptionList = room.screen.query_one(ActionTable)
        shown = [table.render_line(line).text.rstrip() for line in range(table.size.height)]
        place = next(i for i, line in enumerate(shown) if "Renegotiate" in line)
        column = shown[place].index("Renegotiate")
        assert "rates" in shown[place + 1]
        for line in shown[place + 1 : place + 3]:
            assert line[:column].strip() == ""
            assert line[column].strip()
