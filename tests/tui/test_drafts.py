"""What is typed and left: drafts are offered, counted, and never filled in by themselves."""

from textual.events import Paste
from textual.widgets import Input, Static

from facilitator.tui.panes.note_pane import NotePane
from facilitator.tui.widgets.decision_list import DecisionList
from facilitator.tui.widgets.status_line import StatusLine
from tests.tui.harness import MeetingUi


def title(ui: MeetingUi) -> str:
    return ui.app.screen.query_one("#title", Input).value


async def leave_an_action(ui: MeetingUi, text: str) -> None:
    await ui.press("a")
    await ui.write(text)
    await ui.press("escape")


async def test_a_draft_is_offered_and_not_filled_in(ui: MeetingUi) -> None:
    async with ui.open():
        await leave_an_action(ui, "Lower bids")
        await ui.press("a")
        assert title(ui) == ""
        offer = str(ui.app.screen.query_one("#draft-offer", Static).content)
        assert "Lower bids" in offer
        assert "^r" in offer

        await ui.press("ctrl+r")
        assert title(ui) == "Lower bids"
        await ui.press("ctrl+s")
        assert ui.meeting.actions[-1].title == "Lower bids"
        assert not ui.meeting.left_drafts


async def test_a_draft_that_is_not_taken_up_outlives_another_entry(ui: MeetingUi) -> None:
    async with ui.open():
        await leave_an_action(ui, "Lower bids")
        await ui.press("a")
        await ui.write("Order boxes")
        await ui.press("ctrl+s")
        assert ui.meeting.actions[-1].title == "Order boxes"
        assert [each.text for each in ui.meeting.left_drafts] == ["Lower bids"]


async def test_each_of_two_drafts_is_kept_and_the_newest_is_offered(ui: MeetingUi) -> None:
    async with ui.open():
        await leave_an_action(ui, "Lower bids")
        await leave_an_action(ui, "Order boxes")
        assert [each.text for each in ui.meeting.left_drafts] == ["Lower bids", "Order boxes"]
        await ui.press("a", "ctrl+r")
        assert title(ui) == "Order boxes"


async def test_what_was_typed_before_a_draft_is_taken_up_is_kept_too(ui: MeetingUi) -> None:
    async with ui.open():
        await leave_an_action(ui, "Lower bids")
        await ui.press("a")
        await ui.write("Order boxes")
        await ui.press("ctrl+r", "escape")
        assert {each.text for each in ui.meeting.left_drafts} == {"Lower bids", "Order boxes"}


async def test_the_title_bar_counts_what_is_unfinished(ui: MeetingUi) -> None:
    async with ui.open():
        assert "unfinished" not in ui.screen.query_one(StatusLine).heading
        await leave_an_action(ui, "Lower bids")
        assert "1 unfinished text" in ui.screen.query_one(StatusLine).heading


async def test_the_text_of_the_line_for_notes_stays_when_it_gets_the_focus_again(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.press("t", *"half", "escape", "t", *" whole", "enter")
        assert ui.meeting.notes[-1].text == "half whole"


async def test_a_changed_note_keeps_its_lines(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("t")
        ui.screen.query_one(NotePane).line.post_message(Paste("one\n\n two\r\n四\n"))
        await ui.press("enter", "escape", "4", "enter", "end", "x", "enter")
        assert ui.meeting.notes[-1].text == "one\ntwo\n四x"


async def test_a_draft_holds_only_what_was_typed(ui: MeetingUi) -> None:
    async with ui.open():
        await leave_an_action(ui, "Lower bids")
        assert ui.meeting.left_drafts[0].fields == (("title", "Lower bids"),)
        await ui.press("a")
        due = ui.app.screen.query_one("#due", Input).value
        await ui.press("ctrl+r")
        assert ui.app.screen.query_one("#due", Input).value == due


async def test_what_is_pasted_over_a_list_goes_to_the_line_for_notes(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("3")
        assert ui.app.focused is not None
        ui.app.focused.post_message(Paste("one\ntwo"))
        await ui.pilot.pause()
        await ui.press("enter")
        assert ui.meeting.notes[-1].text == "one\ntwo"


async def test_a_key_too_many_at_the_top_of_a_list_stays_there(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "up", "up")
        decisions = ui.screen.query_one(DecisionList)
        assert decisions.highlighted == 0
        await ui.press(*["down"] * (decisions.option_count + 2))
        assert decisions.highlighted == decisions.option_count - 1
