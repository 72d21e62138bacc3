"""The editor of an action item: the usual due date, days off, links, and tasks handed straight."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input, Label

from facilitator.adapters.holiday_calendar import working_days
from facilitator.domain.agenda import DataPlan
from facilitator.domain.decision import DecisionId
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.people import PersonId
from facilitator.tui.dialogs.action_editor import ActionEditor
from facilitator.tui.dialogs.text_entry import TextEntry
from facilitator.tui.widgets.action_table import ActionTable
from tests.building import ON, agenda
from tests.tui.desks import DeskTop
from tests.tui.rooms import NARROW, WIDE, Room, fill


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """A meeting in China about two marketplaces."""
    prepared = replace(
        agenda(),
        country="CN",
        working_days=working_days("CN", ON),
        data=DataPlan(marketplaces=(Marketplace("US"), Marketplace("DE"))),
    )
    return Room(DeskTop(tmp_path), prepared=prepared)


def due_label(room: Room) -> str:
    return str(room.app.screen.query_one("#due-label", Label).content)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_new_promise_is_due_in_a_week_unless_somebody_types_over_it(
    room: Room, size: tuple[int, int]
) -> None:
    async with room.open(size):
        await room.press("3", "a")
        form = await room.dialog()
        assert form.query_one("#due", Input).value == "2026-11-30"
        assert due_label(room).endswith("→ Mon 30 Nov 2026")
        await room.press("tab", "tab")
        await room.write("sat")
        assert form.query_one("#due", Input).value == "sat"
        assert due_label(room).endswith("→ Sat 28 Nov 2026 · weekend; nobody works")
        fill(room, title="Ring the carrier", due="+39d")
        await room.pilot.pause()
        assert due_label(room).endswith("→ Fri 1 Jan 2027 · New Year's Day; nobody works")
        await room.press("ctrl+s")
        line = room.screen.query_one(ActionTable).lines[-1]
        assert "(New Year's Day; nobody works)" in line.detail


async def test_an_action_hangs_on_a_decision_a_kpi_and_a_marketplace(room: Room) -> None:
    async with room.open():
        await room.press("3", "a")
        await room.dialog()
        fill(room, title="Lower 12 bids", decision="d2", kpi="aco", marketplace="de", giver="tom")
        await room.press("ctrl+s")
        action = room.meeting.actions[-1]
        assert (action.decision, action.kpi, action.marketplace, action.given_by) == (
            DecisionId("D2"),
            "acos",
            "DE",
            PersonId("tom"),
        )
        assert "→ ACoS DE" in room.screen.query_one(ActionTable).lines[-1].detail


async def test_a_link_to_nothing_keeps_the_form_open_and_names_what_there_is(room: Room) -> None:
    async with room.open():
        await room.press("3", "a")
        await room.dialog()
        fill(room, title="Lower 12 bids", marketplace="MARS")
        await room.press("ctrl+s")
        assert isinstance(room.app.screen, ActionEditor)
        assert any("“MARS” is none of these: US, DE" in each for each in room.notices)


async def hand(room: Room) -> None:
    await room.press("3", "a")
    await room.dialog()
    fill(room, title="Ring the carrier", owner="mei", giver="Lin Tao")
    await room.press("ctrl+s")
    for _ in range(50):
        if isinstance(room.app.screen, TextEntry):
            return
        await room.pilot.pause()
    raise AssertionError("nobody asked")


async def test_a_task_handed_straight_to_an_operator_becomes_a_direction(room: Room) -> None:
    async with room.open():
        await hand(room)
        await room.press("escape")
        line = room.screen.query_one(ActionTable).lines[-1]
        assert "! past the supervisor" in line.flag
        await room.press("end", "v")
        await room.dialog()
        await room.press("enter")
        assert room.meeting.actions[-1].owner == PersonId("tom")
        assert "supervisor" not in room.screen.query_one(ActionTable).lines[-1].flag


async def test_or_it_stands_with_a_reason(room: Room) -> None:
    async with room.open():
        await hand(room)
        await room.write("Tom is away")
        await room.press("enter")
        action = room.meeting.actions[-1]
        assert (action.owner, action.shortcut_reason) == (PersonId("mei"), "Tom is away")
