"""Reading a long report, in a process of its own: its time and its peak of memory.

Run as `python reading.py facilitator|pandas FILE`; prints both as JSON. The import of pandas
is part of the time on both sides.
"""

import json
import sys
import time
from pathlib import Path

from facilitator.adapters.reports import read_folder
from facilitator.domain.facts import Marketplace


def with_facilitator(file: Path) -> int:
    """Sum the folder to daily facts; returns the rows kept."""
    data = read_folder(file.parent, (Marketplace("US"),))
    return sum(source.rows_kept for source in data.sources)


def with_pandas(file: Path) -> int:
    """Read the same columns and leave them as they are; returns the rows."""
    import pandas as pd

    from tests.bench.big_report import USED

    return len(pd.read_csv(file, usecols=list(USED), engine="c"))


def peak() -> float:
    """MiB; not what getrusage tells, which still counts the process that forked this one."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return float(status.partition("VmHWM:")[2].split()[0]) / 1024


READERS = {"facilitator": with_facilitator, "pandas": with_pandas}

if __name__ == "__main__":
    begun = time.perf_counter()
    rows = READERS[sys.argv[1]](Path(sys.argv[2]))
    seconds = time.perf_counter() - begun
    print(json.dumps({"rows": rows, "seconds": seconds, "peak": peak()}))
