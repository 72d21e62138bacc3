"""The chart of one KPI: its weeks, and the target as a line."""

from textual.app import ComposeResult
from textual.containers import Vertical

from facilitator.domain.scorecard import KpiSeries


class KpiChart(Vertical):
    """Draws one series. The plotting library is loaded only now."""

    def __init__(self, series: KpiSeries) -> None:
        """Draw `series`."""
        super().__init__()
        self._series = series

    def compose(self) -> ComposeResult:
        """The plot."""
        from textual_plotext import PlotextPlot  # noqa: PLC0415  (0.1 s that most meetings spare)

        yield PlotextPlot()

    def on_mount(self) -> None:
        """Draw it once; the figures of a meeting do not change while one looks at them."""
        from textual_plotext import PlotextPlot  # noqa: PLC0415

        plot = self.query_one(PlotextPlot)
        known = [
            (place, reading.value)
            for place, reading in enumerate(self._series.readings)
            if reading.value is not None
        ]
        if not known:
            return
        weeks = [f"{each.week_end:%m-%d}" for each in self._series.readings]
        places, values = zip(*known, strict=True)
        plot.plt.plot(places, values, marker="hd", color="cyan")
        plot.plt.scatter(places, values, marker="dot", color="cyan")
        target = self._series.target
        for limit in (target.at_least, target.at_most) if target else ():
            if limit is not None:
                plot.plt.hline(limit, color="red")
        plot.plt.yfrequency(4)  # with more of them, low charts leave some out
        step = max(len(weeks) // 4, 1)
        shown = range(len(weeks) - 1, -1, -step)
        plot.plt.xticks([float(place) for place in shown], [weeks[place] for place in shown])
        plot.plt.xlim(0, max(len(weeks) - 1, 1))
