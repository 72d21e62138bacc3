"""Read reports in a separate process; print its time and its peak of memory as JSON.

Run as `python report_readers.py READER FOLDER`. The import of the library that reads is part of the
time on all sides."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from facilitator.adapters.reports import read_folder
from facilitator.domain.kpis.facts import Marketplace

US = (Marketplace("US"),)


def with_facilitator(folder: Path) -> int:
    """Sum the folder to daily facts; return the number of rows kept."""
    return sum(source.rows_kept for source in read_folder(folder, US).sources)


def with_polars(folder: Path) -> int:
    """Do the same sums with polars alone, streaming, and trust every cell; return the rows."""
    import polars as pl

    from tests.bench.report_generator import USED

    day, currency, *numbers = USED
    amounts = [
        pl.col(name).str.strip_prefix("$").cast(pl.Float64, strict=False) for name in numbers
    ]
    rows = 0
    for file in _files(folder):
        cells = pl.scan_csv(file, infer_schema=False).select(day, currency, *amounts)
        sums = cells.group_by(day, currency).agg(pl.col(numbers).sum(), pl.len())
        rows += int(sums.collect(engine="streaming")["len"].sum())
    return rows


def with_calamine(folder: Path) -> int:
    """Read the cells of workbooks; return the number of rows."""
    return sum(_cells(file) for file in _files(folder))


def one_after_the_other(folder: Path) -> int:
    """Read the columns of a heavy week that the figures need, without sums; return the rows."""
    import polars as pl

    from tests.bench.heavy_week import USED

    rows = 0
    for file in _files(folder):
        used = next(columns for kind, columns in USED.items() if file.name.startswith(kind))
        if file.suffix == ".xlsx":
            rows += _cells(file)
        else:
            tab = "\t" if file.suffix == ".txt" else ","
            rows += len(pl.read_csv(file, columns=list(used), separator=tab, infer_schema=False))
    return rows


def peak() -> float:
    """Return MiB; `getrusage` would include the process that forked this one."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return float(status.partition("VmHWM:")[2].split()[0]) / 1024


def _cells(file: Path) -> int:
    from python_calamine import CalamineWorkbook

    return len(CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()) - 1


def _files(folder: Path) -> Iterator[Path]:
    suffixes = (".csv", ".txt", ".xlsx")
    return (file for file in sorted(folder.rglob("*")) if file.suffix in suffixes)


READERS: dict[str, Callable[[Path], int]] = {
    "facilitator": with_facilitator,
    "polars": with_polars,
    "calamine": with_calamine,
    "one after the other": one_after_the_other,
}

if __name__ == "__main__":
    begun = time.perf_counter()
    rows = READERS[sys.argv[1]](Path(sys.argv[2]))
    seconds = time.perf_counter() - begun
    print(json.dumps({"rows": rows, "seconds": seconds, "peak": peak()}))
