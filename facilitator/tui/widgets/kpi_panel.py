"""The KPI panel: the week's figures against their targets, with their weeks as a line."""

from dataclasses import dataclass

from rich.text import Text
from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import DataTable

from facilitator.domain.errors import N_
from facilitator.domain.facts import Marketplace
from facilitator.domain.kpi import KpiId
from facilitator.domain.scorecard import Status
from facilitator.render.language import _
from facilitator.render.scorecard import KpiRow

STYLES = {
    Status.ON_TARGET: "green",
    Status.OFF_TARGET: "bold red",
    Status.NO_TARGET: "",
    Status.MISSING: "yellow",
}
COLUMNS = (
    ("name", N_("KPI")),
    ("actual", N_("actual")),
    ("target", N_("target")),
    ("change", N_("Δ week")),
    ("spark", N_("weeks")),
    ("mark", N_("signal")),
)


class KpiPanel(DataTable[Text]):
    """Shows rows; Enter opens one, and a key asks for its cause."""

    rows_shown: reactive[tuple[KpiRow, ...]] = reactive((), init=False)

    BINDINGS = [
        Binding("enter", "select_cursor", N_("Open KPI"), id="kpi.open", show=False),
        Binding("c", "cause", N_("Cause"), id="kpi.cause", show=False),
        Binding("v", "every_marketplace", N_("All shops"), id="kpi.every-marketplace", show=False),
    ]

    @dataclass
    class Opened(Message):
        """Somebody wants to see one KPI in full."""

        kpi: KpiId
        marketplace: Marketplace

    @dataclass
    class CauseAsked(Message):
        """Somebody wants to say why a KPI is where it is."""

        kpi: KpiId
        marketplace: Marketplace

    @dataclass
    class EveryMarketplaceAsked(Message):
        """Show each marketplace, or only those that matter."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        """A table with a cursor on whole rows."""
        super().__init__(id=id, cursor_type="row", zebra_stripes=False, show_row_labels=False)

    def on_mount(self) -> None:
        """Set the columns up once."""
        for key, label in COLUMNS:
            self.add_column(Text(_(label)), key=key)
        self.watch_rows_shown((), self.rows_shown)

    def watch_rows_shown(self, before: tuple[KpiRow, ...], rows: tuple[KpiRow, ...]) -> None:
        """Rewrite the table, with the cursor on the KPI it was on."""
        if not self.columns:
            return
        place = before[self.cursor_row] if 0 <= self.cursor_row < len(before) else None
        self.clear()
        for row in rows:
            self.add_row(*_cells(row))
        if place is not None:
            same = [(row.kpi, row.marketplace) for row in rows]
            if (place.kpi, place.marketplace) in same:
                self.move_cursor(row=same.index((place.kpi, place.marketplace)))

    @property
    def row_at_cursor(self) -> KpiRow | None:
        """The row that the cursor is on."""
        rows = self.rows_shown
        return rows[self.cursor_row] if 0 <= self.cursor_row < len(rows) else None

    def on_data_table_row_selected(self, selected: DataTable.RowSelected) -> None:
        """Turn a table's word into the panel's."""
        selected.stop()
        if row := self.row_at_cursor:
            self.post_message(self.Opened(row.kpi, row.marketplace))

    def action_cause(self) -> None:
        """Ask for the cause of the KPI under the cursor."""
        if row := self.row_at_cursor:
            self.post_message(self.CauseAsked(row.kpi, row.marketplace))

    def action_every_marketplace(self) -> None:
        """Show each marketplace, or only those that matter."""
        self.post_message(self.EveryMarketplaceAsked())


def _cells(row: KpiRow) -> tuple[Text, ...]:
    style = STYLES[row.status]
    name = row.name if row.is_total else f"  {row.name}"
    mark = f"{row.mark} ✎" if row.cause else row.mark
    return (
        Text(name, style="bold" if row.is_total else "", no_wrap=True),
        Text(row.actual, style=style, justify="right"),
        Text(row.target, style="dim", justify="right"),
        Text(row.change, justify="right"),
        Text(row.spark, style="cyan"),
        Text(mark, style=style),
    )
