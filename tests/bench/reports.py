"""Benchmarks of reading reports, each in a new process."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from facilitator.adapters.reports.cache import CACHE_FOLDER
from tests.bench.heavy_week import NAME, write_heavy_week
from tests.bench.measurement import Figure, Scale, median
from tests.bench.pseudo_terminal import environment
from tests.bench.report_generator import write_report, write_workbook

READER = Path(__file__).with_name("report_readers.py")
ROUNDS = 5
"""At most."""
LAST_DAY = date(2026, 11, 22)
YESTERDAY = 1_790_000_000
"""Seconds, as in modification times of files."""

_Measured = dict[str, float]


def reports(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Measure a long report, a workbook, and the week of five shops."""
    yield from _long_report(scale, folder / "long-report")
    yield from _workbook(scale, folder / "workbook")
    yield from _heavy_week(scale, folder / "heavy-week")


def _long_report(scale: Scale, folder: Path) -> Iterator[Figure]:
    folder.mkdir()
    write_report(folder / "search-term-US.csv", scale.rows, LAST_DAY)
    what = f"a report of {scale.rows:,} rows"
    ours, polars = _rounds(scale, folder, ("facilitator", "polars"), scale.rows)
    again = [_read("facilitator", folder) for _ in ours]
    yield Figure(
        what=f"{what}: time",
        figure=_middle(ours, "seconds"),
        floor=_middle(polars, "seconds"),
        floor_is="polars alone, the same sums",
        most_ratio=1.3,
    )
    yield Figure(
        what=f"{what}: peak memory",
        figure=_middle(ours, "peak"),
        floor=_middle(polars, "peak"),
        unit="MiB",
        floor_is="polars alone, streaming",
        most_ratio=1.3,
        most=300,
    )
    yield Figure(
        what=f"{what}: the second opening",
        figure=_middle(again, "seconds"),
        floor=_middle(ours, "seconds"),
        floor_is="the first one",
        most=0.02,
        is_sound=all(each["rows"] == scale.rows for each in again),
    )


def _workbook(scale: Scale, folder: Path) -> Iterator[Figure]:
    folder.mkdir()
    rows = scale.rows // 10
    write_workbook(folder / "search-term-US.xlsx", rows, LAST_DAY)
    ours, bare = _rounds(scale, folder, ("facilitator", "calamine"), rows)
    yield Figure(
        what=f"a workbook of {rows:,} rows: time",
        figure=_middle(ours, "seconds"),
        floor=_middle(bare, "seconds"),
        floor_is="calamine alone",
        most_ratio=1.2,
    )
    yield Figure(
        what=f"a workbook of {rows:,} rows: peak memory",
        figure=_middle(ours, "peak"),
        floor=_middle(bare, "peak"),
        unit="MiB",
        floor_is="calamine alone",
    )


def _heavy_week(scale: Scale, folder: Path) -> Iterator[Figure]:
    data = write_heavy_week(folder, scale.rows, LAST_DAY)
    _backdate(data)
    files = [each for each in data.rglob("*") if each.is_file()]
    size = sum(file.stat().st_size for file in files)
    command = ["-m", "facilitator", "kpi", NAME, "--week", f"{LAST_DAY}", "--json"]
    ours, alone = [], []
    answers: list[str] = []
    for _ in range(min(scale.rounds, ROUNDS)):
        shutil.rmtree(data / CACHE_FOLDER, ignore_errors=True)
        seconds, printed = _timed(command, folder)
        ours.append(seconds)
        answers.append(printed)
        alone.append(_timed([READER, "one after the other", data], folder)[0])
    yield Figure(
        what=f"a heavy week of {len(files)} files, {size / 1e6:.0f} MB: from command to figures",
        figure=median(ours),
        floor=median(alone),
        floor_is="polars and calamine alone, one after the other",
        most_ratio=1.5,
        is_sound=all(_has_every_figure(printed) for printed in answers),
    )


def _has_every_figure(printed: str) -> bool:
    """Return whether each KPI has a value in some shop."""
    series = json.loads(printed)["kpis"]
    found = {each["kpi"] for each in series if each["value"] is not None}
    return bool(series) and found == {each["kpi"] for each in series}


def _timed(words: Sequence[str | Path], folder: Path) -> tuple[float, str]:
    """Run a program in a folder; return the seconds of the whole process, and what it printed."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - begun
    if not done.stdout:
        raise ValueError(done.stderr)
    return seconds, done.stdout


def _backdate(folder: Path) -> None:
    """Date the files to yesterday; recent files are hashed when they are read."""
    for file in folder.rglob("*"):
        os.utime(file, (YESTERDAY, YESTERDAY))


def _rounds(
    scale: Scale, folder: Path, readers: tuple[str, ...], rows: int
) -> list[tuple[_Measured, ...]]:
    """Run the readers in turn, several times, each without the cache of another.

    Return the measurements of each reader; raise ValueError if one has not read all `rows`.
    """
    _backdate(folder)
    found = []
    for _ in range(min(scale.rounds, ROUNDS)):
        shutil.rmtree(folder / CACHE_FOLDER, ignore_errors=True)
        found.append(tuple(_read(reader, folder) for reader in readers))
    if any(each["rows"] != rows for measured in found for each in measured):
        raise ValueError(f"Not every row of {folder} was read.")
    return list(zip(*found, strict=True))


def _middle(measured: Sequence[_Measured], name: str) -> float:
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
