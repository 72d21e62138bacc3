"""Risks on the screen: the board, raising, changing and closing risks."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import OptionList, Static

from facilitator.domain.agenda import Agenda
from facilitator.domain.carry_over import CarryOver, NextNumbers
from facilitator.domain.open_points import open_points
from facilitator.domain.people import PersonId
from facilitator.domain.risk import RiskId, RiskState
from facilitator.tui.dialogs.action_forms import ActionEditor
from facilitator.tui.dialogs.decision_forms import DecisionEditor
from facilitator.tui.dialogs.risk_dialogs import RiskBoard, RiskForm
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.screens.review import OpenPointList, ReviewScreen
from facilitator.tui.widgets.status_line import StatusLine
from tests.environment import AppEnvironment
from tests.factories import agenda, risk_draft, scorecard
from tests.tui.harness import NARROW, LobbyUi, wait_until

LEADS = {"kpis": PersonId("tom"), "ads": PersonId("mei")}


def led() -> Agenda:
    """Return an agenda in which Tom and Mei have to report."""
    plain = replace(agenda(), decisions=())
    return replace(
        plain, items=tuple(replace(item, lead=LEADS.get(item.id)) for item in plain.items)
    )


class RiskUi:
    """A meeting that begins with a risk, and what its board shows."""

    def __init__(self, folder: Path) -> None:
        environment = AppEnvironment(folder)
        left = replace(risk_draft("Ads run away"), id=RiskId("R3"), carried=1)
        self.session = environment.services.begin(
            led(), CarryOver(risks=(left,), numbers=NextNumbers(risk=4))
        )
        self.app = LobbyUi(environment).app
        self.screen = MeetingScreen(environment.services, self.session, scorecard())

    @property
    def shown(self) -> list[str]:
        listed = self.app.screen.query_one(OptionList)
        return [str(each.prompt).strip() for each in listed.options]

    @property
    def detail(self) -> str:
        return str(self.app.screen.query_one("#detail", Static).content)


@pytest.fixture
def ui(tmp_path: Path) -> RiskUi:
    return RiskUi(tmp_path)


async def open_board(ui: RiskUi, pilot) -> None:
    await ui.app.push_screen(ui.screen)
    await pilot.pause()
    await pilot.press("exclamation_mark")
    await wait_until(pilot, lambda: isinstance(ui.app.screen, RiskBoard))
    await pilot.pause()


async def test_a_risk_is_raised_for_the_person_under_the_cursor(ui) -> None:
    async with ui.app.run_test(size=NARROW) as pilot:
        await open_board(ui, pilot)
        assert ui.shown[1:3] == ["陈梅 · –", "Tom Hale · –"]
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(ui.app.screen, RiskForm))
        await pilot.press(*"The lid leaks", "enter", *"A new seal", "enter")
        await pilot.press("enter", *"tom", "enter")
        await wait_until(pilot, lambda: isinstance(ui.app.screen, RiskBoard))
        await pilot.pause()

        named = ui.session.meeting.risks[-1]
        assert (named.id, named.text, named.solution) == ("R4", "The lid leaks", "A new seal")
        assert (named.raised_by, named.owner, named.state) == ("mei", "tom", RiskState.WATCHED)
        assert ui.shown[1] == "陈梅 · R4 The lid leaks"


async def test_one_key_toggles_a_signature(ui) -> None:
    async with ui.app.run_test(size=NARROW) as pilot:
        await open_board(ui, pilot)
        await pilot.press("down", "s")
        assert ui.shown[2] == "Tom Hale · signed off: no known problem"
        await pilot.press("s")
        assert ui.shown[2] == "Tom Hale · –"


async def test_undo_works_on_the_board_as_its_line_says(ui) -> None:
    async with ui.app.run_test(size=NARROW) as pilot:
        await open_board(ui, pilot)
        await pilot.press("down", "s", "u")
        assert ui.shown[2] == "Tom Hale · –"


async def test_one_key_changes_the_state_of_a_risk_and_one_closes_it(ui) -> None:
    async with ui.app.run_test(size=NARROW) as pilot:
        await open_board(ui, pilot)
        await pilot.press("down", "down")
        assert "Proposed solution: none yet" in ui.detail
        await pilot.press("o")
        assert ui.shown[-1].startswith("R3 ▲ out of control, was: ◆ watch · Tom Hale")
        assert ui.shown[2] == "Tom Hale · R3 Ads run away"
        assert ui.screen.query_one(StatusLine).heading.startswith("▲ 1 out of control")

        await pilot.press("S")
        assert ui.shown[-1].endswith("[S] Ads run away")
        await pilot.press("x", *"Bids are capped", "enter")
        await wait_until(pilot, lambda: isinstance(ui.app.screen, RiskBoard))
        await pilot.pause()
        assert "Solved by: Bids are capped" in ui.detail
        await pilot.press("w")
        assert ui.session.meeting.risks[0].state is RiskState.OVER


async def test_a_risk_becomes_a_decision_with_a_risk_proposal(ui) -> None:
    async with ui.app.run_test(size=NARROW) as pilot:
        await open_board(ui, pilot)
        await pilot.press("down", "down", "D")
        await wait_until(pilot, lambda: isinstance(ui.app.screen, DecisionEditor))
        ui.app.screen.query_one("#risks").value = "Ads run away | Cap the bids"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(ui.app.screen, RiskBoard))
        await pilot.pause()
        (asked,) = ui.session.meeting.decisions
        assert asked.risk is not None
        assert (asked.proposer, asked.risk.solution) == ("mei", "Cap the bids")
        assert "became D1" in ui.detail


async def test_an_action_item_against_a_risk_is_for_its_owner(ui) -> None:
    async with ui.app.run_test(size=NARROW) as pilot:
        await open_board(ui, pilot)
        await pilot.press("down", "down", "A")
        await wait_until(pilot, lambda: isinstance(ui.app.screen, ActionEditor))
        values = dict(ui.app.screen.texts())
        assert (values["title"], values["owner"]) == ("Ads run away", "Tom Hale")


async def test_the_review_leads_to_people_without_a_report(ui) -> None:
    async with ui.app.run_test(size=NARROW) as pilot:
        await ui.app.push_screen(ui.screen)
        await pilot.pause()
        await pilot.press("q")
        await wait_until(pilot, lambda: isinstance(ui.app.screen, ReviewScreen))
        ends = ui.app.screen.query_one(OpenPointList)
        line = next(line for line in ends.lines if line.id == "reporter:tom")
        assert line.text.endswith("Tom Hale has neither named a problem nor signed off.")
        point = next(each for each in open_points(ui.session.meeting) if each.key == line.id)
        ui.screen.query_one("PaneContainer").settle(point)
        await wait_until(pilot, lambda: isinstance(ui.app.screen, RiskBoard))
        await pilot.pause()
        await pilot.press("s", "escape")
        await wait_until(pilot, lambda: isinstance(ui.app.screen, ReviewScreen))
        await pilot.pause()
        assert "reporter:tom" not in [line.id for line in ends.lines]
