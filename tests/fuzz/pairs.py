"""Folders of two files of any kinds: nothing that lies in a folder ends the program."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from facilitator.adapters.reports import read_folder
from tests.fuzz.mutators import MUTATORS
from tests.fuzz.oracle import Outcome, Verdict
from tests.fuzz.seeds import SHOPS, Seed, load, usable

PAIRS = ("pair_of_any_kinds", "pair_of_one_kind")
NAMES = ("report", "report (1)", "US_2026-11-16_2026-11-22", "de-2026-11-22", "Copy of it", "报告")


def judge_pair(key: str) -> Verdict:
    """Read a folder with two files, one of them perhaps mutated, twice: from disk and cache."""
    sort, name, _ = key.split(":")
    chance = Random(key)
    other = chance.choice(sorted(usable())) if sort == "pair_of_any_kinds" else name
    with TemporaryDirectory(prefix="facilitator-fuzz-") as folder:
        for at, each in enumerate((name, other)):
            seed = load(each)
            if seed is not None:
                _put(Path(folder), seed, chance, f"{chance.choice(NAMES)}-{at}")
        first = read_folder(Path(folder), SHOPS)
        again = read_folder(Path(folder), SHOPS)
    if first.facts != again.facts:
        return Verdict(outcome=Outcome.SILENT, why="the cache has other facts than the files")
    return Verdict(outcome=Outcome.VALID)


def _put(folder: Path, seed: Seed, chance: Random, stem: str) -> None:
    mutate = chance.choice(list(MUTATORS.values()))
    is_mutated = chance.random() < 0.7
    content = mutate(seed, chance).content if is_mutated else seed.write(seed.rows)
    path = folder / chance.choice(("US", "US", "DE", "")) / f"{stem}{seed.suffix}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
