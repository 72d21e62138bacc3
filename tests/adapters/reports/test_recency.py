"""Which of two files is newer, and why."""

from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.adapters.reports.recency import FileVersion, Recency

WEEK_END = date(2026, 11, 22)


def saved(day: int) -> float:
    return datetime(2026, 11, day, tzinfo=UTC).timestamp() * 1e9


def named(*files: str, last_day: date | None = WEEK_END) -> Recency:
    """Files that cover the same days, the first saved last: only their names say otherwise."""
    return Recency(
        [
            FileVersion(file=file, last_day=last_day, modified=saved(29 - place))
            for place, file in enumerate(files)
        ]
    )


def newest_first(*files: str) -> tuple[str, ...]:
    return named(*files).newest_first(files)


@pytest.mark.parametrize(
    "oldest_first",
    [
        ("US/report.csv", "US/report (1).csv", "US/report (2).csv", "US/report (10).csv"),
        ("US/report.csv", "US/report(1).csv", "US/report(2).csv"),
        ("report.csv", "report（1）.csv"),
        ("report.csv", "report - Copy.csv", "report - Copy (2).csv", "report - Copy (10).csv"),
        ("report.csv", "report copy.csv", "report copy 2.csv"),
        ("report.csv", "report - 副本.csv", "report - 副本 (2).csv"),
        ("业务报告.csv", "业务报告副本.csv"),
        ("report.csv", "report - Kopie.csv", "report - Kopie (2).csv"),
        ("report.csv", "report - copia.csv"),
        ("report.csv", "Copy of report.csv"),
        ("report (1).csv", "report (1) - Copy.csv", "report (2).csv"),
        ("st 2026-11-23.csv", "st 2026-11-23 (1).csv", "st 2026-11-24.csv"),
    ],
)
def test_a_copy_is_newer_than_what_it_is_a_copy_of(oldest_first: tuple[str, ...]) -> None:
    assert newest_first(*oldest_first) == oldest_first[::-1]


@pytest.mark.parametrize(
    "oldest_first",
    [
        ("st 28-11-2026.csv", "st 02-12-2026.csv"),
        ("st 11-28-2026.csv", "st 12-02-2026.csv"),
        ("st 28.11.2026.csv", "st 02.12.2026.csv"),
        ("st_28_11_26.csv", "st_02_12_26.csv"),
        ("BusinessReport-11-28-26.csv", "BusinessReport-12-2-26.csv"),
        ("st 26-11-28.csv", "st 26-12-02.csv"),
        ("st20261128.csv", "st20261202.csv"),
        ("st 28112026.csv", "st 02122026.csv"),
        ("2026年11月28日.csv", "2026年12月2日.csv"),
        ("广告 11月28日.csv", "广告 12月2日.csv"),
        ("st 28.11.csv", "st 02.12.csv"),
        ("st 11-28.csv", "st 12-02.csv"),
        ("st Nov 28 2026.csv", "st Dec 2 2026.csv"),
        ("st 28 Nov 2026.csv", "st 2nd December 2026.csv"),
        ("st-28-Okt-2026.csv", "st-02-Dez-2026.csv"),
        ("st 2026-W47.csv", "st 2026-W48.csv"),
        ("st W47.csv", "st W48.csv"),
        ("KW 9.csv", "KW 10.csv"),
        ("第47周.csv", "第48周.csv"),
        ("st Nov 28.csv", "st Dec 2.csv"),
        ("st-28Nov.csv", "st-02Dec.csv"),
        ("st 281126.csv", "st 021226.csv"),
        ("st 261128.csv", "st 261202.csv"),
        ("z 2026-11-28.csv", "a 2026-12-02.csv"),
        ("2026-11-28/US.csv", "2026-12-02/US.csv"),
        ("28-11-2026/US.csv", "02-12-2026/US.csv"),
        ("st 2026-11-09_2026-12-01.csv", "st 2026-11-02_2026-12-02.csv"),
        ("st 2026-11-28 09.30.00.csv", "st 2026-11-28 14.05.10.csv"),
        ("st_20261128T0930.csv", "st_20261128T1405.csv"),
    ],
)
def test_the_date_in_a_name_decides_in_any_order(oldest_first: tuple[str, ...]) -> None:
    assert newest_first(*oldest_first) == oldest_first[::-1]


def test_six_digits_that_are_no_day_near_those_covered_are_no_date() -> None:
    assert str(named("st 170576.csv", "st 170575.csv").why("st 170576.csv", "st 170575.csv")) in (
        "None",
        "it was saved later",
    )


def test_a_day_over_12_in_one_name_decides_for_its_siblings() -> None:
    files = ("st 25-11-2026.csv", "st 01-12-2026.csv", "st 02-12-2026.csv", "st 12-01-2026.csv")

    assert newest_first(*files) == (files[2], files[1], files[0], files[3])


def test_without_such_a_day_the_order_with_days_near_those_covered_is_taken() -> None:
    files = ("st 01-12-2026.csv", "st 02-12-2026.csv", "st 12-01-2026.csv")

    day_first = named(*files).newest_first(files)
    month_first = named(*files, last_day=date(2026, 1, 31)).newest_first(files)

    assert day_first == (files[1], files[0], files[2])
    assert month_first == (files[2], files[1], files[0])


def test_a_date_that_can_be_read_in_two_ways_decides_nothing() -> None:
    files = [FileVersion(file="a 03-04-2026.csv"), FileVersion(file="b 04-03-2026.csv")]

    said = Recency(files).compare(files[0].file, files[1].file).why

    assert str(said) == "the number in its name is higher"


def test_each_folder_may_write_its_dates_in_its_own_order() -> None:
    files = (
        "DE/st 28-11-2026.csv",
        "DE/st 02-12-2026.csv",
        "US/st 11-28-2026.csv",
        "US/st 12-02-2026.csv",
    )
    recency = named(*files)

    assert recency.compare(files[0], files[1]).newer == files[1]
    assert recency.compare(files[2], files[3]).newer == files[3]


def test_what_the_report_says_of_itself_comes_first_then_the_last_day_it_covers() -> None:
    recency = Recency(
        [
            FileVersion(
                file="st 2026-11-30.csv", updated_on=date(2026, 11, 23), last_day=date(2026, 11, 22)
            ),
            FileVersion(
                file="st 2026-11-23.csv", updated_on=date(2026, 11, 24), last_day=date(2026, 11, 21)
            ),
            FileVersion(file="st (1).csv", last_day=date(2026, 11, 20), modified=saved(28)),
            FileVersion(file="st.csv", last_day=date(2026, 11, 21), modified=saved(2)),
        ]
    )

    said = recency.compare("st 2026-11-30.csv", "st 2026-11-23.csv")
    covered = recency.compare("st (1).csv", "st.csv")

    assert (said.newer, str(said.why)) == (
        "st 2026-11-23.csv",
        "the report was made on 2026-11-24, and this one on 2026-11-23",
    )
    assert (covered.newer, str(covered.why)) == (
        "st.csv",
        "it covers days until 2026-11-21, and this one until 2026-11-20",
    )


def test_the_file_time_decides_where_names_say_nothing_and_never_the_alphabet() -> None:
    files = ("z.csv", "a.csv", "b (1).csv", "c (2).csv")

    assert newest_first(*files) == files
    assert str(named(*files).why("z.csv", "a.csv")) == "it was saved later"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("st 02-12-2026.csv", "st 28-11-2026.csv",
         "its name says 2026-12-02, and the name of this one 2026-11-28"),
        ("st (1).csv", "st.csv", "its name marks it as a later copy"),
    ],
)  # fmt: skip
def test_the_reason_is_told(one: str, other: str, why: str) -> None:
    assert str(named(one, other).why(one, other)) == why


def test_files_that_nothing_tells_apart_still_have_one_order() -> None:
    files = ("US_2.csv", "US_10.csv", "b.csv", "a.csv")
    for order in permutations(files):
        recency = Recency([FileVersion(file=each) for each in order])

        assert recency.newest_first(order) == ("US_10.csv", "US_2.csv", "b.csv", "a.csv")
        assert recency.compare("b.csv", "a.csv") == recency.compare("a.csv", "b.csv")
        assert recency.why("b.csv", "a.csv") is None


def test_files_that_beat_each_other_in_a_circle_have_one_order_whatever_the_listing() -> None:
    versions = [
        FileVersion(file="a", updated_on=date(2026, 11, 25), last_day=date(2026, 11, 1)),
        FileVersion(file="b", last_day=date(2026, 11, 3)),
        FileVersion(file="c", updated_on=date(2026, 11, 24), last_day=date(2026, 11, 9)),
    ]

    orders = {
        Recency(each).newest_first([one.file for one in each]) for each in permutations(versions)
    }

    assert len(orders) == 1


NAMES = st.lists(
    st.one_of(
        st.text(min_size=1, max_size=12),
        st.text("0123456789-_. ()/年月日TW", min_size=1, max_size=20),
        st.sampled_from(["．", "℀.csv", "(1)", "copy", "99-99-9999", "20260231", "copy of .csv"]),
    ),
    min_size=2,
    max_size=6,
    unique=True,
)


@given(names=NAMES, day=st.one_of(st.none(), st.dates()))
def test_files_of_any_name_have_one_order(names: list[str], day: date | None) -> None:
    versions = [FileVersion(file=each, last_day=day) for each in names]

    found = Recency(versions).newest_first(names)

    assert sorted(found) == sorted(names)
    assert Recency(versions[::-1]).newest_first(names[::-1]) == found
    for each in names:
        Recency(versions).why(found[0], each)
