"""A computer's clock that is set during a meeting is told once, and the meeting's goes on."""

from datetime import timedelta

from facilitator.tui.panes.clock_pane import HEARTBEAT_INTERVAL, ClockPane
from tests.tui.harness import MeetingUi


async def test_it_is_told_in_the_line_above_the_footer(ui: MeetingUi) -> None:
    async with ui.open():
        pane = ui.screen.query_one(ClockPane)
        ui.clock.set_by = timedelta(hours=2)
        for _second in range(HEARTBEAT_INTERVAL):
            ui.clock.advance(seconds=1)
            pane.refresh_view()
        await ui.pilot.pause()
        assert ui.announced[-1] == (
            "The computer's clock was set by +2:00:00 · the meeting's clock goes on as before"
        )

        await ui.press("t", "x", "enter")
        for _second in range(HEARTBEAT_INTERVAL):
            ui.clock.advance(seconds=1)
            pane.refresh_view()
        await ui.pilot.pause()
        assert "set by" not in ui.announced[-1]
        assert len(ui.meeting.clock_changes) == 1
