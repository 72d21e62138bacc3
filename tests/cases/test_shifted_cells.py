"""Thousands without quotes make two cells of one: such a row is refused, a sound one is not."""

import pytest

from tests.cases.exports import BUSINESS, SEARCH_TERM, SUMMARY, ads, business, lines
from tests.cases.workbench import Workbench, ready_lines, wants

GOOD = "2026-11-17,2026-11-17,USD,C,G,t,BROAD,a,1000,50,25.00,100.00,4"
FULL = "2026-11-17,P,USD,C,G,kw,EXACT,t,1000,50,5.00%,0.50,25.00,100.00,25%,4,4,4,8%"
SHIFTED = {
    "impressions": (
        SUMMARY,
        GOOD,
        "2026-11-18,2026-11-18,USD,C,G,t,BROAD,a,4,900,350,175.00,700.00",
    ),
    "impressions with zeros": (
        SUMMARY,
        GOOD,
        "2026-11-18,2026-11-18,USD,C,G,t,BROAD,a,1,000,350,175.00,700.00",
    ),
    "impressions with units": (
        f"{SUMMARY},7 Day Total Units (#)",
        f"{GOOD},4",
        "2026-11-18,2026-11-18,USD,C,G,t,BROAD,a,4,900,350,175.00,700.00,28",
    ),
    "spend": (
        f"{SUMMARY},7 Day Total Units (#)",
        f"{GOOD},4",
        "2026-11-18,2026-11-18,USD,C,G,t,BROAD,a,9000,3500,1,175.00,4700.00,28",
    ),
    "spend with its own ratios": (
        SEARCH_TERM,
        FULL,
        "2026-11-18,P,USD,C,G,kw,EXACT,t,9000,3500,38.9%,0.34,1,175.00,700.00,25%,4,28,28",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", SHIFTED)
def test_a_shifted_row_is_refused_with_its_line_and_a_sound_one_is_counted(
    bench: Workbench, kind: str
) -> None:
    head, sound, shifted = SHIFTED[kind]
    bench.make({"US/st.csv": lines(head, sound, shifted)})

    answer = bench.kpi()

    assert answer.sums("acos", "US") == (25.0, 100.0)
    assert answer.errors("US/st.csv") == 1
    assert "row 3" in answer.said("US/st.csv")


def test_the_ratios_of_a_shifted_row_do_not_make_a_sound_one_wrong(bench: Workbench) -> None:
    shifted = "2026-11-18,P,USD,C,G,kw,EXACT,t,4,900,350,7.14%,0.50,175.00,700.00,25%,4,28,28"

    answer = bench.make({"US/st.csv": lines(SEARCH_TERM, FULL, shifted)}).kpi()

    assert answer.sums("acos", "US") == (25.0, 100.0)


def test_a_file_of_shifted_rows_only_gives_no_figure(bench: Workbench) -> None:
    rows = (
        f"2026-11-{day},2026-11-{day},USD,C,G,t,BROAD,a,4,900,350,175.00,700.00"
        for day in range(16, 23)
    )
    bench.make({"US/st.csv": lines(SUMMARY, *rows)}, data=wants("search-term"))

    answer = bench.kpi()

    assert answer.value("acos", "US") is None
    assert answer.errors("US/st.csv")
    assert ready_lines(bench.check()) == []


BUSINESS_ROWS = {
    "sales": (f"{BUSINESS},Note", '2026-11-22,1,200.00,120,113,200,100,95%,10%'),
    "page views": (BUSINESS, "2026-11-22,$100.00,10,9,1,200,700,95%"),
    "sales of a short report": (
        "Date,Ordered Product Sales,Units Ordered,Total Order Items,Page Views - Total,"
        "Sessions - Total,Note",
        "2026-11-22,1,200.00,120,113,2,200",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", BUSINESS_ROWS)
def test_a_shifted_row_of_a_business_report_is_refused(bench: Workbench, kind: str) -> None:
    head, shifted = BUSINESS_ROWS[kind]
    width = head.count(",") + 1
    sound = [",".join([*row.split(","), "x"][:width]) for row in business().splitlines()[1:7]]
    if kind == "sales of a short report":
        sound = [row.rsplit(",", 1)[0] + ",x" for row in sound]
    bench.make({"US/business.csv": lines(head, *sound, shifted)})

    answer = bench.kpi()

    assert answer.sums("cvr", "US") == (60.0, 600.0)
    assert "row 8" in answer.said("US/business.csv")


def test_rows_with_sales_and_no_click_stay_valid(bench: Workbench) -> None:
    text = ads(spend="0.00", sales="80.00").replace(",1000,50,", ",0,0,")

    fields = bench.make({"US/st.csv": text}).inspected("US/st.csv")

    assert (fields["rows_kept"], fields["left_out"]) == (7, [])
