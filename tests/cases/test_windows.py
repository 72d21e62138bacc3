"""What a row tells for when: days, weeks, months, whole exports, and days that cannot be."""

import os
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cases.exports import (
    KPI_VALUES,
    ads,
    business,
    campaigns,
    inventory,
    lines,
    returns,
    summary,
)
from tests.cases.workbench import DAYS, Workbench, left_out, ready_lines, total, wants

WEEK = ("2026-11-16", "2026-11-22")
MONTH = ("2026-10-26", "2026-11-22")
SEARCH = wants("search-term")
BUSINESS = wants("business")


def days(first: str, count: int, step: int = 1) -> list[date]:
    start = date.fromisoformat(first)
    return [start + timedelta(days=number * step) for number in range(count)]


def american(moments: list[date]) -> list[str]:
    return [f"{day:%m/%d/%Y}" for day in moments]


def european(moments: list[date]) -> list[str]:
    return [f"{day:%d/%m/%Y}" for day in moments]


def test_a_summary_of_exactly_the_week_is_that_week(bench: Workbench) -> None:
    rows = summary((*WEEK, "a", 100, 400, 10), (*WEEK, "b", 50, 200, 5))
    bench.make({"US/st.csv": rows}, data=SEARCH)

    answer = bench.kpi()

    assert answer.sums("acos", "US") == (150.0, 600.0)
    assert not answer.series("acos", "US")["is_partial"]
    assert answer.said("US/st.csv") == ""
    assert len(ready_lines(bench.check())) == 1
    assert bench.inspect("US/st.csv")[0] == 0


def test_windows_inside_the_week_are_summed(bench: Workbench) -> None:
    rows = summary(
        ("2026-11-16", "2026-11-18", "a", 100, 400, 10),
        ("2026-11-19", "2026-11-22", "a", 50, 200, 5),
        ("2026-11-20", "2026-11-20", "b", 5, 20, 1),
    )
    answer = bench.make({"US/st.csv": rows}).kpi()

    assert answer.sums("acos", "US") == (155.0, 620.0)
    assert not answer.series("acos", "US")["is_partial"]


def test_a_window_over_two_weeks_makes_both_unknown(bench: Workbench) -> None:
    rows = summary(
        ("2026-11-13", "2026-11-17", "a", 100, 400, 10),
        *((day, day, "b", 10, 40, 1) for day in days("2026-11-09", 14)),
    )
    bench.make({"US/st.csv": rows}, data=SEARCH)

    answer = bench.kpi()

    assert set(answer.history("acos", "US")) <= {None}
    assert answer.sums("acos", "US")[0] not in (70.0, 170.0)
    assert ready_lines(bench.check()) == []


def test_weeks_that_no_long_window_touches_stay_known(bench: Workbench) -> None:
    rows = summary(
        ("2026-11-04", "2026-11-10", "a", 100, 400, 10),
        *((day, day, "b", 10, 40, 1) for day in DAYS),
    )
    answer = bench.make({"US/st.csv": rows}).kpi()

    assert answer.sums("acos", "US") == (70.0, 280.0)


def test_a_summary_beside_daily_files_is_only_compared(bench: Workbench) -> None:
    bench.make(
        {
            "US/daily.csv": ads(days("2026-10-26", 28), term="a", spend="10", sales="40"),
            "US/summary.csv": summary((*MONTH, "a", 280, 1120, 28)),
        }
    )
    answer = bench.kpi()

    assert answer.sums("acos", "US") == (70.0, 280.0)
    assert answer.history("acos", "US")[-4:] == [25.0] * 4
    assert not answer.series("acos", "US")["is_partial"]


def test_a_summary_that_differs_from_the_days_is_told_and_not_added(bench: Workbench) -> None:
    bench.make(
        {
            "US/daily.csv": ads(days("2026-10-26", 28), term="a", spend="10", sales="40"),
            "US/summary.csv": summary((*MONTH, "a", 560, 1120, 28)),
        }
    )
    answer = bench.kpi()

    assert answer.sums("acos", "US") == (70.0, 280.0)
    assert "560" in bench.check().out


def test_summaries_of_two_exports_are_never_added(bench: Workbench) -> None:
    early, late = ("2026-10-19", "2026-11-15"), MONTH
    bench.make(
        {
            "US/st-1.csv": summary((*early, "a", 100, 400, 10)),
            "US/st-2.csv": summary((*late, "a", 300, 600, 10)),
        }
    )
    answer = bench.kpi()

    assert set(answer.history("acos", "US")) <= {None}
    assert {"US/st-1.csv", "US/st-2.csv"} <= set(answer.files)
    window = answer.series("acos", "US")["window"]
    assert (window["first_day"], window["last_day"]) == late
    assert (window["numerator"], window["denominator"]) == (300.0, 600.0)


def test_the_figures_of_a_summary_have_no_trend(bench: Workbench) -> None:
    bench.make({"US/st.csv": summary((*MONTH, "a", 900, 1500, 50))})

    acos = bench.kpi().series("acos", "US")

    assert "28 days" in bench.table()
    assert acos["change"] is None
    assert not acos["signal"] or not acos["signal"]["is_unusual"]
    assert not acos["is_red"]  # it may be answered, by choice


def test_a_summary_that_ends_years_ago_is_no_reading_of_the_week(bench: Workbench) -> None:
    bench.make({"US/st.csv": summary(("2024-10-26", "2024-11-22", "a", 900, 1500, 50))})

    assert bench.kpi().value("acos", "US") is None
    assert "28 days" not in bench.table()


def test_weekly_rows_are_weeks_that_end_on_saturday(bench: Workbench) -> None:
    rows = business(american(days("2026-11-01", 4, 7)), units=120, sessions=1100)
    bench.make({"US/business.csv": rows}, data='week_ends_on = "saturday"')

    answer = bench.kpi("2026-11-21")

    assert answer.sums("cvr", "US") == (120.0, 1100.0)
    history = answer.series("cvr", "US")["history"]
    assert [week["week_end"] for week in history][-3:] == ["2026-11-07", "2026-11-14", "2026-11-21"]


def test_windows_that_all_end_on_another_weekday_offer_that_weekday(bench: Workbench) -> None:
    rows = summary(
        ("2026-11-01", "2026-11-07", "a", 100, 400, 10),
        ("2026-11-08", "2026-11-14", "a", 100, 400, 10),
        ("2026-11-15", "2026-11-21", "a", 100, 400, 10),
    )
    bench.make({"US/st.csv": rows}, data=SEARCH)

    assert bench.kpi().value("acos", "US") is None
    assert 'week_ends_on = "saturday"' in bench.check().out


def test_summaries_of_weeks_from_sunday_are_weeks_for_a_team_of_such_weeks(
    bench: Workbench,
) -> None:
    rows = summary(
        ("2026-11-08", "2026-11-14", "a", 100, 400, 10),
        ("2026-11-15", "2026-11-21", "a", 50, 400, 10),
    )
    bench.make({"US/st.csv": rows}, data='week_ends_on = "saturday"')

    assert bench.kpi("2026-11-21").history("acos", "US") == [25.0, 12.5]


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("US/business.csv", "Date"),
        ("US/business-zh.csv", "日期"),
    ],
)
def test_monthly_business_reports_are_never_days(bench: Workbench, name: str, head: str) -> None:
    rows = business(american([date(2026, month, 1) for month in (8, 9, 10, 11)]), units=300)
    bench.make({name: rows.replace("Date", head, 1)}, data=BUSINESS)

    answer = bench.kpi()

    assert answer.value("cvr", "US") is None
    assert name in answer.files
    assert ready_lines(bench.check()) == []


@pytest.mark.parametrize(
    ("place", "moments"),
    [
        ("US", ["09/01/2026", "10/01/2026", "11/01/2026"]),
        ("UK", ["01/09/2026", "01/10/2026", "01/11/2026"]),
    ],
)
def test_firsts_of_months_of_this_year_are_no_days_of_january(
    bench: Workbench, place: str, moments: list[str]
) -> None:
    bench.make({f"{place}/business.csv": business(moments, sales="100.00")}, place)

    fields = bench.inspected(f"{place}/business.csv")

    assert (fields["first_day"], fields["last_day"]) == ("2026-09-01", "2026-11-30")
    assert left_out(fields, "unplaced")["units_ordered"] == (30.0, 3)
    assert "were read with the" in bench.kpi().said(f"{place}/business.csv")


@pytest.mark.parametrize("day", ["11/22/2026", "11/15/2026", "11/01/2026"])
def test_a_single_date_that_begins_a_week_or_a_month_is_asked_about(
    bench: Workbench, day: str
) -> None:
    bench.make({"US/business.csv": business([day])}, data=BUSINESS)

    answer = bench.kpi()

    assert "US/business.csv" in answer.files
    assert answer.value("cvr", "US") is None or answer.series("cvr", "US")["is_partial"]
    assert ready_lines(bench.check()) == []


def test_a_single_date_in_the_middle_of_a_week_is_a_day(bench: Workbench) -> None:
    answer = bench.make({"US/business.csv": business(["11/18/2026"])}).kpi()

    assert answer.sums("cvr", "US") == (10.0, 100.0)
    assert answer.series("cvr", "US")["is_partial"]


def test_the_last_day_of_the_days_in_a_name_is_a_day(bench: Workbench) -> None:
    bench.make({"US/st 2026-11-16_2026-11-22.csv": ads(["2026-11-22"])})

    assert bench.kpi().sums("acos", "US") == (25.0, 100.0)


@pytest.mark.parametrize("form", ["%Y-%m-%dT00:00:00Z", "%d-Nov-%y", "%d de noviembre de %Y"])
def test_days_are_read_in_the_forms_of_programs_and_languages(bench: Workbench, form: str) -> None:
    bench.make({"US/st.csv": ads([each.strftime(form) for each in DAYS])})

    answer = bench.kpi()

    assert (answer.sums("acos", "US"), answer.files) == ((175.0, 700.0), [])


def test_a_name_tells_the_window_of_a_single_date(bench: Workbench) -> None:
    bench.make({"US/business 2026-11-15_2026-11-21.csv": business(["11/15/2026"])})

    answer = bench.kpi()

    assert answer.value("cvr", "US") is None
    assert answer.sums("cvr", "US") != (10.0, 100.0)


def test_many_sundays_among_other_days_are_days(bench: Workbench) -> None:
    answer = bench.make({"US/business.csv": business(american(days("2026-11-09", 14)))}).kpi()

    assert answer.sums("cvr", "US") == (70.0, 700.0)
    assert "US/business.csv" not in answer.files


def test_weekly_rows_of_ads_are_windows(bench: Workbench) -> None:
    bench.make({"US/st.csv": ads(days("2026-10-25", 5, 7))}, data=SEARCH)

    answer = bench.kpi()

    assert answer.value("acos", "US") is None
    assert "US/st.csv" in answer.files
    assert ready_lines(bench.check()) == []


def test_a_row_dated_tomorrow_is_left_out_and_told(bench: Workbench) -> None:
    bench.make({"US/st.csv": ads([*DAYS, "2026-11-25"])}, data=SEARCH)

    answer = bench.kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert "2026-11-25" in answer.said("US/st.csv")
    assert ready_lines(bench.check()) == []


def test_a_row_of_today_is_nothing_to_tell(bench: Workbench) -> None:
    answer = bench.make({"US/st.csv": ads([*DAYS, "2026-11-23"])}).kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert "US/st.csv" not in answer.files


def test_a_return_dated_next_year_leaves_the_return_rate_unknown(bench: Workbench) -> None:
    bench.make(
        {
            "US/business.csv": business(),
            "US/returns.txt": returns(("2027-11-18", "111-1", "A", 1, "Unit returned", "LPN1")),
        }
    )
    answer = bench.kpi()

    assert answer.value("return_rate", "US") is None
    assert answer.series("return_rate", "US").get("status", "missing") == "missing"
    assert "2027-11-18" in answer.said("US/returns.txt")


def test_no_returns_in_a_week_that_the_list_covers_is_a_rate_of_zero(bench: Workbench) -> None:
    bench.make(
        {
            "US/business.csv": business(),
            "US/returns.txt": returns(
                ("2026-11-10", "111-1", "A", 1, "Unit returned", "LPN1"),
                ("2026-11-23", "111-2", "A", 1, "Unit returned", "LPN2"),
            ),
        }
    )
    assert bench.kpi().value("return_rate", "US") == 0.0


def test_returns_of_a_list_that_reaches_past_the_week_cover_it(bench: Workbench) -> None:
    bench.make(
        {
            "US/business.csv": business(),
            "US/returns.txt": returns(
                ("2026-11-10", "1", "A", 1, "x", "LPN1"), ("2026-11-25", "2", "A", 1, "x", "LPN2")
            ),
        }
    )
    written = datetime(2026, 11, 30, tzinfo=UTC).timestamp()
    os.utime(bench.folder / "data/US/returns.txt", (written, written))

    assert bench.kpi().value("return_rate", "US") == 0.0


@pytest.mark.parametrize(
    ("place", "currency", "moments"),
    [
        ("US", "USD", european(days("2026-11-09", 4))),
        ("DE", "EUR", american(days("2026-11-09", 4))),
        ("UK", "GBP", american(days("2026-11-08", 5))),
    ],
)
def test_days_and_months_read_the_wrong_way_round_are_never_ready(
    bench: Workbench, place: str, currency: str, moments: list[str]
) -> None:
    bench.make(
        {f"{place}/st.csv": ads(moments, currency=currency)},
        place,
        data=wants("search-term", place),
    )
    answer = bench.kpi()

    assert f"{place}/st.csv" in answer.files
    assert ready_lines(bench.check()) == []


def test_all_rows_together_decide_the_order_of_day_and_month(bench: Workbench) -> None:
    moments = european(days("2026-11-09", 14))  # 13/11 … 22/11 can only be days

    answer = bench.make({"US/business.csv": business(moments)}).kpi()

    assert answer.sums("cvr", "US") == (70.0, 700.0)


def test_a_week_that_is_covered_in_part_is_marked_and_not_compared(bench: Workbench) -> None:
    bench.make({"US/business.csv": business(days("2026-11-09", 12))})  # to 20 November

    cvr = bench.kpi().series("cvr", "US")
    growth = bench.kpi().series("order_growth", "US")

    assert cvr["is_partial"]
    assert cvr["change"] is None
    assert growth["value"] is None or growth["is_partial"]


def test_the_growth_from_a_whole_week_to_a_part_of_one_is_unknown(bench: Workbench) -> None:
    bench.make({"US/business.csv": business(american(days("2026-11-09", 12)))})

    growth = bench.kpi().series("order_growth", "US")

    assert (growth["value"], growth["numerator"]) == (None, 45.0)
    assert "order items of only a part of the week" in " ".join(bench.table().split())


def test_a_business_report_of_a_tenth_of_the_money_is_told(bench: Workbench) -> None:
    before = business(american(days("2026-11-09", 7)), sales="$1000.00")
    bench.make(
        {"US/business.csv": before + lines(*business(american(list(DAYS))).splitlines()[1:])}
    )

    answer = bench.kpi()

    assert "700.00 USD; the week before: 7,000.00 USD" in answer.said("US/business.csv")
    assert answer.series("cvr", "US")["is_reduced"]


def test_a_report_of_half_the_campaigns_is_told(bench: Workbench) -> None:
    before = "".join(
        campaigns(days("2026-11-09", 7), name=f"C{number}").split("\n", 1)[number > 0]
        for number in range(5)
    )
    bench.make({"US/w1.csv": before, "US/w2.csv": campaigns(name="C0")}, data=wants("campaign"))

    answer = bench.kpi()

    assert "US/w2.csv" in answer.files
    assert answer.series("acos", "US")["is_reduced"]
    assert "US/w2.csv" in bench.check().out


def test_a_report_with_most_of_the_week_before_is_not_told(bench: Workbench) -> None:
    moments = days("2026-11-09", 7)
    bench.make(
        {"US/w1.csv": ads(moments, spend="40"), "US/w2.csv": ads(spend="28")},
    )
    answer = bench.kpi()

    assert answer.files == []
    assert not answer.series("acos", "US")["is_reduced"]


def test_values_by_hand_of_a_past_week_are_not_told(bench: Workbench) -> None:
    rows = lines(KPI_VALUES, "2026-11-15,US,ipi,512", "2026-11-22,US,ipi,530")
    bench.make({"values.csv": rows})

    said = bench.kpi().said("values.csv")

    assert not re.search("half|week before", said)


def test_inspect_adds_up_to_the_files_own_rows(bench: Workbench) -> None:
    rows = summary(
        (*WEEK, "a", 100, 400, 10),
        (*MONTH, "b", 900, 1500, 50),
        ("2027-11-20", "2027-11-20", "c", 7, 9, 1),
        (*WEEK, "d", "n.n.", 30, 1),
    )
    bench.make({"US/st.csv": rows})

    fields = bench.inspected("US/st.csv")

    refused = left_out(fields, "refused").get("ad_sales", (0.0, 0))[0]
    unplaced = left_out(fields, "unplaced")["ad_sales"][0]
    counted = total(fields, "ad_sales")
    assert round(counted + refused + unplaced, 2) == 400 + 1500 + 9 + 30
    assert unplaced >= 1500


def test_a_summary_of_a_better_kind_leaves_the_week_to_the_days_of_another(
    bench: Workbench,
) -> None:
    text = lines(
        "Start Date,End Date,Campaign Name,Bidding strategy,Currency,Impressions,Clicks,Spend,"
        "7 Day Total Sales ,7 Day Total Orders (#)",
        "2026-10-26,2026-11-22,C,Fixed,USD,90000,900,900,1500,50",
    )
    answer = bench.make({"US/campaign.csv": text, "US/st.csv": ads()}).kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert answer.value("acos", "US") == 25.0


def test_no_kpi_is_made_of_a_remnant_of_a_summary(bench: Workbench) -> None:
    rows = summary((*MONTH, "a", 900, 1500, 50), *((day, day, "b", 10, 40, 1) for day in DAYS))
    bench.make({"US/st.csv": rows, "US/business.csv": business()})

    answer = bench.kpi()

    for kpi in ("acos", "tacos", "roas", "ctr", "ad_cvr", "organic_order_share"):
        assert answer.value(kpi, "US") is None, kpi
    assert answer.sums("cvr", "US") == (70.0, 700.0)


def test_a_summary_and_some_days_of_the_week_are_no_whole_week(bench: Workbench) -> None:
    bench.make(
        {
            "US/daily.csv": ads(DAYS[:3], term="a"),
            "US/summary.csv": summary((*MONTH, "a", 280, 1120, 28)),
        }
    )
    acos = bench.kpi().series("acos", "US")

    assert acos["value"] is None or acos["is_partial"]


def test_weeks_from_monday_told_by_their_first_day_are_the_weeks(bench: Workbench) -> None:
    rows = business(american(days("2026-10-26", 4, 7)), units=120, sessions=1100)
    answer = bench.make({"US/business.csv": rows}).kpi()

    assert answer.sums("cvr", "US") in ((120.0, 1100.0), (None, None))
    assert answer.value("cvr", "US") is None or not answer.series("cvr", "US")["is_partial"]


def test_dates_in_cells_of_a_workbook_are_weeks_as_well(bench: Workbench) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.create_sheet("report", 0)
    sheet.append(["Date", "Ordered Product Sales", "Units Ordered", "Page Views", "Sessions"])
    for day in days("2026-11-01", 4, 7):
        sheet.append([day, 1000.0, 100, 2000, 1000])
    path = bench.make({}, data=BUSINESS).write("US/business.xlsx", b"")
    book.save(path)

    answer = bench.kpi()

    assert answer.value("cvr", "US") is None
    assert ready_lines(bench.check()) == []


def test_the_age_of_a_file_is_counted_to_the_meeting(bench: Workbench) -> None:
    bench.make(
        {"US/inv.csv": inventory(("2026-11-20", "A", 100, 60, 180))},
        data=wants("inventory-health").replace("30", "5"),
        starts="2026-11-27T10:00:00",
    )
    assert "ends on 2026-11-20, 7 days before the meeting" in bench.check().out


def test_a_meeting_planned_for_a_past_day_is_told(bench: Workbench) -> None:
    bench.make({"US/st.csv": ads()}, starts="2026-11-20T10:00:00")

    out = bench.lobby()

    assert "2026-11-20" in out
    assert "starts" in out


def test_the_last_hours_of_a_week_that_is_not_over_somewhere_are_told(bench: Workbench) -> None:
    bench.make({"US/st.csv": ads()})  # in Shanghai it is Monday, in the United States still Sunday

    out = bench.lobby()

    assert [line for line in out.splitlines() if "US" in line and "not over" in line]
