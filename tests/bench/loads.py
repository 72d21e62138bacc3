"""A search term report of a million rows, against pandas reading the same columns alone."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.bench.big_report import write_report
from tests.bench.measured import Figure, Scale, middle
from tests.bench.pseudo_terminal import environment

READER = Path(__file__).with_name("reading.py")
ROUNDS = 5
"""At most."""


def long_report(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Time and peak memory, each in a fresh process."""
    data = folder / "long-report"
    data.mkdir()
    file = data / "search-term-US.csv"
    write_report(file, scale.rows, date(2026, 11, 22))
    rounds = range(min(scale.rounds, ROUNDS))
    read = [(_read("facilitator", file), _read("pandas", file)) for _ in rounds]
    if any(ours["rows"] != scale.rows or bare["rows"] != scale.rows for ours, bare in read):
        raise ValueError(f"Not every row of {file} was read.")
    for what, name, unit in (("time", "seconds", "s"), ("peak memory", "peak", "MiB")):
        yield Figure(
            what=f"a report of {scale.rows:,} rows: {what}",
            figure=middle([ours[name] for ours, _bare in read]),
            floor=middle([bare[name] for _ours, bare in read]),
            unit=unit,
            floor_is="pandas alone",
        )


def _read(reader: str, file: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, READER, reader, file],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told
