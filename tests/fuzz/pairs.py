"""Folders of two files of any kinds: nothing that lies in a folder ends the program."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from facilitator.adapters.reports import read_folder
from tests.fuzz.mutators import MUTATORS, Claim
from tests.fuzz.oracle import Outcome, Verdict, are_equal, difference, sums_of
from tests.fuzz.seeds import SHOPS, Seed, load, usable

PAIRS = ("pair_of_any_kinds", "pair_of_one_kind", "same_rows_again")
REWRITTEN = (
    "swapped_lines", "swapped_columns", "other_delimiter", "line_ends", "blank_lines",
    "other_encoding",
)  # fmt: skip
"""Mutators that say the same in another way."""
NAMES = ("report", "report (1)", "US_2026-11-16_2026-11-22", "de-2026-11-22", "Copy of it", "报告")


def judge_pair(key: str) -> Verdict:
    """Read a folder with two files of a pair, and judge what was read."""
    return _same_again(key) if key.startswith("same_rows_again:") else _any_pair(key)


def _same_again(key: str) -> Verdict:
    """Hold a file that is there twice, written in two ways, against the file alone."""
    chance = Random(key)
    seed = load(key.split(":")[1])
    if seed is None:
        raise ValueError(f"{key} names no report.")
    again = MUTATORS[chance.choice(REWRITTEN)](seed, chance)
    if again.claim is not Claim.SAME:
        return Verdict(outcome=Outcome.VALID)
    with TemporaryDirectory(prefix="facilitator-fuzz-") as folder:
        file = Path(folder, "US", f"US_AMAZON_2026-11-16_2026-11-22{seed.suffix}")
        file.parent.mkdir()
        file.write_bytes(seed.write(seed.rows))
        alone = read_folder(Path(folder), SHOPS)
        file.with_stem(f"{file.stem} (1)").write_bytes(again.content)
        both = read_folder(Path(folder), SHOPS)
    one, two = sums_of(alone.facts), sums_of(both.facts)
    if are_equal(one, two):
        return Verdict(outcome=Outcome.SAME)
    told = {str(each.message) for each in both.problems} - {str(e.message) for e in alone.problems}
    why = f"{difference(one, two)} | {' | '.join(sorted(told))}"
    return Verdict(outcome=Outcome.WRONG if told else Outcome.SILENT, why=why)


def _any_pair(key: str) -> Verdict:
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
