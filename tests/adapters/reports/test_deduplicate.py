"""Reports of a kind whose days overlap: each row counts once, from the newest file."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.adapters.reports import read_folder
from facilitator.domain.kpis.facts import PreparedData

HEADER = (
    "Date,Campaign Name,Ad Group Name,Targeting,Match Type,Customer Search Term,Currency,"
    "Impressions,Clicks,Spend,7 Day Total Sales,7 Day Total Orders (#)"
)


def row(day: int, term: str, *, clicks: int = 1, spend: str = "1.00", sales: str = "0") -> str:
    return f"2026-11-{day:02},A,G,knife,EXACT,{term},USD,10,{clicks},{spend},{sales},0"


def folder(tmp_path: Path, **files: list[str]) -> Path:
    for name, rows in files.items():
        path = tmp_path / f"{name.replace('__', '/')}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return tmp_path


def total(data: PreparedData, measure: str = "ad_clicks") -> float:
    return round(sum(fact.amount for fact in data.facts if fact.measure == measure), 6)


def said(data: PreparedData) -> list[str]:
    return [problem.translate() for problem in data.problems]


def test_a_row_in_two_files_counts_from_the_newer_one(tmp_path: Path) -> None:
    older = [row(9, "x", clicks=1), row(10, "x", clicks=2), row(10, "y", clicks=4)]
    newer = [row(10, "x", clicks=8), row(10, "y", clicks=16), row(11, "x", clicks=32)]

    data = read_folder(folder(tmp_path, US_a=newer, US_b=older))

    assert total(data) == 1 + 8 + 16 + 32
    assert said(data) == [
        "US_b.csv: Rows not counted because the newer file US_a.csv contains them too: 2. It is "
        "newer because it covers days until 2026-11-11, and this one until 2026-11-10."
    ]
    (b,) = [source for source in data.sources if source.file == "US_b.csv"]
    assert (b.rows_read, b.rows_kept, b.rows_refused) == (3, 1, 2)


def test_the_later_name_is_newer_among_files_that_end_on_the_same_day(tmp_path: Path) -> None:
    data = read_folder(folder(tmp_path, US_1=[row(9, "x")], US_2=[row(9, "x", clicks=5)]))

    assert total(data) == 5


def test_rows_in_only_one_file_all_count_without_a_problem(tmp_path: Path) -> None:
    data = read_folder(folder(tmp_path, US_1=[row(9, "x"), row(10, "y")], US_2=[row(9, "z")]))

    assert (total(data), data.problems) == (3, ())


def test_within_one_file_the_same_row_may_stand_twice(tmp_path: Path) -> None:
    data = read_folder(folder(tmp_path, US_1=[row(9, "x"), row(9, "x")], US_2=[row(9, "y")]))

    assert (total(data), data.problems) == (3, ())


def test_the_traffic_and_the_sales_of_a_row_may_stand_in_two_files(tmp_path: Path) -> None:
    traffic = "2026-11-09,A,G,knife,EXACT,x,USD,100,7,3.50,,"
    sales = "2026-11-09,A,G,knife,EXACT,x,USD,,,,59.90,2"

    data = read_folder(folder(tmp_path, US_1=[traffic], US_2=[sales]))

    assert (total(data), total(data, "ad_sales"), data.problems) == (7, 59.9, ())


def test_traffic_and_sales_of_a_row_are_both_recognised_in_an_older_file(tmp_path: Path) -> None:
    traffic = "2026-11-09,A,G,knife,EXACT,x,USD,100,7,3.50,,"
    sales = "2026-11-09,A,G,knife,EXACT,x,USD,,,,59.90,2"
    older = [traffic, sales, row(8, "x")]

    data = read_folder(folder(tmp_path, US_1=older, US_2=[traffic, sales]))

    assert (total(data), total(data, "ad_sales")) == (8, 59.9)


def test_rows_of_three_files_count_from_the_newest_one_first(tmp_path: Path) -> None:
    files = {
        "US_1": [row(8, "x"), row(9, "x"), row(10, "x")],
        "US_2": [row(9, "x", clicks=10), row(10, "x", clicks=10), row(11, "x", clicks=10)],
        "US_3": [row(10, "x", clicks=100), row(11, "x", clicks=100), row(12, "x", clicks=100)],
    }

    data = read_folder(folder(tmp_path, **files))

    assert total(data) == 1 + 10 + 300
    assert len(data.problems) == 3


def test_files_named_for_different_ad_products_share_no_rows(tmp_path: Path) -> None:
    files = {"US_B0AAAAAAA1": [row(9, "x")], "US_B0AAAAAAA2": [row(9, "x")]}

    data = read_folder(folder(tmp_path, **files, US_B0AAAAAAA2_new=[row(9, "x", clicks=8)]))

    assert total(data) == 1 + 8


def test_rows_of_different_accounts_are_different_rows(tmp_path: Path) -> None:
    files = {"account-one__US": [row(9, "x")], "account-two__US": [row(9, "x")]}

    data = read_folder(folder(tmp_path, **files))

    assert (total(data), data.problems) == (2, ())


def test_the_same_row_is_recognised_in_another_language(tmp_path: Path) -> None:
    folder(tmp_path, US_1=[row(8, "x"), row(9, "x")])
    (tmp_path / "US_2.csv").write_text(
        "日期,广告活动名称,广告组名称,投放,匹配类型,客户搜索词,货币,展示量,点击量,花费,7天总销售额\n"
        "2026-11-09,A,G,knife,EXACT,x,USD,10,5,1.00,0\n",
        encoding="utf-8",
    )

    assert total(read_folder(tmp_path)) == 1 + 5


def test_files_with_different_columns_are_compared_by_those_that_both_have(
    tmp_path: Path,
) -> None:
    folder(tmp_path, US_1=[row(8, "x"), row(9, "x"), row(9, "y")])
    (tmp_path / "US_2.csv").write_text(
        "Date,Campaign Name,Customer Search Term,Currency,Clicks,Spend,7 Day Total Sales\n"
        "2026-11-09,A,x,USD,5,1.00,0\n",
        encoding="utf-8",
    )

    data = read_folder(tmp_path)

    assert total(data) == 1 + 5 + 1


WEEKLY = "Date range,Campaign name,Search term,Budget currency,Clicks,Total cost,Sales\n"


def test_overlapping_periods_are_never_added_up(tmp_path: Path) -> None:
    (tmp_path / "US.csv").write_text(
        WEEKLY
        + '"Nov 02, 2026 - Nov 06, 2026",A,x,USD,1,1.00,0\n'
        + '"Nov 02, 2026 - Nov 08, 2026",A,x,USD,10,1.00,0\n'
        + '"Nov 02, 2026 - Nov 06, 2026",A,y,USD,100,1.00,0\n',
        encoding="utf-8",
    )

    data = read_folder(tmp_path)

    assert total(data) == 110
    assert said(data) == [
        "US.csv: Rows not counted because newer rows of the same file cover their days: 1."
    ]
    assert (data.sources[0].rows_read, data.sources[0].rows_kept) == (3, 2)


def test_a_period_yields_to_days_inside_it_from_a_newer_file(tmp_path: Path) -> None:
    (tmp_path / "US_1.csv").write_text(
        WEEKLY + '"Nov 02, 2026 - Nov 08, 2026",A,x,USD,10,1.00,0\n', encoding="utf-8"
    )
    (tmp_path / "US_2.csv").write_text(
        WEEKLY.replace("Date range", "Date") + "2026-11-08,A,x,USD,3,1.00,0\n", encoding="utf-8"
    )

    assert total(read_folder(tmp_path)) == 3


ROWS = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.sampled_from(["x", "y", "z", "null", "100% wool", 'say "hi"']),
        st.integers(0, 50),
        st.integers(0, 9999),
    ),
    min_size=1,
    max_size=25,
    unique_by=lambda each: each[:2],
)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS, data=st.data())
def test_sums_do_not_depend_on_how_a_report_is_split_over_files_that_overlap(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[int, str, int, int]],
    data: st.DataObject,
) -> None:
    lines = [
        row(day, '"' + term.replace('"', '""') + '"', clicks=clicks, spend=f"{cents / 100:.2f}")
        for day, term, clicks, cents in rows
    ]
    whole = read_folder(folder(tmp_path_factory.mktemp("whole"), US=lines))
    picks = data.draw(
        st.lists(
            st.sets(st.sampled_from([1, 2, 3]), min_size=1),
            min_size=len(lines),
            max_size=len(lines),
        )
    )
    parts = {
        f"US_{part}": held
        for part in (1, 2, 3)
        if (held := [line for line, pick in zip(lines, picks, strict=True) if part in pick])
    }
    split = read_folder(folder(tmp_path_factory.mktemp("split"), **parts))

    for measure in ("ad_clicks", "ad_spend", "ad_impressions"):
        assert total(split, measure) == total(whole, measure)
    assert sum(each.rows_kept for each in split.sources) <= len(lines) * 3
    for each in split.sources:
        assert each.rows_read == each.rows_kept + each.rows_refused
