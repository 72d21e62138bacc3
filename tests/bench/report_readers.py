"""Read reports in a separate process; print its time and its peak of memory as JSON.

Run as `python report_readers.py READER FOLDER`. The import of the library that reads is part of the
time on all sides."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from facilitator.adapters.reports import read_folder
from facilitator.adapters.reports.reading import read_file
from facilitator.domain.kpis.facts import Marketplace

US = (Marketplace("US"),)


def with_facilitator(folder: Path) -> int:
    """Sum the folder to daily facts; return the number of rows kept."""
    return sum(source.rows_kept for source in read_folder(folder, US).sources)


def one_by_one(folder: Path) -> int:
    """Sum each file to daily facts, and nothing else."""
    return sum(read_file(file, folder, US).source.rows_kept for file in _files(folder))


def with_pandas(folder: Path) -> int:
    """Read the same columns without sums; return the number of rows."""
    import pandas as pd

    from tests.bench.report_generator import USED

    files = _files(folder)
    return sum(len(pd.read_csv(file, usecols=list(USED), engine="c")) for file in files)


def with_polars(folder: Path) -> int:
    """Do the same with polars, the fastest reader into a data frame."""
    import polars as pl

    from tests.bench.report_generator import USED

    return sum(len(pl.read_csv(file, columns=list(USED))) for file in _files(folder))


def with_calamine(folder: Path) -> int:
    """Unpack the sheet of a workbook without reading its cells."""
    from python_calamine import CalamineWorkbook

    books = map(CalamineWorkbook.from_path, _files(folder))
    return sum(book.get_sheet_by_index(0).height - 1 for book in books)


def peak() -> float:
    """Return MiB; `getrusage` would include the process that forked this one."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return float(status.partition("VmHWM:")[2].split()[0]) / 1024


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.suffix in (".csv", ".xlsx"))


READERS: dict[str, Callable[[Path], int]] = {
    "facilitator": with_facilitator,
    "one by one": one_by_one,
    "pandas": with_pandas,
    "polars": with_polars,
    "calamine": with_calamine,
}

if __name__ == "__main__":
    begun = time.perf_counter()
    rows = READERS[sys.argv[1]](Path(sys.argv[2]))
    seconds = time.perf_counter() - begun
    print(json.dumps({"rows": rows, "seconds": seconds, "peak": peak()}))
