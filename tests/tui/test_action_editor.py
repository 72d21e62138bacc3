"""The editor of an action item: default due date, days off, links, and bypasses."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input, Label, Static

from facilitator.adapters.holiday_calendar import working_days
from facilitator.domain.agenda import DataPlan
from facilitator.domain.decision import DecisionId
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.people import PersonId
from facilitator.tui.dialogs.action_forms import ActionEditor
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.widgets.action_list import ActionList
from tests.environment import AppEnvironment
from tests.factories import ON, agenda
from tests.tui.harness import NARROW, WIDE, MeetingUi, fill_form


@pytest.fixture
def ui(tmp_path: Path) -> MeetingUi:
    """A meeting in China about two marketplaces."""
    prepared = replace(
        agenda(),
        country="CN",
        working_days=working_days("CN", ON),
        data=DataPlan(marketplaces=(Marketplace("US"), Marketplace("DE"))),
    )
    return MeetingUi(AppEnvironment(tmp_path), prepared=prepared)


def due_label(ui: MeetingUi) -> str:
    return str(ui.app.screen.query_one("#due-label", Label).content)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_new_action_item_is_due_in_a_week_by_default(
    ui: MeetingUi, size: tuple[int, int]
) -> None:
    async with ui.open(size):
        await ui.press("3", "a")
        form = await ui.dialog()
        assert form.query_one("#due", Input).value == "2026-11-30"
        assert due_label(ui).endswith("→ Mon 30 Nov 2026")
        await ui.press("tab", "tab")
        await ui.write("sat")
        assert form.query_one("#due", Input).value == "sat"
        assert due_label(ui).endswith("→ Sat 28 Nov 2026 · weekend (day off)")
        fill_form(ui, title="Ring the carrier", due="+39d")
        await ui.pilot.pause()
        assert due_label(ui).endswith("→ Fri 1 Jan 2027 · New Year's Day (day off)")
        await ui.press("ctrl+s")
        line = ui.screen.query_one(ActionList).lines[-1]
        assert "(New Year's Day (day off))" in line.detail


@pytest.mark.parametrize(
    ("typed", "either", "asked"),
    [
        ("20 nov", "2026-11-20 or 2027-11-20", "is past. Write it with the year"),
        ("3/4/2027", "2027-03-04 or 2027-04-03", "may mean more than one day"),
    ],
)
async def test_a_date_that_may_be_several_days_is_asked_back_and_not_guessed(
    ui: MeetingUi, typed: str, either: str, asked: str
) -> None:
    async with ui.open():
        await ui.press("3", "a")
        form = await ui.dialog()
        fill_form(ui, title="Ring the carrier", due=typed)
        await ui.pilot.pause()
        assert due_label(ui).endswith(f"→ {either}?")
        await ui.press("ctrl+s")
        assert ui.app.screen is form
        assert asked in ui.notices[-1]
        assert either in ui.notices[-1]


async def test_an_action_item_can_be_linked_to_a_decision_a_kpi_and_a_marketplace(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.press("3", "a")
        await ui.dialog()
        fill_form(
            ui,
            title="Lower 12 bids",
            owner="mei",
            decision="d2",
            kpi="aco",
            marketplace="de",
            giver="tom",
        )
        await ui.press("ctrl+s")
        action = ui.meeting.actions[-1]
        assert (action.decision, action.kpi, action.marketplace, action.given_by) == (
            DecisionId("D2"),
            "acos",
            "DE",
            PersonId("tom"),
        )
        assert "→ ACoS DE" in ui.screen.query_one(ActionList).lines[-1].detail


async def test_an_unknown_link_keeps_the_form_open_and_lists_valid_ones(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("3", "a")
        await ui.dialog()
        fill_form(ui, title="Lower 12 bids", marketplace="MARS")
        await ui.press("ctrl+s")
        assert isinstance(ui.app.screen, ActionEditor)
        assert any("“MARS” is not one of US, DE" in each for each in ui.notices)


async def test_who_hands_over_is_asked_only_where_the_owner_has_a_lead_of_their_own(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.press("3", "a")
        form = await ui.dialog()
        fill_form(ui, title="Ring the carrier", owner="tom")
        await ui.pilot.pause()
        assert not form.query_one("#giver").display

        fill_form(ui, owner="mei", giver="Lin Tao")
        await ui.pilot.pause()
        assert form.query_one("#giver").display
        hint = str(form.query_one("#hint", Static).content)
        assert "Tom Hale leads 陈梅: handed over past Tom Hale (越级)." in hint


async def hand(ui: MeetingUi) -> None:
    await ui.press("3", "a")
    await ui.dialog()
    fill_form(ui, title="Ring the carrier", owner="mei", giver="Lin Tao")
    await ui.press("ctrl+s")
    assert isinstance(ui.app.screen, MeetingScreen)  # nothing opens by itself
    assert "Supervisor bypassed" in ui.announced[0]


async def test_an_action_item_bypassing_a_supervisor_can_be_directed_to_them(ui: MeetingUi) -> None:
    async with ui.open():
        await hand(ui)
        line = ui.screen.query_one(ActionList).lines[-1]
        assert "! supervisor bypassed" in line.flag
        await ui.press("end", "v")
        await ui.dialog()
        await ui.press("enter")
        assert ui.meeting.actions[-1].owner == PersonId("tom")
        assert "supervisor" not in ui.screen.query_one(ActionList).lines[-1].flag


async def test_an_action_item_bypassing_a_supervisor_can_be_accepted_with_a_reason(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await hand(ui)
        await ui.press("end", "v")
        await ui.dialog()
        await ui.write("Tom is away")
        await ui.press("enter")
        action = ui.meeting.actions[-1]
        assert (action.owner, action.shortcut_reason) == (PersonId("mei"), "Tom is away")
