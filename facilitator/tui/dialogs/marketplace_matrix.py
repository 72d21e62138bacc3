"""The KPIs of all marketplaces side by side, each against its own target."""

from typing import Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from facilitator.domain.decision import Decision
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.render.language import _, current_language
from facilitator.render.marketplace_matrix import cell_details, marketplace_matrix
from facilitator.tui.errors import ErrorHandler
from facilitator.tui.i18n import Dialog
from facilitator.tui.widgets.matrix_table import MatrixTable


class MatrixHandler(Protocol):
    """Where the matrix gets its figures, and what its keys do."""

    def scorecard(self) -> Scorecard | None:
        """Return the figures as they stand."""

    def open_kpi(self, kpi: KpiId, marketplace: Marketplace) -> None:
        """Show one figure in full."""

    def draft_reallocation(self) -> Decision | None:
        """Return the question whether to reallocate; None where all targets are met."""

    def propose_reallocation(self, question: Decision) -> None:
        """Open the form of that question."""


class MarketplaceMatrix(Dialog[None]):
    """Shows every KPI in every marketplace; a figure opens, and one key drafts a question."""

    BINDINGS = [
        Binding(
            "d",
            "reallocate",
            N_("Reallocate"),
            id="matrix.reallocate",
            tooltip=N_("Add a question with the values that are off target"),
        ),
    ]

    def __init__(self, handler: MatrixHandler) -> None:
        """Show the figures of `handler`, now and whenever this comes to the front again."""
        super().__init__()
        self.handler = handler

    def compose(self) -> ComposeResult:
        """The table, with a few lines for the figure under the cursor."""
        with Vertical(classes="window broad") as window:
            window.border_title = _("Marketplaces side by side")
            window.border_subtitle = _("▲ off target · ◆ unusual · ◇ unusual (few weeks)")
            yield MatrixTable()
            yield Static(classes="figure")
            yield Footer(show_command_palette=False, compact=True)

    def on_screen_resume(self) -> None:
        """Show the figures as they stand."""
        card = self.handler.scorecard()
        if card is not None:
            self.query_one(MatrixTable).matrix = marketplace_matrix(card, current_language())

    def action_reallocate(self) -> None:
        """Ask whether to reallocate, unless every marketplace meets its targets."""
        with ErrorHandler(self):
            question = self.handler.draft_reallocation()
            if question is None:
                raise RuleError(N_("No marketplace is off target, so there is nothing to move."))
            self.dismiss(None)
            self.handler.propose_reallocation(question)

    @on(MatrixTable.FigureHighlighted)
    def show_figure(self, reached: MatrixTable.FigureHighlighted) -> None:
        """Show what the cell has no room for."""
        card = self.handler.scorecard()
        series = card.one(reached.kpi, reached.marketplace) if card else None
        definition = card.definition(reached.kpi) if card else None
        line = cell_details(series, definition, current_language()) if series and definition else ""
        self.query_one(".figure", Static).update(Content(line))

    @on(MatrixTable.Opened)
    def open_figure(self, opened: MatrixTable.Opened) -> None:
        """Show the figure that Enter was pressed on."""
        self.handler.open_kpi(opened.kpi, opened.marketplace)
