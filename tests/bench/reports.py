"""Benchmarks of reading reports, each in a new process."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from facilitator.adapters.reports.cache import CACHE_FOLDER
from tests.bench.measurement import Figure, Scale, median
from tests.bench.pseudo_terminal import environment
from tests.bench.report_generator import write_report, write_workbook

READER = Path(__file__).with_name("report_readers.py")
ROUNDS = 5
"""At most."""
LAST_DAY = date(2026, 11, 22)
FILES = 10
YESTERDAY = 1_790_000_000
"""Seconds, as in modification times of files."""

_Measured = dict[str, float]


def reports(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Measure a long report, a workbook, and several files in parallel."""
    yield from _long_report(scale, folder / "long-report")
    yield from _workbook(scale, folder / "workbook")
    yield from _many_reports(scale, folder / "many")


def _long_report(scale: Scale, folder: Path) -> Iterator[Figure]:
    folder.mkdir()
    write_report(folder / "search-term-US.csv", scale.rows, LAST_DAY)
    what = f"a report of {scale.rows:,} rows"
    rounds = _rounds(scale, folder, ("facilitator", "polars", "pandas"))
    again = [_read("facilitator", folder) for _ in rounds]
    ours, polars, pandas = zip(*rounds, strict=True)
    if any(each["rows"] != scale.rows for each in (*ours, *polars, *pandas, *again)):
        raise ValueError(f"Not every row of {folder} was read.")
    yield Figure(
        what=f"{what}: time",
        figure=_middle(ours, "seconds"),
        floor=_middle(polars, "seconds"),
        floor_is="polars alone",
        most_ratio=1.5,
    )
    yield Figure(
        what=f"{what}: time",
        figure=_middle(ours, "seconds"),
        floor=_middle(pandas, "seconds"),
        floor_is="pandas alone",
    )
    yield Figure(
        what=f"{what}: peak memory",
        figure=_middle(ours, "peak"),
        floor=_middle(pandas, "peak"),
        unit="MiB",
        floor_is="pandas alone",
        most=200,
    )
    yield Figure(
        what=f"{what}: the second opening",
        figure=_middle(again, "seconds"),
        floor=_middle(ours, "seconds"),
        floor_is="the first one",
        most=0.1,
    )


def _workbook(scale: Scale, folder: Path) -> Iterator[Figure]:
    folder.mkdir()
    rows = scale.rows // FILES
    write_workbook(folder / "search-term-US.xlsx", rows, LAST_DAY)
    ours, bare = zip(*_rounds(scale, folder, ("facilitator", "calamine")), strict=True)
    for what, name, unit in (("time", "seconds", "s"), ("peak memory", "peak", "MiB")):
        yield Figure(
            what=f"a workbook of {rows:,} rows: {what}",
            figure=_middle(ours, name),
            floor=_middle(bare, name),
            unit=unit,
            floor_is="calamine alone",
        )


def _many_reports(scale: Scale, folder: Path) -> Iterator[Figure]:
    folder.mkdir()
    rows = scale.rows // FILES
    for number in range(FILES):
        last_day = LAST_DAY - timedelta(weeks=14 * number)
        write_report(folder / f"search-term-US-{number}.csv", rows, last_day)
    ours, in_turn = zip(*_rounds(scale, folder, ("facilitator", "one by one")), strict=True)
    yield Figure(
        what=f"{FILES} reports of {rows:,} rows side by side: time",
        figure=_middle(ours, "seconds"),
        floor=_middle(in_turn, "seconds"),
        floor_is="one after the other",
    )
    yield Figure(
        what=f"{FILES} reports of {rows:,} rows side by side: peak memory",
        figure=_middle(ours, "peak"),
        floor=_middle(in_turn, "peak"),
        unit="MiB",
        floor_is="one after the other",
        most=200,
    )


def _backdate(folder: Path) -> None:
    """Date the files to yesterday; recent files are hashed when they are read."""
    for file in folder.iterdir():
        os.utime(file, (YESTERDAY, YESTERDAY))


def _rounds(scale: Scale, folder: Path, readers: tuple[str, ...]) -> list[tuple[_Measured, ...]]:
    """Run the readers in turn, several times, each without the cache of another."""
    _backdate(folder)
    found = []
    for _ in range(min(scale.rounds, ROUNDS)):
        shutil.rmtree(folder / CACHE_FOLDER, ignore_errors=True)
        found.append(tuple(_read(reader, folder) for reader in readers))
    return found


def _middle(measured: tuple[_Measured, ...] | list[_Measured], name: str) -> float:
    return median([each[name] for each in measured])


def _read(reader: str, folder: Path) -> _Measured:
    done = subprocess.run(
        [sys.executable, READER, reader, folder],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    measured: _Measured = json.loads(done.stdout)
    return measured
