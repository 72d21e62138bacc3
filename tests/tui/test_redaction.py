"""Sensitive entries on the screens: the key, the mark, and the redacted minutes."""

import pytest
from msgspec.structs import replace
from textual.widgets import OptionList

from facilitator.domain.note import NoteId
from facilitator.domain.rules import clock as clock_rules
from facilitator.tui.screens.minutes import MinutesText
from facilitator.tui.widgets.action_list import ActionList
from facilitator.tui.widgets.decision_list import DecisionList
from facilitator.tui.widgets.notes_panel import NoteList
from facilitator.tui.widgets.topic_list import TopicList
from tests.factories import agenda
from tests.tui.harness import MeetingUi
from tests.tui.test_clock_app import ClockUi as ClockRoom


async def visible_text(ui: MeetingUi) -> str:
    """Return the minutes on the screen, once rendered."""
    for _ in range(200):
        await ui.app.workers.wait_for_complete()
        await ui.pilot.pause()
        if text := ui.app.screen.query_one(MinutesText).source:
            return text
    raise AssertionError("no minutes were shown")


@pytest.mark.parametrize(
    ("pane", "kind"), [("2", DecisionList), ("3", ActionList), ("5", TopicList)]
)
async def test_one_key_toggles_the_sensitive_mark_of_an_entry(
    ui: MeetingUi, pane: str, kind: type[OptionList]
) -> None:
    async with ui.open():
        entries = ui.screen.query_one(kind)
        await ui.press(pane, "S")
        assert "[S] " in str(entries.get_option_at_index(0).prompt)

        await ui.press("S")
        assert "[S]" not in str(entries.get_option_at_index(0).prompt)


async def test_one_key_toggles_the_sensitive_mark_of_a_note(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("t")
        await ui.write("Two leave")
        await ui.press("enter", "escape", "4", "S")

        note = ui.meeting.note(NoteId("N1"))
        assert note is not None
        assert note.is_sensitive
        assert "[S] " in str(ui.screen.query_one(NoteList).get_option_at_index(0).prompt)


async def test_the_preview_is_redacted_and_says_where_the_complete_minutes_are(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.press("2", "S", "m")
        text = await visible_text(ui)

        assert "minutes-recorder.md" in text
        assert "(sensitive, not shown in this copy)" in text
        assert ui.meeting.decisions[0].question not in text


async def test_the_minutes_file_is_redacted_and_the_complete_one_is_not(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("2", "S")
        ui.session.write_minutes()

        question = ui.meeting.decisions[0].question
        assert question not in ui.minutes.text
        assert question in ui.minutes.complete


async def test_the_clock_pane_names_no_sensitive_item() -> None:
    items = tuple(replace(each, is_sensitive=True) for each in agenda().items)
    ui = ClockRoom(replace(agenda(), items=items))
    async with ui.app.run_test(size=(80, 24)):
        ui.harness.step(clock_rules.start_next_item)
        ui.pass_time(minutes=1)

        assert "sensitive" in ui.said("title")
        assert "sensitive" in ui.said("next")
