"""Draw the screenshot of the README: `python -m tests.make_screenshot [FILE]`.

It shows the sample's meeting, in its third item. The clock is set by hand, so that the same
program draws the same picture.
"""

import asyncio
import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from textual.app import App

from facilitator.adapters.in_memory import ManualClock
from facilitator.cli.bootstrap import build_services
from facilitator.cli.demo.prepare import prepare_sample
from facilitator.cli.demo.sample import load_sample_agenda
from facilitator.cli.workspace import Workspace
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import focus as focus_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.session.services import Services
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.lobby_state import LobbyContext
from facilitator.tui.screens.meeting import MeetingScreen

PICTURE = Path(__file__).parent.parent / "docs" / "meeting.svg"
MONDAY = datetime(2026, 11, 23, 17, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SIZE = (120, 36)
"""Columns and rows of the terminal."""


def hold_half_a_meeting(
    services: Services, clock: ManualClock, workspace: Workspace
) -> MeetingScreen:
    """Return the screen of a meeting that has reached its KPIs."""
    agenda = load_sample_agenda(workspace.agendas)
    scorecard = services.load(agenda)
    session = services.begin(agenda, services.carried(agenda))

    def wait(minutes: float) -> None:
        clock.advance(minutes=minutes)
        session.keep_clock_running()

    session.step(meeting_rules.take_attendance, ())
    session.step(meeting_rules.load_kpis, scorecard)
    wait(3)
    session.step(focus_rules.answer_focus, "DE: stop the broad lid terms that only cost money")
    session.step(clock_rules.start_next_item)
    wait(6)
    session.step(clock_rules.start_next_item)
    wait(4.3)
    session.step(note_rules.take_note, "US fell with the rival's price; the others hold")
    return MeetingScreen(services, session, scorecard)


async def draw(folder: Path) -> str:
    """Return the picture as SVG; `folder` takes the files of the meeting."""
    prepare_sample(folder, MONDAY)
    workspace, clock = Workspace(folder), ManualClock(MONDAY)
    services = build_services(workspace, clock)
    context = LobbyContext(
        clock=clock,
        default_agenda=lambda _named: None,
        agendas=tuple,
        build_services=lambda: services,
    )
    app: App[int] = FacilitatorApp(context)
    async with app.run_test(size=SIZE) as pilot:
        await app.push_screen(hold_half_a_meeting(services, clock, workspace))
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        return app.export_screenshot(title="facilitator demo")


def main() -> None:
    """Write the picture to `docs/meeting.svg`, or to the file that is named."""
    os.environ["COLORTERM"] = "truecolor"
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE
    with tempfile.TemporaryDirectory() as folder:
        file.write_text(asyncio.run(draw(Path(folder) / "sample")), encoding="utf-8")


if __name__ == "__main__":
    main()
