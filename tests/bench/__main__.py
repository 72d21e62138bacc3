"""The benchmarks: `python -m tests.bench [NAME…] [--quick] [--json]`, from the root.

Each figure is measured beside its floor, in the same run on the same machine: the least that
anything of its kind can take. Targets are from the first plan of the program.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.large_texts import large_texts
from tests.bench.measurement import FULL, QUICK, Figure, Scale, machine, table
from tests.bench.persistence import library, minutes, steps
from tests.bench.reports import reports
from tests.bench.screens import first_paint, idle, keys
from tests.bench.wording import wording

BENCHES: dict[str, Callable[[Scale, Path], Iterator[Figure]]] = {
    "start": first_paint,
    "keys": keys,
    "idle": idle,
    "steps": steps,
    "minutes": minutes,
    "library": library,
    "large": large_texts,
    "report": reports,
    "wording": wording,
}


def main() -> None:
    """Measure what is selected, and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHES)}")
    parser.add_argument("--quick", action="store_true", help="small sizes: does it run at all?")
    parser.add_argument("--json", action="store_true", help="for machines")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in BENCHES]
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    taken_on = machine()
    figures = _measured(options.names or list(BENCHES), QUICK if options.quick else FULL)
    if options.json:
        lines = [figure.fields() for figure in figures]
        print(json.dumps({"machine": taken_on, "figures": lines}, indent=2, ensure_ascii=False))
    else:
        print(f"{table(figures)}\n\nMedians, taken on: {taken_on}.")


def _measured(names: list[str], scale: Scale) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="facilitator-bench-") as folder:
        return [figure for name in names for figure in BENCHES[name](scale, Path(folder))]


if __name__ == "__main__":
    main()
