"""Quirks of real exports, one by one."""

from collections.abc import Callable
from datetime import date

import pytest

from facilitator.adapters.reports import FileReading
from facilitator.domain.errors import Severity

Read = Callable[..., FileReading]

SEARCH = (
    "Date,Portfolio name,Currency,Campaign Name,Customer Search Term,Impressions,Clicks,Spend,"
    "7 Day Total Sales ,Total Advertising Cost of Sales (ACOS) ,7 Day Total Orders (#),"
    "7 Day Total Units (#)\n"
)
ROW = "2026-11-16,-,USD,Press,garlic press,100,10,$5.00,$20.00,25%,2,3\n"


def amount(reading: FileReading, measure: str) -> float | None:
    return next((each.amount for each in reading.totals if each.measure == measure), None)


def said(reading: FileReading) -> str:
    return "\n".join(problem.translate() for problem in reading.problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encoding_and_delimiter_do_not_matter(read: Read, encoding: str, delimiter: str) -> None:
    text = (SEARCH + ROW).replace(",", delimiter)

    reading = read(text.encode(encoding))

    assert reading.problems == ()
    assert (amount(reading, "ad_spend"), amount(reading, "ad_orders")) == (5.0, 2.0)


def test_a_western_report_with_an_english_header_is_not_taken_for_chinese(read: Read) -> None:
    rows = ROW.replace("$", "£").replace("USD", "") + ROW.replace("garlic", "für Äpfel").replace(
        "$", "£"
    ).replace("USD", "")

    reading = read((SEARCH + rows).encode("cp1252"), "report_UK.csv")

    assert reading.encoding == "cp1252"
    assert reading.problems == ()
    assert amount(reading, "ad_spend") == 10.0


def test_the_header_row_may_come_after_lines_about_the_report(read: Read) -> None:
    reading = read("sep=,\nMy export\n\n" + SEARCH + ROW + ROW.replace("10,$5", "x,$5"))

    assert reading.header_row == 4
    assert amount(reading, "ad_clicks") == 10.0
    assert [problem.place() for problem in reading.problems] == ["row 6, column Clicks"]


@pytest.mark.parametrize(
    "sales",
    ["14 Day Total Sales (₹)", "14 Day Total Sales ", "14天总销售额", "14 Day Total Sales ($)"],
)
def test_the_attribution_window_is_kept_as_data(read: Read, sales: str) -> None:
    reading = read((SEARCH + ROW).replace("7 Day Total Sales ", sales))

    assert reading.attribution_days == 14
    assert amount(reading, "ad_sales") == 20.0


@pytest.mark.parametrize(
    ("spend", "expected"),
    [
        ("$1,234.56", 1234.56),
        ("US$1.50", 1.5),
        ("−2.50", -2.5),
        ("(2.50)", -2.5),
        ('="3.25"', 3.25),
        ("USD 4.00", 4.0),
        ("1 234.50", 1234.5),
        ("0.5", 0.5),
    ],
)
def test_money_is_read_as_it_is_written(read: Read, spend: str, expected: float) -> None:
    quoted = spend.replace('"', '""')

    reading = read(SEARCH + ROW.replace("$5.00", f'"{quoted}"'))

    assert reading.problems == ()
    assert amount(reading, "ad_spend") == expected


@pytest.mark.parametrize(
    ("sign", "place", "currency"),
    [
        ("$", "US", "USD"),
        ("$", "CA", "CAD"),
        ("£", "UK", "GBP"),
        ("€", "FR", "EUR"),
        ("€", "UK", "EUR"),
        ("₹", "IN", "INR"),
        ("Rs.", "IN", "INR"),
        ("￥", "JP", "JPY"),
        ("", "DE", "EUR"),
    ],
)
def test_without_a_currency_column_the_sign_and_the_marketplace_tell_the_money(
    read: Read, sign: str, place: str, currency: str
) -> None:
    text = SEARCH.replace("Currency,", "") + ROW.replace("USD,", "").replace("$", sign)

    reading = read(text, f"report_{place}.csv")

    assert reading.problems == ()
    assert reading.source.currencies == (currency,)


def test_an_ambiguous_currency_sign_is_refused_unless_the_marketplace_uses_it(
    read: Read,
) -> None:
    text = SEARCH.replace("Currency,", "") + ROW.replace("USD,", "")

    reading = read(text, "report_DE.csv")

    assert reading.facts == ()
    assert "is not clear" in said(reading)


def test_the_header_may_name_the_currency(read: Read) -> None:
    header = (
        "Date,Campaign name,Search term,Impressions,Clicks,Total cost (USD),Purchases,"
        "Sales (USD),Units sold\n"
    )

    reading = read(header + "2026-11-16,A,x,10,1,5.00,1,20.00,1\n", "report_DE.csv")

    assert reading.problems == ()
    assert reading.source.currencies == ("USD",)


def test_thousands_in_counts_are_not_decimals_in_a_german_file(read: Read) -> None:
    rows = "2026-11-16,-,EUR,Press,x,1.234,12,5,00,1.020,50,,2,3\n"
    text = SEARCH.replace(",", ";") + rows.replace("5,00", "5_00").replace(
        "20,50", "20_50"
    ).replace(",", ";").replace("_", ",")

    reading = read(text, "report_DE.csv")

    assert reading.problems == ()
    assert (amount(reading, "ad_impressions"), amount(reading, "ad_sales")) == (1234.0, 1020.5)


def test_a_cell_in_another_decimal_style_than_its_file_is_refused(read: Read) -> None:
    rows = (
        ROW.replace("$5.00", "5.25") + ROW.replace("$5.00", "6.75") + ROW.replace("$5.00", '"7,5"')
    )

    reading = read(SEARCH + rows)

    assert amount(reading, "ad_spend") == 12.0
    assert [problem.place() for problem in reading.problems] == ["row 4, column Spend"]
    assert "“7,5”" in said(reading)


def test_search_terms_that_read_like_missing_values_are_kept(read: Read) -> None:
    rows = "".join(ROW.replace("garlic press", term) for term in ("null", "NA", "none", "Total"))

    reading = read(SEARCH + rows)

    assert reading.problems == ()
    assert amount(reading, "ad_clicks") == 40.0


def test_a_rounded_campaign_id_is_refused(read: Read) -> None:
    header = "Date,Campaign name,Campaign ID,Search term,Budget currency,Clicks,Total cost,Sales\n"
    rows = (
        '2026-11-16,A,"=""170574860392093""",x,USD,1,5.00,20.00\n'
        "2026-11-16,A,1.44383E+14,x,USD,1,5.00,20.00\n"
    )

    reading = read(header + rows)

    assert amount(reading, "ad_clicks") == 1.0
    assert [problem.place() for problem in reading.problems] == ["row 3, column Campaign ID"]


@pytest.mark.parametrize("word", ["Total", "总计", "Gesamt"])
def test_a_summary_row_is_dropped_with_a_problem(read: Read, word: str) -> None:
    reading = read(SEARCH + ROW + f"{word},,,,,100,10,$5.00,$20.00,25%,2,3\n")

    assert amount(reading, "ad_clicks") == 10.0
    assert (reading.source.rows_read, reading.source.rows_kept) == (2, 1)
    assert [(each.place(), each.severity) for each in reading.problems] == [
        ("row 3", Severity.WARNING)
    ]


def test_sales_without_clicks_and_split_rows_are_added_up(read: Read) -> None:
    traffic = "2026-11-16,-,USD,Press,x,100,10,$5.00,,,,\n"
    conversion = "2026-11-16,-,USD,Press,x,0,0,$0.00,$20.00,,1,1\n"

    reading = read(SEARCH + traffic + conversion)

    assert reading.problems == ()
    assert reading.source.rows_kept == 2
    assert (amount(reading, "ad_clicks"), amount(reading, "ad_sales")) == (10.0, 20.0)


def test_text_in_a_ratio_column_does_no_harm(read: Read) -> None:
    reading = read(SEARCH + ROW.replace("25%", "有花费无销售额"))

    assert reading.problems == ()


def test_a_row_with_an_extra_cell_is_refused(read: Read) -> None:
    reading = read(SEARCH + ROW + ROW.replace("garlic press", "press, garlic"))

    assert amount(reading, "ad_clicks") == 10.0
    assert [problem.place() for problem in reading.problems] == ["row 3"]


def test_inch_signs_in_a_tab_file_swallow_no_rows(read: Read) -> None:
    row = ROW.replace(",", "\t").replace("garlic press", '"8 inch press')

    reading = read(SEARCH.replace(",", "\t") + row * 3)

    assert reading.source.rows_kept == 3


def test_missing_figures_are_not_zero(read: Read) -> None:
    reading = read(SEARCH + "2026-11-16,-,USD,Press,x,100,10,$5.00,,,,\n")

    assert amount(reading, "ad_sales") is None


def test_rows_with_the_same_problem_are_told_once_with_their_number(read: Read) -> None:
    reading = read(SEARCH + ROW.replace(",10,", ",ten,") * 50)

    assert reading.source.rows_refused == 50
    assert [(each.row, each.rows, each.column) for each in reading.problems] == [(2, 50, "Clicks")]


def test_a_product_name_cannot_send_signals_to_the_terminal(read: Read) -> None:
    reading = read(SEARCH + ROW.replace(",10,", ",\x1b]0;x\x07\u202e,"))

    assert "\x1b" not in said(reading)
    assert "\u202e" not in said(reading)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-11-03", date(2026, 11, 3)),
        ("2026/11/03", date(2026, 11, 3)),
        ("03.11.2026", date(2026, 11, 3)),
        ("Nov 03, 2026", date(2026, 11, 3)),
        ("3 November 2026", date(2026, 11, 3)),
        ("2026年11月3日", date(2026, 11, 3)),
        ("11/03/2026", date(2026, 11, 3)),
    ],
)
def test_dates_are_read_in_every_format_in_use(read: Read, cell: str, day: date) -> None:
    reading = read(SEARCH + ROW.replace("2026-11-16", f'"{cell}"'))

    assert reading.problems == ()
    assert {fact.day for fact in reading.facts} == {day}


def test_a_value_over_twelve_settles_the_order_of_day_and_month_against_the_marketplace(
    read: Read,
) -> None:
    rows = ROW.replace("2026-11-16", "03/11/2026") + ROW.replace("2026-11-16", "16/11/2026")

    reading = read(SEARCH + rows)

    assert {fact.day for fact in reading.facts} == {date(2026, 11, 3), date(2026, 11, 16)}


def test_the_marketplace_decides_the_order_of_day_and_month_otherwise(read: Read) -> None:
    text = SEARCH + ROW.replace("2026-11-16", "03/11/2026")

    assert {fact.day for fact in read(text, "US.csv").facts} == {date(2026, 3, 11)}
    assert {fact.day for fact in read(text, "UK.csv").facts} == {date(2026, 11, 3)}


def test_an_ambiguous_date_is_a_problem(read: Read) -> None:
    reading = read(SEARCH + ROW.replace("2026-11-16", "03/11/2026"), "CA.csv")

    assert reading.facts == ()
    assert "could be two different dates" in said(reading)


def test_each_row_tells_its_own_window(read: Read) -> None:
    header = SEARCH.replace("Date,", "Start Date,End Date,")
    week = ROW.replace("2026-11-16", "2026-11-16,2026-11-22")
    month = ROW.replace("2026-11-16", "2026-11-01,2026-11-30")

    reading = read(header + week + month)

    assert {(fact.first_day, fact.day) for fact in reading.facts} == {
        (date(2026, 11, 16), date(2026, 11, 22)),
        (date(2026, 11, 1), date(2026, 11, 30)),
    }
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("search_US.csv", "US"),
        ("search-UK-2026.csv", "UK"),
        ("DE/search.csv", "DE"),
        ("US/search_DE.csv", "US"),
        ("us/search.csv", "US"),
        ("美国搜索词.csv", "US"),
        ("amazon.co.uk search United Kingdom.csv", "UK"),
        ("stock in US.csv", "US"),
    ],
)
def test_the_name_of_file_or_folder_gives_the_marketplace(
    read: Read, name: str, place: str
) -> None:
    assert read(SEARCH + ROW, name).source.marketplaces == (place,)


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("US", "US"),
        ("美国", "US"),
        ("AMAZON.COM", "US"),
        ("UAMAZON_FR", "FR"),
        ("amazon.de", "DE"),
        ("Germany", "DE"),
        ("Deutschland", "DE"),
        ("GB", "UK"),
    ],
)
def test_a_marketplace_column_takes_precedence_over_the_name(
    read: Read, cell: str, place: str
) -> None:
    reading = read("Country," + SEARCH + f"{cell}," + ROW, "search_JP.csv")

    assert reading.source.marketplaces == (place,)


def test_the_agendas_only_marketplace_is_the_last_resort(read: Read) -> None:
    row = ROW.replace("USD", "GBP").replace("$", "£")
    assert read(SEARCH + row, "x.csv", ["UK"]).source.marketplaces == ("UK",)
    assert "which marketplace" in said(read(SEARCH + row, "x.csv", ["DE", "US"]))
    assert read(SEARCH + row, "x.csv", ["DE", "US"]).source.rows_refused == 1


def test_the_currency_tells_the_marketplace_if_it_fits_only_one(read: Read) -> None:
    assert read(SEARCH + ROW, "x.csv", ["UK", "US"]).source.marketplaces == ("US",)


def test_a_bulk_operations_sheet_without_header_is_named_in_the_problem(read: Read) -> None:
    header = (
        "Product,Entity,Operation,Campaign ID,Campaign Name,Start Date,End Date,"
        "Impressions,Clicks,Spend,Sales\n"
    )

    reading = read(header + "Sponsored Products,Campaign,,1,A,20260101,,1,1,1,1\n")

    assert "bulk operations sheet" in said(reading)
    assert reading.facts == ()
