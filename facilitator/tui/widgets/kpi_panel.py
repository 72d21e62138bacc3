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
"""The styles of an unusual week, and of one that is better than usual."""
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
"""The fewest and the most weeks that the sparkline of a KPI shows."""
ANSWERED = " ✎"
NARROWEST_NAME = 8


class KpiPanel(DataTable[Text]):
    """Shows a row for each KPI and marketplace; Enter opens one."""

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
            tooltip=N_("Explain the value and propose what to do"),
        ),
        Binding(
            "x",
            "normal",
            N_("Normal"),
            id="kpi.normal",
            show=False,
            tooltip=N_("Accept it as normal variation"),
        ),
        Binding(
            "s",
            "matrix",
            N_("Compare"),
            id="kpi.matrix",
            show=False,
            tooltip=N_("Marketplaces side by side"),
        ),
        Binding("v", "every_marketplace", N_("Show all"), id="kpi.every-marketplace", show=False),
        Binding(
            "D",
            "decision",
            N_("Question on it"),
            id="kpi.decision",
            show=False,
            tooltip=N_("Add a question with this KPI's history"),
        ),
        Binding(
            "A",
            "action",
            N_("Action on it"),
            id="kpi.action",
            show=False,
            tooltip=N_("Add an action item for this KPI"),
        ),
    ]

    @dataclass
    class KpiRequest(Message):
        """A key asked for something to be done with the KPI under the cursor."""

        kpi: KpiId
        marketplace: Marketplace

    class Opened(KpiRequest):
        """Show the KPI in full."""

    class AnswerRequested(KpiRequest):
        """Answer for the KPI."""

    class NormalRequested(KpiRequest):
        """Pass the KPI as normal variation."""

    class DecisionRequested(KpiRequest):
        """Propose a decision about the KPI."""

    class ActionRequested(KpiRequest):
        """Add an action item about the KPI."""

    class MatrixRequested(KpiRequest):
        """Compare the marketplaces."""

    @dataclass
    class EveryMarketplaceRequested(Message):
        """Show every marketplace, or only those that matter."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        """Make a table whose cursor is on whole rows."""
        super().__init__(id=id, cursor_type="row", zebra_stripes=False, show_row_labels=False)

    def watch_rows_shown(self, before: tuple[KpiRow, ...], rows: tuple[KpiRow, ...]) -> None:
        """Show the rows, with the cursor on the same KPI as before."""
        place = before[self.cursor_row] if 0 <= self.cursor_row < len(before) else None
        self._rebuild()
        if place is not None:
            same = [(row.kpi, row.marketplace) for row in rows]
            if (place.kpi, place.marketplace) in same:
                self.move_cursor(row=same.index((place.kpi, place.marketplace)))

    def on_resize(self) -> None:
        """Fit names and sparklines to the new width."""
        at = self.cursor_coordinate
        self._rebuild()
        self.move_cursor(row=at.row)

    @property
    def row_at_cursor(self) -> KpiRow | None:
        """The row under the cursor; None in an empty table."""
        rows = self.rows_shown
        return rows[self.cursor_row] if 0 <= self.cursor_row < len(rows) else None

    def on_data_table_row_selected(self, selected: DataTable.RowSelected) -> None:
        """Report the KPI that was chosen."""
        selected.stop()
        self._post_request(self.Opened)

    def action_next_red(self) -> None:
        """Move the cursor to the next red row, first to those without an answer."""
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
        """Ask for every marketplace, or only those that matter."""
        self.post_message(self.EveryMarketplaceRequested())

    def _rebuild(self) -> None:
        if not self.size.width:
            return
        table = [_cells(row) for row in self.rows_shown]
        padding = 2 * self.cell_padding * len(COLUMNS)
        width = self.size.width - self.styles.scrollbar_size_vertical - padding
        fewest = max((cell_len(row.days) for row in self.rows_shown), default=0)
        names, weeks = name_and_week_widths(table, width, max(fewest, MIN_LIMIT_WEEKS))
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
    """Return the red row after `place`, or else the first; answered ones only if all are."""
    reds = [each for each, row in enumerate(rows) if row.is_red]
    answered = {row.kpi for row in rows if row.is_answered}
    waiting = [each for each in reds if rows[each].kpi not in answered] or reds
    return next((each for each in waiting if each > place), waiting[0] if waiting else None)


def name_and_week_widths(
    table: Sequence[Sequence[Text]], width: int, fewest: int = MIN_LIMIT_WEEKS
) -> tuple[int, int]:
    """Return the cells for names and for weeks in a table of `width` cells.

    Weeks are left out first, down to `fewest`; then names are cut.
    """
    heads = [cell_len(_(label)) for _key, label in COLUMNS]
    name, *figures, _spark, mark = (
        max(cells)
        for cells in zip(heads, *([each.cell_len for each in row] for row in table), strict=True)
    )
    left = width - sum(figures) - mark
    weeks = min(max(left - name, fewest), max(MAX_LIMIT_WEEKS, fewest))
    return max(left - weeks, NARROWEST_NAME), weeks


def status_text(row: KpiRow) -> Text:
    """Return the target status and the signal; only one of them in words, to fit 80 columns."""
    mark, signal = row.mark, row.signal
    if row.is_unusual:
        mark = mark[:1]
    else:
        signal = signal[:1]
    text = Text(mark, style=STYLES[row.status], no_wrap=True)
    if signal:
        text.append(f" {signal}" if mark else signal, _signal_style(row))
    if row.coverage:
        text.append(f" {row.coverage[:1]}", "dim")
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
        Text(row.days, no_wrap=True) if row.days else Text(row.spark, style="cyan"),
        status_text(row),
    )
