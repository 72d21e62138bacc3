"""Read mutated reports: `python -m tests.fuzz [--count N] [--again KEY…]`, from the root.

Every run makes the same inputs from the same numbers. `kept.txt` has the keys of inputs that
failed once; they are tried first. Failing inputs are stored in `build/fuzz/`.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from tests.fuzz.oracle import FAILURES, Outcome
from tests.fuzz.workers import Result, key_of, run, store, tried

KEPT = Path(__file__).with_name("kept.txt")
STORED = Path("build", "fuzz")


def main() -> None:
    """Try what is asked for, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=3000, help="how many inputs")
    parser.add_argument("--start", type=int, default=1, help="other numbers give other inputs")
    parser.add_argument("--first", type=int, default=0, help="the first number")
    parser.add_argument("--minutes", type=float, default=60, help="after which the run ends")
    parser.add_argument("--workers", type=int, default=1, help="how many processes")
    parser.add_argument("--again", nargs="+", metavar="KEY", help="only these inputs")
    options = parser.parse_args()
    if options.again:
        results: Iterator[Result] = map(tried, options.again)
    else:
        numbers = range(options.first, options.first + options.count)
        keys = chain(kept(), (key_of(number, options.start) for number in numbers))
        results = run(keys, options.workers, time.monotonic() + options.minutes * 60)
    sys.exit(_report(results, is_long=bool(options.again)))


def kept() -> Iterator[str]:
    """Yield the keys of inputs that failed once."""
    lines = KEPT.read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))


def _report(results: Iterator[Result], *, is_long: bool) -> int:
    counts: Counter[tuple[str, Outcome]] = Counter()
    for result in results:
        counts[result.key.partition(":")[0], result.verdict.outcome] += 1
        is_failure = result.verdict.outcome in FAILURES
        if is_failure:
            store(STORED, result)
        if is_failure or is_long:
            why = result.verdict.why if is_long else result.verdict.why.strip()[-300:]
            print(f"{result.verdict.outcome}: {result.key}\n    {why}", flush=True)
    print(_table(counts))
    return int(any(outcome in FAILURES for _, outcome in counts))


def _table(counts: Counter[tuple[str, Outcome]]) -> str:
    lines = ["".join(["mutator".ljust(20), *(f"{each:>20}" for each in Outcome)])]
    for mutator in sorted({mutator for mutator, _ in counts}):
        cells = (f"{counts[mutator, each]:>20,}" for each in Outcome)
        lines.append("".join([mutator.ljust(20), *cells]))
    sums = (
        sum(count for (_, each), count in counts.items() if each is outcome) for outcome in Outcome
    )
    lines.append("".join(["all".ljust(20), *(f"{each:>20,}" for each in sums)]))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
