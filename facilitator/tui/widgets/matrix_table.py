"""The table of KPIs by marketplace."""

from dataclasses import dataclass

from rich.text import Text
from textual.binding import Binding
from textual.coordinate import Coordinate
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import DataTable

from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.render.language import _, current_language
from facilitator.render.marketplace_matrix import MarketplaceMatrix, MatrixCell, MatrixRow
from facilitator.render.scorecard import marketplace_name
from facilitator.tui.widgets.kpi_panel import STYLES, UNUSUAL


class MatrixTable(DataTable[Text]):
    """Shows KPIs by marketplace; Enter opens the figure under the cursor."""

    matrix: reactive[MarketplaceMatrix] = reactive(MarketplaceMatrix(), init=False)

    BINDINGS = [Binding("enter", "select_cursor", N_("Open KPI"), id="matrix.open")]

    @dataclass
    class FigureHighlighted(Message):
        """The cursor moved to a figure."""

        kpi: KpiId
        marketplace: Marketplace

    @dataclass
    class Opened(Message):
        """A figure was chosen."""

        kpi: KpiId
        marketplace: Marketplace

    def __init__(self) -> None:
        """Make a table whose cursor is on cells and whose first column does not scroll."""
        super().__init__(cursor_type="cell", zebra_stripes=False, fixed_columns=1, cell_padding=0)

    def watch_matrix(self, matrix: MarketplaceMatrix) -> None:
        """Show the matrix, with the cursor on the same cell as before."""
        at = (
            self.cursor_coordinate if self.row_count else Coordinate(1, 1)
        )  # the total in the row below the first heading
        self.clear(columns=True)
        self.add_column(Text(_("KPI")))
        for place in matrix.places:
            self.add_column(
                Text(f" {marketplace_name(place, current_language())}", justify="right")
            )
        for row in matrix.rows:
            self.add_row(*_cells(row, len(matrix.places)))
        self.cursor_coordinate = at

    def on_data_table_cell_highlighted(self, highlighted: DataTable.CellHighlighted) -> None:
        """Report the figure under the cursor; move on from a heading."""
        highlighted.stop()
        if self._is_heading():
            super().action_cursor_down()
        else:
            self._post_figure(self.FigureHighlighted)

    def on_data_table_cell_selected(self, selected: DataTable.CellSelected) -> None:
        """Report the figure that was chosen."""
        selected.stop()
        self._post_figure(self.Opened)

    def action_cursor_up(self) -> None:
        """Move the cursor up, past a heading."""
        super().action_cursor_up()
        if self._is_heading():
            super().action_cursor_up()

    def _is_heading(self) -> bool:
        row = self.cursor_coordinate.row
        return row < len(self.matrix.rows) and self.matrix.rows[row].kpi is None

    def _post_figure(self, message: type[FigureHighlighted | Opened]) -> None:
        row, column = self.cursor_coordinate
        if row < len(self.matrix.rows) and (kpi := self.matrix.rows[row].kpi):
            place = self.matrix.places[max(column - 1, 0)]
            self.post_message(message(kpi, place))


def _cells(row: MatrixRow, places: int) -> tuple[Text, ...]:
    if row.kpi is None:
        return (Text(row.name, style="dim italic"), *(Text() for _place in range(places)))
    return (Text(row.name, no_wrap=True), *(_cell(cell) for cell in row.cells))


def _cell(cell: MatrixCell | None) -> Text:
    if cell is None:
        return Text()
    text = Text(" ", justify="right")  # marks come first, so that the digits line up
    text.append(cell.marks, UNUSUAL if cell.is_unusual else STYLES[cell.status])
    return text.append(cell.value, STYLES[cell.status])
