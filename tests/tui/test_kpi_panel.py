"""The KPI table: both marks, and the key to the next KPI without an answer."""

from datetime import date

import pytest
from msgspec.structs import replace
from rich.text import Text
from textual.app import ComposeResult

from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import KpiId, Target
from facilitator.domain.kpis.scorecard import Reading, WindowReading
from facilitator.render.kpi_panel import Heading, PanelRow
from facilitator.render.language import Language
from facilitator.render.scorecard import kpi_rows
from facilitator.tui.widgets.kpi_panel import (
    KpiPanel,
    name_and_week_widths,
    next_concern,
    shortened,
    status_text,
)
from tests.scorecard_factories import STEADY, UNUSUAL, definition, make_scorecard
from tests.tui.harness import StyledApp

ACOS = definition("acos", "ACoS")


def rows(*answered: str) -> tuple[PanelRow, ...]:
    """Return rows with two concerns off target, one unusual, and what is folded."""
    card = make_scorecard({ALL: UNUSUAL}, kpi=ACOS)
    (row,) = kpi_rows(card, Language())
    names = ("acos", "", "cvr", "buy_box")
    kpis = tuple(
        replace(
            row,
            kpi=KpiId(each),
            is_lead=bool(each),
            needs_answer=each != "buy_box",
            is_answered=each in answered,
        )
        for each in names
    )
    return (*kpis, Heading(text="▸ 3 on target", is_fold=True))


def test_the_key_cycles_through_concerns_without_an_answer() -> None:
    assert [next_concern(rows(), place) for place in range(4)] == [2, 2, 0, 0]


def test_answered_concerns_are_skipped_until_all_are_answered() -> None:
    assert next_concern(rows("cvr"), 0) == 0
    assert next_concern(rows("acos", "cvr"), 0) == 2


def test_without_a_concern_the_cursor_stays() -> None:
    assert next_concern(rows()[-1:], 0) is None


@pytest.mark.parametrize(("width", "name"), [(30, "Keyword coverage US"), (14, "Keyword co… US")])
def test_a_name_is_cut_before_the_shop_after_it(width: int, name: str) -> None:
    (row,) = kpi_rows(make_scorecard({"US": UNUSUAL}), Language())

    assert shortened(row, Text("Keyword coverage US"), width).plain == name


def test_the_more_important_mark_is_text_and_the_other_a_symbol() -> None:
    card = make_scorecard(
        {ALL: UNUSUAL, "DE": (11.0, 11.1), "US": STEADY}, target=Target(at_least=9)
    )
    both, young, plain = kpi_rows(card, Language())
    both = replace(both, is_answered=True, is_lead=True)

    assert status_text(both).plain == "▲ ◆ low ✎"
    assert status_text(young).plain == "✓ on target ?"
    assert status_text(plain).plain == "✓ on target"


@pytest.mark.parametrize(
    ("space", "names", "weeks"),
    [(80, 37, 13), (63, 20, 13), (60, 20, 10), (56, 20, 6), (50, 14, 6), (10, 8, 6)],
    ids=["ample", "all fits", "fewer weeks", "fewest weeks", "names cut", "hopeless"],
)
def test_weeks_are_dropped_before_names_are_shortened(space: int, names: int, weeks: int) -> None:
    row = [Text(" " * cells) for cells in (20, 6, 6, 8, 13, 10)]

    assert name_and_week_widths([row], space) == (names, weeks)


def test_the_days_of_a_value_that_is_not_weekly_are_not_cut() -> None:
    row = [Text(" " * cells) for cells in (20, 6, 6, 8, 13, 19)]

    assert name_and_week_widths([row], 62, 15) == (8, 15)
    assert name_and_week_widths([row], 100, 15) == (46, 15)


def test_a_reduced_report_is_a_sign_beside_the_marks() -> None:
    (row,) = kpi_rows(make_scorecard({ALL: UNUSUAL}, target=Target(at_least=9)), Language())

    assert status_text(replace(row, coverage="¼ reduced report")).plain == "▲ ◆ low ¼"


class PanelApp(StyledApp):
    """An app with the table alone."""

    def compose(self) -> ComposeResult:
        yield KpiPanel()


@pytest.mark.parametrize("width", [70, 90, 120])
async def test_long_names_do_not_widen_the_table(width: int) -> None:
    long = definition("acos", "广告销售成本占广告带来的销售额的比例 ACoS")
    panel_app = PanelApp()
    async with panel_app.run_test(size=(width, 24)) as pilot:
        panel = panel_app.query_one(KpiPanel)
        (row,) = kpi_rows(
            make_scorecard({ALL: UNUSUAL}, kpi=long, target=Target(at_most=9)), Language()
        )
        panel.rows_shown = (replace(row, is_answered=True, is_lead=True),)
        await pilot.pause()
        await pilot.resize_terminal(width - 10, 24)
        await pilot.pause()
        name, *_figures, mark = panel.get_row_at(0)

        assert panel.max_scroll_x == 0
        assert ("…" in name.plain) == (width < 110)
        assert mark.plain.endswith("✎")


@pytest.mark.parametrize("width", [78, 120])
async def test_a_value_that_is_not_weekly_fits_with_its_days(width: int) -> None:
    card = make_scorecard({ALL: (*STEADY, None), "US": UNUSUAL}, target=Target(at_least=9))
    told = WindowReading(
        first_day=date(2026, 10, 26),
        last_day=date(2026, 11, 22),
        reading=Reading(week_end=date(2026, 11, 22), value=56.4),
    )
    total = replace(card.series[0], window_reading=told)
    panel_app = PanelApp()
    async with panel_app.run_test(size=(width, 24)) as pilot:
        panel = panel_app.query_one(KpiPanel)
        panel.rows_shown = kpi_rows(
            replace(card, series=(total, *card.series[1:])), Language(), weeks=13
        )
        await pilot.pause()
        _name, actual, _target, _change, days, mark = panel.get_row_at(0)

        assert panel.max_scroll_x == 0
        assert (actual.plain.replace("\N{NO-BREAK SPACE}", " "), days.plain, mark.plain) == (
            "56.4 %",
            "26 Oct – 22 Nov",
            "28 days, not weekly",
        )


async def test_equal_rows_and_a_new_height_do_not_rebuild_the_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panel_app = PanelApp()
    async with panel_app.run_test(size=(90, 24)) as pilot:
        panel = panel_app.query_one(KpiPanel)
        panel.rows_shown = rows()
        await pilot.pause()
        built: list[bool] = []
        monkeypatch.setattr(panel, "clear", lambda **_more: built.append(True))
        panel.rows_shown = rows()
        await pilot.resize_terminal(90, 20)
        await pilot.pause()

        assert built == []


async def test_a_wide_table_says_in_words_how_the_week_compares() -> None:
    panel_app = PanelApp()
    async with panel_app.run_test(size=(160, 24)) as pilot:
        panel = panel_app.query_one(KpiPanel)
        panel.rows_shown = rows()
        await pilot.pause()

        mark = panel.get_row_at(0)[-1].plain.replace("\N{NO-BREAK SPACE}", " ")
        assert mark == "lowest of 14 weeks; usual is 9–14 %"


def test_in_words_a_usual_week_off_target_still_says_so() -> None:
    card = make_scorecard({ALL: (*STEADY, 11.4)}, target=Target(at_least=12))
    (row,) = kpi_rows(card, Language())

    text = status_text(row, in_words=True).plain.replace("\N{NO-BREAK SPACE}", " ")
    assert text == "▲ off target · within its usual 9–14 %"
