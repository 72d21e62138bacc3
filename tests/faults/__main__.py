"""Kill, refuse, change, damage: `python -m tests.faults [--kills N] …`, from the root.

Every run with the same seed tries the same. It prints how many were tried and how many failed,
and ends with 1 where any did.
"""

import argparse
import itertools
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults.kills import try_kills
from tests.faults.mutations import try_mutations
from tests.faults.refusals import try_commands, try_meetings
from tests.faults.replacements import try_replacements
from tests.faults.shim import compile_shim, is_loaded, run_again_with

SHOWN = 2_000
"""Letters of what was found that are printed."""

Tries = Callable[[int, int], Iterator[tuple[str, str]]]
PARTS: dict[str, tuple[Tries, int, str]] = {
    "kills": (try_kills, 200, "meetings killed at a random moment"),
    "meetings": (try_meetings, 600, "meetings with a system call refused"),
    "commands": (try_commands, 400, "commands with a system call refused"),
    "replacements": (try_replacements, 200, "meetings with a file changed by another program"),
    "mutations": (try_mutations, 3_000, "files damaged and read"),
}
NEED_SHIM = ("meetings", "commands")


def main() -> int:
    """Try what is asked for; return 0 where nothing was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    for name, (_tries, count, what) in PARTS.items():
        parser.add_argument(f"--{name}", type=int, default=count, help=f"{what} ({count})")
    parser.add_argument("--seed", type=int, default=1, help="another one tries others")
    parser.add_argument("--minutes", type=float, default=60, help="after which each part ends")
    options = parser.parse_args()
    if not is_loaded():
        shim = compile_shim(Path("build", "faults"))
        if shim is not None:
            run_again_with(shim)
        print("No system calls are refused here: that needs Linux and a C compiler named cc.")
    has_failed = False
    for name, (tries, _count, what) in PARTS.items():
        count = getattr(options, name)
        if count and (name not in NEED_SHIM or is_loaded()):
            until = time.monotonic() + options.minutes * 60
            has_failed |= _report(what, itertools.islice(tries(count, options.seed), count), until)
    return int(has_failed)


def _report(what: str, tries: Iterator[tuple[str, str]], until: float) -> bool:
    """Print what came of a part; return whether anything failed."""
    began = time.monotonic()
    tried = failed = 0
    for name, found in tries:
        tried += 1
        if found:
            failed += 1
            print(f"FAILED {name}\n    {found.strip()[-SHOWN:]}", flush=True)
        if time.monotonic() > until:
            break
    seconds = time.monotonic() - began
    print(f"{what:48} tried {tried:6,}  failed {failed:4,}  {seconds:6.1f} s", flush=True)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
