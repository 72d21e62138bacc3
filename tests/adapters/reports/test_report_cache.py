"""Readings are cached beside the data, and used only while the files are unchanged."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from facilitator.adapters.reports import read_folder
from facilitator.adapters.reports.cache import CACHE_FOLDER
from facilitator.domain.kpis.facts import LoadProgress, Marketplace, PreparedData

HEADER = "Date,Customer Search Term,Campaign Name,Currency,Clicks,Spend,7 Day Total Sales\n"
US = (Marketplace("US"),)
LONG_AGO = 1_600_000_000_000_000_000
"""Nanoseconds, as in the modification times of files."""


def write(file: Path, spend: int, modified: int | None = None) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{HEADER}2026-11-16,x,A,USD,1,{spend},9\n", encoding="utf-8")
    if modified is not None:
        os.utime(file, ns=(modified, modified))


def spend(data: PreparedData) -> float:
    return sum(fact.amount for fact in data.facts if fact.measure == "ad_spend")


def entries(folder: Path) -> list[Path]:
    return sorted((folder / CACHE_FOLDER).glob("*"))


def let_rest(folder: Path) -> None:
    """Make the cache some seconds newer than the files."""
    for entry in entries(folder):
        later = entry.stat().st_mtime_ns + 3_000_000_000
        os.utime(entry, ns=(later, later))


AGAIN = """
import sys
from pathlib import Path

opened = []
sys.addaudithook(lambda event, words: event == "open" and opened.append(str(words[0])))
from facilitator.adapters.reports import read_folder

read_folder(Path(sys.argv[1]), ("US",))
print(sorted({"pandas", "polars"} & set(sys.modules)))
print(any(each.endswith(".csv") for each in opened))
"""


def read_in_another_process(folder: Path) -> list[str]:
    """Return the engines that a reading loads, and whether it opens a report."""
    words = [sys.executable, "-c", AGAIN, str(folder)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()


def test_a_second_reading_gives_the_same_and_needs_no_engine(tmp_path: Path) -> None:
    write(tmp_path / "a_US.csv", 5, LONG_AGO)
    (tmp_path / "b_US.csv").write_text("nothing that anybody knows\n")
    os.utime(tmp_path / "b_US.csv", ns=(LONG_AGO, LONG_AGO))
    first = read_folder(tmp_path, US)

    assert read_in_another_process(tmp_path)[0] == "[]"
    assert read_folder(tmp_path, US) == first


def test_an_old_enough_file_is_recognised_without_opening_it(tmp_path: Path) -> None:
    write(tmp_path / "a_US.csv", 5)
    first = read_folder(tmp_path, US)

    assert read_in_another_process(tmp_path) == ["[]", "True"]  # it may have changed since
    let_rest(tmp_path)
    assert read_in_another_process(tmp_path) == ["[]", "False"]
    assert read_folder(tmp_path, US) == first


def test_other_content_with_the_old_date_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a_US.csv"
    write(file, 5, LONG_AGO)
    read_folder(tmp_path, US)
    inode = file.stat().st_ino
    write(file, 7, LONG_AGO)

    assert file.stat().st_ino == inode
    assert spend(read_folder(tmp_path, US)) == 7


def test_a_file_changed_within_the_clock_resolution_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a_US.csv"
    write(file, 5)
    modified = file.stat().st_mtime_ns
    read_folder(tmp_path, US)
    write(file, 7, modified)

    assert spend(read_folder(tmp_path, US)) == 7


def test_a_changed_file_is_read_again_and_the_others_are_not(tmp_path: Path) -> None:
    write(tmp_path / "a_US.csv", 5, LONG_AGO)
    write(tmp_path / "b_US.csv", 6, LONG_AGO)
    read_folder(tmp_path, US)
    let_rest(tmp_path)
    kept = {entry: entry.stat().st_mtime_ns for entry in entries(tmp_path)}
    write(tmp_path / "b_US.csv", 70, LONG_AGO)

    data = read_folder(tmp_path, US)

    assert 70 in {fact.amount for fact in data.facts}
    assert sum(entry.stat().st_mtime_ns != kept.get(entry) for entry in entries(tmp_path)) <= 2


def test_a_renamed_file_is_interpreted_by_its_new_name(tmp_path: Path) -> None:
    write(tmp_path / "a_US.csv", 5, LONG_AGO)
    read_folder(tmp_path)
    (tmp_path / "a_US.csv").rename(tmp_path / "a_CA.csv")

    data = read_folder(tmp_path)

    assert data.sources[0].marketplaces == ("CA",)
    assert len(entries(tmp_path)) == 1


def test_a_cached_reading_depends_on_the_marketplaces(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", 5, LONG_AGO)

    assert read_folder(tmp_path, (Marketplace("US"),)).sources[0].marketplaces == ("US",)
    assert read_folder(tmp_path, (Marketplace("CA"),)).sources[0].marketplaces == ("CA",)


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"\x81\xa4name\xa1x"])
def test_a_damaged_cache_entry_is_ignored(tmp_path: Path, content: bytes) -> None:
    write(tmp_path / "a_US.csv", 5, LONG_AGO)
    first = read_folder(tmp_path, US)
    for entry in entries(tmp_path):
        entry.write_bytes(content)

    assert read_folder(tmp_path, US) == first


def test_a_cache_entry_with_one_flipped_bit_is_ignored(tmp_path: Path) -> None:
    write(tmp_path / "a_US.csv", 5, LONG_AGO)
    first = read_folder(tmp_path, US)
    (entry,) = entries(tmp_path)
    content = bytearray(entry.read_bytes())
    for place in range(0, len(content), 97):
        content[place] ^= 0x10
        entry.write_bytes(content)
        assert read_folder(tmp_path, US) == first
        content[place] ^= 0x10


def test_only_cache_entries_are_removed(tmp_path: Path) -> None:
    home, data = tmp_path / "home", tmp_path / "data"
    write(data / "a_US.csv", 5)
    write(home / "thesis.csv", 5)
    (home / f"{'0' * 32}.0123abcd").write_bytes(b"left by a program that was killed")
    (data / CACHE_FOLDER).symlink_to(home, target_is_directory=True)

    read_folder(data, US)

    assert sorted(each.suffix for each in home.iterdir()) == [".csv", ".msgpack"]


def test_an_interrupted_reading_is_not_cached(tmp_path: Path) -> None:
    write(tmp_path / "a_US.csv", 5, LONG_AGO)

    def fail_once(progress: LoadProgress) -> None:
        if progress.done:
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        read_folder(tmp_path, US, progress=fail_once)

    assert spend(read_folder(tmp_path, US)) == 5


def test_a_folder_without_a_writable_cache_can_be_read(tmp_path: Path) -> None:
    write(tmp_path / "a_US.csv", 5)
    (tmp_path / CACHE_FOLDER).write_text("in the way")

    assert spend(read_folder(tmp_path, US)) == 5
    assert spend(read_folder(tmp_path, US)) == 5


def test_duplicate_rows_are_resolved_once_and_cached(tmp_path: Path) -> None:
    for name, days in (("a_US.csv", (16, 17)), ("b_US.csv", (17, 18))):
        rows = "".join(f"2026-11-{day},x,A,USD,1,5,9\n" for day in days)
        (tmp_path / name).write_text(HEADER + rows)
        os.utime(tmp_path / name, ns=(LONG_AGO, LONG_AGO))
    first = read_folder(tmp_path, US)

    assert spend(first) == 15
    assert len(entries(tmp_path)) == 3
    assert read_folder(tmp_path, US) == first
