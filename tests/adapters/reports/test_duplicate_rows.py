"""Rows that stand in two files of a kind count once; all others add up."""

from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.adapters.reports.days import DAY_COLUMNS
from facilitator.adapters.reports.deduplicate import identical_files
from facilitator.adapters.reports.file_reading import FileReading
from facilitator.domain.kpis.facts import Marketplace, Source
from tests.adapters.reports.row_frames import KNOWN, Reports, Row, is_number, november, row, told

WEEK = range(16, 23)
FIGURES = ("ad_impressions", "ad_clicks", "ad_sales", "ad_orders")


def term(day: int | tuple[int, int], search_term: str = "x", **cells: Any) -> Row:
    said: dict[str, Any] = {
        "campaign": "press auto",
        "ad_group": "g1",
        "targeting": "kw",
        "match_type": "exact",
        "search_term": search_term,
        "ad_impressions": 1000.0,
        "ad_clicks": 50.0,
        "ad_spend": 25.0,
        "ad_sales": 100.0,
        "ad_orders": 4.0,
    }
    return row(day, **(said | cells))


def ads(*files: list[Row], kind: str = "search-term") -> Reports:
    reports = Reports(kind)
    for number, rows in enumerate(files, 1):
        reports.add(f"US/st{number}.csv", rows)
    return reports


def spend(reports: Reports) -> float:
    return reports.counted(reports.deduplicate(), "ad_spend")


def test_a_renamed_campaign_counts_once() -> None:
    reports = ads(
        [term(day) for day in WEEK], [term(day, campaign="press auto 2026") for day in WEEK]
    )

    duplicates = reports.deduplicate()

    assert reports.counted(duplicates, "ad_spend") == 175
    assert told(duplicates) == [
        "US/st1.csv: Rows not counted because the newer file US/st2.csv contains them too: 7. It "
        "is newer because it was saved later."
    ]
    assert duplicates.problems[0].rows == 7


def test_a_renamed_campaign_with_later_sales_counts_as_the_newer_file_has_it() -> None:
    renamed = [term(day, campaign="new", ad_sales=125.0, ad_orders=5.0) for day in WEEK]
    reports = ads([term(day) for day in WEEK], renamed)

    assert reports.counted(reports.deduplicate(), "ad_sales") == 7 * 125


@pytest.mark.parametrize("changed", ["campaign", "ad_group", "portfolio"])
def test_each_of_several_renamed_campaigns_is_known_by_its_own_figures(changed: str) -> None:
    def both(first: str, second: str) -> list[Row]:
        return [
            each
            for day in WEEK
            for each in (
                term(day, portfolio="p") | {changed: first},
                term(day, portfolio="p", ad_impressions=9.0, ad_clicks=3.0, ad_spend=1.0)
                | {changed: second},
            )
        ]

    reports = ads(both("a", "b"), both("b 2", "a 2"), both("c", "d"))

    assert spend(reports) == 7 * 26


def test_small_rows_that_are_equal_by_chance_do_not_make_two_campaigns_one() -> None:
    def rows(campaign: str, spent: float) -> list[Row]:
        small = [
            term(16, each, campaign=campaign, ad_impressions=1.0, ad_clicks=0.0, ad_spend=0.0,
                 ad_sales=0.0, ad_orders=0.0)
            for each in "abcdefgh"
        ]  # fmt: skip
        large = {name: spent * at for at, name in enumerate(FIGURES, 1)} | {"ad_spend": spent}
        return [*small, term(16, "press", campaign=campaign, **large)]

    assert spend(ads(rows("a", 300.0), rows("b", 500.0))) == 800


def test_a_renamed_campaign_is_known_by_several_rows_of_a_filtered_file() -> None:
    def rows(campaign: str, terms: str) -> list[Row]:
        return [
            term(16, each, campaign=campaign, ad_impressions=900.0 + ord(each)) for each in terms
        ]

    assert spend(ads(rows("a", "klmnopqr"), rows("a 2", "klmx"))) == 9 * 25


def test_different_campaigns_that_bid_for_the_same_terms_add_up() -> None:
    other = [
        term(day, campaign="press manual", ad_impressions=900.0, ad_clicks=41.0, ad_spend=30.0,
             ad_sales=60.0, ad_orders=2.0)
        for day in WEEK
    ]  # fmt: skip

    reports = ads([term(day) for day in WEEK], other)

    assert spend(reports) == 175 + 210
    assert reports.deduplicate().problems == ()


def test_a_campaign_that_both_files_have_is_not_taken_for_another_one() -> None:
    older = [term(16), term(16, campaign="b", ad_spend=7.0)]
    newer = [term(16), term(16, campaign="c", ad_spend=9.0, ad_clicks=2.0, ad_impressions=30.0)]

    assert spend(ads(older, newer)) == 25 + 7 + 9


def test_a_renamed_campaign_is_known_by_its_id() -> None:
    older = [term(16, campaign="a", campaign_id="1", ad_clicks=5.0)]
    newer = [term(16, campaign="b", campaign_id="1", ad_clicks=7.0, ad_impressions=3000.0)]
    reports = ads(older, newer)

    assert reports.counted(reports.deduplicate(), "ad_clicks") == 7


def test_a_renamed_campaign_is_known_though_all_of_its_figures_were_corrected() -> None:
    older = [term(day, campaign="A") for day in (16, 17, 18)]
    corrected: dict[str, Any] = {
        "ad_spend": 26.0,
        "ad_clicks": 51.0,
        "ad_impressions": 1100.0,
        "ad_sales": 120.0,
    }
    newer = [term(day, campaign="A2", **corrected) for day in (16, 17, 18)]

    assert spend(ads(older, newer)) == 3 * 26


def test_rows_that_only_one_of_two_files_has_all_add_up() -> None:
    older = [term(16, each) for each in "abc"] + [term(17, each) for each in "abcd"]
    newer = [term(16, each) for each in "abx"] + [term(17, each) for each in "abxy"]
    reports = ads(older, newer)

    duplicates = reports.deduplicate()

    assert reports.counted(duplicates, "ad_spend") == (4 + 6) * 25
    assert [each.rows for each in duplicates.problems] == [4]


def test_a_day_is_replaced_if_most_of_its_rows_have_other_names_in_the_newer_file() -> None:
    older = [term(16, each, campaign="old") for each in "abcd"]
    newer = [term(16, each, campaign="new") for each in "abcx"]
    reports = ads(older, newer)

    duplicates = reports.deduplicate()

    assert reports.counted(duplicates, "ad_spend") == 4 * 25
    assert "most rows of their days, but no longer these: 1." in told(duplicates)[1]


def test_a_filtered_newer_file_is_told_and_all_other_rows_add_up() -> None:
    reports = ads([term(16, each) for each in "abcde"], [term(16, each) for each in "ax"])

    duplicates = reports.deduplicate()

    assert reports.counted(duplicates, "ad_spend") == 6 * 25
    assert (
        "US/st2.csv: It has 2 rows for days for which the older file US/st1.csv has 5, so it was "
        "probably filtered. The other rows of US/st1.csv are counted as well."
    ) in told(duplicates)


def test_a_newer_file_of_one_marketplace_is_not_taken_for_a_filtered_one() -> None:
    places = ("US", "DE", "FR", "UK")
    older = [row(16, place, search_term="x", ad_spend=1.0, ad_clicks=1.0) for place in places]
    reports = ads(older, [row(16, "DE", search_term="x", ad_spend=2.0, ad_clicks=1.0)])

    duplicates = reports.deduplicate()

    assert (reports.counted(duplicates, "ad_spend"), len(duplicates.problems)) == (5, 1)


def test_traffic_and_sales_of_a_row_may_stand_in_two_files_or_as_two_rows() -> None:
    traffic = term(16, ad_sales=None, ad_orders=None)
    sales = term(16, ad_impressions=None, ad_clicks=None, ad_spend=None)

    for older, newer in (
        ([traffic], [sales]),
        ([traffic, sales], [term(16)]),
        ([term(16)], [traffic, sales]),
        ([traffic, sales], [traffic, sales]),
    ):
        reports = ads(older, newer)
        duplicates = reports.deduplicate()
        counted = [reports.counted(duplicates, name) for name in ("ad_spend", "ad_sales")]
        assert counted == [25, 100]


def test_a_row_that_stands_twice_in_the_older_file_counts_twice() -> None:
    assert spend(ads([term(16), term(16), term(16, "y")], [term(16)])) == 25 * 3


def test_files_with_fewer_columns_hold_sums_of_the_rows_of_others() -> None:
    detailed = [term(16, targeting=each) for each in ("kw1", "kw2", "kw3")]
    coarse = [
        {name: cell for name, cell in term(16).items() if name != "targeting"} | {"ad_spend": 75.0}
    ]

    assert spend(ads(detailed, coarse)) == spend(ads(coarse, detailed)) == 75


def test_a_product_that_changed_its_parent_or_sku_counts_once() -> None:
    older = [
        row(16, asin="b0child", parent_asin="b0old", sku=sku, sessions=9.0, units_ordered=2.0)
        for sku in ("a", "b")
    ]
    newer = [row(16, asin="b0child", parent_asin="b0new", sku="c", sessions=8.0, units_ordered=1.0)]
    reports = ads(older, newer, kind="business-child")

    assert reports.counted(reports.deduplicate(), "sessions") == 8


def test_returns_are_the_same_by_order_licence_plate_and_sku() -> None:
    def returned(order: str, plate: str, disposition: str = "sellable") -> Row:
        about = {"order_id": order, "license_plate": plate, "sku": "s", "disposition": disposition}
        return row(16, units_returned=1.0, asin="b0", **about)

    older = [returned("1", "p1"), returned("1", "p2"), returned("2", "p3")]
    newer = [returned("1", "p1", "damaged"), returned("1", "p2"), returned("3", "p4")]
    reports = ads(older, newer, kind="returns")

    assert reports.counted(reports.deduplicate(), "units_returned") == 4


def order(
    number: int, status: str, price: float | None, day: int = 16, place: str = "US", **cells: Any
) -> Row:
    about = {"order_id": str(number), "sku": "s", "order_status": status, **cells}
    return row(day, place, units_ordered=1.0, ordered_sales=price, **about)


def orders(*files: list[Row]) -> Reports:
    return ads(*files, kind="all-orders")


def test_orders_that_overlap_beside_rows_of_no_marketplace_count_once() -> None:
    reports = orders(
        [order(1, "shipped", 10.0), order(2, "shipped", 10.0, 18)],
        [order(2, "shipped", 10.0, 18), order(3, "shipped", None, 19, place="")],
    )

    duplicates = reports.deduplicate()

    assert reports.counted(duplicates, "ordered_sales") == 20
    assert list(duplicates.left_out) == ["US/st1.csv"]


@pytest.mark.parametrize(
    ("older", "newer", "sales"),
    [
        (("pending", None), ("shipped", 10.0), 10),
        (("shipped", 10.0), ("pending", None), 10),
        (("unshipped", 9.0), ("shipped - delivered to buyer", 10.0), 10),
        (("shipped", 9.0), ("shipped", 10.0), 10),
        (("shipped", 9.0), ("unshipped", 10.0), 9),
    ],
)
def test_the_later_state_of_an_order_counts_whichever_file_it_is_in(
    older: tuple[str, float | None], newer: tuple[str, float | None], sales: float
) -> None:
    reports = orders([order(1, *older)], [order(1, *newer)])

    assert reports.counted(reports.deduplicate(), "ordered_sales") == sales


def test_a_cancelled_order_stays_cancelled() -> None:
    reports = orders([order(1, "cancelled", 0.0)], [order(1, "shipped", 10.0)])

    assert reports.counted(reports.deduplicate(), "ordered_sales") == 0


def test_the_time_of_the_last_change_tells_the_later_state() -> None:
    reports = orders(
        [order(1, "unshipped", 9.0, last_updated="2026-11-20t10:00:00+00:00")],
        [order(1, "shipped", 8.0, last_updated="2026-11-19t10:00:00+00:00")],
    )

    assert reports.counted(reports.deduplicate(), "ordered_sales") == 9


def test_of_three_exports_the_one_with_the_latest_state_counts() -> None:
    states = [("shipped", 10.0), ("unshipped", 9.0), ("pending", None)]
    for one, two, three in ((0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1)):
        reports = orders(*([order(1, *states[each])] for each in (one, two, three)))
        duplicates = reports.deduplicate()
        counted = [reports.counted(duplicates, each) for each in ("ordered_sales", "units_ordered")]
        assert counted == [10, 1]


def test_an_order_that_only_the_older_file_has_still_counts() -> None:
    reports = orders(
        [order(each, "shipped", 10.0) for each in (1, 2, 3)],
        [order(each, "shipped", 10.0) for each in (2, 3, 4)],
    )

    assert reports.counted(reports.deduplicate(), "ordered_sales") == 40


def test_orders_without_a_price_are_told_with_their_number() -> None:
    reports = orders([order(1, "pending", None), order(2, "pending", None), order(3, "shipped", 9)])

    (problem,) = reports.deduplicate().problems

    assert (problem.rows, problem.is_error) == (2, False)
    assert problem.translate() == (
        "US/st1.csv: Pending orders, which have no price yet: 2. Their units are counted, "
        "but no sales. Download the report again once they are shipped."
    )


def test_a_pending_order_that_was_shipped_since_is_not_told() -> None:
    reports = orders([order(1, "pending", None)], [order(1, "shipped", 9.0)])

    assert [each.file for each in reports.deduplicate().problems] == ["US/st1.csv"]
    assert "pending" not in " ".join(told(reports.deduplicate()))


def test_of_two_windows_of_a_row_in_one_file_the_newest_and_widest_counts() -> None:
    reports = ads([term((2, 6)), term((2, 8), ad_spend=30.0), term((2, 6), "y"), term(8)])

    duplicates = reports.deduplicate()

    assert reports.counted(duplicates, "ad_spend") == 30 + 25
    assert told(duplicates) == [
        "US/st1.csv: Rows not counted because newer rows of the same file cover their days: 2."
    ]


def test_different_rows_of_one_export_may_have_different_windows() -> None:
    reports = ads([term((2, 22)), term((5, 18), "y"), term((7, 7), "z")])

    assert (spend(reports), reports.deduplicate().problems) == (75, ())


@pytest.mark.parametrize(
    ("older", "newer", "counted"),
    [
        ([(16, 20)], [(16, 22)], {"US/st2.csv": 1}),  # a newer window of the same row
        ([16, 17], [(16, 22)], {"US/st2.csv": 1}),  # days that end inside the newer window
        ([(16, 22)], [22], {"US/st2.csv": 1}),  # a newer day
        ([(16, 22)], list(WEEK), {"US/st1.csv": 1, "US/st2.csv": 7}),  # compared with each other
        (list(WEEK), [(16, 22)], {"US/st1.csv": 7, "US/st2.csv": 1}),
        ([*WEEK], [(15, 21), (22, 28)], {"US/st1.csv": 7}),  # weeks from Sunday to Saturday
        (list(WEEK), [(1, 28)], {"US/st1.csv": 7, "US/st2.csv": 1}),  # belongs to no week
        ([(1, 28)], [(8, 30)], {"US/st1.csv": 1, "US/st2.csv": 1}),
        ([(1, 28)], [(1, 28)], {"US/st2.csv": 1}),
    ],
)  # fmt: skip
def test_windows_of_a_row_in_two_files(
    older: list[Any], newer: list[Any], counted: dict[str, int]
) -> None:
    reports = ads([term(each) for each in older], [term(each) for each in newer])

    left_out = reports.deduplicate().left_out

    rows = {
        file: len(frame) - len(left_out.get(file, ())) for file, frame in reports.frames.items()
    }
    assert {file: count for file, count in rows.items() if count} == counted


def test_a_day_in_an_export_of_windows_does_not_replace_that_day_of_a_daily_file() -> None:
    summary = [term((-4, 22), "y"), term(18, ad_spend=24.0)]
    daily = [term(day) for day in WEEK]

    for reports in (ads(daily, summary), ads(summary, daily)):
        left_out = reports.deduplicate().left_out
        (file,) = left_out
        assert left_out[file]["row"].to_list() == [3]
        assert len(reports.frames[file]) == 2


def test_rows_of_different_ad_products_are_different_rows() -> None:
    older = [term(16, product="Sponsored Products"), term(16, product="Sponsored Brands")]
    newer = [term(16, product="Sponsored Brands", ad_spend=30.0)]
    reports = ads(older, newer)

    assert spend(reports) == 55


def test_files_of_accounts_products_and_kinds_that_share_nothing_are_not_read_again() -> None:
    reports = Reports("search-term")
    for file in ("account-a/US.csv", "account-b/US.csv", "US B0AAAAAAA1.csv", "US B0AAAAAAA2.csv"):
        reports.add(file, [term(16)])
    reports.add("US-SB.csv", [term(16, product="Sponsored Brands")])
    reports.add("US-SD.csv", [term(16, product="Sponsored Display")])

    assert reports.deduplicate().left_out == {}


def reading(file: str, day: int, place: str = "US", **cells: Any) -> FileReading:
    return FileReading(
        source=Source(
            file=file,
            kind="stranded",
            sha256="abc",
            first_day=november(day),
            last_day=november(day),
            rows_kept=cells.pop("rows_kept", 1),
            marketplaces=(Marketplace(place),),
        ),
        **cells,
    )


@pytest.mark.parametrize(
    ("one", "other", "files"),
    [
        (reading("a", 22), reading("b", 22), 1),
        (reading("a", 15), reading("b", 22), 2),
        (reading("US/a", 22), reading("DE/a", 22, "DE"), 2),
        (reading("account-a/a", 22), reading("account-b/a", 22), 2),
        (reading("a", 22, part="one"), reading("a", 22, part="two"), 2),
        (reading("a", 22, rows_kept=0), reading("b", 22, rows_kept=0), 2),
    ],
)
def test_equal_bytes_count_once_only_for_the_same_days_and_shop(
    one: FileReading, other: FileReading, files: int
) -> None:
    found, problems = identical_files([one, other])

    assert (len(found), len(problems)) == (files, 2 - files)
    assert found[0] is one


DAYS = st.one_of(st.integers(1, 9), st.sampled_from([(1, 5), (3, 9), (2, 8), (1, 28)]))
WORDS = st.sampled_from(["a", "b", "shipped", "pending", "cancelled", "", "null", None])
AMOUNTS = st.sampled_from([None, 0.0, 1.0, 2.0, 150.0, -3.5])
NOT_OF_A_ROW = {"marketplace", "currency", *DAY_COLUMNS}


@st.composite
def overlapping_files(draw: st.DrawFn) -> Reports:
    """Return two or three files of a kind, each with some of its columns."""
    kind = draw(st.sampled_from(KNOWN.kinds))
    reports = Reports(kind.id)
    for number in range(draw(st.integers(2, 3))):
        known = sorted({*kind.columns} - NOT_OF_A_ROW)
        hidden = draw(st.sets(st.sampled_from(known), max_size=3)) if known else set()
        cells = {
            name: AMOUNTS if is_number(name) else WORDS for name in known if name not in hidden
        }
        rows = draw(
            st.lists(
                st.builds(
                    row,
                    DAYS,
                    st.sampled_from(["US", "DE", ""]),
                    st.sampled_from(["", "Sponsored Products"]),
                    **cells,
                ),
                min_size=1,
                max_size=8,
            )
        )
        reports.add(f"US/{kind.id}{number}.csv", rows)
    return reports


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(reports=overlapping_files())
def test_no_files_of_any_kind_end_the_search(reports: Reports) -> None:
    duplicates = reports.deduplicate()

    for file, frame in duplicates.left_out.items():
        assert frame["row"].is_unique().all()
        assert set(frame["row"]) <= set(reports.frames[file]["row"])
    if duplicates.left_out:
        assert any(duplicates.problems)


DAILY = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from("vwxyz")), min_size=1, max_size=15, unique=True
)


@settings(deadline=None, max_examples=80)
@given(older=DAILY, newer=DAILY)
def test_the_sum_is_between_that_of_the_newer_file_and_that_of_both(
    older: list[tuple[int, str]], newer: list[tuple[int, str]]
) -> None:
    def rows(keys: list[tuple[int, str]]) -> list[Row]:
        return [term(day, each, ad_spend=float(day)) for day, each in keys]

    counted = spend(ads(rows(older), rows(newer)))
    apart = [sum(day for day, _ in keys) for keys in (older, newer)]
    whole = sum(day for day, _ in {*older, *newer})

    assert min(apart) <= counted <= whole
    if set(older) <= set(newer):
        assert counted == apart[1]
    if set(older).isdisjoint(newer):
        assert counted == sum(apart)


@settings(deadline=None, max_examples=40)
@given(rows=DAILY, parts=st.lists(st.integers(1, 3), min_size=15, max_size=15))
def test_sums_do_not_depend_on_how_rows_are_split_over_files(
    rows: list[tuple[int, str]], parts: list[int]
) -> None:
    split = [
        [term(*key, ad_spend=1.0) for key, part in zip(rows, parts, strict=False) if part == number]
        for number in (1, 2, 3)
    ]

    assert spend(ads(*filter(None, split))) == len(rows)


def test_the_order_of_rows_and_files_changes_nothing() -> None:
    files = {
        "z 2026-11-20.csv": [term(16, each) for each in "abcd"],
        "a 2026-11-21.csv": [term(16, each, ad_spend=30.0) for each in "bcde"],
        "m 2026-11-22.csv": [term(16, each, ad_spend=40.0) for each in "ef"],
    }
    sums = set()
    for names in (list(files), list(files)[::-1]):
        for step in (1, -1):
            reports = Reports("search-term")
            for name in names:
                reports.add(name, files[name][::step])
            sums.add(spend(reports))

    assert sums == {25 + 3 * 30 + 2 * 40}


def test_frames_without_rows_are_no_trouble() -> None:
    reports = ads([term(16)], [term(16)])
    reports.frames["US/st2.csv"] = reports.frames["US/st2.csv"].clear()

    assert reports.deduplicate().left_out == {}
    assert isinstance(reports.frames["US/st2.csv"], pl.DataFrame)
