"""The view of one KPI: weeks by key, marks, movers and sources."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from msgspec.structs import replace
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Input, Static

from facilitator.domain.errors import StorageError
from facilitator.domain.kpis.facts import ALL, Contribution, Marketplace, Measure, Source
from facilitator.domain.kpis.kpi import (
    AgreedDefinition,
    KpiDefinition,
    KpiId,
    SignalRules,
    Target,
    Week,
)
from facilitator.domain.kpis.movers import Breakdown
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.signals import add_signals
from facilitator.tui.dialogs.kpi_view import KpiSnapshot, KpiView
from facilitator.tui.dialogs.questions import TextEntry
from facilitator.tui.widgets.kpi_chart import KpiChart
from tests.scorecard_factories import STEADY, UNUSUAL, WEEK, make_scorecard
from tests.tui.harness import StyledApp, wait_for_workers, wait_until

FILE = Source(
    file="US/business-report.csv",
    kind="business-report",
    sha256="51d0c3b2a1f00e77",
    rows_read=12,
    rows_kept=11,
)


class KpiViewUi:
    """A KPI view over a scorecard that its keys can change."""

    def __init__(self, breakdown: Breakdown | None = None) -> None:
        told = make_scorecard(
            {ALL: UNUSUAL, "DE": STEADY, "US": UNUSUAL}, target=Target(at_least=9.0)
        )
        self.card = replace(told, sources=(FILE,))
        self.said: tuple[str, ...] = ()
        self.agreed: AgreedDefinition | None = None
        self.asked = 0
        self.marked: list[tuple[date, str]] = []
        self.weeks_read: list[date] = []
        self.moved_by = breakdown or Breakdown()
        self.fails = False
        self.app = StyledApp()
        self.pilot: Pilot[None]
        series = self.card.series[0]
        self.view = KpiView(self.snapshot(series.kpi, series.marketplace), self)

    def snapshot(self, _kpi: KpiId, _marketplace: Marketplace) -> KpiSnapshot:
        return KpiSnapshot(
            scorecard=self.card,
            definition=self.card.definitions[0],
            series=self.card.series[0],
            owner="陈梅",
            agreed=self.agreed,
            said=self.said,
        )

    def ask_answer(self, _kpi: KpiId, _marketplace: Marketplace) -> None:
        self.asked += 1

    def ask_answer_alone(self, _kpi: KpiId, _marketplace: Marketplace) -> None:
        self.asked += 10

    def mark_week(self, _marketplace: Marketplace, week_end: date, what: str) -> None:
        self.marked.append((week_end, what))
        occasion = Occasion(first_day=week_end, last_day=week_end, what=what)
        self.card = add_signals(self.card, SignalRules(), (occasion,) if what else ())

    def agree_definition(self, kpi: KpiId, text: str) -> None:
        self.agreed = AgreedDefinition(kpi=kpi, text=text, agreed_on=WEEK.end)

    def breakdown(self, _definition: KpiDefinition, week: Week) -> Breakdown:
        self.weeks_read.append(week.end)
        if self.fails:
            raise StorageError("The reports cannot be read.")
        return self.moved_by

    @asynccontextmanager
    async def open(self, size: tuple[int, int] = (80, 24)) -> AsyncIterator["KpiViewUi"]:
        async with self.app.run_test(size=size) as self.pilot:
            await self.app.push_screen(self.view)
            await wait_for_workers(self.pilot)
            yield self

    def text(self, name: str) -> str:
        """Return the text of a part, with wrapped lines joined."""
        part = self.view.query_one(name, Static)
        lines = (
            "".join(each.text for each in part.render_line(y)) for y in range(part.size.height)
        )
        told = (line.replace("\N{NO-BREAK SPACE}", " ").strip() for line in lines)
        return " ".join(told) if part.display else ""

    @property
    def moved(self) -> str:
        return self.text("MoversList")

    @property
    def chosen(self) -> int:
        chart_data = self.view.query_one(KpiChart).chart_data
        assert chart_data is not None
        return chart_data.chosen


async def test_the_view_says_why_the_week_is_unusual_and_shows_its_sums() -> None:
    async with KpiViewUi().open() as ui:
        assert "Lowest of 14 weeks; usual is 9.2–13.6 %." in ui.text(".signal")
        assert "Week to Sun 22 Nov · 8.0 % · 80 ÷ 1,000" in ui.text(".week")


async def test_the_view_lists_marketplaces_with_both_marks() -> None:
    async with KpiViewUi().open() as ui:
        told = ui.text(".marketplaces")

        assert re.search(r"total +8.0 % .*▲ ◆ low +DE +11.4 % .*✓ on target +US +8.0 %", told)


@pytest.mark.parametrize("keys", [("left", "left", "right"), ("left_square_bracket",)])
async def test_keys_choose_another_week(keys: tuple[str, ...]) -> None:
    async with KpiViewUi().open() as ui:
        await ui.pilot.press(*keys)

        assert ui.chosen == len(UNUSUAL) - 2
        assert "Week to Sun 15 Nov · 11.4 %" in ui.text(".week")


async def test_another_week_names_the_week_under_review() -> None:
    async with KpiViewUi().open() as ui:
        assert ui.text(".signal").startswith("Lowest of 14 weeks")

        await ui.pilot.press("left")
        assert ui.text(".signal").startswith("Week to Sun 22 Nov: Lowest of 14 weeks")


async def test_the_week_cannot_move_beyond_the_ends() -> None:
    async with KpiViewUi().open() as ui:
        await ui.pilot.press("right")
        assert ui.chosen == len(UNUSUAL) - 1

        await ui.pilot.press(*["left"] * 20)
        assert ui.chosen == 0


async def test_marking_a_week_recalculates_the_signals() -> None:
    async with KpiViewUi().open() as ui:
        await ui.pilot.press("left", "e")
        await wait_for_workers(ui.pilot)
        assert isinstance(ui.app.screen, TextEntry)
        await ui.pilot.press(*"断货", "enter")
        await wait_for_workers(ui.pilot)

        assert ui.marked == [(WEEK.back(1).end, "断货")]
        assert "断货" in ui.text(".week")
        assert "Exceptional weeks not counted: 1." in ui.text(".signal")
        assert "◇ 断货" in str(ui.view.query_one(".legend", Static).render())


async def test_a_mark_can_be_changed_or_removed() -> None:
    ui = KpiViewUi()
    ui.mark_week(ALL, WEEK.end, "Prime Day")
    async with ui.open():
        await ui.pilot.press("e")
        await wait_for_workers(ui.pilot)
        line = ui.app.screen.query_one(Input)
        assert line.value == "Prime Day"

        line.value = ""
        await ui.pilot.press("enter")
        await wait_for_workers(ui.pilot)
        assert ui.marked[-1] == (WEEK.end, "")
        assert "Prime Day" not in ui.text(".week")


async def test_one_key_asks_for_the_answer_and_it_is_shown() -> None:
    async with KpiViewUi().open() as ui:
        assert ui.text(".answers") == ""

        await ui.pilot.press("c")
        assert ui.asked == 1

        ui.said = ("Cause: a competitor cut the price",)
        ui.view.on_screen_resume()
        await ui.pilot.pause()
        assert "a competitor cut the price" in ui.text(".answers")


async def test_definition_owner_and_source_are_shown() -> None:
    async with KpiViewUi().open() as ui:
        assert "units ordered ÷ sessions" in ui.text(".definition")
        assert "Responsible: 陈梅" in ui.text(".definition")
        assert "US/business-report.csv · business-report · 11 of 12 rows" in ui.text(".sources")
        assert "sha256 51d0c3b2a1f0" in ui.text(".sources")


async def test_everything_is_reached_by_keyboard_in_a_small_terminal() -> None:
    async with KpiViewUi().open() as ui:
        scroll = ui.view.query_one(VerticalScroll)
        assert scroll.has_focus
        await ui.pilot.press("end")
        await wait_until(ui.pilot, lambda: scroll.scroll_y == scroll.max_scroll_y)

        assert scroll.scroll_y == scroll.max_scroll_y > 0


def _orders(name: str, before: float, now: float, week: Week = WEEK) -> tuple[Contribution, ...]:
    return tuple(
        Contribution(
            dimension="asin",
            name=name,
            marketplace=Marketplace("US"),
            measure=Measure("units_ordered"),
            week_end=each.end,
            amount=amount,
        )
        for each, amount in ((week.back(1), before), (week, now))
    )


async def test_an_agreed_definition_is_entered_and_shown() -> None:
    async with KpiViewUi().open() as ui:
        await ui.pilot.press("d")
        await ui.pilot.press(*"[b]Without VAT", "enter")
        await wait_for_workers(ui.pilot)
        definition = ui.view.query_one(".definition", Static)
        assert "Agreed on Sun 22 Nov: [b]Without VAT" in str(definition.content)
        await ui.pilot.press("d")
        assert ui.app.screen.query_one(Input).value == "[b]Without VAT"


async def test_an_agreed_definition_scrolls_into_view_in_a_small_terminal() -> None:
    async with KpiViewUi().open((80, 24)) as ui:
        window = ui.view.query_one(VerticalScroll)
        definition = ui.view.query_one(".definition", Static)
        assert not window.region.overlaps(definition.region)
        await ui.pilot.press("d")
        await ui.pilot.press(*"Without VAT", "enter")
        await wait_for_workers(ui.pilot)
        await wait_until(ui.pilot, lambda: window.region.overlaps(definition.region))
        assert window.region.overlaps(definition.region)


async def test_without_any_value_there_is_no_chart() -> None:
    ui = KpiViewUi()
    ui.card = make_scorecard({ALL: (None,) * len(UNUSUAL)})
    async with ui.open():
        assert not ui.view.query_one(KpiChart).display


async def test_movers_are_listed_by_name_with_their_changes() -> None:
    told = Breakdown(contributions=(*_orders("B0CX1", 50, 20), *_orders("[b]x", 10, 11)))
    async with KpiViewUi(told).open((120, 40)) as ui:
        assert "Products (ASIN)" in ui.moved
        assert "B0CX1 · US" in ui.moved
        assert "−3.0 pp" in ui.moved
        assert "50 → 20" in ui.moved
        assert "[b]x · US" in ui.moved


async def test_movers_of_another_week_are_read_once_on_demand() -> None:
    earlier = WEEK.back(1)
    told = Breakdown(
        contributions=(*_orders("B0CX1", 50, 20), *_orders("B0CX2", 10, 40, week=earlier))
    )
    async with KpiViewUi(told).open((120, 40)) as ui:
        assert "10 → 40" not in ui.moved

        for key in ("left", "right", "left"):
            await ui.pilot.press(key)
            await wait_for_workers(ui.pilot)

        assert "10 → 40" in ui.moved
        assert ui.weeks_read == [WEEK.end, earlier.end]


async def test_the_first_week_has_no_movers() -> None:
    async with KpiViewUi().open((120, 40)) as ui:
        await ui.pilot.press(*["left"] * len(UNUSUAL))
        await wait_for_workers(ui.pilot)

        assert ui.moved == "There is no week before it."


async def test_only_files_of_the_chosen_week_are_listed() -> None:
    ui = KpiViewUi()
    old = replace(FILE, file="old.csv", first_day=WEEK.back(5).start, last_day=WEEK.back(1).end)
    ui.card = replace(
        ui.card,
        sources=(FILE, old),
        series=tuple(replace(each, sources=(FILE.file, old.file)) for each in ui.card.series),
    )
    async with ui.open():
        assert "old.csv" not in ui.text(".sources")

        await ui.pilot.press("left")
        assert "old.csv" in ui.text(".sources")


async def test_reports_that_have_changed_since_are_named() -> None:
    told = Breakdown(sources=(replace(FILE, sha256="other"),))
    async with KpiViewUi(told).open((120, 40)) as ui:
        assert "have changed since they were read: US/business-report.csv" in ui.moved
        assert "No report breaks it down by campaign, product or search term." in ui.moved


async def test_reports_that_cannot_be_read_leave_the_view_open_and_say_so() -> None:
    ui = KpiViewUi()
    ui.fails = True
    async with ui.open():
        assert [notice.message for notice in ui.app._notifications] == [
            "The reports cannot be read."
        ]
        assert ui.app.screen is ui.view
