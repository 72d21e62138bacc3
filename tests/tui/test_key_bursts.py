"""Keys that arrive in a burst reach the widget that slow keys would reach."""

import pytest
from textual.widgets import Input, OptionList

from facilitator.tui.dialogs.action_forms import ActionEditor
from facilitator.tui.widgets.action_list import ActionList
from facilitator.tui.widgets.notes_panel import NotesPanel
from facilitator.tui.widgets.radio import RadioGroup
from tests.tui.harness import NARROW, MeetingUi, wait_for_keys


async def burst(ui: MeetingUi, *keys: str) -> None:
    """Send keys faster than any of them can be shown."""
    for key in keys:
        ui.app.simulate_key(key)
    await wait_for_keys(ui.pilot)
    await ui.pilot.pause()


def values(ui: MeetingUi, *fields: str) -> list[str]:
    return [ui.app.screen.query_one(f"#{field}", Input).value for field in fields]


@pytest.mark.parametrize("leads_on", ["enter", "tab"])
async def test_each_field_of_a_form_gets_its_own_text(ui: MeetingUi, leads_on: str) -> None:
    async with ui.open(NARROW):
        await ui.press("3", "a")
        await ui.dialog()
        await burst(ui, *"Lower", leads_on, *"Tom", leads_on, *"fri", leads_on, *"42")
        assert values(ui, "title", "owner", "due", "criterion") == ["Lower", "Tom", "fri", "42"]
        await burst(ui, "shift+tab", *"sat")
        assert values(ui, "due", "criterion") == ["sat", "42"]


async def test_text_typed_just_before_saving_is_saved(ui: MeetingUi) -> None:
    async with ui.open(NARROW):
        await ui.press("3", "a")
        await ui.dialog()
        await burst(ui, *"Lower bids", "ctrl+s")
        assert ui.meeting.actions[-1].title == "Lower bids"


async def test_a_key_typed_just_after_saving_acts_on_the_meeting(ui: MeetingUi) -> None:
    async with ui.open(NARROW):
        await ui.press("3", "a")
        await ui.dialog()
        before = ui.meeting.current
        await burst(ui, *"Lower bids", "ctrl+s", "n")
        assert ui.meeting.actions[-1].title == "Lower bids"
        assert ui.meeting.current != before


async def test_text_typed_just_before_escape_is_offered(ui: MeetingUi) -> None:
    async with ui.open(NARROW):
        await ui.press("3", "a")
        await ui.dialog()
        await burst(ui, *"Lower bids", "escape")
        assert not isinstance(ui.app.screen, ActionEditor)
        await ui.press("a")
        await ui.dialog()
        assert values(ui, "title") == [""]
        await ui.press("ctrl+r")
        assert values(ui, "title") == ["Lower bids"]


async def test_the_second_of_two_notes_typed_at_once_is_complete(ui: MeetingUi) -> None:
    async with ui.open(NARROW):
        await ui.press("t")
        await burst(ui, *"one", "enter", *"two")
        assert ui.screen.query_one(NotesPanel).line.value == "two"
        await burst(ui, "enter")
        assert [each.text for each in ui.meeting.notes][-2:] == ["one", "two"]


async def test_an_arrow_selects_and_enter_moves_to_the_next_field(ui: MeetingUi) -> None:
    async with ui.open(NARROW):
        await ui.press("2", "enter")
        form = await ui.dialog()
        group = form.query_one(RadioGroup)
        before = group._selected
        assert before is not None
        assert group.pressed_button is None
        await ui.press("down", "enter")
        chosen = form.query_one(RadioGroup).pressed_button
        assert chosen is not None
        assert form.query_one(RadioGroup).pressed_index == before + 1
        assert form.focused is form.query_one("#rationale")


async def test_a_typed_owner_replaces_the_proposed_one(ui: MeetingUi) -> None:
    async with ui.open(NARROW):
        await ui.press("3", "enter")
        await ui.dialog()
        assert values(ui, "owner") != [""]
        await ui.press("tab")
        await ui.write("Tom")
        assert values(ui, "owner") == ["Tom"]


async def test_wrapped_lines_of_an_action_item_are_indented(ui: MeetingUi) -> None:
    async with ui.open(NARROW):
        await ui.press("3", "a")
        await ui.dialog()
        await ui.write("Renegotiate " + "the carrier's rates " * 6)
        await ui.press("ctrl+s")
        table: OptionList = ui.screen.query_one(ActionList)
        shown = [table.render_line(line).text.rstrip() for line in range(table.size.height)]
        place = next(i for i, line in enumerate(shown) if "Renegotiate" in line)
        column = shown[place].index("Renegotiate")
        assert "rates" in shown[place + 1]
        for line in shown[place + 1 : place + 3]:
            assert line[:column].strip() == ""
            assert line[column].strip()
