"""The chart of a KPI: it can be drawn whatever the weeks are, and says what its signs mean."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from textual.app import ComposeResult
from textual.widgets import Static

from facilitator.adapters.catalogs import load_language
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import Target, Unit
from facilitator.domain.kpis.scorecard import KpiSeries
from facilitator.render.language import Language, set_language
from facilitator.tui.widgets.kpi_chart import ChartData, KpiChart
from tests.scorecard_factories import STEADY, UNUSUAL, definition, make_scorecard
from tests.tui.harness import StyledApp


@pytest.fixture
def chinese() -> Iterator[None]:
    """Chinese screens, and English again afterwards."""
    set_language(load_language("zh_CN"))
    yield
    set_language(Language())


class ChartApp(StyledApp):
    """One chart, and the legend under it."""

    def compose(self) -> ComposeResult:
        yield KpiChart()

    def draw(
        self, series: KpiSeries, occasions: tuple[str, ...] = (), unit: Unit = Unit.PERCENT
    ) -> None:
        self.query_one(KpiChart).chart_data = ChartData(
            series=series,
            definition=definition(unit=unit),
            chosen=len(series.readings) - 1,
            occasions=occasions or ("",) * len(series.readings),
        )

    @property
    def legend(self) -> str:
        legend = str(self.query_one(".legend", Static).content)
        return legend.replace("\N{NO-BREAK SPACE}", " ")

    def drawn(self) -> str:
        plot = self.query_one("PlotextPlot")
        return "\n".join(
            "".join(segment.text for segment in plot.render_line(line))
            for line in range(plot.size.height)
        )


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (240, 70)])
@pytest.mark.parametrize(
    "values",
    [(None,), (5.0,), (5.0, 5.0, 5.0), (None, 3.0, None), (-1e9, 1e9), UNUSUAL],
    ids=["none", "one", "flat", "gaps", "wide", "usual"],
)
async def test_a_chart_of_any_weeks_is_drawn_at_any_size(
    values: tuple[float | None, ...], size: tuple[int, int]
) -> None:
    chart_app = ChartApp()
    async with chart_app.run_test(size=size) as pilot:
        chart_app.draw(
            make_scorecard({ALL: values}, target=Target(at_least=5.0, at_most=5.0)).series[0]
        )
        await pilot.pause()

        assert ("●" in chart_app.drawn()) == any(value is not None for value in values)


@pytest.mark.usefixtures("chinese")
async def test_units_in_chinese_leave_the_frame_of_the_chart_straight() -> None:
    chart_app = ChartApp()
    async with chart_app.run_test(size=(80, 24)) as pilot:
        series = make_scorecard({ALL: (4.0, 6.0)}).series[0]
        chart_app.draw(series, unit=Unit.PER_YEAR)
        await pilot.pause()

        frame = [line.rstrip() for line in chart_app.drawn().splitlines()]
        edges = {line.rindex(line[-1]) for line in frame if line.endswith(("┐", "│", "┘"))}
        assert len(edges) == 1
        assert "年" not in chart_app.drawn()


async def test_the_legend_names_target_limits_and_centre() -> None:
    chart_app = ChartApp()
    async with chart_app.run_test(size=(120, 40)) as pilot:
        chart_app.draw(make_scorecard({ALL: UNUSUAL}, target=Target(at_most=12.0)).series[0])
        await pilot.pause()

        assert chart_app.legend == "─ target ≤ 12 %  ╌ usual 9.2–13.6 %  · median 11.4 %"


async def test_unusual_weeks_have_different_markers() -> None:
    series = make_scorecard({ALL: STEADY}).series[0]
    whole = list(series.readings)
    whole[2] = replace(whole[2], is_partial=True)
    whole[4] = replace(whole[4], is_remembered=True)
    occasions = ("",) * 6 + ("Prime Day",) + ("",) * 6
    chart_app = ChartApp()
    async with chart_app.run_test(size=(120, 40)) as pilot:
        chart_app.draw(replace(series, readings=tuple(whole)), occasions)
        await pilot.pause()

        assert chart_app.legend.endswith(
            "○ incomplete week  □ as recorded at a past meeting  ◇ Prime Day"
        )
        assert all(sign in chart_app.drawn() for sign in "●○□◇")


@pytest.mark.parametrize("place", [0, 1, 2])
async def test_a_week_that_is_worse_than_any_target_is_a_sign_at_the_top(place: int) -> None:
    chart_app = ChartApp()
    async with chart_app.run_test(size=(80, 24)) as pilot:
        series = make_scorecard({ALL: (3.0, 4.0, 5.0)}, target=Target(at_most=5)).series[0]
        readings = list(series.readings)
        readings[place] = replace(readings[place], value=None, is_worse_than_any_target=True)
        chart_app.draw(replace(series, readings=tuple(readings)))
        await pilot.pause()

        assert "∞" in chart_app.drawn()
        assert "∞ worse than any target" in chart_app.legend
