"""What a mutated file may be read as, and what is a failure."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import combinations

from msgspec import Struct

from facilitator.adapters.reports import FileReading
from facilitator.domain.kpis.facts import Fact
from tests.fuzz.mutators import Claim, Mutation
from tests.fuzz.seeds import Seed, load, read

CENT = 0.005
TODAY = date(2026, 11, 23)
"""Facts of later days are left out, and told, where a folder is read."""
COUNTED_APART = ("total_row", "hidden_sheet")
"""Reasons of amounts left out that are no rows of the file's own."""

Facts = dict[tuple[object, ...], float]


class Outcome(StrEnum):
    """What came of a mutated file."""

    SAME = "same"
    """The figures did not change."""
    TOLD = "told"
    """The figures lack what is unsound, and a diagnostic says so."""
    VALID = "valid"
    """Every cell is a valid value: not judged."""
    SILENT = "changed in silence"
    WRONG = "wrong"
    """A diagnostic says something, but neither all rows count nor all but the unsound ones."""
    LOST = "lost"
    """What is counted and what is left out do not add up to the file's own sums."""
    TRACEBACK = "traceback"
    HANG = "hang"
    LARGE = "too much memory"


FAILURES = (
    Outcome.SILENT, Outcome.WRONG, Outcome.LOST, Outcome.TRACEBACK, Outcome.HANG, Outcome.LARGE,
)  # fmt: skip


class Verdict(Struct, frozen=True, kw_only=True):
    """An outcome, and why."""

    outcome: Outcome
    why: str = ""


def judge(seed: Seed, mutation: Mutation) -> Verdict:
    """Read a mutated file, and hold its figures against those of the seed."""
    readings = read(mutation.content, seed.suffix)
    found, whole = facts_of(readings), _facts_without(seed.name, mutation.lost)
    told = _told(readings) - _told(_read_without(seed.name, mutation.lost))
    if any(_is_late(fact) for reading in readings for fact in reading.facts):
        told.add(f"rows after {TODAY}")
    if mutation.claim is Claim.VALID:
        return Verdict(outcome=Outcome.VALID)
    if are_equal(found, whole):
        return Verdict(outcome=Outcome.SAME)
    if mutation.claim is Claim.COLUMNS and _is_part(found, whole):
        return Verdict(outcome=Outcome.SAME)
    why = f"{difference(whole, found)} | {' | '.join(sorted(told)[:3])}"
    if not told:
        return Verdict(outcome=Outcome.SILENT, why=why)
    if mutation.claim is not Claim.ROWS or not found:
        return Verdict(outcome=Outcome.TOLD, why=why)
    if not any(are_equal(found, each) for each in _less(seed, mutation)):
        return Verdict(outcome=Outcome.WRONG, why=why)
    lost = _lost(seed, mutation, readings)
    return Verdict(outcome=Outcome.LOST if lost else Outcome.TOLD, why=lost or why)


def facts_of(readings: Sequence[FileReading]) -> Facts:
    """Return the sums of all readings."""
    return sums_of(fact for reading in readings for fact in reading.facts)


def sums_of(facts: Iterable[Fact]) -> Facts:
    """Return the amounts by measure, marketplace, currency and days."""
    sums: Facts = defaultdict(float)
    for fact in facts:
        if not _is_late(fact):
            about = fact.measure, fact.marketplace, fact.currency
            sums[*about, fact.first_day or fact.day, fact.day] += fact.amount
    return {about: amount for about, amount in sums.items() if abs(amount) > CENT}


def _is_late(fact: Fact) -> bool:
    return (fact.first_day or fact.day) > TODAY


def _less(seed: Seed, mutation: Mutation) -> Iterator[Facts]:
    """Yield the figures without some or all of the unsound rows."""
    for count in range(1, len(mutation.rows) + 1):
        for rows in combinations(mutation.rows, count):
            yield _facts_without(seed.name, (*rows, *mutation.lost))


def _lost(seed: Seed, mutation: Mutation, readings: Sequence[FileReading]) -> str:
    """Return what is neither counted nor left out, of measures that the unsound cell is not."""
    if mutation.column is None:
        return ""
    before, after = _own_sums(_read_without(seed.name, ())), _own_sums(readings)
    missing = {
        about: (before.get(about, 0.0), after.get(about, 0.0))
        for about in before.keys() | after.keys()
        if abs(before.get(about, 0.0) - after.get(about, 0.0)) > CENT
        and about[0] not in _measures_of(seed.name, mutation.column)
        and not about[0].startswith("keywords_")  # counts of rows by the very number
    }
    return f"own sums {missing}" if missing else ""


def _own_sums(readings: Sequence[FileReading]) -> dict[tuple[str, str | None], float]:
    """Return what is counted and what is left out, by measure and currency."""
    sums: dict[tuple[str, str | None], float] = defaultdict(float)
    for reading in readings:
        for fact in reading.facts:
            sums[fact.measure, fact.currency] += fact.amount
        for left in reading.source.left_out:
            if left.reason not in COUNTED_APART:
                sums[left.measure, left.currency] += left.amount
    return sums


@cache
def _measures_of(name: str, column: int) -> frozenset[str]:
    """Return the measures whose sums change with the numbers of a column."""
    seed = _seed(name)
    rows = seed.grid()
    for row in (rows[at] for at in seed.data if column < len(seed.rows[at])):
        cell = row[column]
        if isinstance(cell, int | float):
            row[column] = cell * 2
        elif re.search("[1-9]", str(cell)):
            row[column] = re.sub(r"\d", "1\\g<0>", str(cell), count=1)
    before = _own_sums(_read_without(name, ()))
    after = _own_sums(read(seed.write(rows), seed.suffix))
    about = before.keys() | after.keys()
    return frozenset(each[0] for each in about if before.get(each) != after.get(each))


def _seed(name: str) -> Seed:
    seed = load(name)
    if seed is None:
        raise ValueError(f"{name} is not read as a report.")
    return seed


@cache
def _read_without(name: str, rows: tuple[int, ...]) -> tuple[FileReading, ...]:
    seed = _seed(name)
    kept = [row for at, row in enumerate(seed.rows) if at not in rows]
    return read(seed.write(kept), seed.suffix)


@cache
def _facts_without(name: str, rows: tuple[int, ...]) -> Facts:
    return facts_of(_read_without(name, rows))


def _told(readings: Sequence[FileReading]) -> set[str]:
    """Return all that is said about a file: every diagnostic, and what it says is left out."""
    said = {
        f"{problem.translate()} ({problem.rows} rows, {problem.amount})"
        for reading in readings
        for problem in reading.problems
    }
    left = {
        f"left out: {left.rows} rows, {left.measure} {left.amount} {left.currency} {left.reason}"
        for reading in readings
        for left in reading.source.left_out
    }
    return said | left


def are_equal(one: Facts, other: Facts) -> bool:
    """Return whether two files have the same figures."""
    return one.keys() == other.keys() and _is_part(one, other)


def _is_part(found: Facts, whole: Facts) -> bool:
    """Return whether the measures found are those of the whole, some perhaps missing."""
    measures = {about[0] for about in found}
    expected = {about: amount for about, amount in whole.items() if about[0] in measures}
    return found.keys() == expected.keys() and all(
        math.isclose(found[about], expected[about], rel_tol=1e-9, abs_tol=CENT) for about in found
    )


def difference(whole: Facts, found: Facts) -> str:
    """Return the first figures that differ, as text."""
    odd = [
        f"{'/'.join(str(each) for each in about if each)}: {whole.get(about, 0):g} → "
        f"{found.get(about, 0):g}"
        for about in sorted(whole.keys() | found.keys(), key=str)
        if abs(whole.get(about, 0) - found.get(about, 0)) > CENT
    ]
    return "; ".join(odd[:4]) + (f"; {len(odd) - 4} more" if len(odd) > 4 else "")
