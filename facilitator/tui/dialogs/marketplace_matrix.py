"""The KPIs of all marketplaces side by side, each against its own target."""

from collections.abc import Callable

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
from facilitator.tui.i18n import Dialog, notify_error
from facilitator.tui.widgets.matrix_table import MatrixTable


class MarketplaceMatrix(Dialog[None]):
    """Shows every KPI in every marketplace; a figure opens, and one key drafts a question."""

    BINDINGS = [
        Binding(
            "d",
            "reallocate",
            N_("Reallocate"),
            id="matrix.reallocate",
            tooltip=N_("Put the question to the room, with the figures that are off target"),
        ),
    ]

    def __init__(
        self,
        get_scorecard: Callable[[], Scorecard],
        *,
        draft: Callable[[], Decision | None],
        open_kpi: Callable[[KpiId, Marketplace], object],
        propose: Callable[[Decision], object],
    ) -> None:
        """Show what `refresh_view` sees, now and whenever this comes to the front again.

        `open_kpi` opens one figure above; `draft` words the question whether to reallocate, if
        there is one, which `propose` puts to the room.
        """
        super().__init__()
        self._get_scorecard = get_scorecard
        self._draft = draft
        self._open_kpi = open_kpi
        self._propose = propose

    def compose(self) -> ComposeResult:
        """The table, with a few lines for the figure under the cursor."""
        with Vertical(classes="window broad") as window:
            window.border_title = _("The marketplaces side by side")
            window.border_subtitle = _("▲ off target · ◆ unusual · ◇ unusual, in few weeks")
            yield MatrixTable()
            yield Static(classes="figure")
            yield Footer(show_command_palette=False, compact=True)

    def on_screen_resume(self) -> None:
        """Show the figures as they stand."""
        self.query_one(MatrixTable).matrix = marketplace_matrix(
            self._get_scorecard(), current_language()
        )

    def action_reallocate(self) -> None:
        """Put the question to the room, unless every marketplace meets its targets."""
        question = self._draft()
        if question is None:
            notify_error(
                self, RuleError(N_("No marketplace is off target: there is nothing to move."))
            )
            return
        self.dismiss(None)
        self._propose(question)

    @on(MatrixTable.FigureHighlighted)
    def show_figure(self, reached: MatrixTable.FigureHighlighted) -> None:
        """Tell what the cell has no room for."""
        card = self._get_scorecard()
        series, definition = (
            card.one(reached.kpi, reached.marketplace),
            card.definition(reached.kpi),
        )
        line = cell_details(series, definition, current_language()) if series and definition else ""
        self.query_one(".figure", Static).update(Content(line))

    @on(MatrixTable.Opened)
    def open_figure(self, opened: MatrixTable.Opened) -> None:
        """Enter on a figure."""
        self._open_kpi(opened.kpi, opened.marketplace)
