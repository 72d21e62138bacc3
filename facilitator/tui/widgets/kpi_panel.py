"""The table of KPIs: figures, targets, sparklines and signals."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import DataTable

from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.kpis.scorecard import TargetStatus
from facilitator.render.language import _
from facilitator.render.scorecard import KpiRow

STYLES = {
    TargetStatus.ON_TARGET: "green",
    TargetStatus.OFF_TARGET: "bold red",
    TargetStatus.NO_TARGET: "",
    TargetStatus.MISSING: "yellow",
}
UNUSUAL, GOOD = "bold yellow", "bold green"
"""What is out of the ordinary, and what of it is good news."""
COLUMNS = (
    ("name", N_("KPI")),
    ("actual", N_("actual")),
    ("target", N_("target")),
    ("change", N_("Δ week")),
    ("spark", N_("weeks")),
    ("mark", N_("signal")),
)
FIGURES = ("actual", "target", "change")
MIN_LIMIT_WEEKS, MAX_LIMIT_WEEKS = 6, 13
"""How many of its weeks a KPI shows beside its figures."""
ANSWERED = " ✎"
NARROWEST_NAME = 8


class KpiPanel(DataTable[Text]):
    """Shows rows; Enter opens one, and its keys ask for what may become of it."""

    rows_shown: reactive[tuple[KpiRow, ...]] = reactive((), init=False)

    BINDINGS = [
        Binding("enter", "select_cursor", N_("Open KPI"), id="kpi.open", show=False),
        Binding("space", "next_red", N_("Next red"), id="kpi.next-red", show=False),
        Binding(
            "c",
            "answer",
            N_("Answer"),
            id="kpi.answer",
            show=False,
            tooltip=N_("Say why it is where it is, and what to do"),
        ),
        Binding(
            "x",
            "normal",
            N_("Normal"),
            id="kpi.normal",
            show=False,
            tooltip=N_("Pass it as the usual to and fro"),
        ),
        Binding(
            "s",
            "matrix",
            N_("Compare"),
            id="kpi.matrix",
            show=False,
            tooltip=N_("The marketplaces side by side"),
        ),
        Binding("v", "every_marketplace", N_("All shops"), id="kpi.every-marketplace", show=False),
        Binding(
            "d",  # F7 stays the question about nothing in particular
            "decision",
            N_("Question"),
            id="kpi.decision",
            tooltip=N_("Put a question to the room, with this KPI's history"),
        ),
        Binding(
            "a",
            "action",
            N_("Action"),
            id="kpi.action",
            tooltip=N_("Take a promise down that belongs to this KPI"),
        ),
    ]

    @dataclass
    class KpiRequest(Message):
        """Somebody wants something of one KPI."""

        kpi: KpiId
        marketplace: Marketplace

    class Opened(KpiRequest):
        """To see it in full."""

    class AnswerRequested(KpiRequest):
        """To say why it is where it is."""

    class NormalRequested(KpiRequest):
        """To pass it as normal variation."""

    class DecisionRequested(KpiRequest):
        """To put a question about it to the room."""

    class ActionRequested(KpiRequest):
        """To take a promise down because of it."""

    class MatrixRequested(KpiRequest):
        """To see the marketplaces side by side."""

    @dataclass
    class EveryMarketplaceRequested(Message):
        """Show each marketplace, or only those that matter."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        """A table with a cursor on whole rows."""
        super().__init__(id=id, cursor_type="row", zebra_stripes=False, show_row_labels=False)

    def watch_rows_shown(self, before: tuple[KpiRow, ...], rows: tuple[KpiRow, ...]) -> None:
        """Rewrite the table, with the cursor on the KPI it was on."""
        place = before[self.cursor_row] if 0 <= self.cursor_row < len(before) else None
        self._rebuild()
        if place is not None:
            same = [(row.kpi, row.marketplace) for row in rows]
            if (place.kpi, place.marketplace) in same:
                self.move_cursor(row=same.index((place.kpi, place.marketplace)))

    def on_resize(self) -> None:
        """Show as many weeks as fit."""
        at = self.cursor_coordinate
        self._rebuild()
        self.move_cursor(row=at.row)

    @property
    def row_at_cursor(self) -> KpiRow | None:
        """The row that the cursor is on."""
        rows = self.rows_shown
        return rows[self.cursor_row] if 0 <= self.cursor_row < len(rows) else None

    def on_data_table_row_selected(self, selected: DataTable.RowSelected) -> None:
        """Turn a table's word into the panel's."""
        selected.stop()
        self._post_request(self.Opened)

    def action_next_red(self) -> None:
        """Go to the next row that has to answer for itself, those without an answer first."""
        if (place := next_red(self.rows_shown, self.cursor_row)) is not None:
            self.move_cursor(row=place)

    def action_answer(self) -> None:
        """Ask for the answer of the KPI under the cursor."""
        self._post_request(self.AnswerRequested)

    def action_normal(self) -> None:
        """Ask to pass the KPI under the cursor as normal variation."""
        self._post_request(self.NormalRequested)

    def action_decision(self) -> None:
        """Ask for a decision about the KPI under the cursor."""
        self._post_request(self.DecisionRequested)

    def action_action(self) -> None:
        """Ask for an action because of the KPI under the cursor."""
        self._post_request(self.ActionRequested)

    def action_matrix(self) -> None:
        """Ask for the marketplaces side by side."""
        self._post_request(self.MatrixRequested)

    def action_every_marketplace(self) -> None:
        """Show each marketplace, or only those that matter."""
        self.post_message(self.EveryMarketplaceRequested())

    def _rebuild(self) -> None:
        if not self.size.width:
            return
        table = [_cells(row) for row in self.rows_shown]
        padding = 2 * self.cell_padding * len(COLUMNS)
        room = self.size.width - self.styles.scrollbar_size_vertical - padding
        names, weeks = name_and_week_widths(table, room)
        self.clear(columns=True)  # a column that stays never gets narrower
        for key, label in COLUMNS:
            self.add_column(Text(_(label), justify="right" if key in FIGURES else "left"), key=key)
        for name, *figures, spark, mark in table:
            name.truncate(names, overflow="ellipsis")
            self.add_row(name, *figures, spark[-weeks:], mark)

    def _post_request(self, message: type[KpiRequest]) -> None:
        if row := self.row_at_cursor:
            self.post_message(message(row.kpi, row.marketplace))


def next_red(rows: Sequence[KpiRow], place: int) -> int | None:
    """The red row after `place`, round to the top; answered KPIs come only when all are."""
    reds = [each for each, row in enumerate(rows) if row.is_red]
    answered = {row.kpi for row in rows if row.is_answered}
    waiting = [each for each in reds if rows[each].kpi not in answered] or reds
    return next((each for each in waiting if each > place), waiting[0] if waiting else None)


def name_and_week_widths(table: Sequence[Sequence[Text]], room: int) -> tuple[int, int]:
    """The cells for names and for weeks where all columns together have `room`.

    Weeks are left out first, down to the fewest that tell anything; then names are cut.
    """
    heads = [cell_len(_(label)) for _key, label in COLUMNS]
    name, *figures, _spark, mark = (
        max(cells)
        for cells in zip(heads, *([each.cell_len for each in row] for row in table), strict=True)
    )
    left = room - sum(figures) - mark
    weeks = min(max(left - name, MIN_LIMIT_WEEKS), MAX_LIMIT_WEEKS)
    return max(left - weeks, NARROWEST_NAME), weeks


def status_text(row: KpiRow) -> Text:
    """Both marks side by side: the sign of one and the words of the other fit at 80 columns."""
    mark, signal = row.mark, row.signal
    if row.is_unusual:
        mark = mark[:1]
    else:
        signal = signal[:1]
    text = Text(mark, style=STYLES[row.status], no_wrap=True)
    if signal:
        text.append(f" {signal}" if mark else signal, _signal_style(row))
    return text.append(ANSWERED if row.is_answered else "")


def _signal_style(row: KpiRow) -> str:
    if not row.is_unusual:
        return "dim"
    return GOOD if row.is_good else UNUSUAL


def _cells(row: KpiRow) -> tuple[Text, ...]:
    style = STYLES[row.status]
    name = row.name if row.is_total else f"  {row.name}"
    return (
        Text(name, style="bold" if row.is_total else "", no_wrap=True),
        Text(row.actual, style=style, justify="right"),
        Text(row.target, style="dim", justify="right"),
        Text(row.change, justify="right"),
        Text(row.spark, style="cyan"),
        status_text(row),
    )
