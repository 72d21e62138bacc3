"""The campaigns, products and search terms that moved a KPI."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual.content import Content
from textual.widgets import Static

from facilitator.domain.kpis.kpi import KpiDefinition
from facilitator.domain.kpis.movers import Breakdown, Issue, Mover, top_issues, top_movers
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard
from facilitator.render.kpi_details import DIMENSION_NAMES, mover_row
from facilitator.render.language import _, current_language


def column_table(
    rows: Iterable[Sequence[Text | str]], *, right: Sequence[int] = (), grows: int | None = None
) -> RenderableType:
    """Return a table of columns two cells apart, each as wide as its content.

    The columns in `right` are aligned right; the column `grows` takes the width that is left.
    """
    cells = [[Text(each) if isinstance(each, str) else each for each in row] for row in rows]
    table = Table.grid(padding=(0, 2, 0, 0), expand=grows is not None)
    for place in range(max(map(len, cells), default=0)):
        table.add_column(
            justify="right" if place in right else "left",
            ratio=1 if place == grows else None,
            no_wrap=place == grows,
            overflow="ellipsis",
        )
    for row in cells:
        table.add_row(*row)
    return table


class MoversList(Static):
    """Shows which items moved a KPI most in its last week."""

    def wait(self) -> None:
        """Show that the reports are being read."""
        self.update(Content(_("The reports are being read…")))

    def show(
        self, breakdown: Breakdown, card: Scorecard, definition: KpiDefinition, series: KpiSeries
    ) -> None:
        """Show what moved the last week of `series` most, or why nothing is known."""
        found = top_movers(breakdown.contributions, definition, series, card.rates)
        parts: list[RenderableType] = []
        if changed := breakdown.changed(card.sources):
            news = _("These reports have changed since they were read: {files}")
            parts.append(Text(news.format(files=", ".join(changed)), style="yellow"))
        parts += _groups(found, definition, series)
        if len(series.readings) < 2:
            parts.append(Text(_("There is no week before it.")))
        elif series.is_incomparable or series.window_reading is not None:
            parts.append(Text(_("It cannot be compared with the week before.")))
        elif not found:
            parts.append(Text(_("No report breaks it down by campaign, product or search term.")))
        parts += _issues(top_issues(breakdown.contributions, series))
        self.update(Group(*parts))


def _issues(issues: tuple[Issue, ...]) -> Iterator[RenderableType]:
    """Yield what customers complain about, with its marketplaces and number of reviews."""
    comma = _(", ")
    if issues:
        yield Text(_("What customers complain about"), style="bold")
        yield column_table(
            [
                (
                    f"{each.text} · {comma.join(each.marketplaces)}",
                    f"×{current_language().amount(each.reviews)}",
                )
                for each in issues
            ],
            right=(1,),
            grows=0,
        )


def _groups(
    found: tuple[Mover, ...], definition: KpiDefinition, series: KpiSeries
) -> Iterator[RenderableType]:
    """Yield a heading and a table for each dimension, with two lines for each mover."""
    for dimension, group in groupby(found, key=lambda each: each.dimension):
        yield Text(_(DIMENSION_NAMES.get(dimension, dimension)), style="bold")
        rows: list[tuple[Text | str, ...]] = []
        for each in group:
            name, effect, values, sums = mover_row(each, series, definition, current_language())
            rows += [(name, effect, values), (Text(f"  {sums}", style="dim"),)]
        yield column_table(rows, right=(1, 2), grows=0)
