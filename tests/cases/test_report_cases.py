"""The everyday exports that once gave a wrong figure without a word, each with its right one.

Each folder of `reports/` is an agenda folder. Others of the same kind are in the files beside this.
"""

import os
import re

import pytest

from tests.cases.workbench import Workbench, left_out, ready_lines, total

CONSOLE = "US/Sponsored Products Search term report{}.csv"


def test_rows_of_a_renamed_campaign_are_counted_once(bench: Workbench) -> None:
    answer = bench.copy("renamed-campaign").kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert answer.value("tacos", "US") == 10.0
    assert answer.value("organic_order_share", "US") == 60.0
    said = answer.said("US/st-2026-11-22.csv") + answer.said("US/st-2026-11-23.csv")
    assert "newer" in said
    assert re.search("name", said)  # the day in the name is why
    assert answer.code == 0


def test_rows_of_a_console_in_another_language_are_counted_once(bench: Workbench) -> None:
    answer = bench.copy("console-language").kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert answer.code == 0


@pytest.mark.parametrize("is_older_by_time", [False, True])
def test_the_numbered_copy_of_a_browser_is_the_later_download(
    bench: Workbench, is_older_by_time: bool
) -> None:
    bench.copy("browser-copy")
    copied = bench.folder / "data" / CONSOLE.format(" (1)")
    first = bench.folder / "data" / CONSOLE.format("")
    moment = first.stat().st_mtime + (-2 if is_older_by_time else 2) * 24 * 3600
    os.utime(copied, (moment, moment))

    answer = bench.kpi()

    assert answer.value("acos", "US") == 20.0
    assert answer.sums("acos", "US") == (175.0, 875.0)
    assert "newer" in answer.said(CONSOLE.format("")) + answer.said(CONSOLE.format(" (1)"))


def test_dates_in_names_are_read_in_the_order_that_their_siblings_make_plain(
    bench: Workbench,
) -> None:
    answer = bench.copy("dates-in-names").kpi()

    assert answer.value("acos", "US") == 20.0
    assert answer.sums("acos", "US") == (175.0, 875.0)


def test_spend_without_sales_is_worse_than_any_target(bench: Workbench) -> None:
    bench.copy("spend-without-sales")

    answer = bench.kpi()
    german = answer.series("acos", "DE")
    lines = bench.table().splitlines()

    assert (german["value"], german["status"]) == (None, "off_target")
    assert (german["numerator"], german["denominator"]) == (175.0, 0.0)
    assert german["is_worse_than_any_target"]
    assert german["is_red"]
    assert answer.value("acos", "ALL") == 18.8
    assert answer.value("acos", "US") == 12.5
    first = lines.index(next(line for line in lines if line.startswith("ACoS")))
    shops = lines[first + 1 : first + 3]
    assert "∞" in next(line for line in shops if line.split()[0] == "DE")
    assert "off target" in next(line for line in shops if line.split()[0] == "DE")


def test_a_word_of_a_files_name_is_no_country(bench: Workbench) -> None:
    answer = bench.copy("word-as-country").kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert answer.value("acos", "DE") is None
    assert answer.code == 0


def test_a_report_with_a_fraction_of_the_week_before_is_told_and_marked(bench: Workbench) -> None:
    answer = bench.copy("half-the-skus").kpi()

    assert "US/inv-2026-11-22.csv" in answer.files
    assert "US/inv-2026-11-22.csv" in bench.check().out
    assert answer.series("turnover", "US")["is_reduced"]
    assert answer.series("turnover", "ALL")["is_reduced"]


def test_equal_bytes_of_two_weeks_both_count(bench: Workbench) -> None:
    answer = bench.copy("same-bytes-two-weeks").kpi()

    assert answer.history("stranded_share", "US")[-2:] == [12.0, 12.0]
    assert answer.value("stranded_share", "US") == 12.0


def test_days_in_the_future_are_never_ready(bench: Workbench) -> None:
    bench.copy("days-in-the-future").ask_for("search-term", "DE")

    answer = bench.kpi()

    assert "DE/st.csv" in answer.files
    assert answer.value("acos", "DE") is None
    assert ready_lines(bench.check()) == []


def test_south_africa_is_a_marketplace(bench: Workbench) -> None:
    answer = bench.copy("south-africa").kpi()

    assert answer.sums("acos", "ZA") == (175.0, 700.0)
    assert answer.series("acos", "ZA")["currency"] == "ZAR"
    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert answer.code == 0


def test_seller_feedback_is_read_in_german(bench: Workbench) -> None:
    answer = bench.copy("feedback-in-german").kpi()

    assert answer.value("feedback_rating", "DE") == 3.0
    assert answer.code == 0


def test_a_compressed_export_is_read_or_named(bench: Workbench) -> None:
    answer = bench.copy("compressed-file").kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0) or answer.errors("US/st.csv.gz")


def test_a_total_row_named_in_another_column_is_left_out(bench: Workbench) -> None:
    answer = bench.copy("total-in-another-column").kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert left_out(bench.inspected("US/st.csv"), "total_row")["ad_spend"] == (175.0, 1)


def test_a_total_row_with_all_its_cells_filled_is_left_out(bench: Workbench) -> None:
    answer = bench.copy("total-row-with-days").kpi()

    assert answer.sums("acos", "US") == (153.5, 600.0)
    assert left_out(bench.inspected("US/st.csv"), "total_row")["ad_spend"] == (153.5, 1)


def test_order_lists_that_overlap_may_hold_orders_of_another_channel(bench: Workbench) -> None:
    answer = bench.copy("orders-overlap-non-amazon").kpi()

    assert answer.series("order_growth", "US")["numerator"] == 2.0
    assert answer.code == 0
    assert bench.check().code == 0


def test_a_summary_is_one_reading_for_its_whole_window(bench: Workbench) -> None:
    bench.copy("summary-windows").ask_for("search-term")

    answer = bench.kpi()
    acos = answer.series("acos", "US")
    checked = bench.check()
    code, (fields,) = bench.inspect("US/st.csv")

    assert answer.value("acos", "US") != 10.0
    assert set(answer.history("acos", "US")) <= {None}
    window = acos["window"]
    assert (window["first_day"], window["last_day"]) == ("2026-10-26", "2026-11-22")
    assert round(window["value"], 1) == 56.4
    assert (window["numerator"], window["denominator"]) == (913.0, 1620.0)
    assert "28 days, not weekly" in bench.table()
    assert ready_lines(checked) == []
    assert "1,620" in checked.out or "913" in checked.out  # the money concerned
    assert checked.out.count("US/st.csv: ") == 1
    assert left_out(fields, "unplaced")["ad_spend"] == (913.0, 4)
    assert left_out(fields, "unplaced")["ad_sales"] == (1620.0, 4)
    assert code == 1


def test_weekly_rows_are_windows_of_seven_days(bench: Workbench) -> None:
    bench.copy("weekly-by-date").ask_for("business")

    answer = bench.kpi()

    assert answer.value("cvr", "US") is None
    assert answer.sums("cvr", "US") != (130.0, 1150.0)
    said = answer.said("US/business.csv")
    assert "2026-11-01" in said
    assert "daily" in said.casefold()
    assert 'week_ends_on = "saturday"' in said
    assert ready_lines(bench.check()) == []


def test_monthly_rows_are_windows_of_their_months(bench: Workbench) -> None:
    bench.copy("monthly-campaigns").ask_for("campaign")

    answer = bench.kpi()

    assert answer.value("acos", "US") is None
    assert "US/campaign.csv" in answer.files
    assert ready_lines(bench.check()) == []


def test_the_campaign_managers_table_is_named_for_what_it_is(bench: Workbench) -> None:
    answer = bench.copy("campaign-manager").kpi()

    assert answer.value("acos", "US") is None
    said = answer.said("US/campaigns.csv")
    assert "campaign" in said.casefold()
    assert re.search("report", said)
    assert answer.code == 1


def test_a_rank_of_zero_is_no_rank(bench: Workbench) -> None:
    answer = bench.copy("cerebro-rank-zero").kpi()

    assert answer.value("keyword_coverage", "US") == 33.3
    assert answer.sums("keyword_coverage", "US") == (1.0, 3.0)


def test_a_business_report_without_page_views_is_read_for_what_it_has(bench: Workbench) -> None:
    answer = bench.copy("by-date-without-page-views").kpi()
    fields = bench.inspected("US/business.csv")

    assert answer.sums("cvr", "US") == (91.0, 910.0)
    assert answer.series("order_growth", "US")["numerator"] == 84.0
    assert answer.value("buy_box", "US") is None
    assert total(fields, "ordered_sales") == 910.0
    assert answer.code == 0


def test_spanish_headers_are_read_or_given_as_lines_for_reports_toml(bench: Workbench) -> None:
    bench.copy("spanish-headers")
    fields = bench.inspected("US/st.csv")

    is_read = total(fields, "ad_spend") == 100.5  # or told that the money is not of the US
    is_told = "Gasto" in fields["own_columns"] and "Término de búsqueda" in fields["own_columns"]
    is_unplaced = left_out(fields, "unplaced").get("ad_spend") == (100.5, 1)
    assert is_read or is_told or is_unplaced
