"""The matrix of marketplaces on the screen: cells by key, and the drafted reallocation."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.coordinate import Coordinate
from textual.pilot import Pilot
from textual.widgets import Static

from facilitator.domain.decision import Decision
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId, Target
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.render.language import current_language
from facilitator.render.marketplace_matrix import draft_reallocation
from facilitator.tui.dialogs.kpi_view import KpiView
from facilitator.tui.dialogs.marketplace_matrix import MarketplaceMatrix
from facilitator.tui.widgets.matrix_table import MatrixTable
from tests.environment import AppEnvironment
from tests.scorecard_factories import STEADY, definition, make_scorecard, merge_scorecards
from tests.tui.harness import MeetingUi, StyledApp, wait_for_workers

FIVE = ("CA", "DE", "JP", "UK", "US")


def figures(*, german_fee: float = 19.2) -> Scorecard:
    """Conversion and fees in five marketplaces; only Germany's fees may be off target."""
    fees = make_scorecard(
        {ALL: (*STEADY, 11.4), **dict.fromkeys(FIVE, (*STEADY, 11.4)), "DE": (german_fee,)},
        kpi=definition("fba_fee_share", "FBA fee share"),
        target=Target(at_most=18),
    )
    return merge_scorecards(make_scorecard({ALL: STEADY, **dict.fromkeys(FIVE, STEADY)}), fees)


class MatrixUi:
    """The dialog, with what it requests."""

    def __init__(self, card: Scorecard) -> None:
        self.opened: list[tuple[str, str]] = []
        self.proposed: list[Decision] = []
        self.app = StyledApp()
        self.pilot: Pilot[None]
        self.card = card
        self.dialog = MarketplaceMatrix(self)

    def scorecard(self) -> Scorecard:
        return self.card

    def draft_reallocation(self) -> Decision | None:
        return draft_reallocation(self.card, current_language())

    def open_kpi(self, kpi: KpiId, marketplace: Marketplace) -> None:
        self.opened.append((kpi, marketplace))

    def propose_reallocation(self, question: Decision) -> None:
        self.proposed.append(question)

    @asynccontextmanager
    async def open(self) -> AsyncIterator["MatrixUi"]:
        async with self.app.run_test(size=(80, 24)) as self.pilot:
            await self.app.push_screen(self.dialog)
            await wait_for_workers(self.pilot)
            yield self

    @property
    def table(self) -> MatrixTable:
        return self.dialog.query_one(MatrixTable)

    @property
    def line(self) -> str:
        return str(self.dialog.query_one(".figure", Static).content)


async def test_five_marketplaces_fit_in_a_small_terminal() -> None:
    async with MatrixUi(figures()).open() as matrix_ui:
        assert len(matrix_ui.table.columns) == 7
        assert matrix_ui.table.max_scroll_x == 0


async def test_the_value_under_the_cursor_is_shown_in_full() -> None:
    async with MatrixUi(figures()).open() as matrix_ui:
        await matrix_ui.pilot.press("right", "right")
        await wait_for_workers(matrix_ui.pilot)

        assert matrix_ui.table.cursor_coordinate == Coordinate(1, 3)
        assert "FBA fee share DE" in matrix_ui.line
        assert "▲ off target" in matrix_ui.line


async def test_off_target_is_a_symbol_as_well_as_a_colour() -> None:
    async with MatrixUi(figures()).open() as matrix_ui:
        cells = matrix_ui.table.get_row_at(1)

        assert "▲" in cells[3].plain
        assert "▲" not in cells[2].plain


async def test_enter_opens_the_kpi() -> None:
    async with MatrixUi(figures()).open() as matrix_ui:
        await matrix_ui.pilot.press("right", "right", "enter")
        await wait_for_workers(matrix_ui.pilot)

        assert matrix_ui.opened == [("fba_fee_share", "DE")]


async def test_the_cursor_skips_headings() -> None:
    async with MatrixUi(figures()).open() as matrix_ui:
        rows = []
        for key in ("down", "up", "up"):
            await matrix_ui.pilot.press(key)
            await wait_for_workers(matrix_ui.pilot)
            rows.append((matrix_ui.table.cursor_row, matrix_ui.line.split(" ", 1)[0]))

        assert rows == [(3, "Conversion"), (1, "FBA"), (1, "FBA")]


async def test_one_key_drafts_a_reallocation_and_closes_the_matrix() -> None:
    async with MatrixUi(figures()).open() as matrix_ui:
        await matrix_ui.pilot.press("d")
        await wait_for_workers(matrix_ui.pilot)

        assert matrix_ui.app.screen is not matrix_ui.dialog
        (question,) = matrix_ui.proposed
        assert "DE off target" in question.question
        assert "FBA fee share: " in question.background


async def test_without_a_missed_target_no_reallocation_is_drafted() -> None:
    async with MatrixUi(figures(german_fee=12.0)).open() as matrix_ui:
        await matrix_ui.pilot.press("d")
        await wait_for_workers(matrix_ui.pilot)

        assert not matrix_ui.proposed
        assert matrix_ui.app.screen is matrix_ui.dialog
        (notice,) = matrix_ui.app._notifications
        assert "No marketplace is off target" in notice.message


async def test_a_reallocation_drafted_in_a_meeting_becomes_a_decision(tmp_path: Path) -> None:
    ui = MeetingUi(AppEnvironment(tmp_path))
    async with ui.open():
        await ui.press("1", "s")
        assert isinstance(ui.app.screen, MarketplaceMatrix)

        await ui.press("d")
        await ui.dialog()
        await ui.press("ctrl+s")
        question = ui.meeting.decisions[-1]
        assert question.question.endswith("US off target")
        assert question.background.startswith("ACoS: US 31.2")
        assert question.is_open


async def test_a_kpi_opened_in_a_meeting_returns_to_the_matrix(tmp_path: Path) -> None:
    ui = MeetingUi(AppEnvironment(tmp_path))
    async with ui.open():
        await ui.press("1", "s", "enter")
        matrix, view = ui.app.screen_stack[-2:]
        assert isinstance(matrix, MarketplaceMatrix)
        assert isinstance(view, KpiView)

        await ui.press("escape")
        assert ui.app.screen is matrix
