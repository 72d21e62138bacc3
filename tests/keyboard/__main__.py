"""Type two hundred sentences at each pace, and print what arrived whole: `make typing`."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.keyboard.entries import entries
from tests.keyboard.sentences import sample, sentences
from tests.keyboard.typist import PACES, type_entries


def main() -> int:
    """Return 0 where every letter of every entry is in the journal."""
    parser = argparse.ArgumentParser(prog="python -m tests.keyboard", description=__doc__)
    parser.add_argument("--count", type=int, default=len(sentences()), help="sentences a pace")
    parser.add_argument("--pace", type=int, action="append", help="only this pace, from 1")
    asked = parser.parse_args()
    paces = [PACES[place - 1] for place in asked.pace] if asked.pace else PACES
    texts = sample(asked.count) if asked.count < len(sentences()) else sentences()
    has_fault = False
    for pace in paces:
        with tempfile.TemporaryDirectory() as folder:
            typed = type_entries(entries(texts), pace, Path(folder))
        whole = typed.total - min(len(typed.faults), typed.total)
        print(
            f"{pace.name:36} {whole:4} of {typed.total} whole  {typed.seconds:6.1f} s", flush=True
        )
        for fault in typed.faults[:5]:
            print(f"    {fault}", flush=True)
        has_fault = has_fault or bool(typed.faults)
    return int(has_fault)


if __name__ == "__main__":
    sys.exit(main())
