"""A changed focus opens the review of open entries."""

import pytest
from textual.widgets import OptionList

from facilitator.domain.action import ActionId, ActionStatus
from facilitator.domain.decision import DecisionId, Outcome
from facilitator.tui.dialogs.focus_review import FocusReviewDialog
from facilitator.tui.dialogs.questions import TextEntry
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.screens.review import ReviewScreen
from tests.tui.harness import NARROW, WIDE, MeetingUi


def shown(ui: MeetingUi) -> type[object]:
    return type(ui.app.screen)


def rows(dialog: FocusReviewDialog) -> list[str]:
    return [str(each.prompt) for each in dialog.query_one(OptionList).options]


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_each_row_is_kept_parked_or_killed_with_one_key(
    ui: MeetingUi, size: tuple[int, int]
) -> None:
    async with ui.open(size):
        await ui.press("g")
        await ui.dialog()
        await ui.write("The blue lid")
        await ui.press("enter")
        assert shown(ui) is MeetingScreen
        assert "may no longer serve today's focus · f to look" in ui.announced[0]
        await ui.press("f")
        dialog = ui.app.screen
        assert isinstance(dialog, FocusReviewDialog)
        assert "D2 Drop the blue lid? · fits the focus" in rows(dialog)[-1]

        await ui.press("p", "x", "x", "k", "enter")
        assert isinstance(await ui.dialog(), TextEntry)
        await ui.write("Not now")
        await ui.press("enter")

        action = ui.meeting.action(ActionId("A4"))
        dropped = ui.meeting.decision(DecisionId("D3"))
        assert action
        assert (action.status, action.evidence) == (ActionStatus.DROPPED, "→ P2")
        assert dropped
        assert dropped.ruling
        assert dropped.ruling.outcome is Outcome.DROPPED
        assert ui.meeting.focus_reviews[0].kept == ("D2",)
        assert isinstance(ui.app.screen, MeetingScreen)

        await ui.press("u")
        assert ui.meeting.focus_reviews == ()
        assert ui.meeting.focus == "The blue lid"


async def test_an_unchanged_focus_opens_no_review_and_escape_postpones_it(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.press("g")
        await ui.dialog()
        await ui.write("stock BEFORE the holidays")
        await ui.press("enter")
        assert shown(ui) is MeetingScreen

        await ui.press("g")
        await ui.dialog()
        await ui.write("! No: the blue lid")
        await ui.press("enter")
        assert shown(ui) is MeetingScreen
        await ui.press("f")
        assert shown(ui) is FocusReviewDialog
        await ui.press("escape", "q")
        assert shown(ui) is ReviewScreen
        await ui.press("f")
        assert shown(ui) is FocusReviewDialog
        await ui.press("enter")
        assert ui.meeting.focus_reviews[0].kept == ("A4", "D2", "D3", "D4")
