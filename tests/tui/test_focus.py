"""A changed answer to the opening question asks what of the open things still serves it."""

import pytest
from textual.widgets import OptionList

from facilitator.domain.action import ActionId, ActionStatus
from facilitator.domain.decision import DecisionId, Outcome
from facilitator.tui.dialogs.focus_review import FocusReviewDialog
from facilitator.tui.dialogs.text_entry import TextEntry
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.screens.review import ReviewScreen
from tests.tui.rooms import NARROW, WIDE, Room


def shown(room: Room) -> type[object]:
    return type(room.app.screen)


def rows(dialog: FocusReviewDialog) -> list[str]:
    return [str(each.prompt) for each in dialog.query_one(OptionList).options]


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_each_row_is_kept_parked_or_killed_with_one_key(
    room: Room, size: tuple[int, int]
) -> None:
    async with room.open(size):
        await room.press("g")
        await room.dialog()
        await room.write("The blue lid")
        await room.press("enter")
        dialog = room.app.screen
        assert isinstance(dialog, FocusReviewDialog)
        assert "D2 Drop the blue lid? · serves it" in rows(dialog)[-1]

        await room.press("p", "x", "x", "k", "enter")
        assert isinstance(await room.dialog(), TextEntry)
        await room.write("Not now")
        await room.press("enter")

        action = room.meeting.action(ActionId("A4"))
        dropped = room.meeting.decision(DecisionId("D3"))
        assert action
        assert (action.status, action.evidence) == (ActionStatus.DROPPED, "→ P2")
        assert dropped
        assert dropped.ruling
        assert dropped.ruling.outcome is Outcome.DROPPED
        assert room.meeting.focus_reviews[0].kept == ("D2",)
        assert isinstance(room.app.screen, MeetingScreen)

        await room.press("u")
        assert room.meeting.focus_reviews == ()
        assert room.meeting.focus == "The blue lid"


async def test_the_same_answer_asks_nothing_and_escape_leaves_it_for_the_review(
    room: Room,
) -> None:
    async with room.open():
        await room.press("g")
        await room.dialog()
        await room.write("stock BEFORE the holidays")
        await room.press("enter")
        assert shown(room) is MeetingScreen

        await room.press("g")
        await room.dialog()
        await room.write("! No: the blue lid")
        await room.press("enter")
        assert shown(room) is FocusReviewDialog
        await room.press("escape", "q")
        assert shown(room) is ReviewScreen
        await room.press("f")
        assert shown(room) is FocusReviewDialog
        await room.press("enter")
        assert room.meeting.focus_reviews[0].kept == ("A4", "D2", "D3", "D4")
