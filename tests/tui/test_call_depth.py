"""How many functions of this program stand between a key, once delivered, and the journal."""

import traceback
from pathlib import Path

import pytest

import facilitator
from facilitator.domain.events.meeting import MeetingEvent
from tests.tui.harness import MeetingUi

PACKAGE = Path(facilitator.__file__).parent
MAX_DEPTH = 5


async def test_the_key_for_the_next_item_reaches_the_journal_in_five_frames_at_most(
    ui: MeetingUi, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = ui.journal.append
    stacks: list[list[str]] = []

    def append(event: MeetingEvent) -> None:
        stack = traceback.extract_stack()
        stacks.append(
            [
                each.name
                for each in stack
                if PACKAGE in Path(each.filename).parents
                and Path(each.filename).name != "key_queue.py"
            ]
        )
        write(event)

    async with ui.open():
        monkeypatch.setattr(ui.journal, "append", append)
        await ui.press("n")

    assert len(stacks) == 1
    assert len(stacks[0]) <= MAX_DEPTH, stacks[0]
