"""KPIs that are no plain number: ∞, nothing to count, a window, a part, a reduced report."""

from dataclasses import dataclass
from datetime import date

import pytest
from msgspec.structs import replace

from facilitator.domain.kpis.facts import ALL, Currency, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, SignalRules, Target, Week
from facilitator.domain.kpis.scorecard import KpiSeries, Reading, Scorecard, WindowReading
from facilitator.domain.kpis.signals import add_signals
from facilitator.domain.meeting import Meeting
from facilitator.render.kpi_answers import question_background, value_with_marks
from facilitator.render.kpi_details import week_line, window_line
from facilitator.render.language import Language
from facilitator.render.marketplace_matrix import cell_details, draft_reallocation
from facilitator.render.marketplace_matrix import marketplace_matrix as matrix_of
from facilitator.render.pre_read import render_pre_read
from facilitator.render.scorecard import KpiRow, division_by_zero, kpi_rows
from facilitator.render.sections.kpi_table import kpi_table
from facilitator.render.sections.kpis import kpi_answers
from facilitator.render.signals import signal_explanation
from tests.factories import MeetingHarness, agenda

WEEK = Week(end=date(2026, 11, 22))
EUR, DE, US = Currency("EUR"), Marketplace("DE"), Marketplace("US")
ACOS = KpiDefinition(
    id=KpiId("acos"),
    name="ACoS",
    name_zh="广告销售成本比 ACoS",
    group="advertising",
    numerator=("ad_spend",),
    denominator=("ad_sales",),
    scale=100.0,
    higher_is_better=False,
)
SUPPLY = replace(
    ACOS, id=KpiId("supply"), numerator=("units_available",), denominator=("units_shipped_t30",)
)
USUAL = Reading(week_end=WEEK.end, value=20.0, numerator=20, denominator=100, currency=EUR)
BEFORE = replace(USUAL, week_end=WEEK.back(1).end, value=18.0)
WORST = Reading(
    week_end=WEEK.end,
    value=None,
    numerator=175.0,
    denominator=0.0,
    currency=EUR,
    is_worse_than_any_target=True,
)
NOTHING = replace(
    WORST, numerator=0.0, is_worse_than_any_target=False, missing=("nothing:ad_sales",)
)
UNKNOWN = Reading(week_end=WEEK.end, value=None, missing=("straddles:ad_spend",))
WINDOW = WindowReading(
    first_day=date(2026, 10, 26),
    last_day=WEEK.end,
    reading=replace(USUAL, value=56.358, numerator=913, denominator=1620),
)


def series_of(
    *readings: Reading, shop: Marketplace = ALL, window: WindowReading | None = None
) -> KpiSeries:
    return KpiSeries(
        kpi=ACOS.id,
        marketplace=shop,
        readings=readings,
        target=Target(at_most=25),
        window_reading=window,
    )


def card_of(*series: KpiSeries) -> Scorecard:
    return Scorecard(week=WEEK, definitions=(ACOS,), series=series)


def row_of(series: KpiSeries, language: Language) -> KpiRow:
    (row,) = kpi_rows(card_of(series), language)
    return row


def meeting_with(*series: KpiSeries) -> Meeting:
    return replace(MeetingHarness(agenda()).meeting, scorecard=card_of(*series))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@dataclass(frozen=True)
class Shown:
    """A reading, and the words for it in English and Chinese."""

    series: KpiSeries
    actual: tuple[str, str]
    mark: tuple[str, str]
    why: tuple[str, str] = ("", "")


@pytest.mark.parametrize("place", [0, 1], ids=["en", "zh"])
@pytest.mark.parametrize(
    "shown",
    [
        Shown(
            series_of(BEFORE, WORST),
            ("∞", "∞"),
            ("▲ off target", "▲ 未达标"),
            ("no ad sales for €175 of ad spend", "广告花费 €175，广告销售额为 0"),
        ),
        Shown(series_of(BEFORE, NOTHING), ("–", "–"), ("– nothing to count", "– 无可计算数据")),
        Shown(
            series_of(BEFORE, UNKNOWN, window=WINDOW),
            ("56.4 %", "56.4%"),
            ("28 days, not weekly", "28 天，非周数据"),
        ),
        Shown(
            series_of(BEFORE, UNKNOWN),
            ("–", "–"),
            ("? no data", "? 无数据"),
            ("no weekly ad spend", "广告花费没有周数据"),
        ),
    ],
    ids=["worst", "nothing", "window", "unknown"],
)
def test_a_row_says_what_it_is_in_both_languages(
    shown: Shown, place: int, english: Language, chinese: Language
) -> None:
    row = row_of(shown.series, (english, chinese)[place])

    assert (plain(row.actual), row.mark, row.why) == (
        shown.actual[place],
        shown.mark[place],
        shown.why[place],
    )


def test_a_window_has_its_days_in_the_place_of_weeks(english: Language) -> None:
    assert row_of(series_of(UNKNOWN, window=WINDOW), english).days == "26 Oct – 22 Nov"
    assert row_of(series_of(USUAL), english).days == ""


def test_quantities_without_money_are_said_without_of(english: Language) -> None:
    reading = replace(WORST, numerator=400.0, currency=None)

    assert english.translate(division_by_zero(reading, SUPPLY)) == (
        "no units shipped in 30 days for 400 units available"
    )


def test_several_measures_are_said_as_their_sum(english: Language) -> None:
    organic = replace(ACOS, numerator=("order_items", "-ad_orders"))

    assert english.translate(division_by_zero(replace(WORST, numerator=17.5), organic)) == (
        "no ad sales for €17.50 of order items − ad orders"
    )


def test_what_is_worse_than_any_target_comes_first_among_the_shops(english: Language) -> None:
    usual = [series_of(BEFORE, USUAL, shop=shop) for shop in (ALL, US)]
    card = card_of(*usual, series_of(BEFORE, WORST, shop=DE))

    assert [row.name for row in kpi_rows(card, english)] == ["ACoS", "DE", "US"]


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (BEFORE, USUAL, "+2.0 pp"),
        (BEFORE, replace(USUAL, is_partial=True), "–"),
        (replace(BEFORE, is_partial=True), USUAL, "–"),
        (BEFORE, WORST, "–"),
        (replace(WORST, week_end=BEFORE.week_end), USUAL, "–"),
        (BEFORE, UNKNOWN, ""),
        (BEFORE, replace(USUAL, is_reduced=True), "+2.0 pp"),
    ],
    ids=["whole", "part", "after a part", "worst", "after the worst", "unknown", "reduced"],
)
def test_weeks_that_cannot_be_compared_have_a_dash_for_their_change(
    before: Reading, now: Reading, change: str, english: Language
) -> None:
    assert plain(row_of(series_of(before, now), english).change) == change


def test_weeks_in_part_are_gaps_and_the_worst_is_infinite_in_the_sparkline(
    english: Language,
) -> None:
    part = replace(USUAL, is_partial=True)

    assert row_of(series_of(BEFORE, part, WORST, USUAL), english).spark == "▁⋅∞█"


@pytest.mark.parametrize(
    ("reading", "mark"),
    [
        (replace(USUAL, is_partial=True), "½ incomplete week"),
        (replace(USUAL, is_reduced=True), "¼ reduced report"),
        (replace(WORST, is_partial=True), "½ incomplete week"),
        (replace(UNKNOWN, is_partial=True), ""),
        (USUAL, ""),
    ],
)
def test_what_holds_too_little_is_marked_everywhere(
    reading: Reading, mark: str, english: Language
) -> None:
    series = series_of(BEFORE, reading, shop=DE)

    assert row_of(series, english).coverage == mark
    assert (mark in value_with_marks(ACOS, series, english)) == bool(mark) or not mark
    assert mark in kpi_table(meeting_with(series), english)
    assert mark in cell_details(series, ACOS, english)
    (cell,) = matrix_of(card_of(series), english).rows[0].cells[1:]
    assert cell is not None
    assert cell.marks.endswith(mark[:1])


def test_past_weeks_in_part_are_marked_in_the_background_of_a_question(english: Language) -> None:
    series = series_of(replace(BEFORE, is_partial=True), WORST)

    assert "18.0 % ½ → ∞" in plain(question_background(meeting_with(series), series, english))


def test_the_minutes_and_the_pre_read_say_what_was_divided_by_zero(english: Language) -> None:
    meeting = meeting_with(series_of(BEFORE, USUAL), series_of(BEFORE, WORST, shop=DE))
    words = "∞ (no ad sales for €175 of ad spend, ▲ target ≤ 25 %)"

    assert words in plain(kpi_answers(meeting, english))
    assert words in plain(render_pre_read(meeting, english, ()))
    table = plain(kpi_table(meeting, english))
    assert "∞ ▲" in table
    assert "- ACoS (DE): no ad sales for €175 of ad spend" in table
    draft = draft_reallocation(card_of(series_of(USUAL), series_of(WORST, shop=DE)), english)
    assert draft is not None
    assert "DE ∞ ▲" in draft.background


def test_the_minutes_and_the_pre_read_tell_a_window(english: Language) -> None:
    meeting = meeting_with(series_of(UNKNOWN, window=WINDOW))

    table = plain(kpi_table(meeting, english))
    assert "| 56.4 % · 26 Oct – 22 Nov |" in table
    assert "28 days, not weekly" in table
    assert kpi_answers(meeting, english) == ""
    assert "56.4 % · 26 Oct – 22 Nov (28 days, not weekly)" in plain(
        render_pre_read(meeting, english, ())
    )


def test_the_sentence_about_a_reduced_report_comes_before_what_is_usual(
    english: Language, chinese: Language
) -> None:
    reduced = replace(USUAL, value=90.0, is_reduced=True)
    card = add_signals(card_of(series_of(BEFORE, reduced)), SignalRules(), ())

    texts = [signal_explanation(card.series[0], ACOS, each) for each in (english, chinese)]

    assert texts[0].startswith("A report holds far less than the week before: check it first. Not")
    assert texts[1].startswith("有份报告的数据远少于上周，请先核对。")


def test_nothing_to_count_is_not_called_missing_in_the_minutes(english: Language) -> None:
    table = kpi_table(meeting_with(series_of(NOTHING)), english)

    assert "nothing to count" in table
    assert "missing" not in table


def test_the_view_of_a_kpi_tells_the_sums_of_what_is_no_plain_number(english: Language) -> None:
    assert plain(week_line(WORST, ACOS, (), english)) == (
        "Week to Sun 22 Nov · ∞ · no ad sales for €175 of ad spend"
    )
    assert plain(window_line(WINDOW, ACOS, english)) == (
        "26 Oct – 22 Nov · 28 days, not weekly · 56.4 % · 913 ÷ 1,620 EUR"
    )
    assert "far less than the week before" in week_line(
        replace(USUAL, is_reduced=True), ACOS, (), english
    )
