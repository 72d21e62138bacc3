"""What the line above the footer says: what waits, and what the last step did."""

from facilitator.domain.action import ActionId, ActionStatus
from tests.tui.harness import MeetingUi


async def test_a_step_is_named_and_undo_and_redo_name_what_they_take_back(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("3", "delete")
        await ui.dialog()
        await ui.write("no longer needed")
        await ui.press("enter")
        assert ui.announced == ["A4 dropped · u undoes"]

        await ui.press("u")
        action = ui.meeting.action(ActionId("A4"))
        assert action
        assert action.status is ActionStatus.OPEN
        assert ui.announced == ["Undid: A4 dropped · U repeats it"]

        await ui.press("U")
        assert ui.announced == ["Redid: A4 dropped · u undoes"]
        assert ui.screen.active_bindings["u"].tooltip == "A4 dropped"
