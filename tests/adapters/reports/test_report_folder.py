"""A whole data folder: order, duplicates, overlapping kinds, and progress."""

import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from facilitator.adapters.reports import read_folder
from facilitator.domain.kpis.facts import LoadProgress, Marketplace, PreparedData

SEARCH = "Date,Customer Search Term,Campaign Name,Currency,Clicks,Spend,7 Day Total Sales\n"
CAMPAIGN = "Date,Campaign Name,Currency,Clicks,Spend,7 Day Total Sales\n"


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_csv", ".csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def spend(data: PreparedData) -> float:
    return sum(fact.amount for fact in data.facts if fact.measure == "ad_spend")


def test_files_are_read_in_the_order_of_their_names_below_the_folder(tmp_path: Path) -> None:
    row = "2026-11-16,x,A,USD,1,{},9\n"
    written(
        tmp_path,
        US__b_csv=SEARCH + row.format(2),
        DE__a_csv=SEARCH + row.format(1).replace("USD", "EUR"),
        US__notes="not a known report",
    )
    (tmp_path / ".hidden.csv").write_text("x")
    (tmp_path / "~$open.xlsx").write_text("x")

    data = read_folder(tmp_path)

    assert [source.file for source in data.sources] == ["DE/a.csv", "US/b.csv", "US/notes"]
    assert [source.marketplaces for source in data.sources] == [("DE",), ("US",), ()]
    assert [problem.file for problem in data.problems] == ["US/notes"]


def test_the_same_content_twice_is_counted_once(tmp_path: Path) -> None:
    text = SEARCH + "2026-11-16,x,A,USD,1,5,9\n"
    written(tmp_path, US_1_csv=text, US_2_csv=text)

    data = read_folder(tmp_path)

    assert spend(data) == 5.0
    assert [(each.file, each.is_error) for each in data.problems] == [("US_2.csv", False)]
    assert "US_1.csv" in data.problems[0].translate()


def test_a_campaign_report_takes_precedence_over_a_search_term_report(tmp_path: Path) -> None:
    written(
        tmp_path,
        US_campaign_csv=CAMPAIGN + "2026-11-16,A,USD,3,7,9\n",
        US_search_csv=SEARCH + "2026-11-16,x,A,USD,1,5,9\n2026-11-15,x,A,USD,1,4,9\n",
    )

    data = read_folder(tmp_path)

    assert {(fact.day, fact.amount) for fact in data.facts if fact.measure == "ad_spend"} == {
        (date(2026, 11, 16), 7.0),
        (date(2026, 11, 15), 4.0),
    }
    assert [(each.file, each.is_error) for each in data.problems] == [("US_search.csv", False)]


def test_earlier_days_can_be_left_out(tmp_path: Path) -> None:
    written(tmp_path, US_csv=SEARCH + "2026-11-16,x,A,USD,1,5,9\n2026-08-01,x,A,USD,1,4,9\n")

    data = read_folder(tmp_path, since=date(2026, 11, 1))

    assert {fact.day for fact in data.facts} == {date(2026, 11, 16)}


def test_progress_runs_up_to_the_last_byte(tmp_path: Path) -> None:
    written(tmp_path, US_1_csv=SEARCH + "2026-11-16,x,A,USD,1,5,9\n", US_2_csv="nothing\n")
    steps: list[LoadProgress] = []

    read_folder(tmp_path, [Marketplace("US")], progress=steps.append)

    done = [step.done for step in steps]
    assert done == sorted(done)
    assert (
        steps[-1].done == steps[-1].total == sum(f.stat().st_size for f in tmp_path.glob("*.csv"))
    )
    assert {step.file for step in steps} == {"US_1.csv", "US_2.csv"}


def test_an_exception_from_the_progress_callback_ends_the_load(tmp_path: Path) -> None:
    written(tmp_path, US_csv=SEARCH)

    class StoppedError(Exception):
        pass

    def stop(step: LoadProgress) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        read_folder(tmp_path, progress=stop)


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    data = read_folder(tmp_path / "data")

    assert [problem.file for problem in data.problems] == ["data"]
    assert data.facts == ()


def test_a_folder_named_like_a_file_is_reported_and_searched(tmp_path: Path) -> None:
    written(tmp_path, US_csv__a_csv=SEARCH + "2026-11-16,x,A,USD,1,5,9\n")

    data = read_folder(tmp_path)

    assert spend(data) == 5.0
    assert "is a folder" in data.problems[0].translate()


def test_a_broken_link_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "US.csv").symlink_to(tmp_path / "gone.csv")

    assert [problem.file for problem in read_folder(tmp_path).problems] == ["US.csv"]


def test_files_read_in_parallel_share_one_progress(tmp_path: Path) -> None:
    row = "2026-11-16,x,A,USD,1,1,9\n"
    written(tmp_path, **{f"US_{name}_csv": SEARCH + row * 60_000 + f"#{name}\n" for name in "abc"})
    steps: list[LoadProgress] = []

    data = read_folder(tmp_path, [Marketplace("US")], progress=steps.append)

    done = [step.done for step in steps]
    assert done == sorted(done)
    assert steps[-1].done == steps[-1].total
    assert [source.file for source in data.sources] == ["US_a.csv", "US_b.csv", "US_c.csv"]
    assert [source.rows_read for source in data.sources] == [60_001] * 3


def test_no_reading_continues_after_cancelling(tmp_path: Path) -> None:
    row = "2026-11-16,x,A,USD,1,1,9\n"
    written(tmp_path, **{f"US_{name}_csv": SEARCH + row * 60_000 + f"#{name}\n" for name in "abc"})
    before = threading.active_count()

    class LeftError(Exception):
        pass

    def leave(step: LoadProgress) -> None:
        if step.done:
            raise LeftError

    with pytest.raises(LeftError):
        read_folder(tmp_path, [Marketplace("US")], progress=leave)
    assert threading.active_count() == before


def test_empty_reports_of_different_days_are_not_duplicates(tmp_path: Path) -> None:
    header = "stranded-reason\tfulfillable-qty\n"
    for day in (15, 22):
        (tmp_path / f"stranded_US_2026-11-{day}.txt").write_text(header)

    data = read_folder(tmp_path)

    assert data.problems == ()
    assert [(fact.day.day, fact.amount) for fact in data.facts] == [(15, 0.0), (22, 0.0)]


def test_only_one_of_two_file_names_that_look_alike_is_read(tmp_path: Path) -> None:
    for name, cost in (("a\x01_US.csv", 1), ("a\x02_US.csv", 100)):
        (tmp_path / name).write_text(SEARCH + f"2026-11-16,x,A,USD,1,{cost},9\n")

    data = read_folder(tmp_path)

    assert spend(data) == 1.0
    (problem,) = data.problems
    assert problem.translate() == (
        "a_US.csv: Another file's name looks exactly the same, so this one was not read. Rename "
        "one of them without invisible characters."
    )


def test_many_new_files_are_read_side_by_side_in_a_fresh_process(tmp_path: Path) -> None:
    head = "Date,Campaign Name,Currency,Clicks,Spend,7 Day Total Sales\n"
    for number in range(6):
        text = f"{head}2026-11-{10 + number},A,USD,5,1.00,9\n"
        (tmp_path / f"US_{number}.csv").write_text(text, encoding="utf-8")
    program = (
        "import sys; sys.setswitchinterval(1e-6); from pathlib import Path; "
        "from facilitator.adapters.reports import read_folder; "
        f"print(len(read_folder(Path({str(tmp_path)!r})).sources))"
    )

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert (ended.returncode, ended.stdout.strip()) == (0, b"6")
