"""What `inspect` says of the amounts of a file that are not counted."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.test_week_option import AGENDA, ads

DAYS = [*((10, day) for day in range(26, 32)), *((11, day) for day in range(1, 23))]
"""The days of the window below."""
WEEK = [(f"2026-11-{day}", 25) for day in range(16, 23)]
WINDOWED = (
    "Start Date,End Date,Currency,Campaign Name,Ad Group Name,Targeting,Match Type,"
    "Customer Search Term,Impressions,Clicks,Spend,7 Day Total Sales,7 Day Total Orders (#)\n"
    "2026-10-26,2026-11-22,USD,C,G,t,BROAD,a,90000,900,900,1500,50\n"
    "2026-11-18,2026-11-18,USD,C,G,t,BROAD,b,100,10,10,100,2\n"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the folder of the US in the data folder of an agenda."""
    home = tmp_path / "agendas" / "weekly"
    folder = home / "data" / "US"
    folder.mkdir(parents=True)
    (home / "agenda.toml").write_text(AGENDA.format(weekday="sunday"), encoding="utf-8")
    return folder


@pytest.fixture
def inspect(run):
    """Return a function that inspects files: the exit code, and what is told of each."""

    def inspect(*files: Path):
        printed = run("inspect", *files, "--week", "2026-11-22", "--json")
        return printed.code, json.loads(printed.out)

    return inspect


def spend(told) -> dict[str, float]:
    """Return the ad spend of a file: what is counted, and what is not, by reason."""
    found = {"counted": sum(e["amount"] for e in told["totals"] if e["measure"] == "ad_spend")}
    for each in told["left_out"]:
        if each["measure"] == "ad_spend":
            found[each["reason"]] = each["amount"]
    return found


def test_a_file_of_which_everything_counts_leaves_nothing_out(data, inspect):
    (data / "ads.csv").write_text(ads(*WEEK), encoding="utf-8")

    code, (told,) = inspect(data / "ads.csv")

    assert (code, told["left_out"], spend(told)) == (0, [], {"counted": 175})


def test_money_of_a_refused_row_is_told_with_its_rows(data, inspect):
    text = ads(*WEEK).replace("2026-11-18,USD", "someday,USD").replace("2026-11-19,USD", "soon,USD")
    (data / "ads.csv").write_text(text, encoding="utf-8")

    code, (told,) = inspect(data / "ads.csv")

    assert (code, spend(told)) == (1, {"counted": 125, "refused": 50})
    assert {"measure": "ad_sales", "currency": "USD", "amount": 200, "rows": 2} in [
        {name: each[name] for name in ("measure", "currency", "amount", "rows")}
        for each in told["left_out"]
    ]


def test_a_window_that_no_week_gets_is_unplaced(data, inspect, run):
    (data / "ads.csv").write_text(WINDOWED, encoding="utf-8")

    code, (told,) = inspect(data / "ads.csv")

    assert (code, spend(told)) == (1, {"counted": 0, "unplaced": 910})
    printed = run("inspect", data / "ads.csv").out
    assert "left out (no marketplace or no week): ad spend 910 USD, rows: 2" in printed


def test_a_window_of_which_another_file_tells_the_days_is_not_lost(data, inspect):
    days = [(f"2026-{month}-{day:02}", 3) for month, day in DAYS]
    (data / "ads-summary.csv").write_text(WINDOWED, encoding="utf-8")
    (data / "ads-daily.csv").write_text(ads(*days), encoding="utf-8")

    code, (daily, summary) = inspect(data / "ads-daily.csv", data / "ads-summary.csv")

    assert (code, spend(daily)) == (0, {"counted": 84})
    assert spend(summary) == {"counted": 0, "duplicate": 910}


def test_days_after_the_week_under_review_are_unplaced(data, inspect):
    (data / "ads.csv").write_text(ads(*WEEK, ("2026-11-25", 7)), encoding="utf-8")

    code, (told,) = inspect(data / "ads.csv")

    assert (code, spend(told)) == (1, {"counted": 175, "unplaced": 7})


def test_rows_that_a_newer_file_has_too_are_duplicates_of_the_older(data, inspect):
    older = ads(*WEEK[:3], ("2026-11-19", 9)).replace(",mug,", ",cup,", 1)
    (data / "ads-2026-11-20.csv").write_text(older, encoding="utf-8")
    (data / "ads-2026-11-23.csv").write_text(ads(*WEEK), encoding="utf-8")

    code, (first, second) = inspect(*sorted(data.iterdir()))

    assert code == 0
    assert spend(second) == {"counted": 175}
    assert sum(spend(first).values()) == 84
    assert spend(first)["duplicate"] >= 50


def test_a_file_with_the_same_bytes_is_a_duplicate_as_a_whole(data, inspect):
    (data / "ads.csv").write_text(ads(*WEEK), encoding="utf-8")
    shutil.copy(data / "ads.csv", data / "ads - Copy.csv")

    code, told = inspect(*sorted(data.iterdir()))

    assert code == 0
    amounts = sorted(map(spend, told), key=len)
    assert amounts == [{"counted": 175}, {"counted": 0, "duplicate": 175}]


def test_a_file_outside_of_a_data_folder_is_read_alone(tmp_path, inspect):
    for name in ("ads_US_1.csv", "ads_US_2.csv"):
        (tmp_path / name).write_text(ads(*WEEK), encoding="utf-8")

    code, told = inspect(*sorted(tmp_path.glob("*.csv")))

    assert (code, [spend(each) for each in told]) == (0, [{"counted": 175}] * 2)


def test_a_total_row_is_left_out_and_loses_no_money(data, inspect):
    total = "Total,USD,,,,,,7000,350,175.00,700.00,28\n"
    (data / "ads.csv").write_text(ads(*WEEK) + total, encoding="utf-8")

    code, (told,) = inspect(data / "ads.csv")

    assert (code, spend(told)) == (0, {"counted": 175, "total_row": 175})
    assert [each["amount"] for each in told["problems"]] == [0]


def test_what_counts_and_what_does_not_adds_up_to_the_rows_of_the_file(data, inspect):
    older = [*WEEK, ("2026-11-10", 11.13), ("someday", 5.07)]
    newer = [*WEEK[2:], ("2027-01-05", 3.01)]
    (data / "ads-2026-11-20.csv").write_text(ads(*older), encoding="utf-8")
    (data / "ads-2026-11-23.csv").write_text(ads(*newer), encoding="utf-8")

    code, (first, second) = inspect(*sorted(data.iterdir()))

    assert code == 1
    assert spend(first) == {"counted": 61.13, "duplicate": 125, "refused": 5.07}
    assert spend(second) == {"counted": 125, "unplaced": 3.01}
    for rows, told in ((older, first), (newer, second)):
        assert round(sum(spend(told).values()), 2) == round(sum(each for _, each in rows), 2)
