"""The table of KPIs: what is off target or unusual first, then the rest by group."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import DataTable

from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.kpis.scorecard import TargetStatus
from facilitator.render.kpi_panel import Heading, PanelRow
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
LINKED_SIGN = "="
"""Stands before a KPI that says the same as the one above it."""
NARROWEST_NAME = 8


class KpiPanel(DataTable[Text]):
    """Shows what is off target or unusual, then the rest in groups; Enter opens a KPI."""

    rows_shown: reactive[tuple[PanelRow, ...]] = reactive((), init=False)

    BINDINGS = [
        Binding("enter", "select_cursor", N_("See"), id="kpi.open", show=False),
        Binding("space", "next_concern", N_("Next"), id="kpi.next-red", show=False),
        Binding(
            "c",
            "answer",
            N_("Answer"),
            id="kpi.answer",
            show=False,
            tooltip=N_("Explain it, with all its marketplaces and the KPIs that say the same"),
        ),
        Binding(
            "C",
            "answer_alone",
            N_("Split"),
            id="kpi.answer-alone",
            show=False,
            tooltip=N_("Split this marketplace off: it has a cause of its own"),
        ),
        Binding(
            "x",
            "pass",
            N_("Pass"),
            id="kpi.normal",
            show=False,
            tooltip=N_("Off target: pass it without an answer, with a reason. Else: it is normal"),
        ),
        Binding(
            "D",
            "decision",
            N_("Question"),
            id="kpi.decision",
            show=False,
            tooltip=N_("Add a question about this KPI, with its history"),
        ),
        Binding(
            "A",
            "action",
            N_("Action"),
            id="kpi.action",
            show=False,
            tooltip=N_("Add an action item about this KPI"),
        ),
        Binding(
            "s",
            "matrix",
            N_("Shops"),
            id="kpi.matrix",
            show=False,
            tooltip=N_("Marketplaces side by side"),
        ),
        Binding("v", "unfold", N_("All"), id="kpi.every-marketplace", show=False),
    ]

    @dataclass
    class KpiRequest(Message):
        """A key asked for something to be done with the KPI under the cursor."""

        kpi: KpiId
        marketplace: Marketplace

    class Opened(KpiRequest):
        """Show the KPI in full."""

    class AnswerRequested(KpiRequest):
        """Answer for the KPI, its marketplaces and what is linked to it."""

    class AnswerAloneRequested(KpiRequest):
        """Answer for this marketplace alone."""

    class PassRequested(KpiRequest):
        """Pass the KPI without an answer."""

    @dataclass
    class EntryRequested(Message):
        """A key asked for a new entry, about the KPI under the cursor if there is one."""

        kpi: KpiId | None = None
        marketplace: Marketplace = ALL

    class DecisionRequested(EntryRequested):
        """Propose a decision about the KPI."""

    class ActionRequested(EntryRequested):
        """Add an action about the KPI."""

    @dataclass
    class MatrixRequested(Message):
        """Compare the marketplaces."""

    @dataclass
    class FoldToggled(Message):
        """Show the KPIs that are as they should be, or fold them."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        """Make a table whose cursor is on whole rows."""
        super().__init__(id=id, cursor_type="row", zebra_stripes=False, show_row_labels=False)
        self._built_for = 0

    def watch_rows_shown(self, before: tuple[PanelRow, ...], rows: tuple[PanelRow, ...]) -> None:
        """Show the rows, with the cursor on the same KPI as before."""
        at = self.cursor_row
        place = before[at] if 0 <= at < len(before) else None
        self._rebuild()
        keys = [_row_key(each) for each in rows]
        if place is not None and _row_key(place) in keys:
            self.move_cursor(row=keys.index(_row_key(place)))

    def on_resize(self) -> None:
        """Fit names and sparklines to the new width; a new height changes nothing."""
        if self.size.width != self._built_for:
            at = self.cursor_coordinate
            self._rebuild()
            self.move_cursor(row=at.row)

    @property
    def row_at_cursor(self) -> KpiRow | None:
        """The KPI under the cursor; None in an empty table and on a heading."""
        row = self._row(self.cursor_row)
        return row if isinstance(row, KpiRow) else None

    def on_data_table_row_selected(self, selected: DataTable.RowSelected) -> None:
        """Report the KPI that was chosen; open or close what is folded."""
        selected.stop()
        row = self._row(selected.cursor_row)
        if isinstance(row, KpiRow):
            self.post_message(self.Opened(row.kpi, row.marketplace))
        elif row is not None and row.is_fold:
            self.action_unfold()

    def action_next_concern(self) -> None:
        """Move the cursor to the next concern, first to those without an answer."""
        if (place := next_concern(self.rows_shown, self.cursor_row)) is not None:
            self.move_cursor(row=place)

    def action_answer(self) -> None:
        """Ask for the answer of the KPI under the cursor."""
        self._post_request(self.AnswerRequested)

    def action_answer_alone(self) -> None:
        """Ask for an answer for the marketplace under the cursor alone."""
        self._post_request(self.AnswerAloneRequested)

    def action_pass(self) -> None:
        """Ask to pass the KPI under the cursor without an answer."""
        self._post_request(self.PassRequested)

    def action_decision(self) -> None:
        """Ask for a decision about the KPI under the cursor, or about nothing in particular."""
        self._post_entry(self.DecisionRequested)

    def action_action(self) -> None:
        """Ask for an action because of the KPI under the cursor, or of nothing in particular."""
        self._post_entry(self.ActionRequested)

    def action_matrix(self) -> None:
        """Ask for the marketplaces side by side."""
        self.post_message(self.MatrixRequested())

    def action_unfold(self) -> None:
        """Ask to show the KPIs that are as they should be, or to fold them."""
        self.post_message(self.FoldToggled())

    def _row(self, place: int) -> PanelRow | None:
        rows = self.rows_shown
        return rows[place] if 0 <= place < len(rows) else None

    def _rebuild(self) -> None:
        if not self.size.width:
            return
        self._built_for = self.size.width
        padding = 2 * self.cell_padding * len(COLUMNS)
        width = self.size.width - self.styles.scrollbar_size_vertical - padding
        days = (cell_len(row.days) for row in self.rows_shown if isinstance(row, KpiRow))
        fewest = max(max(days, default=0), MIN_LIMIT_WEEKS)
        table = [_cells(row, in_words=True) for row in self.rows_shown]
        if full_width(table, fewest) > width:
            table = [_cells(row, in_words=False) for row in self.rows_shown]
        names, weeks = name_and_week_widths(table, width, fewest)
        self.clear(columns=True)  # a column that stays never gets narrower
        for key, label in COLUMNS:
            self.add_column(Text(_(label), justify="right" if key in FIGURES else "left"), key=key)
        for row, (name, *figures, spark, mark) in zip(self.rows_shown, table, strict=True):
            self.add_row(shortened(row, name, names), *figures, spark[-weeks:], mark)

    def _post_request(self, message: type[KpiRequest]) -> None:
        if row := self.row_at_cursor:
            self.post_message(message(row.kpi, row.marketplace))
        else:
            self.notify(_("There is no KPI under the cursor."), severity="warning")

    def _post_entry(self, message: type[EntryRequested]) -> None:
        row = self.row_at_cursor
        self.post_message(message(row.kpi, row.marketplace) if row else message())


def next_concern(rows: Sequence[PanelRow], place: int) -> int | None:
    """Return the row of the next concern after `place`, or else of the first.

    Those without an answer come first, then those that are off target, then all others.
    """
    leads = [
        (each, row) for each, row in enumerate(rows) if isinstance(row, KpiRow) and row.is_lead
    ]
    off_target = [(each, row) for each, row in leads if row.needs_answer]
    waiting = [(each, row) for each, row in off_target if not row.is_answered]
    places = [each for each, _row in waiting or off_target or leads]
    return next((each for each in places if each > place), places[0] if places else None)


def full_width(table: Sequence[Sequence[Text]], fewest: int) -> int:
    """Return the cells that a table needs with all names in full and the fewest weeks."""
    heads = [cell_len(_(label)) for _key, label in COLUMNS]
    widths = [
        max(cells)
        for cells in zip(heads, *([each.cell_len for each in row] for row in table), strict=True)
    ]
    widths[-2] = min(widths[-2], fewest)
    return sum(widths)


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


def status_text(row: KpiRow, *, in_words: bool = False) -> Text:
    """Return the target status and the signal; only one of them in words, to fit 80 columns.

    With `in_words`, the signal is the sentence for the room.
    """
    mark, signal = row.mark, row.signal
    if in_words and row.is_red and row.sentence:
        signal = row.sentence
    else:
        signal = signal if row.is_unusual else signal[:1]
    if row.is_unusual:
        mark = mark[:1]
    elif len(signal) > 1:
        mark += " ·"
    text = Text(mark, style=STYLES[row.status], no_wrap=True)
    if signal:
        text.append(f" {signal}" if mark else signal, _signal_style(row))
    if row.coverage:
        text.append(f" {row.coverage[:1]}", "dim")
    return text.append(ANSWERED if row.is_answered and row.is_lead else "")


def shortened(row: PanelRow, name: Text, width: int) -> Text:
    """Return a name cut to `width` cells; the marketplace after it stays."""
    place = f" {row.marketplace}" if isinstance(row, KpiRow) else ""
    if place and name.plain.endswith(place) and name.cell_len > width:
        name.right_crop(len(place))
        name.truncate(width - len(place), overflow="ellipsis")
        return name.append(place)
    name.truncate(width, overflow="ellipsis")
    return name


def _signal_style(row: KpiRow) -> str:
    if not row.is_unusual:
        return "dim"
    return GOOD if row.is_good else UNUSUAL


def _row_key(row: PanelRow) -> object:
    """Return what identifies a row when others are added or removed."""
    if isinstance(row, KpiRow):
        return row.kpi, row.marketplace, row.name
    return "fold" if row.is_fold else row.text


def _cells(row: PanelRow, *, in_words: bool) -> tuple[Text, ...]:
    if isinstance(row, Heading):
        style = "bold" if row.is_fold else "bold dim"
        name, detail = Text(row.text, style=style, no_wrap=True), Text(row.detail, style="dim")
        return (name, Text(), Text(), Text(), Text(), detail)
    style = STYLES[row.status]
    indent = f"{LINKED_SIGN} " if row.is_linked else "" if row.is_total else "  "
    name = Text(
        indent + row.name,
        style="bold" if row.is_total else "",
        no_wrap=True,
    )
    return (
        name,
        Text(row.actual, style=style, justify="right"),
        Text(row.target, style="dim", justify="right"),
        Text(row.change, justify="right"),
        Text(row.days, no_wrap=True) if row.days else Text(row.spark, style="cyan"),
        status_text(row, in_words=in_words),
    )
