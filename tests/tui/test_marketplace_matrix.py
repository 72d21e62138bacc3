"""The marketplaces side by side on the screen: cells by key, and the question they raise."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.coordinate import Coordinate
from textual.pilot import Pilot
from textual.widgets import Static

from facilitator.domain.decision import Decision
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import Target
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.render.language import spoken
from facilitator.render.matrix import reallocation
from facilitator.tui.dialogs.kpi_view import KpiView
from facilitator.tui.dialogs.marketplace_matrix import MarketplaceMatrix
from facilitator.tui.widgets.matrix_table import MatrixTable
from tests.judged_weeks import STEADY, card, definition, together
from tests.tui.desks import DeskTop, settled
from tests.tui.rooms import Room
from tests.tui.walls import Wall

FIVE = ("CA", "DE", "JP", "UK", "US")


def figures(*, german_fee: float = 19.2) -> Scorecard:
    """Conversion and fees in five marketplaces; only Germany's fees may be off target."""
    fees = card(
        {ALL: (*STEADY, 11.4), **dict.fromkeys(FIVE, (*STEADY, 11.4)), "DE": (german_fee,)},
        kpi=definition("fba_fee_share", "FBA fee share"),
        target=Target(at_most=18),
    )
    return together(card({ALL: STEADY, **dict.fromkeys(FIVE, STEADY)}), fees)


class Comparing:
    """The dialog, with what it asks for."""

    def __init__(self, told: Scorecard) -> None:
        self.opened: list[tuple[str, str]] = []
        self.proposed: list[Decision] = []
        self.app = Wall()
        self.pilot: Pilot[None]
        self.dialog = MarketplaceMatrix(
            lambda: told,
            draft=lambda: reallocation(told, spoken()),
            open_kpi=lambda kpi, place: self.opened.append((kpi, place)),
            propose=self.proposed.append,
        )

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Comparing"]:
        async with self.app.run_test(size=(80, 24)) as self.pilot:
            await self.app.push_screen(self.dialog)
            await settled(self.pilot)
            yield self

    @property
    def table(self) -> MatrixTable:
        return self.dialog.query_one(MatrixTable)

    @property
    def line(self) -> str:
        return str(self.dialog.query_one(".figure", Static).content)


async def test_five_marketplaces_fit_in_a_small_terminal() -> None:
    async with Comparing(figures()).open() as comparing:
        assert len(comparing.table.columns) == 7
        assert comparing.table.max_scroll_x == 0


async def test_the_figure_under_the_cursor_is_told_in_full() -> None:
    async with Comparing(figures()).open() as comparing:
        await comparing.pilot.press("right", "right")
        await settled(comparing.pilot)

        assert comparing.table.cursor_coordinate == Coordinate(1, 3)
        assert "FBA fee share DE" in comparing.line
        assert "▲ off target" in comparing.line


async def test_off_target_is_a_sign_as_well_as_a_colour() -> None:
    async with Comparing(figures()).open() as comparing:
        cells = comparing.table.get_row_at(1)

        assert "▲" in cells[3].plain
        assert "▲" not in cells[2].plain


async def test_enter_opens_the_figure() -> None:
    async with Comparing(figures()).open() as comparing:
        await comparing.pilot.press("right", "right", "enter")
        await settled(comparing.pilot)

        assert comparing.opened == [("fba_fee_share", "DE")]


async def test_the_cursor_passes_headings_over() -> None:
    async with Comparing(figures()).open() as comparing:
        rows = []
        for key in ("down", "up", "up"):
            await comparing.pilot.press(key)
            await settled(comparing.pilot)
            rows.append((comparing.table.cursor_row, comparing.line.split(" ", 1)[0]))

        assert rows == [(3, "Conversion"), (1, "FBA"), (1, "FBA")]


async def test_one_key_drafts_the_question_and_leaves() -> None:
    async with Comparing(figures()).open() as comparing:
        await comparing.pilot.press("d")
        await settled(comparing.pilot)

        assert comparing.app.screen is not comparing.dialog
        (question,) = comparing.proposed
        assert "DE off target" in question.question
        assert "FBA fee share: " in question.background


async def test_where_nothing_is_off_target_it_says_so_and_stays() -> None:
    async with Comparing(figures(german_fee=12.0)).open() as comparing:
        await comparing.pilot.press("d")
        await settled(comparing.pilot)

        assert not comparing.proposed
        assert comparing.app.screen is comparing.dialog
        (notice,) = comparing.app._notifications
        assert "No marketplace is off target" in notice.message


async def test_in_a_meeting_the_question_goes_to_the_decisions(tmp_path: Path) -> None:
    room = Room(DeskTop(tmp_path))
    async with room.open():
        await room.press("1", "s")
        assert isinstance(room.app.screen, MarketplaceMatrix)

        await room.press("d")
        await room.dialog()
        await room.press("ctrl+s")
        question = room.meeting.decisions[-1]
        assert question.question.endswith("US off target")
        assert question.background.startswith("ACoS: US 31.2")
        assert question.is_open


async def test_in_a_meeting_a_figure_opens_above_and_leads_back(tmp_path: Path) -> None:
    room = Room(DeskTop(tmp_path))
    async with room.open():
        await room.press("1", "s", "enter")
        matrix, view = room.app.screen_stack[-2:]
        assert isinstance(matrix, MarketplaceMatrix)
        assert isinstance(view, KpiView)

        await room.press("escape")
        assert room.app.screen is matrix
