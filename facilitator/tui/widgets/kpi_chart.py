"""The chart of a KPI: its weeks, target and usual range."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from facilitator.domain.kpis.kpi import KpiDefinition, Unit
from facilitator.domain.kpis.scorecard import KpiSeries
from facilitator.render.language import _, current_language
from facilitator.render.signals import usual_range

if TYPE_CHECKING:
    from textual_plotext.plot import Plot

TARGET, LIMIT, CENTRE = "─", "╌", "·"
"""The characters of the lines."""
POINT, PARTIAL, REMEMBERED, OCCASION = "●", "○", "□", "◇"
"""The signs of a week: whole, in part, as a past meeting read it, with an occasion."""
INFINITE = "∞"
"""The sign of a week that is worse than any target, at the top of the chart."""
LABEL_WIDTH = 9
"""The cells for the date of a week below the chart."""


class ChartData(Struct, frozen=True, kw_only=True):
    """What a KPI chart shows."""

    series: KpiSeries
    definition: KpiDefinition
    chosen: int
    """The index of the week that is marked."""
    occasions: tuple[str, ...]
    """What made each week unusual; empty for most."""

    def sign(self, place: int) -> str:
        """Return the sign of the week at an index."""
        reading = self.series.readings[place]
        if reading.is_worse_than_any_target:
            return INFINITE
        if self.occasions[place]:
            return OCCASION
        if reading.is_remembered:
            return REMEMBERED
        return PARTIAL if reading.is_partial else POINT


class KpiChart(Vertical):
    """Draws a series with its legend. Importing the plotting library takes 0.1 s, so it is late."""

    chart_data: reactive[ChartData | None] = reactive(None, init=False)

    def compose(self) -> ComposeResult:
        """Yield the plot and its legend."""
        from textual_plotext import PlotextPlot  # noqa: PLC0415  (0.1 s, when wanted)

        yield PlotextPlot()
        yield Static(classes="legend")

    def on_resize(self) -> None:
        """Label as many weeks as fit."""
        self.watch_chart_data()

    def watch_chart_data(self) -> None:
        """Draw the chart, which is a few dozen points."""
        from textual_plotext import PlotextPlot  # noqa: PLC0415

        if self.chart_data is None or not self.is_mounted:
            return
        plot = self.query_one(PlotextPlot)
        plot.plt.clear_figure()
        _draw(plot.plt, self.chart_data, self.size.width // LABEL_WIDTH)
        plot.refresh()
        self.query_one(".legend", Static).update(Content("  ".join(_legend(self.chart_data))))


def _legend(chart_data: ChartData) -> Iterator[str]:
    series, definition, language = chart_data.series, chart_data.definition, current_language()
    if series.target:
        target = language.target(series.target, definition.unit)
        yield f"{TARGET} " + _("target {target}").format(target=target)
    if series.signal and series.signal.limits:
        limits = series.signal.limits
        centre = language.value(limits.centre, definition.unit, definition.decimals)
        yield f"{LIMIT} " + _("usual {range}").format(
            range=usual_range(limits, definition, language)
        )
        yield f"{CENTRE} " + _("median {centre}").format(centre=centre)
    signs = {chart_data.sign(place) for place in range(len(series.readings))}
    for sign, label in (
        (INFINITE, _("worse than any target")),
        (PARTIAL, _("incomplete week")),
        (REMEMBERED, _("as recorded at a past meeting")),
        (OCCASION, ", ".join(dict.fromkeys(filter(None, chart_data.occasions)))),
    ):
        if sign in signs:
            yield f"{sign} {label}"


def _draw(plt: "Plot", chart_data: ChartData, labels: int) -> None:
    series, readings = chart_data.series, chart_data.series.readings
    known = [(place, each.value) for place, each in enumerate(readings) if each.value is not None]
    if not known:
        return
    ends = [-0.4, max(len(readings) - 1, 1) + 0.4]

    heights = [value for _place, value in known]

    def line(level: float | None, marker: str, color: str) -> None:
        if level is not None:
            heights.append(level)
            plt.plot(ends, [level, level], marker=marker, color=color)

    if limits := series.signal.limits if series.signal else None:
        line(limits.centre, CENTRE, "gray")
        line(limits.lower, LIMIT, "gray")
        line(limits.upper, LIMIT, "gray")
    if series.target:
        line(series.target.at_least, TARGET, "red")
        line(series.target.at_most, TARGET, "red")
    plt.vline(chart_data.chosen, color="orange")
    places, values = zip(*known, strict=True)
    plt.plot(places, values, marker="hd", color="cyan")
    for place, value in known:
        plt.scatter([place], [value], marker=chart_data.sign(place), color="cyan")
    for place, reading in enumerate(readings):
        if reading.is_worse_than_any_target:
            plt.scatter([place], [max(heights)], marker=INFINITE, color="red")
    _label_y_axis(plt, chart_data.definition, min(heights), max(heights))
    step = max(-(-len(readings) // max(labels, 1)), 1)
    shown = range(len(readings) - 1, -1, -step)
    days = [f"{readings[place].week_end:%m-%d}" for place in shown]
    plt.xticks([float(place) for place in shown], days)
    plt.xlim(*ends)


def _label_y_axis(plt: "Plot", definition: KpiDefinition, low: float, high: float) -> None:
    """Label four heights, formatted as everywhere else; a low chart has room for no more.

    plotext takes every character for one cell wide, so units in Chinese are left out.
    """
    heights = [low + (high - low) * part / 3 for part in range(4)] if low < high else [low]
    unit, decimals = definition.unit, definition.decimals
    labels = [current_language().value(each, unit, decimals) for each in heights]
    if any(cell_len(label) > len(label) for label in labels):
        labels = [current_language().value(each, Unit.COUNT, decimals) for each in heights]
    plt.yticks(heights, labels)
